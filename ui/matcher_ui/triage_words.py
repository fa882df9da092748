"""Checks, letters and records in plain words, as the window says them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from matcher.clock import today
from matcher.model import (
    Anonymity,
    Audience,
    CheckAnswer,
    Criterion,
    Ethics,
    FactKind,
    Format,
    LetterKind,
    Payment,
    PeopleWanted,
    Recording,
    Session,
    criterion_words,
)
from matcher.triage import CheckState, FieldChange, Record
from matcher_ui.brief_words import (
    ANONYMITY,
    AUDIENCES,
    ETHICS,
    FORMATS,
    RECORDING,
    amount_words,
    session_words,
)
from matcher_ui.dates import day_words

ANSWERS = {
    CheckAnswer.YES: "Yes", CheckAnswer.NO: "No", CheckAnswer.UNKNOWN: "Not known",
    CheckAnswer.NOT_NEEDED: "Not needed",
}  # fmt: skip
ANSWER_MARKS = {
    CheckAnswer.YES: ("check", "good"), CheckAnswer.NO: ("cross", "stop"),
    CheckAnswer.UNKNOWN: ("question", "care"), CheckAnswer.NOT_NEEDED: ("minus", "ink3"),
}  # fmt: skip
LETTERS = {
    LetterKind.ACCEPT: "Accept", LetterKind.ASK_MORE: "Ask for more", LetterKind.DECLINE: "Decline",
    LetterKind.SIGNPOST: "Send on",
}  # fmt: skip
SENT = {
    LetterKind.ACCEPT: "Accepted", LetterKind.ASK_MORE: "Asked for more", LetterKind.DECLINE: "Declined",
    LetterKind.SIGNPOST: "Sent on to others",
}  # fmt: skip
ADVICE = {
    LetterKind.ACCEPT: "You can say yes.", LetterKind.ASK_MORE: "Ask for more before you ask anybody.",
    LetterKind.DECLINE: "Better declined.", LetterKind.SIGNPOST: "Better sent on to others.",
}  # fmt: skip
FACTS = {
    FactKind.PROMISED: "Promised", FactKind.PAID: "Paid", FactKind.FINDINGS: "Findings returned",
    FactKind.FEEDBACK: "Members' feedback",
}  # fmt: skip
FIELDS = {
    "audience": "Audience", "requester": "Who’s asking", "requester_role": "Their role", "contact": "Contact",
    "organisation": "Organisation", "topics": "Topics", "format": "Format", "involvement": "As advisers",
    "people_wanted": "People wanted", "places": "Places", "regions": "Regions", "remote": "From anywhere",
    "deadline": "Names wanted by", "sessions": "Days to choose from", "duration_minutes": "How long",
    "commitment": "Commitment", "payment": "Payment", "ethics": "Ethics", "anonymity": "How they are shown",
    "recording": "What is recorded", "who_sees": "Who sees it", "comes_back": "What comes back",
    "criteria": "Must and nice to have",
}  # fmt: skip
_LISTED: tuple[tuple[type, Mapping[Any, str]], ...] = (
    (Audience, AUDIENCES), (Format, FORMATS), (Anonymity, ANONYMITY), (Recording, RECORDING),
)  # fmt: skip


def change_words(change: FieldChange) -> tuple[str, str, str]:
    """A changed fact: its name, what was said before, what is said now."""
    return (
        FIELDS.get(change.field, change.field),
        value_words(change.field, change.before),
        value_words(change.field, change.after),
    )


def value_words(field: str, value: object) -> str:
    """A value of a brief in words; empty when it says nothing."""
    if value is None or value in ("", ()):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    listed = next((words for kind, words in _LISTED if isinstance(value, kind)), None)
    if listed is not None:
        return listed[value]
    match value:
        case Ethics():
            return ", ".join(part for part in (ETHICS[value.status], value.body, value.reference) if part)
        case Payment():
            return value.text or f"{amount_words(value)} {value.kind}".strip()
        case PeopleWanted():
            return value.text or " to ".join(str(n) for n in (value.min, value.max) if n is not None)
        case date():
            return day_words(value, today())
        case tuple():
            return "; ".join(map(_one, value))
    return f"{value} minutes" if field == "duration_minutes" else str(value)


def _one(item: object) -> str:
    if isinstance(item, Criterion):
        return criterion_words(item)
    return session_words(item, today()) if isinstance(item, Session) else str(item)


def check_words(check: CheckState) -> str:
    """An item as a screen reader says it."""
    must = "" if check.item.must else ", good to know"
    note = f". {check.note}" if check.note else ""
    return f"{check.item.question} {ANSWERS[check.answer]}{must}{note}"


def place_words(check: CheckState) -> str:
    """The sentence that an answer was read from, in quotes; empty when there is none."""
    return f"“{check.place.text}”" if check.place else ""


def record_words(record: Record) -> tuple[str, ...]:
    """What is on file about a requester, a sentence each."""
    if record.requests <= 1 and not record.asked:
        return ("Nothing from before: this is the first request.",)
    lines = [
        f"{_count(record.requests, 'request')}: {record.open} open, {record.done} done, {record.declined} declined."
    ]
    if record.asked:
        lines.append(f"{record.asked} members asked, {record.agreed} said yes, {record.took_part} took part.")
    if record.took_part:
        heard = f"{record.heard_back} of {record.took_part} heard what came of it."
        owed = f", {record.to_pay} still to be paid" if record.to_pay else ""
        paid = f"{record.paid} paid{owed}; " if record.paid or owed else ""
        lines.append(f"{paid}{heard}")
    if record.cancelled:
        lines.append(f"Cancelled on {_count(record.cancelled, 'member')}.")
    return tuple(lines)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
