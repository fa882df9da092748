"""The files of ``shapes/``: spreadsheets as other people keep them, written out as text with the truth beside.

A description holds ``file NAME``, then ``sheet NAME`` (or ``hidden sheet NAME``) with its rows, cells parted by
" | ", then ``truth ...`` with one line for each person: her rows, her values, and her permissions in the order
policy, academic, media, sector (y yes, a ask me first, n refused or never given). A cell ``#12`` is a number,
``@2025-01-31 10:00:00`` an instant; in a truth "-" is a field that must stay empty, "" one nobody looks at.
``merge A1:F1``, ``hide columns B,D``, ``hide rows 6``, ``strike A3:F3``, ``strike words A3``, ``fill A3:F3 FFFF00``
and ``comment A5 TEXT`` under a sheet are for workbooks. After the truth stand the
rows that are ``nobody``, what is ``kept nowhere`` and what ``must be told`` of what was not read.
"""

import csv
import io
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, product
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import range_boundaries

FOLDER = Path(__file__).parent / "shapes"
_PURPOSES = ("policy", "academic", "media", "sector")
_SAID = {"y": "yes", "a": "ask", "n": "no"}

Rows = list[list[Any]]


@dataclass(frozen=True)
class Truth:
    """One person of a file, as a careful reader takes her from it."""

    rows: tuple[int, ...]
    values: Mapping[str, str]
    consent: Mapping[str, str]


@dataclass
class Shape:
    """A description, read."""

    title: str
    file: str = ""
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    sheets: list[tuple[str, bool, Rows]] = field(default_factory=list)
    people: list[Truth] = field(default_factory=list)
    nobody: tuple[int, ...] = ()
    kept_nowhere: tuple[str, ...] = ()
    must_be_told: tuple[str, ...] = ()
    merged: list[tuple[str, str]] = field(default_factory=list)
    unseen: list[tuple[str, str, str]] = field(default_factory=list)
    struck: list[tuple[str, str]] = field(default_factory=list)
    comments: list[tuple[str, str, str]] = field(default_factory=list)
    filled: list[tuple[str, str, str]] = field(default_factory=list)
    struck_words: list[tuple[str, str]] = field(default_factory=list)

    def write(self, folder: Path) -> Path:
        """Make the file of which this is the description."""
        path = folder / self.file
        writer = {".xlsx": _xlsx, ".ods": _ods, ".xls": _xls}.get(path.suffix.lower(), _text)
        writer(path, self)
        return path


def shapes() -> list[Shape]:
    """Every description of the folder."""
    return [read(path) for path in sorted(FOLDER.glob("*.txt"))]


def read(path: Path) -> Shape:
    """Read one description."""
    shape = Shape(path.stem)
    columns: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition(" ")
        if line.startswith("# ") and not shape.file:
            continue
        if word in ("file", "encoding") and not shape.sheets:
            setattr(shape, word, rest)
        elif word == "delimiter" and not shape.sheets:
            shape.delimiter = {"tab": "\t"}.get(rest, rest)
        elif word == "sheet" or line.startswith("hidden sheet "):
            shape.sheets.append((line.rpartition("sheet ")[2], word == "hidden", []))
        elif word == "truth":
            columns = _parts(rest)
        elif columns and word == "nobody":
            shape.nobody = tuple(map(int, rest.split(",")))
        elif columns and line.startswith("kept nowhere"):
            shape.kept_nowhere = tuple(_parts(rest.partition("|")[2]))
        elif columns and line.startswith("must be told"):
            shape.must_be_told = tuple(_parts(rest.partition("|")[2]))
        elif word == "merge" and not columns:
            shape.merged.append((shape.sheets[-1][0], rest))
        elif line.startswith("strike words ") and not columns:
            shape.struck_words.append((shape.sheets[-1][0], line.split()[2]))
        elif word == "strike" and not columns:
            shape.struck.append((shape.sheets[-1][0], rest))
        elif word == "fill" and not columns:
            cells, _, colour = rest.partition(" ")
            shape.filled.append((shape.sheets[-1][0], cells, colour))
        elif word == "comment" and not columns:
            cell, _, text = rest.partition(" ")
            shape.comments.append((shape.sheets[-1][0], cell, text))
        elif word == "hide" and not columns:
            kind, _, which = rest.partition(" ")
            shape.unseen += [(shape.sheets[-1][0], kind, one) for one in which.split(",")]
        elif columns:
            shape.people.append(_truth(columns, _parts(line)))
        else:
            if not shape.sheets:
                shape.sheets.append(("Sheet", False, []))
            shape.sheets[-1][2].append([_cell(part) for part in _parts(line)])
    return shape


