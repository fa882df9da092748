"""Rights & complaints: who asked about their own data, by when to answer, and what was done."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher import clock
from matcher.consent import RightsRow, change_rights, extend_rights
from matcher.errors import UserError
from matcher.storage.store import Store
from matcher_ui.models.rights import Rights, read_rights
from matcher_ui.pages.page import Page
from matcher_ui.pages.rights.case import RightsCaseRow
from matcher_ui.pages.rights.entry import RightsEntry
from matcher_ui.theme import Space
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

MOST_WIDE = 880
HINT = "The days are counted as UK law and the regulator put them. This is information, not legal advice."
_SAID = {
    "identity_checked_on": "Noted that you know it is them.",
    "acknowledged_on": "Noted that you told them it came in.",
    "settled_on": "Answered. It stays under “Show what was answered”.",
    "back": "Back on the list.",
}


class RightsPage(Page):
    """``place.tab`` and ``place.id`` open the entry for a member or requester."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self._rights: Rights | None = None
        self._wanted: Place | None = None
        self._shows_answered = False
        self.header = PageHeader(theme, "Rights & complaints", back="Today")
        self.add = Button(theme, "Record one", "main", icon="plus", tall=True)
        self.header.add_action(self.add)
        self.notice, self.entry = Notice(theme), RightsEntry(workspace)
        self.empty = EmptyPage(
            theme, "shield", "Nobody asks about their data",
            "When somebody wants to see, correct or delete what you hold, or complains, it stands here.",
        )  # fmt: skip
        self.empty.setAcceptDrops(False)
        self.answered = Button(theme, "", "link")
        self.rows: list[RightsCaseRow] = []
        self._lay_out()
        self.header.went_back.connect(lambda: workspace.go(Place("today")))
        self.add.clicked.connect(lambda: self._open_entry(Place("rights")))
        self.entry.closed.connect(self._close_entry)
        self.answered.clicked.connect(self._toggle)
        self.retheme()

    def show_place(self, place: Place) -> None:
        self._wanted = place if place.tab else None
        self.notice.clear()
        super().show_place(place)

    def refresh(self) -> None:
        self.workspace.read("rights", read_rights, self.show_rights)

    def keeps_unsaved(self) -> str:
        return "the request you were recording" if self.entry.is_written_in() else ""

    def take_draft(self, draft: dict[str, Any]) -> None:
        self._open_entry(Place("rights"))
        super().take_draft(draft)

    def show_rights(self, rights: Rights) -> None:
        """Show the cases, what is due first on top."""
        self._rights = rights
        self.entry.offer(rights.requesters)
        place = next((n for n, row in enumerate(self.rows) if row.isAncestorOf(self.focusWidget() or self)), None)
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._list.removeWidget(self.answered)
        self.rows = [self._row(case) for case in rights.open]
        self._list.addWidget(self.answered)
        if self._shows_answered:
            self.rows += [self._row(case) for case in rights.answered]
        self.empty.setVisible(not rights.open)
        self.answered.setVisible(bool(rights.answered))
        count = len(rights.answered)
        self.answered.setText(
            "Hide what was answered" if self._shows_answered else f"Show what was answered ({count})"
        )
        self.answered.updateGeometry()
        if place is not None:
            here = self.rows[min(place, len(self.rows) - 1)].buttons.values() if self.rows else ()
            next(iter(here), self.add).setFocus(Qt.FocusReason.OtherFocusReason)
        if self._wanted is not None:
            self._open_entry(self._wanted)
            self._wanted = None

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.L), 0, 0)
        self._column.setSpacing(px(Space.M))
        self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._scroll.set_margins(Space.PAGE, Space.XS, Space.PAGE, Space.PAGE)
        self._scroll.column.setSpacing(px(Space.S))
        self._list.setSpacing(px(Space.XS))
        self._body.setMaximumWidth(px(MOST_WIDE))
        self.entry.setMaximumWidth(px(MOST_WIDE))
        self.empty.setMinimumHeight(px(200))
        super().retheme()

    def _row(self, case: RightsRow) -> RightsCaseRow:
        row = RightsCaseRow(self.theme, case, clock.today())
        row.marked.connect(partial(self._mark, case.id))
        row.extended.connect(partial(self._extend, case.id))
        row.opened.connect(partial(self._open, case))
        self._list.addWidget(row)
        return row

    def _mark(self, case_id: int, key: str) -> None:
        values = {"settled_on": None} if key == "back" else {key: clock.today()}

        def done(batch: int | None) -> None:
            self.workspace.say(_SAID[key], batch)

        self.workspace.write(
            lambda store, _progress: change_rights(store, case_id, **values), done, what="Saving",
            on_failed=self._failed,
        )  # fmt: skip

    def _extend(self, case_id: int, why: str) -> None:
        def verb(store: Store, _progress: object) -> int:
            return extend_rights(store, case_id, why)

        self.workspace.write(
            verb, lambda batch: self.workspace.say("Two months more. Tell them, and why.", batch), what="Saving",
            on_failed=self._failed,
        )  # fmt: skip

    def _open(self, case: RightsRow, what: str) -> None:
        person, side = (case.member_id, "member") if case.member_id else (case.requester_id, "requester")
        if what == "report":
            self.workspace.go(Place("report", person, side))
        else:
            self.workspace.go(Place("member" if case.member_id else "requester", person))

    def _open_entry(self, place: Place) -> None:
        self.entry.open_for(place.tab or "member", place.id)
        self._scroll.verticalScrollBar().setValue(0)

    def _close_entry(self) -> None:
        self.entry.hide()
        self.add.setFocus()

    def _toggle(self) -> None:
        self._shows_answered = not self._shows_answered
        if self._rights is not None:
            self.show_rights(self._rights)

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _lay_out(self) -> None:
        self._column, self._head, self._scroll = QVBoxLayout(self), QVBoxLayout(), ScrollColumn(self.theme)
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._head.addWidget(self.header)
        for part in (self.entry, self.empty, self._body):
            self._scroll.column.addWidget(part)
        self._scroll.column.addWidget(Label(self.theme, HINT, "hint", "ink2", wrap=True))
        self._scroll.column.addStretch(1)
        self._column.addLayout(self._head)
        self._column.addWidget(self.notice)
        self._column.addWidget(self._scroll, 1)
        for part in (self.entry, self.empty, self.answered):
            part.hide()
