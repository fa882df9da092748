"""One request: who asks for what, where it stands, and the tab of the step she is on."""

from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from matcher import clock
from matcher.errors import UserError
from matcher.model import CLOSED, Brief, Format, Stage
from matcher.model.words import NEXT_STAGES
from matcher.progress import Progress
from matcher.storage.store import Store
from matcher.triage import RequestPage as RequestFacts
from matcher.triage import move_stage, show_request
from matcher_ui.brief_words import AUDIENCES, FORMATS, STAGES, payment_words
from matcher_ui.dates import away, day_words
from matcher_ui.incoming_request import last_step
from matcher_ui.pages.page import Page
from matcher_ui.pages.request.ask_step import AskStep
from matcher_ui.pages.request.brief_tab import BriefTab
from matcher_ui.pages.request.checks_tab import ChecksTab
from matcher_ui.pages.request.close_tab import CloseTab
from matcher_ui.pages.request.history_tab import HistoryTab
from matcher_ui.pages.request.introduce_tab import IntroduceTab
from matcher_ui.pages.request.match.match_tab import MatchTab
from matcher_ui.theme import Space
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.card import Hairline
from matcher_ui.widgets.empty_page import EmptyPage, IconView
from matcher_ui.widgets.keyed import walk_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.paint import width_of
from matcher_ui.widgets.row_menu import open_below
from matcher_ui.widgets.step_bar import StepBar
from matcher_ui.workspace import Place, Workspace

STEPS = (
    ("brief", "Brief"),
    ("checks", "Checks"),
    ("match", "Match"),
    ("ask", "Ask"),
    ("introduce", "Introduce"),
    ("close", "Close"),
)
_TABS = {
    "brief": "brief", "checks": "checks", "match": "match", "ask": "ask", "introduce": "introduce",
    "close": "close_step", "history": "history",
}  # fmt: skip
"""Step -> the part of the page that shows it, built when it is first gone to."""
_REACHED = {Stage.NEW: 0, Stage.CHECKING: 1, Stage.MATCHING: 2, Stage.ASKING: 3, Stage.INTRODUCED: 4}
"""Stage -> how many steps are behind it; a closed one has all behind it."""
_FIRST_TAB = {
    Stage.NEW: "checks", Stage.CHECKING: "checks", Stage.MATCHING: "match", Stage.ASKING: "ask",
    Stage.INTRODUCED: "introduce", Stage.DONE: "close",
}  # fmt: skip
_SOON_DAYS = 3
_LEAST_STEPS = 320
_WIDE_GAP, _TIGHT_GAP = Space.XL, Space.L
"""Between two steps, where there is room, and beside the day."""


Step = BriefTab | ChecksTab | MatchTab | AskStep | IntroduceTab | CloseTab | HistoryTab


