"""One person to ask: the ready message, how to send it, and what they answered."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from matcher.model import Answer, InvitationState
from matcher.outreach import ReadyMessage, SessionRow
from matcher_ui.models.asks import chip_of, how_words
from matcher_ui.pages.people_to_write import PersonHead, PersonPanel, ReadyText
from matcher_ui.pages.request.session_choice import SessionChoice
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.buttons import Button, Kind
from matcher_ui.widgets.chip import Chip
from matcher_ui.widgets.fields import Field
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
    Answer.YES: "Said yes", Answer.NO_THIS_TIME: "No this time", Answer.CANNOT_MAKE_DATE: "Can’t make the date",
    Answer.STOP_KIND: "Stop this kind of request", Answer.STOP_ALL: "Stop everything",
}  # fmt: skip
"""Answer -> what the key does that records it, while the list has the keyboard."""
KEYS_HINT = "Keys in the list: A asked, Y yes, N no, D can’t make the date, K stop this kind, S stop everything."


class AskPerson(PersonPanel):
    """``asked`` records the ask; ``answered`` carries an `Answer`, ``picked`` a date. Stopping asks once more."""

    asked = Signal()
    answered = Signal(Answer)
    copied = Signal()
    picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "The person to ask", parent)
        self._name, self._how = ElidedLabel(theme, "", "panel_title"), ElidedLabel(theme, "", "second", "ink2")
        self._chip = Chip(theme, "neutral", "")
        self._trouble = Label(theme, "", "second", "stop", wrap=True)
        self.ask = Button(theme, "Record as asked", "main", icon="check")
        self.text = ReadyText(theme, self.ask)
        self.message, self.copy, self.open = self.text.message, self.text.copy, self.text.open
        self.session = SessionChoice()
        self.session_field = Field(theme, "Which date", self.session)
        self.answers: dict[Answer, Button] = {}
        self._lay_out()
        self.text.copied.connect(self.copied)
        self.ask.clicked.connect(self.asked)
        self.session.picked.connect(self.picked)
        self.retheme()

    def show_person(self, ready: ReadyMessage, sessions: Sequence[SessionRow] = ()) -> None:
        """Show one person of the list; who said yes picks one of the dates."""
        self.session.show_sessions(sessions, ready.member_id)
        said_yes = ready.state in (InvitationState.YES, InvitationState.DONE)
        self.session_field.setVisible(bool(sessions) and said_yes)
        self._name.setText(ready.name)
        self._how.setText(how_words(ready))
        self._chip.set_chip(*chip_of(ready))
        self._chip.updateGeometry()
        self._trouble.setText(f"{ready.trouble}." if ready.trouble else "")
        self._trouble.setVisible(bool(ready.trouble))
        self.text.show_text(ready.message, ready.channel, ready.link, full=ready.full, stopped=ready.trouble)
        self._offer(ready)

    def retheme(self) -> None:
        if hasattr(self, "_answers"):
            self._answers.setSpacing(self.theme.px(Space.S))
        super().retheme()

    def _offer(self, ready: ReadyMessage) -> None:
        """Make available what can be done now, with the reason where something cannot."""
        stopped = ready.trouble or None
        fresh = ready.state is InvitationState.TO_ASK
        self.ask.set_unavailable(stopped or (None if fresh else "Recorded already"))
        done = "Their part is done" if ready.state is InvitationState.DONE else None
        for answer, button in self.answers.items():
            given = "This is their answer" if answer is ready.answer else None
            not_yet = "Record as asked first" if fresh else None
            button.set_unavailable((stopped if fresh else None) or not_yet or done or given)

    def _lay_out(self) -> None:
        self._answers = FlowLayout()
        for answer, words, kind in _ANSWERS:
            button = Button(self.theme, words, kind)
            button.clicked.connect(lambda _on=False, answer=answer: self.answered.emit(answer))
            self.answers[answer] = button
            self._answers.addWidget(button)
        self.column.addWidget(PersonHead(self.theme, self._name, self._chip))
        self.column.addWidget(self._how)
        self.column.addWidget(self._trouble)
        self.column.addWidget(self.session_field)
        self.column.addWidget(self.text, 1)
        self.column.addSpacing(self.theme.px(Space.S))
        self.column.addWidget(Label(self.theme, "What they answered", "label", "ink2"))
        self.column.addLayout(self._answers)
        self.column.addWidget(Label(self.theme, KEYS_HINT, "hint", "ink2", wrap=True))
        self.column.addStretch(0)
