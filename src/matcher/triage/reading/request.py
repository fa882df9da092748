"""Read a request out of a document: a brief, and for each fact the place that says it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from matcher import clock
from matcher.files.readers.documents import Document, without_writers
from matcher.model import Audience, Brief, Criterion, CriterionField, Format, RequestKind, Strength
from matcher.triage.reading.audience import audience_of
from matcher.triage.reading.criteria.criteria import criteria_of
from matcher.triage.reading.dates import when_asked
from matcher.triage.reading.ethics import ethics_of, ethics_unsaid
from matcher.triage.reading.flags import Flag, flags_of
from matcher.triage.reading.kind import kind_of
from matcher.triage.reading.layout import Layout, lay_out
from matcher.triage.reading.payment import payment_of
from matcher.triage.reading.people_wanted import people_wanted
from matcher.triage.reading.places import where_wanted
from matcher.triage.reading.privacy import privacy_of
from matcher.triage.reading.requester import who_asks
from matcher.triage.reading.taking_part import what_is_asked
from matcher.triage.reading.text import Found, Sender, TextToRead
from matcher.triage.reading.title import title_of
from matcher.triage.reading.topics import topics_of

_MOST_READ = 60_000
"""Letters of a document that the rules look at: twenty pages; a request says what it wants long before."""
_SALUTED = re.compile(r"^[ \t]*Dear\b", re.M)
Facts = dict[str, Found[Any]]
_OF_THE_ASKER = frozenset({"requester_role", "contact", "organisation"})
"""What tells whom an asker speaks for."""
_OF_TAKING_PART = frozenset({"format", "duration_minutes", "commitment"})
"""What only a request has: a “15 min call” in an advertisement is nobody's interview."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The stretch of the document's full text that says a fact; ``sure`` when it is said outright."""

    text: str
    start: int
    end: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A request as read, not yet logged. ``evidence`` has the brief's field names, ``criteria.0`` and so on."""

    kind: RequestKind
    brief: Brief
    evidence: dict[str, Evidence]
    flags: tuple[Flag, ...]


def received_at(document: Document | None, given: datetime | None) -> datetime:
    """When a request arrived: as given, else when it was sent, else now."""
    if given is not None:
        return clock.as_utc(given)
    if document is not None and document.sent_at is not None:
        return document.sent_at
    return clock.now()


def read_request(document: Document, received: datetime, *, dated: bool = True) -> Draft:
    """Everything the document says as a brief; facts its new part leaves out are taken from the quoted history.

    ``dated`` false: nobody knows when it was written, so that "by Friday" is only read as from ``received``.
    """
    text = text_to_read(document, received)
    kind = kind_of(text, bulk=document.bulk, answers=bool(document.references))
    facts = _facts(text, Audience.SECTOR if kind is RequestKind.MARKETING else None)
    if kind is not RequestKind.REQUEST:
        facts = {name: found for name, found in facts.items() if name not in _OF_TAKING_PART}
    brief = _brief(document.text, facts)
    if document.quoted.strip():
        history = quoted_text(document, received, text)
        stranger = kind is not RequestKind.MARKETING and not facts.keys() & _OF_THE_ASKER
        older = _facts(history, None if stranger else facts["audience"].value)
        facts = _without_guesses(facts, older, stranger=stranger, titled=bool(document.subject))
        brief = _completed(brief, facts, _brief(document.text, older))
    if kind is RequestKind.REQUEST and brief.audience is Audience.MEDIA and brief.format is Format.OTHER:
        brief = replace(brief, format=Format.PRINT)
    told = facts if dated else _without_a_day(text.text, facts)
    return Draft(kind, brief, _evidence(text.text, told), flags_of(text, brief))


_NAMES_A_DAY = re.compile(
    r"\d ?(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? \d|\d{1,2}[./-]\d{1,2}",
    re.I,
)


def _without_a_day(words: str, facts: Facts) -> Facts:
    """The facts, those dates unsure that only count from the day on which it was written."""
    return {
        name: replace(found, sure=False)
        if name.partition(".")[0] in ("deadline", "sessions")
        and not _NAMES_A_DAY.search(words[found.start : found.end])
        else found
        for name, found in facts.items()
    }


def text_to_read(document: Document, received: datetime) -> TextToRead:
    """The document's new text and its attachments, laid out; a forwarded original counts as the request itself."""
    whole = document.full_text[:_MOST_READ]
    forwarded = document.forwarded
    sender, subject = document.sender, document.subject
    start = 0
    if forwarded is not None:
        sender, subject, start = forwarded.sender or sender, forwarded.subject or subject, forwarded.start
    letter = document.kind in ("email", "text") or forwarded is not None or _SALUTED.search(whole) is not None
    body = min(len(document.text), len(whole))
    layouts = [lay_out(whole, start, body, letter=letter), *_attachments(document, len(whole))]
    envelope = Sender(sender.name, sender.email) if sender else Sender()
    return TextToRead(whole, received, subject, envelope, tuple(layouts))


