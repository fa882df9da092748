"""The foot of the why-panel: whether the member is on the list, their own page, and putting them on or off."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from matcher.matching import NotNow
from matcher_ui.models.candidates import LISTED_WORDS
from matcher_ui.theme import Theme
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.labels import ElidedLabel

MAY_BE_SET_ASIDE = frozenset({"resting", "cap"})
_ROOM_FOR_STATE = 330
_OPEN = "Open the page"
NOT_YET = "Asking somebody who is resting is not part of Matcher yet"


class WhyFoot(Ground):
    """``toggled`` puts the member on the list or takes them off; ``opened`` goes to their page."""

    toggled = Signal()
    opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "panel", line_above=True, line_left=True, parent=parent)
        self._mark = IconView(theme, "check", "accent", 16)
        self._state = ElidedLabel(theme, "", "button", "accent")
        self.open = Button(theme, _OPEN, "quiet")
        self.change = Button(theme, "Add to the list")
        self.anyway = Button(theme, "Ask anyway")
        self.anyway.set_unavailable(NOT_YET)
        self.open.clicked.connect(self.opened)
        self.change.clicked.connect(self.toggled)
        self._row = QHBoxLayout(self)
        told = QWidget()
        self._told = QHBoxLayout(told)
        self._told.setContentsMargins(0, 0, 0, 0)
        self._told.addWidget(self._mark)
        self._told.addWidget(self._state, 1)
        self._row.addWidget(told, 1)
        for button in (self.open, self.change, self.anyway):
            self._row.addWidget(button)
        self.retheme()

    def show_candidate(self, listed: str) -> None:
        """Say where a candidate is listed."""
        self._say(LISTED_WORDS[listed] if listed else "", "check" if listed == "list" else "clock")
        self._put_words(self.change, "Take off" if listed else "Add to the list")
        self.change.show()
        self.anyway.hide()
        self._fit_words()

    def show_other(self, other: NotNow) -> None:
        """Nothing can be done for who may not be asked; a rest could be set aside."""
        may = other.rule in MAY_BE_SET_ASIDE
        self._say("", "clock")
        self.change.hide()
        self.anyway.setVisible(may)
        self._fit_words()

    def retheme(self) -> None:
        px = self.theme.px
        self._row.setContentsMargins(px(23), px(8), px(24), px(8))
        self._row.setSpacing(px(8))
        self.setFixedHeight(px(56))
        super().retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_state()
        self._fit_words()

    def _say(self, words: str, icon: str) -> None:
        self._mark.set_icon(icon, "accent")
        self._state.setText(words)
        self._show_state()
        self.show()

    def _fit_words(self) -> None:
        """Say “Page” where there is no room for “Open the page”."""
        px = self.theme.px
        beside = next((button for button in (self.change, self.anyway) if not button.isHidden()), None)
        taken = px(23 + 24) + (beside.sizeHint().width() + px(8) if beside else 0)
        self._put_words(self.open, _OPEN)
        if taken + self.open.sizeHint().width() + px(8) > self.width():
            self._put_words(self.open, "Page")
        self.open.setAccessibleName(_OPEN)

    @staticmethod
    def _put_words(button: Button, words: str) -> None:
        if button.text() != words:
            button.setText(words)
            button.updateGeometry()

    def _show_state(self) -> None:
        """Where there is no room for the words the button alone says it."""
        fits = self.width() >= self.theme.px(_ROOM_FOR_STATE)
        said = fits and bool(self._state.text())
        self._mark.setVisible(said)
        self._state.setVisible(said)
