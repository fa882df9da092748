"""An empty store, and files of the shapes that other tools write."""

import csv
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest

from matcher.storage import Cost, Store, create_store

Rows = Sequence[Sequence[Any]]
MakeFile = Callable[[str, Rows], Path]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("MATCHER_NOW", "2026-11-23T09:00")
    with create_store(tmp_path / "net.matcher", "Care Network", "pass", cost=Cost(n=2**4)).store as made:
        yield made


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
