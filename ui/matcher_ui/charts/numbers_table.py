"""The numbers behind a chart in a table, for screen readers and for whoever would rather read than look."""

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from matcher.insight.tables import NO_FIGURE, Cell, Table
from matcher_ui.models.table import Column, SortFilter, TableModel
from matcher_ui.theme import Theme
from matcher_ui.widgets.data_table import DENSE_HEIGHT, DataTable
from matcher_ui.widgets.paint import width_of

_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
Row = tuple[Cell, ...]
_MOST_ROWS, _HEAD, _BAR, _SIDES = 13, 44, 14, 20


class _WrappedHeads(SortFilter):
    """Headings may take two lines."""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = super().headerData(section, orientation, role)
        return found | Qt.TextFlag.TextWordWrap if isinstance(found, int) else found


class NumbersTable(DataTable):
    """As high as its rows, up to a dozen; what is more scrolls."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, dense=True, parent=parent)
        self._rows = 0
        self.horizontalHeader().setDefaultAlignment(_WRAPPED)

    def show_table(self, table: Table) -> None:
        """Show the numbers in the order they stand in; a click on a heading sorts by it."""
        old = self.model()
        model = TableModel[Row](_columns(table), self)
        model.set_rows(table.rows)
        self._rows = len(table.rows)
        proxy = _WrappedHeads(model, self)
        self.horizontalHeader().setSortIndicator(-1, self.horizontalHeader().sortIndicatorOrder())
        self.setModel(proxy)
        self.setAccessibleName(f"The numbers of “{table.title}”")
        self.setAccessibleDescription(" ".join(table.notes))
        if old is not None:
            old.deleteLater()
        self._fit()

    def retheme(self) -> None:
        super().retheme()
        self.horizontalHeader().setFixedHeight(self.theme.px(_HEAD))
        if self.model() is not None:
            self._fit()

    def sizeHint(self) -> QSize:
        px = self.theme.px
        rows = min(max(self._rows, 1), _MOST_ROWS)
        return QSize(px(480), px(_HEAD) + rows * px(DENSE_HEIGHT) + px(_BAR))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(240), self.sizeHint().height())

    def _heading(self, title: str) -> int:
        """The width a heading takes on two lines."""
        longest = max(width_of(word, self.theme, "label") for word in title.split())
        return max(longest, width_of(title, self.theme, "label") // 2 + self.theme.px(20))

    def _fit(self) -> None:
        """Each column as wide as what stands in it."""
        proxy = self.model()
        assert isinstance(proxy, SortFilter)
        source = proxy.sourceModel()
        assert isinstance(source, TableModel)
        for place, column in enumerate(source.columns):
            widest = max([width_of(column.words(row), self.theme, "second_name") for row in source.rows], default=0)
            self.setColumnWidth(place, max(widest, self._heading(column.title)) + self.theme.px(_SIDES))
        self.setFixedHeight(self.sizeHint().height())


def _columns(table: Table) -> list[Column[Row]]:
    return [
        Column(
            f"c{place}", title, partial(_words, place), sort=partial(_raw, place),
            number=all(not isinstance(row[place], str) for row in table.rows),
            spoken=partial(_said, place, title),
        )
        for place, title in enumerate(table.columns)
    ]  # fmt: skip


def _words(place: int, row: Row) -> str:
    cell = row[place]
    if cell is None:
        return NO_FIGURE
    if isinstance(cell, float):
        return f"{cell:,.1f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def _said(place: int, title: str, row: Row) -> str:
    return f"{row[0]}, {title}: {_words(place, row)}"


def _raw(place: int, row: Row) -> Cell:
    cell = row[place]
    return cell.casefold() if isinstance(cell, str) else cell
