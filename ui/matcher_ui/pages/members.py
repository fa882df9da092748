"""Members: a fast table, one field that filters it, and the two ways to bring somebody in."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QModelIndex, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from matcher.directory import PossiblySame, possible_duplicates
from matcher.errors import UserError
from matcher_ui.dialogs.choose_file import choose_spreadsheet
from matcher_ui.incoming import place_for
from matcher_ui.models.member_filter import Matches, find
from matcher_ui.models.members_table import COLUMNS, FIRST, MembersRead, read_again, read_first, read_members
from matcher_ui.models.table import ROW_ROLE, SortedBy, SortFilter, TableModel, arranged
from matcher_ui.pages.add_member import AddPanel
from matcher_ui.pages.duplicates import DuplicatesView
from matcher_ui.pages.page import Page
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.filter_box import FilterBox
from matcher_ui.widgets.labels import ElidedLabel
from matcher_ui.widgets.members_view import MarksLegend, MembersView
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.workspace import Place, Workspace

HINT = "Filter: a name, Leeds dementia, media:given, since:<2015"
FEW_ENOUGH_TO_COMPARE = 5_000
NARROW = 960


class MembersPage(Page):
    """The table, or what to do when there is nobody yet; a panel at the right adds a member by hand."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self._header = PageHeader(theme, "Members")
        self.bring = Button(theme, "Import a spreadsheet", icon="upload", tall=True)
        self.add = Button(theme, "Add a member", "main", icon="plus", tall=True)
        self.add_first = Button(theme, "Add a member by hand", icon="plus", tall=True)
        self.filter = FilterBox(theme, "Filter members", HINT)
        self.count = ElidedLabel(theme, "", "count", "ink2")
        self.choose_columns = Button(theme, "Columns", "quiet", trailing="chevron_down")
        self.trouble, self.doubles = Banner(theme, "stop", ""), Banner(theme, "care", "")
        self.model = TableModel(COLUMNS, self)
        self.proxy = SortFilter(self.model, self)
        self.proxy.later = lambda arrange, show: workspace.read("members.sort", lambda _store: arrange(), show)
        self.table = MembersView(theme, COLUMNS)
        self.table.setModel(self.proxy)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.legend = MarksLegend(theme)
        self.empty = EmptyPage(
            theme, "members", "No members yet",
            "Drop your spreadsheet here: a form export, a mailing list or your own list. "
            "You see what would happen before anything is saved.",
            "Import a spreadsheet", button_icon="upload",
        )  # fmt: skip
        self.nobody = EmptyPage(
            theme,
            "search",
            "Nobody matches",
            "Try fewer words, or another spelling.",
            "Show everyone",
            button_icon=None,
        )
        self.nobody.setAcceptDrops(False)
        self.panel = AddPanel(workspace)
        self.compare = DuplicatesView(workspace)
        self._stack = QStackedWidget()
        self._typing = QTimer(self, singleShot=True, interval=60)
        self._read: MembersRead | None = None
        self._pairs: tuple[PossiblySame, ...] = ()
        self._comparing = False
        self._shown = QWidget()
        self._lay_out()
        self._connect()
        self.retheme()

    def show_place(self, place: Place) -> None:
        if isinstance(place.payload, str):
            self.filter.setText(place.payload)
        super().show_place(place)
        if place.tab == "add":
            self.open_panel()

    def refresh(self) -> None:
        known, by = self._read, self.proxy.sorted_by
        if known is None:
            self.workspace.read("members.first", lambda store: _ready(read_first(store), by), self._show_first)
        self.workspace.read(
            "members.rows",
            lambda store: _ready(read_members(store) if known is None else read_again(store, known), by),
            self.show_members, what="Reading members",
        )  # fmt: skip

    def keeps_unsaved(self) -> str:
        typed = self.panel.typed()
        return f"{typed.name or 'the member'} you were adding" if not typed.is_empty else ""

    def show_members(self, ready: "Ready") -> None:
        """Show these members, as far as the filter lets them, and keep her place among them."""
        self._read = ready.found
        lines = ready.found.lines
        if not lines or lines is not self.model.rows:
            self._show_lines(ready)
        if len(lines) <= FEW_ENOUGH_TO_COMPARE:
            self.workspace.read("members.doubles", possible_duplicates, self._show_doubles)

    def _show_lines(self, ready: "Ready") -> None:
        lines = ready.found.lines
        kept = self.current_id()
        where = self.table.verticalScrollBar().value()
        self.panel.lines = lines
        self.proxy.set_rows(lines, ready.every, ready.by)
        if self.filter.text().strip():
            self._filter(kept)
        else:
            self._show_matches(None)
        self._go_back_to(kept)
        self.table.verticalScrollBar().setValue(where)

    def _show_first(self, ready: "Ready") -> None:
        """The first few, while the others are read."""
        if self._read is None and len(ready.found.lines) == FIRST:
            self.proxy.set_rows(ready.found.lines, ready.every, ready.by)
            self._show_matches(None)
            self.count.setText("Reading …")

    def current_id(self) -> int | None:
        """The member the keyboard is on."""
        index = self.table.currentIndex()
        return index.data(ROW_ROLE).id if index.isValid() else None

    def open_panel(self) -> None:
        """Open the panel that adds a member by hand."""
        self._open_panel(on=True)
        self.panel.start()

    def choose_file(self) -> None:
        """Let her choose a spreadsheet, and go on to the preview."""
        path = choose_spreadsheet(self)
        if path:
            self.workspace.go(Place("import", payload=(path,)))

    def retheme(self) -> None:
        px = self.theme.px
        self._main.setContentsMargins(px(24), px(24), px(24), px(12))
        self._main.setSpacing(px(12))
        self._bar.setSpacing(px(12))
        self.filter.setMaximumWidth(px(480))
        self._fit()
        super().retheme()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._typing.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(320), self.theme.px(320))

    def _fit(self) -> None:
        narrow = self.width() < self.theme.px(NARROW)
        self.panel.set_narrow(narrow)
        # beside an open panel there is no room for the page's own two buttons
        some, free = bool(self.model.rows), self.panel.isHidden()
        self.bring.setVisible(some and (free or not narrow))
        self.add.setVisible(some and free)
        self.add_first.setVisible(self._stack.currentWidget() is self.empty and free)

    def _filter(self, keep: int | None = None) -> None:
        query, lines = self.filter.text(), self.model.rows
        if not query.strip():
            self._show_matches(None)
            return

        def show(found: Matches) -> None:
            if self.model.rows is lines:
                self._show_matches(found, keep)

        self.workspace.read("members.filter", lambda _store: find(lines, query), show)

    def _show_matches(self, found: Matches | None, keep: int | None = None) -> None:
        keep = keep or self.current_id()
        self.proxy.show_only(None if found is None else found.rows)
        shown, every = self.proxy.rowCount(), len(self.model.rows)
        self.count.setText(_count_words(shown, every, found))
        self._shown = self.empty if not every else self._full if shown else self.nobody
        self._turn_to_shown()
        self._go_back_to(keep)

    def _go_back_to(self, member_id: int | None) -> None:
        if member_id is None:
            return
        row = next((row for row, line in enumerate(self.model.rows) if line.id == member_id), None)
        place = None if row is None else self.proxy.place_of(row)
        if place is not None:
            self.table.setCurrentIndex(self.proxy.index(place, self._first_column()))

    def _first_column(self) -> int:
        return next(c for c in range(self.proxy.columnCount()) if not self.table.isColumnHidden(c))

    def _show_doubles(self, pairs: tuple[PossiblySame, ...]) -> None:
        self._pairs = pairs
        many = len(pairs)
        words = "2 records may be one person." if many == 1 else f"{many} pairs of records may be one person each."
        self.doubles.set_message("care", words)
        self.compare.set_pairs(pairs)
        self._turn_to_shown()

    def _open(self, index: QModelIndex) -> None:
        self.workspace.go(Place("member", index.data(ROW_ROLE).id))

    def _dropped(self, paths: list[Path]) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        try:
            place = place_for(data)
        except UserError as error:
            self.trouble.set_message("stop", str(error))
            self.trouble.show()
        else:
            self.trouble.hide()
            if place is not None:
                self.workspace.go(place)

    def _open_panel(self, on: bool) -> None:
        self.panel.setVisible(on)
        self._fit()
        if not on:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _compare(self, on: bool) -> None:
        self._comparing = on
        self._turn_to_shown()
        if on:
            self.compare.show_next()

    def _turn_to_shown(self) -> None:
        """The table, an empty page or two records side by side; the bar above only where it does something."""
        comparing = self._comparing and bool(self._pairs)
        self._stack.setCurrentWidget(self.compare if comparing else self._shown)
        self.doubles.setVisible(bool(self._pairs) and not comparing)
        for part in (self.filter, self.count, self.choose_columns):
            part.setVisible(bool(self.model.rows) and not comparing)
        self._fit()

    def _pick_columns(self) -> None:
        menu = self.table.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.choose_columns.mapToGlobal(self.choose_columns.rect().bottomLeft()))

    def _into_table(self) -> None:
        if self.proxy.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.proxy.index(0, self._first_column()))

    def _connect(self) -> None:
        for button in (self.add, self.add_first):
            button.clicked.connect(self.open_panel)
        self.bring.clicked.connect(self.choose_file)
        self.empty.pressed.connect(self.choose_file)
        self.empty.dropped.connect(self._dropped)
        self.nobody.pressed.connect(self.filter.clear)
        self.filter.textChanged.connect(lambda _text: self._typing.start())
        self.filter.returnPressed.connect(self._into_table)
        self.filter.went_down.connect(self._into_table)
        self._typing.timeout.connect(self._filter)
        self.choose_columns.clicked.connect(self._pick_columns)
        self.table.activated.connect(self._open)
        self.doubles.acted.connect(lambda _key: self._compare(on=True))
        self.compare.closed.connect(lambda: self._compare(on=False))
        self.panel.closed.connect(lambda: self._open_panel(on=False))
        for keys, act in (("Ctrl+F", self.filter.setFocus), ("Ctrl+Shift+N", self.open_panel)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _lay_out(self) -> None:
        for button in (self.bring, self.add_first, self.add):
            self._header.add_action(button)
        self.doubles.add_action("compare", "Compare")
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.filter, 3)
        self.count.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bar.addWidget(self.count, 2)
        self._bar.addWidget(self.choose_columns)
        self._full = QWidget()
        full = QVBoxLayout(self._full)
        full.setContentsMargins(0, 0, 0, 0)
        full.addWidget(self.table, 1)
        full.addWidget(self.legend)
        for page in (self._shown, self.empty, self._full, self.nobody, self.compare):
            self._stack.addWidget(page)
        self._main = QVBoxLayout()
        for above in (self._header, self.trouble, self.doubles):
            self._main.addWidget(above)
        self._main.addLayout(self._bar)
        self._main.addWidget(self._stack, 1)
        for part in (self.filter, self.count, self.choose_columns, self.trouble, self.doubles, self.panel):
            part.hide()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._main, 1)
        outer.addWidget(self.panel)


class Ready(NamedTuple):
    """Members as read, and their places in the order of a column."""

    found: MembersRead
    every: list[int]
    by: SortedBy | None


def _ready(found: MembersRead, by: SortedBy | None) -> Ready:
    return Ready(found, arranged(COLUMNS, found.lines, by) if by else list(range(len(found.lines))), by)


def _count_words(shown: int, every: int, found: Matches | None) -> str:
    if found is None:
        return f"{every:,} member" if every == 1 else f"{every:,} members"
    words = f"{shown:,} of {every:,} members"
    read_as = ", ".join(f"“{near}” for “{word}”" for word, near in found.read_as)
    return f"{words}, reading {read_as}" if read_as else words
