"""Outlook .msg files."""

from typing import Any

from oxmsg import Message as OutlookMessage

from matcher.clock import as_utc
from matcher.errors import UserError
from matcher.files.readers.attachments import Attached, Budget, read_attachment
from matcher.files.readers.document import Address, Document
from matcher.files.readers.encoding import decode_text
from matcher.files.readers.faults import damaged
from matcher.files.readers.html_text import html_to_text
from matcher.files.readers.mail import assembled, is_bulk, references_in
from matcher.files.readers.quoting import address_in
from matcher.files.readers.tidy import tidy

_HTML_PROPERTY = 0x1013


def outlook_document(data: bytes, name: str, budget: Budget) -> Document:
    """The message in ``data``. Raises UserError when it is damaged."""
    try:
        message = OutlookMessage.load(data)
        headers = {key.lower(): value for key, value in message.message_headers.items()}
        sent = message.sent_date
        envelope = Document(
            name,
            "email",
            subject=tidy(message.subject),
            sender=address_in(message.sender or ""),
            reply_to=address_in(headers.get("reply-to", "")),
            to=tuple(Address(person.name, person.email_address) for person in message.recipients),
            sent_at=as_utc(sent) if sent else None,
            message_id=headers.get("message-id", "").strip(),
            references=references_in(headers),
            bulk=is_bulk(headers),
        )
        body = _body(message)
        attached = [_attachment(item, budget) for item in message.attachments]
    except (UserError, MemoryError):
        raise
    except Exception as error:  # olefile and oxmsg let struct, key and assertion errors through
        raise damaged(name, "Outlook message") from error
    return assembled(envelope, body, attached)


def _body(message: OutlookMessage) -> str:
    if message.body and message.body.strip():
        return tidy(message.body)
    raw = message.properties.binary_prop_value(_HTML_PROPERTY)
    return html_to_text(decode_text(raw) if raw else message.html_body or "")


def _attachment(item: Any, budget: Budget) -> Attached:
    name = item.file_name or "attachment"
    return read_attachment(name, item.file_bytes or b"", budget)
