"""Keeping everybody ready to be matched, so that the first look at a request need not wait for it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from matcher_ui.jobs import Job
from matcher_ui.workspace import Workspace

AFTER_MS = 1_500
WHAT = "Getting everybody ready to match"


class PeopleReady(QObject):
    """Places everybody in the background once all is calm, and again after each change; it never holds her up.

    Whoever opens Match meanwhile waits for what is left of it; the bar at the foot says how far it is.
    """

    def __init__(self, workspace: Workspace, is_whole: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._is_whole = workspace, is_whole
        self._job: Job | None = None
        self._timer = QTimer(self, interval=AFTER_MS)
        self._timer.timeout.connect(self._begin)
        workspace.changed.connect(self._soon)
        self._stopped = True

    def start(self) -> None:
        """Go on with it: a store is open."""
        self._stopped = False
        self._soon()

    def stop(self) -> None:
        """Leave it: the store is locked or closed."""
        self._stopped = True
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()

    def _soon(self) -> None:
        if not self._stopped:
            self._timer.start()

    def _begin(self) -> None:
        if self._workspace.jobs.count or not self._is_whole():
            return  # the timer comes again
        from matcher.matching.ready import place_everybody

        self._timer.stop()
        store = self._workspace.store
        self._job = self._workspace.jobs.run(
            lambda progress: place_everybody(store, progress), on_done=self._done,
            on_failed=lambda _error: self._done(None), on_cancelled=lambda: self._done(None),
            what=WHAT, writes=False, aside=True,
        )  # fmt: skip

    def _done(self, _answer: None) -> None:
        self._job = None
