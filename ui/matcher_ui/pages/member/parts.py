"""What a member was asked about and took part in: each request with the dated facts of it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher.model import Outcome
from matcher.outreach import Part as Told
from matcher.outreach.meetups import MeetupPart
from matcher_ui.brief_words import AUDIENCES
from matcher_ui.models.meetups import stood_with
from matcher_ui.models.member_words import Dated, dated_day
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.dated_list import DatedList
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Place, Workspace

NOTHING = "Not asked about anything yet."


class PartBlock(Part):
    """One request: its name, which leads to it, who asked, and what happened when."""

    opened = Signal()

    def __init__(self, theme: Theme, told: Told, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.told = told
        self.title = Button(theme, told.title, "link")
        self.list = DatedList(theme, f"What happened: {told.title}")
        self.list.show_lines(lines_of(told))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title, 0, Qt.AlignmentFlag.AlignLeft)
        who = "  ·  ".join(part for part in (AUDIENCES[told.audience], told.organisation) if part)
        self._column.addWidget(Label(theme, who, "second", "ink2", wrap=True))
        self._column.addWidget(self.list)
        for words in filter(None, (told.ask.note, told.ask.feedback)):
            self._column.addWidget(Label(theme, f"“{words}”", "quote", "ink2", wrap=True))
        self.title.clicked.connect(self.opened)
        self.retheme()

    def retheme(self) -> None:
        self._column.setContentsMargins(0, 0, 0, self.theme.px(Space.CARD))
        self._column.setSpacing(self.theme.px(Space.XS))
        super().retheme()


class PartsTab(Part):
    """Every request they were asked about, the newest first; then the meet-ups they were invited or came to."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        self.blocks: list[PartBlock] = []
        self._none = Label(self.theme, NOTHING, "second", "ink2")
        self._events: tuple[MeetupPart, ...] = ()
        self._events_title = Label(self.theme, "Your own events", "section")
        self.events = DatedList(self.theme, "Meet-ups and drop-ins", leads=True)
        self.events.opened.connect(self._open_event)
        self._column = QVBoxLayout(self)
        for part in (self._events_title, self.events, self._none):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.retheme()

    def show_parts(self, parts: tuple[Told, ...], events: tuple[MeetupPart, ...] = ()) -> None:
        """Show what was read."""
        for block in self.blocks:
            self._column.removeWidget(block)
            block.hide()
            block.deleteLater()
        self.blocks = [PartBlock(self.theme, one) for one in parts]
        for place, block in enumerate(self.blocks):
            block.opened.connect(partial(self._open, block.told.ask.request_id))
            self._column.insertWidget(place, block)
        self._events = events
        self.events.show_lines([Dated(dated_day(one.starts_at), one.title, stood_with(one)) for one in events])
        for part in (self._events_title, self.events):
            part.setVisible(bool(events))
        self._none.setVisible(not (parts or events))

    def retheme(self) -> None:
        self._column.setContentsMargins(0, self.theme.px(Space.L), 0, self.theme.px(Space.L))
        self._column.setSpacing(0)
        super().retheme()

    def _open_event(self, place: int) -> None:
        self.workspace.go(Place("meetup", self._events[place].meetup_id))

    def _open(self, request_id: int) -> None:
        self.workspace.go(Place("request", request_id))


def lines_of(told: Told) -> list[Dated]:
    """The facts of one request as dated lines, the oldest first."""
    lines = [Dated(dated_day(one.at), one.what, "") for one in told.facts]
    if told.session and told.ask.outcome in (None, Outcome.TOOK_PART):
        answered = next((place for place, one in enumerate(told.facts) if one.what.startswith("Answered “")), -1)
        lines.insert(answered + 1, Dated("", f"Picked {told.session}", ""))
    return lines + [Dated("", f"Shared with {one}", "") for one in told.shared]
