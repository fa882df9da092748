"""Which column of a sheet means what, told from its header and from its values together."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from matcher.directory.importing.column_scores import CHOICE, EMAIL, as_text, names, scores
from matcher.directory.importing.headers import (
    AREA,
    FULL_NAME,
    IGNORE,
    LEFT_AT,
    NOT_READ,
    ONLINE_OR_IN_PERSON,
    OWN_WORDS,
    SAYS_NOTHING,
    meanings,
    tidy,
)
from matcher.directory.importing.permission_headers import MAY_CONTACT, PERMISSION_OF, PERMISSIONS
from matcher.errors import UserError
from matcher.knowledge.purposes import PURPOSES
from matcher.knowledge.tables import word_set
from matcher.model import Member, fields_of

ACCEPT = 0.5
"""A guess below this is left unmapped and shown as such."""

_LOOK_FOR_HEADER = 30
_LOOK_AT_VALUES = 300
_SAMPLES = 3
_NAMES = frozenset({FULL_NAME, "first_name", "last_name"})
_CONTACTS = frozenset({"email", "phone"})


class SheetRow(Protocol):
    """A row as the readers give it: its number in the sheet (from 1) and its cells."""

    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column is taken for: a member field, a virtual target, or None when nothing is known of it.

    ``index`` counts cells of a row from 0; ``confidence`` is between 0 and 1.
    """

    index: int
    header: str
    field: str | None
    confidence: float
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column as it is read: its place in a row, its header, and what it is taken for."""

    index: int
    header: str
    target: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out. ``header_row`` is the row number a spreadsheet shows."""

    header_row: int
    columns: tuple[ColumnGuess, ...]

    @property
    def quality(self) -> float:
        """How much of a member the sheet can tell: the sum of what its columns are surely taken for."""
        return sum(c.confidence for c in self.columns if c.field is not None and c.field not in NOT_READ)

    def mapped(self, mapping: Mapping[int, str]) -> tuple[MappedColumn, ...]:
        """The columns that are read under ``mapping`` (index -> target), for each target the surest one first."""
        known = {column.index: column for column in self.columns}
        sure = {i: known[i].confidence if i in known and known[i].field == t else 1.0 for i, t in mapping.items()}
        return tuple(
            MappedColumn(index, known[index].header if index in known else "", target)
            for index, target in sorted(mapping.items(), key=lambda item: (-sure[item[0]], item[0]))
            if target not in NOT_READ
        )

    @property
    def shape(self) -> str | None:
        """A digest of the headers, under which a mapping is remembered; None when there are none."""
        if not any(column.header for column in self.columns):
            return None
        return hashlib.sha256("\x1f".join(tidy(c.header) for c in self.columns).encode()).hexdigest()


def targets() -> dict[str, str]:
    """Everything a column may be mapped to -> what the screen calls it."""
    plain = {name: info.label for name, info in fields_of(Member).items() if name not in _NOT_FROM_A_COLUMN}
    single = {PERMISSION_OF + purpose: f"Permission: {purpose.replace('_', ' ')}" for purpose in PURPOSES}
    return {
        FULL_NAME: "Name (first and last)", AREA: "Place or area", ONLINE_OR_IN_PERSON: "Online or in person",
        PERMISSIONS: "Permissions (ticked list)", **single, MAY_CONTACT: "May be contacted at all",
        LEFT_AT: "Left the newsletter on", **plain, IGNORE: "Not imported",
        SAYS_NOTHING: "Not imported, nothing about asking in it",
    }  # fmt: skip


_NOT_FROM_A_COLUMN = frozenset({"conditions", "never_share", "shared_phone"})


def recognise(rows: Sequence[SheetRow]) -> Layout:
    """Find the header row and guess what each column means.

    Looks at the first 30 rows for the header and at the first 300 below it for values.
    Raises UserError, listing the headers, when no column holds a name, an e-mail or a phone.
    """
    return recognised(guess(rows))


def recognised(layout: Layout) -> Layout:
    """The layout, when somebody can be found by it. Raises UserError as ``recognise`` does."""
    known = {column.field for column in layout.columns}
    if not known & (_NAMES | _CONTACTS):
        seen = ", ".join(f"“{column.header}”" for column in layout.columns if column.header) or "none"
        raise UserError(
            f"No column with a name, an e-mail or a phone was recognised. Headers found: {seen}.",
            todo="Choose another sheet, or say which column is which.",
        )
    return layout


