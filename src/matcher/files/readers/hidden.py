"""What the owner of a spreadsheet has hidden: rows and columns that must not be read.

The reading library does not tell, so each format is asked directly, streaming, without expanding anything:
.xlsx by the tags of its sheets, .ods by its content, .xls by its records (ColInfo and Row of MS-XLS).
"""

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from matcher.errors import UserError
from matcher.files.readers.faults import damaged, protected
from matcher.files.readers.kinds import open_ole
from matcher.files.readers.limits import MAX_COLUMNS, MAX_ROWS

_CHUNK = 1 << 20
_LONGEST_TAG = 4096
_NO_SIZE = 0.01  # letters wide or points high: not there to the eye


@dataclass(frozen=True, slots=True)
class Hidden:
    """Columns counted from 0, rows numbered from 1."""

    columns: frozenset[int] = frozenset()
    rows: frozenset[int] = frozenset()


# --- .xlsx ---------------------------------------------------------------------------------------------------

_ROOT = re.compile(rb"<(\w+:)?worksheet\b")
_TAG = rb"<%s%s\s((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>"
_FAR = re.compile(rb"r=[\"']([A-Z]{3,}\d+|[A-Z]+\d{6,})[\"'][^>]*(?<!/)>")
_ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*[\"']([^\"']*)")
_CELL_NAME = re.compile(rb"([A-Z]+)(\d+)")


def hidden_in_xlsx(path: Path, name: str) -> dict[str, Hidden]:
    """Sheet name -> what is hidden in it. Raises UserError when a cell stands beyond what can be read."""
    with zipfile.ZipFile(path) as archive:
        found = {}
        for sheet, part in xlsx_parts(archive):
            with archive.open(part) as file:
                found[sheet] = _xlsx_hidden(file, f"{name}, sheet “{sheet}”")
        return found


