"""Everyone who is not put forward for a request, grouped by the reason."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from matcher.matching import NotNow
from matcher.matching.names import called
from matcher_ui.widgets.rows import Index

OTHER_ROLE = Qt.ItemDataRole.UserRole
"""The member of a row; None for a group's title."""
GROUP_ROLE = Qt.ItemDataRole.UserRole + 1
SORT_ROLE = Qt.ItemDataRole.UserRole + 2

GROUPS = {
    "resting": "Resting",
    "cap": "Asked often enough this year",
    "fails_must": "Does not meet a must",
    "already_asked": "Asked about this already",
    "conflict": "Too close to who is asking",
    "condition": "Asked us to respect something that this needs",
    "no_permission": "Has not said that they may be asked",
    "refused": "Said no to this kind of request",
    "withdrawn": "Withdrew",
    "not_a_request": "Nobody is being asked for",
}
"""Rule -> what the group is called, in the order shown: what may change soonest first."""
_LAST = "Other reasons"
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Group:
    """The title of a group, how many are in it, and how many of them are not shown."""

    title: str
    count: int
    left_out: int = 0


class NotNowModel(QAbstractListModel):
    """Titles and members in one list; titles cannot be chosen. ``find`` keeps only names that hold the words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._others: tuple[NotNow, ...] = ()
        self._counts: dict[str, int] = {}
        self._found: tuple[NotNow, ...] = ()
        self._wanted = ""
        self._rows: list[Group | NotNow] = []

    @property
    def rows(self) -> tuple[Group | NotNow, ...]:
        return tuple(self._rows)

    @property
    def others(self) -> tuple[NotNow, ...]:
        """Everyone who was read, whatever is looked for."""
        return (*self._others, *self._found)

    def show(self, others: Sequence[NotNow], counts: Mapping[str, int] | None = None) -> None:
        """Show these people; ``counts`` says how many each rule keeps out, when these are only the first."""
        counts = dict(counts or Counter(other.rule for other in others))
        if (tuple(others), counts) != (self._others, self._counts):
            self._others, self._counts, self._found = tuple(others), counts, ()
            self._group()

    def add_found(self, found: Sequence[NotNow]) -> None:
        """Show also these, who were looked for by name."""
        known = {other.member.id for other in self._others}
        fresh = tuple(other for other in found if other.member.id not in known)
        if fresh != self._found:
            self._found = fresh
            self._group()

    @property
    def is_whole(self) -> bool:
        """Whether everybody is here, so that all are found."""
        return sum(self._counts.values()) <= len(self._others)

    def find(self, words: str) -> None:
        """Keep only who is called like this."""
        if words != self._wanted:
            self._wanted = words
            self._group()

    def row_of(self, member_id: int) -> int | None:
        """Where a member stands; None when not shown."""
        for row, what in enumerate(self._rows):
            if isinstance(what, NotNow) and what.member.id == member_id:
                return row
        return None

    def first(self) -> int | None:
        """The row of the first member shown."""
        return next((row for row, what in enumerate(self._rows) if isinstance(what, NotNow)), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], Group):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Group):
            named = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return f"{row.title}, {row.count}" if role in named else row if role == GROUP_ROLE else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.member.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.member.name}. {row.reason}."
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.reason
        if role == SORT_ROLE:
            return row.member.name.casefold()
        return row if role == OTHER_ROLE else None

    def _group(self) -> None:
        groups: defaultdict[str, list[NotNow]] = defaultdict(list)
        totals: Counter[str] = Counter()
        for rule, count in self._counts.items():
            totals[GROUPS.get(rule, _LAST)] += count
        for other in (*self._others, *(self._found if self._wanted.strip() else ())):
            if called(other.member.name, self._wanted):
                groups[GROUPS.get(other.rule, _LAST)].append(other)
        self.beginResetModel()
        self._rows = []
        for title in dict.fromkeys((*GROUPS.values(), _LAST)):
            if people := groups.get(title):
                total = len(people) if self._wanted.strip() else max(totals[title], len(people))
                self._rows.append(Group(title, total, total - len(people)))
                people.sort(key=lambda other: (other.until is None, other.until, _by_name(other)))
                self._rows += people
        self.endResetModel()


def _by_name(other: NotNow) -> str:
    return other.member.name.casefold()
