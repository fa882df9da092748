"""Which place a misspelt name means: slips of the finger weighed against how many people live where.

The noisy channel of spelling correctors (Kernighan, Church and Gale 1990): a name is the likelier the fewer slips
lead from it to what was typed, and the more people could have typed it.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from matcher.knowledge import gazetteer
from matcher.knowledge.gazetteer import Town

_A_SLIP = 2.0
"""Every slip makes a name a hundred times less likely (in powers of ten)."""
CLEAR = math.log10(8)
"""So much likelier than any other place a guess has to be to be taken (in powers of ten): eight times."""
_SHORTEST, _SMALLEST = 4, 500


@dataclass(frozen=True, slots=True)
class Guess:
    """A name that may be meant: the places called so, the slips in what was typed, and how likely it is.

    ``weight`` counts in powers of ten and only compares guesses at one text.
    """

    name: str
    towns: tuple[Town, ...]
    slips: int
    weight: float

    @property
    def town(self) -> Town:
        """The largest place of the name."""
        return max(self.towns, key=lambda town: town.population)


@cache
def _names() -> tuple[str, ...]:
    """Every name of a town that somebody may misspell: full names, their short forms, and nicknames."""
    short = (name for name in gazetteer.by_short_name() if len(name) > _SHORTEST)
    other = (name for name in gazetteer.alias_names() if len(name) > _SHORTEST)
    return tuple(dict.fromkeys((*gazetteer.fuzzy_names(), *short, *other)))


_BOROUGH = re.compile(r"(?:borough|brough|burgh|boro|bro)\b")


def _plain_end(name: str) -> str:
    """A name whose “-borough”, “-brough” and “-burgh” are one, as they are in the ear."""
    return _BOROUGH.sub("bro", name)


@cache
def _by_itself() -> dict[str, tuple[str, ...]]:
    return {name: (name,) for name in _names()}


@cache
def _by_plain_end() -> dict[str, tuple[str, ...]]:
    """The names that end so, under their plain end."""
    found = defaultdict[str, list[str]](list)
    for name in _names():
        if (plain := _plain_end(name)) != name:
            found[plain].append(name)
    return {end: tuple(names) for end, names in found.items()}


def _most_slips(length: int) -> int:
    """How many slips a name of so many letters may hold and still be looked for."""
    return 1 if length < 7 else 2 if length < 10 else 3


@lru_cache(maxsize=16_384)
def guesses(typed: str, regions: frozenset[str] = frozenset()) -> tuple[Guess, ...]:
    """The names that a folded text may mean, the likeliest first; only places in ``regions`` when there are any.

    Of several names of one place only the likeliest is given.
    """
    if len(typed) < _SHORTEST:
        return ()
    found: dict[Town, Guess] = {}
    for name, slips in _near(typed):
        towns = tuple(town for town in gazetteer.called(name) if not regions or town.region in regions)
        if towns:
            largest = max(town.population for town in towns)
            guess = Guess(name, towns, slips, math.log10(max(largest, _SMALLEST)) - _A_SLIP * slips)
            if guess.town not in found or guess.weight > found[guess.town].weight:
                found[guess.town] = guess
    return tuple(sorted(found.values(), key=lambda guess: (-guess.weight, guess.name)))


def _near(typed: str) -> Iterator[tuple[str, int]]:
    """The names that few slips lead to, with how many; another first letter counts as one more."""
    for text, ends in ((typed, _by_itself()), (_plain_end(typed), _by_plain_end())):
        most = _most_slips(len(text) + 1)
        for end, slips, _ in process.extract(text, ends.keys(), scorer=OSA.distance, score_cutoff=most, limit=None):
            slips = max(slips, 1) + (end[0] != text[0])
            yield from ((name, slips) for name in ends[end] if name != typed and slips <= _most_slips(len(name)))


def likely(found: Iterable[Guess]) -> tuple[Guess, ...]:
    """Of guesses, the likeliest first, those that are not clearly less likely than the first."""
    those = tuple(found)
    return tuple(guess for guess in those if guess.weight > those[0].weight - CLEAR)


def is_clear(found: tuple[Guess, ...]) -> bool:
    """Whether the first guess may be taken without asking: few slips, and nothing else comes near."""
    best = found[0]
    return len(likely(found)) == 1 and best.slips <= max(1, len(best.name) // 4)
