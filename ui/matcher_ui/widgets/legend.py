"""What the segments of the score bar stand for."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.paint import smooth
from matcher_ui.widgets.score_bar import paint_segment


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
    """One part's square."""

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
