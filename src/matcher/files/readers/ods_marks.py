"""What the owner of an .ods has marked, as ``marks`` tells it of an .xlsx."""

import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree

from matcher.files.readers.columns_named import letters_of
from matcher.files.readers.limits import MAX_COLUMNS, MAX_ROWS
from matcher.files.readers.marks import MOST_FILLED, WHITE, Marks

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LARGEST = 20_000_000
"""So many bytes of content at most are looked through: all of it is held at once."""


def marks_in_ods(path: Path) -> dict[str, Marks]:
    """Sheet name -> what is marked in it; nothing of a file that is damaged, protected or very long."""
    with zipfile.ZipFile(path) as archive:
        try:
            if archive.getinfo("content.xml").file_size > _LARGEST:
                return {}
            trees = [_tree(archive, part) for part in ("styles.xml", "content.xml") if part in archive.namelist()]
        except (KeyError, ElementTree.ParseError, RuntimeError):
            return {}  # the reader itself will say what is wrong with the file
    struck, filled = _marking_styles(trees)
    tables = trees[-1].iterfind(".//{*}table")
    return {table.get(f"{_TABLE}name", ""): _marks(table, struck, filled) for table in tables}


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(part))  # noqa: S314 - DTDs are refused before


def _marking_styles(trees: list[ElementTree.Element]) -> tuple[frozenset[str], dict[str, str]]:
    """The styles that strike through, and those with a colour: which."""
    struck, filled = set[str](), dict[str, str]()
    for style in chain.from_iterable(tree.iterfind(".//{*}style") for tree in trees):
        name = style.get(f"{_STYLE}name", "")
        for of in style:
            said = {key.rpartition("}")[2]: value for key, value in of.attrib.items()}
            if said.get("text-line-through-style", "none") != "none" or "text-line-through-type" in said:
                struck.add(name)
            colour = said.get("background-color", "transparent").removeprefix("#").casefold()
            if of.tag.endswith("table-cell-properties") and colour not in ("transparent", WHITE):
                filled[name] = colour
    return frozenset(struck), filled


def _marks(table: ElementTree.Element, struck: frozenset[str], filled: dict[str, str]) -> Marks:
    strikes, comments, fills = list[tuple[int, str]](), list[tuple[int, str, str]](), list[tuple[int, str, str]]()
    for row, letter, style, cell in _cells(table):
        spans = (span.get(key, "") for span in cell.iterfind(".//{*}span") for key in span.attrib)
        if style in struck or any(span in struck for span in spans):
            strikes.append((row, letter))
        if style in filled and len(fills) <= MOST_FILLED:
            fills.append((row, letter, filled[style]))
        for note in cell.iterfind("{*}annotation"):
            text = " ".join(" ".join(words.itertext()) for words in note.iterfind("{*}p"))
            comments.append((row, letter, " ".join(text.split())))
    return Marks(tuple(strikes), tuple(comments), () if len(fills) > MOST_FILLED else tuple(fills))


def _cells(table: ElementTree.Element) -> Iterator[tuple[int, str, str, ElementTree.Element]]:
    """Row, column and style of every cell that holds something or has a style, once however often it is repeated
    to the right; rows that are repeated hold nothing that tells people apart."""
    number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        number += 1
        column = 0
        for cell in row:
            if column < MAX_COLUMNS and number <= MAX_ROWS:
                style = cell.get(f"{_TABLE}style-name", "") or row.get(f"{_TABLE}default-cell-style-name", "")
                yield number, letters_of([column])[0], style, cell
            column += _times(cell, "columns")
        number += _times(row, "rows") - 1


def _times(of: ElementTree.Element, what: str) -> int:
    text = of.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
