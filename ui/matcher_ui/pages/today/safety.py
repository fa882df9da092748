"""On Today: how old the last backup off this laptop is, and the recovery words asked back once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from matcher import clock
from matcher.storage import (
    Elsewhere,
    RecoveryWords,
    elsewhere,
    last_backup,
    published_passphrase,
    recovery_words,
)
from matcher.storage.store import Store
from matcher_ui.dates import moment_words
from matcher_ui.pages.settings.asked_words import AskedWords
from matcher_ui.safety import back_up_now, is_old, since_words
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Place, Workspace

ASK_AFTER = timedelta(days=4)
"""So long after they were made the recovery words are asked back: late enough to have been put away."""


@dataclass(frozen=True, slots=True)
class Safety:
    """When the last backup here was made, what is known of those elsewhere, and of the recovery words."""

    here: datetime | None
    elsewhere: Elsewhere
    words: RecoveryWords | None


def read_safety(store: Store) -> Safety:
    """Read what the cards show; a sample's words are no secret and are not asked."""
    words = None if published_passphrase(store.path) else recovery_words(store.path)
    return Safety(last_backup(store), elsewhere(store), words)


def is_due(words: RecoveryWords | None) -> bool:
    """Whether the words are to be asked back now."""
    if words is None or words.confirmed_on is not None:
        return False
    return words.made_on is None or clock.today() - words.made_on >= ASK_AFTER


class SafetyCards(Part):
    """The two cards, one under the other; the second only when it is due."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        self.backup, self.words = BackupCard(workspace), WordsCard(workspace)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for card in (self.words, self.backup):
            self._column.addWidget(card)
        self.words.hide()
        self.retheme()

    def refresh(self) -> None:
        """Read how things stand, in the background."""
        self._workspace.read("today.safety", read_safety, self.show_safety)

    def show_safety(self, safety: Safety) -> None:
        """Show the cards."""
        self.backup.show_backup(safety)
        self.words.show_words(safety.words if is_due(safety.words) else None)

    def retheme(self) -> None:
        super().retheme()
        self._column.setSpacing(self.theme.px(Space.L))


class BackupCard(CardFrame):
    """How old the last backup off this laptop is, and the button that makes one."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.theme, quiet=True)
        theme = self.theme
        self._mark = IconView(theme, "download", "ink2", 20)
        self._first = Label(theme, "", "medium", wrap=True)
        self._second = Label(theme, "", "second", "ink2", wrap=True)
        self.make = Button(theme, "Back up now")
        self.place = Button(theme, "Choose a second place…", "link")
        self.make.clicked.connect(lambda: back_up_now(workspace))
        self.place.clicked.connect(lambda: workspace.go(Place("settings", tab="backups")))
        self._row, self._words, self._acts = QHBoxLayout(self), QVBoxLayout(), FlowLayout()
        for line in (self._first, self._second):
            self._words.addWidget(line)
        for button in (self.make, self.place):
            self._acts.addWidget(button)
        self._gap = QSpacerItem(0, 0)
        self._words.addItem(self._gap)
        self._words.addLayout(self._acts)
        self._row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._words, 1)
        self.place.hide()
        self.retheme()

    def show_backup(self, safety: Safety) -> None:
        """Say how old the last one off this laptop is, and how things stand here."""
        known, today = safety.elsewhere, clock.today()
        old = is_old(known)
        since = since_words(known, today)
        self._mark.set_icon("warning" if old else "download", "care" if old else "good")
        self._first.setText(f"Off this laptop: {since}" if since else "No backup off this laptop yet")
        here = f"Here: {moment_words(safety.here, today)}." if safety.here else "None here yet either."
        away = f"{known.missing} It is tried again by itself. " if known.missing else ""
        self._second.setText(away + here)
        self.place.setVisible(known.folder is None)

    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "_row"):
            px = self.theme.px
            self._row.setContentsMargins(px(Space.CARD), px(Space.M), px(Space.M), px(Space.M))
            self._row.setSpacing(px(Space.S))
            self._words.setSpacing(px(Space.XS))
            self._acts.setSpacing(px(Space.M))
            self._gap.changeSize(0, px(4))


class WordsCard(CardFrame):
    """Asks three of the recovery words back, once."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.theme, quiet=True)
        theme = self.theme
        self.renew = Button(theme, "I cannot find them", "link")
        self.asked = AskedWords(workspace, self.renew)
        self._column = QVBoxLayout(self)
        self._column.addWidget(Label(theme, "Do you still have your recovery words?", "medium", wrap=True))
        words = "Only they help when the passphrase is forgotten. This is asked once."
        self._column.addWidget(Label(theme, words, "second", "ink2", wrap=True))
        self._column.addWidget(self.asked)
        self.renew.clicked.connect(lambda: workspace.go(Place("settings", tab="words")))
        self.retheme()

    def show_words(self, known: RecoveryWords | None) -> None:
        """Ask for them; None when it is not the time."""
        self.setVisible(known is not None)
        if known is not None:
            self.asked.ask(known)

    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "_column"):
            px = self.theme.px
            self._column.setContentsMargins(px(Space.CARD), px(Space.M), px(Space.M), px(Space.M))
            self._column.setSpacing(px(Space.S))
