"""The list for a request: who is asked, and the reserves in order."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from matcher.errors import UserError
from matcher.matching.cards import Candidate, Ranking
from matcher.matching.rank import rank
from matcher.model import ListDraw, Member, ShortlistEntry
from matcher.storage import Store, reading, request_of, work

RESERVES = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who to ask, who stands in reserve, and how many fewer there are than wanted."""

    chosen: tuple[Candidate, ...]
    reserves: tuple[Candidate, ...]
    short_by: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One place on a list as it was drawn: ``position`` from 1, chosen first, then reserves."""

    position: int
    member_id: int
    name: str
    score: float
    why: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The list of a request. ``short_by``: how many fewer were found than wanted.

    ``batch`` is the step that kept it, when it was kept just now and that can be taken back.
    """

    request_id: int
    chosen: tuple[Listed, ...]
    reserves: tuple[Listed, ...]
    short_by: int = 0
    batch: int | None = None


def suggest(ranking: Ranking, people: int, reserves: int = RESERVES) -> Suggestion:
    """The first ``people`` candidates and the next ``reserves``, in order.

    Raises UserError when fewer than one person is wanted.
    """
    if people < 1:
        raise UserError("A list needs at least one person.", todo="Say how many people it is for.")
    chosen = ranking.candidates[:people]
    return Suggestion(chosen, ranking.candidates[people : people + reserves], people - len(chosen))


def make_shortlist(
    store: Store, request_id: int, people: int, *, reserves: int = RESERVES, seed: str | None = None
) -> Shortlist:
    """Rank a request and keep its list, in place of any list it had. ``seed`` is kept with the list."""
    found = suggest(rank(store, request_id), people, reserves)
    return save_shortlist(store, request_id, found, seed=seed)


def save_shortlist(
    store: Store, request_id: int, found: Suggestion, *, seed: str | None = None,
    seats: Mapping[int, Mapping[str, Any]] = MappingProxyType({}), draw_id: int | None = None,
    drawn: Mapping[str, Any] | None = None,
) -> Shortlist:  # fmt: skip
    """Keep a suggestion as the list of a request, in place of any list it had; the list as it is kept now.

    Of a draw, ``seats`` says of members what their seat was given for; ``drawn`` is its outcome, kept with it.
    """
    places = [(candidate, False) for candidate in found.chosen] + [(c, True) for c in found.reserves]
    with work(store, f"make a list for R{request_id}") as unit:
        request_of(unit.session, request_id)
        before = unit.session.scalars(select(ShortlistEntry).where(ShortlistEntry.request_id == request_id)).all()
        for entry in before:
            unit.session.delete(entry)
        unit.session.flush()
        for position, (candidate, reserve) in enumerate(places, 1):
            entry = _entry(request_id, position, candidate, reserve, seed)
            if told := seats.get(candidate.member.id):
                entry.why = {**entry.why, "seat": dict(told)}
            unit.session.add(entry)
        if draw_id is not None and drawn is not None:
            kept = unit.session.get_one(ListDraw, draw_id)
            kept.drawn_at, kept.could, kept.result = unit.now, list(drawn["could"]), dict(drawn)
        batch = unit.batch_id if before or places else None
    return replace(shortlist(store, request_id), short_by=found.short_by, batch=batch)


def _entry(request_id: int, position: int, candidate: Candidate, reserve: bool, seed: str | None) -> ShortlistEntry:
    why: dict[str, Any] = {
        "parts": candidate.parts,
        "status": candidate.status,
        "ask_first": candidate.ask_first,
        "to_ask": list(candidate.to_ask),
        "to_check": list(candidate.to_check),
        "reasons": candidate.reasons,
        "evidence": [asdict(piece) for piece in candidate.evidence],
    }
    if seed is not None:
        why["seed"] = seed
    return ShortlistEntry(
        request_id=request_id,
        member_id=candidate.member.id,
        position=position,
        reserve=reserve,
        score=candidate.score,
        why=why,
    )


def shortlist(store: Store, request_id: int) -> Shortlist:
    """The list of a request as it stands, empty when none was made. Raises UserError when it is unknown."""
    query = (
        select(ShortlistEntry, Member)
        .join(Member, Member.id == ShortlistEntry.member_id)
        .where(ShortlistEntry.request_id == request_id)
        .order_by(ShortlistEntry.position)
    )
    with reading(store) as session:
        request_of(session, request_id)
        found = [(entry.reserve, _listed(entry, member)) for entry, member in session.execute(query)]
    chosen = tuple(place for reserve, place in found if not reserve)
    return Shortlist(request_id, chosen, tuple(place for reserve, place in found if reserve))


def _listed(entry: ShortlistEntry, member: Member) -> Listed:
    return Listed(entry.position, entry.member_id, member.name, entry.score, entry.why)
