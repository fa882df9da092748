"""A count with its mark, to press: “12 found”, “2 to check”."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPaintEvent

from matcher_ui.icons import BOLD_STROKE, paint_icon
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import RingedButton
from matcher_ui.widgets.paint import rounded, smooth, text, width_of


class Tally(RingedButton):
    """The mark in its colour, the words in theirs."""

    def __init__(self, theme: Theme, icon: str, mark: str, ink: str) -> None:
        super().__init__(theme)
        self._icon, self._mark, self._ink = icon, mark, ink

    def sizeHint(self) -> QSize:
        return QSize(width_of(self.text(), self.theme, "button") + self.theme.px(38), self.theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, px = smooth(self), self.theme.px
        if self.is_hot:
            rounded(painter, self.rect(), px(6), self.theme.color("hover"))
        side = px(14)
        where = QRect(px(8), (self.height() - side) // 2, side, side)
        paint_icon(painter, where, self._icon, self.theme.color(self._mark), BOLD_STROKE)
        room = QRect(px(30), 0, self.width() - px(30), self.height())
        text(painter, room, self.text(), self.theme, "button", self._ink)
        painter.end()
