"""Rows to decide: the row and who it may be side by side, with three answers."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher.directory import Decided
from matcher_ui.models.import_preview import Doubt
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.widgets.side_by_side import SideBySide
from matcher_ui.workspace import Workspace

AT_ONCE = 20
LEAVE, SAME, NEW = "leave", "same", "new"


class DoubtCard(Part):
    """One row in doubt. ``answered`` carries the row and leave, same or new."""

    answered = Signal(int, str)

    def __init__(self, theme: Theme, doubt: Doubt, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.doubt = doubt
        title = Label(theme, f"Row {doubt.row}: {doubt.name}", "name", wrap=True)
        ended = doubt.reason if doubt.reason.endswith("?") else f"{doubt.reason}."
        why = Label(theme, ended, "second", "ink2", wrap=True)
        sides = SideBySide(theme)
        sides.show_records(f"Row {doubt.row}", doubt.other, doubt.facts)
        answers = [(LEAVE, "Leave out"), (SAME, "The same person"), (NEW, "Somebody else")]
        if not doubt.other:
            answers = [(LEAVE, "Leave out"), (NEW, "Let back in")]
        self.choice = Segmented(theme, f"Row {doubt.row} is", answers)
        self.choice.chosen.connect(lambda key: self.answered.emit(doubt.row, key))
        self._column = QVBoxLayout(self)
        for part in (title, why, sides, self.choice):
            self._column.addWidget(part)
        self.retheme()

    def retheme(self) -> None:
        self._column.setContentsMargins(0, 0, 0, self.theme.px(Space.L))
        self._column.setSpacing(self.theme.px(Space.S))
        super().retheme()


class DecideTab(Part):
    """All rows in doubt, a few at a time; what was answered stays shown and can be changed."""

    answered = Signal(int, str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        theme = workspace.theme
        super().__init__(theme, parent)
        self._workspace = workspace
        self._doubts: tuple[Doubt, ...] = ()
        self._decisions: Mapping[int, Decided] = {}
        self.cards: dict[int, DoubtCard] = {}
        self._shown = AT_ONCE
        self._scroll = ScrollColumn(theme)
        self._scroll.set_margins(0, Space.M, 0, Space.M)
        self._more = Button(theme, f"Show {AT_ONCE} more", "link")
        self._more.clicked.connect(self._show_more)
        self._scroll.column.addWidget(self._more)
        self._scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def show_doubts(self, doubts: Sequence[Doubt], decisions: Mapping[int, Decided]) -> None:
        """Show these rows; cards of rows that stay are kept, others are made in turns of their own."""
        self._doubts, self._decisions = tuple(doubts), decisions
        wanted = {doubt.row: doubt for doubt in self._doubts[: self._shown]}
        for row in [row for row, card in self.cards.items() if wanted.get(row) != card.doubt]:
            card = self.cards.pop(row)
            card.hide()
            card.deleteLater()
        for row, card in self.cards.items():
            card.choice.set_current(_answer(row, decisions))
        self._more.setVisible(len(self._doubts) > self._shown)
        self._workspace.jobs.in_turn(self, self._make_next)

    def _make_next(self) -> None:
        doubts = self._doubts[: self._shown]
        place = next((place for place, doubt in enumerate(doubts) if doubt.row not in self.cards), None)
        if place is not None:
            doubt = doubts[place]
            card = self.cards[doubt.row] = DoubtCard(self.theme, doubt)
            card.answered.connect(self.answered)
            card.choice.set_current(_answer(doubt.row, self._decisions))
            self._scroll.column.insertWidget(place, card)
            self._workspace.jobs.in_turn(self, self._make_next)

    def _show_more(self) -> None:
        self._shown += AT_ONCE
        self.show_doubts(self._doubts, self._decisions)


def _answer(row: int, decisions: Mapping[int, Decided]) -> str:
    if row not in decisions:
        return LEAVE
    return NEW if decisions[row] is None else SAME
