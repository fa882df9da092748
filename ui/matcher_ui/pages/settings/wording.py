"""Wordings: what the sign-up form says about permissions, version by version."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from matcher.consent import WordingVersion, add_wording, wordings
from matcher.errors import UserError
from matcher.progress import Progress
from matcher.storage.store import Store
from matcher_ui.models.promises import local_day
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.keyed import save_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Workspace

MOST_SHOWN = 5
HINT = (
    "What your sign-up form says where it asks for permission. Saving makes a new version; earlier ones stay, with "
    "the decisions made under them."
)


class VersionCard(CardFrame):
    """One version, to read."""

    def __init__(self, theme: Theme, version: WordingVersion, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        facts = version_words(version)
        self.setAccessibleName(f"{facts}. {version.text}")
        self._column = QVBoxLayout(self)
        self._column.addWidget(Label(theme, facts, "label", "ink2", wrap=True))
        self._column.addWidget(Label(theme, version.text, "second_running", wrap=True))
        self.retheme()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.L), px(Space.S), px(Space.L), px(Space.M))
        self._column.setSpacing(px(Space.XS))
        super().retheme()


class WordingSection(Part):
    """The wording of today to change, and every version seen below it."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        theme = self.theme
        self._versions: tuple[WordingVersion, ...] = ()
        self._kept = ""
        self._shows_all = False
        self.cards: list[VersionCard] = []
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.field = Field(theme, "Sign-up wording now", self.text)
        self.save = Button(theme, "Save as a new version")
        save_by_key(self.save, self)
        self._list_title = Label(theme, "Versions seen", "label", "ink2")
        self.all = Button(theme, "", "quiet")
        self._column, self._list = QVBoxLayout(self), QVBoxLayout()
        self._lay_out()
        self.text.textChanged.connect(self._mark)
        self.save.clicked.connect(self.submit)
        self.all.clicked.connect(self._show_all)
        self.retheme()
        self._mark()

    def refresh(self) -> None:
        """Read the versions, in the background."""
        self._workspace.read("settings.wordings", wordings, self.show_versions)

    def show_versions(self, versions: tuple[WordingVersion, ...]) -> None:
        """Show the versions; what she is typing right now stays."""
        typing = bool(self.keeps_unsaved())
        self._versions = versions
        self._kept = next((version.text for version in versions if version.current), "")
        if not typing:
            self.text.setPlainText(self._kept)
        self._list_versions()
        self._mark()

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        return "" if self._typed() in ("", self._kept) else "your change of the sign-up wording"

    def submit(self) -> None:
        """Keep the words as a new version."""
        words = self._typed()

        def verb(store: Store, _progress: Progress) -> int | None:
            return add_wording(store, words)

        def done(batch: int | None) -> None:
            self._workspace.say("Saved as a new version of the wording.", batch)

        self.save.set_unavailable("Saving…")
        self._workspace.write(verb, done, what="Saving the wording", on_failed=self._failed)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(Space.M))
        self._list.setSpacing(px(Space.S))
        self.text.setFont(self.theme.font("second"))
        self.text.setFixedHeight(px(128))
        super().retheme()

    def _typed(self) -> str:
        return self.text.toPlainText().strip()

    def _failed(self, error: UserError) -> None:
        self._mark()
        self.field.set_state("wrong", str(error))

    def _mark(self) -> None:
        if self.field.state != "normal":
            self.field.set_state("normal")
        empty = "Write what your form says" if not self._typed() else "Nothing was changed"
        self.save.set_unavailable(None if self.keeps_unsaved() else empty)

    def _show_all(self) -> None:
        self._shows_all = not self._shows_all
        self._list_versions()
        self.all.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list_versions(self) -> None:
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        shown = self._versions if self._shows_all else self._versions[:MOST_SHOWN]
        self.cards = [VersionCard(self.theme, version) for version in shown]
        for card in self.cards:
            self._list.addWidget(card)
        self._list_title.setVisible(bool(self._versions))
        self.all.setText("Show fewer" if self._shows_all else f"Show all {len(self._versions)}")
        self.all.setVisible(len(self._versions) > MOST_SHOWN)
        self.all.updateGeometry()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addStretch(1)
        self._column.addWidget(Label(self.theme, HINT, "second", "ink2", wrap=True))
        self._column.addWidget(self.field)
        self._column.addLayout(foot)
        self._column.addWidget(self._list_title)
        self._column.addLayout(self._list)
        self._column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)


def version_words(version: WordingVersion) -> str:
    """“Version 3, now  ·  first seen Thu 12 Feb  ·  412 decisions”."""
    count = version.decisions
    decisions = "no decision yet" if not count else "1 decision" if count == 1 else f"{count:,} decisions"
    name = f"Version {version.id}, now" if version.current else f"Version {version.id}"
    return "  ·  ".join((name, f"first seen {local_day(version.first_seen_at)}", decisions))
