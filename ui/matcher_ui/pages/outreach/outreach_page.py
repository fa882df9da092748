"""Outreach: everyone asked and not settled, across requests, with one key for each answer; and who to write to."""

from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.model import Answer, InvitationState
from matcher.outreach import MessageKind, OpenAsk, ShortOf, reply, short_of_people, unsettled
from matcher_ui.models.asks import ANSWERS, SAID, STOPS_ASKED
from matcher_ui.models.outreach import ALL, COLUMNS, PARTS, lines_of
from matcher_ui.models.table import ROW_ROLE, SortFilter, TableModel
from matcher_ui.pages.meetups.meetups_list import MeetupsView
from matcher_ui.pages.outreach.old_workbooks import OldWorkbooksView
from matcher_ui.pages.outreach.words_due import WordsView
from matcher_ui.pages.page import Page
from matcher_ui.pages.request.ask_next import AskNext
from matcher_ui.pages.request.ask_person import KEYS
from matcher_ui.pages.request.replies_pasted import PastedView
from matcher_ui.shortcuts import PASTE, keys_of
from matcher_ui.theme import Space
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.choices import Segmented, Tabs
from matcher_ui.widgets.data_table import DataTable
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.filter_box import FilterBox
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import press_by_key, search_by_key, walk_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.row_menu import RowMenu
from matcher_ui.widgets.views import Views
from matcher_ui.workspace import Place, Workspace

OPEN, DUE, MEETUPS, FILES = "open", "due", "meetups", "files"
TABS = ((OPEN, "Not settled"), (DUE, "To write to"), (MEETUPS, "Meet-ups"), (FILES, "Old workbooks"))
STEP_OF = {InvitationState.ASKED: "ask", InvitationState.YES: "introduce", InvitationState.DONE: "close"}
"""Where an ask stands -> the step of the request that goes on with it."""
_HIGH = 560
"""The height in pixels at 100 % from which the keys are told under the list, too."""
NOBODY_SO = "Nobody here is like that. Choose Everyone, or empty the filter, to see them all."
_ROOM_FOR = {"asked": 640, "wanted": 520}
"""The width in pixels at 100 % from which a column is shown."""
WHY = "Who to remind, to ask again, to thank, and to tell what came of it comes up here."
EVERY_WORD = (MessageKind.REMINDER, MessageKind.NUDGE, MessageKind.THANKS, MessageKind.OUTCOME)


