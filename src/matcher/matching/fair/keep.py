"""A fair list from the store and back: committed to before it is drawn, drawn, explained and kept."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.matching.cards import Candidate, Ranking
from matcher.matching.fair.draw import WARNS, Drawn, Options, Seat, Share, Why, draw
from matcher.matching.fair.pool import contenders
from matcher.matching.fair.rules import Contender
from matcher.matching.fair.sentences import read_rules
from matcher.matching.rank import rank
from matcher.matching.shortlist import Shortlist, Suggestion, save_shortlist
from matcher.model import ListDraw
from matcher.storage import Store, reading, request_of, work


@dataclass(frozen=True, slots=True)
class Wanted:
    """What she asks of a list; ``rules`` in her own sentences.

    ``seed`` decides the lots: the one the request was drawn with before, else a new one, when it is None. Another
    seed than before is a new draw of lots, which needs its ``reason``.
    """

    people: int
    rules: tuple[str, ...] = ()
    share: Share = Share.SOME
    reserves: int = 3
    seed: str | None = None
    reason: str = ""
    pinned: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FairList:
    """A list as it was drawn and kept. ``notes`` are what she should know of it, in sentences.

    ``commitment`` is the digest of seed and people that was kept before the draw; ``loss`` the share of the best
    fit given up for turns and lots; ``skipped`` those whose lot would have made the rules impossible.
    """

    listed: Shortlist
    seed: str
    commitment: str
    rules: tuple[str, ...]
    share: Share
    loss: float
    skipped: tuple[int, ...]
    notes: tuple[str, ...]


def draw_list(
    store: Store, request_id: int, wanted: Wanted, ranking: Ranking | None = None, kept: Sequence[Candidate] = ()
) -> FairList:
    """Draw the list of a request and keep it in place of any it had; ``ranking`` when it was made already.

    ``kept`` are people who are no candidates any more, since they were asked, and may be pinned all the same.

    Raises ClashError when the rules cannot be kept, and UserError when a rule is not understood, nobody is wanted
    or lots are drawn anew without a reason. Then the list stays as it was.
    """
    ranking = ranking or rank(store, request_id)
    with reading(store) as session:
        request_of(session, request_id)
        there = {candidate.member.id for candidate in ranking.candidates}
        candidates = (*ranking.candidates, *(one for one in kept if one.member.id not in there))
        people = contenders(session, request_id, candidates)
        seed = _seed(session, request_id, wanted)
    rules = read_rules(wanted.rules, people, min(wanted.people, len(people)))
    options = Options(
        wanted.people, rules, wanted.share, reserves=wanted.reserves, pinned=wanted.pinned, refused=wanted.refused
    )  # fmt: skip
    draw_kept = _commit(store, request_id, wanted, seed, people)
    drawn = draw(people, options, seed, request_id)
    found = suggestion(candidates, drawn)
    listed = save_shortlist(
        store, request_id, found, seed=seed, seats=seats_told(drawn), draw_id=draw_kept.id, drawn=told(drawn)
    )
    sentences = tuple(rule.sentence for rule in rules)
    loss, notes = round(drawn.loss, 4), notes_on(drawn, wanted)
    return FairList(
        replace(listed, short_by=drawn.short_by), seed, draw_kept.commitment, sentences, wanted.share, loss,
        drawn.skipped, notes,
    )  # fmt: skip


def suggestion(candidates: Sequence[Candidate], drawn: Drawn) -> Suggestion:
    """The people of a draw, as a list to keep."""
    by_id = {candidate.member.id: candidate for candidate in candidates}
    chosen = tuple(by_id[seat.id] for seat in drawn.seats)
    return Suggestion(chosen, tuple(by_id[number] for number in drawn.reserves), drawn.short_by)


def seats_told(drawn: Drawn) -> dict[int, Mapping[str, Any]]:
    """Member -> what her seat was given for, for the list to keep."""
    return {seat.id: _seat(seat) for seat in drawn.seats}


def told(drawn: Drawn) -> dict[str, Any]:
    """The outcome of a draw, to be kept with its commitment."""
    return {
        "seats": [{"id": seat.id, **_seat(seat)} for seat in drawn.seats], "reserves": list(drawn.reserves),
        "skipped": list(drawn.skipped), "fit": round(drawn.fit, 2), "best_fit": round(drawn.best_fit, 2),
        "could": sorted(drawn.could),
    }  # fmt: skip


def notes_on(drawn: Drawn, wanted: Wanted) -> tuple[str, ...]:
    """What she should know of a list."""
    notes = []
    if drawn.short_by:
        notes.append(f"{drawn.short_by} fewer than wanted: nobody else may be asked and fits.")
    if drawn.loss > WARNS:
        notes.append(f"Sharing turns costs {drawn.loss:.0%} of the best fit here.")
    if drawn.skipped:
        ids = ", ".join(f"M{number}" for number in drawn.skipped)
        notes.append(f"The lot fell on {ids} first, with whom the rules could not be kept.")
    if wanted.rules and drawn.short_by:
        notes.append("The rules are kept within those who are there.")
    return tuple(notes)


def _seat(seat: Seat) -> dict[str, Any]:
    return {"why": seat.why, "rule": seat.rule, "instead": seat.instead, "words": _words(seat)}


def _words(seat: Seat) -> str:
    return {
        Why.PINNED: "You set them",
        Why.FIT: "Fits best",
        Why.RULE: f"Needed for “{seat.rule}”" if seat.rule else "Needed for the rules",
        Why.TURN: "Their turn",
        Why.LOT: "By lot",
    }[seat.why]


@dataclass(frozen=True, slots=True)
class _Kept:
    id: int
    commitment: str


def _seed(session: Session, request_id: int, wanted: Wanted) -> str:
    drawn = select(ListDraw.seed).where(ListDraw.request_id == request_id, ListDraw.result.is_not(None))
    before = session.scalar(drawn.order_by(ListDraw.id.desc()).limit(1))
    if before is None:
        return wanted.seed or secrets.token_hex(8)
    if wanted.seed not in (None, before) and not wanted.reason.strip():
        raise UserError(
            f"The lots of R{request_id} were drawn already.",
            todo="To draw them anew with another seed, say why, with --reason.",
        )
    return wanted.seed or before


def _commit(store: Store, request_id: int, wanted: Wanted, seed: str, people: Sequence[Contender]) -> _Kept:
    """Keep the digest of seed and people before anything is drawn; the same question again is no new draw."""
    snapshot = [_as_json(person) for person in sorted(people, key=lambda person: person.id)]
    options = {
        "people": wanted.people, "rules": list(wanted.rules), "share": wanted.share, "reserves": wanted.reserves,
        "pinned": sorted(wanted.pinned), "refused": sorted(wanted.refused),
    }  # fmt: skip
    commitment = hashlib.sha256(json.dumps([seed, request_id, options, snapshot]).encode()).hexdigest()
    with reading(store) as session:
        same = select(ListDraw.id).where(ListDraw.request_id == request_id, ListDraw.commitment == commitment)
        known = session.scalar(same.order_by(ListDraw.id.desc()).limit(1))
    if known is not None:
        return _Kept(known, commitment)
    with work(store, f"prepare a list for R{request_id}") as unit:
        made = ListDraw(
            request_id=request_id, drawn_at=unit.now, commitment=commitment, seed=seed, people=wanted.people,
            options=options, could=[], result=None, reason=wanted.reason.strip(),
        )  # fmt: skip
        unit.session.add(made)
        unit.session.flush()
        return _Kept(made.id, commitment)


def _as_json(person: Contender) -> list[Any]:
    facts = sorted([name, *sorted(values)] for name, values in person.facts.items())
    return [person.id, person.score, round(person.deficit, 6), person.meets, facts]
