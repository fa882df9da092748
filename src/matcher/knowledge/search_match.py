"""How well typed words mean a text: accents never count, a slip of the finger only when nothing better is there."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from rapidfuzz.distance import OSA

WITH_SLIPS = 4
_ONE_SLIP, _TWO_SLIPS = 4, 8
"""Words so long may hold one slip, or two."""


T = TypeVar("T")


def nearest_first(ranked: Iterable[tuple[int, T]]) -> list[tuple[int, T]]:
    """What is meant, the nearest first and else in their order; with slips only when there is nothing else."""
    found = sorted(ranked, key=lambda one: one[0])
    exact = [one for one in found if one[0] < WITH_SLIPS]
    return exact or found


def nearness(text: str, words: Sequence[str]) -> int | None:
    """How near ``words`` come to ``text``, both folded (`tables.fold`); None when they do not.

    0 when each word begins one of the text and the first begins it, 1 when each begins one, 2 when only the first
    begins it, 3 when they but occur, `WITH_SLIPS` when each begins one if slips are forgiven.
    """
    if not words:
        return None
    if all(word in text for word in words):
        each = all(f" {word}" in f" {text}" for word in words)
        return (0 if each else 2) + (not text.startswith(words[0]))
    parts = text.split()
    return WITH_SLIPS if all(any(_nearly_begins(word, part) for part in parts) for word in words) else None


def _nearly_begins(word: str, part: str) -> bool:
    """Whether a word begins another but for a slip or two; its first letter is right."""
    if part.startswith(word):
        return True
    slips = 2 if len(word) >= _TWO_SLIPS else 1 if len(word) >= _ONE_SLIP else 0
    if not slips or word[0] != part[0]:
        return False
    begun = (part[: len(word) + more] for more in range(-slips, slips + 1))
    return any(OSA.distance(word, piece, score_cutoff=slips) <= slips for piece in begun)
