"""The answer to a request: which letter, its words to change, and the ways to send it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from matcher.clock import today
from matcher.errors import UserError
from matcher.files.writers.letters import mailto
from matcher.model import LetterKind
from matcher.triage import LetterDraft, SentLetter
from matcher_ui.dates import day_words
from matcher_ui.models.member_words import Dated
from matcher_ui.shortcuts import COPY, OPEN_IT, PRINT
from matcher_ui.theme import Space, Theme
from matcher_ui.triage_words import LETTERS, SENT
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.dated_list import DatedList
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.labels import Label

LEAST_BODY = 200


class LetterPanel(Part):
    """What she changed stays until it is sent or written again. Its signals carry the letter."""

    sent = Signal(LetterDraft)
    saving = Signal(LetterDraft)
    printed = Signal(LetterDraft)
    said = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._drafts: Mapping[LetterKind, LetterDraft] = {}
        self._changed: dict[LetterKind, LetterDraft] = {}
        self._kind = LetterKind.ASK_MORE
        self._filling, self._chose = False, False
        self._letters: tuple[SentLetter, ...] = ()
        self._title = Label(theme, "Your answer", "section")
        self.kinds = Segmented(theme, "Answer", [(kind.value, words) for kind, words in LETTERS.items()])
        self.to, self.subject, self.body = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.to_field, self.subject_field = Field(theme, "To", self.to), Field(theme, "Subject", self.subject)
        self.body_field = Field(theme, "Letter", self.body)
        self.body.setTabChangesFocus(True)
        self._stale = Label(theme, "The checks have changed since you wrote this.", "hint", "care", wrap=True)
        self.again = Button(theme, "Write it again", "link")
        self.record = Button(theme, "Record as sent", "main", icon="check")
        self.copy = Button(theme, "Copy", icon="copy")
        self.mail = Button(theme, "Open in mail", icon="mail")
        self.save = Button(theme, "Save as e-mail", icon="download")
        self.print = IconButton(theme, "print", "Print the letter", outlined=True)
        self._before = Label(theme, "Sent so far", "label", "ink2")
        self.history = DatedList(theme, "Letters sent", leads=True, short=True)
        self._lay_out()
        self._connect()
        self.retheme()

    def show_drafts(
        self, drafts: Mapping[LetterKind, LetterDraft], suggested: LetterKind | None, *, afresh: bool
    ) -> None:
        """Show the letters as they are written now; ``afresh`` for another request drops what was changed."""
        self._drafts = drafts
        if afresh:
            self._changed = {}
            self._kind = suggested or LetterKind.DECLINE
            self.kinds.set_current(self._kind.value)
        elif self._kind not in self._changed and suggested is not None and not self._chose:
            self._kind = suggested
            self.kinds.set_current(suggested.value)
        self._chose = self._chose and not afresh
        self._show()

    def show_sent(self, letters: Sequence[SentLetter]) -> None:
        """List what went out, the newest first."""
        lines = [Dated(day_words(one.sent_at, today()), SENT[one.kind], "") for one in letters]
        self._letters = tuple(letters)
        self.history.show_lines(lines)
        self._before.setVisible(bool(letters))
        self.history.setVisible(bool(letters))

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        return "the letter you were changing" if self._changed else ""

    def changed_letters(self) -> dict[str, list[str]]:
        """The letters she changed, as plain values: kind -> to, subject, text."""
        return {kind.value: [one.to, one.subject, one.body] for kind, one in self._changed.items()}

    def take_changed(self, letters: Mapping[str, Sequence[str]]) -> None:
        """Show letters as she had changed them before."""
        for key, (to, subject, body) in letters.items():
            kind = LetterKind(key)
            self._changed[kind] = LetterDraft(kind, to, subject, body)
            self.choose(kind)

    def draft(self) -> LetterDraft:
        """The letter as it stands on screen."""
        return LetterDraft(self._kind, self.to.text().strip(), self.subject.text().strip(), self.body.toPlainText())

    def choose(self, kind: LetterKind) -> None:
        """Show another letter."""
        self._chose = True
        self._kind = kind
        self.kinds.set_current(kind.value)
        self._show()

    def forget(self) -> None:
        """What was changed is sent or thrown away."""
        self._changed.pop(self._kind, None)
        self._show()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setSpacing(px(Space.M))
        self._ways.setSpacing(px(Space.S))
        self._stale_row.setSpacing(px(Space.S))
        self.body.setFont(self.theme.font("second"))
        self.body.setMinimumHeight(px(LEAST_BODY))
        super().retheme()

    def _show(self) -> None:
        written = self._drafts.get(self._kind)
        if written is None:
            return
        shown = self._changed.get(self._kind, written)
        self._filling = True
        for line, words in ((self.to, shown.to), (self.subject, shown.subject)):
            if line.text() != words:
                line.setText(words)
                line.setCursorPosition(0)
        if self.body.toPlainText() != shown.body:
            self.body.setPlainText(shown.body)
        self._filling = False
        self._mark()

    def _typed(self) -> None:
        if self._filling or not self._drafts:
            return
        now, written = self.draft(), self._drafts[self._kind]
        if now == replace(written, to=written.to.strip(), subject=written.subject.strip()):
            self._changed.pop(self._kind, None)
        else:
            self._changed[self._kind] = now
        self._mark()

    def _mark(self) -> None:
        changed = self._kind in self._changed
        self._stale.setText("You changed this letter.")
        for part in (self._stale, self.again):
            part.setVisible(changed)
        address = None if self.to.text().strip() else "Write who it goes to first"
        for button in (self.mail, self.save):
            button.set_unavailable(address)
        empty = None if self.body.toPlainText().strip() else "The letter is empty"
        for button in (self.copy, self.record):
            button.set_unavailable(empty)
        self.print.setEnabled(empty is None)
        self.to_field.set_state("normal")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.body.toPlainText())
        self.said.emit("Copied. Paste it where you write to them, then record it as sent.")

    def _open_mail(self) -> None:
        draft = self.draft()
        try:
            link = mailto(to=draft.to, subject=draft.subject, body=draft.body)
        except UserError as error:
            self.to_field.set_state("wrong", str(error))
            return
        # Some mail programs cut a long letter off: it is copied as well, to be pasted there.
        QGuiApplication.clipboard().setText(draft.body)
        if QDesktopServices.openUrl(QUrl(link)):
            self.said.emit("Opened in your mail program, and copied in case it is cut short there.")
        else:
            self.said.emit("No mail program answered. The letter is copied: paste it where you write.")

    def _connect(self) -> None:
        self.kinds.chosen.connect(lambda key: self.choose(LetterKind(key)))
        for line in (self.to, self.subject):
            line.textChanged.connect(self._typed)
        self.body.textChanged.connect(self._typed)
        self.again.clicked.connect(self.forget)
        self.copy.clicked.connect(self._copy)
        press_by_key(self.copy, COPY)
        press_by_key(self.mail, OPEN_IT)
        self.mail.clicked.connect(self._open_mail)
        self.save.clicked.connect(lambda: self.saving.emit(self.draft()))
        self.print.clicked.connect(lambda: self.printed.emit(self.draft()))
        press_by_key(self.print, PRINT)
        self.record.clicked.connect(lambda: self.sent.emit(self.draft()))
        self.history.opened.connect(self._show_old)

    def _show_old(self, place: int) -> None:
        """A letter that was sent, to read or send again."""
        old = self._letters[place]
        self._chose, self._kind = True, old.kind
        self.kinds.set_current(old.kind.value)
        self._changed[old.kind] = LetterDraft(old.kind, old.sent_to, old.subject, old.body)
        self._show()

    def _lay_out(self) -> None:
        self._column, self._ways, self._stale_row = QVBoxLayout(self), FlowLayout(), FlowLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._stale, self.again):
            self._stale_row.addWidget(part)
        for button in (self.record, self.copy, self.mail, self.save, self.print):
            self._ways.addWidget(button)
        self._column.addWidget(self._title)
        self._column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        for field in (self.to_field, self.subject_field):
            self._column.addWidget(field)
        self._column.addWidget(self.body_field, 1)
        self._column.addLayout(self._stale_row)
        self._column.addLayout(self._ways)
        self._column.addWidget(self._before)
        self._column.addWidget(self.history)
