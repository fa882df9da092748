"""What is due to be deleted: by kind, to be looked through, ticked and deleted in one go."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from matcher.clock import today
from matcher.consent import Deleted, Kept, Overdue, delete_overdue, due_for_deletion
from matcher.errors import UserError
from matcher_ui.dates import day_words
from matcher_ui.pages.page import Page
from matcher_ui.pages.settings.retention import LABELS
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

MOST_SHOWN = 100
"""So many of a kind at once; the next ones come up as these are done."""
SINCE: Mapping[Kept, str] = {
    Kept.MEMBER: "last heard from", Kept.REQUEST_FILE: "closed", Kept.QUESTION: "answered",
    Kept.OWN_FILE: "written", Kept.RIGHTS: "answered", Kept.WALK_INS: "held",
}  # fmt: skip
HAPPENS: Mapping[Kept, str] = {
    Kept.MEMBER: "They are erased: everything on them goes, counts stay. A check-in first may bring them back.",
    Kept.REQUEST_FILE: "The original goes; what was read out of it, and who was asked, stays.",
    Kept.QUESTION: "The note and who asked go; that somebody asked stays.",
    Kept.OWN_FILE: "The file is deleted from this computer, if it is still as it was written.",
    Kept.RIGHTS: "The whole entry goes.",
    Kept.WALK_INS: "The first names go; how many came stays.",
}


class OverdueRow(Part):
    """One thing: a tick, what it is, since when; what is hers to delete cannot be ticked."""

    def __init__(self, theme: Theme, one: Overdue, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.one = one
        since = f"{SINCE[one.kind]} {day_words(one.since, today())}"
        self.tick = QCheckBox(one.what.replace("&", "&&"))
        self.tick.setAccessibleName(f"{one.what}, {since}")
        self.tick.setEnabled(not one.hers)
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row.addWidget(self.tick, 1)
        row.addWidget(Label(theme, since, "second", "ink2"))
        column.addLayout(row)
        if one.hers:
            column.addWidget(Label(theme, one.hers, "hint", "care", wrap=True))


class RetentionPage(Page):
    """Nothing is ticked at first; deleting asks once more, with what it means."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self.header = PageHeader(theme, "What is due to be deleted", back="Settings")
        self.header.set_facts(("Kept longer than you set; nothing goes by itself",))
        self.notice = Notice(theme)
        self.rows: list[OverdueRow] = []
        self._groups: list[QWidget] = []
        self.empty = EmptyPage(
            theme, "check", "Nothing is kept longer than you set", "Change how long in Settings.", "Settings",
            button_icon=None,
        )  # fmt: skip
        self.empty.setAcceptDrops(False)
        self.foot_bar = Ground(theme, "panel", line_above=True)
        self.count = Label(theme, "", "second", "ink2", wrap=True)
        self.delete = Button(theme, "Delete what is ticked…", "serious")
        self.sure = Banner(theme, "stop", "")
        self.confirm = self.sure.add_action("delete", "Delete for good", "serious")
        self.sure.add_action("leave", "Leave it", "quiet")
        self._lay_out()
        self.header.went_back.connect(lambda: workspace.go(Place("settings")))
        self.empty.pressed.connect(lambda: workspace.go(Place("settings")))
        self.delete.clicked.connect(self._ask)
        self.sure.acted.connect(self._answer)
        self.retheme()

    def refresh(self) -> None:
        self.workspace.read("retention", due_for_deletion, self.show_due)

    def show_due(self, due: tuple[Overdue, ...]) -> None:
        """Show what is due; what was ticked before stays so."""
        ticked = self.chosen()
        for group in self._groups:
            self._list.removeWidget(group)
            group.hide()
            group.deleteLater()
        self._groups, self.rows = [], []
        for kind in Kept:
            of_kind = [one for one in due if one.kind is kind]
            if of_kind:
                self._add_group(kind, of_kind, ticked)
        self.empty.setVisible(not due)
        self.foot_bar.setVisible(bool(due))
        self._mark()

    def chosen(self) -> set[tuple[Kept, int]]:
        """What is ticked."""
        return {(row.one.kind, row.one.id) for row in self.rows if row.tick.isChecked()}

    def foot(self) -> int:
        return self.foot_bar.height() if self.foot_bar.isVisible() else 0

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.L), 0, 0)
        self._column.setSpacing(px(Space.M))
        self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._scroll.set_margins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
        self._list.setSpacing(px(Space.CARD))
        self._scroll.column.setSpacing(px(Space.M))
        self._body.setMaximumWidth(px(760))
        self._foot.setContentsMargins(px(Space.PAGE), px(Space.S), px(Space.PAGE), px(Space.S))
        self._foot.setSpacing(px(Space.M))
        self.empty.setMinimumHeight(px(200))
        super().retheme()

    def _add_group(self, kind: Kept, due: list[Overdue], ticked: set[tuple[Kept, int]]) -> None:
        theme, group = self.theme, QWidget()
        column, head = QVBoxLayout(group), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(Space.XS))
        shown = due[:MOST_SHOWN]
        every = Button(theme, "Tick all", "link")
        every.setAccessibleName(f"Tick all: {LABELS[kind]}")
        head.addWidget(Label(theme, LABELS[kind], "section"))
        head.addWidget(Label(theme, f"{len(due):,}", "count", "ink3"))
        head.addStretch(1)
        head.addWidget(every)
        column.addLayout(head)
        column.addWidget(Label(theme, HAPPENS[kind], "second", "ink2", wrap=True))
        rows = [OverdueRow(theme, one) for one in shown]
        for row in rows:
            row.tick.setChecked((row.one.kind, row.one.id) in ticked and row.tick.isEnabled())
            row.tick.toggled.connect(lambda _on: self._mark())
            column.addWidget(row)
        if len(due) > len(shown):
            more = f"{len(due) - len(shown):,} more; they come up as these are done."
            column.addWidget(Label(theme, more, "second", "ink2"))
        every.clicked.connect(lambda: _tick(rows))
        self.rows += rows
        self._groups.append(group)
        self._list.addWidget(group)

    def _mark(self) -> None:
        count = len(self.chosen())
        self.count.setText(f"{count:,} ticked" if count else "Tick what may go.")
        self.delete.set_unavailable(None if count else "Nothing is ticked")
        self.sure.hide()

    def _ask(self) -> None:
        chosen = self.chosen()
        members = sum(kind is Kept.MEMBER for kind, _number in chosen)
        which = "is a member" if members == 1 else "are members"
        people = f" {members:,} of them {which} and will be erased for good." if members else ""
        self.sure.set_message("stop", f"Delete {len(chosen):,}? It cannot be undone.{people}")
        self.sure.show()
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, key: str) -> None:
        self.sure.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # the keyboard stays with the page
        if key != "delete":
            return
        chosen = self.chosen()

        def done(deleted: Deleted) -> None:
            kept = f" {deleted.kept} kept: not due any more." if deleted.kept else ""
            self.workspace.say(f"Deleted {deleted.deleted}.{kept}")

        self.workspace.write(
            lambda store, _progress: delete_overdue(store, chosen), done, what="Deleting", on_failed=self._failed
        )

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _lay_out(self) -> None:
        self._column, self._head, self._scroll = QVBoxLayout(self), QVBoxLayout(), ScrollColumn(self.theme)
        self._body, self._foot = QWidget(), QHBoxLayout(self.foot_bar)
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._head.addWidget(self.header)
        self._scroll.column.addWidget(self.empty)
        self._scroll.column.addWidget(self._body)
        self._scroll.column.addStretch(1)
        self._foot.addWidget(self.count, 1)
        self._foot.addWidget(self.delete)
        self._column.addLayout(self._head)
        self._column.addWidget(self.notice)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self.sure)
        self._column.addWidget(self.foot_bar)
        for part in (self.empty, self.foot_bar, self.sure):
            part.hide()


def _tick(rows: Sequence[OverdueRow]) -> None:
    for row in rows:
        row.tick.setChecked(row.tick.isEnabled())
