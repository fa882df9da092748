"""By when names are wanted."""

import re
from datetime import date, timedelta

from matcher.knowledge.due_dates import DateFound, due_dates
from matcher.knowledge.number_words import NUMBER, as_number
from matcher.model import Audience
from matcher.triage.reading.layout import Passage
from matcher.triage.reading.text import Found, TextToRead

_CLOSING_OVER = re.compile(
    r"^by(?: \/| |$)|\b(?:deadline|clos(?:es|ing)|by when|when by|(?:names|answers?|replies) by|how (?:soon|"
    r"quickly)|latest|"
    r"until|reply by|rsvp|respond by|register by|apply by|"
    r"when do you need|needed by|last date|sign up by)\b",
    re.I,
)
CLOSING = re.compile(
    r"\b(?:(?:copy |press )?deadline|copy date|press day|closing(?: date)?|closes|rsvp|not? later than|"
    r"\bi file|(?:goes|going) to press|last (?:interviews?|date|day|chance)|"
    r"recruit\w* (?:from now )?(?:until|till|by|closes)|(?:final|last) recruitment|(?:open|live|runs?|running) "
    r"(?:from now "
    r")?(?:until|till)|(?:keep|carry|go) (?:going|on) (?:until|till)|(?:give you|you have|you['’]ve got) "
    r"(?:till|until)|shuts|"
    r"(?:names?|numbers|suggestions|expressions of interest|nominations|responses?|"
    r"replies|registrations?|copy|applications?)\b[^.;]{0,40}\b(?:by|before|a (?:week|fortnight)|until)"
    r"|(?:let (?:me|us) know|get back to|get in touch|reply|respond|register|sign(?:ed|ing)? up|apply|"
    r"contact (?:me|us)|email|e-mail|hear (?:back|from (?:you|people|them|any\w+))|"
    r"need (?:to|names|people|an answer|someone|it|you)|confirm|"
    r"send|finish\w*|(?:get|have) (?:it|them|this) (?:all )?done|have people|lined up|lock\w*|settle on|choose|"
    r"finalise|book\w*|return\w*|submit\w*|enter|"
    r"come back to|put (?:your|their|a) names?|"
    r"express\w*|join|volunteer|ring|call|text|message|drop (?:me|us)|fill (?:in|out)|places? (?:must|should|"
    r"need)|ideally|"
    r"share (?:the|this) \w+|share it|"
    r"complete[d]? (?:it|"
    r"the \w+))\b[^.;]{0,120}?\b(?:by|before|until|(?:in|within|over) the next)\b"
    r"|(?:extend\w*|moved|pushed back) (?:\w+ ){0,4}(?:to|until)|is now|are now|offer ends)\b",
    re.I,
)
_JUST_BEFORE = re.compile(
    r"\b(?:by|before|until|till|not? later than|on or before|deadline(?: is| of)?:?|closing(?: date)?:?|"
    r"closes(?: on)?|rsvp(?: by)?|ends(?: on)?|to|is|now|interviewing|at|on|noon on|(?:close of (?:play|"
    r"business)|cop|cob|end of (?:play|day)|midnight|midday|noon|"
    r"\d{1,2}(?:[.:]\d\d)? ?[ap]m)(?: on)?,?)\s*(?:the\s+|close of play\s+(?:on\s+)?)?$",
    re.I,
)
_NOT_HERS = re.compile(
    r"\bethic\w*|\b(?:we|i) (?:will|['’]ll|aim to|hope to|plan to) (?:publish|report|write|hear)", re.I
)
_CLAUSES = re.compile(r",\s+|\b(?:and|so|but)\b", re.I)
FORMER = re.compile(r"\b(?:rather than|instead of|originally|was)\s+(?:the )?$", re.I)
PUBLIC = re.compile(
    r"\b(?:consulting until|consultation (?:is open |runs |closes)|call for evidence (?:closes|is open)|"
    r"written evidence|embargo\w*|publish\w*|launch\w*|transmission|airs?\b|broadcast on|report (?:is )?out|"
    r"in writing|begins?|starts?|baseline)\b",
    re.I,
)
PAST = re.compile(
    r"\b(?:since|after|from|in|held|added in|updated|dated|sheet|version|approved (?:on|in)|"
    r"came through on)\s*$|\b(?:version|issue|draft|v\.?) ?[\d.]*[\s–-]*$",
    re.I,
)
_ASKED = re.compile(
    r"\b(?:please|kindly|(?:could|can|would|will) you|(?:we|i)(?:['’]d| would|['’]ll| will)? (?:need|like|want))\b",
    re.I,
)
_BY_LABEL = re.compile(r"\b(?:by|before|until)\W*$", re.I)
_BY_THE_CLOCK = re.compile(
    r"\b(?:call|ring|phone|text|message|e-?mail|reply|respond|let (?:me|us) know|get back to|contact|"
    r"need)\b[^.;]{0,70}?"
    r"\b(?:by|before) (?:\d{1,2}(?:[.:]\d\d)?(?: ?[ap]\.?m\b| ?o['’]clock)?|noon|midday|lunchtime|tea ?time)"
    r"(?! ?(?:[/\d]|st\b|nd\b|rd\b|th\b|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.I,
)
"""“Call me before 4.30”: an hour without a day."""
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_ANY_OCCASION = re.compile(
    r"(?:first |next |main )?(?:events?|sessions?|groups?|meetings?|workshops?|dates?|days?|roundtable|visit|panel|"
    r"interviews?|discussion|call|recording|filming|shoot|programme|show)\b",
    re.I,
)
_URGENT = re.compile(r"\b(?:asap|urgent\w*|as soon as (?:possible|you can)|straight away|right away)\b", re.I)
_EVENT = re.compile(
    r"\b(?:filming|record(?:ing|ed)|we record|we film|live|on air|shoot\w*|interviewing|broadcast|show)\b", re.I
)
_NO_RUSH = re.compile(
    r"\b(?:no (?:rush|hurry|deadline|particular deadline|fixed deadline|closing date)|whenever|open[- ]ended|"
    r"rolling|any time)\b",
    re.I,
)
_AHEAD_OF_EVENT = re.compile(
    rf"\b(?P<n>a|{NUMBER}) (?P<unit>days?|weeks?|fortnight)s? (?:ahead of|before|in advance of|"
    r"prior to) (?:the |our |your |each )?(?P<what>[\w'’ -]{3,40})",
    re.I,
)
_THEN = re.compile(r"\b(?:by|before) then\b", re.I)
_DAY_BEFORE = re.compile(
    r"\bthe (?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day) (?:before|beforehand|prior)\b(?! the\b| "
    r"\d)(?P<that> that\b(?!['’]))?",
    re.I,
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def deadline_of(text: TextToRead, dated: list[tuple[Passage, DateFound]], audience: Audience) -> Found[date] | None:
    """The day by which names are wanted; None when nothing is said of it, or that there is no rush.

    ``dated`` are the days found in the text, each with its passage.
    """
    ahead = _ahead_of_event(text, dated) or _day_before_event(text, dated) or _by_then(dated)
    if ahead:
        return ahead
    options = [(points, found) for passage, when in dated for points, found in [_closing(passage, when, text.day)]]
    good = [option for option in options if option[0] >= 2]
    if good:
        points, found = max(good, key=lambda option: option[0])
        return Found(found.value, found.start, found.end, sure=found.sure and points >= 3)
    if any(_NO_RUSH.search(passage.text) for passage in text.passages):
        return None
    return _by_the_clock(text, dated) or _urgent(text, dated, audience)


def _closing(passage: Passage, when: DateFound, received: date) -> tuple[float, Found[date]]:
    before = passage.text[: when.start]
    lately = before[-90:]
    points = 0.0
    over = _CLOSING_OVER.search(f"{passage.label} {passage.heading}") or _BY_LABEL.search(passage.label)
    points += 3.0 * bool(over)
    points += 2.5 * bool(CLOSING.search(lately + when.text)) + 1.5 * bool(
        _JUST_BEFORE.search(lately) or re.match(r"\W*(?:by|before|until)\b", when.text, re.I)
    )
    points += 1.5 * bool(_ASKED.search(passage.text) and re.search(r"\b(?:by|before|until)\s+(?:the\s+)?$", lately))
    points += 0.5 * bool(re.search(r"\bby\s+(?:\w+\s+){0,4}$", lately)) - 3.0 * bool(FORMER.search(before))
    points -= (
        2.5 * bool(PUBLIC.search(_CLAUSES.split(lately)[-1]))
        + 3.0 * bool(PAST.search(lately))
        + 2.0 * (when.date < received)
    )
    points -= 4.0 * bool(_NOT_HERS.search(passage.text)) * (not _CLOSING_OVER.search(passage.label))
    points -= 1.0 * bool(re.search(r"\bvisit|session|group [A-D]\b", lately[-25:], re.I)) - 0.3 * when.sure
    sentence_asks = re.search(
        r"\b(?:names|register|sign up|let (?:me|us) know|reply|rsvp|deadline|lined up|responses)\b",
        passage.text,
        re.I,
    )
    points += 0.5 * bool(sentence_asks)
    return points, Found(when.date, passage.start + when.start, passage.start + when.end, when.sure)


def _day_before_event(text: TextToRead, dated: list[tuple[Passage, DateFound]]) -> Found[date] | None:
    """“by the Friday before”: the last such day before the first dated occasion, or before the date just named."""
    for passage in text.passages:
        match = _DAY_BEFORE.search(passage.text)
        if match is None:
            continue
        others = [
            (other, when)
            for other, when in dated
            if re.search(r"\d", when.text) and not (other is passage and match.start() <= when.start < match.end())
        ]
        named = [when for other, when in others if other is passage and when.end <= match.start()]
        those = named[-1:] if match["that"] and named else [when for _, when in others]
        if those:
            event = min(when.first or when.date for when in those)
            day = _WEEKDAYS.index(match["day"].lower()[:3])
            found = event - timedelta(days=(event.weekday() - day - 1) % 7 + 1)
            return Found(found, passage.start + match.start(), passage.start + match.end(), sure=False)
    return None


def _by_then(dated: list[tuple[Passage, DateFound]]) -> Found[date] | None:
    """“We meet people w/c 17 May, so send me names before then”: the date just named."""
    for passage, when in dated:
        match = _THEN.search(passage.text, when.end)
        if match and CLOSING.search(passage.text, when.end, match.end()):
            return Found(when.date, passage.start + when.start, passage.start + match.end(), sure=False)
    return None


def _ahead_of_event(text: TextToRead, dated: list[tuple[Passage, DateFound]]) -> Found[date] | None:
    for passage in text.passages:
        match = _AHEAD_OF_EVENT.search(passage.text)
        if match is None or due_dates(match.group(), text.day):
            continue
        others = [(other, when) for other, when in dated if other is not passage]
        if days := _days_of(match["what"], others, text.day):
            amount = 1 if match["n"].lower() == "a" else int(as_number(match["n"]) or 1)
            ahead = timedelta(days=amount * _UNIT_DAYS[match["unit"].lower().rstrip("s")])
            start, end = passage.start + match.start(), passage.start + match.end()
            return Found(min(days) - ahead, start, end, sure=False)
    return None


def _days_of(what: str, dated: list[tuple[Passage, DateFound]], received: date) -> list[date]:
    """The days of “the Stoke visit”, in the sentence that speaks most of it; of “the first group”, any to come."""
    words = _stems(what)
    shared = [len(words & _stems(passage.text)) for passage, _ in dated]
    if any(shared):
        nearest = dated[shared.index(max(shared))][0]
        return [when.date for passage, when in dated if passage is nearest]
    if not _ANY_OCCASION.match(what):
        return []
    return [when.date for _, when in dated if when.date > received and re.search(r"\d", when.text)]


def _by_the_clock(text: TextToRead, dated: list[tuple[Passage, DateFound]]) -> Found[date] | None:
    """Today, where an answer is wanted by an hour and the letter speaks of today or presses."""
    today = any(when.date == text.day for _, when in dated) or any(_URGENT.search(p.text) for p in text.passages)
    for passage in text.passages if today else ():
        if match := _BY_THE_CLOCK.search(passage.text):
            return Found(text.day, passage.start + match.start(), passage.start + match.end(), sure=False)
    return None


def _stems(words: str) -> set[str]:
    return {word.lower()[:5] for word in re.findall(r"[^\W\d_]{4,}", words)}


def _urgent(text: TextToRead, dated: list[tuple[Passage, DateFound]], audience: Audience) -> Found[date] | None:
    """“ASAP - filming Tuesday”: with nothing else to go by, the day it happens."""
    pressing = any(_URGENT.search(passage.text) for passage in text.passages) or bool(_URGENT.search(text.subject))
    if not (pressing or audience is Audience.MEDIA):
        return None
    for passage, when in dated:
        lately = passage.text[: when.start][-60:]
        soon = timedelta(0) <= when.date - text.day <= timedelta(days=14 if not pressing else 40)
        if soon and when.sure and not PAST.search(lately) and (pressing or _EVENT.search(passage.text)):
            return Found(when.date, passage.start + when.start, passage.start + when.end, sure=False)
    return None
