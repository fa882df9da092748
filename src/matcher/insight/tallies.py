"""How often, and by how many different people: the asks and the taking part of a period, sorted in one way each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.insight.asks import Person, Record, is_person, is_record, took_part, was_asked
from matcher.insight.period import Period
from matcher.insight.replies import AUDIENCES, channel_words, kind_of
from matcher.insight.suppression import Count
from matcher.model import Audience, Invitation, Payment, Request

ANSWERS = {
    "yes": "Yes", "no": "No, not this time", "cannot": "Can't make the date", "stop": "No, and please stop",
    "waiting": "No answer so far",
}  # fmt: skip
PAID, DECLINED, OWED, UNPAID = "Paid", "Declined the payment", "Promised, still to come", "No payment was promised"


@dataclass(frozen=True, slots=True)
class Tally:
    """Label -> how often, in the order of the rows. ``total`` is what they add up to."""

    total: Count
    rows: Mapping[str, Count]


@dataclass(frozen=True, slots=True)
class Parts:
    """Taking part in a period, by audience and by payment.

    ``groups``: who was there for each audience and payment; the two tallies together tell no more than that.
    ``pounds``: what was paid, as far as briefs promise an amount for each person, None where it would tell how many
    of a few people were paid; ``more_pounds``: some were paid in another way besides. ``request_ids``: the requests
    somebody took part in.
    """

    by_audience: Tally
    by_payment: Tally
    groups: Tally
    pounds: float | None
    more_pounds: bool
    request_ids: tuple[int, ...]


def tallies_of_asks(session: Session, within: Period) -> tuple[Tally, Tally, Tally]:
    """The asks of a period by audience, by channel and by what was answered; erased people are counted in."""
    query = (
        select(
            Person.id, Request.audience, func.nullif(Invitation.channel, ""), Invitation.state, Invitation.answer
        )
        .select_from(Invitation)
        .join(Record, is_record)
        .join(Person, is_person)
        .join(Request, Request.id == Invitation.request_id)
        .where(was_asked(within))
    )
    rows = session.execute(query).all()
    return (
        tally(((AUDIENCES[Audience(row[1])], row[0]) for row in rows), AUDIENCES.values()),
        tally(((channel_words(row[2]), row[0]) for row in rows), ()),
        tally(((ANSWERS[kind_of(row[3], row[4])], row[0]) for row in rows), ANSWERS.values()),
    )


def tally_of_parts(session: Session, within: Period, k: int) -> Parts:
    """The taking part of a period; erased people are counted in. ``k``: the fewest people that are told of."""
    query = (
        select(Person.id, Request.id, Request.audience, Invitation.paid_on, Invitation.payment_declined_on)
        .select_from(Invitation)
        .join(Record, is_record)
        .join(Person, is_person)
        .join(Request, Request.id == Invitation.request_id)
        .where(took_part(within))
    )
    rows = session.execute(query).all()
    found = session.scalars(select(Request).where(Request.id.in_({row[1] for row in rows}))).all()
    payments = {request.id: request.brief.payment for request in found}
    by_audience, by_payment, paid_for = [], [], list[tuple[str, int]]()
    for person, request_id, audience, paid, declined in rows:
        owed = OWED if payments[request_id].amount else UNPAID
        by_audience.append((AUDIENCES[Audience(audience)], person))
        by_payment.append((PAID if paid else DECLINED if declined else owed, person))
        paid_for += [(str(request_id), person)] if paid else []
    both = ((f"{a[0]}, {b[0]}", a[1]) for a, b in zip(by_audience, by_payment, strict=True))
    by_request = tally(paid_for, ())
    told = {id: payment.amount or 0 for id, payment in payments.items() if _is_plain(payment)}
    pounds = sum(count.number * told.get(int(id), 0) for id, count in by_request.rows.items())
    return Parts(
        tally(by_audience, AUDIENCES.values()), tally(by_payment, (PAID, DECLINED, OWED, UNPAID)),
        tally(both, ()),
        None if any(count.is_small(k) for count in by_request.rows.values()) else pounds,
        any(int(id) not in told for id in by_request.rows), tuple(sorted(payments)),
    )  # fmt: skip


def _is_plain(payment: Payment) -> bool:
    return bool(payment.amount) and payment.currency == "GBP" and payment.per == "person"


def tally(told: Iterable[tuple[str, int]], order: Iterable[str]) -> Tally:
    """Rows of (label, person), counted; labels out of the order come by their size."""
    people: defaultdict[str, list[int]] = defaultdict(list)
    for label, person in told:
        people[label].append(person)
    known = [*order]
    others = sorted(people.keys() - set(known), key=lambda label: (-len(people[label]), label))
    counts = {label: Count(len(people[label]), len(set(people[label]))) for label in (*known, *others)}
    everybody = [person for some in people.values() for person in some]
    return Tally(Count(len(everybody), len(set(everybody))), counts)
