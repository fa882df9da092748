"""The yearly report as a file: a page to read and print, or a workbook."""

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from matcher import clock
from matcher.files.writers.by_suffix import bytes_for
from matcher.files.writers.html import html_page
from matcher.files.writers.workbook import Column, SheetSpec, workbook_bytes
from matcher.insight.report import TOTAL, Cell, ReportSection, ReportTable, YearlyReport
from matcher.storage import send_out
from matcher.storage.store import Store
from matcher_resources import path_to

SUFFIXES = (".xlsx", ".html", ".pdf")
_KIND = "yearly report"
_DOT, _IN_WORDS = "•", "not shown"
_LINE = 110


def yearly_html(report: YearlyReport) -> bytes:
    """The report as a page to read and print that loads nothing from anywhere."""
    values = {
        "title": report.title, "organisation": report.organisation, "opening": report.opening, "total": TOTAL,
        "sections": [_section(section) for section in report.sections], "smallest": report.smallest,
        "made_at": f"{report.made_at.astimezone(clock.LONDON):%d %B %Y}".lstrip("0"),
    }  # fmt: skip
    return html_page(path_to("templates/yearly_report.html").read_text(encoding="utf-8"), values)


def save_yearly_report(store: Store, report: YearlyReport, path: Path, *, pdf: bytes | None = None) -> int:
    """Write a report to ``path`` and log that it left; return the number of the file.

    As .xlsx, as .html, or as .pdf where the caller drew `yearly_html` into ``pdf``. Raises UserError for another
    kind of file or a target that cannot be written.
    """
    content = bytes_for(
        path, "report", workbook=lambda: _workbook(report), page=lambda: yearly_html(report), pdf=pdf
    )
    return send_out(
        store, path, content, what="save a yearly report", kind=_KIND, request_id=None, members=[],
        check=lambda _unit, _out: None,
    )  # fmt: skip


def _section(section: ReportSection) -> dict[str, Any]:
    return {
        "title": section.title,
        "sentences": section.sentences,
        "tables": [_table(one) for one in section.tables],
    }


def _table(table: ReportTable) -> dict[str, Any]:
    return {
        "title": table.title, "headers": table.headers, "note": table.note, "held_back": table.held_back,
        "numbers": [_is_of_numbers(table, place) for place in range(len(table.headers))],
        "rows": [[_shown(cell) for cell in row] for row in table.rows],
    }  # fmt: skip


def _is_of_numbers(table: ReportTable, place: int) -> bool:
    return any(not isinstance(row[place], str) for row in table.rows)


def _shown(cell: Cell) -> str:
    if cell is None:
        return _DOT
    return f"{cell:.0%}" if isinstance(cell, float) else f"{cell:,}" if isinstance(cell, int) else cell


def _workbook(report: YearlyReport) -> bytes:
    words = [(report.organisation, report.title), *_lines("", report.opening)]
    for section in report.sections:
        words += _lines(section.title, section.sentences)
    sheets = [SheetSpec("Report", (Column("About", 36), Column("What there is to say", _LINE)), words)]
    for table in (table for section in report.sections for table in section.tables):
        columns = [_column(table, place) for place in range(len(table.headers))]
        rows: list[tuple[Cell, ...]] = [tuple(map(_in_workbook, row)) for row in table.rows]
        sheets.append(SheetSpec(table.title, columns, [*rows, *_notes(table, report.smallest)]))
    return workbook_bytes(sheets, title=f"{report.organisation}: {report.title}")


def _lines(title: str, sentences: Iterable[str]) -> list[tuple[str, str]]:
    """Sentences under a title, in lines that no spreadsheet has to wrap."""
    lines = [line for sentence in sentences for line in textwrap.wrap(sentence, _LINE)]
    return [("", ""), *zip((title, *[""] * len(lines)), lines, strict=False)]


def _column(table: ReportTable, place: int) -> Column:
    header = table.headers[place] or "What"
    if any(isinstance(row[place], float) for row in table.rows):
        return Column(f"{header}, %", 13, "number")
    if _is_of_numbers(table, place):
        return Column(header, 15, "number")
    only_words = not any(_is_of_numbers(table, other) for other in range(len(table.headers)))
    return Column(header, 38, "long" if only_words else "text")


def _in_workbook(cell: Cell) -> str | int:
    """A share as whole per cent: a number that any spreadsheet can sort."""
    if cell is None:
        return _IN_WORDS
    return round(cell * 100) if isinstance(cell, float) else cell


def _notes(table: ReportTable, smallest: int) -> Iterable[tuple[Cell, ...]]:
    notes = [table.note] if table.note else []
    if table.held_back:
        notes.insert(0, f"“{_IN_WORDS}”: fewer than {smallest} people, or so that nobody can work those out.")
    empty = ("",) * (len(table.headers) - 1)
    return [("", *empty)] * bool(notes) + [(note, *empty) for note in notes]
