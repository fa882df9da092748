"""Putting a question to everybody at once: each likeness of members that occurs is judged once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.matching.index.arrays import Codes, looked_up, small
from matcher.matching.index.build import Index
from matcher.matching.index.facets import COLUMNS, LOOKS, Outline
from matcher.matching.judgement import Judgement
from matcher.matching.question import Column, Kinds, Question, Test, Whereabouts

_DENSE = 1 << 20
"""Up to so many combinations are counted; of more, those that occur are found by sorting."""


@dataclass(frozen=True, eq=False)
class Answers:
    """How everybody stands to one question: row r as ``judgements[codes[r]]``, without note or evidence."""

    codes: Codes
    judgements: tuple[Judgement, ...]

    def table(self, value: Callable[[Judgement], float | bool], dtype: Any = np.float64) -> NDArray[Any]:
        """Something of each judgement, to be taken by code."""
        return np.array([value(judgement) for judgement in self.judgements], dtype=dtype)

    @property
    def degrees(self) -> NDArray[np.float64]:
        """The degree of every row."""
        return self.table(lambda judgement: judgement.degree)[self.codes]


@dataclass(frozen=True, eq=False)
class _Factor:
    """What sets members apart: codes below ``size``, and the outline of who has a code."""

    codes: Codes
    size: int
    outline: Callable[[int], Outline]


class Questions:
    """Puts questions to everybody in an index, as of a day. What was asked once is not judged again."""

    def __init__(self, index: Index, today: date) -> None:
        self._index = index
        self._today = today

    def put(self, test: Test) -> Answers:
        """The answers of everybody."""
        if isinstance(test, Question):
            return self._asked(test)
        if isinstance(test, Whereabouts):
            judgements, codes = self._index.spots.judged(test.plan)
            return _merged(codes, judgements, self._index.spots.codes_of)
        parts = [self.put(part) for part in test.parts]
        if not parts:
            return self._constant(test.how([]))
        mixed, among = _mixed([(part.codes, len(part.judgements)) for part in parts])
        judged = [
            test.how([part.judgements[digit] for part, digit in zip(parts, digits, strict=True)])
            for digits in among
        ]
        return _merged(mixed, judged)

    def _asked(self, question: Question) -> Answers:
        factors = self._factors(question)
        if not factors:
            return self._constant(question(Outline().facts(), self._today))
        mixed, among = _mixed([(factor.codes, factor.size) for factor in factors])
        judged = []
        for digits in among:
            outline = Outline()
            for factor, digit in zip(factors, digits, strict=True):
                outline.add(factor.outline(digit))
            judged.append(question(outline.facts(), self._today))
        return _merged(mixed, judged)

    def _constant(self, judgement: Judgement) -> Answers:
        return Answers(np.zeros(len(self._index), dtype=np.uint8), (_bare(judgement),))

    def _factors(self, question: Question) -> list[_Factor]:
        factors = [self._column(name) for name in question.columns]
        for kinds in question.kinds:
            factors += self._looks(kinds)
        if question.words:
            factors.append(self._covered(sorted(question.words)))
        return factors

    def _column(self, name: Column) -> _Factor:
        column, facet = self._index.columns[name], COLUMNS[name]
        return _Factor(column.codes, len(column.values), lambda code: facet.outline(column.values[code]))

    def _looks(self, kinds: Kinds) -> list[_Factor]:
        postings, look = self._index.kinds[kinds.subject], LOOKS[kinds.subject, kinds.view]
        wanted = kinds.kinds if callable(kinds.kinds) else kinds.kinds.__contains__
        names = sorted(name for name in postings.names if wanted(name))
        seen = np.array([look.of(bits) for bits in range(256)], dtype=np.uint8)
        factors = []
        for name in names:
            rows, marks = postings.of(name)
            codes = np.zeros(len(self._index), dtype=np.uint8)
            codes[rows] = looked_up(seen, marks)

            def outline(code: int, name: str = name) -> Outline:
                return look.outline(name, code) if code else Outline()

            factors.append(_Factor(codes, look.size, outline))
        return factors

    def _covered(self, stems: Sequence[str]) -> _Factor:
        """How many of these stems each member uses."""
        count = np.zeros(len(self._index), dtype=np.min_scalar_type(len(stems)))
        for stem in stems:
            rows, _ = self._index.words.of(stem)
            count[rows] += 1
        return _Factor(count, len(stems) + 1, lambda number: Outline(read={"terms": frozenset(stems[:number])}))


def _mixed(factors: Sequence[tuple[Codes, int]]) -> tuple[Codes, list[tuple[int, ...]]]:
    """One code for each combination that occurs, and what each is made of."""
    sizes = [size for _, size in factors]
    if len(factors) == 1:
        return factors[0][0], [(digit,) for digit in range(sizes[0])]
    if prod(sizes) > _DENSE:
        # So many together are brought down to those that occur before the last one joins.
        first, among = _mixed(factors[:-1])
        codes, pairs = _mixed([(first, len(among)), factors[-1]]) if len(factors) > 2 else _sorted(factors)
        return codes, ([(*among[a], b) for a, b in pairs] if len(factors) > 2 else pairs)
    mixed = factors[0][0].astype(np.min_scalar_type(max(0, prod(sizes) - 1)))
    for codes, size in factors[1:]:
        mixed *= mixed.dtype.type(size) if size <= np.iinfo(mixed.dtype).max else 1
        mixed += codes
    occurs = np.flatnonzero(np.bincount(mixed, minlength=prod(sizes)))
    fresh = np.zeros(prod(sizes), dtype=np.min_scalar_type(max(0, len(occurs) - 1)))
    fresh[occurs] = np.arange(len(occurs))
    return looked_up(fresh, mixed), [_digits(int(code), sizes) for code in occurs]


def _sorted(factors: Sequence[tuple[Codes, int]]) -> tuple[Codes, list[tuple[int, ...]]]:
    (first, _), (second, size) = factors
    found, codes = np.unique(first.astype(np.int64) * size + second, return_inverse=True)
    return small(codes, len(found)), [divmod(int(code), size) for code in found]


def _digits(code: int, sizes: Sequence[int]) -> tuple[int, ...]:
    digits = []
    for size in reversed(sizes):
        code, digit = divmod(code, size)
        digits.append(digit)
    return tuple(reversed(digits))


def _merged(
    codes: Codes, judgements: Sequence[Judgement], spread: Callable[[Codes], Codes] = lambda codes: codes
) -> Answers:
    """Answers in which judgements alike stand once; ``spread`` brings codes from what was judged to all rows."""
    found: dict[Judgement, int] = {}
    fresh = [found.setdefault(_bare(judgement), len(found)) for judgement in judgements]
    return Answers(spread(looked_up(small(np.array(fresh, dtype=np.int64), len(found)), codes)), tuple(found))


def _bare(judgement: Judgement) -> Judgement:
    return Judgement(judgement.status, judgement.degree, by=judgement.by)
