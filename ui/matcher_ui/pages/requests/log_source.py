"""The left side of Log a request: a place to drop or paste, the wait, what went wrong, or the original."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from matcher.clock import LONDON, today
from matcher.files.readers.documents import Document
from matcher.files.readers.documents import Part as Enclosed
from matcher_ui.dates import day_words
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.empty_page import EmptyPage, IconView
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.marked_text import Mark
from matcher_ui.widgets.original_view import Letter, OriginalView
from matcher_ui.widgets.scroll_column import ScrollColumn

READS = "Drop an e-mail or document here, or paste one with Ctrl+V. Matcher fills in what it says."


class SourcePanel(QStackedWidget):
    """One of its four sides at a time."""

    choosing = Signal()
    dropped = Signal(list)
    pasted = Signal(str)
    cancelled = Signal()
    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = theme.px(160)
        self.empty = EmptyPage(theme, "mail", "Let Matcher read it", READS, "Choose a file", button_icon="upload")
        self.paste = PastePanel(theme)
        self.waiting = _Waiting(theme)
        self.trouble = _Trouble(theme)
        self.original = OriginalView(theme)
        for part in (self.empty, self.paste, self.waiting, self.trouble, self.original):
            self.addWidget(part)
        self.paste.read.connect(self.pasted)
        self.paste.left.connect(self.ask)
        self.waiting.cancel.clicked.connect(self.cancelled)
        for area in (self.empty, self.trouble.area):
            area.pressed.connect(self.choosing)
            area.dropped.connect(self.dropped)
            area.pasted.connect(self.pasted)
        self.trouble.instead.clicked.connect(self.ask_for_text)
        self.original.chosen.connect(self.chosen)

    def minimumSizeHint(self) -> QSize:
        # it gives way to the form beside it and to a question above it: each side elides, wraps or scrolls
        return QSize(self._least, self._least)

    def ask(self) -> None:
        """A place to drop or paste something."""
        self.setCurrentWidget(self.empty)

    def ask_for_text(self) -> None:
        """A box to paste the text into."""
        self.setCurrentWidget(self.paste)
        self.paste.start()

    def wait_for(self, name: str) -> None:
        """Say that it is being read."""
        self.waiting.words.setText(f"Reading {name}…")
        self.setCurrentWidget(self.waiting)

    def show_trouble(self, words: str) -> None:
        """Say why it could not be read, with two ways on."""
        self.setCurrentWidget(self.trouble)
        self.trouble.message.set_message("stop", words)

    def show_letter(self, letter: Letter, marks: Sequence[Mark]) -> None:
        """Show the original."""
        self.original.show_letter(letter, marks)
        self.setCurrentWidget(self.original)

    def set_current(self, number: int | None) -> None:
        """Ring the phrase with this number."""
        self.original.set_current(number)


class PastePanel(Part):
    """A box for the text of a message."""

    read = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.box = QPlainTextEdit()
        self.box.setAccessibleName("The text of the message")
        self.box.setPlaceholderText("Paste the whole message here")
        self.box.setTabChangesFocus(True)
        self.go, leave = Button(theme, "Read it"), Button(theme, "Cancel", "quiet")
        self.go.clicked.connect(self._go)
        leave.clicked.connect(self.left)
        self._column, row = QVBoxLayout(self), QHBoxLayout()
        self._column.addWidget(Label(theme, "Paste the text", "section"))
        self._column.addWidget(self.box, 1)
        row.addWidget(self.go)
        row.addWidget(leave)
        row.addStretch(1)
        self._column.addLayout(row)
        self._row = row
        self.retheme()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, 0, 0, px(Space.L))
        for layout in (self._column, self._row):
            layout.setSpacing(px(Space.S))
        super().retheme()

    def start(self) -> None:
        self.box.clear()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        if self.box.toPlainText().strip():
            self.read.emit(self.box.toPlainText())


class _Waiting(CardFrame):
    """Being read."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, quiet=True)
        self.words, self.cancel = Label(theme, "", "section", wrap=True), Button(theme, "Cancel")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column, middle = QVBoxLayout(self), Qt.AlignmentFlag.AlignHCenter
        column.setSpacing(theme.px(Space.M))
        column.addStretch(1)
        column.addWidget(IconView(theme, "clock", "ink2", 28), 0, middle)
        column.addWidget(self.words)
        column.addWidget(self.cancel, 0, middle)
        column.addStretch(1)


class _Trouble(ScrollColumn):
    """Why it could not be read, and two ways on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.message = Banner(theme, "stop", "")
        self.area = EmptyPage(theme, "mail", "Try another way", READS, "Choose another", button_icon="upload")
        self.instead = Button(theme, "Paste the text instead")
        self.set_margins(0, 0, 0, Space.M)
        self.column.setSpacing(theme.px(Space.M))
        self.column.addWidget(self.message)
        self.column.addWidget(self.area, 1)
        self.column.addWidget(self.instead, 0, Qt.AlignmentFlag.AlignHCenter)


def letter_of(document: Document) -> Letter:
    """What to show of a document that was read."""
    sender, when = document.sender, ""
    if document.sent_at is not None:
        local = document.sent_at.astimezone(LONDON)
        when = f"{day_words(local.date(), today())}, {local:%H:%M}"
    who = "" if sender is None else f"{sender.name}  <{sender.email}>" if sender.name else sender.email
    enclosed = tuple((part.name, _what_was_read(part)) for part in document.attachments)
    title = document.subject or document.file_name
    return Letter(title, document.full_text, who, when, enclosed)


def _what_was_read(part: Enclosed) -> str:
    if part.problem:
        return part.problem
    words = len(part.text.split())
    return f"Read, {words:,} words: see below the message" if words else "Nothing to read in it"
