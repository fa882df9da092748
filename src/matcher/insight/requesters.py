"""What requesters did with the time they were given: took part, paid, findings, feedback. Facts only."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.insight.asks import took_part, was_made
from matcher.insight.period import Period
from matcher.model import (
    FactKind,
    Invitation,
    InvitationState,
    Request,
    Requester,
    RequesterFact,
    RequestKind,
    Stage,
)

NOBODY = "Not known who"
_NOT_ASKS = (Stage.NOT_A_REQUEST, Stage.MERGED)


@dataclass(frozen=True, slots=True)
class RequesterRecord:
    """A requester in the period; whoever did nothing in it has none. ``requester_id`` None: not known who asked.

    ``requests``: arrived in it. ``asked``: times members were asked or volunteered in it; ``agreed``: of these,
    said yes. ``took_part``: times members took part in it; of these, to date: ``paid``, ``declined_payment``,
    ``to_pay`` (payment was promised and is still owed) and ``heard_back`` (were told what came of it).
    ``findings`` and ``feedback``: facts noted on the requester in the period; ``said``: of those who took part,
    how often a member's own words on it are kept.
    """

    requester_id: int | None
    name: str
    organisation: str
    requests: int = 0
    asked: int = 0
    agreed: int = 0
    took_part: int = 0
    paid: int = 0
    declined_payment: int = 0
    to_pay: int = 0
    heard_back: int = 0
    findings: int = 0
    feedback: int = 0
    said: int = 0


def requesters_record(session: Session, within: Period) -> tuple[RequesterRecord, ...]:
    """Every requester of the period, those with whom most took part first."""
    counts: dict[int | None, Counter[str]] = {}
    _count_requests(session, within, counts)
    _count_asks(session, within, counts)
    _count_parts(session, within, counts)
    _count_facts(session, within, counts)
    who = {one.id: one for one in session.scalars(select(Requester).where(Requester.id.in_([*counts])))}
    rows = [
        RequesterRecord(key, who[key].name or who[key].contact, who[key].organisation, **count)
        if key in who
        else RequesterRecord(None, NOBODY, "", **count)
        for key, count in counts.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.took_part, -row.requests, row.name, row.requester_id or 0)))


_Counts = dict[int | None, Counter[str]]


def _count_requests(session: Session, within: Period, counts: _Counts) -> None:
    query = select(Request.requester_id, func.count()).where(
        Request.kind == RequestKind.REQUEST, Request.updates.is_(None), Request.stage.not_in(_NOT_ASKS),
        within.has_instant(Request.received_at),
    )  # fmt: skip
    for requester_id, count in session.execute(query.group_by(Request.requester_id)):
        counts.setdefault(requester_id, Counter())["requests"] = count


def _count_asks(session: Session, within: Period, counts: _Counts) -> None:
    query = (
        select(Request.requester_id, Invitation.state, func.count())
        .join(Invitation, Invitation.request_id == Request.id)
        .where(was_made(within))
        .group_by(Request.requester_id, Invitation.state)
    )
    for requester_id, state, count in session.execute(query):
        mine = counts.setdefault(requester_id, Counter())
        mine["asked"] += count
        mine["agreed"] += count if state in (InvitationState.YES, InvitationState.DONE) else 0


def _count_parts(session: Session, within: Period, counts: _Counts) -> None:
    query = (
        select(
            Request.requester_id, Request.id, func.count(), func.count(Invitation.paid_on),
            func.count(Invitation.payment_declined_on), func.count(Invitation.heard_back_on),
            func.count(func.nullif(Invitation.feedback, "")),
        )
        .join(Invitation, Invitation.request_id == Request.id)
        .where(took_part(within))
        .group_by(Request.id)
    )  # fmt: skip
    rows = session.execute(query).all()
    briefs = session.scalars(select(Request).where(Request.id.in_([row[1] for row in rows])))
    paying = {request.id for request in briefs if request.brief.payment.amount}
    for requester_id, request_id, part, paid, declined, heard, said in rows:
        mine = counts.setdefault(requester_id, Counter())
        mine.update(took_part=part, paid=paid, declined_payment=declined, heard_back=heard, said=said)
        mine["to_pay"] += part - paid - declined if request_id in paying else 0


def _count_facts(session: Session, within: Period, counts: _Counts) -> None:
    kinds = (FactKind.FINDINGS, FactKind.FEEDBACK)
    query = select(RequesterFact.requester_id, RequesterFact.kind, func.count()).where(
        RequesterFact.kind.in_(kinds), within.has_day(RequesterFact.on_day)
    )
    for requester_id, kind, count in session.execute(
        query.group_by(RequesterFact.requester_id, RequesterFact.kind)
    ):
        counts.setdefault(requester_id, Counter())[FactKind(kind).value] = count
