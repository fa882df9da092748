"""Who's asking: everybody who ever asked, and for each what they asked, promised, paid and gave back."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from matcher.clock import today
from matcher.model import FactKind
from matcher.triage import RequesterRow, add_fact, edit_requester, list_requesters, show_requester
from matcher_ui.dates import day_words
from matcher_ui.models.table import ROW_ROLE, Column, SortFilter, TableModel
from matcher_ui.pages.list_and_panel import ListAndPanelPage
from matcher_ui.pages.request.match.even_list import EvenDelegate, EvenList
from matcher_ui.pages.requests.requester_panel import RequesterPanel
from matcher_ui.theme import Space
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.filter_box import FilterBox
from matcher_ui.widgets.keyed import search_by_key
from matcher_ui.widgets.paint import RIGHT, hairline, text
from matcher_ui.widgets.row_menu import RowMenu
from matcher_ui.widgets.rows import Index, RowState
from matcher_ui.workspace import Place, Workspace

NARROW = 280
HINT = "Facts only: what was promised, paid and given back. They too may ask to see it."


def name_words(row: RequesterRow) -> str:
    """The name of a requester, else their address."""
    return row.name or row.contact or "Nobody named"


def more_words(row: RequesterRow) -> str:
    """The second line: organisation, how many requests, what is owed."""
    number = row.record.requests
    count = f"{number} request{'' if number == 1 else 's'}" if number else "Nothing asked of members"
    owes = f"{row.record.to_pay} still to be paid" if row.record.to_pay else ""
    return "  ·  ".join(part for part in (row.organisation, count, owes) if part)


class RequesterDelegate(EvenDelegate):
    """Paints one requester."""

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        row, theme, px = index.data(ROW_ROLE), self.theme, self.theme.px
        if not isinstance(row, RequesterRow):
            return
        roomy = rect.width() >= px(NARROW)
        day = day_words(row.last, today()) if row.last and roomy else ""
        right, left = rect.right() + 1 - self.margin, px(24)
        first = QRect(left, rect.y() + px(8), right - left, theme.line("name"))
        used = text(painter, first, day, theme, "count", "ink3", RIGHT)
        room = QRect(left, rect.y() + px(8), right - (used + px(12) if day else 0) - left, theme.line("name"))
        text(painter, room, name_words(row), theme, "name")
        below = QRect(left, room.bottom() + 1, right - left, theme.line("second"))
        text(painter, below, more_words(row), theme, "second", "care" if row.record.to_pay else "ink2")
        if not state.selected:
            hairline(painter, left, right, rect.bottom(), theme.color("line"))


COLUMNS: tuple[Column[RequesterRow], ...] = (
    Column("name", "Who’s asking", name_words, spoken=lambda row: f"{name_words(row)}. {more_words(row)}"),
    Column("last", "Last", lambda row: str(row.last or ""), lambda row: row.last),
)


class RequesterPage(ListAndPanelPage):
    """The list on the left, one requester on the right; ``place.id`` says which."""

    PANEL_SHARE, PANEL_MOST = 0.58, 640

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, "Who’s asking", HINT, parent)
        theme = self.theme
        self.search = FilterBox(theme, "Search who’s asking", "Search")
        self.model = TableModel(COLUMNS, self)
        self.rows = SortFilter(self.model, self)
        self.list = EvenList(theme, RequesterDelegate(theme), "Who’s asking")
        self.list.setModel(self.rows)
        self.panel = RequesterPanel(theme)
        self.empty = EmptyPage(
            theme, "person", "Nobody has asked yet", "Whoever writes to you stands here once you log a request.",
            "Back to requests", button_icon=None,
        )  # fmt: skip
        self._lay_out()
        self._connect()
        self.retheme()

    def refresh(self) -> None:
        self.workspace.read("requesters", list_requesters, self.show_requesters)

    def show_requesters(self, found: Sequence[RequesterRow]) -> None:
        """Show everybody, and the one she came for."""
        wanted = self.place.id if self.place and self.place.id is not None else self._current()
        self.model.set_rows(found)
        self._filter()
        self._show_sides(bool(found))
        places = range(self.rows.rowCount())
        at = next((place for place in places if self.rows.row_at(place).id == wanted), 0 if found else None)
        if at is not None:
            self.list.setCurrentIndex(self.rows.index(at, 0))
            self._choose(self.list.currentIndex())

    def keeps_unsaved(self) -> str:
        return self.panel.keeps_unsaved()

    def retheme(self) -> None:
        px = self.theme.px
        self._find.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), px(Space.S))
        super().retheme()

    def _current(self) -> int | None:
        index = self.list.currentIndex()
        return index.data(ROW_ROLE).id if index.isValid() else None

    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        places = [
            place for place, row in enumerate(self.model.rows)
            if all(word in f"{row.name} {row.contact} {row.organisation}".casefold() for word in words)
        ]  # fmt: skip
        self.rows.show_only(places)

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        if isinstance(row, RequesterRow):
            number = row.id
            self.workspace.read("requester", lambda store: show_requester(store, number), self.panel.show_requester)

    def _save(self, name: str, role: str, contact: str, organisation: str) -> None:
        who = self.panel.who
        if who is None:
            return
        number, note = who.id, who.note
        self.workspace.write(
            lambda store, _progress: edit_requester(
                store, number, name=name, role=role, contact=contact, organisation=organisation, note=note
            ),
            self._saved, what="Keeping the requester", on_failed=self._failed,
        )  # fmt: skip

    def _saved(self, batch: int | None) -> None:
        self.workspace.say("Requester changed.", batch)

    def _open_report(self) -> None:
        if self.panel.who is not None:
            self.workspace.go(Place("report", self.panel.who.id, "requester"))

    def _add(self, kind: FactKind, on: date, words: str) -> None:
        who = self.panel.who
        if who is None:
            return
        number = who.id

        def done(batch: int) -> None:
            self.panel.words.clear()
            self.workspace.say("Noted.", batch)

        self.workspace.write(
            lambda store, _progress: add_fact(store, number, kind, on, words), done, what="Keeping the fact",
            on_failed=self._failed,
        )  # fmt: skip

    def _connect(self) -> None:
        self.empty.pressed.connect(self._go_back)
        self.list.selectionModel().currentChanged.connect(self._came_to)
        self.menu = RowMenu(self.list, lambda: (self.panel.report,))
        self.search.textChanged.connect(self._filter)
        search_by_key(self.search)
        self.search.went_down.connect(self.list.setFocus)
        self.panel.saved.connect(self._save)
        self.panel.added.connect(self._add)
        self.panel.asked_report.connect(self._open_report)
        self.panel.opened.connect(lambda number: self.workspace.go(Place("request", number)))

    def _came_to(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        if isinstance(row, RequesterRow):
            self.place = Place("requester", row.id)
            self._choose(index)

    def _lay_out(self) -> None:
        self._lay_out_sides(self._searched(self.search, self.list), self.panel, self.empty)
