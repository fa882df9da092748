"""Putting a question to everybody at once: each likeness of members that occurs is judged once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.matching.index.arrays import Coded, Codes, looked_up, small
from matcher.matching.index.build import Index
from matcher.matching.index.facets import COLUMNS, LOOKS, Outline
from matcher.matching.judgement import Judgement
from matcher.matching.question import Column, Kinds, Question, Subject, Test, View, Whereabouts

_DENSE = 1 << 20
"""Up to so many combinations are counted; of more, those that occur are found by sorting."""
_FEW, _MANY = 12, 20_000
"""So few judgements stand twice rather than that so many rows are looked up."""
_SPOT = "spot"
"""The column of where somebody lives and how she takes part."""
_CHEAP = 1_000
"""Judging one combination costs about as much as looking at so many rows."""


@dataclass(frozen=True, eq=False)
class Answers:
    """How members stand to one question, without note or evidence.

    Row r as ``judgements[by_class[r]]``; with ``classes`` as ``judgements[by_class[classes.codes[r]]]``.
    """

    by_class: Codes
    judgements: tuple[Judgement, ...]
    classes: Coded | None = None

    @cached_property
    def codes(self) -> Codes:
        """The number of each row's judgement."""
        return self.classes.spread(self.by_class) if self.classes else self.by_class

    def taking(self, rows: NDArray[np.int64]) -> "Answers":
        """The answers of these rows alone."""
        if self.classes is None:
            return Answers(self.by_class.take(rows), self.judgements)
        codes = self.by_class.take(self.classes.codes.take(rows))
        return Answers(codes, self.judgements)

    def table(self, value: Callable[[Judgement], float | bool], dtype: Any = np.float64) -> NDArray[Any]:
        """Something of each judgement, to be taken by code."""
        return np.array([value(judgement) for judgement in self.judgements], dtype=dtype)


@dataclass(frozen=True, eq=False)
class _Factor:
    """What sets members apart: codes below ``size``, and the outline of who has a code."""

    codes: Codes
    size: int
    outline: Callable[[int], Outline]


class Questions:
    """Puts questions to everybody in an index, or to some rows of it (in order), as of a day.

    Who lives near each other stands near each other: only what lies between the first and the last row is touched.
    """

    def __init__(self, index: Index, today: date, rows: NDArray[np.int64] | None = None) -> None:
        self._index = index
        self._today = today
        self._rows = rows
        self._first, end = (0, len(index)) if rows is None else _ends(rows)
        self._between = end - self._first
        self._places = None if rows is None else rows - self._first
        self._columns: dict[str, Coded] = {}

    def put(self, test: Test) -> Answers:
        """The answers of everybody asked."""
        if isinstance(test, Question):
            return self._asked(test)
        if isinstance(test, Whereabouts):
            judgements, codes = self._index.places.judged(test.plan)
            return _merged(codes, judgements, self._column(_SPOT))
        parts = [self.put(part) for part in test.parts]
        if not parts:
            return self._constant(test.how([]))
        classes = parts[0].classes if all(part.classes is parts[0].classes for part in parts) else None
        told = [(part.by_class if classes else part.codes, len(part.judgements)) for part in parts]
        mixed, among = _mixed(told)
        judged = [
            test.how([part.judgements[digit] for part, digit in zip(parts, digits, strict=True)])
            for digits in among
        ]
        return _merged(mixed, judged, classes)

    def _asked(self, question: Question) -> Answers:
        if len(question.columns) == 1 and not question.kinds and not question.words:
            (name,) = question.columns
            judged = [question(facts, self._today) for facts in self._index.outlined(name)]
            return _merged(small(np.arange(len(judged)), len(judged)), judged, self._column(name))
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
        return Answers(
            np.zeros(self._between if self._rows is None else len(self._rows), dtype=np.uint8), (_bare(judgement),)
        )

    def _column(self, name: str) -> Coded:
        if name not in self._columns:
            column = self._index.places.of_rows if name == _SPOT else self._index.columns[name]
            rows = self._rows
            self._columns[name] = (
                column if rows is None else Coded(column.codes.take(rows), column.values, passing=True)
            )
        return self._columns[name]

    def _factors(self, question: Question) -> list[_Factor]:
        factors = [self._by_column(name) for name in question.columns]
        for kinds in question.kinds:
            factors += self._looks(kinds)
        if question.words:
            factors.append(self._covered(sorted(question.words)))
        return factors

    def _by_column(self, name: Column) -> _Factor:
        column, facet = self._column(name), COLUMNS[name]
        return _Factor(column.codes, len(column.values), lambda code: facet.outline(column.values[code]))

    def _looks(self, kinds: Kinds) -> list[_Factor]:
        postings, look = self._index.kinds[kinds.subject], LOOKS[kinds.subject, kinds.view]
        wanted = kinds.kinds if callable(kinds.kinds) else kinds.kinds.__contains__
        factors = []
        for name in sorted(name for name in postings.names if wanted(name)):
            rows, marks = postings.between(name, self._first, self._between)
            codes = np.zeros(self._between, dtype=np.uint8)
            seen = looked_up(_seen(kinds.subject, kinds.view), marks)
            if not seen.all():
                some = np.flatnonzero(seen)
                rows, seen = rows[some], seen[some]
            codes[rows] = seen

            def outline(code: int, name: str = name) -> Outline:
                return look.outline(name, code) if code else Outline()

            factors.append(_Factor(self._asked_rows(codes), look.size, outline))
        return factors

    def _covered(self, stems: Sequence[str]) -> _Factor:
        """How many of these stems each member uses."""
        count = np.zeros(self._between, dtype=np.min_scalar_type(len(stems)))
        for stem in stems:
            rows, _ = self._index.words.between(stem, self._first, self._between)
            np.add.at(count, rows, count.dtype.type(1))
        outlines = [Outline(read={"terms": frozenset(stems[:number])}) for number in range(len(stems) + 1)]
        return _Factor(self._asked_rows(count), len(outlines), outlines.__getitem__)

    def _asked_rows(self, codes: Codes) -> Codes:
        return codes if self._places is None else codes.take(self._places)