def _attachments(document: Document, most: int) -> list[Layout]:
    found, at, whole = [], len(document.text), document.full_text
    for part in document.attachments:
        if part.text:
            at = whole.index(part.text, at)
            if at < most:
                found.append(lay_out(whole, at, min(at + len(part.text), most), letter=False))
            at += len(part.text)
    return found


def quoted_text(document: Document, received: datetime, reply: TextToRead) -> TextToRead:
    """The history below a reply, laid out by itself; its sender is the writer in it who signs the ``reply``.

    The lines that say who wrote when are no part of it, nor is what the network
    itself wrote, to whom the reply goes.
    """
    to = frozenset(address.email.lower() for address in document.to)
    words, writers = without_writers(document.quoted[:_MOST_READ], but=to)
    older = "\n".join(line.lstrip("> ") for line in words.split("\n"))
    signed = [_name_parts(line.text) for line in reply.lines[1:]]
    ours = (w for w in writers if any(parts and parts <= _name_parts(w.name) for parts in signed))
    writer = next(ours, None)
    sender = Sender(writer.name, writer.email) if writer else Sender()
    return TextToRead(older, received, document.subject, sender, (lay_out(older, 0, len(older), letter=True),))


def _name_parts(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", words.lower()))


def _facts(text: TextToRead, audience: Audience | None = None) -> Facts:
    who = who_asks(text)
    speaks_for = audience_of(text, who) if audience is None else Found(audience, 0, 0)
    what = what_is_asked(text, speaks_for.value)
    when = when_asked(text, speaks_for.value)
    names = tuple(fact.value for fact in (who.requester, who.organisation) if fact)
    where = where_wanted(text, names)
    privacy = privacy_of(text, speaks_for.value)
    criteria = criteria_of(text, names, privacy.anonymity, where.places.value if where.places else ())
    facts: dict[str, Found[Any] | None] = {
        "title": title_of(text),
        "audience": speaks_for,
        "requester": who.requester,
        "requester_role": who.role,
        "contact": who.contact,
        "organisation": who.organisation,
        "format": what.format,
        "topics": topics_of(text),
        "involvement": what.involvement,
        "people_wanted": people_wanted(text, occasions=len(when.sessions)),
        "places": where.places or _places_of(criteria),
        "regions": where.regions,
        "remote": what.remote,
        "deadline": when.deadline,
        "duration_minutes": when.duration,
        "commitment": when.commitment,
        "payment": payment_of(text),
        "ethics": ethics_of(text),
        "anonymity": privacy.anonymity,
        "recording": privacy.recording,
        "who_sees": what.who_sees,
        "comes_back": what.comes_back,
    }
    if when.deadline:
        facts["deadline_text"] = Found(when.deadline_text, when.deadline.start, when.deadline.end)
    facts |= {f"sessions.{i}": session for i, session in enumerate(when.sessions)}
    facts |= {f"criteria.{i}": criterion for i, criterion in enumerate(criteria)}
    return {name: found for name, found in facts.items() if found is not None}


def _places_of(criteria: Sequence[Found[Criterion]]) -> Found[tuple[str, ...]] | None:
    """The places of a must, where they are in no gazetteer."""
    for one in criteria:
        if (
            one.value.strength is Strength.MUST
            and one.value.field is CriterionField.PLACE
            and isinstance(one.value.value, list)
        ):
            return Found(tuple(map(str, one.value.value)), one.start, one.end, sure=False)
    return None


def _brief(words: str, facts: Facts) -> Brief:
    plain = {name: found.value for name, found in facts.items() if "." not in name}
    plain.setdefault("ethics", ethics_unsaid(plain["audience"]))
    return Brief(
        **plain,
        text=words,
        sessions=tuple(found.value for name, found in facts.items() if name.startswith("sessions.")),
        criteria=tuple(found.value for name, found in facts.items() if name.startswith("criteria.")),
    )


def _without_guesses(facts: Facts, older: Facts, *, stranger: bool, titled: bool) -> Facts:
    """A reply's facts without those its history tells better: whom a ``stranger`` speaks for, a title it lacks."""
    guesses = {"audience"} if stranger else set()
    if not titled and older["title"].end > 0:
        guesses.add("title")
    return {name: found for name, found in facts.items() if name not in guesses}


def _completed(brief: Brief, said: Facts, older: Brief) -> Brief:
    """The brief with what only the history says; its own criteria come first."""
    kept = {name for name in said if "." not in name}
    from_history = {
        field: getattr(older, field)
        for field in Brief.__dataclass_fields__
        if field not in kept and field not in ("text", "criteria", "sessions", "deadline_text")
    }
    own = {criterion.field for criterion in brief.criteria if criterion.field is not CriterionField.WORDS}
    criteria = (*brief.criteria, *(c for c in older.criteria if c.field not in own))
    return replace(brief, **from_history, criteria=criteria)


def _evidence(whole: str, facts: Facts) -> dict[str, Evidence]:
    return {
        name: Evidence(whole[found.start : found.end], found.start, found.end, found.sure)
        for name, found in facts.items()
        if found.end > found.start
    }
