"""How many days something took: a line from the quickest to the slowest, broad in its middle half."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from matcher_ui.charts.fills import Fill, paint_fill
from matcher_ui.charts.plot import Mark, Plot, Scale, label_width, line_of_text, scale_to
from matcher_ui.theme import Look
from matcher_ui.widgets.paint import CENTER, hairline, width_of

_MIDDLE_HALF = Fill("place", "rising")
_ROW, _BOX, _GAP, _AXIS, _DOT = 40, 14, 20, 28, 4
_LONGEST_LABEL = 0.3


@dataclass(frozen=True, slots=True)
class DaysRow:
    """What took so long, how many there were, and the days: shortest, middle, longest.

    ``half``: between how many days the middle half of them lies, None where there are too few to say.
    """

    label: str
    count: int
    shortest: int
    middle: float
    longest: int
    half: tuple[float, float] | None = None


class DayRanges(Plot):
    """``thing`` and ``things`` say what was counted: “request”, “requests”."""

    def __init__(self, rows: Sequence[DaysRow], thing: str, things: str) -> None:
        self.rows = tuple(rows)
        self._thing, self._things = thing, things
        self.scale: Scale = scale_to(max((row.longest for row in rows), default=0))

    @property
    def how_to_read(self) -> str:
        return (
            "From left to right the days: the line goes from the quickest to the slowest, its broad part holds the "
            "middle half, the stroke is the middle: half took no longer."
        )

    def height(self, width: int, look: Look) -> int:
        return len(self.rows) * look.px(_ROW) + look.px(_AXIS)

    def marks(self, rect: QRectF, look: Look) -> list[Mark]:
        found = []
        for place, row in enumerate(self.rows):
            touch = QRectF(rect.left(), rect.top() + place * look.px(_ROW), rect.width(), look.px(_ROW))
            start, end = self._x(rect, look, row.shortest), self._x(rect, look, row.longest)
            found.append(
                Mark(QRectF(start, touch.center().y() - 1, end - start, 2), touch, self._said(row), place, 0)
            )
        return found

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        area, foot = self._area(rect, look), round(rect.top()) + len(self.rows) * look.px(_ROW)
        hairline(painter, round(area.left()), round(area.right()) + 1, foot, look.color("soft_edge"))
        for tick in self.scale.ticks:
            x = self._x(rect, look, tick)
            painter.fillRect(QRectF(round(x), foot, 1, look.px(4)), look.color("soft_edge"))
            words = f"{tick:,.0f} days" if tick == self.scale.top else f"{tick:,.0f}"
            wide = width_of(words, look, "hint") + look.px(4)
            box = QRectF(x - wide / 2, foot + look.px(6), wide, look.line("hint"))
            line_of_text(painter, box, words, look, "hint", "ink3", CENTER)
        for mark, row in zip(self.marks(rect, look), self.rows, strict=True):
            self._paint_row(painter, rect, look, mark, row)

    def _paint_row(self, painter: QPainter, rect: QRectF, look: Look, mark: Mark, row: DaysRow) -> None:
        area, middle = self._area(rect, look), mark.touch.center().y()
        label = QRectF(rect.left(), mark.touch.top(), area.left() - rect.left() - look.px(_GAP), look.px(_ROW))
        line_of_text(painter, label, row.label, look, "second", "ink")
        painter.fillRect(mark.drawn, look.color("edge"))
        painter.setPen(look.color("edge"))
        painter.setBrush(look.color("edge"))
        for x in (mark.drawn.left(), mark.drawn.right()):
            painter.drawEllipse(QPointF(x, middle), look.px(_DOT), look.px(_DOT))
        if row.half is not None:
            left, right = (self._x(rect, look, days) for days in row.half)
            box = QRectF(left, middle - look.px(_BOX) / 2, right - left, look.px(_BOX))
            painter.fillRect(box, look.color("card"))
            paint_fill(painter, box, _MIDDLE_HALF, look)
        x = self._x(rect, look, row.middle)
        painter.fillRect(QRectF(round(x) - 1, middle - look.px(11), 3, look.px(22)), look.color("ink"))
        after = QRectF(area.right() + look.px(_GAP), mark.touch.top(), rect.right() - area.right(), look.px(_ROW))
        line_of_text(painter, after, self._middle(row), look, "count", "ink")

    def _said(self, row: DaysRow) -> str:
        if row.count == 1:
            return f"{row.label}: one {self._thing}, {days_words(row.middle)}"
        half = (
            "" if row.half is None else f"; the middle half between {row.half[0]:g} and {days_words(row.half[1])}"
        )
        return (
            f"{row.label}: {row.count:,} {self._things}, between {row.shortest} and {days_words(row.longest)}, "
            f"half of them within {days_words(row.middle)}{half}"
        )

    def _middle(self, row: DaysRow) -> str:
        return days_words(row.middle) if row.count == 1 else f"half within {days_words(row.middle)}"

    def _area(self, rect: QRectF, look: Look) -> QRectF:
        """Where the lines stand: between the labels and the middles in words."""
        labels = label_width([row.label for row in self.rows], look, "second", rect.width() * _LONGEST_LABEL)
        words = label_width([self._middle(row) for row in self.rows], look, "count", rect.width())
        left = round(rect.left()) + labels + look.px(_GAP)
        right = rect.right() - max(words, look.px(24)) - look.px(_GAP)
        return QRectF(left, rect.top(), max(right - left, 1), rect.height())

    def _x(self, rect: QRectF, look: Look, days: float) -> float:
        area = self._area(rect, look)
        return area.left() + self.scale.share(days) * area.width()


def days_words(days: float) -> str:
    """“12 days”, “1 day”, “the same day”."""
    if days == 0:
        return "the same day"
    return "1 day" if days == 1 else f"{days:,g} days"
