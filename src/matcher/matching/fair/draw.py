"""Drawing a list: the best that the rules allow, one seat by lot, the others by fit and turn. See decision 14.

Pure: the same people, options and seed give the same list, in whatever order the people come.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matcher.errors import UserError
from matcher.matching.fair.clash import ClashError, find_conflict
from matcher.matching.fair.pruning import Values
from matcher.matching.fair.rules import NEVER, Contender, Rule, RuleKind
from matcher.matching.fair.solve import Floor, Wish, best
from matcher.matching.lots import ticket

KEEPS = 0.9
"""A fair list keeps at least this share of the fit of the best one (decision 14)."""
FLOOR = 0.5
"""Whoever fits less than this share of the best who can be asked gets no seat by turn or lot."""
WARNS = 0.1
"""A list that loses more than this share of the best fit says so."""
_POINTS = 100
"""Scores are compared in whole hundredths of a point, so that nothing beyond a computer's rounding decides."""
_MEETS_POINTS = 200.0
_NEWCOMERS = Rule(RuleKind.LEAST, "asked", 2, NEVER)
_NEWCOMER_POINTS = 20.0


class Share(StrEnum):
    """How far turns count beside fit."""

    OFF = "off"
    SOME = "some"
    STRONG = "strong"


WEIGHTS = {Share.OFF: 0.0, Share.SOME: 10.0, Share.STRONG: 24.0}
"""Points that one ask owed is worth beside a fit out of 100."""


@dataclass(frozen=True, slots=True)
class Options:
    """What she wants of a list. ``lots``: seats by lot; ``pinned`` are on it in any case, ``refused`` never."""

    people: int
    rules: tuple[Rule, ...] = ()
    share: Share = Share.SOME
    lots: int = 1
    reserves: int = 3
    pinned: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()


