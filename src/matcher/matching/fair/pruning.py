"""Who can be in a best list at all: the few that the solver has to think of, out of any number of people.

Nothing is lost by it. Somebody is left out only when, in any list that holds her, one of the people named here
could take her seat: as good in everything that is maximised, and no rule broken (docs/decisions/0016).
"""

from collections.abc import Collection, Hashable, Sequence
from typing import Any

import numpy as np

from matcher.matching.fair.rules import Contender, Rule, RuleKind

Values = np.ndarray[Any, np.dtype[np.float64]]
_FEW_VALUES = 24
"""A field of at most so many values is looked at value by value; of more, any other value will do."""


def relevant(
    people: Sequence[Contender], seats: int, rules: Sequence[Rule], worth: Values, least: Values | None,
    sure: Collection[int],
) -> list[int]:  # fmt: skip
    """The places that can be in a best answer, in order, those of ``sure`` among them.

    ``worth`` is maximised; ``least``, where given, is what a list must have enough of.
    """
    alike, other = _Alike(people, rules), _Other(people, rules)
    by_worth = np.argsort(-worth, kind="stable").tolist()
    ranks = _ranks(worth if least is None else least)
    shelves: dict[Hashable, _Shelf] = {}
    needed = max(len(other.fields), 1) * (seats - 1) + 1
    kept = set(sure)
    for place in by_worth:
        same = shelves.setdefault(alike.key(place), _Shelf(seats))
        free = shelves.setdefault(("other", other.key(place)), _Shelf(needed))
        if same.is_full_before(ranks[place]) or free.is_full_before(ranks[place]):
            continue
        kept.add(place)
        same.put(ranks[place], frozenset())
        values = other.values(place)
        if values is not None:
            free.put(ranks[place], values)
    return sorted(kept)


def _ranks(values: Values) -> list[int]:
    """0 for the largest; equal values in the order in which they stand."""
    ranks = np.empty(len(values), dtype=np.intp)
    ranks[np.argsort(-values, kind="stable")] = np.arange(len(values))
    return [int(rank) for rank in ranks]


class _Shelf:
    """People who could stand in for others: the first ``size`` by rank, no two with a value in common."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: list[tuple[int, frozenset[Any]]] = []

    def is_full_before(self, rank: int) -> bool:
        """Whether as many as are needed stand before somebody."""
        return len(self._held) == self._size and self._held[-1][0] < rank

    def put(self, rank: int, values: frozenset[Any]) -> None:
        """Take somebody in, in place of whoever shares a value and stands later."""
        rivals = [held for held in self._held if held[1] & values]
        if any(held[0] < rank for held in rivals):
            return
        self._held = sorted([*(held for held in self._held if held not in rivals), (rank, values)])[: self._size]


class _Alike:
    """People alike in all that the rules look at."""

    def __init__(self, people: Sequence[Contender], rules: Sequence[Rule]) -> None:
        self._people = people
        self._looks = sorted({(rule.field, rule.value) for rule in rules})

    def key(self, place: int) -> Hashable:
        person = self._people[place]
        return tuple(person.seen_by(field, value) for field, value in self._looks)


class _Other:
    """People alike but for fields of many values, where a rule only minds that people differ.

    Whoever has values that nobody else on a list has can take any seat there as far as such a rule goes. Each of
    the others on a list can stand in the way of one person a field, so that few are needed for one to be free.
    """

    def __init__(self, people: Sequence[Contender], rules: Sequence[Rule]) -> None:
        self._people = people
        differs = {rule.field for rule in rules if rule.kind in (RuleKind.KINDS, RuleKind.EACH)}
        named = {rule.field for rule in rules if rule.value}
        shut = {rule.field for rule in rules if rule.kind is RuleKind.EACH and rule.number < 1}
        self._counted = {rule.field for rule in rules if rule.kind is RuleKind.KINDS}
        self.fields = sorted(field for field in differs - named - shut if self._has_many(field))
        self._looks = sorted({(rule.field, rule.value) for rule in rules if rule.field not in self.fields})

    def key(self, place: int) -> Hashable:
        person = self._people[place]
        return tuple(person.seen_by(field, value) for field, value in self._looks)

    def values(self, place: int) -> frozenset[Any] | None:
        """What she must not share with others on a list; None when she cannot stand in for anybody."""
        person = self._people[place]
        if any(not person.facts.get(field) for field in self.fields if field in self._counted):
            return None
        return frozenset((field, value) for field in self.fields for value in person.facts.get(field, ()))

    def _has_many(self, field: str) -> bool:
        """Whether a field has many values, and nobody more than one."""
        held = [person.facts.get(field, frozenset()) for person in self._people]
        values = {value for mine in held for value in mine}
        return len(values) > _FEW_VALUES and all(len(mine) < 2 for mine in held)
