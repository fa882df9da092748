"""The text in one file or attachment of any kind, or the sentence that says why there is none."""

from dataclasses import dataclass

from matcher.files.readers.document import Part
from matcher.files.readers.encoding import decode_text
from matcher.files.readers.html_text import html_to_text
from matcher.files.readers.kinds import Kind
from matcher.files.readers.limits import check_zip
from matcher.files.readers.tidy import tidy

_SAVE_AS = "Open it, save it as .docx or PDF and use that, or paste its text."
_PASTE = "Open it and paste its text."
_NO_TEXT = "There is no text in it."
_LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class ReadText:
    """``text`` with its ``title`` if it has one, or a ``problem`` with what ``todo`` about it."""

    text: str = ""
    title: str = ""
    problem: str | None = None
    todo: str = _PASTE


def part_of(data: bytes, name: str, kind: Kind) -> Part:
    """An attachment as a part. Raises UserError when a limit is passed."""
    read = text_of(data, name, kind)
    problem = f"“{name}”: {read.problem} {read.todo}" if read.problem else None
    return Part(name, _SHORT.get(kind, "other"), read.text, problem)


_SHORT = {
    Kind.DOCX: "document",
    Kind.PDF: "pdf",
    Kind.TEXT: "text",
    Kind.HTML: "text",
    Kind.CALENDAR: "calendar",
    Kind.IMAGE: "picture",
    Kind.XLSX: "spreadsheet",
    Kind.XLS: "spreadsheet",
    Kind.ODS: "spreadsheet",
}


def text_of(data: bytes, name: str, kind: Kind) -> ReadText:
    """What can be read of ``data``. Raises UserError when a limit is passed or the file is damaged."""
    read = _READERS.get(kind)
    if read is None:
        problem = _PROBLEMS.get(kind, f"It is {kind} and cannot be read as text.")
        return ReadText(problem=problem, todo=_TODOS.get(kind, _PASTE))
    text = read(data, name)
    if not text.strip():
        return ReadText(problem=_NO_TEXT)
    first = text.lstrip().partition("\n")[0].strip()
    return ReadText(text, first if len(first) <= _LONGEST_TITLE else "")


def _docx(data: bytes, name: str) -> str:
    from matcher.files.readers.docx_text import docx_to_text

    check_zip(data, name)
    return docx_to_text(data, name)


def _pdf(data: bytes, name: str) -> str:
    from matcher.files.readers.pdf_text import pdf_to_text

    return pdf_to_text(data, name)


def _calendar(data: bytes, name: str) -> str:
    from matcher.files.readers.calendar_text import calendar_to_text

    return calendar_to_text(data, name)


def _html(data: bytes, name: str) -> str:
    return html_to_text(decode_text(data))


def _text(data: bytes, name: str) -> str:
    return tidy(decode_text(data))


# Each loads its library only when a file of its kind comes: a plain e-mail should not wait for Word and PDF.
_READERS = {Kind.DOCX: _docx, Kind.PDF: _pdf, Kind.CALENDAR: _calendar, Kind.HTML: _html, Kind.TEXT: _text}

_PROBLEMS = {
    Kind.EMPTY: _NO_TEXT,
    Kind.IMAGE: "It is a picture, and text in pictures cannot be read.",
    Kind.MEDIA: "It is a sound or video file.",
    Kind.XLSX: "It is a spreadsheet, not a letter.",
    Kind.XLS: "It is a spreadsheet, not a letter.",
    Kind.ODS: "It is a spreadsheet, not a letter.",
    Kind.ENCRYPTED: "It is protected by a password.",
}
_TODOS = {
    Kind.ENCRYPTED: "Open it, remove the password, save it and try again.",
    Kind.DOC: _SAVE_AS,
    Kind.ODT: _SAVE_AS,
    Kind.RTF: _SAVE_AS,
    Kind.PPTX: _SAVE_AS,
    Kind.NUMBERS: _SAVE_AS,
    Kind.XLSX: "Bring members in on the Members page, or paste the text of a request.",
    Kind.XLS: "Bring members in on the Members page, or paste the text of a request.",
    Kind.ODS: "Bring members in on the Members page, or paste the text of a request.",
    Kind.ZIP: "Open it and use the files inside.",
}
