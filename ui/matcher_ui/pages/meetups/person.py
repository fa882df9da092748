"""One person and a meet-up: the ready message, how to send it, and what they answered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from matcher.model import MeetupState
from matcher.outreach import MessageKind
from matcher.outreach.meetups import MeetupRow, MeetupWord
from matcher_ui.models.meetups import PersonLine
from matcher_ui.pages.people_to_write import PersonHead, PersonPanel, ReadyText
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.chip import Chip
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import ElidedLabel, Label

KEYS_HINT = "Keys in the list: A invited, Y coming, N cannot come, U back to invited. Enter opens their page."
RECORDS = {
    MessageKind.MEETUP_INVITE: "Record as invited",
    MessageKind.MEETUP_REMINDER: "Record as reminded",
    MessageKind.MEETUP_PLACE: "Give them the place",
    MessageKind.MEETUP_CANCELLED: "Record as told",
    MessageKind.MEETUP_WAITING: "Told",
}
"""Kind of message -> what is recorded once it was sent."""
_OPEN = (MeetupState.COMING, MeetupState.WAITING)


class MeetupPerson(PersonPanel):
    """``recorded`` once the message was sent; ``answered`` carries whether they come; ``taken_back``: not yet."""

    recorded = Signal()
    answered = Signal(bool)
    taken_back = Signal()
    stopping = Signal()
    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "The person chosen", parent)
        self.word: MeetupWord | None = None
        self._name, self._where = (
            ElidedLabel(theme, "", "panel_title"),
            Label(theme, "", "second", "ink2", wrap=True),
        )
        self._chip = Chip(theme, "neutral", "")
        self._trouble = Label(theme, "", "second", "stop", wrap=True)
        self.record = Button(theme, RECORDS[MessageKind.MEETUP_INVITE], "main", icon="check")
        self.text = ReadyText(theme, self.record)
        self.coming, self.cannot = Button(theme, "Coming", icon="check"), Button(theme, "Cannot come")
        self.back = Button(theme, "Not answered yet", "quiet")
        self.stop = Button(theme, "No more such events…", "serious")
        self._lay_out()
        self._connect()
        self.retheme()

    def show_person(self, line: PersonLine, row: MeetupRow) -> None:
        """Show who was chosen; the message comes once it was read (`show_word`)."""
        self._name.setText(line.name)
        self._where.setText(line.more)
        self._where.setVisible(bool(line.more))
        self._chip.setVisible(line.chip is not None)
        if line.chip is not None:
            self._chip.set_chip(*line.chip)
            self._chip.updateGeometry()
        self._offer(line, row)
        if self.word is not None and self.word.member_id != line.member_id:
            self.word = None
            self.text.show_text("", "", "")
            self.text.copy.set_unavailable("Being written")

    def show_word(self, word: MeetupWord, line: PersonLine, row: MeetupRow) -> None:
        """Show the message to them as they stand now."""
        self.word = word
        self._trouble.setText(f"{word.trouble}." if word.trouble else "")
        self._trouble.setVisible(bool(word.trouble))
        self.text.show_text(word.message, word.channel, word.link, full=word.full, stopped=word.trouble)
        self.record.setText(RECORDS[word.kind])
        self.record.updateGeometry()
        self.record.set_unavailable(word.trouble or _why_not_recorded(word, line, row))

    def retheme(self) -> None:
        if hasattr(self, "_answers"):
            self._answers.setSpacing(self.theme.px(Space.S))
        super().retheme()

    def _offer(self, line: PersonLine, row: MeetupRow) -> None:
        """Make available what can be recorded of them, with the reason where it cannot."""
        over = "It is called off" if row.cancelled else "It is over" if row.over else None
        barred = None if line.may else "They may not be invited"
        said_yes = "This is their answer" if line.state in _OPEN else None
        said_no = "This is their answer" if line.state in (MeetupState.NO, MeetupState.CANCELLED) else None
        self.coming.set_unavailable(over or barred or said_yes)
        self.cannot.set_unavailable(barred or said_no or ("They were not invited" if line.state is None else None))
        fresh = line.state in (None, MeetupState.INVITED)
        self.back.set_unavailable("There is no answer yet" if fresh else None)
        self.stop.set_unavailable("They said no already" if not line.may else None)

    def _connect(self) -> None:
        self.record.clicked.connect(self.recorded)
        self.coming.clicked.connect(lambda: self.answered.emit(True))
        self.cannot.clicked.connect(lambda: self.answered.emit(False))
        self.back.clicked.connect(self.taken_back)
        self.stop.clicked.connect(self.stopping)
        self.text.copied.connect(self.copied)

    def _lay_out(self) -> None:
        self._answers = FlowLayout()
        for button in (self.coming, self.cannot, self.back, self.stop):
            self._answers.addWidget(button)
        self.column.addWidget(PersonHead(self.theme, self._name, self._chip))
        for part in (self._where, self._trouble):
            self.column.addWidget(part)
        self.column.addWidget(self.text, 1)
        self.column.addSpacing(self.theme.px(Space.S))
        self.column.addWidget(Label(self.theme, "What they answered", "label", "ink2"))
        self.column.addLayout(self._answers)
        self.column.addWidget(Label(self.theme, KEYS_HINT, "hint", "ink2", wrap=True))
        self.column.addStretch(0)


def _why_not_recorded(word: MeetupWord, line: PersonLine, row: MeetupRow) -> str | None:
    """Why the message cannot be recorded as sent, or None."""
    if row.over:
        return "It is over"
    match word.kind:
        case MessageKind.MEETUP_INVITE:
            return None if line.state is None else "Recorded already"
        case MessageKind.MEETUP_REMINDER:
            return "Recorded already" if line.reminded else None
        case MessageKind.MEETUP_CANCELLED:
            return "Recorded already" if line.told else None
        case MessageKind.MEETUP_WAITING:
            return "Nothing more to record: they wait for a place"
        case _:
            return None
