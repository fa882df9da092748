"""One person to ask: the ready message, how to send it, and what they answered."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from matcher.model import Answer, InvitationState
from matcher.outreach import ReadyMessage
from matcher_ui.models.asks import chip_of, how_words
from matcher_ui.theme import Theme
from matcher_ui.widgets.buttons import Button, Kind
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.chip import Chip
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import ElidedLabel, Label

_ANSWERS: tuple[tuple[Answer, str, Kind], ...] = (
    (Answer.YES, "Yes", "plain"),
    (Answer.NO_THIS_TIME, "No this time", "plain"),
    (Answer.CANNOT_MAKE_DATE, "Can’t make the date", "plain"),
    (Answer.STOP_KIND, "Stop this kind…", "serious"),
    (Answer.STOP_ALL, "Stop everything…", "serious"),
)
KEYS = {
    Answer.YES: "Y", Answer.NO_THIS_TIME: "N", Answer.CANNOT_MAKE_DATE: "D", Answer.STOP_KIND: "K",
    Answer.STOP_ALL: "S",
}  # fmt: skip
"""Answer -> the key that records it, while the list has the keyboard."""
KEYS_HINT = "Keys in the list: A asked, Y yes, N no, D can’t make the date, K stop this kind, S stop everything."
_OPENS = {"WhatsApp": "Open WhatsApp", "E-mail": "Open the e-mail", "Phone": "Call"}


class AskPerson(Ground):
    """``asked`` records the ask; ``answered`` carries an `Answer`. Stopping asks once more in the tab."""

    asked = Signal()
    answered = Signal(Answer)
    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "panel", line_left=True, parent=parent)
        self.setAccessibleName("The person to ask")
        self._ready: ReadyMessage | None = None
        self._name, self._how = ElidedLabel(theme, "", "panel_title"), ElidedLabel(theme, "", "second", "ink2")
        self._chip = Chip(theme, "neutral", "")
        self._trouble = Label(theme, "", "second", "stop", wrap=True)
        self.message = QPlainTextEdit()
        self.message.setReadOnly(True)
        self.message.setAccessibleName("The message, ready to send")
        self.copy = Button(theme, "Copy", icon="copy")
        self.open = Button(theme, "Open WhatsApp", icon="arrow_right")
        self.ask = Button(theme, "Record as asked", "main", icon="check")
        self.answers: dict[Answer, Button] = {}
        self._lay_out()
        self.copy.clicked.connect(self._copy)
        self.open.clicked.connect(self._open)
        self.ask.clicked.connect(self.asked)
        self.retheme()

    def show_person(self, ready: ReadyMessage) -> None:
        """Show one person of the list."""
        self._ready = ready
        self._name.setText(ready.name)
        self._how.setText(how_words(ready))
        self._chip.set_chip(*chip_of(ready))
        self._chip.updateGeometry()
        self._trouble.setText(f"{ready.trouble}." if ready.trouble else "")
        self._trouble.setVisible(bool(ready.trouble))
        self.message.setPlainText(ready.message)
        self.message.setVisible(not ready.trouble)
        self._offer(ready)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(23), px(16), px(24), px(16))
        self._column.setSpacing(px(8))
        self._send.setSpacing(px(8))
        self._answers.setSpacing(px(8))
        self.message.setFont(self.theme.font("second"))
        self.message.setMinimumHeight(self.theme.px(160))
        super().retheme()

    def _offer(self, ready: ReadyMessage) -> None:
        """Make available what can be done now, with the reason where something cannot."""
        stopped = ready.trouble or None
        self.copy.set_unavailable(stopped)
        self.open.setText(_OPENS.get(ready.channel, "Open"))
        self.open.set_unavailable(stopped or (None if ready.link else "No phone or e-mail is known"))
        self.open.updateGeometry()
        fresh = ready.state is InvitationState.TO_ASK
        self.ask.set_unavailable(stopped or (None if fresh else "Recorded already"))
        done = "Their part is done" if ready.state is InvitationState.DONE else None
        for answer, button in self.answers.items():
            given = "This is their answer" if answer is ready.answer else None
            not_yet = "Record as asked first" if fresh else None
            button.set_unavailable((stopped if fresh else None) or not_yet or done or given)

    def _copy(self) -> None:
        if self._ready is not None:
            QGuiApplication.clipboard().setText(self._ready.message)
            self.copied.emit()

    def _open(self) -> None:
        if self._ready is not None and self._ready.link:
            QDesktopServices.openUrl(QUrl(self._ready.link))

    def _lay_out(self) -> None:
        body, scroll, whole = QWidget(), QScrollArea(), QVBoxLayout(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(body)
        body.setAutoFillBackground(False)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(scroll)
        self._column, self._send, self._answers = QVBoxLayout(body), FlowLayout(), FlowLayout()
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._chip)
        for button in (self.copy, self.open, self.ask):
            self._send.addWidget(button)
        for answer, words, kind in _ANSWERS:
            button = Button(self.theme, words, kind)
            button.clicked.connect(lambda _on=False, answer=answer: self.answered.emit(answer))
            self.answers[answer] = button
            self._answers.addWidget(button)
        self._column.addLayout(head)
        self._column.addWidget(self._how)
        self._column.addWidget(self._trouble)
        self._column.addWidget(self.message, 1)
        self._column.addLayout(self._send)
        self._column.addSpacing(self.theme.px(8))
        self._column.addWidget(Label(self.theme, "What they answered", "label", "ink2"))
        self._column.addLayout(self._answers)
        self._column.addWidget(Label(self.theme, KEYS_HINT, "hint", "ink2", wrap=True))
        self._column.addStretch(0)
