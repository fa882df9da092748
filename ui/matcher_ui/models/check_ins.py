"""The members to check in with: who, why, and whether it is the reminder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from matcher import clock
from matcher.consent import due_check_ins
from matcher.outreach import ReadyCheckIn, check_in_messages
from matcher.storage.store import Store
from matcher_ui.models.promises import last_said
from matcher_ui.widgets.rows import Index

LINE_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class CheckInLine:
    """A member to check in with: the message ready for them, and when they last said anything."""

    ready: ReadyCheckIn
    last_said_on: date | None


def read_due(store: Store) -> tuple[CheckInLine, ...]:
    """Whom to check in with today, first messages before reminders."""
    said = {due.member_id: due.last_said_on for due in due_check_ins(store, clock.today())}
    ready = sorted(check_in_messages(store), key=lambda one: one.reminder)
    return tuple(CheckInLine(one, said.get(one.member_id)) for one in ready)


def why_words(line: CheckInLine) -> str:
    """The second line: why, and when they last said anything."""
    return ", ".join(part for part in (line.ready.reason, last_said(line.last_said_on)) if part)


class CheckInModel(QAbstractListModel):
    """Rows in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[CheckInLine, ...] = ()

    @property
    def people(self) -> tuple[CheckInLine, ...]:
        return self._people

    def show(self, people: Sequence[CheckInLine]) -> None:
        """Show these people."""
        self.beginResetModel()
        self._people = tuple(people)
        self.endResetModel()

    def row_of(self, member_id: int | None) -> int | None:
        """Where a member stands; None when not here."""
        return next((row for row, one in enumerate(self._people) if one.ready.member_id == member_id), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._people)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self._people[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.ready.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            reminder = " Reminder." if one.ready.reminder else ""
            return f"{one.ready.name}.{reminder} {why_words(one)}."
        if role == SORT_ROLE:
            return one.ready.name.casefold()
        return one if role == LINE_ROLE else None
