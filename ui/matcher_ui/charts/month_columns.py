"""Counts month by month, stacked by where they come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from matcher_ui.charts.fills import Fill, paint_fill
from matcher_ui.charts.plot import Mark, Plot, Scale, key_height, line_of_text, paint_key, scale_to
from matcher_ui.theme import Look
from matcher_ui.widgets.paint import CENTER, RIGHT, hairline, width_of

FILLS = (
    Fill("place"), Fill("experience", "rising"), Fill("interests"), Fill("turn", "falling"),
    Fill("edge", "outline"),
)  # fmt: skip
MOST_SOURCES = len(FILLS)
_PLOT, _WIDEST, _AXIS = 176, 40, 40


@dataclass(frozen=True, slots=True)
class Month:
    """A month and how many came from each source, in their order."""

    first: date
    counts: tuple[int, ...]


class MonthColumns(Plot):
    """``sources`` are the names of what is stacked, from the bottom up; ``came`` is what happened: “joined”."""

    def __init__(self, sources: Sequence[str], months: Sequence[Month], came: str) -> None:
        self.sources, self.months = tuple(sources), tuple(months)
        self._came = came
        self.scale: Scale = scale_to(max((sum(month.counts) for month in months), default=0), steps=3)

    @property
    def how_to_read(self) -> str:
        return f"A column for each month; from the bottom up: {', '.join(self.sources)}."

    def height(self, width: int, look: Look) -> int:
        return self._top(width, look) + look.px(_PLOT) + look.px(_AXIS)

    def marks(self, rect: QRectF, look: Look) -> list[Mark]:
        found = []
        for row, _source in enumerate(self.sources):
            for column, month in enumerate(self.months):
                drawn = self._segment(rect, look, row, column)
                slot = self._slot(rect, look, column)
                touch = QRectF(slot.left(), drawn.top(), slot.width(), max(drawn.height(), 1))
                found.append(Mark(drawn, touch, self._said(row, month), len(self.sources) - 1 - row, column))
        return found

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        paint_key(painter, rect.left(), rect.top(), round(rect.width()), self._entries(), look)
        area = self._area(rect, look)
        for tick in self.scale.ticks:
            y = round(area.bottom() - self.scale.share(tick) * area.height())
            hairline(
                painter, round(area.left()), round(area.right()), y, look.color("line" if tick else "soft_edge")
            )
            line = look.line("hint")
            box = QRectF(rect.left(), y - line / 2, area.left() - rect.left() - look.px(8), line)
            line_of_text(painter, box, f"{tick:,.0f}", look, "hint", "ink3", RIGHT)
        for column in range(len(self.months)):
            for row in range(len(self.sources)):
                box = self._segment(rect, look, row, column)
                if box.height() > 0:
                    paint_fill(painter, box.adjusted(0, 1 if box.height() > 2 else 0, 0, 0), FILLS[row], look)
        self._paint_months(painter, rect, look)

    def _paint_months(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        area, line = self._area(rect, look), look.line("hint")
        each = area.width() / max(len(self.months), 1)
        every = max(round(width_of("Mmm ", look, "hint") / each + 0.49), 1)
        years: set[int] = set()
        for column, month in enumerate(self.months):
            if column % every:
                continue
            box = QRectF(area.left() + column * each - each, area.bottom() + look.px(4), 3 * each, line)
            wide = box.adjusted(-look.px(24), 0, look.px(24), 0)
            line_of_text(painter, wide, f"{month.first:%b}", look, "hint", "ink3", CENTER)
            if month.first.year not in years:
                years.add(month.first.year)
                line_of_text(painter, wide.translated(0, line), str(month.first.year), look, "hint", "ink3", CENTER)

    def _said(self, row: int, month: Month) -> str:
        return (
            f"{month.first:%B %Y}, {self.sources[row]}: {month.counts[row]:,} of {sum(month.counts):,} {self._came}"
        )

    def _entries(self) -> list[tuple[str, Fill]]:
        return list(zip(self.sources, FILLS, strict=False))

    def _top(self, width: int, look: Look) -> int:
        return key_height(self._entries(), width, look) + look.px(12)

    def _area(self, rect: QRectF, look: Look) -> QRectF:
        labels = width_of(f"{self.scale.top:,.0f}", look, "hint") + look.px(10)
        top = round(rect.top()) + self._top(round(rect.width()), look)
        return QRectF(round(rect.left()) + labels, top, rect.width() - labels, look.px(_PLOT))

    def _slot(self, rect: QRectF, look: Look, column: int) -> QRectF:
        area = self._area(rect, look)
        each = area.width() / max(len(self.months), 1)
        return QRectF(area.left() + column * each, area.top(), each, area.height())

    def _segment(self, rect: QRectF, look: Look, row: int, column: int) -> QRectF:
        slot, counts = self._slot(rect, look, column), self.months[column].counts
        width = min(slot.width() * 0.72, look.px(_WIDEST))
        below = self.scale.share(sum(counts[:row])) * slot.height()
        height = self.scale.share(counts[row]) * slot.height()
        return QRectF(slot.center().x() - width / 2, slot.bottom() - below - height, width, height)