class Why(StrEnum):
    """What a seat was given for."""

    PINNED = "pinned"
    FIT = "fit"
    RULE = "rule"
    TURN = "turn"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: whose and what for. ``rule`` would be broken if the next in line had it ("" when none would).

    ``at_most``: this rule is an upper bound, which does not need her but bars who is next in line. ``instead``
    would take her place; ``owed`` is how many asks she was behind her fair share; ``never`` says that
    she was never asked before.
    """

    id: int
    score: float
    why: Why
    rule: str = ""
    instead: int | None = None
    owed: float = 0.0
    never: bool = False
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody whose lot came up in vain: with her ``rule`` breaks or, when it is "", too much fit is lost."""

    id: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A list as it was drawn: seats, the best fit first, and reserves in order.

    ``fit`` is what its scores add up to and ``best_fit`` the most that the rules allow; ``skipped`` are those whose
    lot came up but who would have made the rules impossible. ``could``: everybody who had a chance of a seat.
    """

    seats: tuple[Seat, ...]
    reserves: tuple[int, ...]
    short_by: int
    fit: float
    best_fit: float
    could: frozenset[int]
    skipped: tuple[Skipped, ...] = ()

    @property
    def loss(self) -> float:
        """The share of the best fit that was given up for turns and lots."""
        return 1 - self.fit / self.best_fit if self.best_fit else 0.0


def draw(people: Collection[Contender], options: Options, seed: str, request_id: int) -> Drawn:
    """Draw a list. Fewer people than wanted is no error: ``short_by`` says so.

    Raises ClashError when the rules contradict each other or who there is, UserError when more are pinned than
    wanted.
    """
    if options.people < 1:
        raise UserError("A list needs at least one person.", todo="Say how many people it is for.")
    pool = [person for person in sorted(people, key=lambda p: p.id) if person.id not in options.refused]
    seats = min(options.people, len(pool))
    sure = [place for place, person in enumerate(pool) if person.id in options.pinned]
    if len(sure) > seats:
        raise UserError(f"{len(sure)} people are set, and the list has {seats}.", todo="Make it longer.")
    return _Draw(pool, seats, sure, options, seed, request_id).drawn()


class _Draw:
    def __init__(
        self, pool: Sequence[Contender], seats: int, sure: list[int], options: Options, seed: str, request_id: int
    ) -> None:
        self.pool, self.seats, self.sure, self.options = pool, seats, sure, options
        lots = "" if options.share is Share.OFF else seed  # without turns, equals stand as in the ranking
        self.order = sorted(range(len(pool)), key=lambda place: ticket(request_id, pool[place].id, lots))
        self.scores = np.array([round(person.score * _POINTS) for person in pool], dtype=np.float64)
        self.sorted_scores = -np.sort(-self.scores)
        self.meets = np.array([_MEETS_POINTS * _POINTS * person.meets for person in pool])
        enough = [place for place, person in enumerate(pool) if person.meets]
        if len(enough) < seats:  # others are needed anyway: among them too turns are shared
            enough = list(range(len(pool)))
        least = FLOOR * max((pool[place].score for place in enough), default=0.0)
        self.could = [place for place in enough if pool[place].score >= least]

    def drawn(self) -> Drawn:
        if not self.pool:
            return Drawn((), (), self.options.people, 0.0, 0.0, frozenset())
        optimum = self._best(self._tied(self.scores + self.meets), self.sure)
        if optimum is None:
            raise ClashError(find_conflict(self.pool, self.seats, self.options.rules, self._possible, self._freely))
        chosen, lots, skipped = optimum, list[int](), list[Skipped]()
        worth = self._worth()
        if self.options.share is not Share.OFF:
            floor = Floor(self.scores, KEEPS * float(self.scores[optimum].sum()))
            lots, skipped = self._by_lot(floor)
            wishes = [Wish(_NEWCOMERS, _NEWCOMER_POINTS * _POINTS)] if self.seats > 2 * _NEWCOMERS.number else []
            found = self._best(worth, [*self.sure, *lots], floor, wishes)
            assert found is not None, "the lot was drawn so that a list is left"
            chosen = found
        return self._told(chosen, optimum, lots, skipped, worth)

    def _worth(self) -> Values:
        """Fit and turn in one number; only whoever fits well enough has a turn."""
        weight = WEIGHTS[self.options.share] * _POINTS
        turn = np.zeros(len(self.pool))
        for place in self.could:
            turn[place] = round(weight * self.pool[place].deficit)
        return self._tied(self.scores + self.meets + turn)

    def _tied(self, worth: Values) -> Values:
        """Between equals the earlier lot: all lots of a list together weigh less than one step of a score."""
        bonus = np.empty(len(worth))
        bonus[self.order] = np.linspace(1.0, 0.0, len(worth), endpoint=False)
        return worth + bonus / (self.seats + 1)

    def _best(
        self, worth: Values, sure: Collection[int], floor: Floor | None = None, wishes: Sequence[Wish] = ()
    ) -> list[int] | None:
        return best(self.pool, self.seats, self.options.rules, worth, sure=sure, floor=floor, wishes=wishes)

    def _possible(self, rules: Sequence[Rule]) -> bool:
        return best(self.pool, self.seats, rules, self.scores, sure=self.sure) is not None

    def _freely(self, rules: Sequence[Rule]) -> bool:
        return bool(self.sure) and best(self.pool, self.seats, rules, self.scores) is not None

    def _by_lot(self, floor: Floor) -> tuple[list[int], list[Skipped]]:
        """The places drawn by lot, and who was passed over because no list would be left with them."""
        drawn, skipped = list[int](), list[Skipped]()
        could, seats = set(self.could), min(self.options.lots, max(self.seats - len(self.sure), 0))
        for place in self.order:
            if len(drawn) == seats:
                break
            if place not in could or place in self.sure:
                continue
            wanted = [*self.sure, *drawn, place]
            if self._most_with(wanted) < floor.least or self._best(self.scores, wanted, floor) is None:
                skipped.append(Skipped(self.pool[place].id, self._broken_by(wanted)))
            else:
                drawn.append(place)
        return drawn, skipped

    def _most_with(self, wanted: Sequence[int]) -> float:
        """More than the scores of a list with these people in it can add up to."""
        return float(self.scores[list(wanted)].sum() + self.sorted_scores[: self.seats - len(wanted)].sum())

    def _broken_by(self, wanted: Sequence[int]) -> str:
        """The rule that cannot be kept with these people on the list; empty when all can."""
        if best(self.pool, self.seats, self.options.rules, self.scores, sure=wanted) is not None:
            return ""
        alone = (
            rule for rule in self.options.rules
            if best(self.pool, self.seats, (rule,), self.scores, sure=wanted) is None
        )  # fmt: skip
        return next(alone, self.options.rules[-1]).sentence

    def _told(
        self, chosen: list[int], optimum: list[int], lots: list[int], skipped: list[Skipped], worth: Values
    ) -> Drawn:
        held = set(chosen)
        waiting = [p for p in np.argsort(-worth, kind="stable").tolist() if p not in held]
        by_fit = set(np.argsort(-self._tied(self.scores + self.meets), kind="stable")[: self.seats].tolist())
        rank = {place: number for number, place in enumerate(self.order)}
        listed = sorted(chosen, key=lambda p: (-self.meets[p], -self.scores[p], rank[p]))
        seats = []
        for place in listed:
            broken, instead = self._standing_in(place, chosen, waiting)
            rule, at_most = (broken.sentence, not broken.is_lower_bound) if broken else ("", False)
            why = self._why(place, lots, by_fit, set(optimum), rule)
            person = self.pool[place]
            owed, never = round(person.deficit, 2), person.is_("asked", NEVER)
            seats.append(Seat(person.id, person.score, why, rule, instead, owed, never, at_most))
        fit, most = (sum(self.pool[place].score for place in places) for places in (chosen, optimum))
        return Drawn(
            tuple(seats), tuple(self.pool[place].id for place in waiting[: self.options.reserves]),
            self.options.people - self.seats, fit, most, frozenset(self.pool[place].id for place in self.could),
            tuple(skipped),
        )  # fmt: skip

    def _why(self, place: int, lots: list[int], by_fit: set[int], optimum: set[int], rule: str) -> Why:
        if place in self.sure:
            return Why.PINNED
        if place in lots:
            return Why.LOT
        if place in by_fit:
            return Why.FIT
        return Why.RULE if place in optimum or (rule and self.options.share is Share.OFF) else Why.TURN

    def _standing_in(self, place: int, chosen: list[int], waiting: list[int]) -> tuple[Rule | None, int | None]:
        """The rule that would break if the next in line had this seat, and the first with whom every rule holds."""
        rest = [self.pool[p] for p in chosen if p != place]
        first: Rule | None = None
        failed = set[tuple[bool | frozenset[str], ...]]()
        for other in waiting:
            person = self.pool[other]
            look = tuple(person.seen_by(rule.field, rule.value) for rule in self.options.rules)
            if look in failed:
                continue
            broken = next((rule for rule in self.options.rules if not rule.holds([*rest, person])), None)
            if broken is None:
                return first, person.id
            first = first or broken
            failed.add(look)
        return first, None
