"""How a request stands in a list: title, who asks, stage, deadline, and how many were asked and agreed."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from matcher.clock import today
from matcher.model import CLOSED
from matcher.triage import RequestRow
from matcher_ui.brief_words import AUDIENCES, joined
from matcher_ui.dates import away
from matcher_ui.models.requests_table import deadline_words, people_words, stage_words, who_words
from matcher_ui.models.table import ROW_ROLE
from matcher_ui.theme import Theme
from matcher_ui.widgets.chip import chip_size, paint_chip
from matcher_ui.widgets.paint import RIGHT, hairline, rounded, text, width_of
from matcher_ui.widgets.rows import Index, RowDelegate, RowState

NEARLY_DAYS = 3
_SIDE, _GAP, _PEOPLE, _DAY, _WIDE = 24, 20, 152, 152, 640


class RequestDelegate(RowDelegate):
    """Paints `RequestRow`s."""

    def row_height(self) -> int:
        return self.theme.px(56)

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        row, px = index.data(ROW_ROLE), self.theme.px
        if not isinstance(row, RequestRow):
            return
        room = rect.adjusted(px(_SIDE), px(8), -px(_SIDE), -px(8))
        if rect.width() < px(_WIDE):
            room.setRight(self._paint_narrow(painter, room, row) - px(_GAP))
        else:
            room.setRight(self._paint_people(painter, room, row) - px(_GAP))
            room.setRight(self._paint_deadline(painter, room, row) - px(_GAP))
        self._paint_words(painter, room, row)
        if not (state.selected or state.hover):
            hairline(painter, room.left(), rect.right() - px(_SIDE), rect.bottom(), self.theme.color("line"))

    def _paint_words(self, painter: QPainter, room: QRect, row: RequestRow) -> None:
        theme, px = self.theme, self.theme.px
        stage = stage_words(row)
        chip = chip_size(theme, "neutral", stage, in_row=True)
        line = room.height() // 2
        title = QRect(room.left(), room.top(), max(room.width() - chip.width() - px(10), px(60)), line)
        used = text(painter, title, row.title, theme, "name", "ink3" if row.stage in CLOSED else "ink")
        where = QRect(room.left() + used + px(10), room.top(), chip.width(), chip.height())
        where.moveTop(room.top() + (line - chip.height()) // 2)
        paint_chip(painter, where, theme, "neutral", stage)
        second = QRect(room.left(), room.top() + line, room.width(), room.height() - line)
        text(painter, second, joined((who_words(row), AUDIENCES[row.audience])), theme, "second", "ink2")

    def _paint_deadline(self, painter: QPainter, room: QRect, row: RequestRow) -> int:
        """The deadline at the right end of ``room``; returns where it begins."""
        theme = self.theme
        words = deadline_words(row, today())
        width = max(theme.px(_DAY), width_of(words, theme, "count") + 1)
        where = QRect(room.right() - width, room.top(), width + 1, room.height())
        text(painter, where, words, theme, "count", deadline_ink(row), RIGHT)
        return where.left()

    def _paint_narrow(self, painter: QPainter, room: QRect, row: RequestRow) -> int:
        """Where there is little room: how far off the deadline is, over the people in words."""
        theme, line = self.theme, room.height() // 2
        near = away(row.deadline, today()) if row.deadline and row.stage not in CLOSED else ""
        words = near[:1].upper() + near[1:] or deadline_words(row, today())
        width = max(width_of(words, theme, "count"), width_of(people_words(row), theme, "legend")) + 1
        left = room.right() - width
        top = QRect(left, room.top(), width + 1, line)
        text(painter, top, words, theme, "count", deadline_ink(row), RIGHT)
        below = QRect(left, room.top() + line, width + 1, room.height() - line)
        text(painter, below, people_words(row), theme, "legend", "ink2", RIGHT)
        return left

    def _paint_people(self, painter: QPainter, room: QRect, row: RequestRow) -> int:
        theme, px = self.theme, self.theme.px
        width = px(_PEOPLE)
        left, line = room.right() - width, room.height() // 2
        bar = QRect(left, room.top() + (line - px(8)) // 2 + px(2), width, px(8))
        paint_people_bar(painter, bar, row, theme)
        where = QRect(left, room.top() + line, width + 1, room.height() - line)
        text(painter, where, people_words(row), theme, "legend", "ink2")
        return left


def deadline_ink(row: RequestRow) -> str:
    """The colour of a deadline: late, nearly due or neither."""
    if row.deadline is None or row.stage in CLOSED:
        return "ink3"
    days = (row.deadline - today()).days
    return "stop" if days < 0 else "care" if days <= NEARLY_DAYS else "ink2"


def paint_people_bar(painter: QPainter, rect: QRect, row: RequestRow, theme: Theme) -> None:
    """Agreed (full), asked (framed) and wanted (the whole) as one bar; the words stand below it."""
    whole = max(row.wanted or 0, row.asked, 1)
    radius = rect.height() / 2
    rounded(painter, rect, radius, theme.color("rest"))
    for count, fill, border in ((row.asked, "tint", "accent"), (row.agreed, "accent", None)):
        if count:
            part = QRect(rect)
            part.setWidth(max(round(rect.width() * count / whole), rect.height()))
            rounded(painter, part, radius, theme.color(fill), theme.color(border) if border else None)
