"""The list of who could fit: each row a person with place, years, a line of their own words, bar and total."""

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from matcher.matching import Candidate
from matcher_ui.models.candidates import (
    CANDIDATE_ROLE,
    LISTED_ROLE,
    TO_ASK_ROLE,
    WISH_ROLE,
    CandidateModel,
    bar_parts,
    facts_words,
    short_facts,
)
from matcher_ui.pages.request.match.even_list import EvenDelegate, EvenList
from matcher_ui.theme import Theme
from matcher_ui.widgets.buttons import paint_round_button
from matcher_ui.widgets.chip import ChipKind, chip_size, paint_chip
from matcher_ui.widgets.paint import RIGHT, hairline, text, width_of
from matcher_ui.widgets.rows import Index, RowState
from matcher_ui.widgets.score_bar import paint_score_bar

Chip = tuple[ChipKind, str]

ADD = "add"
BARS = ((440, 56), (640, 96), (100_000, 136))
"""In a row narrower than this the bar is so wide."""
_EDGE, _TEXT, _TOTAL, _GAP, _BAR = 16, 64, 36, 16, 8
_LEAST_CHIP, _LEAST_QUOTE = 72, 96


class CandidateDelegate(EvenDelegate):
    """Paints one candidate."""

    def hit_areas(self, rect: QRect, index: Index) -> dict[str, QRect]:
        side = self.theme.px(40)
        return {ADD: QRect(self.theme.px(_EDGE), rect.y() + (rect.height() - side) // 2, side, side)}

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        theme, px = self.theme, self.theme.px
        candidate: Candidate = index.data(CANDIDATE_ROLE)
        listed = bool(index.data(LISTED_ROLE))
        paint_round_button(painter, self.hit_areas(rect, index)[ADD], theme, listed)
        right = rect.right() + 1 - self.margin
        total = QRect(right - px(_TOTAL), rect.y(), px(_TOTAL), rect.height())
        text(painter, total, f"{round(candidate.score)}", theme, "number", "ink", RIGHT)
        width = px(next(bar for below, bar in BARS if rect.width() < px(below)))
        bar = QRect(total.left() - px(4) - width, rect.center().y() - px(_BAR) // 2 + 1, width, px(_BAR))
        paint_score_bar(painter, bar, bar_parts(candidate.parts), theme)
        room = QRect(px(_TEXT), rect.y() + px(8), bar.left() - px(_GAP) - px(_TEXT), theme.line("name"))
        chips = _chips(candidate, index)
        facts = self._facts_beside(candidate, room, chips)
        self._paint_first_line(painter, room, candidate.member.name, facts, chips)
        room.translate(0, theme.line("name"))
        self._paint_second_line(painter, room, candidate, "" if facts else short_facts(candidate.member))
        if not state.selected:
            hairline(painter, px(_TEXT), right, rect.bottom(), theme.color("line"))

    def _facts_beside(self, candidate: Candidate, room: QRect, chips: list[Chip]) -> str:
        """Place and years as there is room for them beside the name; empty when they must go below it."""
        theme, px = self.theme, self.theme.px
        sizes = [chip_size(theme, kind, words, in_row=True).width() for kind, words in chips]
        left = room.width() - width_of(candidate.member.name, theme, "name") - px(14)
        whole, short = facts_words(candidate.member), short_facts(candidate.member)
        if width_of(whole, theme, "second") + sum(size + px(6) for size in sizes) <= left:
            return whole
        least = sum(min(size, px(_LEAST_CHIP)) + px(6) for size in sizes)
        return short if width_of(short, theme, "second") + least <= left else ""

    def _paint_first_line(self, painter: QPainter, room: QRect, name: str, facts: str, chips: list[Chip]) -> None:
        theme, px = self.theme, self.theme.px
        left = room.left() + text(painter, room, name, theme, "name") + px(10)
        if facts:
            beside = QRect(left, room.y(), room.right() + 1 - left, room.height())
            left += text(painter, beside, facts, theme, "second", "ink2") + px(10)
        for kind, words in chips:
            size = chip_size(theme, kind, words, in_row=True)
            width = min(size.width(), room.right() + 1 - left)
            if width < min(size.width(), px(_LEAST_CHIP)):
                break
            top = room.y() + (room.height() - size.height()) // 2
            paint_chip(painter, QRect(left, top, width, size.height()), theme, kind, words)
            left += width + px(6)

    def _paint_second_line(self, painter: QPainter, room: QRect, candidate: Candidate, facts: str) -> None:
        theme, px = self.theme, self.theme.px
        if facts:
            used = text(painter, room, facts, theme, "second", "ink2") + px(10)
            room = room.adjusted(used, 0, 0, 0)
            if room.width() < px(_LEAST_QUOTE):
                return
        if candidate.quote:
            metrics = theme.metrics("quote")
            left = room.width() - metrics.horizontalAdvance("”")
            shown = metrics.elidedText(f"“{candidate.quote}", Qt.TextElideMode.ElideRight, left)
            text(painter, room, f"{shown}”", theme, "quote", "ink2")
        else:
            reasons = (candidate.reasons.get("experience"), candidate.reasons.get("interests"))
            words = next((reason for reason in reasons if reason), "")
            text(painter, room, words, theme, "second", "ink3")


def _chips(candidate: Candidate, index: Index) -> list[Chip]:
    chips: list[Chip] = []
    if index.data(LISTED_ROLE) == "reserve":
        chips.append(("neutral", "Reserve"))
    if wish := index.data(WISH_ROLE):
        chips.append(("neutral", wish))
    if candidate.ask_first:
        chips.append(("ask_first", "Ask first"))
    if to_ask := index.data(TO_ASK_ROLE):
        chips.append(("care", to_ask))
    return chips


class CandidateList(EvenList):
    """``wanted`` is the member whose round button was pressed; ``shown`` the one to explain."""

    wanted = Signal(int)
    shown = Signal(int)

    def __init__(self, theme: Theme, model: CandidateModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, CandidateDelegate(theme), "Who could fit, best fit first", parent)
        self._model = model
        self.setModel(model)
        self.hit.connect(lambda index, _name: self.wanted.emit(_id(index)))
        self.selectionModel().currentChanged.connect(self._current_changed)

    def choose(self, member_id: int | None) -> int | None:
        """Select a member, or the first when they are not here, without announcing it; return who it is."""
        row = self._model.row_of(member_id) if member_id is not None else None
        if row is None:
            row = 0 if self._model.rowCount() else None
        if row is None:
            return None
        blocked = self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self._model.index(row))
        self.selectionModel().blockSignals(blocked)
        self.viewport().update()
        return _id(self._model.index(row))

    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.shown.emit(_id(current))


def _id(index: QModelIndex) -> int:
    candidate: Candidate = index.data(CANDIDATE_ROLE)
    return candidate.member.id
