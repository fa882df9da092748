"""The one door to background work; the rest of the window never sees a thread."""

from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from matcher.errors import Cancelled, UserError
from matcher.progress import Progress
from matcher.turns import window_answers
from matcher_ui.faults import where_it_happened
from matcher_ui.jobs.job import Job
from matcher_ui.jobs.pieces import Pieces

T = TypeVar("T")

BEAT_MS, LATE_MS = 10, 20
"""How often the window says that it answers while others work, and after how long it is late."""

BUG = UserError(
    "That did not work: Matcher met something unexpected.", todo="Nothing of it was kept. Please try again."
)


@dataclass(frozen=True)
class _Outcome:
    """How a job ended: a value, an error for people, a bug, or none of them when it was cancelled."""

    value: Any = None
    error: UserError | None = None
    bug: tuple[str, str] | None = None
    cancelled: bool = False


@dataclass(frozen=True)
class _Callbacks:
    on_done: Callable[[Any], None]
    on_failed: Callable[[UserError], None] | None = None
    on_cancelled: Callable[[], None] | None = None


class Jobs(QObject):
    """Runs verbs on one writer and one reader thread, each in the order asked, and answers on the window's thread.

    Reading that may take long while other pages go on reading is done ``aside``, on a reader thread of its own;
    so is loading more of the program.
    All of them let the window go first (`matcher.turns.give_way`). What they answer, and pieces of the window's
    own work (`in_turn`), come to it one at a time.
    ``crashed`` carries a bug's type and where it happened, never its message or values, which may be personal.
    """

    started = Signal(Job)
    ended = Signal(Job)
    count_changed = Signal(int)
    failed = Signal(UserError)
    crashed = Signal(str, str)
    _finished = Signal(Job, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="matcher-writer")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="matcher-reader")
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="matcher-aside")
        self._loader = ThreadPoolExecutor(1, thread_name_prefix="matcher-loader")
        self._waiting: dict[Job, _Callbacks] = {}
        self._latest: dict[Hashable, Job] = {}
        self._pieces, self._own = Pieces(self), 0
        self._closed = False
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(lambda: window_answers(LATE_MS / 1000))
        self._finished.connect(self._answered)

    @property
    def count(self) -> int:
        """How many jobs and pieces are waiting or running, quiet ones included."""
        return len(self._waiting) + self._own

    def in_turn(self, owner: QObject, piece: Callable[[], object]) -> None:
        """Do a piece of the window's own work in a turn of its own, if its owner is still there then."""

        def do() -> None:
            try:
                if isValid(owner):
                    piece()
            finally:
                self._own -= 1
                self.count_changed.emit(self.count)

        self._own += 1
        self._pieces.add(do)
        self.count_changed.emit(self.count)

    def run(
        self,
        verb: Callable[[Progress], T],
        *,
        on_done: Callable[[T], None],
        on_failed: Callable[[UserError], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        what: str,
        writes: bool,
        quiet: bool = False,
        aside: bool = False,
    ) -> Job:
        """Run ``verb`` in the background. Exactly one of the callbacks follows, on the window's thread.

        Without ``on_failed`` an error goes to the ``failed`` signal. ``quiet`` work never shows in the job bar.
        """
        lane = self._writer if writes else self._aside if aside else self._reader
        job = Job(what, writes=writes, quiet=quiet)
        self._begin(lane, job, verb, _Callbacks(on_done, on_failed, on_cancelled))
        return job

    def load(
        self,
        part: Callable[[], object],
        on_done: Callable[[object], None],
        on_failed: Callable[[UserError], None] | None = None,
    ) -> Job:
        """Load a part of the program: it waits for nothing that is being read or written."""
        job = Job("Getting ready", writes=False, quiet=True)
        self._begin(self._loader, job, lambda _progress: part(), _Callbacks(on_done, on_failed))
        return job

    def run_latest(
        self,
        key: Hashable,
        verb: Callable[[Progress], T],
        *,
        on_done: Callable[[T], None],
        on_failed: Callable[[UserError], None] | None = None,
        what: str = "",
        quiet: bool = True,
        aside: bool = False,
    ) -> Job:
        """Like `run` for reading, but a newer call with the same ``key`` drops the older one's result."""
        older = self._latest.get(key)
        if older is not None:
            older.cancel()

        def newest(then: Callable[[Any], None], answer: Any) -> None:
            if self._latest.get(key) is job:
                del self._latest[key]
                then(answer)

        job = self.run(
            verb,
            on_done=partial(newest, on_done),
            on_failed=partial(newest, on_failed or self.failed.emit),
            what=what,
            writes=False,
            quiet=quiet,
            aside=aside,
        )
        self._latest[key] = job
        return job

    def shutdown(self) -> None:
        """Finish what was to be written, drop what was only read, and wait until the threads are gone."""
        self._closed = True
        self._pieces.clear()
        self._own = 0
        for job in self._waiting:
            if not job.writes:
                job.cancel()
        self._rest()
        for lane in (self._loader, self._aside, self._reader, self._writer):
            lane.shutdown(wait=True)
        self._waiting.clear()
        self._latest.clear()

    def _begin(self, lane: ThreadPoolExecutor, job: Job, verb: Callable[[Progress], Any], then: _Callbacks) -> None:
        if self._closed:
            raise RuntimeError("work was asked for after shutdown")
        job.setParent(self)
        self._waiting[job] = then
        if not self._beat.isActive():
            self._beat.start()
        self.started.emit(job)
        self.count_changed.emit(self.count)
        lane.submit(self._work, job, verb)

    def _rest(self) -> None:
        """Nobody need stand back for the window any more."""
        self._beat.stop()
        window_answers()

    def _work(self, job: Job, verb: Callable[[Progress], Any]) -> None:
        """On a working thread: run the verb and hand its outcome to the window's thread."""
        try:
            outcome = _Outcome(cancelled=True) if job.is_cancelled else _Outcome(value=verb(job.report))
        except Cancelled:
            outcome = _Outcome(cancelled=True)
        except UserError as error:
            outcome = _Outcome(error=error)
        except Exception as error:  # noqa: BLE001 - the last chance: a bug must reach the window, not vanish
            outcome = _Outcome(error=BUG, bug=(type(error).__name__, where_it_happened(error)))
        self._finished.emit(job, outcome)

    def _answered(self, job: Job, outcome: _Outcome) -> None:
        self._pieces.add(partial(self._deliver, job, outcome))

    def _deliver(self, job: Job, outcome: _Outcome) -> None:
        callbacks = self._waiting.pop(job, None)
        if not self._waiting:
            self._rest()
        if callbacks is None or self._closed:
            return
        job.ended.emit()
        self.ended.emit(job)
        self.count_changed.emit(self.count)
        job.deleteLater()
        if outcome.bug:
            self.crashed.emit(*outcome.bug)
        if outcome.cancelled:
            if callbacks.on_cancelled:
                callbacks.on_cancelled()
        elif outcome.error:
            (callbacks.on_failed or self.failed.emit)(outcome.error)
        else:
            callbacks.on_done(outcome.value)
