"""How full a room is: those coming as a bar against what it holds, with the same in words beside it."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.paint import rounded, smooth, text, width_of

_BAR, _GAP = 160, 12


class RoomBar(Part):
    """The bar has no limit where the room has none: then only the words stand there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._coming, self._room, self._words = 0, 0, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_room(self, coming: int, room: int | None, words: str) -> None:
        """``room`` None: there is room for everybody."""
        self._coming, self._room, self._words = coming, room or 0, words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        bar = self.theme.px(_BAR + _GAP) if self._room else 0
        return QSize(bar + width_of(self._words, self.theme, "second") + 1, self.theme.line("second"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = smooth(self), self.theme, self.theme.px
        left = 0
        if self._room:
            bar = QRect(0, (self.height() - px(8)) // 2, px(_BAR), px(8))
            rounded(painter, bar, px(4), theme.color("rest"))
            if self._coming:
                part = QRect(bar)
                part.setWidth(max(round(bar.width() * min(self._coming / self._room, 1)), bar.height()))
                rounded(painter, part, px(4), theme.color("accent"))
            left = px(_BAR + _GAP)
        text(painter, QRect(left, 0, self.width() - left, self.height()), self._words, theme, "second", "ink2")
        painter.end()
