"""What the why-panel says about a member, in words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from matcher.clock import LONDON
from matcher.directory import MemberPage
from matcher.matching import Candidate, Evidence
from matcher.model import Audience, Decision, InvitationState, Outcome, Purpose, State, purpose_of
from matcher_ui.brief_words import AUDIENCES
from matcher_ui.models.marks import marks_of
from matcher_ui.widgets.marked_text import Mark

_STATES = {
    State.GIVEN: "given",
    State.ASK_FIRST: "ask first",
    State.REFUSED: "refused",
    State.WITHDRAWN: "withdrawn",
    State.NOT_GIVEN: "not given",
}
_DECIDED = {
    State.GIVEN: Decision.GIVEN,
    State.ASK_FIRST: Decision.ASK_FIRST,
    State.REFUSED: Decision.REFUSED,
    State.WITHDRAWN: Decision.WITHDRAWN,
}
_SOURCES = {
    "experience_text": "",
    "interests_text": "What they’d like to speak about",
    "avoid_text": "What they won’t discuss",
    "availability_text": "When they’re free",
    "hours": "Hours",
    "conditions_text": "Please respect",
}
"""Own words -> the words before them in the panel, in this order; the first two always, others when they count."""
_ALWAYS = ("experience_text", "interests_text")
_CHANNELS = {"whatsapp": "WhatsApp", "email": "E-mail", "phone": "Phone", "text": "Text message", "sms": "Text"}
_TIMES = ("never", "once", "twice")


def told(page: MemberPage, evidence: Sequence[Evidence]) -> tuple[tuple[str, str, tuple[Mark, ...]], ...]:
    """(title, their words, phrases to mark) for each field of own words that is worth showing."""
    held = held_on(page)
    found = []
    for source, title in _SOURCES.items():
        text = held[source] or ""
        marks = marks_of(evidence, source, text)
        if text and (source in _ALWAYS or marks):
            found.append((title, text, marks))
    return tuple(found)


def reason_words(candidate: Candidate, part: str) -> str:
    """The evidence of one part as a sentence."""
    reason = {str(name): words for name, words in candidate.reasons.items()}.get(part, "")
    return reason[:1].upper() + reason[1:] if reason else "Nothing is known that counts here"


def held_on(page: MemberPage) -> dict[str, Any]:
    """The fields of a member by name."""
    return {field.name: field.value for field in page.fields}


def permission_words(audience: Audience, state: State, page: MemberPage) -> str:
    """“Academic: given 12 Feb 2026”."""
    words = f"{AUDIENCES[audience]}: {_STATES[state]}"
    on = _decided_on(page, purpose_of(audience), state)
    return f"{words} {on}" if on else words


def _decided_on(page: MemberPage, purpose: Purpose, state: State) -> str:
    decision = _DECIDED.get(state)
    found = next((d.at for d in page.permissions if d.purpose is purpose and d.decision is decision), None)
    return _plain_day(found) if found else ""


def conditions_words(page: MemberPage) -> str:
    """What they asked to be respected."""
    held = held_on(page)
    if held["conditions_text"]:
        return str(held["conditions_text"])
    return "; ".join(code.replace("_", " ") for code in held["conditions"] or ()).capitalize() or "None told"


def contact_words(page: MemberPage) -> str:
    """How to reach them and what to mind."""
    held = held_on(page)
    usual = "Phone" if held["phone"] else "E-mail" if held["email"] else "No phone or e-mail"
    channel = held["preferred_channel"] or usual
    channel = _CHANNELS.get(channel.casefold(), channel)
    shared = "shared phone: no topic in the first message" if held["shared_phone"] else ""
    return ", ".join(part for part in (channel, held["safe_contact"] or "", shared) if part)


def before_words(page: MemberPage) -> str:
    """“Asked twice, took part once”."""
    asks = [ask for ask in page.participation if ask.asked_at is not None]
    if not asks:
        return "Never asked"
    took = sum(ask.outcome == Outcome.TOOK_PART for ask in asks)
    yes = sum(ask.state in (InvitationState.YES, InvitationState.DONE) for ask in asks)
    what = f"took part {_times(took)}" if took else f"said yes {_times(yes)}" if yes else "no yes so far"
    last = max(ask.asked_at for ask in asks if ask.asked_at)
    return f"Asked {_times(len(asks))}, {what}; last {_plain_day(last)}"


def _times(number: int) -> str:
    return _TIMES[number] if number < len(_TIMES) else f"{number} times"


def _plain_day(moment: datetime) -> str:
    day: date = moment.astimezone(LONDON).date()
    return f"{day.day} {day:%b %Y}"
