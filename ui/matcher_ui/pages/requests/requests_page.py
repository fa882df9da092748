"""Requests: everything that was asked of the network, by where it stands."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, Qt, QUrl
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.model import Stage
from matcher.triage import RequestRow, list_requests, move_stage, write_calendar
from matcher_ui.brief_words import STAGES
from matcher_ui.incoming import place_for
from matcher_ui.models.board import ENDINGS, may_move
from matcher_ui.models.requests_table import COLUMNS, GROUPS, in_group, shown
from matcher_ui.models.table import ROW_ROLE, SortFilter, TableModel
from matcher_ui.pages.page import Page
from matcher_ui.theme import Space
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.choices import Segmented, Tabs
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.filter_box import FilterBox
from matcher_ui.widgets.keyed import search_by_key, tell_key, walk_by_key
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.request_board import RequestBoard
from matcher_ui.widgets.request_rows import RequestDelegate
from matcher_ui.widgets.row_menu import Entry, RowMenu, open_below
from matcher_ui.widgets.rows import RowList
from matcher_ui.workspace import Place, Workspace

ChoosePath = Callable[[QWidget, str], str]
TODO = "Drop an e-mail or document here, or paste one with Ctrl+V."


def choose_calendar(parent: QWidget, name: str) -> str:
    """Ask where the calendar file goes; empty when she changes her mind."""
    path, _kind = QFileDialog.getSaveFileName(parent, "Save what is due", name, "Calendar (*.ics)")
    return path if not path or Path(path).suffix else f"{path}.ics"


class RequestsPage(Page):
    """A board by stage or the list under its tabs, or what to do when there is nothing yet."""

    def __init__(
        self, workspace: Workspace, choose_path: ChoosePath | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, parent)
        self._choose_path = choose_path or choose_calendar
        theme = self.theme
        self._header = PageHeader(theme, "Requests")
        self.log = Button(theme, "Log a request", "main", icon="plus", tall=True)
        self.trouble = Banner(theme, "stop", "")
        self.trouble.hide()
        self.tabs = Tabs(theme, list(GROUPS.items()))
        self.search = FilterBox(theme, "Search requests", "Search")
        self.order = Segmented(theme, "Sort", [("deadline", "By deadline"), ("received", "Newest first")])
        self.view = Segmented(theme, "Show as", [("board", "Board"), ("list", "List")])
        self.board = RequestBoard(theme)
        self.more = Button(theme, "More", trailing="chevron_down", tall=True)
        for button in (self.more, self.log):
            self._header.add_action(button)
        self.model = TableModel(COLUMNS, self)
        self.rows = SortFilter(self.model, self)
        self.list = RowList(theme, RequestDelegate(theme), "Requests")
        self.list.setModel(self.rows)
        self.empty = EmptyPage(theme, "requests", "No requests yet", TODO, "Log a request")
        self.nothing = EmptyPage(theme, "search", "No request here", "", "Show all requests", button_icon=None)
        self.nothing.setAcceptDrops(False)  # the window itself takes what is dropped
        self._stack, self._for_empty, self._for_nothing = QStackedWidget(), QWidget(), QWidget()
        self._lay_out()
        self._connect()
        self.sort("deadline")
        self.retheme()

    def refresh(self) -> None:
        self.workspace.read("requests", list_requests, self.show_requests)

    def show_requests(self, found: Sequence[RequestRow]) -> None:
        """Show these requests and keep her place among them."""
        kept, where = self.current_id(), self.list.verticalScrollBar().value()
        self.model.set_rows(found)
        for group in GROUPS:
            self.tabs.set_count(group, sum(in_group(row, group) for row in found))
        self._filter()
        self._go_back_to(kept)
        self.list.verticalScrollBar().setValue(where)

    def current_id(self) -> int | None:
        """The request the keyboard is on."""
        index = self.list.currentIndex()
        return index.data(ROW_ROLE).id if index.isValid() else None

    def sort(self, key: str) -> None:
        """Sort by deadline, the nearest first, or by arrival, the newest first."""
        order = Qt.SortOrder.DescendingOrder if key == "received" else Qt.SortOrder.AscendingOrder
        self.rows.sort(self.model.column_of(key), order)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.PAGE), 0, 0)
        self._column.setSpacing(px(Space.M))
        self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._head.setSpacing(px(Space.M))
        for inset in self._insets:
            inset.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), px(Space.PAGE))
        self._bar.setSpacing(px(Space.M))
        self.search.setMinimumWidth(px(120))
        self.search.setMaximumWidth(px(320))
        super().retheme()

    def _filter(self) -> None:
        some, board = bool(self.model.rows), self.view.current == "board"
        self.search.setVisible(some)
        self.view.setVisible(some)
        self.tabs.setVisible(some and not board)
        self.order.setVisible(some and not board)
        self.log.setVisible(some)
        if not some:
            self._stack.setCurrentWidget(self._for_empty)
            return
        if board:
            self._show_board()
            return
        kept = self.current_id()
        places = shown(self.model.rows, self.tabs.current, self.search.text())
        self.rows.show_only(places)
        self._go_back_to(kept)
        self._stack.setCurrentWidget(self.list if places else self._for_nothing)

    def _show_board(self) -> None:
        query = self.search.text()
        self.board.show_requests(self.model.rows, query)
        found = bool(self.board.cards()) or not query.strip()
        self._stack.setCurrentWidget(self.board if found else self._for_nothing)

    def move_to(self, request_id: int, stage: Stage) -> None:
        """Move a request to another stage, with Undo."""
        self.trouble.hide()
        self.workspace.write(
            lambda store, _progress: move_stage(store, request_id, stage),
            lambda batch: self.workspace.say(f"R{request_id}: now {STAGES[stage].lower()}.", batch),
            what="Moving the request", on_failed=self._failed,
        )  # fmt: skip

    def save_calendar(self) -> None:
        """Write what is due to a calendar file where she says."""
        path = self._choose_path(self, "Requests.ics")
        if path:
            self.trouble.hide()
            self.workspace.write(
                lambda store, _progress: write_calendar(store, Path(path)),
                self._calendar_saved,
                what="Saving the calendar", on_failed=self._failed,
            )  # fmt: skip

    def _calendar_saved(self, entries: int) -> None:
        days = "1 day" if entries == 1 else f"{entries} days"
        self.workspace.say(f"{days} saved. Open the file in your calendar.")

    def more_menu(self) -> QMenu:
        """Where else to go from here."""
        menu = QMenu(self)
        for words, act in (
            ("Who’s asking", lambda: self.workspace.go(Place("requester"))),
            ("Members’ questions", lambda: self.workspace.go(Place("questions"))),
            ("Save what is due as a calendar file", self.save_calendar),
        ):
            menu.addAction(words).triggered.connect(act)
        return menu

    def _open_more(self) -> None:
        open_below(self.more_menu(), self.more)

    def _failed(self, error: UserError) -> None:
        self._tell(str(error))

    def _tell(self, words: str) -> None:
        self.trouble.set_message("stop", words)
        self.trouble.show()

    def _go_back_to(self, request_id: int | None) -> None:
        for place in range(self.rows.rowCount()):
            if self.rows.row_at(place).id == request_id:
                self.list.setCurrentIndex(self.rows.index(place, 0))
                return

    def _into_list(self) -> None:
        if self.view.current == "board":
            self.board.focus_first()
        elif self.rows.rowCount():
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.rows.index(0, 0))
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_all(self) -> None:
        self.search.clear()
        self.tabs.set_current("all")
        self._filter()

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, RequestRow):
            self.workspace.go(Place("request", row.id))

    def _entries(self) -> list[Entry]:
        """What can be done with the request chosen in the list."""
        row = self.list.currentIndex().data(ROW_ROLE)
        closing = [
            Entry(f"Close it: {STAGES[stage].lower()}", partial(self.move_to, row.id, stage))
            for stage in ENDINGS if may_move(row, stage)
        ]  # fmt: skip
        return [*self.board.entries(row), *closing]

    def _take_files(self, paths: list[Path]) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        self.trouble.hide()
        try:
            place = place_for(data)
        except UserError as error:
            self._tell(str(error))
        else:
            if place is not None:
                self.workspace.go(place)

    def _connect(self) -> None:
        def log() -> None:
            self.workspace.go(Place("log"))

        self.log.clicked.connect(log)
        self.empty.pressed.connect(log)
        self.empty.dropped.connect(self._take_files)
        self.empty.pasted.connect(lambda words: self.workspace.go(Place("log", payload=words)))
        self.nothing.pressed.connect(self._show_all)
        self.tabs.chosen.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self.search.went_down.connect(self._into_list)
        self.search.returnPressed.connect(self._into_list)
        self.order.chosen.connect(self.sort)
        self.view.chosen.connect(self._filter)
        self.more.clicked.connect(self._open_more)
        self.board.opened.connect(lambda number: self.workspace.go(Place("request", number)))
        self.board.moving.connect(self.move_to)
        self.board.refused.connect(self._tell)
        self.list.activated.connect(self._open)
        self.menu = RowMenu(self.list, lambda: (), self._entries)
        tell_key(self.log, "Log a request")
        search_by_key(self.search)
        walk_by_key(self.tabs)

    def _lay_out(self) -> None:
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.search, 2)
        self._bar.addStretch(1)
        self._bar.addWidget(self.order)
        self._bar.addWidget(self.view)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.board)
        self._insets = [QVBoxLayout(side) for side in (self._for_empty, self._for_nothing)]
        for inset, area in zip(self._insets, (self.empty, self.nothing), strict=True):
            inset.addWidget(area)
        for side in (self._for_empty, self._for_nothing):
            self._stack.addWidget(side)
        self._column, self._head = QVBoxLayout(self), QVBoxLayout()
        for part in (self._header, self.trouble, self.tabs):
            self._head.addWidget(part)
        self._head.addLayout(self._bar)
        self._column.addLayout(self._head)
        self._column.addWidget(self._stack, 1)
