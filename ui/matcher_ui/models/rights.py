"""Requests about people's own data, and complaints, in the words of the screen. No Qt here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.consent import RightsRow, rights_cases
from matcher.model import How, RightsKind
from matcher.storage.store import Store
from matcher.triage import RequesterRow, list_requesters
from matcher_ui.dates import away, day_words
from matcher_ui.purposes import HOWS

NEARLY_DAYS = 7
KINDS: Mapping[RightsKind, str] = {
    RightsKind.ACCESS: "Wants to see what is held",
    RightsKind.CORRECTION: "Wants something corrected",
    RightsKind.ERASURE: "Wants to be erased",
    RightsKind.OBJECTION: "Objects to a use",
    RightsKind.COMPLAINT: "Complains",
}
ICONS: Mapping[RightsKind, str] = {
    RightsKind.ACCESS: "eye", RightsKind.CORRECTION: "pencil", RightsKind.ERASURE: "trash",
    RightsKind.OBJECTION: "no_entry", RightsKind.COMPLAINT: "warning",
}  # fmt: skip
MEANS: Mapping[RightsKind, str] = {
    RightsKind.ACCESS: "Answer within one month with everything held on them.",
    RightsKind.CORRECTION: "Answer within one month; whoever was given the old details is told.",
    RightsKind.ERASURE: "Answer within one month. Erase them from their page once you know it is them.",
    RightsKind.OBJECTION: "The use stops at once. Answer within one month.",
    RightsKind.COMPLAINT: "Write within 30 days that it came in, then look into it and answer without delay.",
}


@dataclass(frozen=True, slots=True)
class Rights:
    """What the page shows: open and answered cases, and the requesters who can be named in a new one."""

    open: tuple[RightsRow, ...]
    answered: tuple[RightsRow, ...]
    requesters: tuple[RequesterRow, ...]


def read_rights(store: Store) -> Rights:
    """Everything the page needs."""
    every = rights_cases(store, settled=True)
    waits = tuple(one for one in every if one.settled is None)
    answered = tuple(one for one in every if one.settled is not None)
    latest = sorted(answered, key=lambda one: (one.settled or date.min, one.id), reverse=True)
    return Rights(waits, tuple(latest), list_requesters(store))


def title_of(one: RightsRow) -> str:
    """“Ada Stone: wants to see what is held”."""
    words = KINDS[one.kind]
    return f"{one.who}: {words[:1].lower()}{words[1:]}"


def due_words(one: RightsRow, today: date) -> str:
    """By when what has to be done; what waits without a day, too."""
    if one.settled is not None:
        return f"Answered on {day_words(one.settled, today)}"
    if one.due is None:
        return "Acknowledged; answer without delay"
    act = "Acknowledge" if one.kind is RightsKind.COMPLAINT else "Answer"
    return f"{act} by {day_words(one.due, today)}, {away(one.due, today)}"


def due_ink(one: RightsRow, today: date) -> str:
    """How pressing it is, as a colour token; the words say it as well."""
    if one.settled is not None or one.due is None:
        return "ink2"
    days = (one.due - today).days
    return "stop" if days < 0 else "care" if days <= NEARLY_DAYS else "ink2"


def fact_words(one: RightsRow, today: date) -> str:
    """When and how it came in and what was done about it, in one line."""
    how = HOWS.get(How(one.how), one.how) if one.how else ""
    days = (
        ("identity checked", one.identity_checked), ("acknowledged", one.acknowledged),
        ("extended to", one.extended_to),
    )  # fmt: skip
    facts = [f"Received {day_words(one.received, today)}{f' by {how}' if how else ''}"]
    facts += [f"{words} {day_words(day, today)}" for words, day in days if day is not None]
    return ", ".join(facts)
