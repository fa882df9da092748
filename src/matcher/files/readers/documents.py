"""``read_document`` and ``read_text``: an e-mail, letter, leaflet or paste as plain text with its envelope."""

from pathlib import Path

from matcher.files.readers.child import Message
from matcher.files.readers.document import Address, Document, DocumentKind, Forwarded, Part, from_plain
from matcher.files.readers.limits import MAX_DOCUMENT_BYTES
from matcher.files.readers.quoting import text_document, without_writers
from matcher.files.readers.sandbox import ReaderFailed, check_file, run
from matcher.progress import Progress, silent

__all__ = [
    "Address", "Document", "DocumentKind", "Forwarded", "Part", "read_document", "read_text", "without_writers",
]  # fmt: skip


def read_document(path: Path, progress: Progress = silent) -> Document:
    """Read an .eml, .msg, .docx, .pdf, .txt, .ics or .html file; what it is, is told by its content.

    Raises UserError naming the file; an attachment that cannot be read never hides the message around it.
    """
    check_file(path, MAX_DOCUMENT_BYTES)
    try:
        return _read(path, progress, attachments=True)
    except ReaderFailed as error:
        try:
            return _read(path, progress, attachments=False)
        except ReaderFailed:
            raise error.as_user_error(path.name) from error


def _read(path: Path, progress: Progress, *, attachments: bool) -> Document:
    order = {"job": "document", "path": str(path), "name": path.name, "attachments": attachments}
    found: Message = {}
    for message in run(order, path.name, progress, f"Reading {path.name}"):
        found = message
    if "document" not in found:
        raise ReaderFailed("died")
    return from_plain(found["document"])


def read_text(text: str, name: str = "pasted text") -> Document:
    """A pasted text as a document; a pasted e-mail with its header lines is taken apart like one."""
    return text_document(text, name)