def _parts(line: str) -> list[str]:
    return [part.strip() for part in f"{line} ".split("|")]


def _cell(text: str) -> Any:
    if text.startswith("#") and len(text) > 1:
        return float(text[1:])
    if text.startswith("@"):
        return datetime.fromisoformat(text[1:])
    return text.replace("\\n", "\n") or None


def _truth(columns: Sequence[str], parts: Sequence[str]) -> Truth:
    values = dict(zip(columns, parts, strict=True))
    rows = tuple(map(int, values.pop("rows").split(",")))
    letters, *more = values.pop("consent").split()
    consent = dict(zip(_PURPOSES, (_SAID[letter] for letter in letters), strict=True))
    return Truth(rows, values, consent | dict(one.split("=") for one in more))


def _text(path: Path, shape: Shape) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=shape.delimiter)
    for row in shape.sheets[0][2]:
        writer.writerow(["" if cell is None else f"{cell:g}" if isinstance(cell, float) else cell for cell in row])
    path.write_bytes(out.getvalue().encode(shape.encoding))


def _xlsx(path: Path, shape: Shape) -> None:
    book = openpyxl.Workbook(write_only=False)
    book.remove(book.worksheets[0])
    for name, hidden, rows in shape.sheets:
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if hidden else "visible"
        for row in rows:
            sheet.append(row)
    for name, cells in shape.merged:
        book[name].merge_cells(cells)
    for name, cells in shape.struck:
        found = book[name][cells]
        for cell in chain.from_iterable(found) if ":" in cells else [found]:
            cell.font = Font(strike=True)
    for name, cells, colour in shape.filled:
        found = book[name][cells]
        for cell in chain.from_iterable(found) if ":" in cells else [found]:
            cell.fill = PatternFill("solid", fgColor=colour)
    for name, where in shape.struck_words:
        words = str(book[name][where].value)
        book[name][where].value = CellRichText(TextBlock(InlineFont(strike=True), words), " ")
    for name, where, text in shape.comments:
        book[name][where].comment = Comment(text, "Network")
    for name, kind, which in shape.unseen:
        if kind == "columns":
            book[name].column_dimensions[which].hidden = True
        else:
            book[name].row_dimensions[int(which)].hidden = True
    book.save(path)


def _ods(path: Path, shape: Shape) -> None:
    names = {
        one: f"urn:oasis:names:tc:opendocument:xmlns:{one}:1.0" for one in ("office", "table", "text", "style")
    }
    names["fo"] = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
    spaces = " ".join(f'xmlns:{one}="{uri}"' for one, uri in names.items())
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    tables = []
    looks = _ods_looks(shape)
    comments = {(name, *_only_place(cell)): text for name, cell, text in shape.comments}
    for name, hidden, rows in shape.sheets:
        lines = ""
        for number, row in enumerate(rows, start=1):
            places = ((name, number, column) for column in range(1, len(row) + 1))
            cells = (_ods_cell(c, looks.get(p, ""), comments.get(p, "")) for c, p in zip(row, places, strict=True))
            lines += f"<table:table-row>{''.join(cells)}</table:table-row>"
        style = ' table:style-name="hid"' if hidden else ""
        tables.append(f'<table:table table:name="{escape(name)}"{style}>{lines}</table:table>')
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
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:automatic-styles>'
            '<style:style style:name="hid" style:family="table"><style:table-properties table:display="false"/>'
            f"</style:style>{_ods_styles(looks)}</office:automatic-styles><office:body><office:spreadsheet>"
            f"{''.join(tables)}</office:spreadsheet></office:body></office:document-content>",
        )


