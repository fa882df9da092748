"""Details shared: the log of what of whom went to whom, when, for which request and in which file."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from matcher_ui.models.promises import SHARED_COLUMNS, SharedLine, lines_with
from matcher_ui.models.table import ROW_ROLE, SortFilter, TableModel
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.data_table import DataTable
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.filter_box import FilterBox
from matcher_ui.widgets.keyed import search_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.row_menu import Entry, RowMenu
from matcher_ui.workspace import Place, Workspace


class SharedView(Part):
    """The tab. Enter or a double click on a line opens its request."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        theme = self.theme
        self.model = TableModel(SHARED_COLUMNS, self)
        self.rows = SortFilter(self.model, self)
        self.table = DataTable(theme, "Details shared")
        self.table.setModel(self.rows)
        self.table.sortByColumn(self.model.column_of("at"), Qt.SortOrder.DescendingOrder)
        self.filter = FilterBox(theme, "Filter details shared", "Name, requester, request or field")
        self.count = Label(theme, "", "count", "ink2")
        self.empty = EmptyPage(
            theme, "shield", "Nothing of anybody was shared",
            "What goes to a requester, after a member’s own yes, is kept here: what, of whom, to whom and when.",
        )  # fmt: skip
        self.empty.setAcceptDrops(False)
        self.empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack, self._around = QStackedWidget(), QWidget()
        self._lay_out()
        self.filter.textChanged.connect(self._filter)
        self.filter.went_down.connect(self._into_table)
        self.filter.returnPressed.connect(self._into_table)
        self.table.activated.connect(self._open)
        search_by_key(self.filter)
        self.menu = RowMenu(self.table, lambda: (), self._entries)
        self.retheme()

    def show_lines(self, lines: tuple[SharedLine, ...]) -> None:
        """Show the log."""
        self.model.set_rows(lines)
        self.table.setColumnHidden(self.model.column_of("file"), not any(line.file for line in lines))
        self._share_width()
        self._filter()
        self._stack.setCurrentIndex(1 if lines else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def retheme(self) -> None:
        px = self.theme.px
        self._bar.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.M))
        self._bar.setSpacing(px(Space.L))
        self._inset.setContentsMargins(px(Space.L), 0, px(Space.L), 0)
        self._margin.setContentsMargins(px(Space.PAGE), px(Space.L), px(Space.PAGE), px(Space.PAGE))
        self.filter.setFixedWidth(px(320))
        self.empty.setMinimumHeight(px(200))
        QTimer.singleShot(0, self, self._share_width)  # the table itself follows the theme first
        super().retheme()

    def _share_width(self) -> None:
        """Give every column its share of the width, so that nothing scrolls sideways."""
        shown = [place for place in range(len(SHARED_COLUMNS)) if not self.table.isColumnHidden(place)]
        room = self.width() - 2 * self.theme.px(16)
        whole = sum(SHARED_COLUMNS[place].width for place in shown)
        for place in shown:
            self.table.setColumnWidth(place, room * SHARED_COLUMNS[place].width // whole)

    def _filter(self) -> None:
        words = self.filter.text()
        places = lines_with(self.model.rows, words)
        self.rows.show_only(places)
        every = len(self.model.rows)
        self.count.setText(f"{len(places):,} of {every:,}" if words.strip() else "")

    def _into_table(self) -> None:
        if self.rows.rowCount():
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.rows.index(0, 0))
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open(self, index: QModelIndex) -> None:
        line = index.data(ROW_ROLE)
        if isinstance(line, SharedLine):
            self.workspace.go(Place("request", line.request_id, "introduce"))

    def _entries(self) -> tuple[Entry, ...]:
        line: SharedLine = self.table.currentIndex().data(ROW_ROLE)
        to_member = partial(self.workspace.go, Place("member", line.member_id))
        return (
            Entry("Open the request", lambda: self._open(self.table.currentIndex()), "Enter"),
            Entry("Open the member’s page", to_member),
        )

    def _lay_out(self) -> None:
        outer, full, self._bar, self._inset = QVBoxLayout(self), QWidget(), QHBoxLayout(), QVBoxLayout()
        column, self._margin = QVBoxLayout(full), QVBoxLayout(self._around)
        for layout in (outer, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._bar.addWidget(self.filter)
        self._bar.addWidget(self.count)
        self._bar.addStretch(1)
        self._inset.addWidget(self.table)
        column.addLayout(self._bar)
        column.addLayout(self._inset, 1)
        self._margin.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self._around)
        self._stack.addWidget(full)
        outer.addWidget(self._stack)
