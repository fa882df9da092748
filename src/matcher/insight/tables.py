"""The numbers behind a chart as a table, and as a workbook of her own."""

from dataclasses import dataclass
from pathlib import Path

from matcher.errors import UserError
from matcher.storage import send_out
from matcher.storage.store import Store

FIGURES = "figures"
"""The kind of file, as the list of what left names it."""
NO_FIGURE = "no figure"
OWN_USE = (
    "Small numbers stand here as they are, so that somebody could be recognised by them. This file is for your own "
    "use; the yearly report leaves such numbers out."
)

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; a cell of None is a number nobody has, which is never 0.

    ``notes`` say what the numbers are about and where they come from, a sentence each.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def export_table(store: Store, table: Table, path: Path) -> int:
    """Write a table to an .xlsx file, its notes on a second sheet, and log that it left; return the file's number.

    Raises UserError for another kind of file, or a target that cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise UserError("Numbers are written as .xlsx.", where=path.name, todo="Give the file that ending.")
    return send_out(
        store, path, _workbook(table), what="export figures", kind=FIGURES, request_id=None, members=[],
        check=lambda _unit, _out: None,
    )  # fmt: skip


def _workbook(table: Table) -> bytes:
    from matcher.files.writers.workbook import Column, SheetSpec, workbook_bytes  # slow to load, seldom needed

    def column(place: int, header: str) -> Column:
        cells = [row[place] for row in table.rows]
        longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
        numbers = not any(isinstance(cell, str) for cell in cells)
        return Column(header, min(48, max(len(header), longest, 8) + 2), "number" if numbers else "text")

    columns = [column(place, header) for place, header in enumerate(table.columns)]
    rows = [[NO_FIGURE if cell is None else cell for cell in row] for row in table.rows]
    notes = [[note] for note in (table.title, *table.notes, OWN_USE)]
    sheets = [SheetSpec(table.title, columns, rows), SheetSpec("About", [Column("About", 100, "long")], notes)]
    return workbook_bytes(sheets, title=table.title)