class RequestPage(Page):
    """Shows ``place.id`` on the tab ``place.tab``, or on the one its stage calls for."""

    LATER = tuple(_TABS.values())

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self.header = PageHeader(theme, back="Requests")
        self.stage = Button(theme, "", trailing="chevron_down")
        self.steps = StepBar(theme, STEPS)
        self.notice = Notice(theme)
        self.to_history = IconButton(theme, "clock", "What happened to it")
        self.facts: RequestFacts | None = None
        self.tab = ""
        self._wanted: tuple[str, int | None] = ("", None)
        self._clock, self._deadline = IconView(theme, "clock", "ink2", 14), Label(theme, "", "count", "ink2")
        self._tabs = QStackedWidget()
        self._missing: EmptyPage | None = None
        self._lay_out()
        self.header.add_action(self.to_history)
        self.header.add_action(self.stage)
        self.to_history.clicked.connect(lambda: self._step_chosen("history"))
        self.header.went_back.connect(lambda: workspace.go(Place("requests")))
        self.stage.clicked.connect(self._open_stages)
        self.steps.chosen.connect(self._step_chosen)
        walk_by_key(self.steps)
        self.retheme()

    def shown_of_it(self) -> str:
        return self.tab

    @cached_property
    def brief(self) -> BriefTab:
        return BriefTab(self.workspace)

    @cached_property
    def checks(self) -> ChecksTab:
        return ChecksTab(self.workspace)

    @cached_property
    def match(self) -> MatchTab:
        return MatchTab(self.workspace)

    @cached_property
    def ask(self) -> AskStep:
        return AskStep(self.workspace)

    @cached_property
    def introduce(self) -> IntroduceTab:
        return IntroduceTab(self.workspace)

    @cached_property
    def close_step(self) -> CloseTab:
        return CloseTab(self.workspace)

    @cached_property
    def history(self) -> HistoryTab:
        return HistoryTab(self.workspace)

    @property
    def is_built(self) -> bool:
        return super().is_built and self._made is None and self.ask.is_built

    def build_more(self) -> None:
        if self._made is not None:
            self._tabs.addWidget(self._made)
        elif not super().is_built:
            super().build_more()
        else:
            self.ask.build_more()

    @property
    def _made(self) -> Step | None:
        """A step that is made, but not yet in the window, where it is dressed: a piece of work by itself."""
        return next((step for step in self._built(*self.LATER) if self._tabs.indexOf(step) < 0), None)

    def show_place(self, place: Place) -> None:
        if self.facts is None or self.facts.id != place.id:
            self.facts = None
            self.tab = ""
            self._tabs.hide()
        self.notice.clear()
        if place.tab in _TABS:
            self.tab = place.tab
        self._wanted = (place.part, place.person)
        super().show_place(place)

    def refresh(self) -> None:
        request_id = self.place.id if self.place else None
        if request_id is None:
            self._show_missing("There is no such request.")
            return
        self.workspace.read(
            "request", lambda store: show_request(store, request_id), self.show_facts, on_failed=self._failed
        )

    def take_dropped(self, data: QMimeData) -> bool:
        return self.tab == "ask" and self.ask.take_dropped(data)

    def foot(self) -> int:
        shown = self._tabs.currentWidget()
        return shown.tray.height() if isinstance(shown, MatchTab) and shown.tray.isVisible() else 0

    def keeps_unsaved(self) -> str:
        steps = self._built("brief", "checks", "ask", "close_step")  # what was never shown has nothing of hers
        return " and ".join(filter(None, (step.keeps_unsaved() for step in steps)))

    def draft(self) -> dict[str, Any]:
        return {
            "brief": self.brief.draft(), "letters": self.checks.letter.changed_letters(),
            "replies": self.ask.pasted.text.toPlainText(),
            "close": {name: line.text() for name, line in self.close_step.lines().items()},
        }  # fmt: skip

    def take_draft(self, draft: dict[str, Any]) -> None:
        if self.place is not None and self.place.id is not None:
            self.brief.take_draft(self.place.id, draft["brief"])
            self.checks.take_letters(self.place.id, draft["letters"])
            self.ask.take_words(self.place.id, draft["replies"])
            self.close_step.take_words(self.place.id, draft["close"])

    def show_facts(self, facts: RequestFacts) -> None:
        """Show what was read, and let the tab read the rest."""
        if self.place is None or facts.id != self.place.id:
            return
        first = self.facts is None
        self.facts = facts
        self.header.set_title(facts.brief.title)
        self.stage.setText(STAGES[facts.stage])
        self.stage.setAccessibleName(f"Where it stands: {STAGES[facts.stage]}")
        self.stage.updateGeometry()
        self.tab = self.tab or _FIRST_TAB.get(facts.stage, "ask" if facts.asked else "brief")
        self._show_deadline(facts)
        self._show_steps(facts)
        self._fold()
        if self._missing is not None:
            self._missing.hide()
        self._show_tab(afresh=first)

    def _take_brought(self) -> None:
        """A filled workbook that was dropped elsewhere in the window, and led here."""
        place = self.place
        if place is not None and place.tab == "ask" and isinstance(place.payload, tuple):
            self.place = Place(place.page, place.id, place.tab)
            self.ask.read_file(Path(place.payload[0]))

    def retheme(self) -> None:
        super().retheme()
        px = self.theme.px
        self._head.setContentsMargins(0, px(Space.L), 0, 0)
        self._head.setSpacing(px(Space.S))
        self._title_row.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._bar.setContentsMargins(px(Space.CARD), 0, px(Space.PAGE), 0)
        self._bar.setSpacing(px(Space.S))
        self.steps.setMinimumWidth(px(_LEAST_STEPS))
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Where there is little room, the steps move together and the day goes up to the other facts."""
        px, steps = self.theme.px, self.steps.layout()
        if self.facts is None or steps is None:
            return
        words = deadline_words(self.facts.brief.deadline, clock.today(), closed=self.facts.stage in CLOSED)
        steps.setSpacing(px(_WIDE_GAP))
        room = self.width() - px(20 + 24)
        beside = width_of(words, self.theme, "count") + px(14 + 8 + 24)
        tight = self.steps.sizeHint().width() - (len(STEPS) - 1) * px(_WIDE_GAP - _TIGHT_GAP)
        above = tight + beside > room
        over = self.steps.sizeHint().width() + (0 if above else beside) - room
        gap = px(_WIDE_GAP) - max(0, over + len(STEPS)) // (len(STEPS) - 1)
        steps.setSpacing(self.theme.widest_space(gap))
        facts = facts_of(self.facts.brief)
        self.header.set_facts((words, *facts) if above else facts)
        for part in (self._clock, self._deadline):
            part.setVisible(not above)

    def _show_tab(self, *, afresh: bool) -> None:
        """Show the step she is on: made, brought into the window and filled in turns of their own."""
        if self.facts is None:
            return  # she went on to another request meanwhile
        is_made = bool(self._built(_TABS[self.tab]))
        shown: Step = getattr(self, _TABS[self.tab])
        if not is_made or self._made is not None:
            if is_made:
                self.build_more()
            self.workspace.jobs.in_turn(self, partial(self._show_tab, afresh=afresh))
            return
        self._tabs.setCurrentWidget(shown)
        self._tabs.show()
        if afresh or self.tab != "brief" or not self.brief.keeps_unsaved():
            shown.show_request(self.facts.id)
        if any(self._wanted) and isinstance(shown, AskStep | IntroduceTab | CloseTab):
            shown.turn_to(*self._wanted)
        self._wanted = ("", None)
        self._take_brought()

    def _show_deadline(self, facts: RequestFacts) -> None:
        today, deadline = clock.today(), facts.brief.deadline
        closed = facts.stage in CLOSED
        self._deadline.setText(deadline_words(deadline, today, closed=closed))
        days = (deadline - today).days if deadline and not closed else _SOON_DAYS + 1
        ink = "stop" if days < 0 else "care" if days <= _SOON_DAYS else "ink2"
        self._deadline.set_look(color=ink)
        self._clock.set_icon("clock", ink)

    def _show_steps(self, facts: RequestFacts) -> None:
        reached = _REACHED.get(facts.stage, len(STEPS) if facts.stage is Stage.DONE else 0)
        for place, (key, _label) in enumerate(STEPS):
            state = "current" if key == self.tab else "done" if place < reached else "todo"
            self.steps.set_state(key, state)  # type: ignore[arg-type]

    def _step_chosen(self, key: str) -> None:
        if self.place is not None and key != self.tab:
            self.workspace.go(Place("request", self.place.id, key))

    def stage_menu(self) -> QMenu:
        """The stages it can move to from here in their order, and below a line those that close it."""
        menu, nexts = QMenu(self), NEXT_STAGES[self.facts.stage] if self.facts else frozenset()
        for closing in (False, True):
            for stage in (one for one in Stage if one in nexts and (one in CLOSED) is closing):
                menu.addAction(STAGES[stage]).setData(stage)
            if not closing and not nexts.isdisjoint(CLOSED):
                menu.addSeparator()
        return menu

    def move_to(self, stage: Stage) -> None:
        """Move the request to another stage, with Undo."""
        facts = self.facts
        if facts is None:
            return

        def move(store: Store, _progress: Progress) -> int | None:
            move_stage(store, facts.id, stage)
            return last_step(store)

        self.workspace.write(
            move, lambda batch: self.workspace.say(f"Now: {STAGES[stage].lower()}.", batch),
            what="Moving the request",
        )  # fmt: skip

    def _open_stages(self) -> None:
        menu = self.stage_menu()
        menu.triggered.connect(lambda action: self.move_to(Stage(action.data())))
        open_below(menu, self.stage)

    def _failed(self, error: UserError) -> None:
        self._show_missing(str(error))

    def _show_missing(self, words: str) -> None:
        """There is no such request: say so, with the way back."""
        self._tabs.hide()
        self.header.set_title("")
        self.header.set_facts(())
        if self._missing is None:
            empty = EmptyPage(
                self.theme, "requests", words, "It may have been merged.", "All requests", button_icon=None
            )
            empty.setAcceptDrops(False)
            empty.pressed.connect(lambda: self.workspace.go(Place("requests")))
            self._missing = empty
            self._column.addWidget(empty, 1)
        self._missing.show()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._head, self._title_row, self._bar = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._title_row.addWidget(self.header)
        self._bar.addWidget(self.steps)
        self._bar.addStretch(1)
        self._bar.addWidget(self._clock)
        self._bar.addWidget(self._deadline)
        self._head.addLayout(self._title_row)
        self._head.addLayout(self._bar)
        self._column.addLayout(self._head)
        self._column.addWidget(Hairline(self.theme))
        self._column.addWidget(self.notice)
        self._column.addWidget(self._tabs, 1)


def facts_of(brief: Brief) -> tuple[str, ...]:
    """The line under the title: who, audience, what, how many, payment; only what is known."""
    who = ", ".join(part for part in (brief.requester, brief.organisation) if part)
    kind = "" if brief.format is Format.OTHER else FORMATS[brief.format]
    minutes = f"{brief.duration_minutes} minutes" if brief.duration_minutes else ""
    what = ", ".join(part for part in (kind, minutes) if part)
    facts = (who, AUDIENCES[brief.audience], what, brief.people_wanted.spoken, payment_words(brief))
    return tuple(fact for fact in facts if fact)


def deadline_words(deadline: date | None, today: date, *, closed: bool) -> str:
    """“Wanted by Fri 4 Dec, in 11 days”."""
    if deadline is None:
        return "No day given"
    words = f"Wanted by {day_words(deadline, today)}"
    return words if closed else f"{words}, {away(deadline, today)}"
