"""A filled workbook as plain rows: where its columns went, and what stands in each row. Nothing is decided here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rapidfuzz import fuzz

from matcher.errors import UserError
from matcher.files.readers.workbooks import Cell, Row, Sheet, read_workbook
from matcher.outreach.row_ids import SHAPE
from matcher.progress import Progress, silent

_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("row id", "id", "row"),
    "response": ("response", "answer", "reply", "their answer", "responses", "what they said"),
    "note": ("note", "notes", "comment", "comments", "remark"),
    "name": ("name", "member", "who"),
    "phone": ("phone", "mobile", "number"),
    "email": ("e-mail", "email", "mail"),
    "date": ("date picked", "date", "picked", "session"),
}
"""What a column is for -> the headers it is known by, the one Matcher writes first."""
_NEAR = 84
_HEADER_WITHIN = 15


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row that says something; ``number`` as the spreadsheet shows it. Empty text where a column is missing."""

    number: int
    id: str
    response: str
    note: str
    name: str
    phone: str
    email: str
    date: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The rows of a filled workbook, and in sentences what was passed over."""

    rows: tuple[FilledRow, ...]
    notes: tuple[str, ...]


def read_filled(path: Path, password: str = "", progress: Progress = silent) -> Filled:
    """Read a workbook that Matcher wrote and she filled in.

    Raises UserError when it is none, or when it has no column of responses.
    """
    book = read_workbook(path, progress, own=True, password=password)
    found = [(sheet, columns) for sheet in book.sheets if (columns := _columns(sheet))]
    if not found:
        raise UserError(
            "This is no outreach workbook: no column holds the row ids that Matcher writes.", where=path.name,
            todo="Choose the workbook that was made here, or record the answers one by one.",
        )  # fmt: skip
    rows: list[FilledRow] = []
    for sheet, (header, places) in found:
        if "response" not in places:
            raise UserError(
                "There is no column called “Response”.", where=f"{path.name}, sheet “{sheet.name}”",
                todo="Call the column with the answers “Response” again.",
            )  # fmt: skip
        rows += _rows(sheet, header, places)
    return Filled(tuple(rows), book.left_out)


def _columns(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The number of the header row and where each column stands; None for a sheet without row ids."""
    ids = _id_column(sheet)
    if ids is None:
        return None
    best: tuple[int, dict[str, int]] = (0, {})
    for row in sheet.rows[:_HEADER_WITHIN]:
        named = _named(row)
        if len(named) > len(best[1]):
            best = (row.number, named)
    return best[0], {**best[1], "id": ids}


def _id_column(sheet: Sheet) -> int | None:
    """The column that holds the most row ids, wherever it was moved and whatever it is called."""
    counts: dict[int, int] = {}
    for row in sheet.rows:
        for place, cell in enumerate(row.cells):
            if isinstance(cell, str) and SHAPE.fullmatch(cell.strip()):
                counts[place] = counts.get(place, 0) + 1
    return max(counts, key=lambda place: counts[place]) if counts else None


def _named(row: Row) -> dict[str, int]:
    scored = (
        (score, what, place)
        for place, cell in enumerate(row.cells)
        if isinstance(cell, str) and len(cell) < 40
        for what, names in _NAMES.items()
        if (score := _likeness(cell, names)) >= _NEAR
    )
    found: dict[str, int] = {}
    for _, what, place in sorted(scored, key=lambda one: (-one[0], one[2])):
        if what not in found and place not in found.values():
            found[what] = place
    return found


def _likeness(header: str, names: Sequence[str]) -> float:
    """How like a header is to these names; what Matcher itself calls the column is ahead of the others."""
    said = re.sub(r"[^\w-]+", " ", header.casefold()).strip()
    best = max(fuzz.ratio(said, name) - place * 0.1 for place, name in enumerate(names))
    words = set(said.split())
    return max(best, 90.0) if words & {names[0]} and len(words) <= 3 else best


def _rows(sheet: Sheet, header: int, columns: Mapping[str, int]) -> Iterator[FilledRow]:
    for row in sheet.rows:
        if row.number == header:
            continue
        said = {what: _text(row.cells, columns.get(what)) for what in _NAMES}
        if said["id"] or said["response"] or said["note"]:
            yield FilledRow(row.number, **said)


def _text(cells: Sequence[Cell], place: int | None) -> str:
    cell = cells[place] if place is not None and place < len(cells) else None
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return " ".join(str(cell).split())
