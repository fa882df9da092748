"""What becomes of the rows of a file: the words of a plan and of a report."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from matcher.directory.folding import Values, fold
from matcher.directory.importing.columns import Layout
from matcher.directory.importing.heard_through import HeardThrough
from matcher.directory.importing.rows import RowAnswer
from matcher.model import Purpose


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UPDATED = "updated"
    DUPLICATE = "duplicate"
    TO_DECIDE = "to_decide"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a row would change of a member, or would have changed were the field not newer (``kept``)."""

    field: str
    label: str
    before: Any
    after: Any
    kept: bool = False


@dataclass(frozen=True, slots=True)
class SameRow:
    """A decision on a row in doubt: it is the same person as another row of the file."""

    row: int


Decided = int | SameRow | None
"""What a row in doubt was decided to be: the member with this id, the person of another row, or somebody new."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the sheet. ``row`` is the number a spreadsheet shows; ``other`` the row it is compared with.

    ``member_id`` is the member it belongs to, or, for a row to decide, the one she may be. ``values`` are what a
    row to decide says, field by field; the others' are with the people of the plan.
    """

    row: int
    outcome: Outcome
    name: str = ""
    member_id: int | None = None
    other: int | None = None
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=lambda: _NO_VALUES)


_NO_VALUES: Values = {}


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """One person of the file: her answers from the oldest to the latest, and what they change of a known member.

    ``seen_before`` are the rows that were imported earlier. ``contradicted``: a row that may be hers, and is left
    out until that is decided, speaks against a yes.
    """

    member_id: int | None
    answers: tuple[RowAnswer, ...]
    news: Mapping[str, Any]
    seen_before: frozenset[int]
    contradicted: bool = False

    @property
    def said(self) -> Values:
        """What those of her answers that are new say together. Folded when asked for: a second copy of what
        everybody of a large file says would fill the memory."""
        return fold([answer for answer in self.answers if answer.row not in self.seen_before])

    @property
    def write(self) -> Mapping[str, Any]:
        """What is to be written of her."""
        return self.said if self.member_id is None else self.news


@dataclass(frozen=True, slots=True)
class SheetOffer:
    """A sheet of the file, and how well it was recognised as one of members (0: not at all)."""

    name: str
    rows: int
    quality: float


@dataclass(frozen=True, slots=True)
class RowToDecide:
    """A row left out until she decides whether it is the person she already has."""

    row: int
    name: str
    member_id: int | None
    other_row: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """A row that is nobody's, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class KeptValue:
    """What stays as it is here although a row says otherwise, because it is newer here."""

    row: int
    name: str
    field: str
    label: str
    here: Any
    said: Any


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do. ``rows`` is row number -> member; ``batch`` the step to undo.

    ``permissions_waiting`` are yeses over a no that she has to confirm one by one; ``not_said_yet`` counts the
    people of the file who have said nothing of being asked by anybody outside. A dry run has neither, no ``rows``
    and no ``batch``.
    """

    new: int
    updated: int
    duplicate: int
    to_decide: tuple[RowToDecide, ...]
    unreadable: tuple[UnreadableRow, ...]
    notes: tuple[str, ...]
    batch: int | None = None
    rows: Mapping[int, int] = field(default_factory=dict)
    permissions_waiting: int = 0
    not_said_yet: int = 0
    kept: tuple[KeptValue, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import would do. ``revision`` is the state of the store it was made for.

    ``question`` is the permission question of the sheet, ``offered`` the purposes it is known to offer,
    ``heard`` the partners that its people came through, or may have, ``told_apart`` rows decided to be somebody
    new, each with the member or row that they look like.
    """

    file_name: str
    sheets: tuple[SheetOffer, ...]
    sheet: str
    layout: Layout
    mapping: Mapping[int, str]
    rows: tuple[PlannedRow, ...]
    people: tuple[PlannedPerson, ...]
    shared_phones: frozenset[str]
    question: str
    offered: frozenset[Purpose]
    notes: tuple[str, ...]
    revision: int
    heard: tuple[HeardThrough, ...] = ()
    told_apart: tuple[tuple[int, Decided], ...] = ()

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """Outcome -> number of rows."""
        return Counter(row.outcome for row in self.rows)

    def report(self) -> ImportReport:
        """What importing would do, in the words of a report."""
        counts = self.counts
        to_decide = (row for row in self.rows if row.outcome is Outcome.TO_DECIDE)
        nobody = (row for row in self.rows if row.outcome in (Outcome.UNREADABLE, Outcome.TEST))
        return ImportReport(
            counts[Outcome.NEW], counts[Outcome.UPDATED], counts[Outcome.DUPLICATE],
            tuple(RowToDecide(row.row, row.name, row.member_id, row.other, row.reason) for row in to_decide),
            tuple(UnreadableRow(row.row, row.reason) for row in nobody),
            (f"Sheet “{self.sheet}” was read.", *self.notes),
            kept=tuple(value for row in self.rows for value in kept_of(row)),
        )  # fmt: skip


_FOLLOWS = frozenset({"authority", "county", "country"})
"""Fields that only follow from the town or postcode beside them."""


def kept_of(row: PlannedRow) -> tuple[KeptValue, ...]:
    """What stays as it is although this row says otherwise; both values."""
    return tuple(
        KeptValue(row.row, row.name, change.field, change.label, change.before, change.after)
        for change in row.changes
        if change.kept and change.field not in _FOLLOWS
    )
