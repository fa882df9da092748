"""What every table shares: a model over plain rows, and one proxy that sorts by raw values and shows a part.

Sorting happens here, in one go over a list of raw values, because Qt's own proxy would ask Python for two
values at every comparison: seconds for 65,000 rows.
"""

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


class TableModel(QAbstractTableModel, Generic[R]):
    """Rows of any kind under the columns given; rows are replaced all at once."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: tuple[R, ...] = ()

    @property
    def rows(self) -> tuple[R, ...]:
        return self._rows

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def column_of(self, key: str) -> int:
        """The place of the column with this key."""
        return next(place for place, column in enumerate(self.columns) if column.key == key)

    def raw_values(self, column: int) -> list[Any]:
        """The raw value of every row, in order."""
        raw = self.columns[column].raw
        return [raw(row) for row in self._rows]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
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
    """Shows the rows asked for, in the order asked for; unknown values stand last either way."""

    def __init__(self, source: TableModel[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = source
        self._kept: tuple[int, ...] | None = None
        self._by: tuple[int, Qt.SortOrder] | None = None
        self._order: list[int] = []
        self._place: dict[int, int] = {}
        source.modelAboutToBeReset.connect(self.beginResetModel)
        source.modelReset.connect(self._source_was_reset)
        self.setSourceModel(source)
        self._arrange()

    def show_only(self, rows: Sequence[int] | None) -> None:
        """Keep these rows of the source only; None keeps all."""
        self.beginResetModel()
        self._kept = None if rows is None else tuple(rows)
        self._arrange()
        self.endResetModel()

    def column_at(self, column: int) -> Column[Any]:
        """What a column is."""
        return self._table.columns[column]

    def row_at(self, place: int) -> Any:
        """The row shown at a place."""
        return self._table.rows[self._order[place]]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._by = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        sources = [self._order[index.row()] for index in held]
        self._arrange()
        moved = [self.index(self._place[row], index.column()) for row, index in zip(sources, held, strict=True)]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

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
        place = self._place.get(index.row()) if index.isValid() else None
        return QModelIndex() if place is None else self.index(place, index.column())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        return self._table.headerData(section, orientation, role)

    def _source_was_reset(self) -> None:
        self._kept = None
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        rows = range(len(self._table.rows)) if self._kept is None else self._kept
        self._order = list(rows) if self._by is None else self._sorted(rows, *self._by)
        self._place = {row: place for place, row in enumerate(self._order)}

    def _sorted(self, rows: Sequence[int], column: int, order: Qt.SortOrder) -> list[int]:
        raw = self._table.raw_values(column)
        known = [row for row in rows if raw[row] is not None]
        known.sort(key=raw.__getitem__, reverse=order == Qt.SortOrder.DescendingOrder)
        return known + [row for row in rows if raw[row] is None]
