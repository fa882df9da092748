"""Rights & complaints: what somebody asks about their own data, and by when it must be answered.

The days are counted as the law of the United Kingdom and its regulator put them; they are information, not advice.
A request about one's data is answered within one month of its receipt, which may be extended by two more where it
is complex or there are many (UK GDPR, article 12(3)). The month runs from the day of receipt to the same day of the
next month, or that month's last day, and on a weekend or bank holiday to the next working day (Information
Commissioner's Office, guide to the right of access). A complaint is acknowledged within 30 days beginning when it
is received, then answered without undue delay (Data Protection Act 2018, section 164A, put in by the Data (Use and
Access) Act 2025, section 103).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent.permissions import Permission, record
from matcher.errors import UserError
from matcher.knowledge.working_days import months_after, working_day_from
from matcher.model import Decision, How, Member, Purpose, Requester, RightsCase, RightsKind
from matcher.storage import Unit, member_of, reading, work
from matcher.storage.store import Store

_ACKNOWLEDGE_DAYS = 30
_LONGER_MONTHS = 3
_CHANGEABLE = frozenset({"identity_checked_on", "acknowledged_on", "settled_on", "note", "who", "how"})


@dataclass(frozen=True, slots=True)
class RightsRow:
    """One request or complaint as the list shows it; ``due`` is None when no day is fixed any more."""

    id: int
    kind: RightsKind
    who: str
    member_id: int | None
    requester_id: int | None
    received: date
    how: str
    identity_checked: date | None
    acknowledged: date | None
    extended_to: date | None
    settled: date | None
    due: date | None
    note: str


@dataclass(frozen=True, slots=True)
class RightsLogged:
    """The case that was written down, the step that did it, and by when it is due."""

    case_id: int
    batch: int
    due: date


def answer_by(kind: RightsKind, received: date) -> date:
    """The last day to answer a request, or to acknowledge a complaint, received on a day."""
    if kind is RightsKind.COMPLAINT:  # the day of receipt is the first of the thirty
        return received + timedelta(days=_ACKNOWLEDGE_DAYS - 1)
    return working_day_from(months_after(received, 1))


def longest_by(received: date) -> date:
    """The last day to answer a request that was extended."""
    return working_day_from(months_after(received, _LONGER_MONTHS))


def log_rights(
    store: Store, kind: RightsKind, *, member_id: int | None = None, requester_id: int | None = None, who: str = "",
    received: date | None = None, how: How = How.EMAIL, note: str = "", objects_to: Collection[Purpose] = (),
) -> RightsLogged:  # fmt: skip
    """Write down what somebody asked about their data: a member, a requester, or ``who``.

    An objection of a member withdraws her permission for each purpose she ``objects_to``, in the same step. Raises
    UserError when it is from nobody or from several, or received after today.
    """
    name = " ".join(who.split())
    if [member_id is not None, requester_id is not None, bool(name)].count(True) != 1:
        raise UserError("Who asks is not clear.", todo="Name a member, a requester, or somebody else: one of them.")
    if objects_to and (kind is not RightsKind.OBJECTION or member_id is None):
        raise UserError("Only the objection of a member can be against a use.", todo="Leave the use out.")
    with work(store, "record a request about data") as unit:
        day = _not_ahead(received or clock.today())
        own = _own_record(unit, member_id)
        if requester_id is not None and unit.session.get(Requester, requester_id) is None:
            raise UserError("There is no such requester.")
        case = RightsCase(
            kind=kind, member_id=own, requester_id=requester_id, who=name, how=how, received_on=day,
            due_on=answer_by(kind, day), note=note.strip(),
        )  # fmt: skip
        unit.session.add(case)
        if own is not None and objects_to:
            said = (Permission(own, p, Decision.WITHDRAWN, unit.now, how, "objected to it") for p in objects_to)
            record(unit, *said)
        unit.session.flush()
        return RightsLogged(case.id, unit.batch_id, case.due_on)


def change_rights(store: Store, case_id: int, **values: Any) -> int | None:
    """Set days, the note or how it came in; return the step, None when nothing differs.

    ``identity_checked_on``, ``acknowledged_on`` and ``settled_on`` are days or None. Raises UserError for a day
    after today or before the case was received.
    """
    unknown = values.keys() - _CHANGEABLE
    if unknown:
        raise ValueError(f"not a field of a case: {sorted(unknown)}")
    with work(store, "change a request about data") as unit:
        case = _case(unit.session, case_id)
        for name, value in values.items():
            if isinstance(value, date):
                _not_before(_not_ahead(value), case.received_on)
            if getattr(case, name) != value:
                setattr(case, name, value)
        unit.session.flush()
        return unit.batch_id if unit.has_written() else None


def extend_rights(store: Store, case_id: int, why: str) -> int:
    """Take up to two months more to answer a request, for a reason that she was told; return the step.

    Raises UserError without a reason, for a complaint, twice, or once the first month is over.
    """
    reason = " ".join(why.split())
    if not reason:
        raise UserError("There is no reason.", todo="Write why it takes longer; the person must be told it too.")
    with work(store, "extend a request about data") as unit:
        case = _case(unit.session, case_id)
        if case.kind == RightsKind.COMPLAINT:
            raise UserError("A complaint has no month to extend.", todo="Acknowledge it and answer without delay.")
        if case.extended_to is not None:
            raise UserError("It was extended before, and can be only once.")
        if clock.today() > case.due_on:
            raise UserError(
                f"It was due on {case.due_on:%d %b %Y}: more time had to be told by then.", todo="Answer it now."
            )
        case.extended_to = longest_by(case.received_on)
        case.note = "\n".join(filter(None, (case.note, f"Takes longer: {reason}")))
        return unit.batch_id


def rights_cases(
    store: Store, *, member_id: int | None = None, requester_id: int | None = None, settled: bool = False
) -> tuple[RightsRow, ...]:
    """Every case, what is due first; of one person, and with ``settled`` those that were answered, after them."""
    with reading(store) as session:
        query = (
            select(RightsCase, Member, Requester)
            .outerjoin(Member, Member.id == RightsCase.member_id)
            .outerjoin(Requester, Requester.id == RightsCase.requester_id)
        )
        if member_id is not None:
            query = query.where(or_(Member.id == member_id, Member.merged_into == member_id))
        if requester_id is not None:
            query = query.where(RightsCase.requester_id == requester_id)
        if not settled:
            query = query.where(RightsCase.settled_on.is_(None))
        rows = [_row(*found) for found in session.execute(query)]
    return tuple(sorted(rows, key=lambda row: (row.settled is not None, row.due or date.max, row.id)))


def _row(case: RightsCase, member: Member | None, requester: Requester | None) -> RightsRow:
    kind = RightsKind(case.kind)
    waits = case.settled_on is None and not (kind is RightsKind.COMPLAINT and case.acknowledged_on)
    who = member.name if member else requester.name or requester.contact if requester else case.who
    return RightsRow(
        case.id, kind, who, case.member_id, case.requester_id, case.received_on, case.how,
        case.identity_checked_on, case.acknowledged_on, case.extended_to, case.settled_on,
        (case.extended_to or case.due_on) if waits else None, case.note,
    )  # fmt: skip


def _case(session: Session, case_id: int) -> RightsCase:
    found = session.get(RightsCase, case_id)
    if found is None:
        raise UserError("There is no such request or complaint.", todo="Look for it in the list.")
    return found


def _own_record(unit: Unit, member_id: int | None) -> int | None:
    if member_id is None:
        return None
    member = member_of(unit.session, member_id)
    return member.merged_into or member.id


def _not_ahead(day: date) -> date:
    if day > clock.today():
        raise UserError(f"{day:%d %b %Y} has not come yet.", todo="Choose today or an earlier day.")
    return day


def _not_before(day: date, received: date) -> None:
    if day < received:
        raise UserError(
            f"{day:%d %b %Y} is before it was received ({received:%d %b %Y}).",
            todo="Choose a later day.",
        )
