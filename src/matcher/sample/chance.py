"""Chance with a seed: the same throws in any process."""

import random
from collections.abc import Mapping
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


def dice(seed: int | str) -> random.Random:
    """A generator of its own for ``seed``."""
    return random.Random(seed)  # noqa: S311 - makes up people, guards nothing


class Shares(Generic[T]):
    """Things and how often each comes up, ready to draw from many times."""

    def __init__(self, shares: Mapping[T, float]) -> None:
        self._things = tuple(shares)
        self._sums = tuple(accumulate(shares.values()))

    def pick(self, rng: random.Random) -> T:
        """One of them, as often as its share says."""
        return rng.choices(self._things, cum_weights=self._sums)[0]


def maybe(rng: random.Random, share: float, value: T) -> T | None:
    """``value`` in ``share`` of all throws, else None."""
    return value if rng.random() < share else None
