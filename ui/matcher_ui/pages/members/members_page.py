"""Members: a fast table, one field that filters it, and the two ways to bring somebody in."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from matcher.directory import SavedView, places_of
from matcher.errors import UserError
from matcher_ui.dialogs.choose_file import choose_spreadsheet
from matcher_ui.incoming import place_for
from matcher_ui.models.members_ready import Meant, Ready, count_words, meant, near_words, read_ready
from matcher_ui.models.members_table import COLUMNS, FIRST, MembersRead, read_first
from matcher_ui.models.table import ROW_ROLE, SortFilter, TableModel
from matcher_ui.pages.members.add_member import AddPanel
from matcher_ui.pages.members.chosen import ChosenBar
from matcher_ui.pages.members.doubles import Doubles
from matcher_ui.pages.members.views import ViewsButton
from matcher_ui.pages.members.who import MOST_KEPT, WhoIsChosen
from matcher_ui.pages.page import Page
from matcher_ui.theme import Space
from matcher_ui.typed import type_again, typed_in
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.facet_bar import FacetBar
from matcher_ui.widgets.filter_box import FilterBox
from matcher_ui.widgets.keyed import search_by_key, tell_key
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.members_view import MarksLegend, MembersView
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.window_state import keep_columns, kept_columns
from matcher_ui.workspace import Place, Workspace

HINT = "Filter: a name, Leeds dementia, media:given, since:<2015"
FEW = 5_000
"""So many are searched while she types, and compared with each other; more are searched in the background."""
NARROW, ROOMY, LITTLE = 960, 720, 600


class MembersPage(Page):
    """The table, or what to do when there is nobody yet; a panel at the right adds a member by hand."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self._header = PageHeader(theme, "Members")
        self.partners = Button(theme, "Partners", icon="handshake", tall=True)
        self.bring = Button(theme, "Import a spreadsheet", icon="upload", tall=True)
        self.add = Button(theme, "Add a member", "main", icon="plus", tall=True)
        self.add_first = Button(theme, "Add a member by hand", icon="plus", tall=True)
        self.filter = FilterBox(theme, "Filter members", HINT)
        self.count = ElidedLabel(theme, "", "count", "ink2")
        self.near = Label(theme, "", "second", "care", wrap=True)
        self.facets = FacetBar(theme)
        self.views = ViewsButton(workspace, self.view_now)
        self.choose_columns = Button(theme, "Columns", "quiet", trailing="chevron_down")
        self.trouble, self.doubles = Banner(theme, "stop", ""), Doubles(workspace, self)
        self.model = TableModel(COLUMNS, self)
        self.proxy = SortFilter(self.model, self)
        self.proxy.later = lambda arrange, show: workspace.read("members.sort", lambda _store: arrange(), show)
        self.table = MembersView(theme, COLUMNS)
        self.table.setModel(self.proxy)
        self.table.set_wanted(kept_columns())
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.legend, self.chosen = MarksLegend(theme), ChosenBar(workspace)
        self.empty = EmptyPage(
            theme, "members", "No members yet",
            "Drop your spreadsheet here: a form export, a mailing list or your own list. "
            "You see what would happen before anything is saved.",
            "Import a spreadsheet", button_icon="upload",
        )  # fmt: skip
        self.nobody = EmptyPage(
            theme, "search", "Nobody matches", "Try fewer words or filters, or another spelling.", "Show everyone",
            button_icon=None,
        )  # fmt: skip
        self.nobody.setAcceptDrops(False)
        self.panel = AddPanel(workspace)
        self._stack = QStackedWidget()
        self._who = WhoIsChosen(self.table, self.proxy)
        self._typing = QTimer(self, singleShot=True, interval=0)
        self._ready: Ready | None = None
        self._meant: Meant | None = None
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
        if place.tab == "compare" and place.id is not None and isinstance(place.payload, tuple):
            self.doubles.compare_two(place.id, int(place.payload[0]))

    def refresh(self) -> None:
        known, by = self._ready, self.proxy.sorted_by
        if known is None:
            self.workspace.read("members.first", lambda store: read_first(store), self._show_first)
        self.workspace.read(
            "members.rows", lambda store: read_ready(store, known, by), self.show_members, what="Reading members"
        )
        self.views.refresh()

    def keeps_unsaved(self) -> str:
        typed = self.panel.typed()
        return f"{typed.name or 'the member'} you were adding" if not typed.is_empty else ""

    def draft(self) -> dict[str, Any]:
        return typed_in(self.panel)

    def take_draft(self, draft: dict[str, Any]) -> None:
        self._open_panel(on=True)
        type_again(self.panel, draft)

    def show_members(self, ready: Ready) -> None:
        """Show these members, as far as the filter lets them, and keep her place among them."""
        before, self._ready = self._ready, ready
        self._who.ids = ready.lines.column("id")
        if before is None or ready.lines is not before.lines or not ready.lines:
            self._show_lines(ready)
        if len(ready.lines) <= FEW:
            self.doubles.look()

    def view_now(self, name: str) -> SavedView:
        """What is shown now, as a view of this name."""
        column, order = self.proxy.sorted_by or (0, Qt.SortOrder.AscendingOrder)
        down = order == Qt.SortOrder.DescendingOrder
        return SavedView(
            name, self.filter.text(), self.facets.chosen, self.table.wanted_columns(), COLUMNS[column].key, down
        )

    def show_view(self, view: SavedView) -> None:
        """Show the members as a view says."""
        self.table.set_wanted(view.columns or kept_columns())
        order = Qt.SortOrder.DescendingOrder if view.down else Qt.SortOrder.AscendingOrder
        self.table.sortByColumn(self.model.column_of(view.sort), order)
        self.filter.setText(view.query)
        self.facets.choose(view.chosen)

    def _show_lines(self, ready: Ready) -> None:
        kept = self.current_id()
        where = self.table.verticalScrollBar().value()
        self.panel.lines = ready.lines
        self.proxy.set_rows(ready.lines, ready.every, ready.by)
        self._meant = None
        self._filter(kept)
        self.table.verticalScrollBar().setValue(where)

    def _show_first(self, read: MembersRead) -> None:
        """The first few, while the others are read."""
        if self._ready is None and len(read.lines) == FIRST:
            self.proxy.set_rows(read.lines, list(range(FIRST)), self.proxy.sorted_by)
            self.count.setText("Reading …")
            self._turn_to(self._full)

    def current_id(self) -> int | None:
        """The member the keyboard is on."""
        return self._who.current()

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
        self._main.setContentsMargins(px(Space.PAGE), px(Space.PAGE), px(Space.PAGE), px(Space.M))
        self._main.setSpacing(px(Space.M))
        self._bar.setSpacing(px(Space.M))
        self._under.setSpacing(px(Space.S))
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
        self.facets.set_narrow(self.width() < self.theme.px(LITTLE))
        # beside an open panel there is no room for the page's own two buttons
        some, free = len(self.model.rows) > 0, self.panel.isHidden()
        self.choose_columns.setVisible(not self.filter.isHidden() and self.width() >= self.theme.px(LITTLE))
        self.partners.setVisible(free and self.width() >= self.theme.px(ROOMY))
        self.bring.setVisible(some and (free or not narrow))
        self.add.setVisible(some and free)
        self.add_first.setVisible(self._stack.currentWidget() is self.empty and free)

    def _filter(self, keep: int | None = None) -> None:
        """Look up what is typed: at once where it takes no time, else in the background."""
        query, ready = self.filter.text().strip(), self._ready
        if ready is None:
            return
        if not query:
            self._show_meant(None, keep)
        elif len(ready.lines) <= FEW:
            self._show_meant(meant(ready, query), keep)
        else:

            def show(found: Meant) -> None:
                if self._ready is ready:
                    self._show_meant(found, keep)

            self.workspace.read("members.filter", lambda _store: meant(ready, query), show)

    def _show_meant(self, found: Meant | None, keep: int | None = None) -> None:
        self._meant = found
        self._show_kept(keep)

    def _show_kept(self, keep: int | None = None) -> None:
        """Show who is meant by what is typed and chosen, and how many there would be with one thing more."""
        ready = self._ready
        if ready is None:
            return
        keep, selected = keep or self.current_id(), self._who.selected()
        typed, chosen = self._meant.bits if self._meant else None, self.facets.chosen
        all_of_them = typed is None and not chosen
        self.proxy.show_only(None if all_of_them else places_of(ready.facets.keep(chosen, typed)))
        self.facets.show_counts(ready.facets.counts(chosen, typed))
        shown, every = self.proxy.rowCount(), len(ready.lines)
        self.count.setText(count_words(shown, every, all_of_them))
        self.near.setText(near_words(self._meant.found) if self._meant else "")
        self._turn_to(self.empty if not every else self._full if shown else self.nobody)
        self._who.go_back_to(keep)
        if selected != [keep] and len(selected) <= MOST_KEPT:
            self._who.select(selected)
        self._show_selected()

    def _show_selected(self) -> None:
        """The legend gives way to what can be done with several."""
        many = self.table.count_selected()
        self.chosen.show_chosen(self._who.selected(), many)
        self.chosen.setVisible(many > 1)
        self.legend.setVisible(many <= 1)

    def _select_current(self) -> None:
        self.table.setCurrentIndex(self.table.currentIndex())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_menu(self, where: QPoint) -> None:
        if not self.table.count_selected():
            self._select_current()
        if self.table.count_selected():
            menu = self.chosen.menu(self.table)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.table.viewport().mapToGlobal(where))

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

    def _turn_to(self, page: QWidget) -> None:
        self._shown = page
        self._turn_to_shown()

    def _turn_to_shown(self) -> None:
        """The table, an empty page or two records side by side; the bar above only where it does something."""
        comparing = self.doubles.is_comparing
        self._stack.setCurrentWidget(self.doubles.view if comparing else self._shown)
        self.doubles.banner.setVisible(bool(self.doubles.pairs) and not comparing)
        some = len(self.model.rows) > 0 and not comparing
        for part in (self.filter, self.count, self.views):
            part.setVisible(some)
        self.facets.setVisible(some and self._ready is not None)
        self.near.setVisible(some and bool(self.near.text()))
        self._fit()

    def _show_everyone(self) -> None:
        self.filter.clear()
        self.facets.choose({})

    def _pick_columns(self) -> None:
        menu = self.table.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.choose_columns.mapToGlobal(self.choose_columns.rect().bottomLeft()))

    def _into_table(self) -> None:
        if self.proxy.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.proxy.index(0, self._who.first_column()))

    def _connect(self) -> None:
        for button in (self.add, self.add_first):
            button.clicked.connect(self.open_panel)
        for asked in (self.partners.clicked, self.views.partners):
            asked.connect(lambda: self.workspace.go(Place("partners")))
        self.bring.clicked.connect(self.choose_file)
        self.empty.pressed.connect(self.choose_file)
        self.empty.dropped.connect(self._dropped)
        self.nobody.pressed.connect(self._show_everyone)
        self.facets.changed.connect(self._show_kept)
        self.views.picked.connect(self.show_view)
        self.views.doubles.connect(lambda: self.doubles.look(then_show=True))
        self.table.chose_columns.connect(lambda: keep_columns(self.table.wanted_columns()))
        self.table.selection_changed.connect(self._show_selected)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.chosen.left.connect(self._select_current)
        self.chosen.compare.connect(self.doubles.compare_two)
        self.filter.textChanged.connect(lambda _text: self._typing.start())
        self.filter.returnPressed.connect(self._into_table)
        self.filter.went_down.connect(self._into_table)
        self._typing.timeout.connect(self._filter)
        self.choose_columns.clicked.connect(self._pick_columns)
        self.table.activated.connect(self._open)
        self.doubles.turned.connect(self._turn_to_shown)
        self.panel.closed.connect(lambda: self._open_panel(on=False))
        search_by_key(self.filter)
        for button in (self.add, self.add_first):
            tell_key(button, "Add a member")
        for button in (self.bring, self.empty.button):
            tell_key(button, "Bring in a spreadsheet")

    def _lay_out(self) -> None:
        for button in (self.partners, self.bring, self.add_first, self.add):
            self._header.add_action(button)
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.filter, 3)
        self.count.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bar.addWidget(self.count, 2)
        self._bar.addWidget(self.views)
        self._bar.addWidget(self.choose_columns)
        self._full = QWidget()
        self._under = QVBoxLayout(self._full)
        self._under.setContentsMargins(0, 0, 0, 0)
        self._under.addWidget(self.table, 1)
        self._under.addWidget(self.legend)
        self._under.addWidget(self.chosen)
        for page in (self._shown, self.empty, self._full, self.nobody, self.doubles.view):
            self._stack.addWidget(page)
        self._main = QVBoxLayout()
        for above in (self._header, self.trouble, self.doubles.banner):
            self._main.addWidget(above)
        self._main.addLayout(self._bar)
        self._main.addWidget(self.facets)
        self._main.addWidget(self.near)
        self._main.addWidget(self._stack, 1)
        for part in (
            self.filter, self.count, self.views, self.choose_columns, self.facets, self.near, self.trouble,
            self.doubles.banner, self.panel, self.chosen,
        ):  # fmt: skip
            part.hide()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._main, 1)
        outer.addWidget(self.panel)
