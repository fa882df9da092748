"""The network's own meet-ups and drop-ins, those to come first: a tab of Outreach."""

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from matcher.outreach.meetups import MeetupRow, meetups
from matcher_ui.icons import paint_icon
from matcher_ui.models.meetups import chip_of_row, day_of, people_of, times_of, where_of
from matcher_ui.models.table import ROW_ROLE, Column, SortFilter, TableModel
from matcher_ui.pages.people_to_write import PersonDelegate, Told
from matcher_ui.pages.request.match.even_list import EvenList
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import tell_key
from matcher_ui.widgets.row_menu import RowMenu
from matcher_ui.widgets.rows import Index
from matcher_ui.workspace import Place, Workspace

COMING, PAST = "coming", "past"
PARTS = ((COMING, "To come"), (PAST, "Past"))


def more_of(row: MeetupRow) -> str:
    """The second line of a meet-up."""
    return "  ·  ".join((day_of(row), times_of(row), where_of(row), people_of(row)))


class MeetupDelegate(PersonDelegate):
    """Paints one meet-up: its name, when and where, how full."""

    def paint_lead(self, painter: QPainter, disc: QRect, _name: str) -> None:
        side = self.theme.px(20)
        mark = QRect(0, 0, side, side)
        mark.moveCenter(disc.center())
        paint_icon(painter, mark, "calendar", self.theme.color("ink2"))

    def told(self, index: Index) -> Told:
        row: MeetupRow = index.data(ROW_ROLE)
        return row.title, more_of(row), chip_of_row(row)


COLUMNS: tuple[Column[MeetupRow], ...] = (
    Column(
        "title", "Meet-up", lambda row: row.title,
        spoken=lambda row: ". ".join((row.title, chip_of_row(row)[1], more_of(row))),
    ),
)  # fmt: skip


class MeetupsView(Part):
    """``counted`` tells how many are to come. Enter or a double click opens one."""

    counted = Signal(int)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        theme = self.theme
        self.workspace = workspace
        self.model = TableModel(COLUMNS, self)
        self.rows = SortFilter(self.model, self)
        self.list = EvenList(theme, MeetupDelegate(theme), "Meet-ups and drop-ins")
        self.list.setModel(self.rows)
        self.parts = Segmented(theme, "Which of them", PARTS)
        self.plan = Button(theme, "Plan a meet-up", "main", icon="plus")
        self.drop_in = Button(theme, "Plan a drop-in", icon="plus")
        self.open = Button(theme, "Open", icon="arrow_right")
        self.empty = EmptyPage(
            theme, "calendar", "No meet-ups yet",
            "Plan one: those who live near and said they may be told of your own events are invited first.",
            "Plan a meet-up",
        )  # fmt: skip
        self.none = EmptyPage(theme, "calendar", "None of these", "Choose the other ones above.")
        for part in (self.empty, self.none):
            part.setAcceptDrops(False)
        self.none.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack, self._lists = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()
        self.retheme()

    def look(self) -> None:
        """Read them, in the background."""
        self.workspace.read("meetups", meetups, self.show_meetups)

    def show_meetups(self, rows: tuple[MeetupRow, ...]) -> None:
        """Show these; the one chosen stays chosen."""
        chosen = self._shown()
        self.model.set_rows(rows)
        self._stack.setCurrentIndex(1 if rows else 0)
        self.counted.emit(sum(not (row.over or row.cancelled) for row in rows))
        self._filter(chosen.id if chosen else None)

    def retheme(self) -> None:
        px = self.theme.px
        self._margin.setContentsMargins(px(Space.PAGE), px(Space.L), px(Space.PAGE), px(Space.PAGE))
        self._bar_around.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.S))
        self._bar.setSpacing(px(Space.S))
        for part in (self.empty, self.none):
            part.setMinimumHeight(px(200))
        super().retheme()

    def _filter(self, chosen: int | None = None) -> None:
        past = self.parts.current == PAST
        rows = self.model.rows
        places = [n for n, row in enumerate(rows) if row.over == past]
        self.rows.show_only(places)
        self._lists.setCurrentIndex(1 if places else 0)
        self.open.set_unavailable(None if places else "Choose a meet-up")
        if places:
            same = next((place for place, n in enumerate(places) if rows[n].id == chosen), None)
            at = same if same is not None else (len(places) - 1 if past else 0)
            self.list.setCurrentIndex(self.rows.index(at, 0))

    def _shown(self) -> MeetupRow | None:
        index = self.list.currentIndex()
        row = index.data(ROW_ROLE) if index.isValid() else None
        return row if isinstance(row, MeetupRow) else None

    def _open(self, _index: QModelIndex | bool = False) -> None:
        row = self._shown()
        if row is not None:
            self.workspace.go(Place("meetup", row.id))

    def _connect(self) -> None:
        self.list.activated.connect(self._open)
        self.open.clicked.connect(self._open)
        tell_key(self.plan, "Plan a meet-up")
        self.menu = RowMenu(self.list, lambda: (self.open, self.plan, self.drop_in))
        self.parts.chosen.connect(lambda _key: self._filter())
        for asked in (self.plan.clicked, self.empty.pressed):
            asked.connect(lambda *_: self.workspace.go(Place("meetup", tab="plan")))
        self.drop_in.clicked.connect(lambda: self.workspace.go(Place("meetup", tab="drop-in")))

    def _lay_out(self) -> None:
        around, full, outer = QWidget(), QWidget(), QVBoxLayout(self)
        self._margin, column = QVBoxLayout(around), QVBoxLayout(full)
        self._bar_around, self._bar = QVBoxLayout(), FlowLayout()
        for layout in (outer, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._margin.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        for part in (self.parts, self.plan, self.drop_in, self.open):
            self._bar.addWidget(part)
        self._bar_around.addLayout(self._bar)
        column.addLayout(self._bar_around)
        self._lists.addWidget(self.none)
        self._lists.addWidget(self.list)
        column.addWidget(self._lists, 1)
        self._stack.addWidget(around)
        self._stack.addWidget(full)
        outer.addWidget(self._stack, 1)
