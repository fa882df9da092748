"""The people of a list while they are being asked: who, how, and where each ask stands."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from matcher import clock
from matcher.model import Answer, InvitationState
from matcher.outreach import ReadyMessage
from matcher_ui.dates import moment_words
from matcher_ui.widgets.chip import ChipKind
from matcher_ui.widgets.rows import Index

READY_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1

_CHIPS: dict[InvitationState, tuple[ChipKind, str]] = {
    InvitationState.TO_ASK: ("neutral", "To ask"),
    InvitationState.ASKED: ("resting", "Asked"),
    InvitationState.YES: ("given", "Yes"),
    InvitationState.NO: ("neutral", "No"),
    InvitationState.DONE: ("given", "Done"),
}
ANSWERS = {
    Answer.YES: "Yes",
    Answer.NO_THIS_TIME: "No this time",
    Answer.CANNOT_MAKE_DATE: "Can’t make the date",
    Answer.STOP_KIND: "Stop this kind",
    Answer.STOP_ALL: "Stop everything",
    Answer.NO_REPLY: "No reply",
}
"""What was answered, in words."""
STOPS_ASKED = {
    Answer.STOP_KIND: "This withdraws {name} from requests of this kind: they will not be put forward again.",
    Answer.STOP_ALL: "This withdraws {name} from everything they could be asked. Nobody will write to them again.",
}
"""What a stop does, asked once more before it is recorded."""
SAID = {
    Answer.YES: "Recorded yes from {name}.",
    Answer.NO_THIS_TIME: "Recorded “no this time” from {name}.",
    Answer.CANNOT_MAKE_DATE: "Recorded that {name} can’t make the date.",
    Answer.STOP_KIND: "{name} will not be asked about requests of this kind again.",
    Answer.STOP_ALL: "{name} will not be asked about anything again.",
}
"""What the toast says."""
_NOWHERE = QModelIndex()


def chip_of(ready: ReadyMessage) -> tuple[ChipKind, str]:
    """Where an ask stands, as a chip."""
    if ready.answer in (Answer.STOP_KIND, Answer.STOP_ALL):
        return "withdrawn", ANSWERS[ready.answer]
    if ready.trouble:
        return "refused", "May not be asked"
    kind, words = _CHIPS[ready.state]
    if ready.state is InvitationState.NO and ready.answer in ANSWERS:
        words = ANSWERS[ready.answer]
    return kind, words


def how_words(ready: ReadyMessage) -> str:
    """The second line: by what channel, and when they were asked."""
    said = [ready.channel or "No phone or e-mail"]
    if ready.reserve:
        said.insert(0, "In reserve")
    if ready.asked_at is not None:
        said.append(f"asked {moment_words(ready.asked_at, clock.today())}")
    elif ready.ask_first:
        said.append("ask personally first")
    return "  ·  ".join(said)


class AskModel(QAbstractListModel):
    """Rows in the order of the list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[ReadyMessage, ...] = ()

    @property
    def people(self) -> tuple[ReadyMessage, ...]:
        return self._people

    def show(self, people: Sequence[ReadyMessage]) -> None:
        """Show these people."""
        same = [one.member_id for one in people] == [one.member_id for one in self._people]
        if not same:
            self.beginResetModel()
        self._people = tuple(people)
        if not same:
            self.endResetModel()
        elif people:
            self.dataChanged.emit(self.index(0), self.index(len(people) - 1))

    def row_of(self, member_id: int | None) -> int | None:
        """Where a member stands; None when not here."""
        return next((row for row, one in enumerate(self._people) if one.member_id == member_id), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._people)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        ready = self._people[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return ready.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{ready.name}. {chip_of(ready)[1]}. {how_words(ready)}."
        if role == SORT_ROLE:
            return ready.name.casefold()
        return ready if role == READY_ROLE else None
