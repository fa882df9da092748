"""One piece of background work as the window sees it."""

import time
from threading import Event

from PySide6.QtCore import QObject, Signal

from matcher.errors import Cancelled
from matcher.turns import give_way

SHORTEST_GAP_S = 0.05


class Job(QObject):
    """Work under way. ``progressed`` fires on the window's thread, at most about twenty times a second."""

    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, what: str, *, writes: bool, quiet: bool) -> None:
        super().__init__()
        self.what = what
        self.writes = writes
        self.quiet = quiet
        self.done = 0
        self.total = 0
        self._cancelled = Event()
        self._last_told = 0.0
        self.progressed.connect(self._remember)

    def cancel(self) -> None:
        """Ask it to stop: at once while it waits its turn, else at its next report of progress."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def report(self, done: int, total: int, what: str) -> None:
        """The `matcher.progress.Progress` handed to the verb; called on the working thread."""
        if self.is_cancelled:
            raise Cancelled
        give_way()
        moment = time.monotonic()
        if moment - self._last_told >= SHORTEST_GAP_S or 0 < total == done:
            self._last_told = moment
            self.progressed.emit(done, total, what)

    def _remember(self, done: int, total: int, what: str) -> None:
        self.done, self.total, self.what = done, total, what
