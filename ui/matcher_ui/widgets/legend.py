"""What the segments of the score bar stand for."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.paint import smooth, text, width_of
from matcher_ui.widgets.score_bar import PARTS, paint_segment

_KEY, _GAP, _BETWEEN = 9, 5, 13


def paint_key(painter: QPainter, rect: QRect, name: str, theme: Theme) -> None:
    """The small square of one part."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(rect.toRectF(), 2, 2)
    painter.setClipPath(outline)
    paint_segment(painter, rect, name, theme)
    painter.restore()


class PartKey(Part):
    """One part's square alone, for the lines of the why-panel."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(12), self.theme.px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        paint_key(painter, self.rect().adjusted(1, 1, -1, -1), self._name, self.theme)
        painter.end()


class Legend(Part):
    """The four parts in their order, above the list they explain."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("The bar shows, in this order: " + ", ".join(PARTS.values()))

    def sizeHint(self) -> QSize:
        px = self.theme.px
        words = sum(width_of(label, self.theme, "legend") + px(_KEY) + px(_GAP) for label in PARTS.values())
        return QSize(words + px(_BETWEEN) * (len(PARTS) - 1) + 1, self.theme.line("legend"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, px, left = smooth(self), self.theme.px, 0
        for name, label in PARTS.items():
            side = px(_KEY)
            paint_key(painter, QRect(left, (self.height() - side) // 2, side, side), name, self.theme)
            left += side + px(_GAP)
            width = width_of(label, self.theme, "legend")
            text(painter, QRect(left, 0, width + 1, self.height()), label, self.theme, "legend", "ink2")
            left += width + px(_BETWEEN)
        painter.end()
