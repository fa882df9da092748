"""Shares of several wholes beside each other, line by line: of the members, of those asked, of the workforce."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from matcher_ui.charts.fills import Fill, paint_fill
from matcher_ui.charts.plot import (
    Mark,
    Plot,
    label_width,
    line_of_text,
    of_a_hundred,
    paint_wrapped,
    percent,
    wrapped_height,
)
from matcher_ui.theme import Look
from matcher_ui.widgets.paint import hairline, width_of

FILLS = (Fill("ink3"), Fill("place"), Fill("experience", "rising"), Fill("edge", "outline"))
"""How each whole is filled, in their order."""
NO_FIGURE = "no figure"
_ROW, _LABEL_ROW, _BAR, _HEAD, _GAP, _LEAST = 28, 20, 12, 40, 20, 48
_LONGEST_LABEL = 0.3


@dataclass(frozen=True, slots=True)
class Whole:
    """What shares are taken of: “Asked”, and how much that is together: “412 asks”."""

    name: str
    together: str


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole, 0 to 1, and how many that is; both None where there is no figure.

    Where so few stand behind a share that it would say less than the count, it is the share that is None.
    """

    share: float | None
    count: int | None


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A group of people and its share of each whole, in their order."""

    label: str
    shares: tuple[Share, ...]


class ShareBars(Plot):
    """A column of bars for each whole, all on one scale; a thin line shows the share of the first in the others."""

    def __init__(self, wholes: Sequence[Whole], rows: Sequence[ShareRow], line_is: str) -> None:
        """``line_is`` says what the thin line stands for: “share of members”."""
        self.wholes, self.rows = tuple(wholes), tuple(rows)
        self._line_is = line_is
        self.most = max((one.share or 0 for row in rows for one in row.shares), default=0) or 1.0

    @property
    def how_to_read(self) -> str:
        names = ", ".join(whole.name.lower() for whole in self.wholes)
        return f"A line for each group; from left to right: {names}. The thin line marks the {self._line_is}."

    def height(self, width: int, look: Look) -> int:
        return self._head(look) + len(self.rows) * self._row(width, look) + look.px(10) + self._foot(width, look)

    def marks(self, rect: QRectF, look: Look) -> list[Mark]:
        return [
            Mark(self._bar(rect, look, place, column, one.share or 0), self._cell(rect, look, place, column),
                 self._said(row, column), place, column)
            for place, row in enumerate(self.rows) for column, one in enumerate(row.shares)
        ]  # fmt: skip

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        self._paint_head(painter, rect, look)
        for place, row in enumerate(self.rows):
            line_of_text(painter, self._label_box(rect, look, place), row.label, look, "second", "ink")
            for column in range(len(self.wholes)):
                self._paint_share(painter, rect, look, place, column)
        height = self._foot(round(rect.width()), look)
        foot = QRectF(rect.left(), rect.bottom() - height, rect.width(), height).toRect()
        paint_wrapped(painter, foot, self._foot_words(), look, "hint", "ink3")

    def _paint_head(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        side, line = look.px(11), look.line("label")
        for column, whole in enumerate(self.wholes):
            left, width = self._column(rect, look, column)
            patch = QRectF(left, rect.top() + (line - side) // 2, side, side)
            paint_fill(painter, patch, FILLS[column], look)
            after = left + side + look.px(6)
            room = QRectF(after, rect.top(), left + width - after, line)
            line_of_text(painter, room, whole.name, look, "label", "ink")
            below = QRectF(left, rect.top() + line, width, look.line("hint"))
            line_of_text(painter, below, whole.together, look, "hint", "ink3")
        y = round(rect.top()) + self._head(look) - look.px(4)
        hairline(painter, round(rect.left()), round(rect.right()), y, look.color("line"))

    def _paint_share(self, painter: QPainter, rect: QRectF, look: Look, place: int, column: int) -> None:
        one, first = self.rows[place].shares[column], self.rows[place].shares[0]
        bar = self._bar(rect, look, place, column, one.share or 0)
        if one.share:
            paint_fill(painter, bar, FILLS[column], look)
        painter.fillRect(QRectF(bar.left(), bar.top() - 2, 1, bar.height() + 4), look.color("soft_edge"))
        end = bar.right()
        if column and one.share is not None and first.share is not None:
            x = self._bar(rect, look, place, column, first.share).right()
            reach = look.px(4)
            painter.fillRect(
                QRectF(round(x) - 1, bar.top() - reach, 2, bar.height() + 2 * reach), look.color("ink")
            )
            end = max(end, x)
        words = _shown(one)
        left, width = self._column(rect, look, column)
        after = QRectF(end + look.px(6), bar.top() - look.px(6), left + width - end, bar.height() + look.px(12))
        line_of_text(painter, after, words, look, "count", "ink3" if words == NO_FIGURE else "ink")

    def _foot(self, width: int, look: Look) -> int:
        return wrapped_height(self._foot_words(), width, look, "hint")

    def _foot_words(self) -> str:
        few = any(one.share is None and one.count for row in self.rows for one in row.shares)
        counts = " A number without % is people: too few for a share, or not in the comparison." if few else ""
        return f"The thin line marks the {self._line_is}.{counts}"

    def _said(self, row: ShareRow, column: int) -> str:
        whole, one = self.wholes[column], row.shares[column]
        if one.share is None:
            return f"{row.label}, {whole.name.lower()}: {_shown(one)}"
        count = "" if one.count is None else f" ({one.count:,} of {whole.together})"
        return f"{row.label}, {whole.name.lower()}: {of_a_hundred(one.share)}{count}"

    def _labels(self, rect: QRectF, look: Look) -> int:
        """The room the labels take before the bars; 0 when they stand on lines of their own."""
        wanted = label_width([row.label for row in self.rows], look, "second", rect.width() * _LONGEST_LABEL)
        beside = wanted + look.px(_GAP)
        each = (rect.width() - beside) / max(len(self.wholes), 1) - look.px(_GAP)
        return beside if each >= look.px(_LEAST) + self._words(look) else 0

    def _words(self, look: Look) -> int:
        """The room a share takes behind its bar."""
        return width_of(percent(1), look, "count") + look.px(6)

    def _head(self, look: Look) -> int:
        return look.px(_HEAD)

    def _row(self, width: int, look: Look) -> int:
        above = 0 if self._labels(QRectF(0, 0, width, 0), look) else look.px(_LABEL_ROW)
        return above + look.px(_ROW)

    def _column(self, rect: QRectF, look: Look, column: int) -> tuple[float, float]:
        """Where a column of bars begins, and its width without the gap after it."""
        left = self._labels(rect, look)
        each = (rect.width() - left) / max(len(self.wholes), 1)
        return round(rect.left() + left + column * each), each - look.px(_GAP)

    def _top(self, rect: QRectF, look: Look, place: int) -> float:
        return rect.top() + self._head(look) + place * self._row(round(rect.width()), look)

    def _label_box(self, rect: QRectF, look: Look, place: int) -> QRectF:
        beside, top = self._labels(rect, look), self._top(rect, look, place)
        if beside:
            return QRectF(rect.left(), top, beside - look.px(_GAP), look.px(_ROW))
        return QRectF(rect.left(), top + look.px(4), rect.width(), look.px(_LABEL_ROW))

    def _cell(self, rect: QRectF, look: Look, place: int, column: int) -> QRectF:
        """Where the pointer meets a share; that of the first whole also by its label."""
        left, width = self._column(rect, look, column)
        start = left - look.px(6) if column else rect.left()
        height = self._row(round(rect.width()), look)
        return QRectF(start, self._top(rect, look, place), left + width + look.px(6) - start, height)

    def _bar(self, rect: QRectF, look: Look, place: int, column: int, share: float) -> QRectF:
        left, width = self._column(rect, look, column)
        room = max(width - self._words(look), look.px(16))
        below = self._row(round(rect.width()), look) - look.px(_ROW)
        top = self._top(rect, look, place) + below + (look.px(_ROW) - look.px(_BAR)) // 2
        return QRectF(left, top, share / self.most * room, look.px(_BAR))


def _shown(one: Share) -> str:
    if one.share is not None:
        return percent(one.share)
    return NO_FIGURE if one.count is None else f"{one.count:,}"
