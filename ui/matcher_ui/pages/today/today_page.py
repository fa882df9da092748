"""Today: what needs her now, what is due, what was done last, and how old the last backup is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from matcher import clock
from matcher.consent import RightsRow, rights_cases
from matcher.model import CLOSED, Audience, RequestKind, Stage
from matcher.storage import BatchRow, recent_batches
from matcher.storage.store import Store
from matcher.triage import Due, Question, RequestRow, about_words, list_questions, list_requests, what_is_due
from matcher_ui.dates import away, day_words
from matcher_ui.models.requests_table import who_words as asking
from matcher_ui.pages.page import Page
from matcher_ui.pages.requests.questions_page import who_words
from matcher_ui.pages.today.meetups import MeetupsFacts, meetup_sections, read_meetups
from matcher_ui.pages.today.outreach import OutreachFacts, outreach_sections, read_outreach
from matcher_ui.pages.today.promises import PromisesCard
from matcher_ui.pages.today.rights import TITLE as RIGHTS
from matcher_ui.pages.today.rights import rights_rows
from matcher_ui.pages.today.safety import SafetyCards
from matcher_ui.pages.today.side import LastThings
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.keyed import tell_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.widgets.today_rows import TodayItem, TodayRow
from matcher_ui.workspace import PageName, Place, Workspace

SOON_DAYS = 14
NEARLY_DAYS = 3
MOST_ROWS = 6
LAST_STEPS = 6
SIDE_WIDTH, NARROW_SIDE = 336, 288
ROOMY, BARELY = 980, 700
RIGHT = Space.XL
NO_LIMIT = 16_777_215

_DUE_SECTIONS = (
    ("Sessions today and tomorrow", "session", 1), ("To follow up", "reminder", SOON_DAYS),
    ("Ask how it went", "question", SOON_DAYS),
)  # fmt: skip
"""Title of a section, kind of what is due, and for how many days ahead it is shown."""

AUDIENCES = {
    Audience.POLICY: "Policy", Audience.ACADEMIC: "Academic", Audience.MEDIA: "Media, fast lane",
    Audience.SECTOR: "Sector", Audience.OWN: "Our own",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NeedsHer:
    """Requests by what they wait for: new ones the oldest first, those wanted soon, and every open one."""

    new: tuple[RequestRow, ...]
    due: tuple[RequestRow, ...]
    open: tuple[RequestRow, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What Today shows."""

    rows: tuple[RequestRow, ...]
    steps: tuple[BatchRow, ...]
    due: tuple[Due, ...] = ()
    questions: tuple[Question, ...] = ()
    rights: tuple[RightsRow, ...] = ()
    outreach: OutreachFacts = field(default_factory=OutreachFacts)
    meetups: MeetupsFacts = ((), ())


def needs_her_today(rows: Sequence[RequestRow], today: date) -> NeedsHer:
    """Sort the requests into what needs her; a deadline counts from today on, a late one for two weeks more."""
    running = tuple(row for row in rows if row.kind is RequestKind.REQUEST and row.stage not in CLOSED)
    new = sorted((row for row in running if row.stage is Stage.NEW), key=lambda row: row.received)
    due = [
        row
        for row in running
        if row.stage is not Stage.NEW and row.deadline and abs(row.deadline - today) <= timedelta(days=SOON_DAYS)
    ]
    return NeedsHer(tuple(new), tuple(sorted(due, key=lambda row: row.deadline or today)), running)


def read_facts(store: Store) -> Facts:
    """Read what Today shows, in one go."""
    soon = clock.today() + timedelta(days=SOON_DAYS)
    return Facts(
        list_requests(store), recent_batches(store, LAST_STEPS),
        what_is_due(store, until=soon), tuple(one for one in list_questions(store) if one.answered is None),
        rights_cases(store), read_outreach(store), read_meetups(store),
    )  # fmt: skip


_WHERE: dict[PageName, str] = {"requests": " on Requests", "outreach": " on Outreach"}


