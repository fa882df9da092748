"""What she sends to a member: one ready message, from a template, on a channel that is safe for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from matcher.consent.conflicts import is_work_address
from matcher.files.writers.letters import filled
from matcher.knowledge.emails import email
from matcher.knowledge.phones import phone, wa_link
from matcher.model import Anonymity, Brief, Format, Member, Payment, Session
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
    return reach(member, "templates/ask.txt", _brief_words(brief), organisation=organisation, sender=sender)


def reach(
    member: Member, template: str, words: Mapping[str, Any], *, organisation: str, sender: str
) -> Ask:  # fmt: skip
    """A template filled in for one member, on a channel she lets be used.

    Where somebody else may read it (a shared phone, an address at work) it opens neutrally: no topic, no
    organisation. Raises UserError when the template needs something that ``words`` does not have.
    """
    codes = member.conditions or ()
    number = phone(member.phone)
    if number is not None and not number.mobile and "text_only" in codes:
        number = None
    if "email_only" in codes:
        number = None
    mail = "" if "no_email" in codes else member.email or ""
    by_mail = bool(mail) and (number is None or _prefers_mail(member))
    neutral = _others_may_read(member, mail if by_mail else "")
    message = _render(template, member, {**words, "neutral": neutral}, organisation, sender)
    if number is not None and not by_mail:
        if number.mobile:
            return Ask("WhatsApp", message, f"{wa_link(number.e164)}?text={quote(message)}")
        return Ask("Phone", message, f"tel:{number.e164}")
    if address := email(mail):
        to, subject = quote(address, safe="@"), quote(_subject(organisation, sender, neutral=neutral))
        return Ask("E-mail", message, f"mailto:{to}?subject={subject}&body={quote(message)}")
    return Ask("E-mail" if mail else "", message, "")


def _others_may_read(member: Member, mail: str) -> bool:
    """Whether somebody else may open a message: on a shared phone, or at ``mail``, an address at work."""
    return member.shared_phone or is_work_address(member.employer, mail)


def _subject(organisation: str, sender: str, *, neutral: bool) -> str:
    who = sender if neutral else organisation
    return f"A question from {who}" if who else "A question"


def _prefers_mail(member: Member) -> bool:
    """Whether e-mail is the first channel that she names."""
    named = _NAMED_CHANNEL.search(member.preferred_channel or "")
    return named is not None and named[0].casefold() == "mail"


def _render(template: str, member: Member, words: Mapping[str, Any], organisation: str, sender: str) -> str:
    values = {
        "first_name": _one_line(member.first_name or "there"),
        "sender": _one_line(sender),
        "organisation": _one_line(organisation),
        **words,
    }
    return filled(path_to(template).read_text(encoding="utf-8"), values)


def _brief_words(brief: Brief) -> dict[str, Any]:
    return {
        "who": _one_line(_who(brief)),
        "title": _one_line(brief.title),
        "what": _what(brief),
        "how_long": _how_long(brief),
        "where": _one_line(_where(brief)),
        "by_when": spoken_day(brief.deadline) if brief.deadline else "",
        "sessions": _one_line("; ".join(map(spoken_session, brief.sessions))),
        "payment": _one_line(_payment(brief.payment)),
        "paid": bool(brief.payment.amount),
        "anonymity": _APPEAR[brief.anonymity],
    }


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


def spoken_session(one: Session) -> str:
    """A dated occasion as people write it: “Tue 12 May 14:00 Leeds”."""
    return " ".join(part for part in (spoken_day(one.on), one.time, one.place) if part)


def _payment(payment: Payment) -> str:
    expenses = f" {_stopped(f'Expenses: {payment.expenses}')}" if payment.expenses else ""
    if payment.amount is None:
        return _stopped(payment.text or "they have not said") + expenses
    if payment.amount == 0:
        return _stopped(payment.text or "none") + expenses
    amount = f"{payment.amount:,.2f}".removesuffix(".00")
    symbol = "£" if payment.currency == "GBP" else f"{payment.currency} "
    return _stopped(f"{symbol}{amount} {payment.kind}".strip()) + expenses


def _stopped(sentence: str) -> str:
    """The sentence with a full stop at its end, unless it ends already."""
    sentence = sentence.rstrip()
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def spoken_day(day: date) -> str:
    """A day as people write it: “Tue 12 May”."""
    return f"{day:%a} {day.day} {day:%b}"
