"""What she sends to a member: one ready message, from a template and the brief."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote

from jinja2 import StrictUndefined, Template, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from matcher.errors import UserError
from matcher.knowledge.emails import email
from matcher.knowledge.phones import phone, wa_link
from matcher.model import Anonymity, Brief, Format, Member, Payment
from matcher_resources import path_to

_NAMED_CHANNEL = re.compile("whats|phone|call|text|sms|mail", re.IGNORECASE)
_APPEAR = {
    Anonymity.ANONYMOUS: "anonymous, nobody can tell it was you",
    Anonymity.PSEUDONYM: "under a made-up name",
    Anonymity.FIRST_NAME: "by first name only",
    Anonymity.NAMED: "by your full name",
    Anonymity.ON_CAMERA: "on camera, you can be recognised",
    Anonymity.NOT_STATED: "they have not said; I will find out before anything is shared",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """How to reach one member: the channel, the text and a link that opens it, where the channel has one."""

    channel: str
    message: str
    link: str


def ask_for(member: Member, brief: Brief, *, organisation: str, sender: str) -> Ask:
    """The ready ask for one member. Raises UserError when the template needs something that is missing."""
    message = _render(member, brief, organisation, sender)
    number, address = phone(member.phone), email(member.email)
    if number is not None and not (member.email and _prefers_mail(member)):
        if number.mobile:
            return Ask("WhatsApp", message, f"{wa_link(number.e164)}?text={quote(message)}")
        return Ask("Phone", message, f"tel:{number.e164}")
    if address:
        to, subject = quote(address, safe="@"), quote("A question from " + organisation)
        return Ask("E-mail", message, f"mailto:{to}?subject={subject}&body={quote(message)}")
    return Ask("E-mail" if member.email else "", message, "")


def _prefers_mail(member: Member) -> bool:
    """Whether e-mail is the first channel that she names."""
    named = _NAMED_CHANNEL.search(member.preferred_channel or "")
    return named is not None and named[0].casefold() == "mail"


@cache
def _template() -> Template:
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=False)
    return environment.from_string(path_to("templates/ask.txt").read_text(encoding="utf-8"))


def _render(member: Member, brief: Brief, organisation: str, sender: str) -> str:
    values: dict[str, Any] = {
        "neutral": member.shared_phone,
        "first_name": _one_line(member.first_name or "there"),
        "sender": _one_line(sender or organisation),
        "organisation": _one_line(organisation),
        "who": _one_line(_who(brief)),
        "title": _one_line(brief.title),
        "what": _what(brief),
        "how_long": _how_long(brief),
        "where": _one_line(_where(brief)),
        "by_when": spoken_day(brief.deadline) if brief.deadline else "",
        "sessions": _one_line("; ".join(_session(s.on, s.time, s.place) for s in brief.sessions)),
        "payment": _one_line(_payment(brief.payment)),
        "paid": bool(brief.payment.amount),
        "anonymity": _APPEAR[brief.anonymity],
    }
    try:
        return _template().render(values).strip()
    except UndefinedError as error:
        raise UserError(f"The message needs something the brief does not have ({error.message}).") from error


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _who(brief: Brief) -> str:
    named = [part for part in (brief.requester, brief.organisation) if part]
    return ", ".join(named) or "Somebody"


def _what(brief: Brief) -> str:
    return "taking part" if brief.format is Format.OTHER else brief.format.value.replace("_", " ")


def _how_long(brief: Brief) -> str:
    minutes = brief.duration_minutes
    spoken = f"about {minutes} minutes" if minutes else ""
    return _one_line(", ".join(part for part in (spoken, brief.commitment) if part))


def _where(brief: Brief) -> str:
    places = ", ".join(brief.places or brief.regions)
    if brief.remote:
        return f"online or by phone, or {places}" if brief.places else "online or by phone"
    return places


def _session(on: date, time: str, place: str) -> str:
    return " ".join(part for part in (spoken_day(on), time, place) if part)


def _payment(payment: Payment) -> str:
    expenses = f" Expenses: {payment.expenses}." if payment.expenses else ""
    if payment.amount is None:
        return (payment.text or "they have not said.") + expenses
    if payment.amount == 0:
        return (payment.text or "none.") + expenses
    amount = f"{payment.amount:,.2f}".removesuffix(".00")
    symbol = "£" if payment.currency == "GBP" else f"{payment.currency} "
    return f"{symbol}{amount} {payment.kind}".strip() + "." + expenses


def spoken_day(day: date) -> str:
    """A day as people write it: “Tue 12 May”."""
    return f"{day:%a} {day.day} {day:%b}"