class TodayPage(Page):
    """The page the window opens with."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self._header = PageHeader(theme, "Today", role="today_title")
        self.log = Button(theme, "Log a request", "main", icon="plus", tall=True)
        tell_key(self.log, "Log a request")
        self.log.clicked.connect(lambda: workspace.go(Place("log")))
        self._header.add_action(self.log)
        self.sections = QVBoxLayout()
        self.safety, self.last = SafetyCards(workspace), LastThings(workspace)
        self.promises = PromisesCard(workspace)
        self._section_parts: list[QWidget] = []
        self._lay_out()
        self.retheme()

    def refresh(self) -> None:
        self._header.set_facts((f"{clock.today():%A} {clock.today().day} {clock.today():%B}",))
        self.workspace.read("today", read_facts, self.show_facts)
        self.promises.refresh()
        self.safety.refresh()

    def show_facts(self, facts: Facts) -> None:
        """Show what was read."""
        today, needs = clock.today(), needs_her_today(facts.rows, clock.today())
        self._clear()
        self.log.set_kind("main" if facts.rows else "plain")
        if not facts.rows:
            self._add_empty()
        now, coming = meetup_sections(facts.meetups, today)
        sections = (*now, *outreach_sections(facts.outreach, today), *coming)
        if facts.rows and not (needs.new or needs.due or facts.due or facts.questions or facts.rights or sections):
            self._add_calm()
        who = {one.id: who_words(one) for one in facts.questions}
        urgent = [one for one in facts.questions if one.urgent]
        calm = [one for one in facts.questions if not one.urgent and not one.follow_up_on]
        self._add_questions("Urgent: a member may be in danger", urgent)
        self._add_rows(RIGHTS, rights_rows(facts.rights, today), "rights")
        self._add_section("New requests to check", needs.new, lambda row: new_item(row, today), "checks")
        for title, kind, last in _DUE_SECTIONS:
            until = today + timedelta(days=last)
            due = [one for one in facts.due if one.kind == kind and one.on <= until and not _is_over(one, today)]
            self._add_rows(title, [(reminder_item(one, today, who), _due_place(one)) for one in due])
        for title, rows, every in sections:
            self._add_rows(title, rows, every)
        self._add_section("Wanted in the next two weeks", needs.due, lambda row: due_item(row, today), "match")
        self._add_questions("Members’ questions", calm)
        self.last.show_steps(facts.steps, {f"R{row.id}": row.title for row in facts.rows}, today)

    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "_columns"):
            px = self.theme.px
            self._outer.setContentsMargins(0, px(Space.XL), 0, 0)
            self._outer.setSpacing(px(Space.M))
            self._head.setContentsMargins(px(Space.XXL), 0, px(RIGHT), 0)
            self._scroll.set_margins(Space.XXL - TodayRow.OUT, 0, RIGHT, 0)
            self._columns.setSpacing(px(Space.XL))
            self._left_box.setContentsMargins(0, 0, 0, px(Space.PAGE))
            self._turn()
            self._side_box.setSpacing(px(Space.L))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """Give the side its width, or put it under the list where there is no room beside it."""
        px, width = self.theme.px, self.width()
        beside = width >= px(BARELY)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)
        side = px(SIDE_WIDTH if width >= px(ROOMY) else NARROW_SIDE)
        self._side.setMinimumWidth(side if beside else 0)
        self._side.setMaximumWidth(side if beside else NO_LIMIT)

    def _add_section(
        self, title: str, rows: Sequence[RequestRow], item: Callable[[RequestRow], TodayItem], tab: str
    ) -> None:
        self._add_rows(title, [(item(row), Place("request", row.id, tab)) for row in rows])

    def _add_questions(self, title: str, questions: Sequence[Question]) -> None:
        today = clock.today()
        self._add_rows(title, [(question_item(one, today), Place("questions", one.id)) for one in questions])

    def _add_rows(self, title: str, rows: Sequence[tuple[TodayItem, Place]], every: PageName = "requests") -> None:
        if not rows:
            return
        self._add(_SectionTitle(self.theme, title, len(rows)))
        for number, (shown, place) in enumerate(rows[:MOST_ROWS]):
            line = TodayRow(self.theme, shown, last=number == min(len(rows), MOST_ROWS) - 1)
            line.clicked.connect(lambda _checked=False, place=place: self.workspace.go(place))
            self._add(line)
        if len(rows) > MOST_ROWS:
            where = _WHERE.get(every, "")
            more = Button(self.theme, f"All {len(rows)}{where}", "quiet")
            more.clicked.connect(lambda: self.workspace.go(Place(every)))
            self._add(more, Qt.AlignmentFlag.AlignLeft)

    def _add_empty(self) -> None:
        empty = EmptyPage(
            self.theme, "today", "A fresh start",
            "Bring in the spreadsheet of your members, or drop a request anywhere on this window.",
            "Bring in my spreadsheet", button_icon="spreadsheet",
        )  # fmt: skip
        empty.setAcceptDrops(False)  # the window itself takes what is dropped
        empty.setMinimumHeight(self.theme.px(200))
        empty.pressed.connect(lambda: self.workspace.go(Place("import")))
        holder = QWidget()
        room = QVBoxLayout(holder)
        room.setContentsMargins(self.theme.px(TodayRow.OUT), 0, 0, 0)
        room.addWidget(empty)
        self._add(holder)

    def _add_calm(self) -> None:
        self._add(_SectionTitle(self.theme, "Nothing waits for you", 0))
        words = "No new request, and nothing wanted in the next two weeks."
        line = Label(self.theme, words, "second", "ink2", wrap=True)
        line.setIndent(TodayRow.OUT)
        self._add(line)

    def _add(self, part: QWidget, where: Qt.AlignmentFlag | None = None) -> None:
        self._section_parts.append(part)
        if where is None:
            self.sections.addWidget(part)
        else:
            self.sections.addWidget(part, 0, where)

    def _clear(self) -> None:
        for part in self._section_parts:
            self.sections.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._section_parts.clear()

    def _lay_out(self) -> None:
        left, side = QWidget(), QWidget()
        self._left_box = QVBoxLayout(left)
        self.sections.setSpacing(0)
        self._left_box.setSpacing(0)
        self._left_box.addLayout(self.sections)
        self._left_box.addStretch(1)
        self._side, self._side_box = side, QVBoxLayout(side)
        self._side_box.setContentsMargins(0, 0, 0, 0)
        for part in (self.promises, self.safety, self.last):
            self._side_box.addWidget(part)
        self._side_box.addStretch(1)
        both = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addWidget(left, 1)
        self._columns.addWidget(side, 0)
        self._scroll = ScrollColumn(self.theme)
        self._scroll.column.addWidget(both)
        self._outer, self._head = QVBoxLayout(self), QHBoxLayout()
        self._head.addWidget(self._header)
        self._outer.addLayout(self._head)
        self._outer.addWidget(self._scroll, 1)


class _SectionTitle(Part):
    """A section's name with its plain count."""

    def __init__(self, theme: Theme, title: str, count: int) -> None:
        super().__init__(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(TodayRow.OUT), theme.px(Space.M), 0, theme.px(Space.XS))
        row.setSpacing(theme.px(Space.S))
        row.addWidget(Label(theme, title, "section"))
        if count:
            row.addWidget(Label(theme, f"{count:,}", "count", "ink3"))
        row.addStretch(1)


