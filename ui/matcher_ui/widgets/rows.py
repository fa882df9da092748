"""A list of rows: each a whole target with ground, edge and ring, painted by a delegate of the page."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from matcher_ui.theme import Theme
from matcher_ui.widgets.paint import focus_ring

Index = QModelIndex | QPersistentModelIndex
EDGE = 3


class RowState(NamedTuple):
    """How a row stands at the moment; ``active`` is False when another window has the keyboard."""

    hover: bool
    selected: bool
    focus: bool
    active: bool


def row_state(option: QStyleOptionViewItem) -> RowState:
    """Read the state of a row from what the view hands its delegate."""
    flags, names = option.state, QStyle.StateFlag
    view: QWidget | None = option.widget
    return RowState(
        bool(flags & names.State_MouseOver),
        bool(flags & names.State_Selected),
        bool(flags & names.State_HasFocus),
        view is not None and view.isActiveWindow(),
    )


def paint_row_ground(painter: QPainter, rect: QRect, theme: Theme, state: RowState, *, edge: bool = True) -> None:
    """The ground of a row and, when selected, its edge. Call `paint_row_ring` after the row's content."""
    if state.selected:
        painter.fillRect(rect, theme.color("selected"))
        if edge:
            color = theme.color("accent" if state.active else "ink3")
            painter.fillRect(QRect(rect.x(), rect.y(), EDGE, rect.height()), color)
    elif state.hover:
        painter.fillRect(rect, theme.color("hover"))


def paint_row_ring(painter: QPainter, rect: QRect, theme: Theme, state: RowState) -> None:
    """The ring of the row with the keyboard, inset by two pixels."""
    if state.focus:
        focus_ring(painter, rect.adjusted(2, 2, -2, -2), theme)


class RowDelegate(QStyledItemDelegate):
    """Paints the ground and ring; a page's delegate overrides `paint_content`, `row_height` and `hit_areas`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def row_height(self) -> int:
        """The height of every row in pixels."""
        return self.theme.px(56)

    def hit_areas(self, rect: QRect, index: Index) -> dict[str, QRect]:
        """The places inside a row that can be pressed on their own, by name."""
        return {}

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        """Draw what the row says."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state = row_state(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, rect, self.theme, state)
        self.paint_content(painter, rect, index, state)
        paint_row_ring(painter, rect, self.theme, state)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self.theme.px(160), self.row_height())


class RowList(QListView):
    """The view for such rows. ``hit`` carries the row and the name of the place pressed; Space presses the first.

    Arrows move, Enter (or a double click) is ``activated``; the selection follows the keyboard.
    """

    hit = Signal(QModelIndex, str)

    def __init__(self, theme: Theme, delegate: RowDelegate, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._rows = delegate
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        theme.changed.connect(self.retheme)

    def retheme(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._hit_at(event)
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        over = self._hit_at(event) if event.button() == Qt.MouseButton.LeftButton else None
        if over is None:
            super().mousePressEvent(event)
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.hit.emit(*over)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._hit_at(event) is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            areas = self._rows.hit_areas(self.visualRect(index), index)
            if areas:
                self.hit.emit(index, next(iter(areas)))
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()

    def _hit_at(self, event: QMouseEvent) -> tuple[QModelIndex, str] | None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        if index.isValid():
            for name, area in self._rows.hit_areas(self.visualRect(index), index).items():
                if area.contains(point):
                    return index, name
        return None
