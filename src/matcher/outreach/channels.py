"""How to reach a member: the channel that they let be used, and whether somebody else may read what is written."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from matcher.consent.conflicts import is_work_address
from matcher.knowledge.emails import email
from matcher.knowledge.phones import phone, wa_link
from matcher.model import Member

WHATSAPP, PHONE, EMAIL = "WhatsApp", "Phone", "E-mail"
CHANNELS = (WHATSAPP, PHONE, EMAIL)
_NAMED_CHANNEL = re.compile("whats|phone|call|text|sms|mail", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Way:
    """A channel and the number (E.164) or address on it; both empty when there is none.

    ``neutral``: somebody else may read it, so the first words name no topic and no organisation.
    """

    channel: str
    address: str
    neutral: bool

    def link(self, text: str, subject: str) -> str:
        """What opens the channel with the text in it; "" where there is no address. A call has no text."""
        if self.channel == WHATSAPP and self.address:
            return f"{wa_link(self.address)}?text={quote(text)}"
        if self.channel == PHONE and self.address:
            return f"tel:{self.address}"
        if self.channel == EMAIL and self.address:
            return f"mailto:{quote(self.address, safe='@')}?subject={quote(subject)}&body={quote(text)}"
        return ""


def way_to(member: Member) -> Way:
    """The way to reach a member that her conditions allow, her preferred one first."""
    codes = member.conditions or ()
    number = phone(member.phone)
    if number is not None and ("email_only" in codes or (not number.mobile and "text_only" in codes)):
        number = None
    mail = "" if "no_email" in codes else member.email or ""
    if number is not None and not (mail and _prefers_mail(member)):
        return Way(WHATSAPP if number.mobile else PHONE, number.e164, _others_may_read(member, ""))
    return Way(EMAIL if mail else "", email(mail) or "", _others_may_read(member, mail))


def _others_may_read(member: Member, mail: str) -> bool:
    """Whether somebody else may open a message: on a shared phone, or at ``mail``, an address at work."""
    return member.shared_phone or is_work_address(member.employer, mail)


def _prefers_mail(member: Member) -> bool:
    """Whether e-mail is the first channel that she names."""
    named = _NAMED_CHANNEL.search(member.preferred_channel or "")
    return named is not None and named[0].casefold() == "mail"
