"""The widget that shows a plot: what is under the pointer in a tip, and from mark to mark with the arrow keys."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from matcher_ui.charts.plot import Mark, Plot
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.paint import focus_ring, rounded, smooth

INSET, _MARGIN = Space.XS, 16
_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip
_HOW = "The arrow keys go from one number to the next; “Show the numbers” has them all in a table."


class ChartView(Part):
    """As high as its plot needs at the width it has."""

    spoken_as = QAccessible.Role.Chart

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._plot: Plot | None = None
        self._current: tuple[int, int] | None = None
        self._hovered: Mark | None = None
        self._laid_out: list[Mark] | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def plot(self) -> Plot | None:
        return self._plot

    @property
    def current(self) -> Mark | None:
        """The mark the arrow keys have come to."""
        return next((mark for mark in self.marks() if (mark.row, mark.column) == self._current), None)

    def show_plot(self, plot: Plot, sentence: str) -> None:
        """Show a plot; ``sentence`` is what it shows, in words."""
        self._plot, self._current = plot, None
        self.setAccessibleDescription(f"{sentence} {plot.how_to_read} {_HOW}")
        self.retheme()

    def marks(self) -> list[Mark]:
        """Where everything stands at the present size."""
        if self._laid_out is None:
            self._laid_out = list(self._plot.marks(self._room(), self.theme)) if self._plot is not None else []
        return self._laid_out

    def retheme(self) -> None:
        self._laid_out = self._hovered = None
        super().retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._laid_out = self._hovered = None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inset = self.theme.px(INSET)
        return self._plot.height(width - 2 * inset, self.theme) + 2 * inset if self._plot is not None else 0

    def sizeHint(self) -> QSize:
        width = self.width() or self.theme.px(480)
        return QSize(self.theme.px(480), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(240), 0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.mark_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def mark_at(self, where: QPoint) -> Mark | None:
        """What the pointer is on; of marks on top of each other the one drawn there."""
        under = [mark for mark in self.marks() if mark.touch.contains(where)]
        return next((mark for mark in under if mark.drawn.contains(where)), under[0] if under else None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current is None and self.marks():
            first = self.marks()[0]
            self._current = (first.row, first.column)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._move(*step):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._plot is None:
            return
        painter = smooth(self)
        if self._hovered is not None:
            touch = self._hovered.touch.toRect()
            rounded(painter, touch, self.theme.px(4), self.theme.color("hover"))
        self._plot.paint(painter, self._room(), self.theme)
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _paint_focus(self, painter: QPainter) -> None:
        focus_ring(painter, self.rect(), self.theme, radius=8)
        at = self.current
        if at is not None:
            reach = self.theme.px(3)
            around = at.drawn.adjusted(-reach, -reach, reach, reach)
            rounded(painter, around, reach, border=self.theme.color("accent"), width=2)

    def _room(self) -> QRectF:
        inset = self.theme.px(INSET)
        return QRectF(self.rect().adjusted(inset, inset, -inset, -inset))

    def _hover(self, mark: Mark | None) -> None:
        if mark != self._hovered:
            self._hovered = mark
            self.update()

    def _tell(self, where: QPoint, on_screen: QPoint) -> None:
        mark = self.mark_at(where)
        if mark is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(on_screen, mark.words, self, mark.touch.toRect())

    def _bring(self, mark: Mark) -> None:
        """Scroll whatever the chart stands in, so that a mark reached by key is seen."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inner = area.widget() if area is not None else None
        if area is not None and inner is not None:
            touch, margin = mark.touch.toRect(), self.theme.px(_MARGIN)
            where = self.mapTo(inner, touch.center())
            area.ensureVisible(where.x(), where.y(), 0, touch.height() // 2 + margin)

    def _move(self, down: int, across: int) -> bool:
        """Go to the next mark in a direction; False when there is none that way."""
        marks = {(mark.row, mark.column): mark for mark in self.marks()}
        if self._current not in marks:
            self._current = next(iter(marks), None)
        if self._current is None:
            return False
        wanted = (self._current[0] + down, self._current[1] + across)
        if wanted not in marks:
            return False
        self._current = wanted
        self._bring(marks[wanted])
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, marks[wanted].words))
        self.update()
        return True
