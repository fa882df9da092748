"""Asking and hearing back, recorded one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent import Permission, Verdict, check_may_ask, record, states, verdicts
from matcher.errors import UserError
from matcher.model import (
    ASKING,
    MAY_BE_ASKED,
    Answer,
    Decision,
    How,
    Instant,
    Invitation,
    InvitationState,
    Member,
    Request,
    ShortlistEntry,
    Stage,
    StageMove,
    State,
    purpose_of,
)
from matcher.storage import Unit, member_of, reading, request_of, work
from matcher.storage.store import Store

_STATE_AFTER = {
    Answer.YES: InvitationState.YES,
    Answer.NO_THIS_TIME: InvitationState.NO,
    Answer.CANNOT_MAKE_DATE: InvitationState.NO,
    Answer.STOP_KIND: InvitationState.NO,
    Answer.STOP_ALL: InvitationState.NO,
    Answer.NO_REPLY: InvitationState.ASKED,
}


@dataclass(frozen=True, slots=True)
class AskRow:
    """One ask as lists show it."""

    id: int
    request_id: int
    member_id: int
    name: str
    state: InvitationState
    asked_at: datetime | None
    answer: Answer | None


def asks(store: Store, request_id: int) -> tuple[AskRow, ...]:
    """Every ask about a request, in the order of its list."""
    with reading(store) as session:
        rows = session.execute(
            select(Invitation, Member)
            .join(Member, Member.id == Invitation.member_id)
            .where(Invitation.request_id == request_id)
            .order_by(Invitation.id)
        )
        return tuple(AskRow(i.id, i.request_id, m.id, m.name, i.state, i.asked_at, i.answer) for i, m in rows)


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


def ask(store: Store, request_id: int, member_ids: list[int] | None = None) -> tuple[AskRow, ...]:
    """Record that members were asked now: those given, or everyone on the list who is no reserve.

    Who said “ask me first” is asked personally, alone: a list passes them over. Raises UserError when there is
    no list, one of them may not be asked or wants to be asked alone; then nobody is recorded.
    """
    with work(store, f"ask about R{request_id}") as unit:
        request = request_of(unit.session, request_id)
        chosen = member_ids if member_ids is not None else _listed(unit, request_id)
        if not chosen:
            raise UserError(f"R{request_id} has no list yet.", todo="Make the list first.")
        found = check_may_ask(unit.session, request, chosen, clock.today())
        for member_id in _not_in_bulk(chosen, found, passed_over=member_ids is None):
            invitation = _invitation(unit, request_id, member_id)
            if invitation is None:
                invitation = Invitation(request_id=request_id, member_id=member_id, state=InvitationState.TO_ASK)
                unit.session.add(invitation)
            if invitation.asked_at is None:
                invitation.move(InvitationState.ASKED)
                invitation.asked_at = unit.now
        if request.stage in (Stage.NEW, Stage.CHECKING, Stage.MATCHING):
            request.stage = Stage.ASKING
            unit.session.add(StageMove(request_id=request_id, stage=Stage.ASKING, at=unit.now))
    return asks(store, request_id)


def ask_anyway(store: Store, request_id: int, member_id: int, reason: str) -> int:
    """Let a member be asked about a request though they rest or were asked often, for a reason. Returns the step.

    They are recorded as to be asked, and the gate lets them through for this request; consent it never sets aside.
    Raises UserError without a reason, and when something else than rest keeps them out.
    """
    if not reason.strip():
        raise UserError("There is no reason yet.", todo="Say why they are to be asked though they are resting.")
    with work(store, f"ask somebody anyway about R{request_id}") as unit:
        request = request_of(unit.session, request_id)
        own = member_of(unit.session, member_id).merged_into or member_id
        verdict = verdicts(unit.session, request, clock.today()).get(own, Verdict(False, reason="Is not a member"))
        if not verdict.overridable:
            why_not = "may be asked already" if verdict.may else f"cannot be asked anyway: {verdict.reason}"
            raise UserError(f"M{own} {why_not}.")
        invitation = _invitation(unit, request_id, own)
        if invitation is None:
            invitation = Invitation(request_id=request_id, member_id=own, state=InvitationState.TO_ASK)
            unit.session.add(invitation)
        invitation.override_reason = reason.strip()
        return unit.batch_id


def asked_anyway_because(store: Store, request_id: int) -> dict[int, str]:
    """Member -> why they may be asked about a request though they rest or were asked often."""
    person = func.coalesce(Member.merged_into, Member.id)
    query = (
        select(person, Invitation.override_reason)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.request_id == request_id, Invitation.override_reason != "")
    )
    with reading(store) as session:
        return {member_id: str(reason) for member_id, reason in session.execute(query)}


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


def reply(store: Store, request_id: int, member_id: int, answer: Answer, note_text: str = "") -> int:
    """Record a member's answer to an ask; a “stop” is also a withdrawal. Returns the step.

    Raises UserError when she was never asked about this request.
    """
    with work(store, f"record an answer to R{request_id}") as unit:
        request = request_of(unit.session, request_id)
        invitation = _invitation(unit, request_id, member_id)
        if invitation is None:
            raise UserError(f"M{member_id} was not asked about R{request_id}.")
        if _STATE_AFTER[answer] is not InvitationState.NO:
            _check_permission(unit.session, request, invitation.member_id)
        if invitation.asked_at is None:
            invitation.asked_at = unit.now
        invitation.move(_STATE_AFTER[answer])
        invitation.answer = answer
        invitation.answered_at = None if answer is Answer.NO_REPLY else unit.now
        invitation.note = note_text or invitation.note
        _stop(unit, request, member_id, answer)
        return unit.batch_id


def _check_permission(session: Session, request: Request, member_id: int) -> None:
    """Raise UserError when this person took back, since the ask, that they may be asked about such requests."""
    own = member_of(session, member_id).merged_into or member_id
    state = states(session, {own}).get(own, {}).get(purpose_of(request.audience), State.NOT_GIVEN)
    if state not in MAY_BE_ASKED:
        raise UserError(
            f"M{own} may not be asked about {request.audience.value} requests now: the answer cannot be recorded.",
            todo="When they told you that they may be again, record that permission first.",
        )


def _stop(unit: Unit, request: Request, member_id: int, answer: Answer) -> None:
    purposes = {Answer.STOP_ALL: ASKING, Answer.STOP_KIND: (purpose_of(request.audience),)}.get(answer, ())
    if not purposes:
        return
    unit.session.flush()
    record(
        unit,
        *(
            Permission(
                member_id, purpose, Decision.WITHDRAWN, unit.now, How.WHATSAPP,
                evidence=f"answered “{answer.value}” to R{request.id}",
            )
            for purpose in purposes
        ),
    )  # fmt: skip


def _invitation(unit: Unit, request_id: int, member_id: int) -> Invitation | None:
    """The ask of this person, under whichever of their records; their own first."""
    own = func.coalesce(Member.merged_into, Member.id)
    person = select(own).where(Member.id == member_id).scalar_subquery()
    return unit.session.scalar(
        select(Invitation)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.request_id == request_id, own == person)
        .order_by(Member.merged_into.is_not(None), Invitation.id)
        .limit(1)
    )


def _listed(unit: Unit, request_id: int) -> list[int]:
    return list(
        unit.session.scalars(
            select(ShortlistEntry.member_id)
            .where(ShortlistEntry.request_id == request_id, ShortlistEntry.reserve.is_(False))
            .order_by(ShortlistEntry.position)
        )
    )
