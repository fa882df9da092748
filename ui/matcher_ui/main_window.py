"""Navigation in an open store: the sidebar, the pages, the way back, search, messages and background work."""

import contextlib
from collections.abc import Callable, Sequence
from typing import get_args

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.outreach import request_of_workbook
from matcher.storage import Settings, read_settings
from matcher_ui.incoming import place_for
from matcher_ui.kept_edits import Edit, EditKeeper
from matcher_ui.page_list import PAGES, is_loaded, load_page, page_class, section_of
from matcher_ui.pages.page import Page
from matcher_ui.printing import Printing
from matcher_ui.searching import Searching
from matcher_ui.sidebar_counts import SidebarCounts
from matcher_ui.undoing import Undoing
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.finder_list import FinderList
from matcher_ui.widgets.job_bar import JobBar
from matcher_ui.widgets.notice import Action, Notice
from matcher_ui.widgets.sidebar import PAGES as NAV
from matcher_ui.widgets.sidebar import Sidebar
from matcher_ui.widgets.toast import ToastHost
from matcher_ui.widgets.what_is_this import GuideWanted
from matcher_ui.window_keys import add_keys, guide_for
from matcher_ui.workspace import PageName, Place, Workspace

_MOST_BACK = 50
AHEAD_MS = 60
CALM_MS = 20


