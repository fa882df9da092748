"""The foot of the why-panel: whether the member is on the list, their own page, and putting them on or off."""

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from matcher.matching import NotNow
from matcher_ui.models.candidates import LISTED_WORDS
from matcher_ui.shortcuts import KEEP_ON, LEAVE_OFF, keys_of
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.labels import ElidedLabel
from matcher_ui.widgets.row_menu import Entry, add_entry

MAY_BE_SET_ASIDE = frozenset({"resting", "cap"})
_ROOM_FOR_STATE = 400
_OPEN = "Open the page"
ANYWAY = (
    "They asked to be asked about this",
    "Nobody else has this experience",
    "Their rest ends before it takes place",
    "They offered more time",
)
"""Usual reasons to ask somebody who is resting."""
_KEEP = {
    None: ((True, "Keep them on every list"), (False, "Leave them off this list")),
    True: ((None, "Do not keep them on"), (False, "Leave them off this list")),
    False: ((None, "Let them be on lists again"), (True, "Keep them on every list")),
}
"""What may be said of somebody for a list, by what was said before."""


class WhyFoot(Ground):
    """``toggled`` puts the member on the list or takes them off; ``opened`` goes to their page.

    ``wished`` says whether they are kept on the list (True), off it (False) or neither (None); ``asked_anyway``
    carries why they are to be asked though they are resting.
    """

    toggled = Signal()
    opened = Signal()
    wished = Signal(object)
    asked_anyway = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "panel", line_above=True, line_left=True, parent=parent)
        self._mark = IconView(theme, "check", "accent", 16)
        self._state = ElidedLabel(theme, "", "button", "accent")
        self.open = Button(theme, _OPEN, "quiet")
        self.change = Button(theme, "Add to the list")
        self.anyway = Button(theme, "Ask anyway", trailing="chevron_down")
        self.more = IconButton(theme, "more", "More about this list")
        self.reason, self.give = QLineEdit(), Button(theme, "Ask anyway")
        self.leave = IconButton(theme, "cross", "Do not ask")
        self.reason.setPlaceholderText("Why?")
        self.reason.setAccessibleName("Why they are to be asked though they are resting")
        self.give.set_unavailable("Write the reason first")
        self._wish: bool | None = None
        self.open.clicked.connect(self.opened)
        self.change.clicked.connect(self.toggled)
        self.reason.textChanged.connect(
            lambda words: self.give.set_unavailable(None if words.strip() else "Write the reason first")
        )
        self.reason.returnPressed.connect(self._give)
        self.give.clicked.connect(self._give)
        self.leave.clicked.connect(lambda: self._show_reason(False))
        self.more.clicked.connect(lambda: self._open(self.wishes(), self.more))
        self.anyway.clicked.connect(lambda: self._open(self.reasons(), self.anyway))
        self._row = QHBoxLayout(self)
        self._told_room = QWidget()
        self._told = QHBoxLayout(self._told_room)
        self._told.setContentsMargins(0, 0, 0, 0)
        self._told.addWidget(self._mark)
        self._told.addWidget(self._state, 1)
        self._row.addWidget(self._told_room, 1)
        for button in (self.open, self.change, self.more, self.anyway):
            self._row.addWidget(button)
        self._row.addWidget(self.reason, 1)
        for button in (self.give, self.leave):
            self._row.addWidget(button)
        self._show_reason(False)
        self.retheme()

    def ask_reason(self) -> None:
        """Let her write why, in place of the buttons."""
        self.reason.clear()
        self._show_reason(True)
        self.reason.setFocus()

    def _show_reason(self, shown: bool) -> None:
        for part in (self._told_room, self.open, self.anyway):
            part.setVisible(not shown)
        for part in (self.reason, self.give, self.leave):
            part.setVisible(shown)

    def _give(self) -> None:
        words = self.reason.text().strip()
        if words:
            self._show_reason(False)
            self.asked_anyway.emit(words)

    def wishes(self) -> QMenu:
        """What may be said of them for this list."""
        menu = QMenu(self)
        for entry in self.wish_entries():
            add_entry(menu, entry)
        return menu

    def wish_entries(self) -> list[Entry]:
        """What may be said of them for this list, with its keys."""
        if self.more.isHidden():
            return []
        return [
            Entry(words, partial(self.wished.emit, keep), keys_of(KEEP_ON if self._is_on(keep) else LEAVE_OFF))
            for keep, words in _KEEP[self._wish]
        ]

    def turn_wish(self, keep: bool) -> None:
        """Say that they are kept on the list (or off it), or no more when that was said before."""
        if not self.more.isHidden():
            self.wished.emit(None if self._wish is keep else keep)

    def _is_on(self, keep: bool | None) -> bool:
        """Whether a wish is about keeping them on the list; taking back what was said is about that."""
        return bool(self._wish if keep is None else keep)

    def reasons(self) -> QMenu:
        """Why they may be asked though they are resting."""
        menu = QMenu(self)
        for words in ANYWAY:
            menu.addAction(words).triggered.connect(lambda _on=False, words=words: self.asked_anyway.emit(words))
        menu.addSeparator()
        menu.addAction("Another reason…").triggered.connect(self.ask_reason)
        return menu

    def _open(self, menu: QMenu, button: QWidget) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def show_candidate(self, listed: str, wish: bool | None = None) -> None:
        """Say where a candidate is listed, and offer what may be said of them for it."""
        self._wish = wish
        self._show_reason(False)
        self._say(LISTED_WORDS[listed] if listed else "", "check" if listed == "list" else "clock")
        self._put_words(self.change, "Take off" if listed else "Add to the list")
        self.change.show()
        self.more.show()
        self.anyway.hide()
        self._fit_words()

    def show_other(self, other: NotNow) -> None:
        """Nothing can be done for who may not be asked; a rest could be set aside."""
        self._show_reason(False)
        may = other.rule in MAY_BE_SET_ASIDE
        self._say("", "clock")
        self.change.hide()
        self.more.hide()
        self.anyway.setVisible(may)
        self._fit_words()

    def retheme(self) -> None:
        px = self.theme.px
        self._row.setContentsMargins(px(Space.PAGE), px(Space.S), px(Space.PAGE), px(Space.S))
        for row in (self._row, self._told):
            row.setSpacing(px(Space.S))
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
        taken += 0 if self.more.isHidden() else self.more.sizeHint().width() + px(8)
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
