"""A fair list from the store and back: committed to before it is drawn, drawn, explained and kept, in one step."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.matching.cards import Candidate, Fitting, NotNow
from matcher.matching.case import Case, open_case
from matcher.matching.fair.clash import ClashError
from matcher.matching.fair.draw import WARNS, Drawn, Options, Seat, Share, draw
from matcher.matching.fair.pool import contenders
from matcher.matching.fair.rules import Contender
from matcher.matching.fair.sentences import read_rules
from matcher.matching.fair.snapshot import coded, to_json
from matcher.matching.seats import short_words
from matcher.matching.shortlist import Shortlist, Suggestion, put_list, shortlist
from matcher.matching.wishes import wishes_in
from matcher.model import ListDraw, Member
from matcher.storage import Store, Unit, reading, settings_in, work

MOST_THOUGHT_OF = 100_000
"""So many who fit best are thought of; where more could fit, that is said."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What she asks of a list; ``rules`` in her own sentences.

    ``lots`` places go by lot, as many as the settings say when it is None. ``seed`` decides the lots: the one the
    request was drawn with before, else a new one, when it is None. Another seed than before is a new draw of lots,
    which needs its ``reason``; ``fresh`` asks for one. ``pinned`` and ``refused`` come to what was wished before.
    """

    people: int
    rules: tuple[str, ...] = ()
    share: Share = Share.SOME
    reserves: int = 3
    lots: int | None = None
    seed: str | None = None
    reason: str = ""
    fresh: bool = False
    pinned: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FairList:
    """A list as it was drawn and kept. ``notes`` are what she should know of it, in sentences.

    ``commitment`` is the digest of seed and people that was kept before the draw; ``loss`` the share of the best
    fit given up for turns and lots; ``skipped`` those whose lot came up in vain.
    """

    listed: Shortlist
    draw: int
    seed: str
    commitment: str
    rules: tuple[str, ...]
    share: Share
    loss: float
    skipped: tuple[int, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    """Everything that decides a list; ``gone`` are those she keeps on it who may not be asked now."""

    request_id: int
    wanted: Wanted
    options: Options
    seed: str
    people: Sequence[Contender]
    left_out: int
    gone: tuple[int, ...]


def draw_list(
    store: Store, request_id: int, wanted: Wanted, case: Case | None = None, kept: Sequence[Candidate] = ()
) -> FairList:
    """Draw the list of a request and keep it in place of any it had; ``case`` when it is open already.

    ``kept`` are people who could no more be put forward, since they were asked, and stay on it all the same.

    Raises ClashError when the rules cannot be kept, and UserError when nobody is asked for, a rule is not
    understood, somebody who is set may not be asked, or lots are drawn anew without a reason. Then the list stays
    as it was.
    """
    case = case or open_case(store, request_id)
    if case.nobody:
        raise UserError(f"{case.nobody}.")
    fitting = case.fitting()
    there = {one.member_id for one in fitting}
    stay = {one.member.id: one for one in kept if one.member.id not in there}
    fitting += [Fitting(one.member.id, one.score, one.status == "met") for one in stay.values()]
    _check_set(case, {*there, *stay}, wanted.pinned)
    with reading(store) as session:
        question = _question(session, request_id, wanted, fitting)
    try:
        with work(store, f"make a list for R{request_id}") as unit:
            row = _commit(unit, question)
            drawn = draw(*_coded(question), question.seed, request_id)
            found = _suggestion({**stay, **case.candidates_of(_on_it(drawn))}, drawn)
            put_list(unit, request_id, found, seed=question.seed, seats=_seats(drawn))
            row.drawn_at, row.could, row.result = unit.now, sorted(drawn.could), _result(drawn)
            unit.session.flush()
            number, commitment, batch = row.id, row.commitment, unit.batch_id if unit.has_written() else None
    except ClashError:
        draw(question.people, question.options, question.seed, request_id)  # says the same of values, not of codes
        raise
    return _told(store, question, drawn, number, commitment, batch)


def check_rules(store: Store, case: Case, rules: Sequence[str], people: int) -> None:
    """Raise UserError when one of these rules is not understood."""
    with reading(store) as session:
        fitting = case.fitting()[:MOST_THOUGHT_OF]
        known = contenders(session, case.request_id, fitting, with_facts=bool(rules))
    read_rules(rules, known, min(people, len(known)))


def _told(
    store: Store, question: _Question, drawn: Drawn, number: int, commitment: str, batch: int | None
) -> FairList:
    skipped = tuple(one.id for one in drawn.skipped)
    with reading(store) as session:
        names = names_of(session, (*skipped, *question.gone))
    listed = replace(shortlist(store, question.request_id), short_by=drawn.short_by, batch=batch)
    return FairList(
        listed, number, question.seed, commitment, tuple(rule.sentence for rule in question.options.rules),
        question.wanted.share, round(drawn.loss, 4), skipped, _notes(question, drawn, names),
    )  # fmt: skip


def _check_set(case: Case, there: set[int], pinned: Sequence[int]) -> None:
    """Raise UserError when somebody who is to be on the list may not be."""
    for member_id in pinned:
        if member_id in there:
            continue
        row = case.row_of(member_id)
        seen = case.look_at(row) if row is not None else None
        reason = seen[0].reason if seen and isinstance(seen[0], NotNow) else "there is no such member"
        raise UserError(f"M{member_id} cannot be on this list: {reason}.", todo="Leave them out.")


def _question(session: Session, request_id: int, wanted: Wanted, fitting: Sequence[Fitting]) -> _Question:
    """Put together what decides a list. Raises UserError when a rule is not understood or a reason is missing."""
    thought_of = sorted(fitting, key=lambda one: (not one.meets, -one.score, one.member_id))[:MOST_THOUGHT_OF]
    people = contenders(session, request_id, thought_of, with_facts=bool(wanted.rules))
    wished, there = wishes_in(session, request_id), {one.member_id for one in thought_of}
    pinned = {*wanted.pinned, *(one for one, keep in wished.items() if keep and one not in wanted.refused)}
    refused = {*wanted.refused, *(one for one, keep in wished.items() if not keep)} - set(wanted.pinned)
    lots = settings_in(session).places_by_lot if wanted.lots is None else wanted.lots
    options = Options(
        wanted.people, read_rules(wanted.rules, people, min(wanted.people, len(people))), wanted.share, lots,
        wanted.reserves, tuple(sorted(pinned & there)), tuple(sorted(refused)),
    )  # fmt: skip
    seed = _seed(session, request_id, wanted)
    left_out = len(fitting) - len(thought_of)
    return _Question(request_id, wanted, options, seed, people, left_out, tuple(sorted(pinned - there)))


def _coded(question: _Question) -> tuple[list[Contender], Options]:
    people, rules = coded(question.people, question.options.rules)
    return people, replace(question.options, rules=rules)


def _on_it(drawn: Drawn) -> tuple[int, ...]:
    return (*(seat.id for seat in drawn.seats), *drawn.reserves)


def _suggestion(by_id: Mapping[int, Candidate], drawn: Drawn) -> Suggestion:
    chosen = tuple(by_id[seat.id] for seat in drawn.seats)
    return Suggestion(chosen, tuple(by_id[number] for number in drawn.reserves), drawn.short_by)


def _seats(drawn: Drawn) -> dict[int, Mapping[str, Any]]:
    """Member -> what her seat was given for, for the list to keep."""
    return {seat.id: _seat(seat, len(drawn.could)) for seat in drawn.seats}


def _seat(seat: Seat, could: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "why": seat.why.value, "rule": seat.rule, "instead": seat.instead, "owed": seat.owed, "never": seat.never,
        "among": could, "at_most": seat.at_most,
    }  # fmt: skip
    return told | {"words": short_words(told)}


def _result(drawn: Drawn) -> dict[str, Any]:
    """The outcome of a draw, to be kept with its commitment."""
    return {
        "seats": [{"id": seat.id, **_seat(seat, len(drawn.could))} for seat in drawn.seats],
        "reserves": list(drawn.reserves), "skipped": [[one.id, one.rule] for one in drawn.skipped],
        "fit": round(drawn.fit, 2), "best_fit": round(drawn.best_fit, 2), "short_by": drawn.short_by,
    }  # fmt: skip


def _notes(question: _Question, drawn: Drawn, names: Mapping[int, str]) -> tuple[str, ...]:
    """What she should know of a list."""
    notes = []
    if drawn.short_by:
        notes.append(f"{drawn.short_by} fewer than wanted: nobody else may be asked and fits.")
    if drawn.short_by and question.options.rules:
        notes.append("The rules are kept within those who are there.")
    if question.gone:
        kept = ", ".join(names[number] for number in question.gone)
        notes.append(f"You keep {kept} on this list, who may not be asked now.")
    if drawn.loss > WARNS:
        notes.append(f"Sharing turns costs {drawn.loss:.0%} of the best fit here, which is a lot.")
    if drawn.skipped:
        notes.append(f"The lot fell on {_several([names[one.id] for one in drawn.skipped])} first, in vain.")
    if question.left_out:
        notes.append(f"{MOST_THOUGHT_OF:,} were thought of; {question.left_out:,} who fit less well were not.")
    return tuple(notes)


def _several(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _seed(session: Session, request_id: int, wanted: Wanted) -> str:
    drawn = select(ListDraw.seed).where(ListDraw.request_id == request_id, ListDraw.result.is_not(None))
    before = session.scalar(drawn.order_by(ListDraw.id.desc()).limit(1))
    fresh = wanted.seed or secrets.token_hex(8)
    if before is None:
        return fresh
    if (wanted.fresh or wanted.seed not in (None, before)) and not wanted.reason.strip():
        raise UserError(
            f"The lots of R{request_id} were drawn already.",
            todo="Say why they are to be drawn again.",
        )
    return fresh if wanted.fresh else wanted.seed or before


def _commit(unit: Unit, question: _Question) -> ListDraw:
    """Keep the digest of seed and people before anything is drawn; the same question again is no new draw."""
    people, options = _coded(question)
    snapshot = to_json(people, options.rules)
    asked = {
        "people": options.people, "share": options.share.value, "lots": options.lots, "reserves": options.reserves,
        "pinned": list(options.pinned), "refused": list(options.refused),
        "rules": [rule.sentence for rule in options.rules],
        "read": [rule.as_json() for rule in question.options.rules],
    }  # fmt: skip
    commitment = digest_of(question.seed, question.request_id, asked, snapshot)
    same = select(ListDraw).where(
        ListDraw.request_id == question.request_id, ListDraw.commitment == commitment, ListDraw.result.is_not(None)
    )
    known = unit.session.scalar(same.order_by(ListDraw.id.desc()).limit(1))
    if known is not None:
        return known
    made = ListDraw(
        request_id=question.request_id, drawn_at=unit.now, commitment=commitment, seed=question.seed,
        people=options.people, options=asked, snapshot=snapshot, could=[], result=None,
        reason=question.wanted.reason.strip(),
    )  # fmt: skip
    unit.session.add(made)
    unit.session.flush()
    return made


def digest_of(seed: str, request_id: int, options: Mapping[str, Any], snapshot: Mapping[str, Any]) -> str:
    """The digest of everything that decides a draw: two draws with the same one are the same draw."""
    plain = json.dumps([seed, request_id, options, snapshot], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def names_of(session: Session, member_ids: Sequence[int]) -> dict[int, str]:
    """The names of members, a number where somebody is gone."""
    found = session.scalars(select(Member).where(Member.id.in_(member_ids), Member.erased_at.is_(None)))
    return {number: f"M{number}" for number in member_ids} | {one.id: one.name for one in found}
