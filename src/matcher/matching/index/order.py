"""The order in which people are put forward, page by page: nobody is sorted who is not looked at."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.matching.index.board import Board
from matcher.matching.index.points import EVERY, Shares, Which
from matcher.matching.judgement import Part
from matcher.matching.lots import ticket

_MOST_TENTHS = 1023
"""More tenths of a point than anybody can have."""
_FEW = 4_000
"""So few are all worked out at once."""
_EVERY = 16
"""Of many, one in so many says where about the wanted ones end."""
_AHEAD = 4
"""So many times as many as are wanted are worked out to find out where the wanted ones end."""


class Order:
    """Rows in groups, one after the other, within each by points, then by lot.

    Each of ``groups`` are the shares of its rows, ``points`` the most of each part. What of a group nobody looks at
    is not worked out.
    """

    def __init__(
        self, request_id: int, ids: NDArray[np.int64], points: Mapping[Part, float], groups: Sequence["Group"]
    ) -> None:
        self._groups = [_Ranked(request_id, ids, points, group) for group in groups]

    def __len__(self) -> int:
        return sum(map(len, self._groups))

    def page(self, start: int, stop: int) -> list[int]:
        """The rows from place ``start`` up to ``stop``, counted from 0."""
        found: list[int] = []
        for group in self._groups:
            found += group.page(max(0, start), min(stop, len(group)))
            start, stop = start - len(group), stop - len(group)
        return found

    def place_of(self, row: int) -> int | None:
        """The place of a row, counted from 0; None when it is not in this order."""
        before = 0
        for group in self._groups:
            if (place := group.place_of(row)) is not None:
                return before + place
            before += len(group)
        return None


class Group:
    """Rows that stand together, and their shares, worked out when they are wanted."""

    def __init__(self, board: Board, rows: NDArray[np.int64]) -> None:
        self._board = board
        self.rows = rows

    @cached_property
    def shares(self) -> Shares:
        """How much of each part's points they get."""
        return self._board.shares(self.rows)


class _Ranked:
    """A group by these points."""

    def __init__(self, request_id: int, ids: NDArray[np.int64], points: Mapping[Part, float], group: Group) -> None:
        self._request_id = request_id
        self._ids = ids
        self._points = points
        self._group = group
        self._lots: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return len(self._group.rows)

    def _levels_of(self, places: Which) -> NDArray[np.int16]:
        """The level of the rows at these places: lower goes first, rows of one level by lot."""
        levels: NDArray[np.int16] = _MOST_TENTHS - self._group.shares.total(self._points, places)
        return levels

    @cached_property
    def _levels(self) -> NDArray[np.int16]:
        return self._levels_of(EVERY)

    @cached_property
    def _before(self) -> NDArray[np.int64]:
        """How many rows stand before each level."""
        return _counted(self._levels)

    def page(self, start: int, stop: int) -> list[int]:
        """The rows from place ``start`` up to ``stop``."""
        if start >= stop:
            return []
        if "_levels" not in self.__dict__ and len(self) > max(_FEW, _AHEAD * stop):
            return self._sorted(*self._first(stop))[start:stop]
        first = int(np.searchsorted(self._before, start, "right")) - 1
        last = int(np.searchsorted(self._before, stop, "left")) - 1
        some = np.flatnonzero((self._levels >= first) & (self._levels <= last))
        skipped = start - int(self._before[first])
        return self._sorted(some, self._levels[some])[skipped : skipped + stop - start]

    def _first(self, count: int) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
        """Places and levels of the first ``count`` rows and of who is level with the last of them."""
        least = _MOST_TENTHS - self._group.shares.most(self._points)
        sample = np.sort(least[::_EVERY])
        ahead = np.flatnonzero(least <= sample[min(_AHEAD * count // _EVERY, len(sample) - 1)])
        if len(ahead) < count:
            ahead = np.argpartition(least, count - 1)[:count]
        last = np.partition(self._levels_of(ahead), count - 1)[count - 1]
        some = np.flatnonzero(least <= last)
        levels = self._levels_of(some)
        kept = levels <= last
        return some[kept], levels[kept]

    def place_of(self, row: int) -> int | None:
        """The place of a row; None when it is not in the group."""
        place = int(np.searchsorted(self._group.rows, row))
        if place == len(self) or self._group.rows[place] != row:
            return None
        level = int(self._levels[place])
        lots = self._lots_of(level)
        return int(self._before[level]) + bisect_left(lots, ticket(self._request_id, int(self._ids[row])))

    def _lots_of(self, level: int) -> list[str]:
        """The lots of all who are equal, in order: drawn once, since more than one of them may be looked for."""
        if level not in self._lots:
            peers = self._ids[self._group.rows[self._levels == level]].tolist()
            self._lots[level] = sorted(ticket(self._request_id, member_id) for member_id in peers)
        return self._lots[level]

    def _sorted(self, some: NDArray[np.int64], levels: NDArray[np.int16]) -> list[int]:
        rows = self._group.rows[some]
        ids = self._ids[rows].tolist()
        tickets = (ticket(self._request_id, member_id) for member_id in ids)
        return [row for _, _, row in sorted(zip(levels.tolist(), tickets, rows.tolist(), strict=True))]


def _counted(levels: NDArray[np.int16]) -> NDArray[np.int64]:
    """How many of these stand before each level."""
    counts = np.bincount(levels, minlength=_MOST_TENTHS + 1)
    return np.concatenate(([0], np.cumsum(counts)))
