"""The guide where no store is open: from the welcome and from the lock. It knows nothing of any store."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.guide_view import GuideView


class OuterGuide(Part):
    """``left`` goes back; so does Escape."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.view = GuideView(theme, back="Matcher")
        self.view.header.went_back.connect(self.left)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.view)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
