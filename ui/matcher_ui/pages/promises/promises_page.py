"""Promises to keep: what withdrawals left to do, yeses to confirm, check-ins to send, and what was shared."""

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from matcher_ui.models.check_ins import CheckInLine, read_due
from matcher_ui.models.promises import After, Again, SharedLine, read_after, read_again, read_shared
from matcher_ui.pages.page import Page
from matcher_ui.pages.promises.after import AfterView
from matcher_ui.pages.promises.again import AgainView
from matcher_ui.pages.promises.check_ins import CheckInsView
from matcher_ui.pages.promises.shared import SharedView
from matcher_ui.theme import Space
from matcher_ui.widgets.choices import Tab, Tabs
from matcher_ui.widgets.keyed import walk_by_key
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.workspace import Place, Workspace

AFTER, AGAIN, CHECK_INS, SHARED = "after", "again", "check_ins", "shared"
TABS = (
    (AFTER, "To tell and delete"), (AGAIN, "Said yes again"), (CHECK_INS, "Check-ins"), (SHARED, "Details shared")
)  # fmt: skip
SHORT = "To tell"
GAP, LEAST_GAP = Space.PAGE, Space.S
"""Between two tabs, in pixels at 100 %: where there is room, and at the least."""


class PromisesPage(Page):
    """The page; ``place.tab`` is one of the tabs, else the first with something in it is shown."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self.header, self.tabs = PageHeader(theme, "Promises to keep", back="Today"), Tabs(theme, TABS)
        self.after, self.again = AfterView(workspace), AgainView(workspace)
        self.check_ins, self.shared = CheckInsView(workspace), SharedView(workspace)
        self._views: dict[str, QWidget] = {
            AFTER: self.after, AGAIN: self.again, CHECK_INS: self.check_ins, SHARED: self.shared
        }  # fmt: skip
        self._looks_for_first = True
        self._counts: dict[str, int] = {}
        self._longest = next(tab for tab in self.tabs.findChildren(Tab) if tab.key == AFTER)
        self.tabs.setMinimumWidth(1)  # they fold instead of widening the page
        self._stack = QStackedWidget()
        self._lay_out()
        self.tabs.chosen.connect(self._turn_to)
        walk_by_key(self.tabs)
        self.header.went_back.connect(lambda: workspace.go(Place("today")))
        self.retheme()

    def show_place(self, place: Place) -> None:
        self._looks_for_first = place.tab not in self._views
        self._counts.clear()
        self.after.look_for(place.id)
        if not self._looks_for_first:
            self._turn_to(place.tab)
        super().show_place(place)

    def refresh(self) -> None:
        read = self.workspace.read
        read("promises.after", read_after, self._show_after)
        read("promises.again", read_again, self._show_again)
        read("promises.due", read_due, self._show_due)
        read("promises.shared", read_shared, self._show_shared)

    def draft(self) -> dict[str, Any]:
        return {str(number): card.evidence.text() for number, card in self.again.cards.items()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        for number, card in self.again.cards.items():
            if words := draft.get(str(number)):
                card.type_again(words)

    def keeps_unsaved(self) -> str:
        return self.again.keeps_unsaved()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.L), 0, 0)
        self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._head.setSpacing(px(Space.M))
        super().retheme()
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Where there is little room, the tabs move together, and the longest goes by its short name."""
        px, row, gaps = self.theme.px, self.tabs.layout(), len(TABS) - 1
        if row is None:
            return
        for words in (TABS[0][1], SHORT):
            self._longest.setText(words)
            self._longest.set_count(self._longest.count)
            row.setSpacing(px(GAP))
            over = max(0, self.tabs.sizeHint().width() - (self.width() - px(48)))
            row.setSpacing(max(self.theme.widest_space(px(GAP) - (over + gaps - 1) // gaps), px(LEAST_GAP)))
            if over <= gaps * px(GAP - LEAST_GAP):
                return

    def _show_after(self, after: After) -> None:
        self.after.show_after(after)
        self._count(AFTER, after.count)

    def _show_again(self, found: tuple[Again, ...]) -> None:
        self.again.show_again(found)
        self._count(AGAIN, len(found))

    def _show_due(self, people: tuple[CheckInLine, ...]) -> None:
        self.check_ins.show_people(people)
        self._count(CHECK_INS, len(people))

    def _show_shared(self, lines: tuple[SharedLine, ...]) -> None:
        self.shared.show_lines(lines)
        self._count(SHARED, len(lines))

    def _count(self, key: str, count: int) -> None:
        self._counts[key] = count
        self.tabs.set_count(key, count or None)
        self._fold()
        if self._looks_for_first and len(self._counts) == len(self._views):
            self._looks_for_first = False
            self._turn_to(next((name for name in (AFTER, AGAIN, CHECK_INS) if self._counts[name]), AFTER))

    def _turn_to(self, key: str) -> None:
        self.tabs.set_current(key)
        self._stack.setCurrentWidget(self._views[key])

    def _lay_out(self) -> None:
        self._column, self._head = QVBoxLayout(self), QVBoxLayout()
        self._column.setSpacing(0)
        self._head.addWidget(self.header)
        self._head.addWidget(self.tabs)
        for view in self._views.values():
            self._stack.addWidget(view)
        self._column.addLayout(self._head)
        self._column.addWidget(self._stack, 1)
