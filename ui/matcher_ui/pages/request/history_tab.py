"""A request's history: what happened to it, the newest first."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher import clock
from matcher.errors import UserError
from matcher.outreach import Event, timeline
from matcher_ui.dates import moment_words
from matcher_ui.models.member_words import Dated
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.dated_list import DatedList
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace


class HistoryTab(Part):
    """Shows one request; a line about a member leads to them."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        theme = self.theme
        self.workspace = workspace
        self.request_id: int | None = None
        self.events: tuple[Event, ...] = ()
        self.notice, self.list = Notice(theme), DatedList(theme, "What happened to this request", leads=True)
        self._scroll = ScrollColumn(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._scroll.column.addWidget(Label(theme, "What happened", "section"))
        self._scroll.column.addWidget(self.list)
        self._scroll.column.addStretch(1)
        outer.addWidget(self.notice)
        outer.addWidget(self._scroll, 1)
        self.list.opened.connect(self._open)
        self.retheme()

    def show_request(self, request_id: int) -> None:
        """Read what happened to a request, in the background."""
        if request_id != self.request_id:
            self.request_id = request_id
            self.notice.clear()
            self.list.show_lines(())
        self.workspace.read(
            "request.history", lambda store: (request_id, timeline(store, request_id)),
            lambda found: self.show_events(*found), on_failed=self._failed,
        )  # fmt: skip

    def show_events(self, request_id: int, events: tuple[Event, ...]) -> None:
        """Show what was read."""
        if request_id == self.request_id:
            self.events = tuple(reversed(events))
            of_members = {place for place, one in enumerate(self.events) if one.member_id is not None}
            self.list.show_lines([line_of(one) for one in self.events], of_members)

    def retheme(self) -> None:
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._scroll.column.setSpacing(self.theme.px(Space.S))
        super().retheme()

    def _open(self, place: int) -> None:
        member_id = self.events[place].member_id
        if member_id is not None:
            self.workspace.go(Place("member", member_id))

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))


def line_of(event: Event) -> Dated:
    """An event as a line: the day, and what happened to whom."""
    when = moment_words(event.at, clock.today()).removeprefix("on ").partition(" at ")[0]
    return Dated(when, event.sentence, "")