def guess(rows: Sequence[SheetRow]) -> Layout:
    """As ``recognise``, but returns what there is even when nobody could be found by it."""
    head = list(islice(rows, _LOOK_FOR_HEADER + _LOOK_AT_VALUES))
    if not head:
        return Layout(0, ())
    place = _header_place(head)
    header = head[place] if place is not None else _NoHeader(head[0].number - 1)
    body = head[place + 1 :] if place is not None else head
    body = body[:_LOOK_AT_VALUES]
    width = max(len(row.cells) for row in [header, *body])
    headers = [as_text(header.cells[i]) if i < len(header.cells) else "" for i in range(width)]
    if body and _is_second_header(headers, body[0]):
        header, body = body[0], body[1:]
        headers = _joined(headers, [as_text(cell) for cell in header.cells])
    values = [
        [row.cells[i] for row in body if i < len(row.cells) and row.cells[i] not in (None, "")]
        for i in range(width)
    ]
    fields = _assign([scores(headers[i], values[i]) for i in range(width)])
    if not any(field in _NAMES and values[place] for place, (field, _) in enumerate(fields)):
        _find_names(fields, values)
    columns = tuple(
        ColumnGuess(i, headers[i], *fields[i], _samples(values[i])) for i in range(width) if headers[i] or values[i]
    )
    return Layout(header.number, columns)


_SECOND_HEADER = re.compile(r"^(open-ended )?response$", re.IGNORECASE)


def _is_second_header(headers: Sequence[str], row: SheetRow) -> bool:
    """Whether the row below the headers names the choices of each question, as SurveyMonkey writes it."""
    cells = [as_text(cell) for cell in row.cells]
    return any(_SECOND_HEADER.match(cell) for cell in cells) and not any(EMAIL.search(cell) for cell in cells)


def _joined(headers: Sequence[str], second: Sequence[str]) -> list[str]:
    """Question and choice in one header; a question stands over the columns of its choices up to the next one."""
    joined, question = [], ""
    for place, header in enumerate(headers):
        choice = second[place] if place < len(second) else ""
        question = header or (question if choice else "")
        plain = not choice or bool(_SECOND_HEADER.match(choice))
        joined.append(question if plain else f"{question}{CHOICE}{choice}")
    return joined


_ANSWERS = word_set("yes no y n maybe true false")
"""Answers that could be taken for headers: a "No" may head a column of numbers."""


@dataclass(frozen=True, slots=True)
class _NoHeader:
    """What stands above a sheet that begins with its first person."""

    number: int
    cells: tuple[Any, ...] = ()


def _header_place(rows: Sequence[SheetRow]) -> int | None:
    """Where the headers are; None when nothing is one and the first row is a person's."""

    def worth(place: int) -> float:
        cells = [as_text(cell) for cell in rows[place].cells if isinstance(cell, str) and cell.strip()]
        if any(EMAIL.search(cell) for cell in cells):
            return 0.0
        headers = (cell for cell in cells if len(cell) <= 200 and cell.casefold() not in _ANSWERS)
        return sum(max(meanings(cell).values(), default=0.0) for cell in headers)

    looked_at = range(min(_LOOK_FOR_HEADER, len(rows)))
    best = max(looked_at, key=lambda place: (worth(place), -place))
    begins_at_once = any(EMAIL.search(as_text(cell)) for cell in rows[0].cells)
    return None if begins_at_once and worth(best) < _A_HEADER else best


def _find_names(fields: list[tuple[str | None, float]], values: Sequence[Sequence[Any]]) -> None:
    """Where no header speaks of a name: take the unknown column that looks most like one, if any does."""
    unknown = [index for index, (field, _) in enumerate(fields) if field is None and values[index]]
    best = max(unknown, key=lambda index: names(values[index]), default=None)
    if best is not None and (share := names(values[best])) >= _SURE_NAMES:
        fields[best] = FULL_NAME, round(_A_NAME_BY_VALUES * share, 2)


_A_HEADER, _SURE_NAMES, _A_NAME_BY_VALUES = 0.8, 0.8, 0.6


def _assign(worth: Sequence[dict[str, float]]) -> list[tuple[str | None, float]]:
    """Give every field to the column that fits it best; a column that loses takes its next best."""
    fields: list[tuple[str | None, float]] = [(None, 0.0)] * len(worth)
    taken: set[str] = set()
    by_worth = sorted(
        ((score, -index, field) for index, column in enumerate(worth) for field, score in column.items()),
        reverse=True,
    )
    for score, negative, field in by_worth:
        index = -negative
        shared = field in _SEVERAL or field.startswith(PERMISSION_OF) or (field in OWN_WORDS and score >= _WELL)
        if score < ACCEPT or fields[index][0] is not None or (field in taken and not shared):
            continue
        fields[index] = (field, round(score, 2))
        taken.add(field)
    return fields


_WELL = 0.7
"""As well as this a second question of the same kind has to fit: what is said to both is put together."""
_SEVERAL = frozenset(
    {*NOT_READ, "email", "phone", "first_name", "full_name", MAY_CONTACT, PERMISSIONS, "care_types"}
)
"""What more than one column may say: a second number or name is only looked at when the first is empty."""


def _samples(values: Sequence[Any]) -> tuple[str, ...]:
    different = dict.fromkeys(as_text(value)[:80] for value in values)
    return tuple(different)[:_SAMPLES]
