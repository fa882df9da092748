"""Making the index: each member read once, her record and words put into columns and postings."""

from array import array
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.consent import Standing, Workplace
from matcher.matching.facts import Facts
from matcher.matching.index.arrays import Coded, Coder, Entries, Postings, joined, merged, small
from matcher.matching.index.bm25 import Bm25
from matcher.matching.index.facets import COLUMNS, HOME, REACH, SUBJECTS, marks_of
from matcher.matching.index.places import Places
from matcher.matching.profile import Profile
from matcher.matching.question import Column
from matcher.model import State

_MOST = 255
_ASKED = 5
"""Purposes of being asked that a standing holds."""


@dataclass(frozen=True, eq=False)
class Index:
    """Everybody as arrays, row by row: who lives near each other stands near each other.

    ``columns`` are the facets of `matcher.matching.question.Column`, besides ``home``, ``reach``, ``workplace`` and
    the fields of a `matcher.consent.Standing`; ``kinds`` the subjects with the bits of `facets.marks_of`; ``words``
    the stems of their own words with how often each is used; ``lengths`` how many stems those are in all.
    """

    ids: NDArray[np.int64]
    columns: dict[str, Coded]
    kinds: dict[str, Postings]
    words: Postings
    lengths: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def places(self) -> Places:
        """Where everybody lives."""
        return Places(self.columns["home"], self.columns["reach"])

    @cached_property
    def bm25(self) -> Bm25:
        """The weights of everybody's words."""
        return Bm25(self.words, self.lengths)

    @cached_property
    def _outlines(self) -> dict[Column, tuple[Facts, ...]]:
        return {}

    def outlined(self, name: Column) -> tuple[Facts, ...]:
        """Somebody of each value of a column, of whom just this is known."""
        if name not in self._outlines:
            facet = COLUMNS[name]
            self._outlines[name] = tuple(facet.outline(value).facts() for value in self.columns[name].values)
        return self._outlines[name]

    def ready(self) -> None:
        """Find out beforehand what every ranking needs."""
        self.bm25, self.places  # noqa: B018 - kept where they are found out
        for column in (*self.columns.values(), self.places.of_rows):
            column.ready()

    def row_of(self, member_id: int) -> int | None:
        """The row of a member; None when they are not among them."""
        found = np.flatnonzero(self.ids == member_id)
        return int(found[0]) if len(found) else None

    def rows_of(self, member_ids: Collection[int]) -> NDArray[np.int64]:
        """The rows of these members, those left out who are not among them."""
        return np.flatnonzero(np.isin(self.ids, np.fromiter(member_ids, np.int64, len(member_ids))))

    def changed(self, gone: Collection[int], come: "Builder") -> "Index":
        """The index without the members ``gone``, and with those read into ``come`` as they are now."""
        fresh = come.entries()
        stays = ~np.isin(self.ids, np.array([*gone, *fresh.ids.tolist()], dtype=np.int64))
        kept = np.flatnonzero(stays)
        places = np.where(stays, np.cumsum(stays) - 1, -1).astype(np.int32)
        after = np.arange(len(fresh.ids), dtype=np.int32) + len(kept)
        return _Unordered(
            np.concatenate((self.ids[kept], fresh.ids)),
            {name: joined((column.taking(kept), fresh.columns[name])) for name, column in self.columns.items()},
            {
                name: merged((postings.entries().moved(places), fresh.kinds[name].moved(after)))
                for name, postings in self.kinds.items()
            },
            merged((self.words.entries().moved(places), fresh.words.moved(after))),
            np.concatenate((self.lengths[kept], fresh.lengths)),
        ).ordered()


@dataclass(frozen=True, eq=False)
class _Unordered:
    ids: NDArray[np.int64]
    columns: dict[str, Coded]
    kinds: dict[str, Entries]
    words: Entries
    lengths: NDArray[np.uint16]

    def ordered(self) -> Index:
        """The index, its rows by where people live, how they take part, and id, in whatever order they came."""
        homes, ways = self.columns["home"], self.columns["reach"]
        order = np.lexsort((self.ids, _ranks(ways.values)[ways.codes], _ranks(homes.values, _BY_HOME)[homes.codes]))
        places = np.empty(len(order), dtype=np.int32)
        places[order] = np.arange(len(order), dtype=np.int32)
        return Index(
            self.ids[order],
            {name: column.taking(order) for name, column in self.columns.items()},
            {name: entries.moved(places).postings() for name, entries in self.kinds.items()},
            self.words.moved(places).postings(),
            self.lengths[order],
        )


