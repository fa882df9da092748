"""Permissions as a matrix: a row for each purpose, one mark in the column of its state, since when and how.

Where there is little room the five columns fold into one that says the state in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from matcher.model import Purpose, State
from matcher_ui.purposes import MARKS, STATES
from matcher_ui.theme import Theme
from matcher_ui.widgets.chip import chip_size, paint_chip, paint_no_mark, paint_state_mark
from matcher_ui.widgets.paint import focus_ring, hairline, rounded, text, width_of
from matcher_ui.widgets.rows import Index

ROW, HEAD = 32, 33
ROOMY = 540
_NOWHERE = QModelIndex()
_STATES = tuple(STATES)
_LABEL, _WORD, _SINCE = 0, len(_STATES) + 1, len(_STATES) + 2


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One purpose: where the member stands on it, and since when and how; no purpose is a heading."""

    purpose: Purpose | None
    label: str
    state: State = State.NOT_GIVEN
    since: str = ""

    @property
    def spoken(self) -> str:
        """The row in one sentence, for screen readers and tips."""
        return f"{self.label}: {STATES[self.state].lower()}" + (f", {self.since}" if self.since else "")


class MatrixModel(QAbstractTableModel):
    """Columns: the purpose, the five states, the state in words, since."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[MatrixRow, ...] = ()
        self.titles = ["May be asked about", *STATES.values(), "State", "Since"]

    def set_rows(self, rows: Sequence[MatrixRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.ToolTipRole and row.purpose is not None:
            return row.spoken
        if role == Qt.ItemDataRole.AccessibleTextRole and column == _LABEL and row.purpose is not None:
            return row.spoken
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if column == _LABEL or row.purpose is None:
            return row.label if column == _LABEL else ""
        if column == _SINCE:
            return row.since
        shown = column == _WORD or _STATES[column - 1] is row.state
        return STATES[row.state] if shown else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].purpose is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class _Cells(QStyledItemDelegate):
    def __init__(self, theme: Theme, table: "PermissionMatrix") -> None:
        super().__init__(table)
        self._theme, self._table = theme, table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._theme, QRect(option.rect)
        row: MatrixRow = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.purpose is None:
            hairline(painter, rect.x(), rect.right() + 1, rect.y(), theme.color("line"))
        elif self._table.hovered_row == index.row():
            painter.fillRect(rect, theme.color("hover"))
        self._paint_cell(painter, rect, row, index.column())
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRect, row: MatrixRow, column: int) -> None:
        theme, px = self._theme, self._theme.px
        if column == _LABEL:
            role, ink = ("label", "ink2") if row.purpose is None else ("second_name", "ink")
            text(
                painter,
                rect.adjusted(px(14), 0, px(200) if row.purpose is None else 0, 0),
                row.label,
                theme,
                role,
                ink,
            )
        elif row.purpose is None:
            return
        elif column == _SINCE:
            text(painter, rect.adjusted(px(8), 0, -px(2), 0), row.since or "–", theme, "hint", "ink2")
        elif column == _WORD:
            size = chip_size(theme, MARKS[row.state], STATES[row.state], in_row=True)
            chip = QRect(rect.x() + px(4), rect.center().y() - size.height() // 2 + 1, size.width(), size.height())
            paint_chip(painter, chip, theme, MARKS[row.state], STATES[row.state])
        elif _STATES[column - 1] is row.state:
            paint_state_mark(painter, rect, theme, MARKS[row.state])
        else:
            paint_no_mark(painter, rect, theme)


class PermissionMatrix(QTableView):
    """As high as its rows. ``picked`` carries the purpose, and the state of the column pressed or that stands."""

    picked = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.hovered_row = -1
        self.matrix = MatrixModel(self)
        self.setModel(self.matrix)
        self.setItemDelegate(_Cells(theme, self))
        self.setAccessibleName("Permissions")
        self._set_up()
        theme.changed.connect(self.retheme)
        self.retheme()

    def set_rows(self, asking: Sequence[MatrixRow], background: Sequence[MatrixRow]) -> None:
        """The purposes of being asked, then those of using what is known."""
        current = self.currentIndex().row()
        self.matrix.set_rows([*asking, MatrixRow(None, "May be used for matching"), *background])
        if current >= 0:
            self.setCurrentIndex(self.matrix.index(current, _LABEL))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        px = self.theme.px
        return QSize(px(ROOMY), px(HEAD) + px(ROW) * self.matrix.rowCount() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(280), self.sizeHint().height())

    def retheme(self) -> None:
        px, header = self.theme.px, self.horizontalHeader()
        self.verticalHeader().setMinimumSectionSize(px(ROW))
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        header.setFont(self.theme.font("label"))
        header.setFixedHeight(px(HEAD))
        header.setMinimumSectionSize(px(24))
        self._fit()
        self.updateGeometry()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and index.isValid():
            self._pick(index)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._pick(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QPainter(self.viewport())
        ground.fillRect(self.viewport().rect(), self.theme.color("card"))
        ground.end()
        super().paintEvent(event)
        index = self.currentIndex()
        painter = QPainter(self.viewport())
        if self.hasFocus() and index.isValid():
            row = QRect(
                0, self.rowViewportPosition(index.row()), self.viewport().width(), self.rowHeight(index.row())
            )
            focus_ring(painter, row.adjusted(2, 2, -2, -2), self.theme)
        painter.end()

    def _pick(self, index: Index) -> None:
        row = self.matrix.rows[index.row()]
        if row.purpose is not None:
            column = index.column()
            self.picked.emit(row.purpose, _STATES[column - 1] if 0 < column < _WORD else row.state)

    def _fit(self) -> None:
        """Five columns of marks where there is room, else one that says the state."""
        px, room = self.theme.px, self.viewport().width()
        roomy = room >= px(ROOMY)
        for column in range(1, _WORD):
            self.setColumnHidden(column, not roomy)
        self.setColumnHidden(_WORD, roomy)
        each = max(width_of(title, self.theme, "label") for title in STATES.values()) + px(8)
        since = px(156) if roomy else px(148)
        inner = each * len(_STATES) if roomy else px(104)
        for column in range(1, _WORD):
            self.setColumnWidth(column, each)
        self.setColumnWidth(_WORD, inner)
        self.setColumnWidth(_SINCE, since)
        self.setColumnWidth(_LABEL, max(room - inner - since, px(72)))

    def _hover(self, row: int) -> None:
        heading = 0 <= row < len(self.matrix.rows) and self.matrix.rows[row].purpose is None
        if row != self.hovered_row:
            self.hovered_row = -1 if heading else row
            self.viewport().update()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = MatrixHeader(self.theme, self)
        self.setHorizontalHeader(header)


class MatrixHeader(QHeaderView):
    """Titles over their marks: the first at the left, the states in the middle."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        theme, px = self._theme, self._theme.px
        title = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        painter.save()
        rounded(painter, rect, 0, theme.color("card"))
        hairline(painter, rect.x(), rect.right() + 1, rect.bottom(), theme.color("line"))
        left = px(14 if column == _LABEL else 8)
        if 0 < column < _WORD:
            text(painter, rect, title, theme, "label", "ink2", Qt.AlignmentFlag.AlignCenter)
        else:
            text(painter, rect.adjusted(left, 0, 0, 0), title, theme, "label", "ink2")
        painter.restore()
