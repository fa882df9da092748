"""Dragging files and text onto the window: what they are is said on the way, and dropped they go to their page."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from matcher.errors import UserError
from matcher.storage import PACKED
from matcher_ui.incoming import SHEETS, is_store, paths_in, place_for
from matcher_ui.widgets.drop_cue import DropCue

if TYPE_CHECKING:
    from matcher_ui.app_window import AppWindow

FIRST = {"welcome": "Make your store first, then drop it.", "unlock": "Open your store first, then drop it."}


class Dropping(QObject):
    """Watches the window itself; areas inside it that take drops on their own are not concerned."""

    def __init__(self, window: "AppWindow") -> None:
        super().__init__(window)
        self._window = window
        self.cue = DropCue(window.theme, window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            return self._enter(event)
        if event.type() == QEvent.Type.DragLeave:
            self.cue.hide()
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.cue.hide()
            event.acceptProposedAction()
            self.take(event.mimeData())
            return True
        return False

    def take(self, data: QMimeData) -> None:
        """Take what was dropped, or say over the page why it cannot be used here."""
        window, here = self._window, self._window.stack.currentWidget()
        kept = _kept_in(data)
        if window.main is not None and here is window.main:
            window.main.take(data)
        elif kept is not None and here in (window.welcome, window.unlock):
            (window.open_folder if is_store(kept) else window.open_backup)(kept)
        elif here is window.welcome and window.welcome.is_ready:
            window.welcome.take(data)
        elif here in (window.welcome, window.unlock):
            window.show_fault(UserError(FIRST["welcome" if here is window.welcome else "unlock"]))

    def _enter(self, event: QDragEnterEvent) -> bool:
        data = event.mimeData()
        if event.source() is not None or not (data.hasUrls() or data.hasText()):
            return False  # what is dragged within the window is no new post
        event.acceptProposedAction()
        words, fits = self._told(data)
        self.cue.tell(words, fits=fits)
        return True

    def _told(self, data: QMimeData) -> tuple[str, bool]:
        """What dropping this here does, and whether it can be used."""
        window, here = self._window, self._window.stack.currentWidget()
        kept = _kept_in(data)
        if here is not window.main and not (here is window.welcome and window.welcome.is_ready):
            first = FIRST["welcome" if here is window.welcome else "unlock"]
            return (f"Drop to open “{kept.stem}”", True) if kept is not None else (first, False)
        try:
            place_for(data)
        except UserError as error:
            return error.what, False
        paths = paths_in(data)
        if not paths:
            return "Drop to read this text", True
        if len(paths) == 1:
            return f"Drop to read “{paths[0].name}”", True
        kind = "spreadsheets" if paths[0].suffix.lower() in SHEETS else "letters"
        return f"Drop to read {len(paths)} {kind}", True


def _kept_in(data: QMimeData) -> Path | None:
    """The one store, or backup of one, that is dragged."""
    paths = paths_in(data)
    one = paths[0] if len(paths) == 1 else None
    return one if one is not None and (is_store(one) or one.suffix == PACKED) else None
