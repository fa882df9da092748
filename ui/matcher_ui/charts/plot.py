"""What all drawings of numbers share. A plot knows no widget: it is drawn on the screen or in a picture."""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from matcher_ui.charts.fills import Fill, paint_fill
from matcher_ui.theme import Look
from matcher_ui.widgets.paint import LEFT, text, width_of

_KEY, _GAP, _BETWEEN = 11, 6, 18
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands for a number: where it is drawn, where the pointer meets it, and what it says.

    ``row`` and ``column`` are its place for the arrow keys.
    """

    drawn: QRectF
    touch: QRectF
    words: str
    row: int
    column: int


class Plot(ABC):
    """A drawing of numbers for any width."""

    @abstractmethod
    def height(self, width: int, look: Look) -> int:
        """How high it is when it is ``width`` pixels wide."""

    @abstractmethod
    def marks(self, rect: QRectF, look: Look) -> Sequence[Mark]:
        """What stands for numbers when it is drawn in ``rect``, row by row."""

    @abstractmethod
    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Draw it in ``rect``, which is as high as `height` says."""

    @property
    @abstractmethod
    def how_to_read(self) -> str:
        """What stands for what, in words."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers from 0 to ``top`` along a line; ``ticks`` are the few that are worth a mark."""

    top: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """How far along the line a number stands, 0 to 1."""
        return value / self.top if self.top else 0.0


def scale_to(most: float, *, steps: int = 4) -> Scale:
    """A scale that ends at a round number at or just over ``most``, with about ``steps`` ticks."""
    most = max(most, 1)
    rough = most / steps
    power = 10.0 ** math.floor(math.log10(rough))
    step = max(next(step * power for step in _STEPS if step * power >= rough), 1)
    count = math.ceil(most / step - 1e-9)
    return Scale(step * count, tuple(step * place for place in range(count + 1)))


def key_height(entries: Sequence[tuple[str, Fill]], width: int, look: Look) -> int:
    """How high the key is: its entries go on in the next line as words do."""
    return len(_key_lines(entries, width, look)) * (look.line("legend") + look.px(4))


def paint_key(
    painter: QPainter, left: float, top: float, width: int, entries: Sequence[tuple[str, Fill]], look: Look
) -> None:
    """The key in the order in which things are drawn."""
    line, side = look.line("legend"), look.px(_KEY)
    for place, entries_of_line in enumerate(_key_lines(entries, width, look)):
        x, y = round(left), round(top) + place * (line + look.px(4))
        for label, fill in entries_of_line:
            paint_fill(painter, QRectF(x, y + (line - side) // 2, side, side), fill, look)
            x += side + look.px(_GAP)
            x += text(painter, QRect(x, y, width, line), label, look, "legend", "ink2") + look.px(_BETWEEN)


def _key_lines(entries: Sequence[tuple[str, Fill]], width: int, look: Look) -> list[list[tuple[str, Fill]]]:
    lines: list[list[tuple[str, Fill]]] = [[]]
    used = 0
    for label, fill in entries:
        needed = look.px(_KEY + _GAP + _BETWEEN) + width_of(label, look, "legend")
        if lines[-1] and used + needed - look.px(_BETWEEN) > width:
            lines.append([])
            used = 0
        lines[-1].append((label, fill))
        used += needed
    return lines


def wrapped_height(words: str, width: int, look: Look, role: str) -> int:
    """How high words are when they are wrapped to ``width``."""
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    box = look.metrics(role).boundingRect(QRect(0, 0, max(width, 1), 10_000), flags, words)
    return max(box.height(), look.line(role))


def paint_wrapped(painter: QPainter, rect: QRect, words: str, look: Look, role: str, ink: str = "ink") -> None:
    """Draw words wrapped to the width of ``rect``, from its top."""
    painter.setFont(look.font(role))
    painter.setPen(look.color(ink))
    painter.drawText(rect, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, words)


def label_width(labels: Sequence[str], look: Look, role: str, most: float) -> int:
    """The width of the widest label, at most ``most``."""
    return min(max((width_of(label, look, role) for label in labels), default=0) + 1, round(most))


def line_of_text(
    painter: QPainter, box: QRectF, words: str, look: Look, role: str, ink: str = "ink2",
    align: Qt.AlignmentFlag = LEFT,
) -> None:  # fmt: skip
    """One line in a box of whole pixels."""
    text(painter, box.toRect(), words, look, role, ink, align)


def percent(share: float) -> str:
    """“9%”; what is there but rounds to nothing is “<1%”."""
    if 0 < share < 0.005:
        return "<1%"
    return f"{share:.0%}"


def of_a_hundred(share: float) -> str:
    """“9 of 100”; “under 1 of 100” for what is there but rounds to nothing."""
    if 0 < share < 0.005:
        return "under 1 of 100"
    return f"{share * 100:.0f} of 100"
