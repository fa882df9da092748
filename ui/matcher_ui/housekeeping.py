"""Python's own tidying up, done by the window's thread at moments when nobody waits for it.

Left to itself Python collects cyclic garbage on whatever thread happens to allocate: a working thread would then
destroy widgets, which Qt forbids, and a full collection in the midst of a page makes her wait.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from matcher_ui.jobs import Jobs

EVERY_MS = 25
"""So often that what background work makes in between, which is looked through too, takes a few milliseconds."""
YOUNG = 10_000
FULL_EVERY = 12_000
CALM_S = 20.0


class Housekeeping(QObject):
    """Takes over collection from Python until `stop`; ``quiet_s`` tells for how long she has done nothing."""

    def __init__(self, jobs: Jobs, quiet_s: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._quiet_s = jobs, quiet_s
        self._since_full = 0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.tidy)
        gc.disable()
        self.settle()
        self._timer.start()

    def settle(self) -> None:
        """What is loaded by now stays for good: leave it out of every collection to come."""
        gc.freeze()

    def tidy(self) -> None:
        """Collect the young while they are few, and everything now and then while nobody is waiting."""
        self._since_full += 1
        if self._since_full >= FULL_EVERY and self._jobs.count == 0 and self._quiet_s() >= CALM_S:
            self._since_full = 0
            gc.collect()
        elif gc.get_count()[0] > YOUNG:
            gc.collect(0)

    def stop(self) -> None:
        """Give collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
