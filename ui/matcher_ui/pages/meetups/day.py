"""On the day: who came, one key each; walk-ins by first name or by number; the sheet for the table."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from matcher import clock
from matcher.directory import member_meant
from matcher.outreach.meetups import (
    MeetupPage,
    WalkIn,
    add_walk_ins,
    everybody_noted,
    note_came,
    remove_walk_in,
    sign_up_walk_in,
)
from matcher.progress import Progress
from matcher.storage.store import Store
from matcher_ui.models.meetups import CAME, COLUMNS, PersonLine
from matcher_ui.models.table import ROW_ROLE, SortFilter, TableModel
from matcher_ui.pages.meetups.part import MeetupPart
from matcher_ui.pages.meetups.people import LineDelegate
from matcher_ui.pages.member_offers import MemberOffers
from matcher_ui.pages.people_to_write import ListBesidePanel
from matcher_ui.pages.request.match.even_list import EvenList
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.row_menu import Entry, RowMenu
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

HINT = "C or Enter: they came. Once more takes it back. The next comes up by itself."
NOBODY = "Nobody was invited. Whoever came can be added on the right."
STILL_TO_COME = "It is still to come: who came is noted on its day, or after."
MEMBERS_TOLD = "Write a member’s name, or the first name of somebody who is none."


class MeetupDay(MeetupPart):
    """The people on the left, whoever else came on the right."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self.page: MeetupPage | None = None
        self.lines: Sequence[PersonLine] = ()
        self._row = 0
        self.door = DoorPanel(workspace)
        self.model = TableModel(COLUMNS, self)
        self.rows = SortFilter(self.model, self)
        self.list = EvenList(theme, LineDelegate(theme), "Who came")
        self.list.setModel(self.rows)
        self.came = Button(theme, "Came", "main", icon="check")
        self.noted = Button(theme, "That’s everybody", icon="check")
        self.hint = Label(theme, "", "second", "ink2", wrap=True)
        self._lay_out()
        self._connect()
        self.retheme()

    def show_people(self, page: MeetupPage, lines: Sequence[PersonLine]) -> None:
        """Show who was to come."""
        here = self.list.currentIndex().row() if self.list.currentIndex().isValid() else 0
        self.page, self.lines = page, lines
        self.model.set_rows(lines)
        early = page.row.starts_at.astimezone(clock.LONDON).date() > clock.today()
        why = "It is called off" if page.row.cancelled else "It is still to come" if early else None
        self.hint.setText(STILL_TO_COME if early else HINT if lines else NOBODY)
        self.came.set_unavailable(why or (None if lines else "Nobody was invited"))
        self.noted.set_unavailable(why or ("Noted already" if page.row.noted and page.row.over else None))
        self.door.show_door(page, why)
        if lines:
            self.list.setCurrentIndex(self.rows.index(min(max(here, self._row), len(lines) - 1), 0))

    def mark(self) -> None:
        """Note that the one chosen came, or take it back; then the next is chosen."""
        line, page = self._shown(), self.page
        if line is None or page is None or not self.came.isEnabled():
            return
        number, came = page.row.id, not line.came
        self._row = min(self.list.currentIndex().row() + (1 if came else 0), len(self.lines) - 1)
        said = f"{line.name} came." if came else f"{line.name} did not come after all."
        self._write(lambda store, _p: note_came(store, number, line.member_id, came=came), said)

    def add(self) -> None:
        """Note whoever is typed: a member by name, else a walk-in by first name."""
        page, typed = self.page, self.door.name.text().strip()
        if page is None or not typed:
            return
        number = page.row.id
        self.door.name.clear()

        def verb(store: Store, _progress: Progress) -> int:
            meant = member_meant(store, typed)
            if meant is not None:
                return note_came(store, number, meant.id)
            return add_walk_ins(store, number, typed)

        self._write(verb, f"{typed.rpartition(', M')[0] or typed} came.")

    def add_many(self) -> None:
        """Note walk-ins who left no name."""
        page, count = self.page, self.door.count.value()
        if page is not None:
            number = page.row.id
            self._write(lambda store, _p: add_walk_ins(store, number, count=count), f"{count} more walked in.")

    def retheme(self) -> None:
        px = self.theme.px
        self._bar_around.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.S))
        self._bar_around.setSpacing(px(Space.S))
        self._bar.setSpacing(px(Space.S))
        super().retheme()

    def _shown(self) -> PersonLine | None:
        index = self.list.currentIndex()
        line = index.data(ROW_ROLE) if index.isValid() else None
        return line if isinstance(line, PersonLine) else None

    def _choose(self, index: QModelIndex) -> None:
        line = self._shown()
        if line is not None:
            self._row = index.row()
            self.came.setText("Did not come after all" if line.came else CAME[1])
            self.came.updateGeometry()

    def _entries(self) -> tuple[Entry, ...]:
        line = self._shown()
        return () if line is None else (Entry("Open the member’s page", partial(self._open, line.member_id)),)

    def _open(self, member_id: int) -> None:
        self.workspace.go(Place("member", member_id))

    def _remove(self, walk_in: WalkIn) -> None:
        said = f"{walk_in.first_name or 'One walk-in'} is taken back."
        self._write(lambda store, _p: remove_walk_in(store, walk_in.id), said)

    def _sign_up(self, walk_in: WalkIn, name: str, contact: str, may_tell: bool) -> None:
        def verb(store: Store, _progress: Progress) -> int:
            return sign_up_walk_in(store, walk_in.id, name, contact, may_tell=may_tell).batch

        self._write(verb, f"{name} is a member now.")

    def _finish(self) -> None:
        if self.page is not None:
            number = self.page.row.id
            self._write(lambda store, _p: everybody_noted(store, number), "Who came is noted.")

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.activated.connect(lambda _index: self.mark())
        press_by_key(self.came, "Came to the meet-up", within=self.list)
        self.came.clicked.connect(self.mark)
        self.menu = RowMenu(self.list, lambda: (self.came,), self._entries)
        self.noted.clicked.connect(self._finish)
        self.door.add.clicked.connect(self.add)
        self.door.name.returnPressed.connect(self.add)
        self.door.add_many.clicked.connect(self.add_many)
        self.door.removed.connect(self._remove)
        self.door.signed_up.connect(self._sign_up)

    def _lay_out(self) -> None:
        left, column, outer = QWidget(), QVBoxLayout(), QVBoxLayout(self)
        for layout in (outer, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        left.setLayout(column)
        self._bar_around, self._bar = QVBoxLayout(), FlowLayout()
        for button in (self.came, self.noted):
            self._bar.addWidget(button)
        self._bar_around.addLayout(self._bar)
        self._bar_around.addWidget(self.hint)
        column.addLayout(self._bar_around)
        column.addWidget(self.list, 1)
        outer.addWidget(self.notice)
        outer.addWidget(ListBesidePanel(self.theme, left, self.door), 1)


class DoorPanel(Ground):
    """Whoever else came. ``removed`` and ``signed_up`` carry the walk-in; the latter the name, a contact, a yes."""

    removed = Signal(WalkIn)
    signed_up = Signal(WalkIn, str, str, bool)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        theme = workspace.theme
        super().__init__(theme, "panel", line_left=True, parent=parent)
        self.setAccessibleName("Whoever else came")
        self.name, self.count = QLineEdit(), QSpinBox()
        self._offers = MemberOffers(workspace, self.name)
        self.name.setPlaceholderText("Such as: Priya")
        self.count.setRange(1, 200)
        self.add, self.add_many = Button(theme, "Add", icon="plus"), Button(theme, "Add so many", icon="plus")
        self.told = Label(theme, "", "second", "ink2", wrap=True)
        self.walk_ins: list[WalkInRow] = []
        self._scroll = ScrollColumn(theme)
        self._rows = QVBoxLayout()
        self._lay_out()
        self.retheme()

    def show_door(self, page: MeetupPage, why: str | None) -> None:
        """Show the walk-ins; ``why``: nobody can be noted yet."""
        for button in (self.add, self.add_many):
            button.set_unavailable(why)
        for row in self.walk_ins:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.walk_ins = [WalkInRow(self.theme, one) for one in page.walk_ins if one.first_name]
        for row in self.walk_ins:
            row.removed.connect(self.removed)
            row.signed_up.connect(self.signed_up)
            self._rows.addWidget(row)
        nameless = sum(not one.first_name for one in page.walk_ins)
        came = sum(one.came for one in page.people)
        walked = f", {len(page.walk_ins)} walked in" if page.walk_ins else ""
        without = f" ({nameless} without a name)" if nameless else ""
        self.told.setText(f"{came} member{'' if came == 1 else 's'} came{walked}{without}.")

    def retheme(self) -> None:
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._scroll.column.setSpacing(self.theme.px(Space.M))
        self._rows.setSpacing(self.theme.px(Space.S))
        super().retheme()

    def _lay_out(self) -> None:
        theme, column, whole = self.theme, self._scroll.column, QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(self._scroll)
        column.addWidget(Label(theme, "Whoever else came", "panel_title"))
        column.addWidget(Label(theme, MEMBERS_TOLD, "second", "ink2", wrap=True))
        for label, control, button in (
            ("Name", self.name, self.add), ("Walked in without a name", self.count, self.add_many),
        ):  # fmt: skip
            column.addWidget(Field(theme, label, control))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.told)
        column.addLayout(self._rows)
        column.addStretch(1)


