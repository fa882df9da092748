"""An empty store, and files of the shapes that other tools write."""

import csv
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest

from matcher.directory import MemberRow, import_members, list_members, plan_import
from matcher.storage import Store

Rows = Sequence[Sequence[Any]]
MakeFile = Callable[[str, Rows], Path]


@pytest.fixture
def store(frozen: object, store: Store) -> Store:
    """A fresh store on that Monday."""
    return store


@pytest.fixture
def make_file(tmp_path: Path) -> MakeFile:
    """Write rows into a file of the kind that its name says (.csv, .xlsx, .ods)."""
    writers = {".csv": _csv, ".xlsx": _xlsx, ".ods": _ods}

    def make(name: str, rows: Rows) -> Path:
        path = tmp_path / name
        writers[path.suffix](path, rows)
        return path

    return make


def _csv(path: Path, rows: Rows) -> None:
    with path.open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle).writerows(rows)


def _xlsx(path: Path, rows: Rows) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    book.save(path)


def _ods(path: Path, rows: Rows) -> None:
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ("".join(cell.format(escape(str(value or ""))) for value in row) for row in rows)
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}" '
            f'xmlns:table="{table}" xmlns:text="{text}"><office:body><office:spreadsheet>'
            f'<table:table table:name="Members">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


QUESTION = "Are you happy for us to contact you about ... (tick all that apply)"
HEAD = (
    "Timestamp", "Name", "Email", "Mobile", "Town", "Postcode", "About you", QUESTION, "Anything we should know?"
)  # fmt: skip
ALL = (
    "Policy makers (e.g. government, councils, MPs), University researchers, Journalists, TV and radio, "
    "Care sector events"
)


def form(*answers: Sequence[Any]) -> list[Sequence[Any]]:
    return [HEAD, *answers]


def ann(at: str, said: str = ALL, **other: Any) -> tuple[Any, ...]:
    cells = {
        "at": at, "name": "Ann Lee", "email": "ann@example.org", "phone": "07700 900111", "town": "Leeds",
        "code": "LS6 2AB", "about": "I care.", "said": said, "conditions": "",
    } | other  # fmt: skip
    return tuple(cells.values())


@pytest.fixture
def bring_in(store: Store, make_file: MakeFile) -> Callable[..., dict[str, MemberRow]]:
    """Import rows; return the members by first name."""

    def bring(rows: Sequence[Sequence[Any]], name: str = "form.csv", **how: Any) -> dict[str, MemberRow]:
        import_members(store, plan_import(store, make_file(name, rows), **how))
        return {member.first_name or member.name: member for member in list_members(store)}

    return bring


Bring = Callable[..., dict[str, MemberRow]]


def vars_of(row: MemberRow) -> list[Any]:
    return [getattr(row, name) for name in MemberRow.__slots__]


@pytest.fixture(autouse=True)
def sheets_read_here(read_here: None) -> None:
    """See ``read_here``."""
