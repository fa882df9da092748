"""While something is dragged over the window: what dropping it will do, or why it cannot be used."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from matcher_ui.icons import paint_icon
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.paint import rounded, smooth, text, width_of

_INSET, _HEIGHT, _ICON, _PAD = 8, 56, 20, 24


class DropCue(Part):
    """Lies over the whole of ``host``; the pointer goes through it."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host)
        self.words, self.fits = "", True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tell(self, words: str, *, fits: bool) -> None:
        """Say what a drop will do; ``fits`` is False when it will only be said why not."""
        self.words, self.fits = words, fits
        host = self.parentWidget()
        if host is not None:
            self.setGeometry(host.rect())
        self.setAccessibleName(words)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = smooth(self), self.theme, self.theme.px
        ink = theme.color("accent" if self.fits else "stop")
        inset = px(_INSET)
        rounded(painter, self.rect().adjusted(inset, inset, -inset, -inset), px(12), border=ink, width=3)
        wide = min(width_of(self.words, theme, "section") + px(2 * _PAD + _ICON + 16), self.width() - 6 * inset)
        pill = QRect(0, 0, wide, px(_HEIGHT))
        pill.moveCenter(self.rect().center())
        rounded(painter, pill, px(12), theme.color("card"), ink)
        side = px(_ICON)
        mark = QRect(pill.x() + px(_PAD), pill.center().y() - side // 2, side, side)
        paint_icon(painter, mark, "download" if self.fits else "no_entry", ink)
        room = pill.adjusted(px(_PAD + _ICON + 12), 0, -px(_PAD), 0)
        text(painter, room, self.words, theme, "section", "ink" if self.fits else "stop")
        painter.end()
