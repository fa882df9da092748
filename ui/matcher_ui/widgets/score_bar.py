"""The score bar: place, experience, interests, turn, always in this order, told apart without colour too."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.paint import hatch, smooth

PARTS = {"place": "Place", "experience": "Experience", "interests": "Interests", "turn": "Turn"}
HATCHED = "turn"
GAP = 2
FULL = 100.0


def score_words(parts: Mapping[str, float]) -> str:
    """The bar in words, for screen readers and tips."""
    points = [f"{label} {parts.get(name, 0):.0f}" for name, label in PARTS.items()]
    return f"{', '.join(points)}. Together {sum(parts.get(name, 0) for name in PARTS):.0f} of {FULL:.0f}."


def paint_score_bar(painter: QPainter, rect: QRect, parts: Mapping[str, float], theme: Theme) -> None:
    """Draw the bar filling ``rect``. ``parts`` are points, 100 together; gaps show the row's ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(rect.toRectF(), rect.height() / 2, rect.height() / 2)
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    so_far, left = 0.0, rect.x()
    for name in PARTS:
        points = max(parts.get(name, 0.0), 0.0)
        so_far += points
        end = rect.x() + round(min(so_far, FULL) / FULL * rect.width())
        if points > 0 and end > left:
            paint_segment(painter, QRect(left, rect.y(), end - left, rect.height()), name, theme)
            left = end + GAP
    if left < rect.x() + rect.width():
        painter.fillRect(QRect(left, rect.y(), rect.x() + rect.width() - left, rect.height()), theme.color("rest"))
    painter.restore()


def paint_segment(painter: QPainter, rect: QRect, name: str, theme: Theme) -> None:
    """Fill ``rect`` as this part is shown: plain, or hatched for the turn."""
    if name == HATCHED:
        hatch(painter, QRectF(rect), theme.color(name))
    else:
        painter.fillRect(rect, theme.color(name))


class ScoreBar(Part):
    """A bar of its own, as the why-panel shows it; `set_parts` fills it."""

    def __init__(self, theme: Theme, parts: Mapping[str, float], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_parts(parts)

    def set_parts(self, parts: Mapping[str, float]) -> None:
        self._parts = dict(parts)
        words = score_words(parts)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(136), self.theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        paint_score_bar(painter, self.rect(), self._parts, self.theme)
        painter.end()
