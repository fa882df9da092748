"""Requests that want a link shared: people answer there by themselves, and nobody's details go to anybody."""

import re

from matcher.model import Brief, Format

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'()\[\]]+[^\s<>\"'()\[\].,;:!?]", re.IGNORECASE)
_SHARE = re.compile(
    r"\b(?:shar|post|circulat|distribut|forward|publici[sz]|send(?:ing)? (?:out|round|around)|pass(?:ing)? on)\w*"
    r"\b[^.?!]{0,60}\b(?:link|survey|questionnaire|poll)\b"
    r"|\b(?:survey|online) link\b|\blink to (?:the|our|a) (?:\w+ )?(?:survey|questionnaire|form|poll)\b",
    re.IGNORECASE,
)


def wants_link_shared(brief: Brief) -> bool:
    """Whether a request is answered by a link, not to a person: a survey without dates, or its words ask for it."""
    return not brief.sessions and (brief.format is Format.SURVEY or _SHARE.search(brief.text) is not None)


def link_in(brief: Brief) -> str:
    """The first web address in a request's words; "" when there is none."""
    found = _ADDRESS.search(brief.text)
    return found[0] if found else ""
