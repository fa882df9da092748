"""Partners: who tells care workers of the network, how many members came through each, and what members said."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from matcher.directory import (
    HeardWords,
    PartnerChanged,
    PartnerRow,
    Partners,
    add_partner,
    edit_partner,
    leave_words,
    link_words,
    list_partners,
    merge_partners,
)
from matcher_ui.models.partner_words import Line, members_words, more_words, name_words, state_of
from matcher_ui.models.table import ROW_ROLE, Column, SortFilter, TableModel
from matcher_ui.pages.list_and_panel import ListAndPanelPage
from matcher_ui.pages.members.partner_panel import PartnerPanel
from matcher_ui.theme import Space
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.chip import paint_told_row
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.filter_box import FilterBox
from matcher_ui.widgets.keyed import search_by_key
from matcher_ui.widgets.paint import hairline
from matcher_ui.widgets.row_menu import RowMenu
from matcher_ui.widgets.rows import Index, RowDelegate, RowList, RowState
from matcher_ui.workspace import Place, Workspace

HINT = "Libraries, councils, colleges, unions and others who tell care workers of you."


class PartnerDelegate(RowDelegate):
    """Paints one partner, or words that point to none."""

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        line, theme, px = index.data(ROW_ROLE), self.theme, self.theme.px
        if not isinstance(line, PartnerRow | HeardWords):
            return
        right = rect.right() + 1 - px(16)
        room = QRect(px(24), rect.y(), right - px(24), rect.height())
        paint_told_row(painter, room, theme, name_words(line), more_words(line), state_of(line))
        if not state.selected:
            hairline(painter, px(24), right, rect.bottom(), theme.color("line"))


COLUMNS: tuple[Column[Line], ...] = (
    Column(
        "name", "Partner", name_words,
        spoken=lambda line: ". ".join((name_words(line), state_of(line)[1], more_words(line))),
    ),
)  # fmt: skip


class PartnersPage(ListAndPanelPage):
    """Partners first, then the words that point to none; on the right the one chosen."""

    BACK = ("Members", "members")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, "Partners", HINT, parent)
        theme = self.theme
        self.search = FilterBox(theme, "Search partners", "Search")
        self.add = Button(theme, "Add a partner", "main", icon="plus", tall=True)
        self._header.add_action(self.add)
        self.model = TableModel(COLUMNS, self)
        self.rows = SortFilter(self.model, self)
        self.list = RowList(theme, PartnerDelegate(theme), "Partners")
        self.list.setModel(self.rows)
        self.panel = PartnerPanel(theme)
        self.empty = EmptyPage(
            theme, "handshake", "No partners yet",
            "Add the libraries, councils, colleges and unions that tell care workers of you, and see how many came "
            "through each.",
            "Add a partner",
        )  # fmt: skip
        self._adding = False
        self._wanted: int | None = None
        self._lay_out()
        self._connect()
        self.retheme()

    def show_place(self, place: Place) -> None:
        self._wanted = place.id
        super().show_place(place)

    def refresh(self) -> None:
        self.workspace.read("partners", list_partners, self.show_partners)

    def show_partners(self, found: Partners) -> None:
        """Show all of them, and keep her place among them."""
        lines: Sequence[Line] = (*found.partners, *found.words)
        before = self._chosen()
        self.panel.set_partners(found.partners)
        self.model.set_rows(lines)
        self._filter()
        self._show_sides(bool(lines) or self._adding)
        self._go_to(before)

    def keeps_unsaved(self) -> str:
        return self.panel.keeps_unsaved()

    def start_adding(self, name: str = "") -> None:
        """Offer an empty form on the right."""
        self._adding = True
        self._show_sides(True)
        self.list.setCurrentIndex(QModelIndex())
        self.panel.start(name)

    def retheme(self) -> None:
        px = self.theme.px
        self._find.setContentsMargins(px(Space.PAGE), 0, px(Space.L), px(Space.S))
        super().retheme()

    def _chosen(self) -> Line | None:
        index = self.list.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def _go_to(self, before: Line | None) -> None:
        if self._adding:
            return
        wanted, self._wanted = self._wanted, None
        shown = [self.rows.row_at(place) for place in range(self.rows.rowCount())]
        ids = [line.id if isinstance(line, PartnerRow) else None for line in shown]
        number = wanted if wanted is not None else before.id if isinstance(before, PartnerRow) else None
        words = before.words if isinstance(before, HeardWords) else None
        at = next((p for p, line in enumerate(shown) if isinstance(line, HeardWords) and line.words == words), 0)
        at = ids.index(number) if number in ids and number is not None else at
        if shown:
            self.list.setCurrentIndex(self.rows.index(at, 0))
            self._show(shown[at])

    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        sought = (f"{name_words(line)} {more_words(line)}".casefold() for line in self.model.rows)
        self.rows.show_only([place for place, told in enumerate(sought) if all(word in told for word in words)])

    def _came_to(self, index: QModelIndex) -> None:
        line = index.data(ROW_ROLE) if index.isValid() else None
        if line is not None:
            self._adding = False
            self._show(line)

    def _show(self, line: Line) -> None:
        if isinstance(line, PartnerRow):
            self.panel.show_partner(line)
        else:
            self.panel.show_words(line)

    def _save(self, number: int | None, values: Mapping[str, str]) -> None:
        def done(changed: PartnerChanged) -> None:
            self._adding, self._wanted = False, changed.id
            self._take_keyboard()
            self.panel.saved_now()
            self.refresh()
            came = "" if not changed.linked else f" {members_words(changed.linked)} came through it."
            self.workspace.say(f"{'Added' if number is None else 'Changed'} {values['name'].strip()}.{came}",
                               changed.batch)  # fmt: skip

        self.workspace.write(
            lambda store, _progress: add_partner(store, values) if number is None
            else edit_partner(store, number, values),
            done, what="Keeping the partner", on_failed=self._failed,
        )  # fmt: skip

    def _merge(self, keep: int, away: int) -> None:
        def done(changed: PartnerChanged) -> None:
            self._wanted = keep
            self.refresh()
            self.workspace.say("Merged: the other name stays as a spelling.", changed.batch)

        self._take_keyboard()
        self.workspace.write(
            lambda store, _progress: merge_partners(store, keep, away), done, what="Merging two partners",
            on_failed=self._failed,
        )  # fmt: skip

    def _link(self, words: str, number: int) -> None:
        def done(changed: PartnerChanged) -> None:
            self.workspace.say(f"{members_words(changed.linked)} came through it.", changed.batch)

        self._take_keyboard()
        self.workspace.write(
            lambda store, _progress: link_words(store, words, number), done, what="Linking a partner",
            on_failed=self._failed,
        )  # fmt: skip

    def _leave(self, words: str, number: int | None) -> None:
        said = "Not offered again as a partner." if number is None else "Not offered again as this partner."
        self._take_keyboard()
        self.workspace.write(
            lambda store, _progress: leave_words(store, words, number),
            lambda batch: self.workspace.say(said, batch), what="Keeping it as words", on_failed=self._failed,
        )  # fmt: skip

    def _take_keyboard(self) -> None:
        """The list has the keyboard before the button pressed goes away, or it would leave the page."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_members(self, name: str) -> None:
        self.workspace.go(Place("members", payload=f'heard:"{name}"'))

    def _connect(self) -> None:
        for button in (self.add.clicked, self.empty.pressed):
            button.connect(partial(self.start_adding, ""))
        self.list.selectionModel().currentChanged.connect(self._came_to)
        self.menu = RowMenu(self.list, self.panel.acts)
        self.search.textChanged.connect(self._filter)
        search_by_key(self.search)
        self.search.went_down.connect(self.list.setFocus)
        self.panel.saved.connect(self._save)
        self.panel.merged.connect(self._merge)
        self.panel.linked.connect(self._link)
        self.panel.left_words.connect(self._leave)
        self.panel.wants_new.connect(self.start_adding)
        self.panel.wants_members.connect(self._show_members)

    def _lay_out(self) -> None:
        self._lay_out_sides(self._searched(self.search, self.list), self.panel, self.empty)
