"""The shapes of the index: a column of coded values, and the postings of terms or kinds, as plain arrays."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.unsignedinteger[Any]]
Rows = NDArray[np.int32]


def small(codes: NDArray[Any], size: int) -> Codes:
    """Codes below ``size`` in the smallest unsigned type that holds them."""
    return codes.astype(np.min_scalar_type(max(0, size - 1)), copy=False)


def looked_up(table: NDArray[Any], codes: Codes) -> NDArray[Any]:
    """``table[codes]``, several times as fast where both are of one byte, as nearly all are."""
    if codes.dtype.itemsize == table.dtype.itemsize == 1:
        known = table.tobytes().ljust(256, b"\0")[:256]
        return np.frombuffer(bytearray(codes.tobytes()).translate(known), dtype=table.dtype)
    return table.take(codes)


def sorted_by(first: NDArray[np.int32], then: NDArray[np.int32]) -> NDArray[np.intp]:
    """The order by one number, never negative, and among equals by another.

    It is found 16 bits at a time: such small numbers NumPy puts in order by counting, many times as fast.
    """
    order: NDArray[np.intp] | None = None
    for number in (then, first):
        if order is None and bool((number[1:] >= number[:-1]).all()):
            continue
        for shift in (0, 16):
            digits = (number >> shift).astype(np.uint16)
            if shift and not digits.any():
                continue
            places = np.argsort(digits if order is None else digits[order], kind="stable")
            order = places if order is None else order[places]
    return np.arange(len(first)) if order is None else order


_FEW = 8
"""Fewer than one in so many are few."""


@dataclass(frozen=True, eq=False)
class Coded:
    """A column: the value of row r is ``values[codes[r]]``; every value stands once.

    ``passing``: made for one occasion, so that it is not worth finding out how it is best looked up.
    """

    codes: Codes
    values: Sequence[Any]
    passing: bool = False

    @cached_property
    def _runs(self) -> NDArray[np.int64] | None:
        """How many rows have each value, when those of one value stand together in the order of the values."""
        in_order = bool((self.codes[1:] >= self.codes[:-1]).all())
        return np.bincount(self.codes, minlength=len(self.values)) if in_order else None

    @cached_property
    def _usual(self) -> tuple[int, Rows] | None:
        """The value that nearly all have, and the rows of the others; None when there is no such value."""
        counts = np.bincount(self.codes, minlength=1)
        usual = int(counts.argmax())
        if len(self.codes) - counts[usual] > len(self.codes) // _FEW:
            return None
        return usual, np.flatnonzero(self.codes != usual).astype(np.int32)

    def ready(self) -> None:
        """Find out beforehand how it is best looked up."""
        self._runs, self._usual  # noqa: B018 - kept where they are found out

    def spread(self, table: NDArray[Any]) -> NDArray[Any]:
        """Something known of each value, for every row: ``table[codes]``."""
        if self.passing:
            return looked_up(table, self.codes)
        if self._runs is not None:
            return np.repeat(table, self._runs)
        if self._usual is not None:
            usual, others = self._usual
            found = np.full(len(self.codes), table[usual])
            found[others] = table[self.codes[others]]
            return found
        return looked_up(table, self.codes)

    def taking(self, rows: NDArray[Any]) -> "Coded":
        """The same column of these rows, in their order; values that are gone are left out."""
        codes = self.codes[rows]
        used = np.bincount(codes, minlength=len(self.values)) > 0
        fresh = np.cumsum(used) - 1
        values = tuple(value for value, kept in zip(self.values, used.tolist(), strict=True) if kept)
        return Coded(small(fresh[codes], len(values)), values)


class Coder:
    """Codes of values in the order in which they come first."""

    def __init__(self) -> None:
        self._codes: dict[Hashable, int] = {}

    def __call__(self, value: Hashable) -> int:
        """The code of a value, a new one when it was not seen before."""
        return self._codes.setdefault(value, len(self._codes))

    @property
    def values(self) -> tuple[Any, ...]:
        return tuple(self._codes)


def joined(parts: Sequence[Coded]) -> Coded:
    """The rows of several columns, one after the other, as one."""
    code = Coder()
    codes = [np.array([code(value) for value in part.values], dtype=np.int64)[part.codes] for part in parts]
    return Coded(small(np.concatenate(codes), len(code.values)), code.values)


@dataclass(frozen=True, eq=False)
class Postings:
    """Name -> the rows it stands in, in order, each with a mark (0 to 255).

    Those of name number n are ``starts[n]`` up to ``starts[n + 1]``.
    """

    names: tuple[str, ...]
    starts: NDArray[np.int64]
    rows: Rows
    marks: NDArray[np.uint8]

    @cached_property
    def number(self) -> dict[str, int]:
        """Name -> its number."""
        return {name: number for number, name in enumerate(self.names)}

    def part(self, name: str) -> slice:
        """Where the postings of a name stand."""
        number = self.number.get(name)
        return slice(0) if number is None else slice(int(self.starts[number]), int(self.starts[number + 1]))

    def of(self, name: str) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
        """The rows that a name stands in, and its marks there."""
        part = self.part(name)
        # By numbers of any other kind arrays are reached half as fast.
        return self.rows[part].astype(np.intp), self.marks[part]

    def between(self, name: str, first: int, size: int) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
        """The same among ``size`` rows from ``first`` on, counted from there."""
        part = self.part(name)
        start, stop = np.searchsorted(self.rows[part], (first, first + size))
        return self.rows[part][start:stop].astype(np.intp) - first, self.marks[part][start:stop]

    @property
    def counts(self) -> NDArray[np.int64]:
        """In how many rows each name stands."""
        return np.diff(self.starts)

    def entries(self) -> "Entries":
        """Every posting on its own."""
        numbers = np.repeat(np.arange(len(self.names), dtype=np.int32), self.counts)
        return Entries(self.names, numbers, self.rows, self.marks)


@dataclass(frozen=True, eq=False)
class Entries:
    """Postings in any order: name number, row and mark of each."""

    names: tuple[str, ...]
    numbers: NDArray[np.int32]
    rows: Rows
    marks: NDArray[np.uint8]

    def moved(self, places: NDArray[np.int32]) -> "Entries":
        """The entries whose row has a new place (not -1), at that place."""
        rows = places[self.rows]
        kept = rows >= 0
        return Entries(self.names, self.numbers[kept], rows[kept], self.marks[kept])

    def postings(self) -> Postings:
        """The same by name; names that stand nowhere are left out."""
        order = sorted_by(self.numbers, self.rows)
        counts = np.bincount(self.numbers, minlength=len(self.names))
        used = counts > 0
        names = tuple(name for name, kept in zip(self.names, used.tolist(), strict=True) if kept)
        starts = np.concatenate(([0], np.cumsum(counts[used]))).astype(np.int64)
        return Postings(names, starts, self.rows[order], self.marks[order])


def merged(parts: Iterable[Entries]) -> Entries:
    """Entries of several kinds of origin as one."""
    code = Coder()
    numbers, rows, marks = [], [], []
    for part in parts:
        fresh = np.array([code(name) for name in part.names], dtype=np.int32)
        numbers.append(fresh[part.numbers])
        rows.append(part.rows)
        marks.append(part.marks)
    return Entries(code.values, np.concatenate(numbers), np.concatenate(rows), np.concatenate(marks))
