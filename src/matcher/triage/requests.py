"""Requests that were logged: the list, one request with everything on it, its stage and its brief."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.model import (
    Audience,
    Brief,
    Invitation,
    InvitationState,
    Request,
    Requester,
    RequestFile,
    RequestKind,
    Stage,
    StageMove,
)
from matcher.storage import numbered, reading, request_of, work
from matcher.storage.store import Store
from matcher.triage.log import evidence_from_json
from matcher.triage.reading.flags import Flag, flags_now
from matcher.triage.reading.request import Evidence


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A line of the list or a card of the board. ``wanted`` is the most people asked for, else the fewest;
    ``flags`` are the reasons of its red flags."""

    id: int
    title: str
    requester: str
    organisation: str
    audience: Audience
    stage: Stage
    kind: RequestKind
    deadline: date | None
    received: datetime
    wanted: int | None
    asked: int
    agreed: int
    updates: int | None
    flags: tuple[str, ...]
    requester_id: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A move from stage to stage."""

    stage: Stage
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Original:
    """The file a request was read from; ``stored_as`` is its sealed name in the store."""

    name: str
    stored_as: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    """Everything held on one request."""

    id: int
    kind: RequestKind
    stage: Stage
    updates: int | None
    updated_by: tuple[int, ...]
    brief: Brief
    evidence: dict[str, Evidence]
    flags: tuple[Flag, ...]
    moves: tuple[Move, ...]
    originals: tuple[Original, ...]
    received: datetime
    requester_id: int | None
    asked: int
    agreed: int


def request_id(text: str) -> int:
    """The number in “R12” or “12”. Raises UserError for anything else."""
    number = numbered(text, "R")
    if number is None:
        raise UserError(f"“{text}” is not a request.", todo="Write it like R12.")
    return number


def list_requests(store: Store) -> tuple[RequestRow, ...]:
    """Every request, the newest first."""
    with reading(store) as session:
        found = session.scalars(select(Request).order_by(Request.received_at.desc(), Request.id.desc()))
        return rows_of(session, found)


def rows_of(session: Session, requests: Iterable[Request]) -> tuple[RequestRow, ...]:
    """The lines for these requests, in their order."""
    counts = _counts(session)
    return tuple(_row(request, *counts.get(request.id, (0, 0))) for request in requests)


def show_request(store: Store, request_id: int) -> RequestPage:
    """One request with its brief, evidence, flags, moves and originals. Raises UserError when there is none."""
    with reading(store) as session:
        request = request_of(session, request_id)
        asked, agreed = _counts(session).get(request_id, (0, 0))
        moves = session.scalars(select(StageMove).where(StageMove.request_id == request_id).order_by(StageMove.id))
        files = session.scalars(select(RequestFile).where(RequestFile.request_id == request_id))
        updates = session.scalars(select(Request.id).where(Request.updates == request_id).order_by(Request.id))
        return RequestPage(
            id=request.id,
            kind=RequestKind(request.kind),
            stage=Stage(request.stage),
            updates=request.updates,
            updated_by=tuple(updates),
            brief=request.brief,
            evidence=evidence_from_json(request.evidence),
            flags=flags_now(request),
            moves=tuple(Move(Stage(move.stage), move.at, move.note) for move in moves),
            originals=tuple(Original(file.name, file.stored_as) for file in files),
            received=request.received_at,
            requester_id=request.requester_id,
            asked=asked,
            agreed=agreed,
        )


def move_stage(store: Store, request_id: int, stage: Stage, note: str = "") -> int:
    """Move a request to ``stage`` and keep the move; the step that an undo takes back.

    Raises UserError when that move is not allowed.
    """
    with work(store, f"move R{request_id} to {stage.value}") as unit:
        request = request_of(unit.session, request_id)
        request.check_move(stage)
        request.stage = stage
        unit.session.add(StageMove(request_id=request_id, stage=stage, at=unit.now, note=note))
        return unit.batch_id


def edit_brief(store: Store, request_id: int, brief: Brief) -> int | None:
    """Replace a request's brief; evidence stays only for what was not changed.

    Returns the step that an undo takes back, None when nothing differs.
    """
    with work(store, f"edit R{request_id}") as unit:
        request = request_of(unit.session, request_id)
        before = request.brief
        request.evidence = _still_right(request.evidence, before, brief)
        request.brief = brief
        if request.requester is not None:
            _correct(request.requester, before, brief)
        unit.session.flush()
        return unit.batch_id if unit.has_written() else None


def _still_right(evidence: Mapping[str, object], before: Brief, after: Brief) -> dict[str, object]:
    def now(name: str) -> str:
        """What it is called now: a value of a list goes with it to another place; empty when it is gone."""
        field, _, index = name.partition(".")
        if not hasattr(before, field):
            return name
        one, other = getattr(before, field), getattr(after, field)
        if not index:
            return name if one == other else ""
        place = int(index)
        if place >= len(one) or one[place] not in other:
            return ""
        same = place < len(other) and one[place] == other[place]
        return f"{field}.{place if same else other.index(one[place])}"

    return {new: found for name, found in evidence.items() if (new := now(name))}


def _correct(requester: Requester, before: Brief, after: Brief) -> None:
    """A corrected name, role, contact or organisation is the requester's too, where the record still agreed."""
    for held, said in (
        ("name", "requester"),
        ("role", "requester_role"),
        ("contact", "contact"),
        ("organisation", "organisation"),
    ):
        if getattr(requester, held) == getattr(before, said):
            setattr(requester, held, getattr(after, said))


def _counts(session: Session) -> dict[int, tuple[int, int]]:
    """Request -> how many were asked, how many said yes."""
    agreed = {InvitationState.YES, InvitationState.DONE}
    rows = session.execute(
        select(Invitation.request_id, Invitation.state, func.count())
        .where(Invitation.state != InvitationState.TO_ASK)
        .group_by(Invitation.request_id, Invitation.state)
    )
    counts: dict[int, tuple[int, int]] = {}
    for request, state, number in rows:
        asked, yes = counts.get(request, (0, 0))
        counts[request] = (asked + number, yes + (number if state in agreed else 0))
    return counts


def _row(request: Request, asked: int, agreed: int) -> RequestRow:
    brief = request.brief
    return RequestRow(
        id=request.id,
        title=request.title,
        requester=brief.requester,
        organisation=brief.organisation,
        audience=Audience(request.audience),
        stage=Stage(request.stage),
        kind=RequestKind(request.kind),
        deadline=request.deadline,
        received=request.received_at,
        wanted=brief.people_wanted.max or brief.people_wanted.min,
        asked=asked,
        agreed=agreed,
        updates=request.updates,
        requester_id=request.requester_id,
        flags=tuple(flag.reason for flag in flags_now(request)),
    )
