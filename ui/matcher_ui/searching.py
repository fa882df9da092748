"""The search in the sidebar at work: typing finds, Enter goes there, Escape comes back to the page."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QTimer, Signal

from matcher_ui.finder import Findable, Found, findable
from matcher_ui.widgets.finder_list import FinderList
from matcher_ui.widgets.sidebar import SearchBox
from matcher_ui.workspace import PageName, Workspace

WAITS_MS = 80


class Searching(QObject):
    """``found`` carries what was chosen; ``left`` says that she went back to the page."""

    found = Signal(object)
    left = Signal()

    def __init__(
        self, workspace: Workspace, box: SearchBox, finder: FinderList, pages: Callable[[], tuple[PageName, ...]]
    ) -> None:
        super().__init__(finder)
        self._workspace, self._box, self._finder, self._pages = workspace, box, finder, pages
        self._host = finder.parentWidget() or finder
        self._findable: Findable | None = None
        self._waiting = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._waiting.timeout.connect(self._search)
        workspace.changed.connect(self._forget)
        box.textEdited.connect(self._typed)
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

    def _typed(self, query: str) -> None:
        if not query.strip():
            self._waiting.stop()
            self._finder.hide()
        else:
            self._waiting.start()

    def _search(self) -> None:
        if self._findable is None:
            self._workspace.read("findable", findable, self._may_find)
        else:
            self._may_find(self._findable)

    def _may_find(self, known: Findable) -> None:
        self._findable = known
        query = self._box.text().strip()
        if query:
            below = QPoint(0, self._box.height() + self._finder.theme.px(4))
            where = self._box.mapTo(self._host, below)
            self._finder.show_found(query, known.find(query, self._pages()), where)

    def _choose(self, found: Found) -> None:
        self.leave()
        self.found.emit(found.place)

    def _enter(self) -> None:
        if self._waiting.isActive():
            self._waiting.stop()
            self._search()
        self._finder.choose_first()

    def _forget(self) -> None:
        self._findable = None
