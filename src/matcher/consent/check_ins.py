"""Check-ins: the one message allowed without a permission. Once, one reminder, never to anyone who said no."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from matcher import clock
from matcher.clock import LONDON
from matcher.consent.states import of_members, states, states_on
from matcher.errors import UserError
from matcher.model import ASKING, AUDIENCE_PURPOSES, CheckIn, ConsentEvent, Decision, Member, Purpose, State
from matcher.storage import Unit, member_of, reading, work
from matcher.storage.store import Store

REVIEW_AFTER_DAYS = 730
"""24 months: then a permission is looked at again. It is still a permission."""
REMIND_AFTER_DAYS = 14
MOST_UNANSWERED = 2
"""One message and one reminder."""

_NO = frozenset({State.REFUSED, State.WITHDRAWN})
_PURPOSES = (*AUDIENCE_PURPOSES, *(purpose for purpose in Purpose if purpose not in AUDIENCE_PURPOSES))
_ASKED = len(AUDIENCE_PURPOSES)
"""So many of the first are the audiences that ask."""


@dataclass(frozen=True, slots=True)
class DueCheckIn:
    """A member to check in with: ``reason`` in words, ``reminder`` when the first message went unanswered."""

    member_id: int
    name: str
    reason: str
    reminder: bool
    last_said_on: date | None


def due_check_ins(store: Store, on: date) -> tuple[DueCheckIn, ...]:
    """Members whose permissions are missing or older than 24 months, who may be checked in with on this day.

    Nobody who refused or withdrew anything, nobody after one reminder.
    """
    with reading(store) as session:
        return due_among(session, on)


def due_among(session: Session, on: date, member_ids: Collection[int] | None = None) -> tuple[DueCheckIn, ...]:
    """As `due_check_ins`, within a session; among these members only when ``member_ids`` is given."""
    permissions = states_on(session, _PURPOSES, member_ids)
    said, sent = _last_said(session, member_ids), _sent(session, member_ids)
    live = select(Member.id, Member.first_name, Member.last_name).where(Member.is_live()).order_by(Member.id)
    found = (
        _due(row, permissions.get(row.id, ()), said.get(row.id), sent.get(row.id, []), on)
        for row in of_members(session, live, Member.id, member_ids)
    )
    return tuple(due for due in found if due)


def _due(
    member: Any, stands: Sequence[State], said: datetime | None, sent: list[datetime], on: date
) -> DueCheckIn | None:
    """``stands`` is where she stands on each purpose, empty when she decided about none."""
    if _NO & set(stands):
        return None
    said_on = _day(said) if said else None
    missing = all(state is State.NOT_GIVEN for state in stands[:_ASKED])
    old = said_on is not None and said_on <= on - timedelta(days=REVIEW_AFTER_DAYS)
    unanswered = [moment for moment in sent if said is None or said <= moment]
    has_answered = len(unanswered) < len(sent)
    if len(unanswered) >= MOST_UNANSWERED or not (old or (missing and not has_answered)):
        return None
    if unanswered and _day(unanswered[-1]) > on - timedelta(days=REMIND_AFTER_DAYS):
        return None
    reason = "Has not said yet" if missing else "Said so more than two years ago"
    name = " ".join(filter(None, (member.first_name, member.last_name))) or "(no name)"
    return DueCheckIn(member.id, name, reason, bool(unanswered), said_on)


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _last_said(session: Session, member_ids: Collection[int] | None) -> dict[int, datetime]:
    """Person -> when she last said anything about being asked, in any of her records; what was undone is unsaid."""
    person, void = Member.person(), aliased(ConsentEvent)
    query = (
        select(person, func.max(ConsentEvent.at))
        .join(Member, Member.member_key == ConsentEvent.member_key)
        .where(ConsentEvent.purpose.in_(ASKING), ConsentEvent.decision != Decision.VOID)
        .where(~select(void.id).where(void.voids == ConsentEvent.id).exists())
        .group_by(person)
    )
    return {row[0]: row[1] for row in of_members(session, query, person, member_ids)}


def _sent(session: Session, member_ids: Collection[int] | None) -> dict[int, list[datetime]]:
    person = Member.person()
    sent: dict[int, list[datetime]] = {}
    query = select(person, CheckIn.sent_at).join(Member, Member.id == CheckIn.member_id).order_by(CheckIn.sent_at)
    for member_id, moment in of_members(session, query, person, member_ids):
        sent.setdefault(member_id, []).append(moment)
    return sent


def record_check_in(store: Store, member_id: int) -> int:
    """Record that a check-in was sent now; return the step.

    Raises UserError when it may not be: she said no to something, or there is no reason to check in now.
    """
    with work(store, "send a check-in") as unit:
        own = member_of(unit.session, member_id).merged_into or member_id
        if _NO & set(states(unit.session, {own}).get(own, {}).values()):
            raise UserError(f"M{own} said no to something and is not checked in with.")
        due = due_among(unit.session, clock.today(), {own})
        if not due:
            raise UserError(
                f"There is no reason to check in with M{own} now: one message and one reminder two weeks later, "
                "when permissions are missing or two years old.",
                todo="Check in with those who are due.",
            )
        _add(unit, due[0])
        return unit.batch_id


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """Who was checked in with in one step, and who could not be: they said no, or are not due."""

    recorded: tuple[int, ...]
    not_due: tuple[int, ...]
    batch: int | None


def record_check_ins(store: Store, member_ids: Collection[int]) -> CheckedIn:
    """Record that check-ins were sent now to those of ``member_ids`` who may be checked in with, in one step."""
    with work(store, "send check-ins") as unit:
        may = {due.member_id: due for due in due_among(unit.session, clock.today(), member_ids)}
        recorded = tuple(one for one in member_ids if one in may)
        for one in recorded:
            _add(unit, may[one])
        not_due = tuple(one for one in member_ids if one not in may)
        return CheckedIn(recorded, not_due, unit.batch_id if recorded else None)


def _add(unit: Unit, due: DueCheckIn) -> None:
    unit.session.add(CheckIn(member_id=due.member_id, sent_at=unit.now, reminder=int(due.reminder)))
