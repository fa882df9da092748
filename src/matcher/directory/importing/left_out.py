"""The rows of a file that became nobody, saved as a list to work through beside the file itself."""

from pathlib import Path

from matcher.directory.importing.outcomes import ImportPlan
from matcher.errors import UserError
from matcher.files.writers.safe_write import discard, put_in_place, write_beside
from matcher.files.writers.workbook import Column, SheetSpec, workbook_bytes

_COLUMNS = (Column("Sheet", 20), Column("Row", 8, "number"), Column("Why it was not brought in", 70, "long"))


def save_left_out(plan: ImportPlan, path: Path) -> int:
    """Write every row that cannot be read, and why, as an .xlsx file; return how many there are.

    Only sheet, row and reason are written, so that nothing of anybody leaves with the list. Raises UserError when
    there is no such row, the name does not end in .xlsx, or the file cannot be written.
    """
    rows = [(plan.sheet, problem.row, problem.reason) for problem in plan.report().unreadable]
    if not rows:
        raise UserError("Every row could be read: there is nothing to save.", where=plan.file_name)
    if path.suffix.lower() != ".xlsx":
        raise UserError("The list is a workbook.", where=path.name, todo="Choose a name that ends in .xlsx.")
    spec = SheetSpec("Not brought in", _COLUMNS, rows)
    beside = write_beside(path, workbook_bytes([spec], title="Rows not brought in"))
    try:
        put_in_place(beside, path)
    except UserError:
        discard(beside)
        raise
    return len(rows)
