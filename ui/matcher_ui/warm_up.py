"""Loading, behind her back and in small pieces, what the first painted window can do without.

First the rooms of the core, which an open store needs; then the pages, then what ranking needs: each piece only
while nothing else is under way, so that opening a store and its first page never wait for what comes later.
"""

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from matcher_ui.jobs import Jobs
from matcher_ui.page_list import PAGES, forget_sources, load_page

ROOMS = (
    "matcher.consent", "matcher.knowledge.places", "matcher.directory", "matcher.triage", "matcher.matching",
    "matcher.outreach",
)  # fmt: skip
FRAME = "matcher_ui.main_window"
PAUSE_MS = 30


def load_rooms() -> None:
    """Import the rooms that the pages call, and the frame with the first page; on a working thread, before a store
    is shown."""
    for name in (*ROOMS, FRAME):
        import_module(name)
        forget_sources()
    load_page(PAGES["today"])


class WarmUp(QObject):
    """Loads everything piece by piece; ``is_calm`` says when no page is waiting, ``loaded`` follows each piece."""

    def __init__(
        self, jobs: Jobs, is_calm: Callable[[], bool], loaded: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._is_calm, self._loaded = jobs, is_calm, loaded
        self._steps: Iterator[Callable[[], object]] = iter(())
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self._next)

    def begin(self) -> None:
        """Start: the window was painted. The rooms are loaded at once, while a store may be opening."""
        self._load(load_rooms)
        self._steps = pieces()
        self._timer.start()

    def _next(self) -> None:
        if self._jobs.count or not self._is_calm():
            return
        step = next(self._steps, None)
        if step is None:
            self._timer.stop()
        else:
            self._load(step)

    def _load(self, what: Callable[[], object]) -> None:
        self._jobs.load(what, self._done)

    def _done(self, _answer: object) -> None:
        forget_sources()
        self._loaded()


def pieces() -> Iterator[Callable[[], object]]:
    """The rest; what comes later is known only once what comes before was loaded."""
    for where in PAGES.values():
        yield partial(load_page, where)
    from matcher.matching.ready import steps_to_ready

    yield from steps_to_ready()
