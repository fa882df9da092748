"""A message with its buttons under it, for places too narrow to have them beside."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.banner import Banner, BannerKind
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button, Kind
from matcher_ui.widgets.flow import FlowLayout


class Asking(Part):
    """Used as a `Banner` is; ``acted`` carries the key of the button pressed."""

    acted = Signal(str)

    def __init__(
        self, theme: Theme, kind: BannerKind = "care", words: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._banner = Banner(theme, kind, words)
        self._column, self._buttons = QVBoxLayout(self), FlowLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._banner)
        self._column.addLayout(self._buttons)
        self.setAccessibleName(words)
        self.retheme()

    def set_message(self, kind: BannerKind, words: str) -> None:
        """Change what it says."""
        self._banner.set_message(kind, words)
        self.setAccessibleName(words)

    def add_action(self, key: str, words: str, kind: Kind = "plain") -> Button:
        """Add a button."""
        button = Button(self.theme, words, kind)
        button.clicked.connect(lambda: self.acted.emit(key))
        self._buttons.addWidget(button)
        return button

    def retheme(self) -> None:
        super().retheme()
        self._column.setSpacing(self.theme.px(Space.S))
        self._buttons.setSpacing(self.theme.px(Space.S))
