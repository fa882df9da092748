"""Near spellings and forms of a word among those members use: "dementia" finds "dimentia", "hoard" "hoarders"."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import fuzz, process

_SHORTEST = 5
"""Shorter stems have too many neighbours that mean something else."""
_NEAR = 85
"""How alike, of 100, a near spelling is at least: the share of letters that two have in the same order."""
_LONGER = 3
"""A form of a word may go on for so many letters instead."""
_LENGTHS = range(-2, 3)
_COUNTS = 0.5
"""What a near spelling counts at most, where the word itself counts 1."""


class Spellings:
    """The stems of an index, by their first letter and length, and in the order of the alphabet."""

    def __init__(self, names: Iterable[str]) -> None:
        self._sorted = sorted(name for name in names if len(name) >= _SHORTEST - 1)
        self._by_shape: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for name in self._sorted:
            self._by_shape[name[0], len(name)].append(name)
        self._found: dict[str, tuple[tuple[str, float], ...]] = {}

    def widened(self, terms: Iterable[str]) -> Mapping[str, float]:
        """The terms, each counting 1, and their near spellings, which count less the less alike they are."""
        wanted = dict.fromkeys(sorted(set(terms)), 1.0)
        for term in tuple(wanted):
            if term not in self._found:
                self._found[term] = tuple(self._near(term)) if len(term) >= _SHORTEST else ()
            for name, alike in self._found[term]:
                wanted[name] = max(wanted.get(name, 0.0), _COUNTS * alike)
        return wanted

    def _near(self, term: str) -> Iterator[tuple[str, float]]:
        for more in _LENGTHS:
            names = self._by_shape.get((term[0], len(term) + more), ())
            for name, alike, _ in process.extract(term, names, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None):
                yield name, alike / 100
        for name in self._sorted[bisect_left(self._sorted, term) :]:
            if not name.startswith(term):
                return
            if len(name) <= len(term) + _LONGER:
                yield name, len(term) / len(name)
