"""What the parts of a meet-up's page have in common: recording a step, and saying why it could not be."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from matcher.errors import UserError
from matcher.progress import Progress
from matcher.storage import Store
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.notice import Notice
from matcher_ui.workspace import Workspace


class MeetupPart(Part):
    """Records what she does with people, each step with its Undo; ``changed`` once it is written."""

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        self.notice = Notice(workspace.theme)

    def _write(self, verb: Callable[[Store, Progress], int], said: str) -> None:
        self.notice.clear()

        def done(batch: int) -> None:
            self.workspace.say(said, batch)
            self.changed.emit()

        self.workspace.write(verb, done, what="Recording", on_failed=self._failed)

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))
