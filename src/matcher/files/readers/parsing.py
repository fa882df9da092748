"""Inside the child: a document file becomes one ``{"document": ...}`` message."""

from collections.abc import Iterator
from pathlib import Path

from matcher.errors import UserError
from matcher.files.readers.attachments import Budget
from matcher.files.readers.child import Message
from matcher.files.readers.document import Document, to_plain
from matcher.files.readers.kinds import Kind, kind_of
from matcher.files.readers.mail import looks_like_mail, mail_document
from matcher.files.readers.outlook import outlook_document
from matcher.files.readers.parts import text_of
from matcher.files.readers.quoting import text_document


def messages(order: Message) -> Iterator[Message]:
    """Read the file that ``order`` names."""
    budget = Budget(parse, read=bool(order["attachments"]))
    yield {"document": to_plain(parse(Path(order["path"]).read_bytes(), str(order["name"]), budget))}


def parse(data: bytes, name: str, budget: Budget) -> Document:
    """The document in ``data``. Raises UserError naming it when it holds nothing to read."""
    kind = kind_of(data)
    if kind is Kind.MSG:
        return outlook_document(data, name, budget)
    if kind in (Kind.TEXT, Kind.HTML, Kind.BINARY) and looks_like_mail(data, name):
        return mail_document(data, name, budget)
    read = text_of(data, name, kind)
    if read.problem:
        raise UserError(read.problem, where=name, todo=read.todo)
    if kind is Kind.TEXT:
        return text_document(read.text, name)
    return Document(name, "pdf" if kind is Kind.PDF else "document", subject=read.title, text=read.text)