_TOWN, _AUTHORITY, _COUNTY, _REGION, _COUNTRY, *_POINT = range(len(HOME))
_BY_HOME = (_COUNTRY, _REGION, _COUNTY, _AUTHORITY, _TOWN, *_POINT)


def _ranks(values: Sequence[tuple[Any, ...]], keys: Sequence[int] = range(len(REACH))) -> NDArray[np.int64]:
    """The place of each value in the order of its parts, ``keys`` first to last."""
    told = [tuple((value[key] is None, str(value[key])) for key in keys) for value in values]
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[sorted(range(len(values)), key=told.__getitem__)] = np.arange(len(values))
    return ranks


class Builder:
    """Reads members one by one; only numbers are kept of each, so that many may come."""

    def __init__(self) -> None:
        self._ids = array("q")
        self._coders = {
            name: Coder() for name in (*COLUMNS, "home", "reach", "states", "conditions", "asks", "workplace")
        }
        self._codes = {name: array("I") for name in self._coders}
        self._subjects = {subject: _Reader() for subject in SUBJECTS}
        self._words = _Reader()
        self._lengths = array("H")

    def add(self, facts: Facts, standing: Standing, workplace: Workplace) -> None:
        """Read one member."""
        profile = facts.profile
        row = len(self._ids)
        self._ids.append(profile.id)
        values: dict[str, Hashable] = {name: facet.read(facts) for name, facet in COLUMNS.items()}
        values["home"] = tuple(getattr(profile, name) for name in HOME)
        values["reach"] = tuple(getattr(profile, name) for name in REACH)
        values["states"], values["conditions"] = standing.states, standing.conditions
        values["asks"] = standing.asks
        values["workplace"] = workplace
        for name, value in values.items():
            self._codes[name].append(self._coders[name](value))
        for subject, reader in self._subjects.items():
            for kind, bits in marks_of(facts, subject).items():
                reader.add(kind, row, bits)
        used: dict[str, int] = {}
        for stem in facts.stems:
            used[stem] = used.get(stem, 0) + 1
        for stem, times in used.items():
            self._words.add(stem, row, min(times, _MOST))
        self._lengths.append(min(len(facts.stems), 65_535))

    def entries(self) -> _Unordered:
        """What was read, in the order in which it came."""
        return _Unordered(
            np.array(self._ids, dtype=np.int64),
            {
                name: Coded(small(np.array(self._codes[name], dtype=np.uint32), len(coder.values)), coder.values)
                for name, coder in self._coders.items()
            },
            {subject: reader.entries() for subject, reader in self._subjects.items()},
            self._words.entries(),
            np.array(self._lengths, dtype=np.uint16),
        )

    def index(self) -> Index:
        """The index of everybody read."""
        return self.entries().ordered()


class _Reader:
    """Postings as they are read."""

    def __init__(self) -> None:
        self._code = Coder()
        self._numbers, self._rows, self._marks = array("i"), array("i"), array("B")

    def add(self, name: str, row: int, mark: int) -> None:
        self._numbers.append(self._code(name))
        self._rows.append(row)
        self._marks.append(mark)

    def entries(self) -> Entries:
        return Entries(
            self._code.values,
            np.array(self._numbers, dtype=np.int32),
            np.array(self._rows, dtype=np.int32),
            np.array(self._marks, dtype=np.uint8),
        )


def index_of(profiles: Iterable[Profile]) -> Index:
    """The index of these members, all of them willing and of no known employer."""
    builder, willing = Builder(), Standing((State.GIVEN,) * _ASKED)
    for profile in profiles:
        builder.add(Facts(profile), willing, Workplace())
    return builder.index()