def xlsx_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet of an .xlsx, and the member of the archive that holds it."""
    names = {member.lower(): member for member in archive.namelist()}
    try:
        book = ElementTree.fromstring(archive.read(names["xl/workbook.xml"]))  # noqa: S314 - DTDs are refused before
        links = ElementTree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return  # the reader itself will say that the file is damaged
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iterfind(".//{*}sheet"):
        key = next((value for attribute, value in sheet.attrib.items() if attribute.endswith("}id")), None)
        part = posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).lstrip("/").lower()
        if part in names:
            yield sheet.get("name", ""), names[part]


def _xlsx_hidden(file: IO[bytes], where: str) -> Hidden:
    columns: set[int] = set()
    rows: set[int] = set()
    row = 0
    tags: tuple[re.Pattern[bytes], ...] = ()
    for data in pieces(file):
        tags = tags or _tags_of(data)
        for tag in tags[0].finditer(data):
            attributes = dict(_ATTRIBUTE.findall(tag[1]))
            if _is_hidden(attributes, b"width"):
                first = _number(attributes.get(b"min"), 1)
                columns.update(range(first - 1, min(_number(attributes.get(b"max"), first), 1 << 14)))
        for tag in tags[1].finditer(data):
            attributes = dict(_ATTRIBUTE.findall(tag[1]))
            row = _number(attributes.get(b"r"), row + 1)
            if _is_hidden(attributes, b"ht"):
                rows.add(row)
        for tag in _FAR.finditer(data):
            _check_far(tag[1], where)
    return Hidden(frozenset(columns), frozenset(rows))


def _tags_of(head: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Patterns for column and row tags, with the name space prefix that this sheet uses."""
    root = _ROOT.search(head)
    prefix = re.escape(root[1] or b"") if root else b""
    return re.compile(_TAG % (prefix, b"col")), re.compile(_TAG % (prefix, b"row"))


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The sheet in pieces that end between tags (or, where a tag has no end, after a longest one)."""
    rest = b""
    while chunk := file.read(_CHUNK):
        data = rest + chunk
        cut = max(data.rfind(b"<"), len(data) - _LONGEST_TAG)
        rest = data[cut:]
        yield data[:cut]
    yield rest


def _number(text: bytes | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else otherwise


def _is_hidden(attributes: dict[bytes, bytes], size: bytes) -> bool:
    if attributes.get(b"hidden", b"0") in (b"1", b"true"):
        return True
    try:
        return float(attributes.get(size, b"1")) < _NO_SIZE
    except ValueError:
        return False


def _check_far(cell: bytes, where: str) -> None:
    """A cell far away would make the reader fill the whole rectangle up to it."""
    match = _CELL_NAME.fullmatch(cell)
    if match is None:
        return
    too_far = len(match[1]) > 2
    if too_far or int(match[2]) > MAX_ROWS:
        limit = f"{MAX_COLUMNS} columns" if too_far else f"{MAX_ROWS:,} rows"
        raise UserError(
            f"Cell {cell.decode('ascii')} lies beyond the {limit} that can be read.",
            where=where,
            todo="Delete what stands there, or copy the rows you need into a new file.",
        )


# --- .ods ----------------------------------------------------------------------------------------------------

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_MANIFEST = "META-INF/manifest.xml"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def hidden_in_ods(path: Path, name: str) -> dict[str, Hidden]:
    """Sheet name -> what is hidden in it. Raises UserError for a password or for cells beyond what can be read."""
    with zipfile.ZipFile(path) as archive:
        manifest = archive.read(_MANIFEST) if _MANIFEST in archive.namelist() else b""
        if b"encryption-data" in manifest:
            raise protected(name)
        finder = _OdsFinder(name)
        try:
            with archive.open("content.xml") as file:
                finder.parser.ParseFile(file)
        except (KeyError, expat.ExpatError) as error:
            raise damaged(name) from error
        return finder.result()


class _OdsFinder:
    """Follows the tables of content.xml, counting repeated rows and columns."""

    def __init__(self, name: str) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._name = name
        self._found: dict[str, tuple[set[int], set[int]]] = {}
        self._sheet = ""
        self._row = self._column = self._cell = 0
        self._hiding_groups = 0
        self._groups: list[bool] = []

    def result(self) -> dict[str, Hidden]:
        return {name: Hidden(frozenset(columns), frozenset(rows)) for name, (columns, rows) in self._found.items()}

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, kind = tag.partition(" ")
        if space != _TABLE:
            return
        if kind == "table":
            self._sheet = attributes.get(f"{_TABLE} name", "")
            self._found.setdefault(self._sheet, (set(), set()))
            self._row = self._column = 0
        elif kind in ("table-row-group", "table-column-group"):
            self._groups.append(attributes.get(f"{_TABLE} display") == "false")
            self._hiding_groups += self._groups[-1]
        elif kind == "table-column":
            self._column = self._advance(0, self._column, _repeated(attributes, "columns"), attributes)
        elif kind == "table-row":
            self._cell = 0
            self._row = self._advance(1, self._row, _repeated(attributes, "rows"), attributes)
        elif kind in ("table-cell", "covered-table-cell"):
            self._cell += _repeated(attributes, "columns")
            self._check_extent(attributes)

    def _end(self, tag: str) -> None:
        if tag in (f"{_TABLE} table-row-group", f"{_TABLE} table-column-group") and self._groups:
            self._hiding_groups -= self._groups.pop()

    def _advance(self, which: int, place: int, count: int, attributes: dict[str, str]) -> int:
        hidden = self._hiding_groups or attributes.get(f"{_TABLE} visibility", "visible") != "visible"
        if hidden and self._sheet in self._found:
            limit = (MAX_COLUMNS, MAX_ROWS)[which]
            self._found[self._sheet][which].update(range(place + which, min(place + count, limit) + which))
        return place + count

    def _check_extent(self, attributes: dict[str, str]) -> None:
        holds = f"{_OFFICE} value-type" in attributes
        if holds and (self._cell > MAX_COLUMNS or self._row > MAX_ROWS):
            raise UserError(
                f"The sheet holds cells beyond {MAX_COLUMNS} columns or {MAX_ROWS:,} rows.",
                where=f"{self._name}, sheet “{self._sheet}”",
                todo="Copy the rows you need into a new file.",
            )


def _repeated(attributes: dict[str, str], what: str) -> int:
    text = attributes.get(f"{_TABLE} number-{what}-repeated", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1


# --- .xls ----------------------------------------------------------------------------------------------------

_BOUND_SHEET, _BOF, _EOF, _COL_INFO, _ROW, _FILE_PASS = 0x85, 0x809, 0x0A, 0x7D, 0x208, 0x2F


def hidden_in_xls(path: Path, name: str) -> dict[str, Hidden]:
    """Sheet name -> what is hidden in it. Raises UserError for a password or a damaged file."""
    try:
        with open_ole(path) as ole:
            stream = next(s for s in ("Workbook", "Book") if ole.exists(s))
            data = ole.openstream(stream).read()
    except Exception as error:  # olefile raises anything on damaged containers
        raise damaged(name) from error
    found = {}
    for record, body in _records(data, 0):
        if record == _FILE_PASS:
            raise protected(name)
        if record == _BOUND_SHEET and len(body) > 8:
            found[_sheet_name(body)] = _xls_hidden(data, struct.unpack_from("<I", body)[0])
    return found


def _records(data: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Records of one substream, up to its end."""
    while offset + 4 <= len(data):
        record, length = struct.unpack_from("<HH", data, offset)
        yield record, data[offset + 4 : offset + 4 + length]
        if record == _EOF:
            return
        offset += 4 + length


def _sheet_name(body: bytes) -> str:
    """BoundSheet8: offset, state, kind, then a short string of bytes or of UTF-16."""
    count, wide = body[6], body[7] & 1
    return body[8 : 8 + count * 2].decode("utf-16-le", "replace") if wide else body[8 : 8 + count].decode("latin-1")


def _xls_hidden(data: bytes, offset: int) -> Hidden:
    columns: set[int] = set()
    rows: set[int] = set()
    for record, body in _records(data, offset):
        if record == _COL_INFO and len(body) >= 10:
            first, last, width, _, flags = struct.unpack_from("<5H", body)
            if flags & 1 or not width:
                columns.update(range(first, min(last, 255) + 1))
        elif record == _ROW and len(body) >= 14 and struct.unpack_from("<H", body, 12)[0] & 0x20:
            rows.add(struct.unpack_from("<H", body)[0] + 1)
    return Hidden(frozenset(columns), frozenset(rows))
