"""The list for a request: who is asked, and the reserves in order."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.matching.cards import Candidate, Ranking
from matcher.matching.rank import rank
from matcher.matching.seats import told
from matcher.model import Member, ShortlistEntry
from matcher.storage import Store, Unit, reading, request_of, work

RESERVES = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who to ask, who stands in reserve, and how many fewer there are than wanted."""

    chosen: tuple[Candidate, ...]
    reserves: tuple[Candidate, ...]
    short_by: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One place on a list as it was drawn: ``position`` from 1, chosen first, then reserves.

    ``told`` says in sentences what a place that was drawn was given for, and who would come instead.
    """

    position: int
    member_id: int
    name: str
    score: float
    why: dict[str, Any]
    told: tuple[str, ...] = ()


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


def save_shortlist(store: Store, request_id: int, found: Suggestion, *, seed: str | None = None) -> Shortlist:
    """Keep a suggestion as the list of a request, in place of any list it had; the list as it is kept now."""
    with work(store, f"make a list for R{request_id}") as unit:
        written = put_list(unit, request_id, found, seed=seed)
        batch = unit.batch_id if written else None
    return replace(shortlist(store, request_id), short_by=found.short_by, batch=batch)


def put_list(
    unit: Unit, request_id: int, found: Suggestion, *, seed: str | None = None,
    seats: Mapping[int, Mapping[str, Any]] = MappingProxyType({}),
) -> bool:  # fmt: skip
    """Keep a suggestion within ``unit``; return whether there was anything to write.

    ``seats`` says of members what their place was given for, in a list that was drawn; of a list that is changed by
    hand it stays as it was.
    """
    places = [(candidate, False) for candidate in found.chosen] + [(c, True) for c in found.reserves]
    request_of(unit.session, request_id)
    before = unit.session.scalars(select(ShortlistEntry).where(ShortlistEntry.request_id == request_id)).all()
    drawn = seats or {entry.member_id: entry.why["seat"] for entry in before if "seat" in entry.why}
    for entry in before:
        unit.session.delete(entry)
    unit.session.flush()
    for position, (candidate, reserve) in enumerate(places, 1):
        entry = _entry(request_id, position, candidate, reserve, seed)
        if seat := drawn.get(candidate.member.id):
            entry.why = {**entry.why, "seat": dict(seat)}
        unit.session.add(entry)
    return bool(before or places)


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
        rows = session.execute(query).all()
        names = _names(session, rows)
        found = [(entry.reserve, _listed(entry, member, names)) for entry, member in rows]
    chosen = tuple(place for reserve, place in found if not reserve)
    return Shortlist(request_id, chosen, tuple(place for reserve, place in found if reserve))


def _names(session: Session, rows: Sequence[Any]) -> dict[int, str]:
    """The names of everybody who is on the list or would come instead of somebody there."""
    named = {member.id: member.name for _entry, member in rows}
    instead = {entry.why.get("seat", {}).get("instead") for entry, _member in rows} - {None, *named}
    others = session.scalars(select(Member).where(Member.id.in_(instead), Member.is_live()))
    return named | {member.id: member.name for member in others}


def _listed(entry: ShortlistEntry, member: Member, names: Mapping[int, str]) -> Listed:
    sentences = told(entry.why.get("seat", {}), lambda number: names.get(number, f"M{number}"))
    return Listed(entry.position, entry.member_id, member.name, entry.score, entry.why, sentences)
