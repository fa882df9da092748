"""The order in which people are put forward, page by page: nobody is sorted who is not looked at."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.matching.lots import ticket

_MOST_TENTHS = 1023
"""More tenths of a point than anybody can have."""


class Order:
    """Rows with their points: first who meets all musts, then who must be asked, each by points, then by lot.

    ``tenths`` are those of the score of each of ``rows``, ``asks`` of whom a must is not known.
    """

    def __init__(
        self, request_id: int, ids: NDArray[np.int64], rows: NDArray[np.int64], tenths: NDArray[np.int16],
        asks: NDArray[np.bool_],
    ) -> None:  # fmt: skip
        self._request_id = request_id
        self._ids = ids
        self.rows = rows
        self._levels = _MOST_TENTHS - tenths + (_MOST_TENTHS + 1) * asks.astype(np.int16)
        """The level of each row: lower goes first, rows of one level by lot."""

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def _before(self) -> NDArray[np.int64]:
        """How many rows stand before each level."""
        counts = np.bincount(self._levels, minlength=2 * (_MOST_TENTHS + 1))
        return np.concatenate(([0], np.cumsum(counts)))

    def page(self, start: int, stop: int) -> list[int]:
        """The rows from place ``start`` up to ``stop``, counted from 0."""
        stop = min(stop, len(self))
        if start >= stop:
            return []
        first = int(np.searchsorted(self._before, start, "right")) - 1
        last = int(np.searchsorted(self._before, stop, "left")) - 1
        some = np.flatnonzero((self._levels >= first) & (self._levels <= last))
        skipped = start - int(self._before[first])
        return self._sorted(some)[skipped : skipped + stop - start]

    def place_of(self, row: int) -> int | None:
        """The place of a row, counted from 0; None when it is not in this order."""
        found = np.flatnonzero(self.rows == row)
        if not len(found):
            return None
        level = self._levels[found[0]]
        peers = self._sorted(np.flatnonzero(self._levels == level))
        return int(self._before[level]) + peers.index(row)

    def _sorted(self, some: NDArray[np.int64]) -> list[int]:
        levels, rows = self._levels[some].tolist(), self.rows[some].tolist()
        ids = self._ids[self.rows[some]].tolist()
        found = zip(levels, (ticket(self._request_id, member_id) for member_id in ids), rows, strict=True)
        return [row for _, _, row in sorted(found)]
