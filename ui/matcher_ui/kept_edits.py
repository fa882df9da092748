"""What she is in the midst of typing, kept encrypted in the store: it comes back after a lock and after a crash."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, get_args

from PySide6.QtCore import QObject, QTimer

from matcher.storage import keep_aside, kept_aside
from matcher.storage.store import Store
from matcher_ui.workspace import PageName, Place, Workspace

EVERY_MS = 4_000
_NAME = "edits"


@dataclass(frozen=True, slots=True)
class Edit:
    """What is not saved on a page: where, in a few words what, and its content as plain values."""

    place: Place
    words: str
    content: dict[str, Any]


def keep_edits(store: Store, edits: Sequence[Edit]) -> bool:
    """Seal them into the store in place of what was kept there; return whether that could be written."""
    return keep_aside(store, _NAME, json.dumps([asdict(edit) for edit in edits]).encode())


def kept_edits(store: Store) -> tuple[Edit, ...]:
    """What was kept; nothing when it is damaged or of another version."""
    try:
        found = json.loads(kept_aside(store, _NAME) or b"[]")
        edits = (Edit(Place(**one["place"]), one["words"], one["content"]) for one in found)
        return tuple(edit for edit in edits if edit.place.page in get_args(PageName))
    except (ValueError, KeyError, TypeError):
        return ()


class EditKeeper(QObject):
    """Keeps what is typed every few seconds, when it is another than before; ``edits`` collects it."""

    def __init__(self, workspace: Workspace, edits: Callable[[], Sequence[Edit]]) -> None:
        super().__init__(workspace)
        self._workspace, self._edits = workspace, edits
        self._kept: tuple[Edit, ...] = ()
        self._anew = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.keep)
        workspace.changed.connect(self._forget)

    def start(self, *, anew: bool = False) -> None:
        """From now on; not before what was kept has come back, which is then kept ``anew``."""
        self._anew = self._anew or anew
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def keep(self) -> None:
        """Keep what is typed now, in the background."""
        edits, store = tuple(self._edits()), self._workspace.store
        if edits == self._kept and not self._anew:
            return
        self._kept, self._anew = edits, False
        self._workspace.jobs.run(
            lambda _progress: keep_edits(store, edits), on_done=lambda _kept: None, what="Keeping what you type",
            writes=True, quiet=True,
        )  # fmt: skip

    def _forget(self) -> None:
        """Something was written, perhaps an erasure, which takes what was kept away: keep it anew."""
        self._anew = self._anew or bool(self._kept)
