"""E-mails (.eml): the body a reader would see, the envelope, attachments, whatever their charset claims."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from functools import partial
from typing import Any

from matcher.files.readers.attachments import Attached, Budget, read_attachment
from matcher.files.readers.document import Address, Document, Forwarded
from matcher.files.readers.encoding import decode_text
from matcher.files.readers.html_text import html_to_text
from matcher.files.readers.quoting import address_in, moment_in, split_body
from matcher.files.readers.tidy import tidy

_HEADER_NAME = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):")
_OF_MAIL = frozenset(
    (b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to", b"dkim-signature", b"x-mailer")
)
_BULK = frozenset({"bulk", "list", "junk"})
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_STUB = re.compile(
    r"(?:not|n't) (?:support|display|show|view)\w* html"
    r"|html (?:version|format|e-?mail)|view (?:this|it) .{0,30}browser",
    re.I,
)
_STUB_LETTERS = 200
_DEEPEST = 30
_SHORT_NOTE = 400


def looks_like_mail(data: bytes, name: str) -> bool:
    """Whether a text file is a saved e-mail: it begins with header lines only mail programs write."""
    head = data[:16_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    names = {match[1].lower() for line in re.split(rb"\r?\n", top) if (match := _HEADER_NAME.match(line))}
    if name.lower().endswith((".eml", ".mht", ".emlx")):
        return bool(names & (_OF_MAIL | {b"from", b"subject", b"date", b"content-type", b"to"}))
    return len(names & _OF_MAIL) >= 2


def mail_document(data: bytes, name: str, budget: Budget) -> Document:
    """The e-mail in ``data``; mangled structure gives what can be saved of it."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    message = message_from_bytes(data, policy=default)
    headers = _headers(message)
    envelope = Document(
        name,
        "email",
        subject=tidy(" ".join(headers.get("subject", "").split())),
        sender=address_in(headers.get("from", "")) or address_in(headers.get("sender", "")),
        reply_to=address_in(headers.get("reply-to", "")),
        to=_addresses(message, headers.get("to", "")),
        sent_at=moment_in(headers.get("date", "")) if "date" in headers else None,
        message_id=headers.get("message-id", "").strip(),
        references=references_in(headers),
        bulk=is_bulk(headers),
    )
    found = _Found()
    _gather(message, found, 0)
    attached = [read_attachment(item.name, item.data(), budget, message=item.message) for item in found.attachments]
    return assembled(envelope, tidy("\n\n".join(found.texts)), attached)


def assembled(envelope: Document, body: str, attached: list[Attached]) -> Document:
    """The document of an envelope, its body and what was attached (also used for Outlook's own format)."""
    split = split_body(body, envelope.subject)
    document = replace(
        envelope,
        text=split.text,
        quoted=split.quoted,
        forwarded=split.forwarded,
        attachments=tuple(item.part for item in attached),
    )
    messages = [item for item in attached if item.message is not None]
    if document.forwarded is None and len(messages) == 1 and len(split.text) < _SHORT_NOTE:
        return replace(document, forwarded=_forwarded_whole(document, messages[0]))
    return document


def references_in(headers: Mapping[str, str]) -> tuple[str, ...]:
    """The messages this one answers, the direct one first; ``headers`` have names in lower case."""
    text = f"{headers.get('in-reply-to', '')} {headers.get('references', '')}"
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(text)))


def is_bulk(headers: Mapping[str, str]) -> bool:
    """Whether the message calls itself a mass mailing."""
    return (
        "list-unsubscribe" in headers
        or "list-id" in headers
        or headers.get("precedence", "").strip().lower() in _BULK
        or headers.get("auto-submitted", "no").strip().lower() not in ("", "no")
    )


def _forwarded_whole(document: Document, item: Attached) -> Forwarded | None:
    inner = item.message
    if inner is None:
        return None
    start = document.full_text.find(inner.full_text)
    return Forwarded(inner.sender, inner.subject, inner.sent_at, max(start, 0))


def _headers(message: EmailMessage) -> dict[str, str]:
    """Decoded headers, names in lower case, the first of each kept."""
    found: dict[str, str] = {}
    for raw_name, raw in message.raw_items():
        name = raw_name.lower()
        if name in found:
            continue
        found[name] = _decoded(_repaired(str(raw)))
    return found


def _decoded(raw: str) -> str:
    """A header's words. Taken whole: the structured parser drops parts of names it cannot place."""
    text = " ".join(raw.split())
    try:
        return str(make_header(decode_header(text)))
    except (MessageError, ValueError, LookupError):
        return text


def _repaired(text: str) -> str:
    """Letters that stood in a header as bare bytes."""
    if not any("\udc80" <= letter <= "\udcff" for letter in text):
        return text
    return decode_text(text.encode("utf-8", "surrogateescape"))


def _addresses(message: EmailMessage, text: str) -> tuple[Address, ...]:
    try:
        header: Any = message["to"]
        return tuple(Address(entry.display_name, entry.addr_spec) for entry in header.addresses if entry.addr_spec)
    except Exception:  # noqa: BLE001 - mangled headers raise anything
        one = address_in(text)
        return (one,) if one else ()


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    data: Callable[[], bytes]
    message: bool = False


