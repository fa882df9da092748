"""A text with headings, lists and tables, as a Word document, a web page or plain text.

A line that starts with ``# `` or ``## `` is a heading, with ``- `` a point (lines that follow it with two spaces
belong to it), with ``|`` a row of a table, whose first row is its head; everything else is a paragraph.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from matcher.files.writers.html import html_page
from matcher_resources import path_to

if TYPE_CHECKING:
    import docx.document

Kind = Literal["title", "heading", "point", "row", "paragraph"]
_MOST_UPRIGHT = 4
"""A table with more columns than these has its page on its side."""
_MARKS: tuple[tuple[str, Kind], ...] = (("# ", "title"), ("## ", "heading"), ("- ", "point"), ("|", "row"))


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of such a text: its words, or of a row of a table its cells."""

    kind: Kind
    words: str
    cells: tuple[str, ...] = ()


def blocks_of(text: str) -> tuple[Block, ...]:
    """The pieces of a text, in order."""
    found: list[Block] = []
    for line in text.splitlines():
        if line.startswith("  ") and line.strip() and found and found[-1].kind == "point":
            found[-1] = Block("point", f"{found[-1].words}\n{line.strip()}")
        elif line.strip():
            found.append(_block(line.rstrip()))
    return tuple(found)


def html_document(text: str) -> bytes:
    """The text as a page that loads nothing from anywhere."""
    values = {"groups": list(_groups(text)), "title": _title(text)}
    return html_page(path_to("templates/pack/page.html").read_text(encoding="utf-8"), values)


def docx_document(text: str) -> bytes:
    """The text as a Word document; its properties name nobody."""
    import docx  # a tenth of a second that nobody who writes no document should wait

    document = docx.Document()
    _turn_page(document, wide=any(len(block.cells) > _MOST_UPRIGHT for block in blocks_of(text)))
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", _title(text), ""
    for kind, group in _groups(text):
        if kind == "row":
            _add_table(document, group)
        else:
            for block in group:
                _add(document, block)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _block(line: str) -> Block:
    for mark, kind in _MARKS:
        if line.startswith(mark):
            words = line.removeprefix(mark).strip()
            cells = tuple(cell.strip() for cell in line.strip("| ").split("|")) if kind == "row" else ()
            return Block(kind, words, cells)
    return Block("paragraph", line.strip())


def _groups(text: str) -> Iterator[tuple[Kind, list[Block]]]:
    """Pieces of one kind that stand together: the points of a list, the rows of a table."""
    for kind, group in groupby(blocks_of(text), key=lambda block: block.kind):
        yield kind, list(group)


def _title(text: str) -> str:
    return next((block.words for block in blocks_of(text) if block.kind == "title"), "")


def _turn_page(document: "docx.document.Document", *, wide: bool) -> None:
    """A4, on its side where a table needs the room."""
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))


def _add(document: "docx.document.Document", block: Block) -> None:
    match block.kind:
        case "title":
            document.add_heading(block.words, 0)
        case "heading":
            document.add_heading(block.words, 1)
        case "point":
            document.add_paragraph(block.words, style="List Bullet")
        case _:
            document.add_paragraph(block.words)


def _add_table(document: "docx.document.Document", rows: list[Block]) -> None:
    width = max(len(row.cells) for row in rows)
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        for place, words in enumerate(row.cells):
            cells[place].text = words
            for run in cells[place].paragraphs[0].runs if number == 0 else ():
                run.bold = True
