"""The words of a .docx in the order they are read: paragraphs, lists, tables, text boxes, page headers and footers.

Walks the XML that python-docx has parsed (entities are never expanded), because its own walk passes over content
controls and text boxes. Deleted (tracked) and hidden text is left out.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from matcher.errors import UserError
from matcher.files.readers.faults import damaged
from matcher.files.readers.html_text import row_text
from matcher.files.readers.tidy import tidy

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _BREAK, _CR, _HYPHEN = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")
_RUN, _VANISH, _BOX = qn("w:r"), qn("w:vanish"), qn("w:txbxContent")
_NUMBERED, _STYLE = qn("w:numPr"), qn("w:pStyle")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), _BOX, _FALLBACK}
_VALUE = qn("w:val")
_DEEPEST = 60


def docx_to_text(data: bytes, name: str) -> str:
    """The text of the document in ``data``. Raises UserError when it is damaged."""
    try:
        document = docx.Document(BytesIO(data))
        body: Any = document.element.body
        pieces = list(_blocks(body, 0))
        edges = [part for section in document.sections for part in (section.header, section.footer)]
        extra = [line for part in edges if not part.is_linked_to_previous for line in _blocks(part._element, 0)]
    except (UserError, MemoryError):
        raise
    except Exception as error:  # python-docx lets errors of lxml, zipfile and its own parts through
        raise damaged(name, "Word document") from error
    seen = set(pieces)
    return tidy("\n".join([*pieces, "", *(line for line in dict.fromkeys(extra) if line not in seen)]))


def _blocks(parent: Any, depth: int) -> Iterator[str]:
    """Lines for each paragraph and table row below ``parent``, through content controls and the like."""
    if depth > _DEEPEST:
        return
    for child in parent:
        if child.tag == _P:
            yield _paragraph(child)
            for box in _boxes(child):
                yield from _blocks(box, depth + 1)
        elif child.tag == _TBL:
            yield from _rows(child, depth + 1)
            yield ""
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _blocks(child, depth + 1)


def _rows(table: Any, depth: int) -> Iterator[str]:
    for row in table.iter(_TR):
        if _nearest(row, _TBL) is not table:
            continue  # a row of a table inside a cell, read with that cell
        cells = [cell for cell in row.iter(_TC) if _nearest(cell, _TR) is row]
        texts = [tidy("\n".join(_blocks(cell, depth + 1))) for cell in cells]
        yield row_text(texts)


def _nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _paragraph(paragraph: Any) -> str:
    text = "".join(_pieces(paragraph, 0))
    if text.strip() and _is_list_item(paragraph):
        return f"- {text.strip()}"
    return f"\n{text}" if _is_heading(paragraph) and text.strip() else text


def _pieces(element: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    for child in element:
        if child.tag in _SKIPPED or (child.tag == _RUN and _is_hidden(child)):
            continue
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in (_BREAK, _CR):
            yield "\n"
        elif child.tag == _TAB:
            yield " " if element.tag == _RUN else ""
        elif child.tag == _HYPHEN:
            yield "-"
        else:
            yield from _pieces(child, depth + 1)


def _is_hidden(run: Any) -> bool:
    mark = next(run.iterchildren(qn("w:rPr")), None)
    vanish = mark.find(_VANISH) if mark is not None else None
    return vanish is not None and vanish.get(_VALUE, "1") not in ("0", "false")


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Text boxes anchored in a paragraph, once each (the fallback drawing repeats them)."""
    for box in paragraph.iter(_BOX):
        if _nearest(box, _FALLBACK) is None and _nearest(box, _BOX) is None:
            yield box


def _style(paragraph: Any) -> str:
    properties = next(paragraph.iterchildren(qn("w:pPr")), None)
    style = properties.find(_STYLE) if properties is not None else None
    return str(style.get(_VALUE, "")).lower() if style is not None else ""


def _is_list_item(paragraph: Any) -> bool:
    properties = next(paragraph.iterchildren(qn("w:pPr")), None)
    numbered = properties is not None and properties.find(_NUMBERED) is not None
    return (numbered or _style(paragraph).startswith("list")) and not _is_heading(paragraph)


def _is_heading(paragraph: Any) -> bool:
    return _style(paragraph).startswith(("heading", "title"))
