"""The words of a PDF: columns one after the other, table rows on one line, wrapped lines joined again."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError

from matcher.errors import UserError
from matcher.files.readers.faults import damaged, protected
from matcher.files.readers.html_text import row_text
from matcher.files.readers.limits import MAX_PAGES, MAX_TEXT
from matcher.files.readers.tidy import tidy, with_plain_bullets

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a PDF is said in a sentence of ours
_GAP = re.compile(r" {3,}")
_WORD = re.compile(r"\w+")
_BULLET = re.compile(r"[-*–]\s|\(?\d{1,2}[.)]\s")
_SET_IN = (3, 12)
"""How far, in letters, the items of a list are set in from the margin."""
_FEW_LETTERS = 20
_COLUMN_LETTERS = 28  # a column of prose is at least this wide on average
_FULL_LINE = 0.8
_WIDE = 0.93


def pdf_to_text(data: bytes, name: str) -> str:
    """The text of the PDF in ``data``. Raises UserError when it is locked, damaged, or holds pictures only."""
    try:
        pages = _pages(data, name)
    except (UserError, MemoryError):
        raise
    except Exception as error:  # pypdf lets errors of every filter through
        raise damaged(name, "PDF") from error
    text = tidy(_bound(pages))
    if sum(letter.isalnum() for letter in text) < _FEW_LETTERS:
        raise UserError("This PDF holds pictures, no text: paste the text instead.", where=name)
    return text


def _bound(pages: list[str]) -> str:
    """Pages as one text; a sentence cut by the end of a page goes on."""
    text = ""
    for page in pages:
        page = tidy(page).strip()
        goes_on = page[:1].islower() and text[-1:].isalnum()
        text += (" " if goes_on else "\n\n") + page
    return text


def _pages(data: bytes, name: str) -> list[str]:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not _unlocked(reader):
        raise protected(name)
    texts: list[str] = []
    for number, page in enumerate(reader.pages):
        if number >= MAX_PAGES or sum(map(len, texts)) > MAX_TEXT:
            break
        texts.append(_page_text(page))
    return texts


def _unlocked(reader: PdfReader) -> bool:
    """Whether the empty password opens it, as with PDFs that only forbid printing."""
    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return False


def _page_text(page: PageObject) -> str:
    """Laid out text where it kept the words whole, else the plain order of the page."""
    plain = page.extract_text().replace("\t", " ")  # some writers put a tab for every space
    try:
        laid = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=True).replace("\t", " ")
    except Exception:  # noqa: BLE001 - the layout mode is the younger one: fall back
        return plain
    words, laid_words = Counter(_WORD.findall(plain)), Counter(_WORD.findall(laid))
    kept = sum((words & laid_words).values())
    return "\n".join(_arranged(laid.split("\n"))) if kept >= 0.95 * sum(words.values()) else plain


def _arranged(lines: list[str]) -> Iterator[str]:
    """Blocks of lines in reading order."""
    for block in _multi_column_blocks(lines):
        gutter = _gutter(block)
        if gutter is None:
            yield from _unwrapped([_table_line(line) for line in _with_drawn_bullets(block)])
            continue
        left, right = [], []
        for line in block:
            one, two = _cut(line, gutter)
            left.append(one)
            right.append(two)
        for column in (left, right):
            yield from _unwrapped(column)
            yield ""


def _with_drawn_bullets(lines: list[str]) -> list[str]:
    """Lines with "- " before the items of a list whose bullets were drawn, not written.

    Such a list is a run of lines set in alike, below a line that does not end its sentence.
    """
    marked, above, run = list(lines), "", list[int]()
    margin = min((_indent(line) for line in lines if line.strip()), default=0)
    for index, line in enumerate([*lines, "."]):
        if not line.strip():
            continue
        if margin + _SET_IN[0] <= _indent(line) <= margin + _SET_IN[1] and not _BULLET.match(line.strip()):
            if run and _indent(line) != _indent(lines[run[0]]):
                run = []
            run.append(index)
            continue
        if len(run) > 1 and above and not above.endswith((".", "!")):
            for before, item in zip([None, *run], run, strict=False):
                if before is None or not _had_no_room(lines[before], lines[item], lines):
                    marked[item] = f"- {lines[item].strip()}"
        above, run = line.strip(), []
    return marked


def _had_no_room(line: str, following: str, lines: list[str]) -> bool:
    """Whether a line was broken for want of room for the first word of the ``following`` one."""
    return len(line.rstrip()) + len(following.split()[0]) >= _WIDE * max(map(len, lines))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _multi_column_blocks(lines: list[str]) -> Iterator[list[str]]:
    """Split where a line runs across everything: columns are looked for between such lines."""
    block: list[str] = []
    gutter = _gutter(lines)
    for line in lines:
        across = gutter is not None and len(line) > gutter and not _is_clear(line, gutter)
        if across and block:
            yield block
            block = []
        if across:
            yield [line]
        else:
            block.append(line)
    if block:
        yield block


def _gutter(lines: list[str]) -> int | None:
    """Where the right one of two columns of prose begins; None for one column, or for a table."""
    starts: Counter[int] = Counter()
    left_lengths: list[int] = []
    for line in lines:
        segments = list(_segments(line))
        if len(segments) == 2:
            starts[segments[1][0]] += 1
            left_lengths.append(len(segments[0][1]))
    if not starts:
        return None
    best = max(starts, key=lambda start: sum(starts[start + shift] for shift in (-1, 0, 1, 2)))
    near = sum(starts[best + shift] for shift in (-2, -1, 0, 1, 2))
    if near < 4 or near < 0.6 * sum(starts.values()) or sum(left_lengths) < _COLUMN_LETTERS * len(left_lengths):
        return None
    return min(start for start in starts if abs(start - best) <= 2)


def _segments(line: str) -> Iterator[tuple[int, str]]:
    """Pieces between wide gaps, with the place where each begins."""
    place = len(line) - len(line.lstrip())
    for piece in _GAP.split(line.strip()):
        place = line.index(piece, place)
        yield place, piece
        place += len(piece)


def _is_clear(line: str, gutter: int) -> bool:
    return line[max(0, gutter - 2) : gutter].strip() == ""


def _cut(line: str, gutter: int) -> tuple[str, str]:
    return line[:gutter].rstrip(), line[gutter:].rstrip()


def _table_line(line: str) -> str:
    pieces = [piece for _, piece in _segments(line)]
    return row_text(pieces) if len(pieces) > 1 else line.strip()


def _unwrapped(lines: list[str]) -> list[str]:
    """Join lines that a column's width had broken: a full line goes on in one that starts like a continuation."""
    stripped = [with_plain_bullets(line.strip()) for line in lines]
    full = _full(stripped)
    joined: list[str] = []
    previous = ""
    for line in stripped:
        if joined and line and previous and _goes_on(previous, line, full):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
        previous = line
    return joined


def _full(lines: list[str]) -> float:
    """The least length of a line that runs the whole width of its column."""
    widths = sorted(len(line.strip()) for line in lines if line.strip())
    return _FULL_LINE * widths[int(len(widths) * 0.9)] if widths else 0


def _goes_on(previous: str, line: str, full: float) -> bool:
    if _BULLET.match(line):
        return False
    if line[0].islower():
        return len(previous) >= full * 0.7 and not previous.endswith((".", "?", "!"))
    return len(previous) >= full and not previous.endswith((".", "?", "!", ":"))
