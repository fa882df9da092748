"""What every page works with: the open store, the door to background work, and the look."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from PySide6.QtCore import QObject, Signal

from matcher.consent import redo, undo
from matcher.errors import UserError
from matcher.progress import Progress
from matcher.storage import Undone
from matcher.storage.store import Store
from matcher_ui.idle import IDLE_MINUTES
from matcher_ui.jobs import Job, Jobs
from matcher_ui.step_words import done_words
from matcher_ui.theme import Theme

T = TypeVar("T")

PageName = Literal[
    "today", "requests", "request", "log", "requester", "questions", "members", "member", "import", "partners",
    "outreach", "meetup", "insight", "promises", "settings", "report", "rights", "retention", "guide",
    "keys"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go in the window: a page, what it is about, and which step or tab of it.

    ``part`` is a tab within that step, ``person`` the member to have chosen there. ``payload`` carries what was
    dropped or pasted on the way to a page: paths of files, or a text.
    """

    page: PageName
    id: int | None = None
    tab: str = ""
    payload: tuple[str, ...] | str | None = None
    part: str = ""
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A short message for her: what happened, the step that Undo takes back, the undo that can be done again."""

    words: str
    batch: int | None = None
    undone: int | None = None


class Workspace(QObject):
    """An open store and everything a page needs to work with it; handed to pages, never looked up."""

    changed = Signal()
    """Something was written: pages that show it read again."""
    said = Signal(Said)
    went = Signal(Place)
    restoring = Signal(object)
    """She confirmed that the backup at a path is put back."""
    printing = Signal(object)
    """A `printing.Paper` is to be printed."""
    lock_after = Signal(int)
    """She chose after how many minutes the window locks."""

    def __init__(self, store: Store, jobs: Jobs, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.jobs = jobs
        self.theme = theme
        self.lock_minutes = IDLE_MINUTES
        self.unsaved: Callable[[], str] = str

    def read(
        self,
        key: str,
        verb: Callable[[Store], T],
        on_done: Callable[[T], None],
        *,
        what: str = "",
        on_failed: Callable[[UserError], None] | None = None,
        aside: bool = False,
    ) -> Job:
        """Read in the background; a newer call with the same ``key`` drops the older one's answer.

        ``aside``: what may take long, while other pages go on reading.
        """
        return self.jobs.run_latest(
            key, lambda _progress: verb(self.store), on_done=on_done, on_failed=on_failed, what=what,
            quiet=not what, aside=aside,
        )  # fmt: skip

    def write(
        self,
        verb: Callable[[Store, Progress], T],
        on_done: Callable[[T], None],
        *,
        what: str,
        on_failed: Callable[[UserError], None] | None = None,
    ) -> Job:
        """Write in the background, one thing after the other; pages hear of it before ``on_done``."""

        def done(answer: T) -> None:
            self.changed.emit()
            on_done(answer)

        return self.jobs.run(
            lambda progress: verb(self.store, progress), on_done=done, on_failed=on_failed, what=what, writes=True
        )

    def say(self, words: str, batch: int | None = None) -> None:
        """Show a toast; with a ``batch`` it offers Undo."""
        self.said.emit(Said(words, batch))

    def undo(self, batch: int) -> None:
        """Take a step back and say what was kept."""

        def done(undone: Undone) -> None:
            kept = f" {len(undone.kept)} kept, because they were used since." if undone.kept else ""
            words = done_words(undone.what, {})
            self.said.emit(Said(f"Undone: {words[:1].lower()}{words[1:]}.{kept}", undone=undone.step))

        self.write(lambda store, _progress: undo(store, batch), done, what="Undoing")

    def redo(self, step: int) -> None:
        """Do again what a step took back."""

        def done(again: Undone) -> None:
            words = done_words(again.what, {})
            self.say(f"Done again: {words[:1].lower()}{words[1:]}.", again.batch_id)

        self.write(lambda store, _progress: redo(store, step), done, what="Doing it again")

    def go(self, place: Place) -> None:
        """Go to a place in the window."""
        self.went.emit(place)
