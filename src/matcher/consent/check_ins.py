"""Check-ins: the one message allowed without a permission. Once, one reminder, never to anyone who said no."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.clock import LONDON
from matcher.consent.permissions import states
from matcher.errors import UserError
from matcher.model import ASKING, AUDIENCE_PURPOSES, CheckIn, ConsentEvent, Member, Purpose, State
from matcher.storage import member_of, reading, work
from matcher.storage.store import Store

REVIEW_AFTER_DAYS = 730
"""24 months: then a permission is looked at again. It is still a permission."""
REMIND_AFTER_DAYS = 14

_NO = frozenset({State.REFUSED, State.WITHDRAWN})


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
        permissions = states(session)
        said = _last_said(session)
        sent = _sent(session)
        members = session.scalars(select(Member).where(Member.merged_into.is_(None)).order_by(Member.id))
        found = (
            _due(member, permissions.get(member.id, {}), said.get(member.member_key), sent.get(member.id, []), on)
            for member in members
        )
        return tuple(due for due in found if due)


def _due(
    member: Member, standing: dict[Purpose, State], said: datetime | None, sent: list[datetime], on: date
) -> DueCheckIn | None:
    if _NO & set(standing.values()) or len(sent) >= 2:
        return None
    said_on = said.astimezone(LONDON).date() if said else None
    missing = not any(purpose in standing for purpose in AUDIENCE_PURPOSES)
    old = said_on is not None and said_on <= on - timedelta(days=REVIEW_AFTER_DAYS)
    if not (missing or old):
        return None
    if sent and ((said and said > sent[-1]) or _day(sent[-1]) > on - timedelta(days=REMIND_AFTER_DAYS)):
        return None
    reason = "Has not said yet" if missing else "Said so more than two years ago"
    return DueCheckIn(member.id, member.name, reason, bool(sent), said_on)


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _last_said(session: Session) -> dict[str, datetime]:
    rows = session.execute(
        select(ConsentEvent.member_key, func.max(ConsentEvent.at))
        .where(ConsentEvent.purpose.in_(ASKING))
        .group_by(ConsentEvent.member_key)
    )
    return {row[0]: row[1] for row in rows}


def _sent(session: Session) -> dict[int, list[datetime]]:
    sent: dict[int, list[datetime]] = {}
    for check_in in session.scalars(select(CheckIn).order_by(CheckIn.sent_at)):
        sent.setdefault(check_in.member_id, []).append(check_in.sent_at)
    return sent


def record_check_in(store: Store, member_id: int) -> int:
    """Record that a check-in was sent now; return the step.

    Raises UserError when it may not be: she said no to something, or had one and its reminder.
    """
    with work(store, "send a check-in") as unit:
        member_of(unit.session, member_id)
        standing = states(unit.session, {member_id}).get(member_id, {})
        before = _sent(unit.session).get(member_id, [])
        if _NO & set(standing.values()):
            raise UserError(f"M{member_id} said no to something and is not checked in with.")
        if len(before) >= 2:
            raise UserError(f"M{member_id} had a check-in and its reminder; that is the end of it.")
        unit.session.add(CheckIn(member_id=member_id, sent_at=unit.now, reminder=len(before)))
        return unit.batch_id
