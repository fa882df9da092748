"""How long it takes from a request to the first introduction."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.insight.period import Period, london_day
from matcher.insight.replies import AUDIENCES
from matcher.model import CLOSED, Audience, Invitation, Release, Request, RequestKind, Stage, StageMove

_NOT_ASKS = (Stage.NOT_A_REQUEST, Stage.MERGED)


@dataclass(frozen=True, slots=True)
class Wait:
    """Whole days from the day a request arrived to the day the first member was introduced.

    Of the requests whose first introduction lies in the period: ``requests`` of them, None where there are
    none; the quartiles stand only where there are four or more. ``audience`` None is every audience.
    """

    audience: Audience | None
    label: str
    requests: int
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    shortest: int | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class Waits:
    """The waits of a period, and what they leave out.

    ``received``: requests that arrived in the period (follow-ups and post that is no request are none);
    ``still_open``: of these, open and without an introduction; ``closed_without``: of these, closed without one,
    declined ones and links that were only posted among them.
    """

    total: Wait
    by_audience: tuple[Wait, ...]
    received: int
    still_open: int
    closed_without: int


def waits(session: Session, within: Period) -> Waits:
    """The waits of a period."""
    introduced = _introduced(session)
    query = select(Request.id, Request.audience, Request.stage, Request.received_at).where(
        Request.kind == RequestKind.REQUEST, Request.updates.is_(None), Request.stage.not_in(_NOT_ASKS)
    )
    days: dict[Audience, list[int]] = {}
    received = still_open = closed_without = 0
    for request_id, audience, stage, at in session.execute(query):
        arrived, met = london_day(at), introduced.get(request_id)
        if met is not None and within.has(met):
            days.setdefault(Audience(audience), []).append(max(0, (met - arrived).days))
        if within.has(arrived):
            received += 1
            still_open += met is None and stage not in CLOSED
            closed_without += met is None and stage in CLOSED
    by_audience = (_wait(one, AUDIENCES[one], days[one]) for one in Audience if one in days)
    every = [count for some in days.values() for count in some]
    return Waits(_wait(None, "All", every), tuple(by_audience), received, still_open, closed_without)


def _introduced(session: Session) -> dict[int, date]:
    """Request -> the day its first member was introduced: by the requester's contact, in a sheet, or as it was
    moved to that stage."""
    found: dict[int, date] = {}

    def note(request_id: int, day: date | datetime | None) -> None:
        if day is not None:
            plain = london_day(day) if isinstance(day, datetime) else day
            found[request_id] = min(found.get(request_id, plain), plain)

    for model, column in ((Invitation, Invitation.introduced_on), (Release, Release.at)):
        for request_id, day in session.execute(
            select(model.request_id, func.min(column, type_=column.type)).group_by(model.request_id)
        ):
            note(request_id, day)
    moves = select(StageMove.request_id, func.min(StageMove.at, type_=StageMove.at.type))
    for request_id, day in session.execute(
        moves.where(StageMove.stage == Stage.INTRODUCED).group_by(StageMove.request_id)
    ):
        note(request_id, day)
    return found


def _wait(audience: Audience | None, label: str, days: Sequence[int]) -> Wait:
    lower = upper = None
    if len(days) >= 4:
        lower, _, upper = statistics.quantiles(days, n=4, method="inclusive")
    return Wait(
        audience, label, len(days), statistics.median(days) if days else None, lower, upper,
        min(days, default=None), max(days, default=None),
    )  # fmt: skip
