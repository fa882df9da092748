"""How judgements become points: the same formulas for one member (numbers) and for everybody (arrays of numbers).

Nothing here may depend on which of the two it gets; the order of every sum is fixed, so that both come to the same
to the last digit. The arrays are NumPy's; nothing of NumPy is imported for one member.
"""

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any

Number = Any
"""A number from 0 to 1, or an array of them."""

_PREFERRED_WHERE, _PREFERRED_EXPERIENCE = 0.5, 0.45
"""The share of a part that its nice-to-haves decide."""
_FIRST_OF_SEVERAL = 0.9
_ALIKE, _DEEP = 0.1, 0.1
"""The shares of how like her words are and of how long she has done it; what is asked decides the rest."""
_UNNAMED_TOPIC = 0.8
"""The most that a topic without a name can come to."""
_BEST_TOPIC = 0.6
"""The share of the topic she speaks of most; the rest is for all of them."""
DEEP_EXPERIENCE = 10
"""Years in home care from which more of them add nothing."""
TENTHS = 10
"""Points are given in tenths: as many make one."""


def region(near: Number, musts: Sequence[Number], prefers: Sequence[Number]) -> Number:
    """How well the place fits: how near it is (``near``), and the degrees of what is asked of it."""
    base = (near + _mean(musts)) / 2 if musts else near
    return _with_prefers(base, prefers, _PREFERRED_WHERE)


def experience(musts: Sequence[Number], prefers: Sequence[Number], likeness: Number, depth: Number) -> Number:
    """How well the experience fits: what is asked of it, how like her words are, and how long she has done it."""
    base = (1 - _ALIKE - _DEEP) * _mean(musts) + _ALIKE * likeness + _DEEP * depth
    return _with_prefers(base, prefers, _PREFERRED_EXPERIENCE)


def topic(degree: Number | None, likeness: Number) -> Number:
    """How well she can speak on one topic; ``degree`` None when the vocabulary has no name for it.

    Likeness of words counts only then: where there is a name, it took more than it gave
    (`benchmarks/matching_folds.py`).
    """
    return _UNNAMED_TOPIC * likeness if degree is None else degree


def interests(topics: Sequence[Number], asked: Sequence[Number]) -> Number:
    """How well the interests fit: most for the best of her topics and of what is asked, the rest for all."""
    degrees = [*topics, *asked]
    if not degrees:
        return 0.0
    return _BEST_TOPIC * reduce(_larger, degrees) + (1 - _BEST_TOPIC) * _mean(degrees)


def held_back(weight: float, degree: float) -> float:
    """What a must that is not known of her leaves of her points."""
    return 1 - weight * (1 - degree)


def tenths(points: float, share: Number, sure: Number) -> Number:
    """The points of a part in whole tenths, halves to the even one, as a number that is whole."""
    exact = points * share * sure * TENTHS
    return round(exact) if isinstance(exact, float | int) else exact.round()


def _mean(values: Sequence[Number]) -> Number:
    return reduce(add, values) / len(values) if values else 1.0


def _larger(one: Number, other: Number) -> Number:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return max(one, other)
    import numpy as np

    return np.maximum(one, other)


def _with_prefers(base: Number, prefers: Sequence[Number], share: float) -> Number:
    """Add nice-to-haves to a part: the first that holds counts most, each further one less."""
    if not prefers:
        return base
    missing: Number = 1.0
    for value in prefers:
        missing = missing * (1 - _FIRST_OF_SEVERAL * value)
    return (1 - share) * base + share * (1 - missing)
