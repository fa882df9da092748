"""HTML to the text a reader would see: tables as "cell: cell" lines, lists as "- ", nothing hidden."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from matcher.files.readers.tidy import tidy

_SKIPPED = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object", "select"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "header", "footer", "main", "aside", "form", "fieldset", "address", "center"}
    | {
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "pre",
        "hr",
        "table",
        "blockquote",
        "figure",
    }
)
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "hr"})
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?<![-\w])(?:font-size|max-height|opacity)\s*:\s*0(?:px|pt|em)?\s*(?:;|$)"
)
_QUOTES = ("gmail_quote", "yahoo_quoted", "moz-cite")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 400


def html_to_text(html: str) -> str:
    """The visible text of ``html``. Quoted history (blockquote cite) keeps ">" marks. Never raises on bad HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tidy(reader.finished())


@dataclass(slots=True)
class _Table:
    """A table being read: the pieces of its present cell, the cells of its present row."""

    outer: list[str]
    row: list[str] = field(default_factory=list)
    in_cell: bool = False


class _Reader(HTMLParser):
    """Builds text as tags come and go; unclosed and crossed tags are survived, not repaired."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._hidden: list[str] = []  # open tags from the outermost hidden one inwards
        self._tables: list[_Table] = []
        self._quotes: list[tuple[str, list[str]]] = []
        self._pre = 0

    def finished(self) -> str:
        """The text so far, with everything left open closed."""
        while self._tables:
            self._end_table()
        while self._quotes:
            self._end_quote()
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element, unless it is hidden."""
        if self._hidden or tag in _SKIPPED or _is_hidden(attrs):
            if tag not in _VOID and len(self._hidden) < _DEEPEST:
                self._hidden.append(tag)
            return
        if tag == "br":
            self._out.append("\n")
        elif tag == "li":
            self._newline()
            self._out.append("- ")
        elif tag == "table":
            self._start_table()
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._start_cell()
        elif tag == "blockquote" and len(self._quotes) < _DEEPEST:
            self._break(tag)
            self._quotes.append((_quote_mark(attrs), self._out))
            self._out = []
        elif tag in _BLOCKS:
            self._break(tag)
            self._pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        """End an element, closing what was left open inside a hidden one."""
        if self._hidden:
            if tag in self._hidden:
                while self._hidden.pop() != tag:
                    pass
            return
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table":
            self._end_table()
        elif tag == "blockquote":
            self._end_quote()
        elif tag in _BLOCKS:
            self._break(tag)
            self._pre -= tag == "pre" and self._pre > 0
        elif tag == "li":
            self._newline()

    def handle_data(self, data: str) -> None:
        """Take text, folding white space as a browser does."""
        if self._hidden or (self._tables and not self._tables[-1].in_cell and not data.strip()):
            return
        text = data if self._pre else _SPACES.sub(" ", data)
        if text.startswith(" ") and not self._pre and self._at_line_start():
            text = text[1:]
        if text:
            self._out.append(text)

    def _at_line_start(self) -> bool:
        return not self._out or self._out[-1].endswith(("\n", " "))

    def _newline(self) -> None:
        if self._out and not self._out[-1].endswith(("\n", "- ")):
            self._out.append("\n")

    def _break(self, tag: str) -> None:
        self._newline()
        if tag in _SPACED and self._out and not self._out[-1].endswith("- "):
            self._out.append("\n")

    def _start_table(self) -> None:
        if len(self._tables) >= _DEEPEST:
            return
        self._break("table")
        self._tables.append(_Table(self._out))
        self._out = []

    def _start_cell(self) -> None:
        self._end_cell()
        if self._tables:
            self._tables[-1].outer += self._out  # stray text between cells
            self._out = []
            self._tables[-1].in_cell = True

    def _end_cell(self) -> None:
        if self._tables and self._tables[-1].in_cell:
            table = self._tables[-1]
            table.row.append(tidy("".join(self._out)))
            self._out, table.in_cell = [], False

    def _end_row(self) -> None:
        self._end_cell()
        if self._tables and self._tables[-1].row:
            table = self._tables[-1]
            table.outer.append(row_text(table.row) + "\n")
            table.row = []

    def _end_table(self) -> None:
        if self._tables:
            self._end_row()
            table = self._tables.pop()
            self._out = table.outer + self._out
            self._break("table")

    def _end_quote(self) -> None:
        if not self._quotes:
            return
        mark, outer = self._quotes.pop()
        inner = tidy("".join(self._out))
        self._out = [*outer, *(f"{mark}{line}".rstrip() + "\n" for line in inner.split("\n"))]


def row_text(cells: list[str]) -> str:
    """A table row on one line: "first: second | third"; cells of several paragraphs (layout) stay blocks."""
    filled = [cell for cell in cells if cell]
    if any("\n\n" in cell or cell.count("\n") > 3 for cell in filled):
        return "\n\n".join(filled)
    flat = [" ".join(cell.split("\n")) for cell in filled]
    if len(flat) < 2 or not cells[0]:
        return " | ".join(flat)
    label = flat[0] if flat[0].endswith((":", "?")) else f"{flat[0]}:"
    return f"{label} {' | '.join(flat[1:])}"


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    values = {name: (value or "").lower() for name, value in attrs}
    return "hidden" in values or bool(_HIDING.search(values.get("style", "")))


def _quote_mark(attrs: list[tuple[str, str | None]]) -> str:
    values = {name: (value or "").lower() for name, value in attrs}
    cited = values.get("type") == "cite" or "cite" in values
    return "> " if cited or any(name in values.get("class", "") for name in _QUOTES) else ""
