"""A person's initials in a quiet disc."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.paint import CENTER, rounded, smooth, text


def initials_of(name: str) -> str:
    """The first letters of the first and the last word of a name, at most two."""
    words = [word for word in name.split() if word[0].isalnum()]
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper()


def paint_initials(painter: QPainter, rect: QRect, theme: Theme, name: str) -> None:
    """Draw the disc filling ``rect``; an empty name is a dashed place still to fill."""
    radius = rect.height() / 2
    if not name:
        rounded(painter, rect, radius, border=theme.color("edge"), style=Qt.PenStyle.DashLine)
        return
    rounded(painter, rect, radius, theme.color("quiet"))
    role = "dot" if rect.height() <= theme.px(28) else "name"
    text(painter, rect, initials_of(name), theme, role, "ink2", CENTER)


class Initials(Part):
    """The disc as a widget, 24 in trays and 48 on a member's page."""

    def __init__(self, theme: Theme, name: str, size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(name or "A place still to fill")
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(self._size), self.theme.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        paint_initials(painter, self.rect(), self.theme, self._name)
        painter.end()
