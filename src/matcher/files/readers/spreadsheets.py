"""Inside the child: a spreadsheet file becomes messages of sheets and rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from matcher.errors import UserError
from matcher.files.readers import delimited
from matcher.files.readers.child import Message
from matcher.files.readers.columns_named import letters_of
from matcher.files.readers.faults import damaged, protected
from matcher.files.readers.hidden import Hidden, hidden_in_ods, hidden_in_xls, hidden_in_xlsx
from matcher.files.readers.kinds import Kind, kind_of
from matcher.files.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, check_zip
from matcher.files.readers.locked import opened
from matcher.files.readers.mail import looks_like_mail
from matcher.files.readers.marks import Marks, marks_in_xlsx
from matcher.files.readers.ods_marks import marks_in_ods

_BATCH = 500
_LARGE = 1_000_000
"""From so many bytes on a file is read while what is hidden in it is still looked for. Should a cell far away fill
the memory before it is found, the child ends, and is asked again to be careful."""
_LONGEST_HIDDEN, _WIDEST_HIDDEN = 20_000, 60
_EXACT = 2**53  # beyond it a float no longer names one whole number
_TABLES_OF_OTHERS = (Kind.XLSB, Kind.VERY_OLD_XLS, Kind.NUMBERS, Kind.HTML, Kind.XML)
_SAVE_AS = "Open it in Excel or LibreOffice, save it as .xlsx and use that."


def messages(order: Message) -> Iterator[Message]:
    """``{"sheet": head}``, ``{"rows": [[number, cells], ...], "count": n}`` ... and ``{"left_out": [...]}``."""
    path, name = Path(order["path"]), str(order["name"])
    kind = kind_of(path)
    if kind is Kind.TEXT:
        yield from _text_messages(path, name)
        return
    if kind is Kind.ENCRYPTED:
        content = opened(path, str(order.get("password") or ""), name)
        check_zip(content, name)
        yield from _calamine_messages(BytesIO(content), name, dict)
        return
    if kind in (Kind.XLSX, Kind.ODS):
        check_zip(path, name)
    elif kind is not Kind.XLS:
        raise UserError(
            f"This is not a spreadsheet that can be read: it is {kind}.",
            where=name,
            todo=_SAVE_AS if kind in _TABLES_OF_OTHERS else "Choose a spreadsheet.",
        )
    if order.get("own"):
        yield from _calamine_messages(str(path), name, dict)
        return
    finder = {Kind.XLSX: hidden_in_xlsx, Kind.ODS: hidden_in_ods, Kind.XLS: hidden_in_xls}[kind]
    marks = {Kind.XLSX: marks_in_xlsx, Kind.ODS: marks_in_ods}.get(kind, _none_seen)(path)
    if order.get("careful") or kind is not Kind.XLSX or path.stat().st_size < _LARGE:
        found = finder(path, name)
        yield from _calamine_messages(str(path), name, lambda: found, marks)
        return
    with ThreadPoolExecutor(1) as beside:
        yield from _calamine_messages(str(path), name, beside.submit(finder, path, name).result, marks)


def _none_seen(_path: Path) -> dict[str, Marks]:
    return {}


def _text_messages(path: Path, name: str) -> Iterator[Message]:
    content = path.read_bytes()
    if looks_like_mail(content, name):
        raise UserError(
            "This is an e-mail and not a spreadsheet.",
            where=name,
            todo="Log it as a request; a spreadsheet attached to it is saved first, and used by itself.",
        )
    rows = list(delimited.rows_of(content, name))
    width = max((len(cells) for _, cells in rows), default=0)
    yield {"sheet": _head(path.stem, letters_of(range(width)), len(rows))}
    yield from _batches(rows)


def _calamine_messages(
    source: str | BytesIO,
    name: str,
    hidden: Callable[[], Mapping[str, Hidden]],
    marks: Mapping[str, Marks] | None = None,
) -> Iterator[Message]:
    left_out: list[str] = []
    try:
        with load_workbook(source) as book:
            for index, facts in enumerate(book.sheets_metadata):
                if facts.typ is not SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_index(index)
                if facts.visible is not SheetVisibleEnum.Visible:
                    left_out.append(f"Sheet “{facts.name}” is hidden and was not read.")
                    if sheet.total_height <= _LONGEST_HIDDEN and sheet.width <= _WIDEST_HIDDEN:
                        yield from _hidden_messages(sheet)
                    continue
                yield from _sheet_messages(sheet, hidden().get(facts.name, Hidden()), name, left_out)
                if marked := (marks or {}).get(facts.name):
                    yield {"marks": asdict(marked)}
    except PasswordError as error:
        raise protected(name) from error
    except CalamineError as error:
        raise damaged(name) from error
    yield {"left_out": left_out}


def _hidden_messages(sheet: CalamineSheet) -> Iterator[Message]:
    """A sheet that nothing is taken from; it may name people who are not to be asked."""
    start = sheet.start[1] if sheet.start else 0
    letters = letters_of(place + start for place in range(sheet.width))
    yield {"sheet": _head(sheet.name, letters, sheet.height) | {"hidden": True}}
    rows: Iterable[list[Any]] = sheet.iter_rows() if sheet.width else ()
    yield from _batches((number, _cleaned(row)) for number, row in enumerate(rows, start=1))


def _sheet_messages(sheet: CalamineSheet, hidden: Hidden, name: str, left_out: list[str]) -> Iterator[Message]:
    start = sheet.start[1] if sheet.start else 0
    _check_extent(sheet, name)
    kept = [place for place in range(sheet.width) if place + start not in hidden.columns]
    unread = [place + start for place in range(sheet.width) if place + start in hidden.columns]
    rows: Iterable[list[Any]] = sheet.iter_rows() if sheet.width else ()
    everything = len(kept) == sheet.width
    pairs = (
        (number, _cleaned(row if everything else [row[place] for place in kept]))
        for number, row in enumerate(rows, start=1)
        if number not in hidden.rows
    )
    rows_hidden = sum(number <= sheet.total_height for number in hidden.rows)
    letters = letters_of(place + start for place in kept)
    yield {"sheet": _head(sheet.name, letters, sheet.height, len(unread), rows_hidden)}
    yield from _batches(pairs)
    left_out.extend(_sentences(sheet.name, unread, rows_hidden))


def _check_extent(sheet: CalamineSheet, name: str) -> None:
    where = f"{name}, sheet “{sheet.name}”"
    if sheet.total_height > MAX_ROWS:
        raise UserError(
            f"The sheet has more than {MAX_ROWS:,} rows.", where=where, todo="Split it into smaller files."
        )
    if sheet.total_width > MAX_COLUMNS or sheet.total_height * sheet.width > MAX_CELLS:
        raise UserError(
            f"The sheet has more than {MAX_COLUMNS} columns or {MAX_CELLS:,} cells.",
            where=where,
            todo="Copy the columns you need into a new file.",
        )


def _sentences(sheet: str, columns: list[int], rows: int) -> Iterator[str]:
    """What was left out; a hidden column is named by its letter only, never by what stands in it."""
    letters = letters_of(columns)
    if len(letters) == 1:
        yield f"Column {letters[0]} of sheet “{sheet}” is hidden and was not read."
    elif letters:
        named = f"{', '.join(letters[:-1])} and {letters[-1]}"
        yield f"Columns {named} of sheet “{sheet}” are hidden and were not read."
    if rows == 1:
        yield f"1 hidden row of sheet “{sheet}” was not read."
    elif rows:
        yield f"{rows:,} hidden rows of sheet “{sheet}” were not read."


def _head(name: str, letters: list[str], rows: int, columns_hidden: int = 0, rows_hidden: int = 0) -> Message:
    hidden = {"columns_hidden": columns_hidden, "rows_hidden": rows_hidden}
    return {"name": name, "letters": letters, "rows": rows, **hidden}


def _batches(rows: Iterable[tuple[int, list[Any]]]) -> Iterator[Message]:
    """Rows that hold something, packed; "count" comes last, where the parent looks for it."""
    batch: list[tuple[int, list[Any]]] = []
    for number, cells in rows:
        if any(cell is not None for cell in cells):
            batch.append((number, cells))
        if len(batch) == _BATCH:
            yield {"rows": batch, "count": len(batch)}
            batch = []
    if batch:
        yield {"rows": batch, "count": len(batch)}


def _cleaned(row: list[Any]) -> list[Any]:
    # Most cells are words: deciding for them here spares a call for each of millions.
    return [cell if type(cell) is str and cell else _clean(cell) for cell in row]


def _clean(cell: Any) -> Any:
    if cell == "":
        return None
    kind = type(cell)
    if kind is float:
        return (int(cell) if cell.is_integer() and abs(cell) < _EXACT else cell) if abs(cell) < 1e300 else None
    return str(cell) if kind is timedelta else cell
