"""How lists were made: every draw of a request as it was kept, and the same draw once more to see that it holds."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.matching.fair.clash import ClashError
from matcher.matching.fair.draw import WARNS, Drawn, Options, Share, draw
from matcher.matching.fair.fair_list import digest_of, names_of
from matcher.matching.fair.pool import facts_of
from matcher.matching.fair.rules import Rule
from matcher.matching.fair.snapshot import from_json
from matcher.matching.seats import short_words, told
from matcher.model import ListDraw
from matcher.storage import Store, reading, request_of

_TOO_FAR = "with them the list would fit more than a tenth worse than it could"


@dataclass(frozen=True, slots=True)
class DrawnSeat:
    """One seat of a draw: whose, what for in a few words, and in sentences."""

    member_id: int
    name: str
    words: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastDraw:
    """A draw as it was kept. ``skipped``: (name, why), whose lot came up in vain; ``could``: how many had a chance.

    ``reason``: why the lots were drawn again; "" of a first draw and of other rules with the same lots. ``loss``:
    the share of the best fit that was given up; ``warns`` when that is a lot.
    """

    id: int
    at: datetime
    people: int
    rules: tuple[str, ...]
    read: tuple[Rule, ...]
    share: Share
    lots: int
    reason: str
    seats: tuple[DrawnSeat, ...]
    reserves: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    kept: tuple[str, ...]
    left_off: tuple[str, ...]
    could: int
    short_by: int
    loss: float
    warns: bool
    commitment: str
    seed: str
    can_be_checked: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How a rule stands on a list: what it counts there, and whether that keeps it."""

    rule: str
    count: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A draw drawn once more. ``same``: it gives the list that was kept; else ``differences`` say what is not."""

    draw: int
    same: bool
    differences: tuple[str, ...]


def past_draws(store: Store, request_id: int) -> tuple[PastDraw, ...]:
    """Every draw of a request, the newest first. Raises UserError when the request is unknown."""
    with reading(store) as session:
        request_of(session, request_id)
        query = select(ListDraw).where(ListDraw.request_id == request_id, ListDraw.result.is_not(None))
        return tuple(_past(session, row) for row in session.scalars(query.order_by(ListDraw.id.desc())))


def rules_on(store: Store, member_ids: Collection[int], rules: Sequence[Rule]) -> tuple[Counted, ...]:
    """How the rules of a list stand for those who are on it now."""
    if not rules:
        return ()
    with reading(store) as session:
        people = facts_of(session, sorted(member_ids))
    return tuple(Counted(rule.sentence, rule.count(people), kept=rule.holds(people)) for rule in rules)


def check_draw(store: Store, request_id: int, draw_id: int | None = None) -> Checked:
    """Draw a list once more from what was kept of it, the newest when none is named; nothing is written.

    Raises UserError when there is no such draw, or when it was made before what it was drawn from was kept.
    """
    with reading(store) as session:
        request_of(session, request_id)
        query = select(ListDraw).where(ListDraw.request_id == request_id, ListDraw.result.is_not(None))
        if draw_id is not None:
            query = query.where(ListDraw.id == draw_id)
        row = session.scalar(query.order_by(ListDraw.id.desc()).limit(1))
        if row is None:
            raise UserError(f"R{request_id} has no such list that was drawn.", todo="Make the list first.")
        if row.snapshot is None:
            raise UserError("This list was drawn by an earlier Matcher, which did not keep what it was drawn from.")
        names = names_of(session, _everybody(row.result or {}))
        return _checked(row, lambda number: names.get(number, f"M{number}"))


def _checked(row: ListDraw, name_of: Callable[[int], str]) -> Checked:
    assert row.snapshot is not None
    assert row.result is not None
    if digest_of(row.seed, row.request_id, row.options, row.snapshot) != row.commitment:
        return Checked(row.id, False, ("What it was drawn from was changed since.",))
    people, rules = from_json(row.snapshot)
    asked = row.options
    options = Options(
        asked["people"], rules, Share(asked["share"]), asked["lots"], asked["reserves"], tuple(asked["pinned"]),
        tuple(asked["refused"]),
    )  # fmt: skip
    try:
        again = draw(people, options, row.seed, row.request_id)
    except ClashError:
        return Checked(row.id, False, ("The rules cannot be kept.",))
    differences = _differences(row.result, again, name_of)
    return Checked(row.id, not differences, differences)


def _differences(kept: Mapping[str, Any], again: Drawn, name_of: Callable[[int], str]) -> tuple[str, ...]:
    """What is not as it was kept, in sentences."""
    before = {seat["id"]: seat["why"] for seat in kept["seats"]}
    now = {seat.id: seat.why.value for seat in again.seats}
    found = [f"{name_of(number)} was on it, and is not when it is drawn again." for number in before.keys() - now]
    found += [f"{name_of(number)} is on it when it is drawn again, and was not." for number in now.keys() - before]
    found += [
        f"{name_of(number)} was on it for another reason." for number in before.keys() & now
        if before[number] != now[number]
    ]  # fmt: skip
    if list(again.reserves) != kept["reserves"]:
        found.append("The reserves are others, or in another order.")
    if [[one.id, one.rule] for one in again.skipped] != kept["skipped"]:
        found.append("The lots fell on others first.")
    return tuple(sorted(found))


def _past(session: Session, row: ListDraw) -> PastDraw:
    result, asked = row.result or {}, row.options
    pinned, refused = asked.get("pinned", ()), asked.get("refused", ())
    names = names_of(session, (*_everybody(result), *pinned, *refused))

    def name_of(number: int) -> str:
        return names.get(number, f"M{number}")

    best, fit = result.get("best_fit", 0.0), result.get("fit", 0.0)
    loss = 1 - fit / best if best else 0.0
    return PastDraw(
        id=row.id,
        at=row.drawn_at,
        people=row.people,
        rules=tuple(asked.get("rules", ())),
        read=tuple(Rule.from_json(kept) for kept in asked.get("read", ())),
        share=Share(asked.get("share", Share.SOME)),
        lots=asked.get("lots", 1),
        reason=row.reason,
        seats=tuple(
            DrawnSeat(seat["id"], name_of(seat["id"]), short_words(seat), told(seat, name_of))
            for seat in result.get("seats", ())
        ),
        reserves=tuple(name_of(number) for number in result.get("reserves", ())),
        skipped=tuple((name_of(number), _in_vain(rule)) for number, rule in _skipped(result)),
        kept=tuple(name_of(number) for number in pinned),
        left_off=tuple(name_of(number) for number in refused),
        could=len(row.could),
        short_by=result.get("short_by", max(row.people - len(result.get("seats", ())), 0)),
        loss=round(loss, 4),
        warns=loss > WARNS,
        commitment=row.commitment,
        seed=row.seed,
        can_be_checked=row.snapshot is not None,
    )


def _in_vain(rule: str) -> str:
    return f"with them “{rule}” could not be kept" if rule else _TOO_FAR


def _skipped(result: Mapping[str, Any]) -> list[tuple[int, str]]:
    """(member, rule) of those whose lot came up in vain; earlier draws kept only who."""
    return [(one, "") if isinstance(one, int) else (one[0], one[1]) for one in result.get("skipped", ())]


def _everybody(result: Mapping[str, Any]) -> tuple[int, ...]:
    """Everybody a draw speaks of."""
    seats = result.get("seats", ())
    instead = (seat.get("instead") for seat in seats)
    found = {
        *(seat["id"] for seat in seats), *(number for number in instead if number is not None),
        *result.get("reserves", ()), *(number for number, _rule in _skipped(result)),
    }  # fmt: skip
    return tuple(sorted(found))
