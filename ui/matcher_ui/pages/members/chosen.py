"""What can be done with the members that are selected: a bar under the table, and the same in a menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from matcher.consent import CheckedIn, record_check_ins
from matcher_ui.pages.members.acts import (
    MOST_AT_ONCE,
    OpenRequest,
    PutOn,
    checked_words,
    open_requests,
    put_on_list,
    put_words,
)
from matcher_ui.theme import Space
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.row_menu import Entry, add_entry
from matcher_ui.workspace import Place, Workspace

TOO_MANY = f"At most {MOST_AT_ONCE} at once"


class ChosenBar(Ground):
    """Shown while two or more are selected. ``compare`` asks to see two side by side, ``left`` to select nobody."""

    compare = Signal(int, int)
    left = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, "panel", parent=parent)
        self.workspace = workspace
        self._ids: tuple[int, ...] = ()
        theme = self.theme
        self.count = Label(theme, "", "second_name")
        self.put = Button(theme, "Put on a list", icon="list_add", trailing="chevron_down")
        self.check_in = Button(theme, "Record a check-in", icon="outreach")
        self.merge = Button(theme, "Compare and merge", icon="members")
        self.none = Button(theme, "Select none", "quiet")
        self._row, self._flow = QHBoxLayout(self), FlowLayout()
        self._row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._flow, 1)
        for part in (self.put, self.check_in, self.merge, self.none):
            self._flow.addWidget(part)
        self.put.clicked.connect(lambda: self._open_lists(self.put.mapToGlobal(QPoint(0, 0)), above=True))
        self.check_in.clicked.connect(self._check_in)
        self.merge.clicked.connect(self._compare)
        self.none.clicked.connect(self.left)
        self.setAccessibleName("With those selected")
        self.retheme()

    def show_chosen(self, ids: Sequence[int], many: int) -> None:
        """These are selected; ``ids`` may be cut short, ``many`` says how many they are."""
        self._ids = tuple(ids)
        self.count.setText(f"{many:,} selected")
        reason = TOO_MANY if many > MOST_AT_ONCE else None
        for button in (self.put, self.check_in):
            button.set_unavailable(reason)
        self.merge.set_unavailable(None if many == 2 else "Select two records to compare them")

    def retheme(self) -> None:
        px = self.theme.px
        self._row.setContentsMargins(px(Space.M), px(Space.S), px(Space.S), px(Space.S))
        self._row.setSpacing(px(Space.L))
        self._flow.setSpacing(px(Space.S))
        self.count.setContentsMargins(0, px(Space.S), 0, 0)
        super().retheme()

    def menu(self, parent: QWidget) -> QMenu:
        """The same for the pointer: what can be done with these."""
        menu = QMenu(parent)
        if len(self._ids) == 1:
            add_entry(menu, Entry("Open", lambda: self.workspace.go(Place("member", self._ids[0])), "Enter"))
        few = 0 < len(self._ids) <= MOST_AT_ONCE
        put = menu.addAction("Put on a request’s list…")
        put.triggered.connect(lambda: self._open_lists(QCursor.pos(), above=False))
        check = menu.addAction("Record a check-in")
        check.triggered.connect(self._check_in)
        for action in (put, check):
            action.setEnabled(few)
        if len(self._ids) == 2:
            menu.addAction("Compare and merge").triggered.connect(self._compare)
        return menu

    def _compare(self) -> None:
        if len(self._ids) == 2:
            self.compare.emit(*self._ids)

    def _open_lists(self, where: QPoint, *, above: bool) -> None:
        self.workspace.read("members.open_requests", open_requests, partial(self._show_lists, where, above))

    def _show_lists(self, where: QPoint, above: bool, requests: tuple[OpenRequest, ...]) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("On which request’s list?")
        if not requests:
            menu.addAction("No request is looking for people now").setEnabled(False)
        for request in requests:
            menu.addAction(f"{request.title} (R{request.id})".replace("&", "&&")).triggered.connect(
                partial(self._put_on, request.id)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where - QPoint(0, menu.sizeHint().height()) if above else where)

    def _put_on(self, request_id: int) -> None:
        ids = self._ids

        def done(put: PutOn) -> None:
            self.workspace.say(put_words(put), put.batch)
            if put.listed:
                self.left.emit()

        self.workspace.write(
            lambda store, _progress: put_on_list(store, request_id, ids), done, what="Putting on the list"
        )

    def _check_in(self) -> None:
        ids = self._ids

        def done(checked: CheckedIn) -> None:
            self.workspace.say(checked_words(checked), checked.batch)

        self.workspace.write(
            lambda store, _progress: record_check_ins(store, ids), done, what="Recording check-ins"
        )
