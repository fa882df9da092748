"""A document as plain facts: what ``read_document`` returns and what travels from the child as JSON."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from matcher.files.readers.child import Message

DocumentKind = Literal["email", "text", "document", "pdf"]


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address as it stood in a header: the display name, which may be empty, and the address itself."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The original inside a forwarded message; ``start`` is where its own words begin in ``Document.full_text``."""

    sender: Address | None
    subject: str
    sent_at: datetime | None
    start: int


@dataclass(frozen=True, slots=True)
class Part:
    """An attachment: ``text`` is what could be read, ``problem`` a sentence when nothing could."""

    name: str
    kind: str
    text: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What arrived. Times are aware UTC; ``text`` is the new text only, a forwarded original included;
    ``quoted`` is the history below a reply. ``bulk`` says that it calls itself a mass mailing."""

    file_name: str
    kind: DocumentKind
    subject: str = ""
    sender: Address | None = None
    reply_to: Address | None = None
    to: tuple[Address, ...] = ()
    sent_at: datetime | None = None
    message_id: str = ""
    references: tuple[str, ...] = ()
    bulk: bool = False
    text: str = ""
    quoted: str = ""
    forwarded: Forwarded | None = None
    attachments: tuple[Part, ...] = ()

    @property
    def full_text(self) -> str:
        """``text``, then each readable attachment under a marker line; positions of facts refer to this."""
        pieces = [self.text]
        pieces += [f"----- {part.name} -----\n{part.text}" for part in self.attachments if part.text]
        return "\n\n".join(pieces)


def to_plain(document: Document) -> Message:
    """The document as JSON can hold it (times excepted, which the child's encoder knows)."""
    return asdict(document)


def from_plain(found: dict[str, Any]) -> Document:
    """The inverse of ``to_plain`` after a journey through JSON."""
    forwarded = found["forwarded"]
    if forwarded:
        forwarded = Forwarded(**{**forwarded, "sender": _address(forwarded["sender"])})
    return Document(
        **{
            **found,
            "sender": _address(found["sender"]),
            "reply_to": _address(found["reply_to"]),
            "to": tuple(Address(**address) for address in found["to"]),
            "references": tuple(found["references"]),
            "forwarded": forwarded,
            "attachments": tuple(Part(**part) for part in found["attachments"]),
        }
    )


def _address(found: dict[str, str] | None) -> Address | None:
    return Address(**found) if found else None
