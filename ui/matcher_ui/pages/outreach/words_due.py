"""Messages that are due, one after the other: asked again, reminded, thanked, told what came of it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.outreach import MessageKind, ReadyWord, note_fact, write_due_emails
from matcher_ui.dialogs.choose_file import ChoosePath, choose_folder
from matcher_ui.models.drafts import drafts_words, some_by_mail
from matcher_ui.models.words_due import KINDS, WORD_ROLE, WordsModel, key_of, place_of, read_words
from matcher_ui.pages.people_to_write import (
    OneByOne,
    PersonDelegate,
    PersonHead,
    ReadyText,
    SendPanel,
    Told,
)
from matcher_ui.pages.request.match.even_list import EvenList
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.chip import Chip, ChipKind
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.rows import Index
from matcher_ui.workspace import Workspace


class WordDelegate(PersonDelegate):
    """Paints one message that is due: to whom, why now, and what."""

    def told(self, index: Index) -> Told:
        word: ReadyWord = index.data(WORD_ROLE)
        kind: ChipKind = "care" if word.kind is MessageKind.REMINDER else "neutral"
        return word.name, f"{word.why}  ·  {word.title}", (kind, KINDS[word.kind][0])


class WordPanel(SendPanel):
    """The message shown; ``opened`` goes to the request."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "The message that is due", parent)
        self._name, self._chip = ElidedLabel(theme, "", "panel_title"), Chip(theme, "neutral", "")
        self._why = Label(theme, "", "second", "ink2", wrap=True)
        self.record = Button(theme, "Sent", "main", icon="check")
        self.record.setAccessibleName("Record that it was sent")
        self.text = ReadyText(theme, self.record)
        self.message, self.copy, self.open = self.text.message, self.text.copy, self.text.open
        self.whole = self.text.whole
        self.page = Button(theme, "Open the request", "link")
        self._lay_out()
        self.text.copied.connect(self.copied)
        self.record.clicked.connect(self.sent)
        self.page.clicked.connect(self.opened)
        self.retheme()

    def show_word(self, word: ReadyWord) -> None:
        """Show one of the list."""
        self._name.setText(word.name)
        self._why.setText(f"{word.why}. {word.title}")
        self._chip.set_chip("neutral", KINDS[word.kind][0])
        self._chip.updateGeometry()
        self.text.show_text(word.message, word.channel, word.link, full=word.full)

    def _lay_out(self) -> None:
        self.column.addWidget(PersonHead(self.theme, self._name, self._chip))
        self.column.addWidget(self._why)
        self.column.addWidget(self.page, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.text, 1)


class WordsView(OneByOne):
    """The due messages of some kinds, about one request or all. ``counted`` tells how many there are."""

    counted = Signal(int)

    def __init__(
        self, workspace: Workspace, kinds: Sequence[MessageKind], nothing: str, why: str,
        *, leads: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """``nothing`` and ``why`` are said when nobody is due; ``leads`` offers to open the request."""
        theme = workspace.theme
        self._kinds = tuple(kinds)
        self._person: int | None = None
        self.model, self.notice, self.panel = WordsModel(), Notice(theme), WordPanel(theme)
        self.choose_folder: ChoosePath = choose_folder
        self.drafts = Button(theme, "Write e-mail drafts", icon="mail")
        people = EvenList(theme, WordDelegate(theme), "Messages that are due")
        people.setModel(self.model)
        self.panel.page.setVisible(leads)
        left, self._bar_around = QWidget(), QWidget()
        self._bar, listed = QVBoxLayout(self._bar_around), QVBoxLayout(left)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(0)
        self._bar.addWidget(self.drafts, 0, Qt.AlignmentFlag.AlignLeft)
        listed.addWidget(self._bar_around)
        listed.addWidget(people, 1)
        self._request_id: int | None = None
        super().__init__(workspace, people, self.panel, EmptyPage(theme, "check", nothing, why), left, parent)
        self.model.setParent(self)
        self.drafts.clicked.connect(self.write_drafts)
        self.column.insertWidget(0, self.notice)
        self.retheme()

    def look(self, request_id: int | None = None) -> None:
        """Read who is due, in the background."""
        kinds, self._request_id = self._kinds, request_id
        self.workspace.read(
            f"words.{'.'.join(kinds)}", lambda store: read_words(store, kinds, request_id), self.show_words,
            on_failed=self._failed,
        )  # fmt: skip

    def choose(self, member_id: int) -> None:
        """Choose the first message to somebody, now or once it was read."""
        self._person = member_id
        self._find_person()

    def show_words(self, words: tuple[ReadyWord, ...]) -> None:
        """Show what is due; after one was sent, the next comes up in its place."""
        shown = self._shown()
        self.model.show(words)
        self._bar_around.setVisible(some_by_mail(words))
        self.counted.emit(len(words))
        self.show_rows(len(words), self.model.row_of(key_of(shown) if shown else None))
        self._find_person()

    def write_drafts(self) -> None:
        """Write a draft for each who is due a message and reached by e-mail, into the folder she chooses."""
        kinds, request_id = self._kinds, self._request_id
        folder = self.choose_folder(self, "Where the e-mail drafts go")
        if folder:
            self.notice.clear()
            self.workspace.write(
                lambda store, _progress: write_due_emails(store, Path(folder), kinds, request_id),
                lambda made: self.notice.tell("good", drafts_words(made, Path(folder).name)),
                what="Writing the drafts", on_failed=self._failed,
            )  # fmt: skip

    def retheme(self) -> None:
        px = self.theme.px
        self._bar.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.S))
        super().retheme()

    def record_sent(self) -> None:
        """Record that the message shown was sent today."""
        word = self._shown()
        if word is None:
            return
        fact = KINDS[word.kind][1]
        self.notice.clear()
        self.workspace.write(
            lambda store, _progress: note_fact(store, word.request_id, [word.member_id], fact),
            lambda batch: self.workspace.say(f"{word.name}: {fact.value}. Recorded for today.", batch),
            what="Recording", on_failed=self._failed,
        )  # fmt: skip

    def show_row(self, row: int) -> None:
        self.panel.show_word(self.model.words[row])

    def open_shown(self) -> None:
        word = self._shown()
        if word is not None:
            self.workspace.go(place_of(word))

    def _find_person(self) -> None:
        words = enumerate(self.model.words)
        row = next((row for row, one in words if one.member_id == self._person), None)
        if row is not None:
            self._person = None
            self.choose_row(row)

    def _shown(self) -> ReadyWord | None:
        return self.model.words[self.row] if self.row < len(self.model.words) else None

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))