def _only_place(cell: str) -> tuple[int, int]:
    column, row, _, _ = range_boundaries(cell)
    return int(row or 0), int(column or 0)


def _ods_looks(shape: Shape) -> dict[tuple[str, int, int], str]:
    """Sheet, row and column -> the name of a style: "struck", or a colour."""
    found: dict[tuple[str, int, int], str] = {}
    for name, cells, look in [*((name, cells, "struck") for name, cells in shape.struck), *shape.filled]:
        first, top, last, bottom = (int(one or 0) for one in range_boundaries(cells))
        places = product(range(top, bottom + 1), range(first, last + 1))
        found |= {(name, row, column): look for row, column in places}
    return found


def _ods_styles(looks: Mapping[tuple[str, int, int], str]) -> str:
    said = {
        look: '<style:text-properties style:text-line-through-style="solid"/>'
        if look == "struck"
        else f'<style:table-cell-properties fo:background-color="#{look.lower()}"/>'
        for look in sorted(set(looks.values()))
    }
    return "".join(
        f'<style:style style:name="{name}" style:family="table-cell">{how}</style:style>'
        for name, how in said.items()
    )


def _ods_cell(cell: Any, look: str, comment: str) -> str:
    style = f' table:style-name="{look}"' if look else ""
    note = f"<office:annotation><text:p>{escape(comment)}</text:p></office:annotation>" if comment else ""
    if cell is None:
        return f"<table:table-cell{style}>{note}</table:table-cell>"
    if isinstance(cell, float):
        return (
            f'<table:table-cell{style} office:value-type="float" office:value="{cell!r}">{note}</table:table-cell>'
        )
    text = f"<text:p>{escape(str(cell))}</text:p>"
    return f'<table:table-cell{style} office:value-type="string">{note}{text}</table:table-cell>'


def _xls(path: Path, shape: Shape) -> None:
    """The old Excel format: a stream of records inside an OLE container, which here holds nothing else."""
    stream = _biff([(name, rows) for name, _, rows in shape.sheets])
    path.write_bytes(_ole(stream.ljust(8192, b"\0")))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _biff(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    parts = [b"".join(_sheet_records(rows)) for _, rows in sheets]
    names = [struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name, _ in sheets]
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    place = len(start) + sum(4 + 6 + len(name) for name in names) + 4
    bounds = b""
    for name, part in zip(names, parts, strict=True):
        bounds += _record(0x85, struct.pack("<IBB", place, 0, 0) + name)
        place += len(part)
    return start + bounds + _record(0x0A, b"") + b"".join(parts)


def _sheet_records(rows: Rows) -> Iterator[bytes]:
    yield _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, float):
                yield _record(0x203, struct.pack("<HHHd", number, column, 0, cell))
            elif cell is not None:
                text = str(cell)
                label = struct.pack("<HHHHB", number, column, 0, len(text), 1) + text.encode("utf-16-le")
                yield _record(0x204, label)
    yield _record(0x0A, b"")


def _ole(stream: bytes) -> bytes:
    """A container of one stream, Workbook: header, one sector of allocation, one of directory, the stream."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    sectors = -(-len(stream) // 512)
    chain = [fat, end, *range(3, sectors + 2), end]
    table = struct.pack("<128I", *(chain + [free] * (128 - len(chain))))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    head += struct.pack("<108I", *([free] * 108))
    entries = _entry("Root Entry", 5, 1, end, 0) + _entry("Workbook", 2, free, 2, len(stream))
    return head + table + entries.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    body = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    body += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36)
    return body + struct.pack("<IQ", start, size)
