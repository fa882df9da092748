"""What the owner of an .xlsx or .ods has marked: what is struck through, comments, and cells under a colour.

The reading library tells none of it. Sheets are only looked through when a style of the book marks something.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from matcher.files.readers.hidden import pieces, xlsx_parts

_CELL = re.compile(rb"<(?:\w+:)?c\s((?:[^>\"'/]|\"[^\"]*\"|'[^']*')*+)/?>")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d{1,6})[\"']")
_NAME = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_THREADED = re.compile(r"^\[Threaded comment\].*?\bComment:\s*", re.DOTALL)
"""What Excel writes above a comment for programs that do not know its newer kind."""
_STRIKE = b"<strike"
MOST_FILLED = 50_000
"""A sheet with more cells under a colour is painted, not marked: its colours are not told."""
WHITE = "ffffff"

Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Marks:
    """Each with the row and the column it stands at, as a spreadsheet names them: (3, "A"), and then the text of a
    comment, or a colour: six hexadecimal digits, or any other name that the file has for it."""

    struck: tuple[Place, ...] = ()
    comments: tuple[tuple[int, str, str], ...] = ()
    filled: tuple[tuple[int, str, str], ...] = ()


def marks_in_xlsx(path: Path) -> dict[str, Marks]:
    """Sheet name -> what is marked in it."""
    with zipfile.ZipFile(path) as archive:
        strikes, fills = _marking_styles(archive)
        struck_words = _struck_strings(archive)
        return {sheet: _marks(archive, part, strikes, fills, struck_words) for sheet, part in xlsx_parts(archive)}


def _marks(
    archive: zipfile.ZipFile,
    part: str,
    strikes: frozenset[bytes],
    fills: Mapping[bytes, str],
    struck_words: frozenset[int],
) -> Marks:
    struck: list[Place] = []
    filled: list[tuple[int, str, str]] = []
    inline = False
    with archive.open(part) as file:
        for data in pieces(file) if strikes or fills or archive.getinfo(part).file_size < _SMALL else ():
            inline |= _STRIKE in data
            for cell in _CELL.finditer(data) if strikes or fills else ():
                style, place = _STYLE.search(cell[1]), _PLACE.search(cell[1])
                if style and place and style[1] in strikes:
                    struck.append((int(place[2]), place[1].decode()))
                if style and place and style[1] in fills and len(filled) <= MOST_FILLED:
                    filled.append((int(place[2]), place[1].decode(), fills[style[1]]))
    if inline or struck_words:
        struck += _struck_within(archive, part, struck_words)
    painted = len(filled) > MOST_FILLED
    return Marks(tuple(struck), tuple(_comments(archive, part)), () if painted else tuple(filled))


_SMALL = 5_000_000


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element | None:
    try:
        return ElementTree.fromstring(archive.read(part))  # noqa: S314 - DTDs are refused before
    except (KeyError, ElementTree.ParseError):
        return None


def _marking_styles(archive: zipfile.ZipFile) -> tuple[frozenset[bytes], dict[bytes, str]]:
    """The numbers of the cell formats whose font is struck through, and of those with a colour: which."""
    styles = _tree(archive, "xl/styles.xml")
    if styles is None:
        return frozenset(), {}
    strikes = {
        str(place)
        for place, font in enumerate(styles.iterfind("{*}fonts/{*}font"))
        if _is_on(font.find("{*}strike"))
    }
    colours = {str(place): colour for place, fill in enumerate(styles.iterfind("{*}fills/{*}fill"))
               if (colour := _colour(fill))}  # fmt: skip
    formats = [(str(n).encode(), one) for n, one in enumerate(styles.iterfind("{*}cellXfs/{*}xf"))]
    struck = frozenset(number for number, one in formats if one.get("fontId") in strikes)
    return struck, {number: colours[fill] for number, one in formats if (fill := one.get("fillId", "")) in colours}


def _is_on(strike: ElementTree.Element | None) -> bool:
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _colour(fill: ElementTree.Element) -> str:
    """The colour of a fill as the file names it; "" for none and for white."""
    pattern = fill.find("{*}patternFill")
    colour = pattern.find("{*}fgColor") if pattern is not None else None
    if pattern is None or colour is None or pattern.get("patternType", "none") in ("none", "gray125"):
        return ""
    if rgb := colour.get("rgb"):
        return "" if rgb[-6:].casefold() == WHITE else rgb[-6:].casefold()
    named = " ".join(f"{key} {value}" for key, value in sorted(colour.attrib.items()))
    return "" if named == "theme 0" else named


def _struck_strings(archive: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of the shared texts of which a part is struck through."""
    part = "xl/sharedStrings.xml"
    if part not in archive.namelist():
        return frozenset()
    with archive.open(part) as file:
        if not any(_STRIKE in data for data in pieces(file)):
            return frozenset()
    texts = _tree(archive, part)
    found = enumerate(texts.iterfind("{*}si")) if texts is not None else ()
    return frozenset(number for number, text in found if _has_strike(text))


def _has_strike(text: ElementTree.Element) -> bool:
    return any(map(_is_on, text.iterfind(".//{*}strike")))


def _struck_within(archive: zipfile.ZipFile, part: str, words: frozenset[int]) -> Iterator[Place]:
    """The cells of which only some words are struck through."""
    sheet = _tree(archive, part)
    for cell in sheet.iterfind(".//{*}c") if sheet is not None else ():
        value = cell.findtext("{*}v", "")
        shared = cell.get("t") == "s" and value.isdigit() and int(value) in words
        place = _NAME.fullmatch(cell.get("r", ""))
        if place and (shared or _has_strike(cell)):
            yield int(place[2]), place[1]


def _comments(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, str, str]]:
    folder, _, name = part.rpartition("/")
    links = _tree(archive, f"{folder}/_rels/{name}.rels")
    for link in links if links is not None else ():
        if link.get("Type", "").endswith("/comments"):
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
            found = _tree(archive, target)
            for comment in found.iterfind(".//{*}comment") if found is not None else ():
                place = _NAME.fullmatch(comment.get("ref", ""))
                text = "".join(words.text or "" for words in comment.iterfind(".//{*}t"))
                if place and text.strip():
                    yield int(place[2]), place[1], " ".join(_THREADED.sub("", text).split())
