"""Taking back the last step: the one she was told of, else the last one there is, by its name and after asking.

What was taken back last can be done again, as long as nothing was done since.
"""

from PySide6.QtCore import QObject

from matcher import clock
from matcher.storage import BatchRow, recent_batches
from matcher_ui.dates import moment_words
from matcher_ui.step_words import done_words
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.toast import ToastHost
from matcher_ui.workspace import Said, Workspace

LOOKED_AT = 50
"""So many of the last steps are looked at for one that can be taken back."""
NOTHING = "There is nothing to undo. What was erased, deleted or sent out stays so."
NOTHING_AGAIN = "There is nothing to do again: only what was undone last can be, and at once."


class Undoing(QObject):
    """Hears what was said, and takes back the last of it."""

    def __init__(self, workspace: Workspace, toast: ToastHost, notice: Notice) -> None:
        super().__init__(toast)
        self._workspace, self._toast, self._notice = workspace, toast, notice
        self._last: int | None = None
        self._undone: int | None = None
        workspace.said.connect(self._hear)
        toast.undo.connect(self._undo_told)

    def undo_last(self) -> None:
        """Take back the step she was told of; else ask about the last one that can be taken back."""
        if self._last is not None:
            self._toast.hide()
            self._undo_told(self._last)
        else:
            self._workspace.read("undo.last", lambda store: recent_batches(store, LOOKED_AT), self._ask)

    def redo_last(self) -> None:
        """Do again what was undone just now."""
        if self._undone is None:
            self._workspace.say(NOTHING_AGAIN)
        else:
            step, self._undone = self._undone, None
            self._workspace.redo(step)

    def _ask(self, steps: tuple[BatchRow, ...]) -> None:
        step = next((step for step in steps if step.can_undo), None)
        if step is None:
            self._workspace.say(NOTHING)
            return
        when = moment_words(step.at, clock.today())
        self._notice.tell(
            "quiet", f"The last step that can be undone: {done_words(step.what, {})}, {when}.",
            (("Undo it", lambda: self._workspace.undo(step.id)), ("Leave it", lambda: None)),
        )  # fmt: skip

    def _hear(self, said: Said) -> None:
        if said.batch is not None:
            self._last = said.batch
        if said.batch is not None or said.undone is not None:
            self._undone = said.undone
        self._toast.say(said.words, undo_key=said.batch)

    def _undo_told(self, batch: object) -> None:
        if isinstance(batch, int):
            self._last = None
            self._workspace.undo(batch)
