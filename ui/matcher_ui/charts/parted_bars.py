"""A bar for each line, parted by kind: answers by audience, people by whether they were paid."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from matcher_ui.charts.fills import Fill, ink_on, paint_fill
from matcher_ui.charts.plot import (
    Mark,
    Plot,
    key_height,
    label_width,
    line_of_text,
    of_a_hundred,
    paint_key,
)
from matcher_ui.theme import Look
from matcher_ui.widgets.paint import CENTER, width_of

_ROW, _BAR, _GAP = 36, 20, 16
_LONGEST_LABEL = 0.3


@dataclass(frozen=True, slots=True)
class PartedRow:
    """What a bar is about, and how many there are of each kind, in their order."""

    label: str
    counts: tuple[int, ...]


class PartedBars(Plot):
    """``kinds`` from left to right, each with its fill; ``counted`` is what all of a bar have done: “asked”.

    All bars are equally long: how many a bar stands for is written behind it.
    """

    def __init__(self, kinds: Sequence[tuple[str, Fill]], rows: Sequence[PartedRow], counted: str) -> None:
        self.kinds = tuple(kinds)
        self._counted = counted
        self.rows = tuple(row for row in rows if sum(row.counts))

    @property
    def how_to_read(self) -> str:
        return f"A bar for each line; from left to right: {', '.join(kind for kind, _fill in self.kinds)}."

    def height(self, width: int, look: Look) -> int:
        return self._top(width, look) + len(self.rows) * look.px(_ROW)

    def marks(self, rect: QRectF, look: Look) -> list[Mark]:
        return [
            Mark(self._segment(rect, look, place, column), self._touch(rect, look, place, column),
                 self._said(row, column), place, column)
            for place, row in enumerate(self.rows) for column in range(len(self.kinds))
        ]  # fmt: skip

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        paint_key(painter, rect.left(), rect.top(), round(rect.width()), self.kinds, look)
        area = self._area(rect, look)
        for place, row in enumerate(self.rows):
            top = self._row_top(rect, look, place)
            label = QRectF(rect.left(), top, area.left() - rect.left() - look.px(_GAP), look.px(_ROW))
            line_of_text(painter, label, row.label, look, "second", "ink")
            for column in range(len(self.kinds)):
                self._paint_part(
                    painter, self._segment(rect, look, place, column), row.counts[column], column, look
                )
            after = QRectF(area.right() + look.px(_GAP), top, rect.right() - area.right(), look.px(_ROW))
            line_of_text(painter, after, self._all(row), look, "count", "ink2")

    def _paint_part(self, painter: QPainter, box: QRectF, count: int, column: int, look: Look) -> None:
        if not count:
            return
        fill = self.kinds[column][1]
        paint_fill(painter, box.adjusted(0, 0, -2 if box.width() > 4 else 0, 0), fill, look)
        needed = width_of(str(count), look, "label") + look.px(8)
        if box.width() - 2 < needed:
            return
        ink = "ink"
        if fill.kind == "solid":
            ink = ink_on(fill, look)
        elif fill.kind != "outline":
            ground = QRectF(box.center().x() - needed / 2 - 1, box.top() + 3, needed, box.height() - 6)
            painter.fillRect(ground, look.color("card"))
        line_of_text(painter, box.adjusted(0, 0, -2, 0), str(count), look, "label", ink, CENTER)

    def _said(self, row: PartedRow, column: int) -> str:
        count, whole = row.counts[column], sum(row.counts)
        share = of_a_hundred(count / whole)
        return f"{row.label}, {self.kinds[column][0].lower()}: {count:,} of {whole:,} {self._counted} ({share})"

    def _top(self, width: int, look: Look) -> int:
        return key_height(self.kinds, width, look) + look.px(4)

    def _row_top(self, rect: QRectF, look: Look, place: int) -> float:
        return round(rect.top()) + self._top(round(rect.width()), look) + place * look.px(_ROW)

    def _area(self, rect: QRectF, look: Look) -> QRectF:
        labels = label_width([row.label for row in self.rows], look, "second", rect.width() * _LONGEST_LABEL)
        words = label_width([self._all(row) for row in self.rows], look, "count", rect.width())
        left = round(rect.left()) + labels + look.px(_GAP)
        return QRectF(left, rect.top(), max(rect.right() - words - look.px(_GAP) - left, 1), rect.height())

    def _segment(self, rect: QRectF, look: Look, place: int, column: int) -> QRectF:
        area, counts = self._area(rect, look), self.rows[place].counts
        whole = sum(counts)
        left = area.left() + sum(counts[:column]) / whole * area.width()
        top = self._row_top(rect, look, place) + (look.px(_ROW) - look.px(_BAR)) // 2
        return QRectF(left, top, counts[column] / whole * area.width(), look.px(_BAR))

    def _touch(self, rect: QRectF, look: Look, place: int, column: int) -> QRectF:
        drawn, top = self._segment(rect, look, place, column), self._row_top(rect, look, place)
        return QRectF(drawn.left(), top, drawn.width(), look.px(_ROW))

    def _all(self, row: PartedRow) -> str:
        return f"{sum(row.counts):,} {self._counted}"
