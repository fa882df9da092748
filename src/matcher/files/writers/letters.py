"""Letters: a template filled in, and the finished letter as a draft e-mail or a link that opens one."""

import re
from collections.abc import Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from matcher.errors import UserError

_MESSAGE_ID = re.compile(r"<?([\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>?")
_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LONGEST_SUBJECT = 180


@lru_cache(maxsize=64)
def _template(source: str) -> Template:
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=False)
    return environment.from_string(source)


def filled(source: str, values: Mapping[str, Any]) -> str:
    """The template ``source`` with its words filled in; blank lines never stand more than one together.

    A template can do nothing but write. Raises UserError when it is no template (naming the line), or when it
    needs something that ``values`` does not have.
    """
    try:
        written = _template(source).render(values)
    except TemplateSyntaxError as error:
        raise UserError(
            f"The text cannot be read as a template ({error.message}).", where=f"line {error.lineno}",
            todo="Look at the curly brackets in that line.",
        ) from error  # fmt: skip
    except UndefinedError as error:
        raise UserError(f"The text needs something that is not known ({error.message}).") from error
    except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError) as error:
        raise UserError(
            "The text does something that a letter cannot do.", todo="Use only the words that are listed beside it."
        ) from error
    return re.sub(r"\n[ \t]*(?:\n[ \t]*)+\n", "\n\n", written).strip()


def one_line(text: str) -> str:
    """The text without any kind of line break or control character, for headers and first lines."""
    return " ".join("".join(c if c.isprintable() else " " for c in _BREAKS.sub(" ", text)).split())


def eml_bytes(*, to: str, subject: str, body: str, in_reply_to: str = "") -> bytes:
    """A letter as a draft that a mail program opens ready to send (.eml), to one recipient at most.

    Nothing in the values can add a header or a second recipient. Raises UserError when ``to`` is no address.
    """
    message = EmailMessage(policy=SMTP)
    message["To"] = _one_address(to)
    message["Subject"] = one_line(subject)[:_LONGEST_SUBJECT]
    message["X-Unsent"] = "1"  # Outlook then opens it for writing
    thread = _MESSAGE_ID.fullmatch(in_reply_to.strip())
    if thread:
        message["In-Reply-To"] = message["References"] = f"<{thread[1]}>"
    message.set_content(body)
    return message.as_bytes()


def mailto(*, to: str, subject: str, body: str) -> str:
    """The link that opens a letter in a mail program. Raises UserError when ``to`` is no address."""
    address = quote(_one_address(to).addr_spec, safe="@")
    return f"mailto:{address}?subject={quote(one_line(subject)[:_LONGEST_SUBJECT])}&body={quote(body)}"


def _one_address(to: str) -> Address:
    try:
        address = Address(addr_spec=to.strip())
    except (ValueError, IndexError, MessageError):
        address = Address()
    if not (address.username and address.domain) or "," in to or ";" in to or one_line(to) != to.strip():
        raise UserError(
            "There is no e-mail address to write to.", todo="Write one address, or copy the letter instead."
        )
    return address
