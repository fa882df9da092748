"""A message in the page itself: to take care, to stop, or that all is well, with what can be done about it."""

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button, Kind
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.paint import rounded, smooth

BannerKind = Literal["care", "stop", "good", "quiet"]
_ICONS: dict[BannerKind, str] = {"care": "warning", "stop": "cross", "good": "check", "quiet": "info"}


class Banner(Part):
    """Words on a coloured ground with an icon; add buttons with `add_action`, ``acted`` carries their key."""

    acted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        kind: BannerKind = "care",
        words: str = "",
        *,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._row = QHBoxLayout(self)
        self._mark = IconView(theme, "info")
        self._words = Label(theme, words, "second", wrap=True)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._words, 1)
        self.set_message(kind, words, icon=icon)
        self.retheme()

    def set_message(self, kind: BannerKind, words: str, *, icon: str | None = None) -> None:
        """Change what it says; screen readers hear it when it is visible."""
        self._kind: BannerKind = kind
        self._words.setText(words)
        self._mark.set_icon(icon or _ICONS[kind], "ink2" if kind == "quiet" else kind)
        self.setAccessibleName(words)
        self.update()
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def add_action(self, key: str, words: str, kind: Kind = "plain") -> Button:
        """Add a button at the right."""
        button = Button(self.theme, words, kind)
        button.clicked.connect(lambda: self.acted.emit(key))
        self._row.addWidget(button)
        return button

    def retheme(self) -> None:
        px = self.theme.px
        self._row.setContentsMargins(px(Space.L), px(Space.S), px(Space.L), px(Space.S))
        self._row.setSpacing(px(Space.M))
        self.setMinimumHeight(px(48))
        super().retheme()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        ground = "quiet" if self._kind == "quiet" else f"{self._kind}_ground"
        rounded(painter, self.rect(), theme.px(8), theme.color(ground))
        painter.end()