@dataclass(slots=True)
class _Found:
    """Inline texts and attachments, in the order of the message."""

    texts: list[str] = field(default_factory=list)
    attachments: list[_Item] = field(default_factory=list)


def _gather(part: EmailMessage, found: _Found, depth: int) -> None:
    kind = part.get_content_type()
    name = _file_name(part)
    if kind == "message/rfc822":
        _gather_message(part, name, found)
    elif part.is_multipart() and depth < _DEEPEST:
        if kind == "multipart/alternative":
            _gather_alternative(list(_children(part)), found, depth)
        elif not kind.startswith("message/"):
            for child in _children(part):
                _gather(child, found, depth + 1)
    elif kind in ("text/plain", "text/html") and not name and not _is_attachment(part):
        found.texts.append(_inline_text(part, kind))
    elif kind != "application/pgp-signature" and "pkcs7-signature" not in kind and not _is_decoration(part, kind):
        found.attachments.append(_Item(name or _unnamed(kind), partial(_payload, part)))


def _children(part: EmailMessage) -> Iterator[EmailMessage]:
    payload: Any = part.get_payload()
    return (child for child in payload if isinstance(child, EmailMessage))


def _gather_message(part: EmailMessage, name: str, found: _Found) -> None:
    for child in _children(part):
        subject = _headers(child).get("subject", "").strip()
        found.attachments.append(_Item(name or f"{subject or 'message'}.eml", partial(_whole, child), message=True))
        return


def _whole(message: EmailMessage) -> bytes:
    try:
        return message.as_bytes()
    except Exception:  # noqa: BLE001 - mangled messages cannot always be written again
        return message.as_string(policy=message.policy.clone(max_line_length=0)).encode("utf-8", "replace")


def _gather_alternative(children: list[EmailMessage], found: _Found, depth: int) -> None:
    """Of the same words in several forms take the plain ones, unless they are only a stub."""
    options: list[tuple[bool, _Found]] = []
    for child in children:
        option = _Found()
        _gather(child, option, depth + 1)
        options.append((child.get_content_type() == "text/plain", option))
    plain = next((option for is_plain, option in options if is_plain and _has_words(option)), None)
    rich = next((option for is_plain, option in reversed(options) if not is_plain and _has_words(option)), None)
    chosen = rich if plain is None or (rich is not None and _is_stub(_words(plain), _words(rich))) else plain
    if chosen is not None:
        found.texts += chosen.texts
    for _, option in options:
        found.attachments += option.attachments


def _words(option: _Found) -> str:
    return "\n".join(option.texts)


def _has_words(option: _Found) -> bool:
    return bool(_words(option).strip())


def _is_stub(plain: str, rich: str) -> bool:
    small = len(plain) < _STUB_LETTERS and len(rich) > 2 * len(plain)
    return small or (len(plain) * 3 < len(rich) and bool(_STUB.search(plain)))


def _inline_text(part: EmailMessage, kind: str) -> str:
    text = decode_text(_payload(part), _charset(part))
    if kind == "text/html":
        return html_to_text(text)
    if part.get_param("format", "") == "flowed":
        text = _unflowed(text, delete_space=part.get_param("delsp", "") == "yes")
    return tidy(text)


def _unflowed(text: str, *, delete_space: bool) -> str:
    """RFC 3676: a line that ends in a space goes on in the next, except the signature mark."""
    lines: list[str] = []
    flowing = False
    for line in text.replace("\r\n", "\n").split("\n"):
        body = line[1:] if line.startswith(" ") else line
        if flowing and not line.startswith(">"):
            lines[-1] += body
        else:
            lines.append(body)
        flowing = line.endswith(" ") and line != "-- " and not line.startswith(">")
        if flowing and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _payload(part: EmailMessage) -> bytes:
    try:
        payload: Any = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001 - broken transfer encodings
        payload = None
    if isinstance(payload, bytes):
        return payload
    raw: Any = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _charset(part: EmailMessage) -> str | None:
    try:
        return part.get_content_charset()
    except Exception:  # noqa: BLE001 - mangled headers raise anything
        return None


def _file_name(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
    except Exception:  # noqa: BLE001 - mangled headers raise anything
        name = ""
    return re.split(r"[\\/]", tidy(" ".join(name.split())))[-1][:200]


def _is_attachment(part: EmailMessage) -> bool:
    return str(part.get("content-disposition", "")).strip().lower().startswith("attachment")


def _is_decoration(part: EmailMessage, kind: str) -> bool:
    """A logo or tracking pixel shown inside the message."""
    return kind.startswith("image/") and not _is_attachment(part)


def _unnamed(kind: str) -> str:
    return _NAMES.get(kind, "attachment")


_NAMES = {
    "text/calendar": "invitation.ics",
    "text/html": "page.html",
    "text/plain": "text.txt",
    "application/pdf": "file.pdf",
}