class OutreachPage(Page):
    """The page; ``place.tab`` is one of the tabs. Enter or a double click on a line opens its request."""

    LATER = (DUE, MEETUPS, FILES, "pasted")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self.header, self.notice, self.tabs = PageHeader(theme, "Outreach"), Notice(theme), Tabs(theme, TABS)
        self.tabs.setMinimumWidth(1)
        self.paste = Button(theme, "Paste replies", icon="reply", tall=True)
        self.header.add_action(self.paste)
        self.model = TableModel(COLUMNS, self)
        self.rows = SortFilter(self.model, self)
        self.table = DataTable(theme, "Everyone asked and not settled")
        self.table.setModel(self.rows)
        self.table.sortByColumn(self.model.column_of("wanted"), Qt.SortOrder.AscendingOrder)
        self.parts = Segmented(theme, "Which of them", PARTS)
        self.filter = FilterBox(theme, "Filter who was asked", "Name, request or what comes next")
        self.answers = {answer: Button(theme, ANSWERS[answer]) for answer in KEYS}
        self.open = Button(theme, "Open the request", icon="arrow_right")
        self.keys = Label(theme, "", "hint", "ink2", wrap=True)
        self.nobody = Label(theme, NOBODY_SO, "second", "ink2", wrap=True)
        self.empty = EmptyPage(
            theme, "outreach", "Nobody waits",
            "Whom you asked, and what comes next for each, is here until it is settled.", "All requests",
            button_icon="requests",
        )  # fmt: skip
        self.empty.setAcceptDrops(False)
        self.next, self._short = AskNext(theme), tuple[ShortOf, ...]()
        self._stack, self._lists, self._around = Views(), QStackedWidget(), QWidget()
        self._lay_out()
        self._connect()
        self.retheme()

    @cached_property
    def due(self) -> WordsView:
        view = self._stack.put(WordsView(self.workspace, EVERY_WORD, "Nobody is due a message", WHY, leads=True))
        view.counted.connect(lambda count: self.tabs.set_count(DUE, count or None))
        return view

    @cached_property
    def meetups(self) -> MeetupsView:
        view = self._stack.put(MeetupsView(self.workspace))
        view.counted.connect(lambda count: self.tabs.set_count(MEETUPS, count or None))
        return view

    @cached_property
    def files(self) -> OldWorkbooksView:
        view = self._stack.put(OldWorkbooksView(self.workspace))
        view.counted.connect(lambda count: self.tabs.set_count(FILES, count or None))
        return view

    @cached_property
    def pasted(self) -> PastedView:
        view = self._stack.put(PastedView(self.workspace))
        view.left.connect(lambda: self.turn_to(self.tabs.current))
        return view

    def show_place(self, place: Place) -> None:
        self.turn_to(place.tab if place.tab in dict(TABS) else OPEN)
        super().show_place(place)

    def refresh(self) -> None:
        self.workspace.read("outreach", unsettled, self.show_open)
        self.workspace.read("outreach.short", short_of_people, self.show_short, aside=True)
        for look in (lambda: self.due.look(), lambda: self.files.look(), lambda: self.meetups.look()):
            self.workspace.jobs.in_turn(self, look)

    def show_open(self, lines: tuple[OpenAsk, ...]) -> None:
        """Show everyone not settled; the line chosen stays chosen, or the next one takes its place."""
        chosen, place = self._shown(), self.table.currentIndex().row()
        self.model.set_rows(lines)
        self._filter()
        self.tabs.set_count(OPEN, len(lines) or None)
        self._lists.setCurrentIndex(1 if lines else 0)
        if count := self.rows.rowCount():
            same = [n for n, line in enumerate(lines) if chosen is not None and line.ask.id == chosen.ask.id]
            here = self.rows.place_of(same[0]) if same else None
            self.table.setCurrentIndex(self.rows.index(min(max(place, 0), count - 1) if here is None else here, 0))
        self._offer()
        self._share_width()

    def show_short(self, short: tuple[ShortOf, ...]) -> None:
        """Say who of the reserve comes next, of the most urgent request that is short of people."""
        self._short = short
        if short:
            first = short[0]
            self.next.show_places(first.places, first.next_name, title=first.title, others=len(short) - 1)
        self._show_next(bool(short) and self._stack.currentWidget() is self._lists)

    def _show_next(self, on: bool) -> None:
        """Show or hide who comes next; hidden it leaves no gap."""
        side, above = (self.theme.px(Space.PAGE), self.theme.px(Space.M)) if on else (0, 0)
        self.next.setVisible(on)
        self._next_around.setContentsMargins(side, above, side, 0)

    def shown_of_it(self) -> str:
        return self.tabs.current

    def turn_to(self, key: str) -> None:
        """Show one of the tabs."""
        self.tabs.set_current(key)
        self._stack.setCurrentWidget(getattr(self, key) if key in self.LATER else self._lists)
        self.tabs.show()
        self.paste.show()
        self.show_short(self._short)

    def record(self, answer: Answer) -> None:
        """Record an answer of the person chosen; to stop is asked once more."""
        line = self._shown()
        if line is None or not self.answers[answer].isEnabled():
            return
        name = line.ask.name
        if answer in STOPS_ASKED:
            act = partial(self._reply, line, answer)
            self.notice.tell(
                "care", STOPS_ASKED[answer].format(name=name), (("Withdraw", act), ("Leave it", lambda: None))
            )
        else:
            self._reply(line, answer)

    def keeps_unsaved(self) -> str:
        return next((view.keeps_unsaved() for view in self._built("pasted")), "")

    def draft(self) -> dict[str, Any]:
        return {"replies": self.pasted.text.toPlainText()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        if draft["replies"].strip():
            self._paste(draft["replies"])

    def take_dropped(self, data: QMimeData) -> bool:
        if data.hasUrls() or not (data.hasText() and data.text().strip()):
            return False
        self._paste(data.text())
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.keys.setVisible(self.height() >= self.theme.px(_HIGH))
        self._share_width()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.PAGE), 0, 0)
        self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._head.setSpacing(px(Space.M))
        for flow in (self._bar, self._do):
            flow.setSpacing(px(Space.S))
        self._show_next(self.next.isVisibleTo(self))
        self._inset.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.M))
        self._inset.setSpacing(px(Space.S))
        self._margin.setContentsMargins(px(Space.PAGE), px(Space.L), px(Space.PAGE), px(Space.PAGE))
        self.filter.setFixedWidth(px(300))
        self.empty.setMinimumHeight(px(200))
        QTimer.singleShot(0, self, self._share_width)  # the table itself follows the theme first
        super().retheme()

    def _share_width(self) -> None:
        """Give every column its share of the width, so that nothing scrolls sideways."""
        room = self.table.viewport().width()
        for key, least in _ROOM_FOR.items():
            self.table.setColumnHidden(self.model.column_of(key), room < self.theme.px(least))
        shown = [place for place in range(len(COLUMNS)) if not self.table.isColumnHidden(place)]
        whole = sum(COLUMNS[place].width for place in shown)
        for place in shown:
            self.table.setColumnWidth(place, room * COLUMNS[place].width // whole)

    def _filter(self) -> None:
        self.rows.show_only(lines_of(self.model.rows, self.parts.current or ALL, self.filter.text()))
        self.nobody.setVisible(bool(self.model.rows) and not self.rows.rowCount())
        self._offer()

    def _shown(self) -> OpenAsk | None:
        index = self.table.currentIndex()
        line = index.data(ROW_ROLE) if index.isValid() else None
        return line if isinstance(line, OpenAsk) else None

    def _offer(self) -> None:
        """Make available what can be recorded of the person chosen."""
        line = self._shown()
        nobody = "Choose somebody in the list" if line is None else None
        for answer, button in self.answers.items():
            done = "Their part is done" if line and line.ask.state is InvitationState.DONE else None
            given = "This is their answer" if line and line.ask.answer is answer else None
            button.set_unavailable(nobody or done or given)
        self.open.set_unavailable(nobody)

    def _reply(self, line: OpenAsk, answer: Answer) -> None:
        row, words = line.ask, SAID[answer].format(name=line.ask.name)
        self.notice.clear()
        self.workspace.write(
            lambda store, _progress: reply(store, row.request_id, row.member_id, answer),
            lambda batch: self.workspace.say(words, batch), what="Recording", on_failed=self._failed,
        )  # fmt: skip

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _open(self) -> None:
        line = self._shown()
        if line is not None:
            self.workspace.go(place_of_ask(line))

    def _ask_next(self, member_id: object) -> None:
        """Go where the one who comes next is asked, or where more people are chosen."""
        request = self._short[0].request_id
        if isinstance(member_id, int):
            self.workspace.go(Place("request", request, "ask", person=member_id))
        else:
            self.workspace.go(Place("request", request, "match"))

    def _paste(self, words: str = "") -> None:
        self.tabs.hide()
        self.paste.hide()
        self._show_next(False)
        self._stack.setCurrentWidget(self.pasted)
        self.pasted.begin(None, words)

    def _into_table(self) -> None:
        if self.rows.rowCount():
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.rows.index(0, 0))
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.turn_to)
        self.parts.chosen.connect(lambda _key: self._filter())
        self.filter.textChanged.connect(self._filter)
        self.filter.went_down.connect(self._into_table)
        self.filter.returnPressed.connect(self._into_table)
        self.table.activated.connect(lambda _index: self._open())
        self.table.selectionModel().currentChanged.connect(self._chosen)
        self.open.clicked.connect(self._open)
        self.next.pressed.connect(self._ask_next)
        self.paste.clicked.connect(lambda: self._paste())
        self.empty.pressed.connect(lambda: self.workspace.go(Place("requests")))
        self.menu = RowMenu(self.table, lambda: (*self.answers.values(), self.open))
        for answer, does in KEYS.items():
            self.answers[answer].clicked.connect(partial(self.record, answer))
            press_by_key(self.answers[answer], does, within=self.table)
        press_by_key(self.paste, PASTE)
        search_by_key(self.filter)
        walk_by_key(self.tabs)

    def _chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._offer()

    def _lay_out(self) -> None:
        full = QWidget()
        self._column, self._head, self._inset = QVBoxLayout(self), QVBoxLayout(), QVBoxLayout(full)
        self._bar, self._do, self._margin = FlowLayout(), FlowLayout(), QVBoxLayout(self._around)
        self._next_around = QVBoxLayout()
        self._column.setSpacing(0)
        self._head.addWidget(self.header)
        self._head.addWidget(self.tabs)
        for part in (self.filter, self.parts):
            self._bar.addWidget(part)
        for button in (*self.answers.values(), self.open):
            self._do.addWidget(button)
        keys = ", ".join(f"{keys_of(does)} {ANSWERS[answer].lower()}" for answer, does in KEYS.items())
        self.keys.setText(f"Keys in the list: {keys}. Enter opens the request.")
        self._inset.addLayout(self._bar)
        self._inset.addWidget(self.nobody)
        self._inset.addWidget(self.table, 1)
        self._inset.addLayout(self._do)
        self._inset.addWidget(self.keys)
        self._margin.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        self._lists.addWidget(self._around)
        self._lists.addWidget(full)
        self._stack.addWidget(self._lists)
        self._column.addLayout(self._head)
        self._column.addWidget(self.notice)
        self._next_around.addWidget(self.next)
        self._column.addLayout(self._next_around)
        self._column.addWidget(self._stack, 1)


def place_of_ask(line: OpenAsk) -> Place:
    """Where what comes next for an ask is done, with the person chosen."""
    step = "close" if line.next_step == "record what came of it" else STEP_OF[line.ask.state]
    part = "words" if line.next_step == "thank" else ""
    return Place("request", line.ask.request_id, step, part=part, person=line.ask.member_id)