class WalkInRow(Part):
    """One walk-in who gave a first name: take back, or sign up as a member."""

    removed = Signal(WalkIn)
    signed_up = Signal(WalkIn, str, str, bool)

    def __init__(self, theme: Theme, walk_in: WalkIn, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.walk_in = walk_in
        self.setAccessibleName(f"{walk_in.first_name}, walked in")
        self.begin = Button(theme, "Sign up…", "quiet", icon="person")
        self.remove = Button(theme, "Take back", "quiet")
        self.name, self.contact = QLineEdit(walk_in.first_name), QLineEdit()
        self.may = QCheckBox("They may be told of our own events")
        self.save = Button(theme, "Make them a member", "main")
        self._form = QWidget()
        self._lay_out()
        self.begin.clicked.connect(self._open)
        self.remove.clicked.connect(lambda: self.removed.emit(walk_in))
        self.save.clicked.connect(self._save)
        self.retheme()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setSpacing(px(Space.S))
        self._fields.setSpacing(px(Space.S))
        super().retheme()

    def _open(self) -> None:
        self._form.show()
        self.contact.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        name, contact = self.name.text().strip(), self.contact.text().strip()
        self.signed_up.emit(self.walk_in, name, contact, self.may.isChecked())

    def _lay_out(self) -> None:
        theme, head = self.theme, QHBoxLayout()
        self._column, self._fields = QVBoxLayout(self), QVBoxLayout(self._form)
        for layout in (self._column, self._fields):
            layout.setContentsMargins(0, 0, 0, 0)
        head.addWidget(Label(theme, self.walk_in.first_name, "name", wrap=True), 1)
        for button in (self.begin, self.remove):
            head.addWidget(button)
        self._column.addLayout(head)
        self._fields.addWidget(Field(theme, "Name", self.name))
        self._fields.addWidget(Field(theme, "Phone or e-mail", self.contact))
        self._fields.addWidget(self.may)
        self._fields.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._form)
        self._form.hide()
