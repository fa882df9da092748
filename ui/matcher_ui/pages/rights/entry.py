"""Recording that somebody asks about their own data, or complains: a panel that opens in the page itself."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from matcher import clock
from matcher.consent import RightsLogged, log_rights
from matcher.directory import MemberName, member_meant
from matcher.errors import UserError
from matcher.model import ASKING, How, Purpose, RightsKind
from matcher.progress import Progress
from matcher.storage.store import Store
from matcher.triage import RequesterRow
from matcher_ui.dates import day_words
from matcher_ui.models.rights import KINDS, MEANS
from matcher_ui.pages.member_offers import MemberOffers, offered
from matcher_ui.purposes import HOWS, PURPOSES, SPOKEN_HOWS, spoken
from matcher_ui.theme import Space
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import save_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Workspace

MEMBER, REQUESTER, OTHER = "member", "requester", "other"
_WHO = ((MEMBER, "A member"), (REQUESTER, "Somebody who asked"), (OTHER, "Somebody else"))


class RightsEntry(CardFrame):
    """``closed`` follows saving and cancelling."""

    closed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.theme, quiet=True)
        self.workspace = workspace
        theme = self.theme
        self.setAccessibleName("Record a request or complaint")
        self.kind, self.how, self.received = QComboBox(), QComboBox(), QDateEdit()
        self.side = Segmented(theme, "Who it is from", _WHO)
        self.member, self.requester, self.other = QLineEdit(), QComboBox(), QLineEdit()
        self.note = QLineEdit()
        self.objects = {purpose: QCheckBox(_use(purpose)) for purpose in Purpose}
        self.means = Label(theme, "", "second", "ink2", wrap=True)
        self.save, self.cancel = Button(theme, "Save", "main"), Button(theme, "Cancel", "quiet")
        save_by_key(self.save, self)
        self._offers = MemberOffers(workspace, self.member)
        self._lay_out()
        self._connect()
        self.retheme()

    def offer(self, requesters: Sequence[RequesterRow]) -> None:
        """The requesters who can be named."""
        chosen = self.requester.currentData()
        self.requester.clear()
        for one in requesters:
            place = f", {one.organisation}" if one.organisation else ""
            self.requester.addItem(f"{one.name or one.contact}{place}", one.id)
        self.requester.setCurrentIndex(max(self.requester.findData(chosen), 0))

    def open_for(self, side: str = MEMBER, person: int | None = None) -> None:
        """Start afresh, from a person where one is known."""
        today = clock.today()
        self.received.setMaximumDate(QDate(today.year, today.month, today.day))
        self.received.setDate(QDate(today.year, today.month, today.day))
        self.kind.setCurrentIndex(0)
        for line in (self.member, self.other, self.note):
            line.clear()
        for box in self.objects.values():
            box.setChecked(False)
        self.side.set_current(side)
        if side == MEMBER and person is not None:
            self._write_out(f"M{person}", "")
        if side == REQUESTER:
            self.requester.setCurrentIndex(max(self.requester.findData(person), 0))
        self._turn()
        self.show()
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_written_in(self) -> bool:
        """Whether something would be lost."""
        return self.isVisible() and bool(self.note.text().strip() or self.other.text().strip())

    def keep(self) -> None:
        """Save it, or say in place what is missing."""
        side, kind = self.side.current, RightsKind(self.kind.currentData())
        typed = self.member.text() if side == MEMBER else None
        day = self.received.date()
        received = date(day.year(), day.month(), day.day())
        requester_id = self.requester.currentData() if side == REQUESTER else None
        who = self.other.text() if side == OTHER else ""
        how, note = How(self.how.currentData()), self.note.text()
        against = self._against() if kind is RightsKind.OBJECTION and side == MEMBER else []
        self.save.set_unavailable("Saving")

        def done(logged: RightsLogged) -> None:
            self.closed.emit()
            act = "Acknowledge it" if kind is RightsKind.COMPLAINT else "Answer"
            # a no is never taken back by Undo, so none is offered with one
            batch = None if against else logged.batch
            self.workspace.say(f"Recorded. {act} by {day_words(logged.due, clock.today())}.", batch)

        def verb(store: Store, _progress: Progress) -> RightsLogged:
            return log_rights(
                store, kind, member_id=_meant(store, typed), requester_id=requester_id, who=who, received=received,
                how=how, note=note, objects_to=against,
            )  # fmt: skip

        job = self.workspace.write(verb, done, what="Recording it", on_failed=lambda error: self._failed(error))
        job.ended.connect(lambda: self.save.set_unavailable(None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.L))
        self._column.setSpacing(px(Space.M))
        self._foot.setSpacing(px(Space.M))
        self._boxes.setSpacing(px(Space.M))
        super().retheme()

    def _against(self) -> list[Purpose]:
        return [purpose for purpose, box in self.objects.items() if box.isChecked()]

    def _failed(self, error: UserError) -> None:
        self._wrong(str(error))

    def _wrong(self, words: str) -> None:
        self._who_field.set_state("wrong", words)
        {MEMBER: self.member, REQUESTER: self.requester, OTHER: self.other}[self.side.current].setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _write_out(self, typed: str, shown: str) -> None:
        """Write out the one member that what was typed can mean, if the line still shows the same."""

        def write(meant: MemberName | None) -> None:
            if meant is not None and self.member.text() == shown:
                self.member.setText(offered(meant))

        self.workspace.read("rights.member", lambda store: member_meant(store, typed, in_part=True), write)

    def _turn(self) -> None:
        kind, side = RightsKind(self.kind.currentData()), self.side.current
        self._who.setCurrentIndex([key for key, _words in _WHO].index(side))
        self._who_field.set_state("normal")
        objects = kind is RightsKind.OBJECTION and side == MEMBER
        self._objects.setVisible(objects)
        self.means.setText(MEANS[kind])

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _place: self._turn())
        self.side.chosen.connect(lambda _key: self._turn())
        self.save.clicked.connect(self.keep)
        self.member.editingFinished.connect(lambda: self._write_out(self.member.text(), self.member.text()))
        self.cancel.clicked.connect(self.closed)
        for line in (self.other, self.note):
            line.returnPressed.connect(self.keep)

    def _lay_out(self) -> None:
        theme = self.theme
        for kind, words in KINDS.items():
            self.kind.addItem(words, kind.value)
        for how in (How.EMAIL, *(one for one in SPOKEN_HOWS if one is not How.EMAIL), How.FORM):
            self.how.addItem(HOWS[how][:1].upper() + HOWS[how][1:], how.value)
        self.received.setCalendarPopup(True)
        self.member.setPlaceholderText("Name or number, such as M12")
        self.other.setPlaceholderText("Their name")
        self._who = QStackedWidget()
        for one, name in ((self.member, "Member"), (self.requester, "Requester"), (self.other, "Name")):
            one.setAccessibleName(name)
            self._who.addWidget(one)
        self._who_field = Field(theme, "Who", self._who)
        self._objects, self._boxes = QWidget(), FlowLayout()
        objects = QVBoxLayout(self._objects)
        objects.setContentsMargins(0, 0, 0, 0)
        objects.addWidget(Label(theme, "What they object to; it stops at once", "label", "ink2"))
        for box in self.objects.values():
            self._boxes.addWidget(box)
        objects.addLayout(self._boxes)
        self._column, self._foot = QVBoxLayout(self), QHBoxLayout()
        self._column.addWidget(Label(theme, "Record a request or complaint", "section"))
        first = (Field(theme, "What they want", self.kind), Field(theme, "Received", self.received))
        self._column.addWidget(Beside(theme, (*first, Field(theme, "How", self.how)), 176))
        self._column.addWidget(self.side, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(
            Beside(theme, (self._who_field, Field(theme, "Note", self.note, "No more than you need")), 240)
        )
        self._column.addWidget(self._objects)
        self._foot.addWidget(self.means, 1)
        for button in (self.cancel, self.save):
            self._foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self._column.addLayout(self._foot)


def _meant(store: Store, typed: str | None) -> int | None:
    """The number of the member who was typed; None where it is about nobody of them."""
    meant = None if typed is None else member_meant(store, typed)
    if typed is not None and meant is None:
        raise UserError("Choose one from the list, or write their number such as M12.")
    return meant.id if meant else None


def _use(purpose: Purpose) -> str:
    """A purpose as something to object to: “Media”, “Use of ethnicity”."""
    if purpose in ASKING:
        return PURPOSES[purpose]
    words = spoken(purpose)
    return words[:1].upper() + words[1:]
