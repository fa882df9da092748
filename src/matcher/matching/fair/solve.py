"""The best set of people under rules: a mixed-integer programme for HiGHS, small because people who are alike go.

Everything random or tied is in the coefficients, and people stand in the order of their ids, so that the same
question has the same answer on every machine and for any order of input.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.matching.fair.pruning import Values, relevant
from matcher.matching.fair.rules import Contender, Rule, RuleKind, values_of

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

_SOLVED, _INFEASIBLE = 0, 2
_EXACT = {"mip_rel_gap": 0.0, "presolve": True}


@dataclass(frozen=True, slots=True)
class Floor:
    """The list's values must add up to at least ``least``."""

    values: Values
    least: float


@dataclass(frozen=True, slots=True)
class Wish:
    """A rule to be kept as far as it can be: what one person too few costs."""

    rule: Rule
    cost: float


def best(
    people: Sequence[Contender], seats: int, rules: Sequence[Rule], worth: Values, *,
    sure: Collection[int] = (), floor: Floor | None = None, wishes: Sequence[Wish] = (),
) -> list[int] | None:  # fmt: skip
    """The places of the ``seats`` people whose worth adds up to the most under the rules; None when none can be.

    ``sure`` are places that are taken in any case. Raises RuntimeError when the solver gives up or its answer does
    not keep the rules.
    """
    if seats < len(sure):
        return None
    if not rules and not wishes and floor is None:
        free = [place for place in np.argsort(-worth, kind="stable").tolist() if place not in set(sure)]
        return sorted([*sure, *free[: seats - len(sure)]]) if len(people) >= seats else None
    seen = [*rules, *(wish.rule for wish in wishes)]
    kept = relevant(people, seats, seen, worth, floor.values if floor else None, sure)
    number = {place: at for at, place in enumerate(kept)}
    chosen = _solve(
        [people[place] for place in kept], seats, rules, worth[kept],
        [number[place] for place in sure],
        Floor(floor.values[kept], floor.least) if floor else None, wishes,
    )  # fmt: skip
    if chosen is None:
        return None
    listed = [kept[place] for place in chosen]
    _check([people[place] for place in listed], seats, rules, set(sure) <= set(listed))
    return listed


def _check(listed: Sequence[Contender], seats: int, rules: Sequence[Rule], has_the_sure: bool) -> None:
    """Solvers have returned infeasible answers as optimal: every rule is counted again."""
    broken = [rule.sentence for rule in rules if not rule.holds(listed)]
    if broken or len(listed) != seats or not has_the_sure:
        raise RuntimeError(f"the solver's list does not keep {broken or 'its size'}")


class _Programme:
    """Rows of a linear programme over people, then helpers."""

    def __init__(self, people: int) -> None:
        self.columns = people
        self._entries: list[tuple[int, int, float]] = []
        self._bounds: list[tuple[float, float]] = []

    def helper(self) -> int:
        """A new variable beside the people."""
        self.columns += 1
        return self.columns - 1

    def row(self, terms: Sequence[tuple[int, float]], low: float, high: float = np.inf) -> None:
        """A sum that lies between two bounds."""
        self._entries += [(len(self._bounds), column, factor) for column, factor in terms]
        self._bounds.append((low, high))

    def constraint(self) -> "LinearConstraint":
        """All rows."""
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        rows, columns, factors = zip(*self._entries, strict=True)
        shape = (len(self._bounds), self.columns)
        low, high = zip(*self._bounds, strict=True)
        return LinearConstraint(csr_array((factors, (rows, columns)), shape=shape), low, high)


def _solve(
    people: Sequence[Contender], seats: int, rules: Sequence[Rule], worth: Values, sure: Sequence[int],
    floor: Floor | None, wishes: Sequence[Wish],
) -> list[int] | None:  # fmt: skip
    from scipy.optimize import Bounds, milp  # 30 MB, wanted by lists with rules alone

    programme = _Programme(len(people))
    programme.row([(place, 1.0) for place in range(len(people))], seats, seats)
    for rule in rules:
        _add(programme, rule, people)
    lacks = [(_lack(programme, wish.rule, people), wish.cost) for wish in wishes]
    if floor:
        programme.row([(place, float(value)) for place, value in enumerate(floor.values)], floor.least)
    costs = np.zeros(programme.columns)
    costs[: len(people)] = -worth
    low, high = np.zeros(programme.columns), np.ones(programme.columns)
    low[list(sure)] = 1.0
    for column, cost in lacks:
        costs[column], high[column] = cost, np.inf
    result = milp(
        costs, integrality=np.ones(programme.columns), bounds=Bounds(low, high), constraints=programme.constraint(),
        options=_EXACT,
    )  # fmt: skip
    if result.status == _INFEASIBLE:
        return None
    if result.status != _SOLVED:
        raise RuntimeError(f"the solver gave up: {result.message}")
    return [place for place in range(len(people)) if result.x[place] > 0.5]


def _add(programme: _Programme, rule: Rule, people: Sequence[Contender]) -> None:
    if rule.kind in (RuleKind.LEAST, RuleKind.MOST):
        terms = [(place, 1.0) for place, person in enumerate(people) if person.is_(rule.field, rule.value)]
        low, high = (rule.number, np.inf) if rule.kind is RuleKind.LEAST else (-np.inf, rule.number)
        programme.row(terms or [(0, 0.0)], low, high)
        return
    groups = values_of(people, rule.field)
    if rule.kind is RuleKind.EACH:
        for places in groups.values():
            programme.row([(place, 1.0) for place in places], -np.inf, rule.number)
        return
    present = []
    for places in groups.values():
        helper = programme.helper()
        programme.row([(helper, -1.0), *((place, 1.0) for place in places)], 0.0)
        present.append((helper, 1.0))
    programme.row(present or [(0, 0.0)], rule.number)


def _lack(programme: _Programme, rule: Rule, people: Sequence[Contender]) -> int:
    """The helper that says how many people a wish is short by."""
    helper = programme.helper()
    terms = [(place, 1.0) for place, person in enumerate(people) if person.is_(rule.field, rule.value)]
    programme.row([(helper, 1.0), *terms], rule.number)
    return helper