def new_item(row: RequestRow, today: date) -> TodayItem:
    """How a new request stands in the list."""
    if row.deadline is None:
        return TodayItem("mail", row.title, _who(row), button="Start checks")
    far, days = away(row.deadline, today), (row.deadline - today).days
    token = "stop" if days <= 1 else "care" if days <= NEARLY_DAYS else "ink2"
    when = f"Wanted {far}" if days >= 0 else far
    return TodayItem("mail", row.title, _who(row), when, far, token, "Start checks")


def due_item(row: RequestRow, today: date) -> TodayItem:
    """How a request with a near deadline stands in the list."""
    deadline = row.deadline or today
    far, days = away(deadline, today), (deadline - today).days
    ink = "stop" if days < 0 else "care" if days <= NEARLY_DAYS else "ink2"
    asked = f"{row.asked} asked, {row.agreed} said yes" if row.asked else "nobody asked yet"
    facts = f"{row.wanted} wanted: {asked}" if row.wanted else asked[:1].upper() + asked[1:]
    return TodayItem("clock", row.title, facts, f"{day_words(deadline, today)}, {far}", far, ink)


def reminder_item(due: Due, today: date, who: Mapping[int, str] | None = None) -> TodayItem:
    """How a reminder, a session or a question to ask about again stands; ``who`` asked each question."""
    far, days = away(due.on, today), (due.on - today).days
    ink = "stop" if days < 0 else "care" if days == 0 else "ink2"
    icon = {"session": "calendar", "question": "question"}.get(due.kind, "reply")
    asked = due.kind == "question"
    title, more = (about_words(due.title), (who or {}).get(due.id, "")) if asked else (due.what, due.title)
    return TodayItem(icon, title, more, f"{day_words(due.on, today)}, {far}", far, ink)


def question_item(question: Question, today: date) -> TodayItem:
    """How a member's question stands in the list."""
    since = f"Since {day_words(question.received.astimezone(clock.LONDON).date(), today)}"
    icon, ink = ("warning", "stop") if question.urgent else ("question", "ink2")
    return TodayItem(icon, about_words(question.about), who_words(question), since, since, ink, "Where to turn")


def _is_over(due: Due, today: date) -> bool:
    """A session that was: nothing is left to do about it here."""
    return due.kind == "session" and due.on < today


def _due_place(due: Due) -> Place:
    return Place("questions", due.id) if due.request_id is None else Place("request", due.request_id, "checks")


def _who(row: RequestRow) -> str:
    return "  ·  ".join(part for part in (asking(row), AUDIENCES.get(row.audience, "")) if part)
