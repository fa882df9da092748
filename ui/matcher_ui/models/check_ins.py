"""The members to check in with: who, why, and whether it is the reminder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from matcher import clock
from matcher.consent import DueCheckIn, due_check_ins
from matcher.outreach.messages import Ask
from matcher.storage.store import Store
from matcher_ui.models.promises import last_said
from matcher_ui.widgets.rows import Index

DUE_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class ReadyCheckIn:
    """A member to check in with, and the message for them where one is ready."""

    due: DueCheckIn
    ready: Ask | None


def read_due(store: Store) -> tuple[ReadyCheckIn, ...]:
    """Whom to check in with today, first messages before reminders."""
    due = sorted(due_check_ins(store, clock.today()), key=lambda one: one.reminder)
    return tuple(ReadyCheckIn(one, None) for one in due)


def why_words(due: DueCheckIn) -> str:
    """The second line: why, and what was last said."""
    return due.reason if due.last_said_on is None else f"{due.reason}  ·  {last_said(due.last_said_on)}"


class CheckInModel(QAbstractListModel):
    """Rows in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[ReadyCheckIn, ...] = ()

    @property
    def people(self) -> tuple[ReadyCheckIn, ...]:
        return self._people

    def show(self, people: Sequence[ReadyCheckIn]) -> None:
        """Show these people."""
        self.beginResetModel()
        self._people = tuple(people)
        self.endResetModel()

    def row_of(self, member_id: int | None) -> int | None:
        """Where a member stands; None when not here."""
        return next((row for row, one in enumerate(self._people) if one.due.member_id == member_id), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._people)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self._people[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.due.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            reminder = " Reminder." if one.due.reminder else ""
            return f"{one.due.name}.{reminder} {why_words(one.due)}."
        if role == SORT_ROLE:
            return one.due.name.casefold()
        return one if role == DUE_ROLE else None
