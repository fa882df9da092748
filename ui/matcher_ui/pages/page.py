"""What every page of the window has in common."""

from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from matcher_ui.pages.in_parts import InParts
from matcher_ui.typed import type_again, typed_in
from matcher_ui.widgets.base import Part
from matcher_ui.workspace import Place, Workspace


class Page(InParts, Part):
    """A page of the window. It reads what it shows when it is gone to, and again when something was written."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        self.place: Place | None = None
        self._stale = False
        workspace.changed.connect(self._mark_stale)

    def show_place(self, place: Place) -> None:
        """Show what the place says. The main window calls this each time she goes here."""
        self.place = place
        self._stale = False
        self.refresh()

    def shown_of_it(self) -> str:
        """The step or tab that is shown, where the page has several."""
        return ""

    def refresh(self) -> None:
        """Read again what is shown, in the background."""

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now, in a few words; empty when nothing would."""
        return ""

    def draft(self) -> dict[str, Any]:
        """What is not saved, as plain values, for `take_draft` of this page in another window."""
        return typed_in(self)

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Type again what was not saved. Called once the page has read what it shows."""
        type_again(self, draft)

    def take_dropped(self, data: QMimeData) -> bool:
        """Take what was dropped on the window or pasted outside a field; False when it is not for this page."""
        return False

    def foot(self) -> int:
        """The height at the foot of the page that a toast must not cover, in pixels."""
        return 0

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_stale()

    def _mark_stale(self) -> None:
        self._stale = self.place is not None
        self._refresh_if_stale()

    def _refresh_if_stale(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()