class MainWindow(Part):
    """What she works in once a store is open. ``locking`` asks to lock it."""

    locking = Signal()

    def __init__(self, workspace: Workspace, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        self._nav = [item for item in NAV if item.key in PAGES]
        self.sidebar = Sidebar(self.theme, settings.organisation, self._nav)
        self.notice, self.stack, self.job_bar = Notice(self.theme), QStackedWidget(), JobBar(self.theme)
        self._in_turn = sorted(PAGES, key=lambda name: name not in {item.key for item in self._nav})
        self._pages: dict[PageName, Page] = {}
        self._trail: list[Place] = []
        self._place: Place | None = None
        self._coming: list[tuple[Place, Callable[[], None]]] = []
        self._told: tuple[str, Sequence[Action]] = ("", ())
        self._lay_out()
        self.toast, self.finder = ToastHost(self.theme, self, self._foot), FinderList(self.theme, self)
        self.undoing = Undoing(workspace, self.toast, self.notice)
        self.edit_keeper = EditKeeper(workspace, self.edits)
        self.is_typed_back, self._is_away = False, False
        self.searching = Searching(workspace, self.sidebar, self.finder, PAGES.keys, lambda: self._trail[::-1])
        self._printing = Printing(workspace, self.notice, self)
        self._ahead = QTimer(self, interval=AHEAD_MS)
        self._connect()
        add_keys(self, [(item.label, item.key) for item in self._nav])
        self._counts = SidebarCounts(workspace, self.sidebar, {item.key for item in self._nav})
        self._counts.refresh()

    @property
    def place(self) -> Place | None:
        """Where she is."""
        return self._place

    @property
    def page(self) -> Page | None:
        """The page shown."""
        return None if self._place is None else self._pages[self._place.page]

    @property
    def is_whole(self) -> bool:
        """Whether every page was built, with all its parts."""
        return self._missing_page is None

    def go(self, place: Place) -> None:
        """Go to a place; ask first when something on this page is not saved and would be replaced."""
        if place.page not in PAGES:
            self.workspace.say("That page is not part of Matcher yet.")
            return
        unsaved = self._unsaved_by(place)
        if unsaved:
            self.notice.tell(
                "care", f"Not saved yet: {unsaved}.",
                (("Stay here", lambda: None), ("Leave it", lambda: self._show(place))),
            )  # fmt: skip
        else:
            self._show(place)

    def back(self) -> None:
        """Go back to where she was before."""
        if self._trail:
            place = self._trail.pop()
            kept = self._pages.get(place.page)
            self._turn_to(place, lambda: self._arrive(place, afresh=kept is None or not kept.keeps_unsaved()))

    def unsaved(self) -> str:
        """What would be lost by closing now, over all pages; empty when nothing would."""
        return "; ".join(page.keeps_unsaved() for page in self._half_done())

    def edits(self) -> tuple[Edit, ...]:
        """What is not saved, over all pages."""
        return tuple(
            Edit(_without_payload(page.place), page.keeps_unsaved(), page.draft())
            for page in self._half_done() if page.place is not None
        )  # fmt: skip

    def edits_at_any_price(self) -> tuple[Edit, ...]:
        """The same after a fault, leaving out a page that can no longer tell."""
        found: list[Edit] = []
        for page in self._pages.values():
            with contextlib.suppress(Exception):
                if page.place is not None and page.keeps_unsaved():
                    found.append(Edit(_without_payload(page.place), page.keeps_unsaved(), page.draft()))
        return tuple(found)

    def _half_done(self) -> list[Page]:
        """The pages with something unsaved; one that was never shown has nothing of hers."""
        return [page for page in self._pages.values() if page.place is not None and page.keeps_unsaved()]

    def bring_back(self, edits: Sequence[Edit], done: tuple[Edit, ...] = ()) -> None:
        """Type again on their pages what was not saved, one after the other, and say so; then keep watch again."""
        if self._is_away:
            return  # what was kept stays kept
        if not edits:
            self.is_typed_back = True
            self._tell_what_is_back(done)
            self._when_calm(lambda: self.edit_keeper.start(anew=bool(done)))
            return
        first, *others = edits
        page = self._page(first.place.page)
        while not page.is_built:
            page.build_more()
        page.show_place(first.place)

        def type_again() -> None:
            try:
                page.take_draft(first.content)
            except (UserError, ValueError, KeyError, TypeError):  # kept by another version
                self.bring_back(others, done)
            else:
                self.bring_back(others, (*done, first))

        self._when_calm(type_again)

    def _tell_what_is_back(self, edits: Sequence[Edit]) -> None:
        if edits:
            words, first = "; ".join(edit.words for edit in edits), edits[0].place
            told, ways = self._told
            go = (("Go there", lambda: self._go_on_with(first)), ("Later", lambda: None), *ways)
            self.notice.tell("quiet", f"{told} Still here, and not saved yet: {words}.".lstrip(), go)
            self._told = ("", ())

    def tell_first(self, words: str, ways: Sequence[Action]) -> None:
        """Say something before anything else; what comes back of her typing is told together with it."""
        self._told = (words, ways)
        self.notice.tell("quiet", words, (("Close", lambda: None), *ways))

    def _go_on_with(self, place: Place) -> None:
        """Show a page as it is, with what is typed on it."""

        def arrive() -> None:
            self._arrive(place, afresh=False)
            self.take_keyboard()

        self._turn_to(place, arrive)

    def _when_calm(self, then: Callable[[], None]) -> None:
        """Once everything asked for so far was read; never, when the window was put away meanwhile."""
        if self._is_away:
            return
        if self.workspace.jobs.count == 0:
            then()
        else:
            QTimer.singleShot(CALM_MS, self, lambda: self._when_calm(then))

    def put_away(self) -> None:
        """Stop what is under way on the screen itself: the window is locked or closed."""
        self._is_away = True
        self.searching.stop()
        self._ahead.stop()
        self.edit_keeper.stop()
        self.toast.hide()

    def take_out(self) -> None:
        """Go on with what stands on the screen: it is unlocked again."""
        self._is_away = False
        self.edit_keeper.start()
        self._ahead.start()

    def take_keyboard(self) -> None:
        """Bring the keyboard to the page: Tab goes to the first thing on it."""
        if self.page is not None:
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, data: QMimeData) -> None:
        """Take what was dropped anywhere or pasted outside a field; the page shown is asked first."""
        if self.page is not None and self.page.take_dropped(data):
            return
        try:
            place = place_for(data)
        except UserError as error:
            self.show_trouble(error)
        else:
            if place is not None and place.page == "import":
                self._take_sheet(place)
            elif place is not None:
                self.go(place)

    def _take_sheet(self, place: Place) -> None:
        """A workbook of asks that comes back filled goes to its request, any other sheet to the import."""
        paths = tuple(place.payload or ())

        def found(request: int | None) -> None:
            self.go(place if request is None else Place("request", request, "ask", payload=paths))

        self.workspace.read("main.sheet", lambda store: request_of_workbook(store, paths), found)

    def show_trouble(self, error: UserError) -> None:
        """Say over the page what went wrong."""
        self.notice.tell("stop", str(error))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, GuideWanted):
            event.accept()
            self.go(Place("guide", tab=event.chapter))
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.back()
        else:
            super().mousePressEvent(event)

    def _unsaved_by(self, place: Place) -> str:
        """What going there would lose: pages keep what is typed until they are shown for something else."""
        target = self._pages.get(place.page)
        if target is None or target.place is None or target.place == place:
            return ""
        another_tab = place.id is not None and place.id == target.place.id  # which keeps what is typed
        return "" if another_tab else target.keeps_unsaved()

    def _show(self, place: Place) -> None:
        def arrive() -> None:
            if self._place is not None and _without_payload(place) != self._place:
                self._trail = [*self._trail[1 - _MOST_BACK :], self._place]
            self._arrive(place)

        self._turn_to(place, arrive)

    def _turn_to(self, place: Place, arrive: Callable[[], None]) -> None:
        """Arrive at a place: at once, or as soon as its page is there and she arrived where she went before."""
        self.notice.clear()
        self.finder.hide()
        self._coming.append((place, arrive))
        if len(self._coming) == 1:
            self._go_on()
        self._mark_section()

    def _go_on(self) -> None:
        """Arrive where she wanted to go next, in the order she asked."""
        place, arrive = self._coming[0]
        where = PAGES[place.page]
        if not is_loaded(where):
            self.workspace.jobs.load(lambda: load_page(where), lambda _loaded: self._go_on(), self._go_nowhere)
            return
        if not self._is_there(place.page):
            self.workspace.jobs.in_turn(self, self._build_and_go_on)
            return
        del self._coming[0]
        if self._coming:
            self.workspace.jobs.in_turn(self, self._go_on)
        arrive()

    def _build_and_go_on(self) -> None:
        self._build_some(self._coming[0][0].page)
        self._go_on()

    def _go_nowhere(self, error: UserError) -> None:
        self._coming.clear()
        self._mark_section()
        self.show_trouble(error)

    def _arrive(self, place: Place, *, afresh: bool = True) -> None:
        page = self._page(place.page)
        held = None if self._place is None else self.focusWidget()
        self._place = _without_payload(place)
        self.stack.setCurrentWidget(page)
        if held is None or self.stack.isAncestorOf(held):
            self.take_keyboard()
        self._mark_section()
        if afresh:
            page.show_place(place)

    def _mark_section(self) -> None:
        shown = self._coming[-1][0] if self._coming else self._place
        if shown is not None:
            self.sidebar.set_current(section_of(shown))

    def _build_ahead(self) -> None:
        """Build one more page, or a part of one, while nothing is under way: going there first is quick then."""
        jobs, missing = self.workspace.jobs, self._missing_page
        if missing is None:
            self._ahead.stop()
        elif jobs.count == 0 and not is_loaded(PAGES[missing]):
            jobs.load(lambda: load_page(PAGES[missing]), lambda _loaded: None)
        elif jobs.count == 0:
            jobs.in_turn(self, lambda: self._build_part(missing))

    def _build_part(self, name: PageName) -> None:
        if not self._build_some(name):
            self._pages[name].build_more()

    @property
    def _missing_page(self) -> PageName | None:
        """The next page that is not whole."""
        return next(
            (name for name in self._in_turn if not self._is_there(name) or not self._pages[name].is_built), None
        )

    def _is_there(self, name: PageName) -> bool:
        return name in self._pages and self.stack.indexOf(self._pages[name]) >= 0

    def _build_some(self, name: PageName) -> bool:
        """Make a page, or bring it into the window, where it is dressed; False when it is there already."""
        if self._is_there(name):
            return False
        if name not in self._pages:
            self._pages[name] = page_class(name)(self.workspace)
        else:
            self.stack.addWidget(self._pages[name])
        return True

    def _page(self, name: PageName) -> Page:
        while self._build_some(name):
            pass
        return self._pages[name]

    def _foot(self) -> int:
        bar = self.job_bar.height() if self.job_bar.isVisible() else 0
        return bar + (self.page.foot() if self.page is not None else 0)

    def _refresh(self) -> None:
        self._counts.refresh()
        self.workspace.read("main.settings", read_settings, lambda s: self.sidebar.set_organisation(s.organisation))

    def _connect(self) -> None:
        work = self.workspace
        work.went.connect(self.go)
        work.changed.connect(self._refresh)
        work.jobs.failed.connect(self.show_trouble)
        self.job_bar.follow(work.jobs)
        self.sidebar.chosen.connect(self.choose)
        self.sidebar.locked.connect(self.locking)
        self.searching.found.connect(self.go)
        self.searching.left.connect(self.take_keyboard)
        self._ahead.timeout.connect(self._build_ahead)
        self._ahead.start()

    def choose(self, key: str) -> None:
        """Go where an entry of the sidebar leads."""
        for name in get_args(PageName):
            if name == key:
                self.go(guide_for(self.page) if name == "guide" else Place(name))
        self._mark_section()  # she may have chosen to stay

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(), QHBoxLayout(self)
        for layout in (column, row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)
        column.addWidget(self.job_bar)
        row.addWidget(self.sidebar)
        row.addLayout(column, 1)


def _without_payload(place: Place) -> Place:
    return Place(place.page, place.id, place.tab)
