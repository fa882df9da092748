"""The recovery words: whether she still has them, and new ones."""

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from matcher import clock
from matcher.errors import UserError
from matcher.progress import Progress
from matcher.storage import (
    RecoveryWords,
    published_passphrase,
    read_settings,
    recovery_words,
    renew_recovery_words,
)
from matcher.storage.store import Store
from matcher_ui.dates import day_words
from matcher_ui.pages.settings.asked_words import AskedWords
from matcher_ui.theme import Space
from matcher_ui.widgets.asking import Asking
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.word_sheet import WordSheet
from matcher_ui.workspace import Workspace

MAKE_NEW = (
    "From now on the new words open your store, and the old ones do not. Have pen and paper ready: they are shown "
    "this once."
)


def read_words(store: Store) -> RecoveryWords:
    """What is known of a store's recovery words."""
    return recovery_words(store.path)


class RecoverySection(Part):
    """Asks three of them back; makes new ones after saying what that means, and shows those once."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        theme = self.theme
        self._state = Label(theme, "", "second", "ink2", wrap=True)
        self.renew = Button(theme, "Make new words…", "quiet")
        self.asked = AskedWords(workspace, self.renew)
        self.ask = Asking(theme, "care", MAKE_NEW)
        self.ask.add_action("yes", "Make new words")
        self.ask.add_action("no", "Keep the old ones", "quiet")
        self.sheet = WordSheet(theme)
        self.have_them = QCheckBox("I have written them down: take them off the screen")
        self._lay_out()
        self.renew.clicked.connect(self._ask)
        self.ask.acted.connect(self._acted)
        self.have_them.toggled.connect(self._put_away)
        self.retheme()

    def refresh(self) -> None:
        """Read how things stand, in the background."""
        if not published_passphrase(self._workspace.store.path):
            self._workspace.read("settings.words", read_words, self.show_state)

    def show_state(self, known: RecoveryWords) -> None:
        """Say whether she had them when they were asked for last, and which are asked now."""
        when = known.confirmed_on and day_words(known.confirmed_on, clock.today())
        self._state.setText(
            f"You had them on {when}. They open your store when the passphrase is forgotten."
            if when
            else "They open your store when the passphrase is forgotten. Look whether you still find them."
        )
        self.asked.ask(known)

    def retheme(self) -> None:
        super().retheme()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.px(Space.M))

    def _ask(self) -> None:
        self.ask.show()
        self.ask.set_message("care", MAKE_NEW)

    def _acted(self, key: str) -> None:
        self.ask.hide()
        if key == "yes":

            def verb(store: Store, _progress: Progress) -> tuple[str, str]:
                return renew_recovery_words(store), read_settings(store).organisation

            self._workspace.write(verb, self._show_new, what="Making new words", on_failed=self._failed)

    def _show_new(self, made: tuple[str, str]) -> None:
        self.sheet.show_words(*made)
        self.have_them.setChecked(False)
        for part in (self.sheet, self.have_them):
            part.show()
        self.refresh()

    def put_away(self) -> None:
        """Take new words off the screen."""
        self.sheet.clear()
        for part in (self.sheet, self.have_them):
            part.hide()

    def _put_away(self, on: bool) -> None:
        if on:
            self.put_away()

    def _failed(self, error: UserError) -> None:
        self.asked.say(str(error))

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._state)
        self._column.addWidget(self.asked)
        later: tuple[QWidget, ...] = (self.ask, self.sheet, self.have_them)
        for part in later:
            self._column.addWidget(part)
            part.hide()
        if published_passphrase(self._workspace.store.path):
            self._state.setText("The sample has none of yours: its passphrase is no secret.")
            self.asked.hide()
