"""Asking: who was asked about what, and when; one by one or in small lots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from matcher import clock
from matcher.consent import Verdict, check_may_ask, everybody
from matcher.errors import UserError
from matcher.model import (
    CLOSED,
    Answer,
    Instant,
    Invitation,
    InvitationState,
    Member,
    Outcome,
    ShortlistEntry,
)
from matcher.outreach.answers import ask_of
from matcher.outreach.stages import now_asking
from matcher.storage import Unit, reading, request_of, work
from matcher.storage.store import Store

LOT = 10
"""How many are asked together: so few that each answer can still be dealt with the same evening."""


@dataclass(frozen=True, slots=True)
class AskRow:
    """One ask as lists show it, with the dated facts beside it.

    ``session``: the key of the occasion they picked. ``volunteered``: they came by themselves, on an open call.
    """

    id: int
    request_id: int
    member_id: int
    name: str
    state: InvitationState
    asked_at: datetime | None
    answer: Answer | None
    answered_at: datetime | None = None
    session: str = ""
    volunteered: bool = False
    outcome: Outcome | None = None
    outcome_on: date | None = None
    nudged_on: date | None = None
    reminded_on: date | None = None
    introduced_on: date | None = None
    paid_on: date | None = None
    paid_how: str = ""
    payment_declined_on: date | None = None
    expenses_on: date | None = None
    heard_back_on: date | None = None
    thanked_on: date | None = None
    feedback: str = ""
    note: str = ""


_FACTS = tuple(name for name in AskRow.__dataclass_fields__ if name != "name")


def row_of(ask: Invitation, member: Member) -> AskRow:
    """An ask as lists show it."""
    return AskRow(name=member.name, **{name: getattr(ask, name) for name in _FACTS})


def asks(store: Store, request_id: int) -> tuple[AskRow, ...]:
    """Every ask about a request, in the order of its list."""
    with reading(store) as session:
        rows = session.execute(
            select(Invitation, Member)
            .join(Member, Member.id == Invitation.member_id)
            .where(Invitation.request_id == request_id)
            .order_by(Invitation.id)
        )
        return tuple(row_of(ask, member) for ask, member in rows)


def last_asked(store: Store) -> dict[int, datetime]:
    """Member -> when they were last asked about anything; whoever never was is missing."""
    person = func.coalesce(Member.merged_into, Member.id)
    with reading(store) as session:
        found = session.execute(
            select(person, func.max(Invitation.asked_at, type_=Instant()))
            .join(Member, Member.id == Invitation.member_id)
            .where(Invitation.asked_at.is_not(None))
            .group_by(person)
        )
        return {member_id: at for member_id, at in found if at is not None}


def next_lot(store: Store, request_id: int, size: int = LOT) -> tuple[int, ...]:
    """The next members of the list who may be asked together, in its order; not who wants to be asked alone."""
    with reading(store) as session:
        request = request_of(session, request_id)
        asked = select(Invitation.member_id).where(
            Invitation.request_id == request_id, Invitation.state != InvitationState.TO_ASK
        )
        query = (
            select(ShortlistEntry.member_id)
            .where(ShortlistEntry.request_id == request_id, ShortlistEntry.reserve.is_(False))
            .where(ShortlistEntry.member_id.not_in(asked))
            .order_by(ShortlistEntry.position)
        )
        listed = session.scalars(query).all()
        found = everybody(session, listed).verdicts(request, clock.today())
        waiting = (one for one in listed if _together(found.get(one)))
        return tuple(waiting)[:size]


def _together(verdict: Verdict | None) -> bool:
    return verdict is not None and (verdict.may or verdict.overridable) and not verdict.ask_first


def ask(store: Store, request_id: int, member_ids: Sequence[int] | None = None) -> tuple[AskRow, ...]:
    """Record that members were asked now: those given, or everyone on the list who is no reserve.

    Who said “ask me first” is asked personally, alone: a list passes them over. Raises UserError when there is
    no list, it is closed, or one of them may not be asked or wants to be asked alone; then nobody is recorded.
    """
    with work(store, f"ask about R{request_id}") as unit:
        request = request_of(unit.session, request_id)
        if request.stage in CLOSED:
            raise UserError(f"R{request_id} is closed.", todo="Take it up again first: move it to Matching.")
        chosen = list(member_ids) if member_ids is not None else _listed(unit, request_id)
        if not chosen:
            raise UserError(f"R{request_id} has no list yet.", todo="Make the list first.")
        found = check_may_ask(unit.session, request, chosen, clock.today())
        for member_id in _not_in_bulk(chosen, found, passed_over=member_ids is None):
            _record_asked(unit, request_id, member_id)
        now_asking(unit, request)
    return asks(store, request_id)


def _record_asked(unit: Unit, request_id: int, member_id: int) -> None:
    invitation = ask_of(unit.session, request_id, member_id)
    if invitation is None:
        invitation = Invitation(request_id=request_id, member_id=member_id, state=InvitationState.TO_ASK)
        unit.session.add(invitation)
    if invitation.asked_at is None:
        invitation.move(InvitationState.ASKED)
        invitation.asked_at = unit.now


def _not_in_bulk(chosen: list[int], found: Mapping[int, Verdict], *, passed_over: bool) -> list[int]:
    """Those of ``chosen`` who may be asked together."""
    if len(chosen) == 1:
        return chosen
    personally = [one for one in chosen if found[one].ask_first]
    if personally and (len(personally) == len(chosen) or not passed_over):
        raise UserError(
            f"M{personally[0]} wants to be asked personally, not together with others.",
            todo="Ask them alone, one at a time.",
        )
    return [one for one in chosen if one not in personally]


def _listed(unit: Unit, request_id: int) -> list[int]:
    return list(
        unit.session.scalars(
            select(ShortlistEntry.member_id)
            .where(ShortlistEntry.request_id == request_id, ShortlistEntry.reserve.is_(False))
            .order_by(ShortlistEntry.position)
        )
    )
