"""Who's asking: each person who asked, what they promised and paid, what came back. Facts only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.errors import UserError
from matcher.model import (
    CLOSED,
    FactKind,
    Invitation,
    InvitationState,
    Outcome,
    Request,
    Requester,
    RequesterFact,
    RequestKind,
    Stage,
)
from matcher.storage import reading, work
from matcher.storage.store import Store
from matcher.triage.requests import RequestRow, rows_of

_ASKS = (RequestKind.REQUEST, RequestKind.UPDATE)


@dataclass(frozen=True, slots=True)
class Record:
    """What is on file, counted: requests, how they ended, who took part, was paid, and heard what came of it."""

    requests: int = 0
    open: int = 0
    done: int = 0
    declined: int = 0
    asked: int = 0
    agreed: int = 0
    took_part: int = 0
    cancelled: int = 0
    paid: int = 0
    to_pay: int = 0
    heard_back: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated fact: promised, paid, findings or feedback."""

    id: int
    kind: FactKind
    on: date
    words: str
    request_id: int | None


@dataclass(frozen=True, slots=True)
class RequesterRow:
    """A line of the list of requesters; ``last`` is the day of the newest request."""

    id: int
    name: str
    role: str
    contact: str
    organisation: str
    record: Record
    last: date | None


@dataclass(frozen=True, slots=True)
class RequesterPage:
    """Everything held on a requester; ``colleagues`` are others of the same organisation."""

    id: int
    name: str
    role: str
    contact: str
    organisation: str
    note: str
    record: Record
    requests: tuple[RequestRow, ...]
    facts: tuple[Fact, ...]
    colleagues: tuple[RequesterRow, ...]


def list_requesters(store: Store) -> tuple[RequesterRow, ...]:
    """Everybody who ever asked or offered something, the latest first; not those who only sent newsletters."""
    asked = select(Request.requester_id).where(Request.kind != RequestKind.NEWSLETTER)
    noted = select(RequesterFact.requester_id)
    with reading(store) as session:
        who = select(Requester).where(Requester.id.in_(asked) | Requester.id.in_(noted))
        rows = _rows(session, session.scalars(who).all())
    return tuple(sorted(rows, key=lambda row: (row.last or date.min, row.id), reverse=True))


def show_requester(store: Store, requester_id: int) -> RequesterPage:
    """One requester. Raises UserError when there is none."""
    with reading(store) as session:
        return requester_in(session, requester_id)


def requester_in(session: Session, requester_id: int) -> RequesterPage:
    """`show_requester` within a session."""
    who = _of(session, requester_id)
    mine = session.scalars(
        select(Request)
        .where(Request.requester_id == who.id)
        .order_by(Request.received_at.desc(), Request.id.desc())
    ).all()
    facts = session.scalars(
        select(RequesterFact)
        .where(RequesterFact.requester_id == who.id)
        .order_by(RequesterFact.on_day.desc(), RequesterFact.id.desc())
    )
    others: list[Requester] = []
    if who.organisation:
        same = select(Requester).where(Requester.organisation == who.organisation, Requester.id != who.id)
        others = list(session.scalars(same))
    return RequesterPage(
        who.id, who.name, who.role, who.contact, who.organisation, who.note, _records(session, [who.id])[who.id],
        rows_of(session, mine), tuple(Fact(f.id, FactKind(f.kind), f.on_day, f.words, f.request_id) for f in facts),
        tuple(_rows(session, others)),
    )  # fmt: skip


def edit_requester(
    store: Store, requester_id: int, *, name: str, role: str, contact: str, organisation: str, note: str
) -> int | None:
    """Correct what is held on a requester; the step made, None when nothing differs.

    Raises UserError when neither a name nor an address would be left.
    """
    if not (name.strip() or contact.strip()):
        raise UserError("A requester needs a name or an address.")
    with work(store, "edit a requester") as unit:
        who = _of(unit.session, requester_id)
        who.name, who.role, who.contact = name.strip(), role.strip(), contact.strip()
        who.organisation, who.note = organisation.strip(), note.strip()
        unit.session.flush()
        return unit.batch_id if unit.has_written() else None


def add_fact(
    store: Store, requester_id: int, kind: FactKind, on: date, words: str, request_id: int | None = None
) -> int:
    """Note a fact on a requester; the step made. Raises UserError when it says nothing or is of the future."""
    said = " ".join(words.split())
    if not said:
        raise UserError("The fact says nothing.", todo="Write what happened, in a few words.")
    if on > clock.today():
        raise UserError("A fact cannot be of a day to come.")
    with work(store, f"note what was {_DONE[kind]}") as unit:
        _of(unit.session, requester_id)
        unit.session.add(
            RequesterFact(
                requester_id=requester_id, request_id=request_id, kind=kind, on_day=on, words=said,
                recorded_at=unit.now,
            )
        )  # fmt: skip
        return unit.batch_id


_DONE = {
    FactKind.PROMISED: "promised", FactKind.PAID: "paid", FactKind.FINDINGS: "found", FactKind.FEEDBACK: "said",
}  # fmt: skip


def _of(session: Session, requester_id: int) -> Requester:
    found = session.get(Requester, requester_id)
    if found is None:
        raise UserError("There is no such requester.", todo="Look for them among the requests.")
    return found


def _rows(session: Session, people: Iterable[Requester]) -> list[RequesterRow]:
    everyone = list(people)
    records = _records(session, [who.id for who in everyone])
    last: dict[int, date] = {}
    for requester_id, received in session.execute(
        select(Request.requester_id, Request.received_at).where(Request.requester_id.is_not(None))
    ):
        if requester_id is None:
            continue
        day = received.astimezone(clock.LONDON).date()
        last[requester_id] = max(day, last.get(requester_id, day))
    return [
        RequesterRow(who.id, who.name, who.role, who.contact, who.organisation, records[who.id], last.get(who.id))
        for who in everyone
    ]


def _records(session: Session, ids: list[int]) -> dict[int, Record]:
    counts: dict[int, Counter[str]] = {one: Counter() for one in ids}
    paying: set[int] = set()
    for request in session.scalars(select(Request).where(Request.requester_id.in_(ids), Request.kind.in_(_ASKS))):
        if request.updates is not None:
            continue  # a chaser is no second request
        count, stage = counts[request.requester_id or 0], Stage(request.stage)
        count["requests"] += 1
        count["open"] += stage not in CLOSED
        count["done"] += stage is Stage.DONE
        count["declined"] += stage is Stage.DECLINED
        if request.brief.payment.amount:
            paying.add(request.id)
    asks = (
        select(Invitation, Request.requester_id)
        .join(Request, Invitation.request_id == Request.id)
        .where(Request.requester_id.in_(ids), Invitation.state != InvitationState.TO_ASK)
    )
    for ask, requester_id in session.execute(asks):
        count = counts[requester_id or 0]
        took_part = ask.outcome is not None and Outcome(ask.outcome) is Outcome.TOOK_PART
        count["asked"] += 1
        count["agreed"] += InvitationState(ask.state) in (InvitationState.YES, InvitationState.DONE)
        count["took_part"] += took_part
        count["cancelled"] += ask.outcome is not None and Outcome(ask.outcome) is Outcome.CANCELLED_BY_REQUESTER
        count["paid"] += ask.paid_on is not None
        settled = ask.paid_on is not None or ask.payment_declined_on is not None
        count["to_pay"] += took_part and not settled and ask.request_id in paying
        count["heard_back"] += ask.heard_back_on is not None
    return {one: Record(**count) for one, count in counts.items()}
