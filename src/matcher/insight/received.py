"""The requests of a period: how many arrived, what became of them, and in which of them members took part."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.consent import without_members
from matcher.insight.period import Period
from matcher.insight.replies import AUDIENCES
from matcher.model import Audience, FactKind, Request, RequesterFact, RequestKind, Stage

_TAKEN_UP = (Stage.ASKING, Stage.INTRODUCED, Stage.DONE)
_TURNED_DOWN = (Stage.DECLINED, Stage.WITHDRAWN)
_NOT_ASKS = (Stage.NOT_A_REQUEST, Stage.MERGED)


@dataclass(frozen=True, slots=True)
class Received:
    """Requests of one audience that arrived: members were asked, declined or withdrawn, still being looked at."""

    label: str
    received: int
    taken_up: int
    turned_down: int

    @property
    def open(self) -> int:
        """Those that are still being looked at."""
        return self.received - self.taken_up - self.turned_down


@dataclass(frozen=True, slots=True)
class TakenPartIn:
    """A request in which somebody took part, and what the requester said came of it, "" when nothing so far.

    Members' names in it are masked.
    """

    title: str
    organisation: str
    label: str
    findings: str


def requests_received(session: Session, within: Period) -> tuple[Received, ...]:
    """The requests that arrived in a period by audience, in the order of audiences."""
    query = (
        select(Request.audience, Request.stage, func.count())
        .where(Request.kind == RequestKind.REQUEST, Request.updates.is_(None), Request.stage.not_in(_NOT_ASKS))
        .where(within.has_instant(Request.received_at))
        .group_by(Request.audience, Request.stage)
    )
    counts: dict[Audience, Counter[str]] = {audience: Counter() for audience in AUDIENCES}
    for audience, stage, count in session.execute(query):
        mine = counts[Audience(audience)]
        mine["received"] += count
        mine["taken_up"] += count if stage in _TAKEN_UP else 0
        mine["turned_down"] += count if stage in _TURNED_DOWN else 0
    return tuple(
        Received(AUDIENCES[audience], mine["received"], mine["taken_up"], mine["turned_down"])
        for audience, mine in counts.items()
        if mine["received"]
    )


def taken_part_in(session: Session, request_ids: Sequence[int]) -> tuple[TakenPartIn, ...]:
    """These requests, as they may be told of, the newest first."""
    requests = session.scalars(
        select(Request).where(Request.id.in_(request_ids)).order_by(Request.received_at.desc(), Request.id.desc())
    ).all()
    facts = session.execute(
        select(RequesterFact.request_id, RequesterFact.words)
        .where(RequesterFact.request_id.in_(request_ids), RequesterFact.kind == FactKind.FINDINGS)
        .order_by(RequesterFact.on_day, RequesterFact.id)
    )
    findings: dict[int | None, list[str]] = {}
    for request_id, words in facts:
        findings.setdefault(request_id, []).append(words)
    told = [(r.title, r.brief.organisation, "; ".join(findings.get(r.id, ()))) for r in requests]
    masked = iter(without_members(session, [text for texts in told for text in texts]))
    return tuple(
        TakenPartIn(next(masked), next(masked), AUDIENCES[Audience(request.audience)], next(masked))
        for request in requests
    )
