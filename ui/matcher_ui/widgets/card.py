"""Grounds and lines: the card, the quiet card and the hairline."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.paint import rounded, smooth


class CardFrame(Part):
    """A rounded ground with a hairline around it. ``quiet`` cards use the panel's ground and rounder corners."""

    def __init__(self, theme: Theme, *, quiet: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._quiet = quiet

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        ground, radius = ("panel", 12) if self._quiet else ("card", 10)
        rounded(painter, self.rect(), theme.px(radius), theme.color(ground), theme.color("line"))
        painter.end()


class Ground(Part):
    """A plain rectangle in a colour token, for side panels, trays and foot bars; lines at the edges asked for."""

    def __init__(
        self,
        theme: Theme,
        token: str,
        *,
        line_above: bool = False,
        line_left: bool = False,
        line_right: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._token = token
        self._above, self._left, self._right = line_above, line_left, line_right

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, line = QPainter(self), self.theme.color("line")
        painter.fillRect(self.rect(), self.theme.color(self._token))
        if self._above:
            painter.fillRect(0, 0, self.width(), 1, line)
        if self._left:
            painter.fillRect(0, 0, 1, self.height(), line)
        if self._right:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), line)
        painter.end()


class Hairline(Part):
    """A line of one pixel between things that belong apart."""

    def __init__(self, theme: Theme, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if upright else wide, wide if upright else fixed)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("line"))
        painter.end()
