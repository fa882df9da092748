"""Text tables (.csv, .tsv, .txt): encoding, delimiter and quoted cells that run over several lines."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from matcher.errors import UserError
from matcher.files.readers.encoding import decode_text
from matcher.files.readers.limits import MAX_COLUMNS, MAX_ROWS

_DELIMITERS = ",;\t|"
_SAMPLE_RECORDS = 60
_SAMPLE_LETTERS = 200_000
_LONGEST_CELL = 1_000_000


def rows_of(data: bytes, name: str) -> Iterator[tuple[int, list[str | None]]]:
    """Numbered rows (the first is 1, as a spreadsheet would show them); empty cells are None. Raises UserError."""
    csv.field_size_limit(_LONGEST_CELL)
    text = decode_text(data).replace("\x00", "")
    delimiter, text = _delimiter(text)
    number = 0
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter), start=1):
            _check_extent(number, len(cells), name)
            yield number, [cell if cell.strip() else None for cell in cells]
    except csv.Error as error:
        raise UserError(
            "A cell never ends: a quotation mark is opened and not closed.",
            where=f"{name}, row {number + 1}",
            todo="Remove the quotation mark, or save the file again from Excel.",
        ) from error


def _check_extent(number: int, width: int, name: str) -> None:
    if number > MAX_ROWS:
        raise UserError(
            f"The file has more than {MAX_ROWS:,} rows.", where=name, todo="Split it into smaller files."
        )
    if width > MAX_COLUMNS:
        raise UserError(
            f"The row has more than {MAX_COLUMNS} cells.",
            where=f"{name}, row {number}",
            todo="Check how it was saved.",
        )


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter and the text to read; Excel's own first line ``sep=;`` is believed and cut off."""
    first, _, rest = text.partition("\n")
    declared = first.strip().strip('"').lower()
    if declared.startswith("sep=") and len(declared) <= 5:
        return (declared[4:] or "\t"), rest
    return max(_DELIMITERS, key=lambda mark: _fit(text[:_SAMPLE_LETTERS], mark)), text


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """How well a delimiter fits: the share of rows with one common width above 1, then that width."""
    widths: list[int] = []
    try:
        for cells in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            if cells:
                widths.append(len(cells))
            if len(widths) == _SAMPLE_RECORDS:
                break
    except csv.Error:
        return 0.0, 0
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 0.0, 0
    width, count = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
    return round(count / len(widths), 1), width
