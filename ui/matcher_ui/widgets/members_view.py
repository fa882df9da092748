"""The table of members: four marks of permission in each row, and columns that fit the room there is."""

from collections.abc import Collection, Sequence
from itertools import islice

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matcher.model import State
from matcher_ui.icons import BOLD_STROKE, STROKE, paint_icon
from matcher_ui.models.members_table import MemberLine
from matcher_ui.models.table import ROW_ROLE, Column, SortFilter
from matcher_ui.purposes import MARKS, PURPOSES, REQUESTS, STATES
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.chip import CHIP_LOOKS
from matcher_ui.widgets.data_table import CellDelegate, DataTable
from matcher_ui.widgets.paint import rounded, smooth, text, width_of
from matcher_ui.widgets.rows import Index, RowState

MARK, STEP = 18, 26


def paint_small_mark(painter: QPainter, disc: QRect, theme: Theme, state: State) -> None:
    """The mark of a permission as small as rows have it; *not given* is a bare dot."""
    look = CHIP_LOOKS[MARKS[state]]
    if state is State.NOT_GIVEN:
        paint_icon(painter, disc, "dot", theme.color("ink3"), BOLD_STROKE)
        return
    rounded(painter, disc, disc.height() / 2, theme.color(look.ground), theme.color(look.ink), 1.2)
    inset = theme.px(4)
    weight = BOLD_STROKE if state is State.GIVEN else STROKE + 0.3
    paint_icon(
        painter, disc.adjusted(inset, inset, -inset, -inset), look.icon or "dot", theme.color(look.ink), weight
    )


class MembersDelegate(CellDelegate):
    """Paints the marks in the permissions column; quiet where nothing is known."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        if self._column_key(index) != "permissions":
            super().paint_cell(painter, rect, index, state)
            return
        line: MemberLine = index.data(ROW_ROLE)
        px = self.theme.px
        disc = QRect(rect.x(), rect.center().y() - px(MARK) // 2 + 1, px(MARK), px(MARK))
        for place, one in enumerate(line.states):
            paint_small_mark(painter, disc.translated(place * px(STEP), 0), self.theme, one)

    def _column_key(self, index: Index) -> str:
        model = index.model()
        assert isinstance(model, SortFilter)
        return model.column_at(index.column()).key


class MembersView(DataTable):
    """Columns share the width; those there is no room for step aside until there is, the last ones first.

    ``chose_columns`` fires when she shows or hides one.
    """

    selection_changed = Signal()
    chose_columns = Signal()

    def __init__(self, theme: Theme, columns: Sequence[Column[MemberLine]], parent: QWidget | None = None) -> None:
        super().__init__(theme, "Members", parent=parent)
        self._columns = tuple(columns)
        self._wanted = {place for place, column in enumerate(columns) if column.shown}
        self.setItemDelegate(MembersDelegate(theme, self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setStretchLastSection(False)

    def show_column(self, column: int, on: bool) -> None:
        self._wanted = self._wanted | {column} if on else self._wanted - {column}
        self.fit_columns(newest=column if on else None)
        self.columns_changed.emit()
        self.chose_columns.emit()

    def wanted_columns(self) -> tuple[str, ...]:
        """The keys of the columns she wants to see."""
        return tuple(self._columns[place].key for place in sorted(self._wanted))

    def set_wanted(self, keys: Collection[str]) -> None:
        """Show these columns, those of the first day when none are named; the name always stays."""
        wanted = {p for p, column in enumerate(self._columns) if (column.key in keys if keys else column.shown)}
        self._wanted = {0, *wanted}
        self.fit_columns()

    def count_selected(self) -> int:
        """How many rows are selected."""
        return sum(part.height() for part in self._selected_parts())

    def selected_places(self, most: int) -> list[int]:
        """The rows selected, from the top, ``most`` at the most."""
        parts = sorted((part.top(), part.bottom()) for part in self._selected_parts())
        every = (place for top, bottom in parts for place in range(top, bottom + 1))
        return list(islice(every, most))

    def select_places(self, places: Sequence[int]) -> None:
        """Select these rows and no others; the keyboard stays where it is."""
        model, chosen = self.model(), QItemSelection()
        for place in places:
            chosen.select(model.index(place, 0), model.index(place, model.columnCount() - 1))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.count_selected() > 1:
            self.setCurrentIndex(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def fit_columns(self, newest: int | None = None) -> None:
        """Give the wanted columns the room there is; ``newest`` was just asked for and must be shown."""
        room, shown = self.viewport().width(), self._that_fit(newest)
        wanted_width = sum(self._width(column) for column in shown)
        left = room
        for column in range(len(self._columns)):
            self.setColumnHidden(column, column not in shown)
        for place, column in enumerate(shown):
            last = place == len(shown) - 1
            width = left if last else self._width(column) * room // max(wanted_width, 1)
            if self._columns[column].key == "permissions" and not last:
                width = self._width(column)
            self.setColumnWidth(column, max(width, self.theme.px(48)))
            left -= width

    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "_columns"):
            self.fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()

    def _selected_parts(self) -> list[QItemSelectionRange]:
        chosen = self.selectionModel().selection()
        return [chosen.at(place) for place in range(chosen.count())]

    def _width(self, column: int) -> int:
        return self.theme.px(self._columns[column].width)

    def _that_fit(self, newest: int | None) -> list[int]:
        room = self.viewport().width()
        shown: list[int] = []
        marks = next(place for place, column in enumerate(self._columns) if column.key == "permissions")
        first = [column for column in (0, newest, 1, marks) if column is not None and column in self._wanted]
        for column in [*first, *sorted(self._wanted)]:
            if column not in shown and (not shown or room >= self._width(column)):
                shown.append(column)
                room -= self._width(column)
        return sorted(shown)


class MarksLegend(Part):
    """What the four marks stand for, under the table: their order, and what each of them means."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._order = "Permissions, left to right: " + ", ".join(PURPOSES[p].lower() for p in REQUESTS)
        self.setAccessibleName(f"{self._order}. Marks: " + ", ".join(STATES.values()))
        self.setToolTip("Each mark says its state when the pointer rests on it.")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(240), self.theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(48), self.theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = smooth(self), self.theme, self.theme.px
        room = QRect(0, 0, self.width(), self.height())
        left = text(painter, room, self._order, theme, "hint", "ink2") + px(20)
        widths = {state: px(MARK + 4) + width_of(word, theme, "hint") for state, word in STATES.items()}
        fits = left + sum(widths.values()) + px(14) * len(widths) < self.width()
        for state, word in STATES.items() if fits else ():
            disc = QRect(left, (self.height() - px(MARK)) // 2, px(MARK), px(MARK))
            paint_small_mark(painter, disc, theme, state)
            text(painter, room.adjusted(left + px(MARK + 4), 0, 1, 0), word, theme, "hint", "ink2")
            left += widths[state] + px(14)
        painter.end()
