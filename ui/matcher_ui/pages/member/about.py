"""About a member: facts, what to respect, their own words; permissions and their history."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from matcher.directory import MemberPage
from matcher_ui.models.member_words import (
    FACTS,
    Dated,
    came_of,
    first_name,
    history_lines,
    matrix_rows,
    part_day,
    respected,
    rest_words,
)
from matcher_ui.pages.member.facts import FactEditor, FactRow
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.chip import Chip
from matcher_ui.widgets.dated_list import DatedList
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.marked_text import MarkedText
from matcher_ui.widgets.paint import FOCUS_WIDTH
from matcher_ui.widgets.permission_matrix import PermissionMatrix
from matcher_ui.widgets.what_is_this import Explained
from matcher_ui.workspace import Place, Workspace

SHORT_HISTORY, SHORT_PARTS = 4, 3
LEFT, STACKED, MOST = 336, 620, 1180
UNBOUNDED = 16_777_215
RESPECT = ("conditions", "avoid_text", "conditions_text")
OWN_WORDS = ("experience_text", "interests_text")


class Correctable(Part):
    """A titled part of the page that a pencil turns into its fields."""

    def __init__(
        self, workspace: Workspace, title: str, fields: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace, self.fields = workspace, fields
        self._member_id = 0
        self._values: Mapping[str, Any] = {}
        self.editor: FactEditor | None = None
        self._column, head = QVBoxLayout(self), QHBoxLayout()
        self.pencil = IconButton(self.theme, "pencil", f"Correct: {title}", color="ink3")
        head.addWidget(Label(self.theme, title, "label", "ink2"))
        head.addStretch(1)
        head.addWidget(self.pencil)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self.body = QWidget()
        self._column.addWidget(self.body)
        self.pencil.clicked.connect(self.edit)

    def show_values(self, member_id: int, values: Mapping[str, Any]) -> None:
        if member_id != self._member_id:
            self.close_editor()
        self._member_id, self._values = member_id, values

    def edit(self) -> None:
        """Open the fields in place of what is shown."""
        if self.editor is None and self._member_id:
            self.editor = FactEditor(self.workspace, self._member_id, self.fields, self._values)
            self.editor.saved.connect(self.close_editor)
            self.editor.left.connect(self.close_editor)
            self._column.addWidget(self.editor)
            self.body.hide()
            self.editor.start()

    def close_editor(self) -> None:
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
            self.body.show()
            self.pencil.setFocus(Qt.FocusReason.OtherFocusReason)

    def retheme(self) -> None:
        self.pencil.setFixedSize(self.theme.px(24), self.theme.px(20))
        self._column.setSpacing(self.theme.px(Space.XS))
        super().retheme()


class Respect(Correctable):
    """Please respect: chips, and the sentence they came from."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, "Please respect", RESPECT, parent)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        self._holder = QWidget()
        self._chips = FlowLayout(self._holder)
        self._words = Label(self.theme, "", "second", "ink2", wrap=True)
        column.addWidget(self._holder)
        column.addWidget(self._words)
        self.retheme()

    def show_values(self, member_id: int, values: Mapping[str, Any]) -> None:
        super().show_values(member_id, values)
        while (item := self._chips.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for words in (chips := respected(values)):
            chip = Chip(self.theme, "neutral", words)
            chip.setToolTip(words)
            self._chips.addWidget(chip)
        self._holder.setVisible(bool(chips))
        said = values["conditions_text"] or ""
        self._words.setText(f"“{said}”" if said else "" if chips else "Nothing asked for")
        self._words.setVisible(bool(self._words.text()))

    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "_chips"):
            self._chips.setSpacing(self.theme.px(Space.S))


