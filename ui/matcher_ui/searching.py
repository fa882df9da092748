"""The search in the sidebar at work: typing finds, Enter goes there, Escape comes back to the page."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QObject, QPoint, QTimer, Signal

from matcher.storage import Store
from matcher_ui.finder import Findable, Found, findable
from matcher_ui.widgets.finder_list import FinderList
from matcher_ui.widgets.sidebar import Sidebar
from matcher_ui.workspace import PageName, Place, Workspace

WAITS_MS = 80
_Answer = tuple[str, Findable, tuple[Found, ...]]
"""What was sought, everything but members that can be found, and the best matches (or where she was)."""


class Searching(QObject):
    """``found`` carries what was chosen; ``left`` says that she went back to the page."""

    found = Signal(object)
    left = Signal()

    def __init__(
        self, workspace: Workspace, sidebar: Sidebar, finder: FinderList, pages: Callable[[], Collection[PageName]],
        been: Callable[[], Sequence[Place]] = tuple,
    ) -> None:  # fmt: skip
        """``been``: where she was, the latest first; offered before anything is typed."""
        super().__init__(finder)
        box = sidebar.search
        self._workspace, self._box, self._finder, self._pages = workspace, box, finder, pages
        self._been = been
        self._host = finder.parentWidget() or finder
        self._findable: Findable | None = None
        self._take_first = False
        self._waiting = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._waiting.timeout.connect(self._search)
        workspace.changed.connect(self._forget)
        box.textEdited.connect(self._typed)
        box.came.connect(self._came)
        box.gone.connect(self._gone)
        box.returnPressed.connect(self._enter)
        box.went_down.connect(finder.take_keyboard)
        box.left.connect(self.leave)
        finder.chosen.connect(self._choose)
        finder.went_up.connect(box.setFocus)
        finder.left.connect(finder.hide)

    def stop(self) -> None:
        """Nothing typed here is shown any more: the window is locked or closed."""
        self._waiting.stop()
        self._box.clear()
        self._finder.hide()

    def leave(self) -> None:
        """Back to the page."""
        self._finder.hide()
        self._box.clear()
        self.left.emit()

    def _came(self) -> None:
        """Offer where she was lately, until she types."""
        if not self._query:
            self._search()

    def _gone(self) -> None:
        """The keyboard went on: to what was found, or elsewhere."""
        if not self._finder.isAncestorOf(self._host.window().focusWidget() or self._box):
            self._finder.hide()

    def _typed(self, query: str) -> None:
        self._waiting.stop()
        self._take_first = False
        if query.strip():
            self._waiting.start()
        else:
            self._search()

    def _search(self) -> None:
        query, known, pages, been = self._query, self._findable, self._pages(), self._been()

        def look(store: Store) -> _Answer:
            among = known or findable(store)
            return query, among, among.find(store, query, pages) if query else among.at(store, been)

        self._workspace.read("findable", look, self._may_find)

    def _may_find(self, answer: _Answer) -> None:
        query, self._findable, found = answer
        if not query and (not found or not self._box.hasFocus()):
            self._finder.hide()
        elif query == self._query:
            below = QPoint(0, self._box.height() + self._finder.theme.px(4))
            self._finder.show_found(query, found, self._box.mapTo(self._host, below))
            if self._take_first:
                self._finder.choose_first()
            self._take_first = False

    @property
    def _query(self) -> str:
        return self._box.text().strip()

    def _choose(self, found: Found) -> None:
        self.leave()
        self.found.emit(found.place)

    def _enter(self) -> None:
        if self._finder.isVisible() and self._finder.query == self._query:
            self._finder.choose_first()
        elif self._query:
            self._take_first = True  # she is quicker than the search
            self._waiting.stop()
            self._search()

    def _forget(self) -> None:
        self._findable = None
