"""The one workbook writer: whatever the values hold, what comes out is text, numbers, dates and our own links.

Documented cleaning of text, the only changes a value ever meets: CR and CRLF become LF, a tab a space; control
characters other than LF, and what XML cannot hold, go; lone surrogates become U+FFFD; ``_x0041_``, which Excel
takes for the letter A, gets a space after its first underscore; text beyond Excel's 32,767 UTF-16 units is cut and
ends in ``CUT_MARK``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["text", "number", "date", "phone", "link", "choice", "long"]

LONGEST_TEXT = 32_767  # UTF-16 units in a cell (Excel specifications and limits)
CUT_MARK = "… [cut]"

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LETTER_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that opens a chat, a call or an e-mail: ``https://wa.me/``, ``tel:`` or ``mailto:`` only."""

    text: str
    url: str


Value = str | int | float | bool | date | datetime | Link | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``width`` in letters. A locked column can be read but not typed into."""

    header: str
    width: int
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    locked: bool = False


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet: ``rows`` hold one value for each column; the first ``freeze`` columns stay in sight."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    freeze: int = 1


def workbook_bytes(sheets: Sequence[SheetSpec], *, title: str) -> bytes:
    """An .xlsx file. Raises ValueError for a link Matcher does not make, or rows that do not fit the columns
    (both are bugs of the caller, not hers)."""
    from matcher.files.writers.xlsx import book_bytes  # openpyxl is slow to load, and seldom needed

    return book_bytes(sheets, title=title)


def cleaned(text: str) -> str:
    """``text`` as a cell will hold it (see the cleaning documented above)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _LETTER_CODE.sub("_ ", _CONTROLS.sub("", text))
    text = _SURROGATES.sub("�", text)
    if len(text) * 2 <= LONGEST_TEXT:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= LONGEST_TEXT * 2:
        return text
    room = (LONGEST_TEXT - len(CUT_MARK)) * 2
    return units[:room].decode("utf-16-le", "ignore") + CUT_MARK
