"""Rows of Today: an icon, what it is about, who it is from, and when; the whole row is the target."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matcher_ui.icons import paint_icon
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Pressable
from matcher_ui.widgets.paint import CENTER, RIGHT, focus_ring, hairline, rounded, smooth, text, width_of

ROOMY = 480


class TodayItem(NamedTuple):
    """What a row says; ``when_ink`` colours the words at its end (``short_when`` where there is little room),
    ``button`` shows under the pointer."""

    icon: str
    title: str
    more: str
    when: str = ""
    short_when: str = ""
    when_ink: str = "ink2"
    button: str = ""


class TodayRow(Pressable):
    """52 high, with a hairline below unless it is the ``last``; the ground reaches out beyond the text."""

    OUT = Space.S

    def __init__(self, theme: Theme, item: TodayItem, *, last: bool, parent: QWidget | None = None) -> None:
        super().__init__(theme, item.title, parent)
        self._item, self._last = item, last
        self.setAccessibleName(", ".join(words for words in (item.title, item.more, item.when) if words))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(240), self.theme.px(53))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = smooth(self), self.theme, self.theme.px
        out, body = px(self.OUT), self.rect().adjusted(0, 0, 0, -1)
        hot = self.is_hot or self.hasFocus()
        if hot:
            rounded(painter, body, px(8), theme.color("hover"))
        side = px(18)
        mark = QRect(out + px(1), body.center().y() - side // 2 + 1, side, side)
        paint_icon(painter, mark, self._item.icon, theme.color("ink2"))
        left, right, line = out + px(36), self.width() - out, px(20)
        end = right - self._paint_end(painter, QRect(left, body.y(), right - left, body.height()), hot)
        room = QRect(left, body.center().y() - line + 1, end - px(16) - left, line)
        self.setToolTip(self._whole(room.width()))
        text(painter, room, self._item.title, theme, "medium")
        text(painter, room.translated(0, line), self._item.more, theme, "second", "ink2")
        if not self._last and not hot:
            hairline(painter, left, right, self.height() - 1, theme.color("line"))
        if self.hasFocus():
            focus_ring(painter, body, theme, radius=8)
        painter.end()

    def _whole(self, room: int) -> str:
        """The tip: both lines, where one of them is cut."""
        title, more = self._item.title, self._item.more
        fits = width_of(title, self.theme, "medium") <= room and width_of(more, self.theme, "second") <= room
        return "" if fits else "\n".join(words for words in (title, more) if words)

    def _paint_end(self, painter: QPainter, room: QRect, hot: bool) -> int:
        """The words at the end, or the button for the row in hand; returns the width used."""
        theme, px, item = self.theme, self.theme.px, self._item
        if hot and item.button:
            width = width_of(item.button, theme, "button") + px(24)
            box = QRect(room.right() + 1 - width, room.center().y() - px(32) // 2 + 1, width, px(32))
            rounded(painter, box, px(6), theme.color("card"), theme.color("soft_edge"))
            text(painter, box, item.button, theme, "button", "ink", CENTER)
            return width
        if not item.when:
            return 0
        when = item.when if room.width() >= px(ROOMY) else item.short_when
        width = text(painter, room, when, theme, "choice", item.when_ink, RIGHT)
        if item.when_ink in ("stop", "care"):
            side = px(14)
            mark = QRect(room.right() - width - px(6) - side, room.center().y() - side // 2 + 1, side, side)
            paint_icon(painter, mark, "clock", theme.color(item.when_ink))
            width += px(6) + side
        return width
