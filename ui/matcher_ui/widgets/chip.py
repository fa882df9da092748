"""Small labelled marks. A mark never means two things, and words always stand beside it."""

from typing import Literal, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matcher_ui.icons import BOLD_STROKE, STROKE, paint_icon
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.paint import rounded, smooth, text, width_of

ChipKind = Literal[
    "given", "ask_first", "refused", "withdrawn", "not_given", "resting", "care", "urgent", "neutral"
]  # fmt: skip


class ChipLook(NamedTuple):
    """The mark before the words (or none), its colour and its ground."""

    icon: str | None
    ink: str
    ground: str


CHIP_LOOKS: dict[ChipKind, ChipLook] = {
    "given": ChipLook("check", "good", "good_ground"),
    "ask_first": ChipLook("ask_first", "care", "care_ground"),
    "refused": ChipLook("no_entry", "stop", "stop_ground"),
    "withdrawn": ChipLook("minus", "stop", "stop_ground"),
    "not_given": ChipLook("dot", "ink2", "quiet"),
    "resting": ChipLook("clock", "ink2", "quiet"),
    "care": ChipLook("question", "care", "care_ground"),
    "urgent": ChipLook("warning", "stop", "stop_ground"),
    "neutral": ChipLook(None, "ink2", "quiet"),
}
_ICON, _GAP, _PAD = 14, 4, 8


def chip_size(theme: Theme, kind: ChipKind, words: str, *, in_row: bool = False) -> QSize:
    """The size of a chip in pixels: 20 high in rows, 24 alone."""
    mark = _ICON + _GAP if CHIP_LOOKS[kind].icon else 0
    width = width_of(words, theme, "label") + theme.px(mark + 2 * _PAD)
    return QSize(width, theme.px(20 if in_row else 24))


def paint_chip(painter: QPainter, rect: QRect, theme: Theme, kind: ChipKind, words: str) -> None:
    """Draw a chip filling ``rect``; usable by delegates. Words that do not fit are elided."""
    look = CHIP_LOOKS[kind]
    rounded(painter, rect, rect.height() / 2, theme.color(look.ground))
    inner = rect.adjusted(theme.px(_PAD), 0, -theme.px(_PAD), 0)
    if look.icon:
        side = theme.px(_ICON)
        where = QRect(inner.x(), rect.y() + (rect.height() - side) // 2, side, side)
        weight = BOLD_STROKE if look.icon == "check" else STROKE
        paint_icon(painter, where, look.icon, theme.color(look.ink), weight)
        inner.setLeft(inner.x() + side + theme.px(_GAP))
    text(painter, inner.adjusted(0, 0, 1, 0), words, theme, "label", look.ink)


def paint_told_row(
    painter: QPainter, room: QRect, theme: Theme, name: str, more: str, chip: tuple[ChipKind, str], ink: str = "ink"
) -> None:
    """A row of a list: name, a second line, and a chip at the right end of the first.

    Where the name has no room beside the chip, the chip stands in the second line: the name is told whole.
    """
    kind, words = chip
    size, gap, line = chip_size(theme, kind, words, in_row=True), theme.px(12), theme.line("name")
    beside = room.width() - size.width() - gap
    whole = width_of(name, theme, "name") <= beside
    first = QRect(room.x(), room.y() + theme.px(8), beside if whole else room.width(), line)
    second = QRect(room.x(), first.y() + line, room.width() if whole else beside, line)
    middle = (first if whole else second).center().y()
    where = QRect(room.right() + 1 - size.width(), middle - size.height() // 2, size.width(), size.height())
    paint_chip(painter, where, theme, kind, words)
    text(painter, first, name, theme, "name", ink)
    text(painter, second, more, theme, "second", "ink2")


class Chip(Part):
    """A chip standing alone; its words are its name for screen readers."""

    def __init__(self, theme: Theme, kind: ChipKind, words: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_chip(kind, words)

    def set_chip(self, kind: ChipKind, words: str) -> None:
        self._kind: ChipKind = kind
        self._words = words
        self.setAccessibleName(words)
        self.retheme()

    def sizeHint(self) -> QSize:
        return chip_size(self.theme, self._kind, self._words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        paint_chip(painter, self.rect(), self.theme, self._kind, self._words)
        painter.end()


def paint_state_mark(painter: QPainter, rect: QRect, theme: Theme, kind: ChipKind) -> None:
    """The round mark of a permission, for the matrix: 22 across, centred in ``rect``."""
    look = CHIP_LOOKS[kind]
    side = theme.px(22)
    disc = QRect(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, side, side)
    border = "edge" if look.ground == "quiet" else look.ink
    rounded(painter, disc, side / 2, theme.color(look.ground), theme.color(border), 1.2)
    if look.icon:
        inset = theme.px(5)
        mark = disc.adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, mark, look.icon, theme.color(look.ink), BOLD_STROKE)


def paint_no_mark(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """The faint dot of a matrix cell that is not the state."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("soft_edge"))
    radius = theme.px(4) / 2
    painter.drawEllipse(rect.toRectF().center(), radius, radius)
    painter.restore()
