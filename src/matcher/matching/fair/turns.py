"""Whose turn it is: each draw owes everybody who could have been drawn an equal share, each ask pays one back."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """One list that was drawn: for how many people, and who could have been on it."""

    people: int
    could: frozenset[int]


def deficits(members: Collection[int], turns: Iterable[Turn], asked: Iterable[int]) -> dict[int, float]:
    """Member -> how many asks she is owed; below 0 when she was asked more often than her share.

    ``asked`` names a member once for every ask of hers, whatever she answered. Whoever is new begins at 0.
    """
    owed: defaultdict[int, float] = defaultdict(float)
    for turn in turns:
        share = turn.people / len(turn.could) if turn.could else 0.0
        for member in turn.could:
            owed[member] += min(share, 1.0)
    paid = Counter(asked)
    return {member: owed[member] - paid[member] for member in members}
