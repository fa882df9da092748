"""What every table shares: a model over plain rows, and one proxy that sorts by raw values and shows a part.

Sorting happens here, in one go over a list of raw values, because Qt's own proxy would ask Python for two
values at every comparison: seconds for 65,000 rows.
"""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractProxyModel, QAbstractTableModel, QModelIndex, QObject, Qt

from matcher_ui.widgets.rows import Index

R = TypeVar("R")

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The row itself, as the page put it in."""
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
"""The raw value a column sorts by; None is unknown and always stands last."""

LONG = 10_000
"""A list of more rows is arranged in the background."""
SortedBy = tuple[int, Qt.SortOrder]
Later = Callable[[Callable[[], list[int]], Callable[[list[int]], None]], object]
"""Does the first on another thread, and hands what it answers to the second on this one."""

_RUN = 4_096
_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: how a row is shown in it and sorted by it.

    ``width`` in pixels at 100 %. ``spoken`` says a painted cell in words, for its tip and screen readers.
    """

    key: str
    title: str
    words: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    width: int = 112
    shown: bool = True
    number: bool = False
    spoken: Callable[[R], str] | None = None

    def raw(self, row: R) -> Any:
        """What it sorts by: the raw value, else the words without regard to capitals."""
        return self.sort(row) if self.sort else self.words(row).casefold() or None


def arranged(columns: Sequence[Column[R]], rows: Sequence[R], by: SortedBy) -> list[int]:
    """The places of rows in the order of a column; a long list may be arranged on another thread.

    It is sorted in short runs that are then merged, so that no other thread is kept waiting for long.
    """
    column, order = by
    raw = [columns[column].raw(row) for row in rows]
    known = [place for place, value in enumerate(raw) if value is not None]
    down = order == Qt.SortOrder.DescendingOrder
    runs = [
        sorted(known[start : start + _RUN], key=raw.__getitem__, reverse=down)
        for start in range(0, len(known), _RUN)
    ]
    ordered = runs[0] if len(runs) == 1 else list(heapq.merge(*runs, key=raw.__getitem__, reverse=down))
    return ordered + [place for place, value in enumerate(raw) if value is None]


class TableModel(QAbstractTableModel, Generic[R]):
    """Rows of any kind under the columns given; rows are replaced all at once."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: Sequence[R] = ()

    @property
    def rows(self) -> Sequence[R]:
        """The rows as they were given."""
        return self._rows

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows, which must not change from now on."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def column_of(self, key: str) -> int:
        """The place of the column with this key."""
        return next(place for place, column in enumerate(self.columns) if column.key == key)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        return self.told(index.row(), index.column(), role) if index.isValid() else None

    def told(self, place: int, which: int, role: int) -> Any:
        """What `data` answers for a row and a column, without an index that points there."""
        row, column = self._rows[place], self.columns[which]
        if role == _Role.DisplayRole:
            return column.words(row)
        if role in (_Role.ToolTipRole, _Role.AccessibleTextRole):
            return (column.spoken or column.words)(row)
        if role == SORT_ROLE:
            return column.raw(row)
        if role == ROW_ROLE:
            return row
        if role == _Role.TextAlignmentRole and column.number:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            column = self.columns[section]
            if role == _Role.DisplayRole:
                return column.title
            if role == _Role.TextAlignmentRole and column.number:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


class SortFilter(QAbstractProxyModel):
    """Shows the rows asked for, in the order asked for; unknown values stand last either way.

    With ``later`` a long list is arranged in the background, and stays as it was until that is done.
    """

    def __init__(self, source: TableModel[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.later: Later | None = None
        self._table = source
        self._kept: bytearray | None = None
        self._by: SortedBy | None = None
        self._every: list[int] = []
        self._ahead: list[int] | None = None
        self._order: list[int] = []
        source.modelAboutToBeReset.connect(self.beginResetModel)
        source.modelReset.connect(self._source_was_reset)
        self.setSourceModel(source)
        self._every = self._arranged()
        self._keep()

    @property
    def sorted_by(self) -> SortedBy | None:
        """The column it is sorted by, and which way."""
        return self._by

    def set_rows(self, rows: Sequence[Any], every: list[int], by: SortedBy | None) -> None:
        """Show other rows, which were arranged ``by`` beforehand: ``every`` are their places in that order.

        When another order was asked for meanwhile, they are sorted anew.
        """
        self._ahead = every
        self._table.set_rows(rows)
        if by != self._by:
            self.sort(*(self._by or (-1,)))

    def show_only(self, rows: Sequence[int] | None) -> None:
        """Keep these rows of the source only; None keeps all."""
        self.beginResetModel()
        self._kept = None if rows is None else bytearray(len(self._table.rows))
        if self._kept is not None:
            for row in rows or ():
                self._kept[row] = 1
        self._keep()
        self.endResetModel()

    def column_at(self, column: int) -> Column[Any]:
        """What a column is."""
        return self._table.columns[column]

    def row_at(self, place: int) -> Any:
        """The row shown at a place."""
        return self._table.rows[self._order[place]]

    def source_row(self, place: int) -> int:
        """The row of the source that is shown at a place."""
        return self._order[place]

    def place_of(self, row: int) -> int | None:
        """Where a row of the source is shown."""
        try:
            return self._order.index(row)
        except ValueError:
            return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._by = by = (column, order) if column >= 0 else None
        rows, columns = self._table.rows, self._table.columns

        def show(every: list[int]) -> None:
            if self._table.rows is rows and self._by == by:
                self._reorder(every)

        if self.later is not None and by is not None and len(rows) > LONG:
            self.later(lambda: arranged(columns, rows, by), show)
        else:
            show(self._arranged())

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        return self.createIndex(row, column) if self.hasIndex(row, column, parent) else QModelIndex()

    def parent(self, child: Index | None = None) -> Any:
        return super().parent() if child is None else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._table.columnCount()

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        return not parent.isValid() and bool(self._order)

    def mapToSource(self, index: Index) -> QModelIndex:
        return self._table.index(self._order[index.row()], index.column()) if index.isValid() else QModelIndex()

    def mapFromSource(self, index: Index) -> QModelIndex:
        place = self.place_of(index.row()) if index.isValid() else None
        return QModelIndex() if place is None else self.index(place, index.column())

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        return self._table.told(self._order[index.row()], index.column(), role) if index.isValid() else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        return self._table.headerData(section, orientation, role)

    def _source_was_reset(self) -> None:
        self._kept, self._ahead, every = None, None, self._ahead
        self._every = self._arranged() if every is None else every
        self._keep()
        self.endResetModel()

    def _reorder(self, every: list[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        sources = [self._order[index.row()] for index in held]
        self._every = every
        self._keep()
        places = {row: self._order.index(row) for row in set(sources)}
        moved = [self.index(places[row], index.column()) for row, index in zip(sources, held, strict=True)]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _arranged(self) -> list[int]:
        rows = self._table.rows
        return list(range(len(rows))) if self._by is None else arranged(self._table.columns, rows, self._by)

    def _keep(self) -> None:
        kept = self._kept
        self._order = self._every if kept is None else [row for row in self._every if kept[row]]