class OwnWords(Correctable):
    """Their own words, upright on their own page, in a card."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, "In their own words", OWN_WORDS, parent)
        self._outer = outer = QVBoxLayout(self.body)
        outer.setContentsMargins(0, 0, 0, 0)
        card = CardFrame(self.theme)
        self._card = QVBoxLayout(card)
        self._experience = MarkedText(self.theme, "Their experience", role="running")
        self._about = Label(self.theme, "What they’d like to speak about", "label", "ink2")
        self._interests = MarkedText(self.theme, "What they’d like to speak about", role="running")
        for part in (self._experience, self._about, self._interests):
            self._card.addWidget(part)
        outer.addWidget(card)
        self._stays = QHBoxLayout()
        self._stays.addWidget(IconView(self.theme, "shield", "ink3", 16))
        self._promise = Label(self.theme, "", "hint", "ink2", wrap=True)
        self._stays.addWidget(self._promise, 1)
        outer.addLayout(self._stays)
        self.retheme()

    def show_page(self, page: MemberPage, values: Mapping[str, Any]) -> None:
        self.show_values(page.id, values)
        experience, interests = values["experience_text"] or "", values["interests_text"] or ""
        shown = experience or ("" if interests else "Nothing written yet.")
        self._experience.show_text(shown)
        self._experience.setVisible(bool(shown))
        self._interests.show_text(interests)
        for part in (self._about, self._interests):
            part.setVisible(bool(interests))
        self._promise.setText(f"Stays here unless {first_name(page)} agrees to these words.")

    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "_stays"):
            px = self.theme.px
            self._card.setContentsMargins(px(Space.M), px(Space.S), px(Space.M), px(Space.S))
            self._card.setSpacing(px(Space.XS))
            for layout in (self._outer, self._stays):
                layout.setSpacing(px(Space.S))
            self._stays.setContentsMargins(0, px(Space.XS), 0, 0)


class AboutTab(Part):
    """Two columns, one under the other where there is little room. ``picked`` as in the matrix."""

    picked = Signal(object, object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        theme = self.theme
        self._page: MemberPage | None = None
        self._all_history = False
        self.facts = [FactRow(workspace, fact) for fact in FACTS]
        self.respect, self.own_words = Respect(workspace), OwnWords(workspace)
        self.parts = DatedList(theme, "Taking part", leads=True, short=True)
        self._parts_title = Label(theme, "Taking part", "label", "ink2")
        self._rested, self.rest = IconView(theme, "check", "good", 16), Label(theme, "", "second", "good")
        self.matrix, self.history = PermissionMatrix(theme), DatedList(theme, "History of permissions")
        self.every = Button(theme, "", "link")
        self._no_history = Label(theme, "Nothing recorded yet.", "second", "ink3")
        self._lay_out()
        self.matrix.picked.connect(self.picked)
        self.every.clicked.connect(self._toggle_history)
        self.parts.opened.connect(self._open_part)
        self.retheme()

    def show_page(self, page: MemberPage, values: Mapping[str, Any]) -> None:
        """Show a member."""
        if self._page is None or self._page.id != page.id:
            self._all_history = False
        self._page = page
        for row in self.facts:
            row.show_values(page.id, values)
        self.respect.show_values(page.id, values)
        self.own_words.show_page(page, values)
        self.parts.show_lines([Dated(part_day(p), p.title, came_of(p)) for p in page.participation[:SHORT_PARTS]])
        for part in (self._parts_title, self.parts):
            part.setVisible(bool(page.participation))
        self._show_rest(rest_words(page) if page.participation else "", resting=page.resting_until is not None)
        self.matrix.set_rows(*matrix_rows(page))
        self._show_history()

    def retheme(self) -> None:
        px = self.theme.px
        self._sides.setContentsMargins(0, px(Space.M), 0, px(Space.L))
        self._left.setSpacing(px(Space.L))
        self._right.setSpacing(px(Space.S))
        self._facts.setSpacing(0)
        self._card.setContentsMargins(FOCUS_WIDTH, px(Space.XS), FOCUS_WIDTH, px(Space.XS))
        self.setMaximumWidth(px(MOST))
        self._arrange()
        super().retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Side by side where both have room."""
        px, wide = self.theme.px, self.width()
        stacked = wide < px(STACKED)
        way = QBoxLayout.Direction
        self._sides.setDirection(way.TopToBottom if stacked else way.LeftToRight)
        self._sides.setSpacing(px(Space.PAGE if stacked else Space.XXL))
        if stacked:
            self._left_side.setMinimumWidth(0)
            self._left_side.setMaximumWidth(UNBOUNDED)
        else:
            self._left_side.setFixedWidth(min(px(LEFT), max(px(252), wide * 2 // 5 - px(20))))

    def _show_rest(self, words: str, *, resting: bool) -> None:
        ink = "ink2" if resting else "good"
        self._rested.set_icon("clock" if resting else "check", ink)
        self.rest.set_look(color=ink)
        self.rest.setText(words)
        for part in (self._rested, self.rest):
            part.setVisible(bool(words))

    def _show_history(self) -> None:
        if self._page is None:
            return
        lines = history_lines(self._page.permissions)
        self.history.show_lines(lines if self._all_history else lines[:SHORT_HISTORY])
        self.every.setText("Show fewer" if self._all_history else f"Show all {len(lines)}")
        self.every.setVisible(len(lines) > SHORT_HISTORY)
        self.every.updateGeometry()
        self._no_history.setVisible(not lines)

    def _toggle_history(self) -> None:
        self._all_history = not self._all_history
        self._show_history()

    def _open_part(self, place: int) -> None:
        if self._page is not None:
            self.workspace.go(Place("request", self._page.participation[place].request_id))

    def _lay_out(self) -> None:
        self._left_side, right_side = QWidget(), QWidget()
        self._left, self._right, self._facts = QVBoxLayout(self._left_side), QVBoxLayout(right_side), QVBoxLayout()
        for layout in (self._left, self._right):
            layout.setContentsMargins(0, 0, 0, 0)
        for row in self.facts:
            self._facts.addWidget(row)
        self._left.addLayout(self._facts)
        for part in (self.respect, self.own_words):
            self._left.addWidget(part)
        self._left.addWidget(self._parts_title)
        self._left.addWidget(self.parts)
        rest = QHBoxLayout()
        rest.addWidget(self._rested)
        rest.addWidget(self.rest, 1)
        self._left.addLayout(rest)
        self._left.addStretch(1)
        card = CardFrame(self.theme)
        self._card = QVBoxLayout(card)
        self._card.addWidget(self.matrix)
        note = ElidedLabel(self.theme, "One mark a row. Every change is kept.", "hint", "ink2")
        title = Explained(self.theme, Label(self.theme, "Permissions", "section"), "permission")
        self._right.addLayout(_head(title, note))
        self._right.addWidget(card)
        self._right.addLayout(_head(Label(self.theme, "History", "section"), self.every))
        self._right.addWidget(self.history)
        self._right.addWidget(self._no_history)
        self._right.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.addWidget(self._left_side)
        self._sides.addWidget(right_side, 1)


def _head(title: QWidget, end: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(title)
    row.addStretch(1)
    row.addWidget(end)
    return row
