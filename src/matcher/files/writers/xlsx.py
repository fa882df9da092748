"""Filling an .xlsx file with openpyxl: styles, kinds of cells, choices, protection. For `workbook` alone."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from matcher.clock import LONDON, now
from matcher.files.writers.workbook import Column, Link, SheetSpec, Value, cleaned

AnyCell = Cell | MergedCell  # a new sheet holds no merged ones, but its type says it might

LONGEST_LINK = 2_079  # letters in a hyperlink's address Excel opens without repair
LONGEST_CHOICES = 255  # letters in a list written into a validation

_LINKS = re.compile(
    r"https://wa\.me/[0-9]{5,20}(\?text=[^\s<>\"]*)?|tel:\+?[0-9]{3,20}|mailto:[^\s<>\",;]+@[^\s<>\",;]+"
)
_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FIRST_EXCEL_DAY = date(1900, 3, 1)  # before it Excel's own calendar is wrong
_EXACT = 10**15  # Excel keeps 15 digits

_HEADER_FONT = Font(bold=True)
_HEADER_FILL = PatternFill("solid", fgColor="FFE8ECEF")
_HEADER_LINE = Border(bottom=Side(style="thin", color="FF9AA3AB"))
_LINK_FONT = Font(color="FF0B57A4", underline="single")
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_UNLOCKED = Protection(locked=False)


def book_bytes(sheets: Sequence[SheetSpec], *, title: str) -> bytes:
    """What `workbook_bytes` promises."""
    book = Workbook()
    book.remove(book.worksheets[0])
    titles = _unique_titles([spec.title for spec in sheets])
    long_lists: list[tuple[DataValidation, Sequence[str]]] = []
    for spec, name in zip(sheets, titles, strict=True):
        _fill(book.create_sheet(name), spec, long_lists)
    if long_lists:
        _add_choices_sheet(book, long_lists, titles)
    _set_properties(book, title)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _unique_titles(titles: Sequence[str]) -> list[str]:
    """Titles Excel accepts: up to 31 letters, none of []:*?/\\, no two alike."""
    unique: list[str] = []
    for title in titles:
        base = _TITLE.sub(" ", cleaned(title)).strip().strip("'").strip()[:31] or "Sheet"
        name, count = base, 2
        while name.casefold() in {taken.casefold() for taken in unique} | {"history"}:
            name, count = f"{base[:27]} {count}", count + 1
        unique.append(name)
    return unique


def _fill(sheet: Worksheet, spec: SheetSpec, long_lists: list[tuple[DataValidation, Sequence[str]]]) -> None:
    protected = any(column.locked for column in spec.columns)
    for index, column in enumerate(spec.columns, start=1):
        cell = sheet.cell(1, index)
        _set_text(cell, column.header)
        cell.font, cell.fill, cell.border, cell.alignment = _HEADER_FONT, _HEADER_FILL, _HEADER_LINE, _WRAPPED
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    last = 1
    for last, row in enumerate(spec.rows, start=2):
        for index, (column, value) in enumerate(zip(spec.columns, row, strict=True), start=1):
            cell = sheet.cell(last, index)
            _set_value(cell, column, value)
            cell.alignment = _WRAPPED if column.kind == "long" else _TOP
            if protected and not column.locked:
                cell.protection = _UNLOCKED
    if not spec.columns:
        return
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(spec.columns))}{last}"
    sheet.freeze_panes = sheet.cell(2, min(spec.freeze, len(spec.columns)) + 1).coordinate
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as the sheet
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if protected:
        _protect(sheet)
    _add_choices(sheet, spec.columns, last, long_lists)


def _set_value(cell: AnyCell, column: Column, value: Value) -> None:
    if value is None:
        value = ""
    if isinstance(value, Link):
        _set_link(cell, value)
    elif isinstance(value, bool):
        _set_text(cell, "Yes" if value else "No")
    elif isinstance(value, date) and column.kind == "date":
        _set_date(cell, value)
    elif isinstance(value, int | float) and column.kind == "number" and abs(value) < _EXACT:
        cell.value = value
    else:
        _set_text(cell, str(value))


def _set_text(cell: AnyCell, text: str) -> None:
    """Text that stays text: the type is set after the value, because openpyxl takes "=..." for a formula and
    "#N/A" for an error; the quote prefix keeps Excel and LibreOffice from thinking again when she edits it."""
    text = cleaned(text)
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = True
    cell.number_format = "@"


def _set_date(cell: AnyCell, value: date) -> None:
    if isinstance(value, datetime):
        value = value.astimezone(LONDON).replace(tzinfo=None) if value.tzinfo else value
        day, shown = value.date(), "dd/mm/yyyy hh:mm"
    else:
        day, shown = value, "dd/mm/yyyy"
    if day < _FIRST_EXCEL_DAY:
        _set_text(cell, value.isoformat())
        return
    cell.value = value
    cell.number_format = shown


def _set_link(cell: AnyCell, link: Link) -> None:
    if not _LINKS.fullmatch(link.url):
        raise ValueError("only wa.me, tel: and mailto: links may leave Matcher")
    url = link.url if len(link.url) <= LONGEST_LINK else link.url.partition("?")[0]
    cell.hyperlink = url
    _set_text(cell, link.text or url)
    cell.font = _LINK_FONT


def _protect(sheet: Worksheet) -> None:
    """Locked columns are guarded against a slip of the hand, without a password; sorting and filtering stay."""
    protection = sheet.protection
    protection.sheet = True
    for allowed in ("autoFilter", "sort", "formatCells", "formatColumns", "formatRows"):
        setattr(protection, allowed, False)  # False means: not forbidden


def _add_choices(
    sheet: Worksheet, columns: Sequence[Column], last: int, long_lists: list[tuple[DataValidation, Sequence[str]]]
) -> None:
    for index, column in enumerate(columns, start=1):
        if not column.choices:
            continue
        choices = [cleaned(choice) for choice in column.choices]
        joined = ",".join(choices)
        rule = DataValidation(type="list", allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = "Please choose from the list", "Pick one of the answers in the list."
        if len(joined) < LONGEST_CHOICES and not any("," in choice for choice in choices):
            rule.formula1 = '"{}"'.format(joined.replace('"', '""'))
        else:
            long_lists.append((rule, choices))
        letter = get_column_letter(index)
        rule.add(f"{letter}2:{letter}{max(last, 2)}")
        sheet.add_data_validation(rule)


def _add_choices_sheet(
    book: Workbook, long_lists: list[tuple[DataValidation, Sequence[str]]], titles: Sequence[str]
) -> None:
    """Lists too long for a validation, or with commas in them, stand on a sheet of their own, in plain sight."""
    name = _unique_titles([*titles, "Choices"])[-1]
    sheet = book.create_sheet(name)
    for index, (rule, choices) in enumerate(long_lists, start=1):
        for row, choice in enumerate(choices, start=1):
            _set_text(sheet.cell(row, index), choice)
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = 40
        rule.formula1 = f"{quote_sheetname(name)}!${letter}$1:${letter}${len(choices)}"


def _set_properties(book: Workbook, title: str) -> None:
    properties: Any = book.properties
    properties.creator = properties.lastModifiedBy = "Matcher"
    properties.title = cleaned(title)
    properties.created = now().replace(tzinfo=None, microsecond=0)
