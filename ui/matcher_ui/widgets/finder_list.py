"""The small list under the search field: what was found, for the pointer and the keyboard."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher_ui.finder import Found
from matcher_ui.icons import paint_icon
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.paint import rounded, smooth, text
from matcher_ui.widgets.rows import Index, RowDelegate, RowList, RowState

FOUND_ROLE = Qt.ItemDataRole.UserRole
_SHADOW, _PAD, _WIDTH = 8, 8, 360


class FoundModel(QAbstractListModel):
    """The matches, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Found, ...] = ()

    def show(self, found: Sequence[Found]) -> None:
        self.beginResetModel()
        self._found = tuple(found)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        found = self._found[index.row()]
        if role == FOUND_ROLE:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return found.words
        return f"{found.words}, {found.more}" if role == Qt.ItemDataRole.AccessibleTextRole else None


class _FoundRows(RowDelegate):
    def row_height(self) -> int:
        return self.theme.px(48)

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        found: Found = index.data(FOUND_ROLE)
        px, side, line = self.theme.px, self.theme.px(18), self.theme.px(20)
        mark = QRect(rect.x() + px(14), rect.center().y() - side // 2 + 1, side, side)
        paint_icon(painter, mark, found.icon, self.theme.color("ink2"))
        left = mark.right() + px(12)
        room = QRect(left, rect.center().y() - line + 1, rect.right() - px(12) - left, line)
        text(painter, room, found.words, self.theme, "name")
        text(painter, room.translated(0, line), found.more, self.theme, "hint", "ink2")


class _List(RowList):
    """Up from the first row and Escape go back to the field."""

    went_up = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.went_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


class FinderList(Part):
    """Floats over ``parent``. ``chosen`` carries a `Found`; ``went_up`` and ``left`` give the keyboard back."""

    chosen = Signal(object)
    went_up = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._over = parent
        self.query = ""
        """What was sought when the matches shown were found."""
        self._model = FoundModel()
        self._list = _List(theme, _FoundRows(theme), "What was found")
        self._list.setModel(self._model)
        self._nothing = Label(theme, "", "second", "ink2")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[_SHADOW + _PAD] * 4)
        column.addWidget(self._list)
        column.addWidget(self._nothing)
        self._list.clicked.connect(self._choose)
        self._list.activated.connect(self._choose)
        self._list.went_up.connect(self.went_up)
        self._list.left.connect(self.left)
        self.hide()

    def show_found(self, query: str, found: Sequence[Found], under: QPoint) -> None:
        """Show the matches with the top left corner at ``under``, or that there are none."""
        self.query = query
        self._model.show(found)
        self._list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._nothing.setText(f"  Nothing is called “{query}”.")
        if found:
            self._list.setCurrentIndex(self._model.index(0))
        px = self.theme.px
        height = len(found) * px(48) if found else px(40)
        room = self._over.height() - under.y()
        self.setGeometry(
            under.x() - _SHADOW, under.y() - _SHADOW,
            px(_WIDTH) + 2 * _SHADOW, min(height + 2 * (_SHADOW + _PAD), room),
        )  # fmt: skip
        self.show()
        self.raise_()

    def take_keyboard(self) -> None:
        """Go on from the field into the list, to its second row: Enter in the field already means the first."""
        if self.isVisible() and self._model.rowCount():
            self._list.setCurrentIndex(self._model.index(min(1, self._model.rowCount() - 1)))
            self._list.setFocus(Qt.FocusReason.TabFocusReason)

    def choose_first(self) -> None:
        """Take the row that is marked."""
        if self.isVisible() and self._list.currentIndex().isValid():
            self._choose(self._list.currentIndex())

    @property
    def found(self) -> tuple[str, ...]:
        """The names shown."""
        return tuple(str(self._model.index(row).data()) for row in range(self._model.rowCount()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        body = self.rect().adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        for ring in range(_SHADOW - 3, 0, -1):
            rounded(
                painter, body.adjusted(-ring, -ring + 3, ring, ring + 3), theme.px(8) + ring, QColor(0, 0, 0, 4)
            )
        rounded(painter, body, theme.px(8), theme.color("card"), theme.color("soft_edge"))
        painter.end()

    def _choose(self, index: QModelIndex) -> None:
        found = index.data(FOUND_ROLE)
        if found is not None:
            self.chosen.emit(found)