@cache
def _seen(subject: Subject, view: View) -> NDArray[np.uint8]:
    """What a view makes of all the bits there may be."""
    return np.array([LOOKS[subject, view].of(bits) for bits in range(256)], dtype=np.uint8)


def _ends(rows: NDArray[np.int64]) -> tuple[int, int]:
    """The first of rows in order, and the one after the last."""
    return (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, 0)


def _mixed(factors: Sequence[tuple[Codes, int]]) -> tuple[Codes, list[tuple[int, ...]]]:
    """One code for each combination that may occur, and what each is made of."""
    sizes = [size for _, size in factors]
    if len(factors) == 1:
        return factors[0][0], [(digit,) for digit in range(sizes[0])]
    if prod(sizes) > _DENSE:
        # So many together are brought down to those that occur before the last one joins.
        first, among = _mixed(factors[:-1])
        codes, pairs = _mixed([(first, len(among)), factors[-1]]) if len(factors) > 2 else _sorted(factors)
        return codes, ([(*among[a], b) for a, b in pairs] if len(factors) > 2 else pairs)
    mixed = joint(factors)
    if prod(sizes) * _CHEAP < len(mixed):
        return mixed, [_digits(code, sizes) for code in range(prod(sizes))]
    occurs = np.flatnonzero(np.bincount(mixed, minlength=prod(sizes)))
    fresh = np.zeros(prod(sizes), dtype=np.min_scalar_type(max(0, len(occurs) - 1)))
    fresh[occurs] = np.arange(len(occurs))
    return looked_up(fresh, mixed), [_digits(int(code), sizes) for code in occurs]


def joint(factors: Sequence[tuple[Codes, int]]) -> Codes:
    """One code of several, each below its size: the first is the highest digit."""
    kind = np.min_scalar_type(max(0, prod(size for _, size in factors) - 1))
    mixed = factors[0][0].astype(kind)
    for codes, size in factors[1:]:
        mixed *= kind.type(size) if size <= np.iinfo(kind).max else 1
        mixed += codes
    return mixed


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


def _merged(codes: Codes, judgements: Sequence[Judgement], classes: Coded | None = None) -> Answers:
    """Answers in which judgements alike stand once; a few may stand twice where looking up all rows costs more."""
    found: dict[tuple[int, float, str], int] = {}
    kept: list[Judgement] = []
    fresh = []
    for judgement in judgements:
        alike = id(judgement.status), judgement.degree, judgement.by  # a status is slow to hash
        if alike not in found:
            found[alike] = len(found)
            kept.append(_bare(judgement))
        fresh.append(found[alike])
    if len(found) == len(fresh) or (len(fresh) <= _FEW and len(codes) > _MANY):
        return Answers(codes, tuple(map(_bare, judgements)), classes)
    return Answers(looked_up(small(np.array(fresh, dtype=np.int64), len(found)), codes), tuple(kept), classes)


def _bare(judgement: Judgement) -> Judgement:
    return Judgement(judgement.status, judgement.degree, by=judgement.by)
