"""What the owner of an .xlsx has marked: cells struck through, and comments. Other formats are not looked at.

The reading library tells neither. Sheets are only looked through when a style of the book strikes something out.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from matcher.files.readers.hidden import pieces, xlsx_parts

_CELL = re.compile(rb"<(?:\w+:)?c\s((?:[^>\"'/]|\"[^\"]*\"|'[^']*')*+)>")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d{1,6})[\"']")
_NAME = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_THREADED = re.compile(r"^\[Threaded comment\].*?\bComment:\s*", re.DOTALL)
"""What Excel writes above a comment for programs that do not know its newer kind."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Each with the row and the column it stands at, as a spreadsheet names them: (3, "A")."""

    struck: tuple[tuple[int, str], ...] = ()
    comments: tuple[tuple[int, str, str], ...] = ()


def marks_in_xlsx(path: Path) -> dict[str, Marks]:
    """Sheet name -> what is marked in it."""
    with zipfile.ZipFile(path) as archive:
        strikes = _striking_styles(archive)
        return {
            sheet: Marks(tuple(_struck(archive, part, strikes)) if strikes else (), tuple(_comments(archive, part)))
            for sheet, part in xlsx_parts(archive)
        }


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element | None:
    try:
        return ElementTree.fromstring(archive.read(part))  # noqa: S314 - DTDs are refused before
    except (KeyError, ElementTree.ParseError):
        return None


def _striking_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """The numbers of the cell formats whose font is struck through."""
    styles = _tree(archive, "xl/styles.xml")
    if styles is None:
        return frozenset()
    strikes = [font.find("{*}strike") for font in styles.iterfind("{*}fonts/{*}font")]
    struck = {
        str(place)
        for place, strike in enumerate(strikes)
        if strike is not None and strike.get("val", "1") not in ("0", "false")
    }
    formats = styles.iterfind("{*}cellXfs/{*}xf")
    return frozenset(str(place).encode() for place, one in enumerate(formats) if one.get("fontId") in struck)


def _struck(archive: zipfile.ZipFile, part: str, strikes: frozenset[bytes]) -> Iterator[tuple[int, str]]:
    with archive.open(part) as file:
        for data in pieces(file):
            for cell in _CELL.finditer(data):
                style, place = _STYLE.search(cell[1]), _PLACE.search(cell[1])
                if style and place and style[1] in strikes:
                    yield int(place[2]), place[1].decode()


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
