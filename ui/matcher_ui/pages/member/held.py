"""What was shared of a member, and everything held: every field, where it came from, every change."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher.directory import FIELDS, FieldChanged, MemberPage
from matcher_ui.models.compare import in_words
from matcher_ui.models.member_words import (
    Dated,
    Given,
    change_line,
    shown_changes,
    single,
    why_not_undone,
)
from matcher_ui.pages.member.facts import FactRow
from matcher_ui.pages.member.merges import MergedList
from matcher_ui.theme import Space
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.dated_list import DatedList
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Place, Workspace

MOST_CHANGES = 40
_WIDTH = 760


class GivenTab(Part):
    """What of a member was shared with whom, newest first; a line opens its request."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        self._given: tuple[Given, ...] = ()
        self.list = DatedList(self.theme, "Details shared", leads=True)
        self._none = Label(self.theme, "Nothing was shared with anybody.", "second", "ink2")
        self._column = QVBoxLayout(self)
        for part in (self._none, self.list):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.list.opened.connect(self._open)
        self.retheme()

    def show_given(self, given: tuple[Given, ...]) -> None:
        self._given = given
        self.list.show_lines([Dated(line.day, line.fields, line.recipient) for line in given])
        self._none.setVisible(not given)

    def retheme(self) -> None:
        self._column.setContentsMargins(0, self.theme.px(Space.L), 0, self.theme.px(Space.L))
        super().retheme()

    def _open(self, place: int) -> None:
        self.workspace.go(Place("request", self._given[place].request_id, "introduce"))


class HeldTab(Part):
    """Every field as a line that can be corrected, the files it came from, and every change.

    ``handing_over`` asks for all of it, to be looked through and handed to them.
    """

    handing_over = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        theme = self.theme
        fields = [name for name in FIELDS if name != "last_answer_at"]
        self.rows = {name: FactRow(workspace, single(name), label_width=180) for name in fields}
        self._last = Label(theme, "", "second", "ink2")
        self.workspace = workspace
        self._changed: list[FieldChanged] = []
        self._picked: FieldChanged | None = None
        self.sources, self.changes = DatedList(theme, "Where it came from"), DatedList(theme, "Changes", leads=True)
        self._sources_title = Label(theme, "Where it came from", "section")
        self._changes_title = Label(theme, "Changes", "section")
        self.merges = MergedList(workspace)
        self.undoing = Banner(theme, "quiet", "")
        self.undo = self.undoing.add_action("undo", "Undo")
        self.undoing.add_action("leave", "Leave it", "quiet")
        self._column = QVBoxLayout(self)
        self.hand_over = Button(theme, "Look it all through, to hand over…", icon="file")
        self.hand_over.clicked.connect(self.handing_over)
        self._column.addWidget(self.hand_over, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addSpacing(theme.px(Space.M))
        self._column.addWidget(Label(theme, "Every field", "section"))
        for row in self.rows.values():
            self._column.addWidget(row)
        for part in (
            self._last, self.merges, self._sources_title, self.sources, self._changes_title, self.undoing,
            self.changes,
        ):  # fmt: skip
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.undoing.hide()
        self.changes.opened.connect(self._pick)
        self.undoing.acted.connect(self._answer)
        self.retheme()

    def show_page(self, page: MemberPage, values: Mapping[str, Any]) -> None:
        self.undoing.hide()
        for row in self.rows.values():
            row.show_values(page.id, values)
        heard = in_words(values["last_answer_at"])
        self._last.setText(f"Last answer of their own: {heard}" if heard else "")
        self._last.setVisible(bool(heard))
        self.merges.show_member(page.id, page.merged)
        sources = [
            Dated(in_words(s.answered_at.date()) if s.answered_at else "no date", s.file, f"{s.sheet}, row {s.row}")
            for s in page.sources
        ]
        self._changed = shown_changes(page.changes)[:MOST_CHANGES]
        changes = [change_line(change) for change in self._changed]
        for part, title, lines in (
            (self.sources, self._sources_title, sources), (self.changes, self._changes_title, changes)
        ):  # fmt: skip
            part.show_lines(lines)
            title.setVisible(bool(lines))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.L), 0, px(Space.L))
        self._column.setSpacing(0)
        self.setMaximumWidth(px(_WIDTH))
        for title in (self._sources_title, self._changes_title):
            title.setContentsMargins(0, px(Space.PAGE), 0, px(Space.XS))
            title.setMinimumHeight(px(28) + self.theme.line("section"))
        super().retheme()

    def _pick(self, place: int) -> None:
        """A change was pressed: offer to undo the step it came in, or say why that is not done here."""
        self._picked = change = self._changed[place]
        together = [one for one in self._changed if one.batch == change.batch]
        many = "this change" if len(together) == 1 else f"the {len(together)} changes that belong together"
        why = why_not_undone(change)
        self.undoing.set_message("quiet", why or f"{change_line(change).what}. Undo {many}?")
        self.undo.setVisible(not why)
        self.undoing.show()

    def _answer(self, key: str) -> None:
        self.undoing.hide()
        if key == "undo" and self._picked is not None:
            self.workspace.undo(self._picked.batch)
