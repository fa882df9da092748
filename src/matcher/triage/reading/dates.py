"""By when she must answer, when people would take part, and for how long."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.knowledge.due_dates import DateFound, due_dates
from matcher.knowledge.numbers import durations_in
from matcher.knowledge.places import places_in
from matcher.model import Audience, Session
from matcher.triage.reading.criteria.exclusions import ruled_out
from matcher.triage.reading.deadline import CLOSING, FORMER, PAST, PUBLIC, deadline_of
from matcher.triage.reading.layout import Passage
from matcher.triage.reading.text import Found, TextToRead, found_as

_TIME = re.compile(
    r"(?<![\d/])(?P<a>\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm)?|noon|midday)\s*(?:-|–|—|to|until|"
    r"till)\s*(?P<b>\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm)?|noon|midday)(?![\d/])"
    r"|(?<![\d/])(?P<c>\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm)|\d{1,2}[.:]\d\d(?!\d))",
    re.I,
)
_ONLINE = re.compile(r"\b(?:online|zoom|teams|webinar|by (?:video|phone))\b", re.I)
_TODAY = re.compile(r"today|this (?:morning|week)", re.I)
_NEXT_ONE = re.compile(
    r"[,;]? (?:and|or|then|plus) (?:one|another|the (?:other|second|third|next)|a (?:second|third))\b|;", re.I
)
_LED = re.compile(
    r"\b(?:(?:in|at) [^,;.:]{3,40}|online|by (?:video|phone|zoom)|(?:on|over) (?:zoom|teams)),? on (?:the )?$", re.I
)
"""“one in Derby on”: where it is, said before its date."""
_STAMP = re.compile(r"^(?:submitted|sent|received|posted|date|printed|created)(?: (?:on|at))?$", re.I)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.I)
_FILE_NAME = re.compile(r"\S[^\n:;,]{0,90}?\.(?:docx?|pdf|xlsx?|odt|pptx?|jpe?g|png|ics|eml|msg)\b", re.I)
_OCCASION = re.compile(
    r"\b(?:sessions?|workshops?|visit\w*|meetings?|groups?|roundtable|events?|evidence|zoom|teams|interview|"
    r"film\w*|show|programme|on air|record\w*|record w/c|on the (?:morning|afternoon|evening)|conference|webinar|"
    r"drop-in|when|date|"
    r"day|studio|log|hour)\b",
    re.I,
)
_LONGEST_SITTING = 8 * 60
_A_DAY = 7 * 60
"""“a day in Birmingham” beside meetings from 6pm to 7.30pm is not how long one takes."""
_LASTS = re.compile(
    rf"{_OCCASION.pattern}|\b(?:each|all|every|both|runs?|from|mornings?|afternoons?|evenings?)\b", re.I
)
_FOR_SO_LONG = re.compile(
    r"\b(?:meets?|meeting|join|talk|speak|session|come|runs?|sit|online)\b[^.;]*\bfor (?:about |around |up to )?$",
    re.I,
)
_LENGTH_OVER = re.compile(r"\b(?:how long|time|what|involve\w*|commitment|duration|length|do\b)", re.I)
_LENGTH_NEAR = re.compile(
    r"\b(?:takes?|taking|lasts?|last(?:ing)?|long|about|around|roughly|up to|interviews?|conversation|session|"
    r"chat|call|discussion|groups?|workshop|questionnaire|survey|meet\w*|zoom|teams|tops|each|online|natter|"
    r"talk|speech|slot|"
    r"set aside|means|of (?:your|their) (?:members['’] )?time|(?:minutes|mins|hour|hours) with|need|spend|"
    r"entry|entries|diary|participation|commitment|of your time|at most|max(?:imum)?|"
    r"film\w*|event|visit"
    r"(?= (?:lasts?|takes?|of))|telephone|phone|video)\b",
    re.I,
)
_NO_LENGTH = re.compile(
    r"\b(?:demo|programme on|selfie|film \w+ on|documentary|half-hour programme|episode|travel(?:ling)? time|"
    r"notice|visits?\b(?! (?:for|to))|shift|(?<!half )(?<!minutes )(?<!mins )a day\b|per day|paid for|£\d+ "
    r"?(?:an|per|"
    r"for each) ?(?:hour)?|"
    r"for each hour|independent advice|an hour of it|advice|pay for an|within (?:an|about|\w+)|away from"
    r"|days? (?:a|per|each) (?:week|month)|drive|minutes?['’] walk|catch-up|30-min|unpaid travel)\b",
    re.I,
)
_COMMITMENT = re.compile(
    r"[^.;\n]*\b(?:(?:for|over|about|once|twice|every|each|per) (?:\w+ ){0,3}(?:days?|weeks?|months?|years?|"
    r"month|other month|fortnight)|(?:one|two|three|four|six|twelve|\d+) (?:meetings?|sessions?|months?|"
    r"weeks?)|days? a month)\b[^.;\n]*",
    re.I,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """Dates and lengths, each with its place."""

    deadline: Found[date] | None
    deadline_text: str
    sessions: tuple[Found[Session], ...]
    duration: Found[int] | None
    commitment: Found[str] | None


def when_asked(text: TextToRead, audience: Audience) -> When:
    """Read deadline, sessions, duration and commitment."""
    dated = list(_dated(text))
    deadline = deadline_of(text, dated, audience)
    sessions = tuple(_sessions(dated, deadline))
    said = text.text[deadline.start : deadline.end] if deadline else ""
    return When(deadline, said, sessions, _duration(text, sessions), _commitment(text))


def _dated(text: TextToRead) -> Iterator[tuple[Passage, DateFound]]:
    for passage in text.passages:
        for found in due_dates(passage.text.rstrip(".! "), text.day):
            yield passage, found


def _sessions(dated: list[tuple[Passage, DateFound]], deadline: Found[date] | None) -> Iterator[Found[Session]]:
    seen: set[tuple[date, str]] = set()
    ends = _next_starts(dated)
    days = {when.date.weekday() for _, when in dated if re.search(r"\d", when.text)}
    for (passage, when), end in zip(dated, ends, strict=True):
        start = passage.start + when.start
        if deadline and (deadline.value == when.date or deadline.start <= start < deadline.end):
            continue
        if ruled_out(passage.text) and not passage.label:
            continue  # “managers have their own session on 2 June”
        if _in_a_file_name(passage.text, when) or _STAMP.search(passage.label):
            continue
        if when.date.weekday() in days and _WEEKDAY.fullmatch(when.text.strip()):
            continue  # “the Saturday session” is the Saturday already named with its date
        before, after = passage.text[: when.start][-80:], _up_to_the_next(passage.text[when.end : end])
        if _TODAY.fullmatch(when.text.strip()) and not _TIME.search(after):
            continue  # “has opened today”
        if PUBLIC.search(before) or PAST.search(before) or CLOSING.search(before[-60:]) or FORMER.search(before):
            continue
        if not (when.sure or re.search(r"\d", when.text)):
            continue
        time = _TIME.search(after) or _TIME.search(passage.text)
        cover = re.match(r"(?:w/c|week (?:commencing|beginning))", when.text, re.I)
        if not (time or cover or _OCCASION.search(passage.text) or _OCCASION.search(passage.over)):
            continue
        led = _LED.search(before)
        here = led.group() if led else after if len(_of_passage(dated, passage)) > 1 else passage.text
        remote = True if _ONLINE.search(here) else None
        place = "" if remote else next((p.name for p in places_in(here) if p.kind == "town"), "")
        until = when.date + timedelta(days=4) if cover else when.date if when.first else None
        session = Session(
            when.first or when.date, until, time.group().strip() if time else "", place, remote, passage.label
        )
        if (when.date, session.time) not in seen:
            seen.add((when.date, session.time))
            yield Found(session, start, passage.start + when.end, when.sure)


def _up_to_the_next(words: str) -> str:
    """What still speaks of a date: not “and one online on ...”, which begins another."""
    other = _NEXT_ONE.search(words)
    return words[: other.start() if other else None][:70]


def _of_passage(dated: list[tuple[Passage, DateFound]], passage: Passage) -> list[DateFound]:
    return [when for other, when in dated if other is passage]


def _next_starts(dated: list[tuple[Passage, DateFound]]) -> list[int]:
    """For each date where the next one of its passage begins, else where the passage ends."""
    ends = []
    for index, (passage, _) in enumerate(dated):
        same = index + 1 < len(dated) and dated[index + 1][0] is passage
        ends.append(dated[index + 1][1].start if same else len(passage.text))
    return ends


def _in_a_file_name(words: str, when: DateFound) -> bool:
    return any(name.start() <= when.start < name.end() for name in _FILE_NAME.finditer(words))


def _duration(text: TextToRead, sessions: tuple[Found[Session], ...]) -> Found[int] | None:
    options: list[tuple[float, int, Found[int]]] = []
    for index, passage in enumerate(text.passages):
        for found in durations_in(passage.text):
            around = passage.text[max(0, found.start - 45) : found.end + 35]
            points = (
                1.0
                + 1.5 * bool(_LENGTH_NEAR.search(around))
                + 1.5 * bool(_LENGTH_OVER.search(f"{passage.label} {passage.heading}"))
            )
            points -= (
                3.0 * bool(_NO_LENGTH.search(around)) + 0.6 * (found.minutes > 8 * 60) + 0.8 * (found.minutes < 10)
            )
            points += 1.5 * bool(_FOR_SO_LONG.search(passage.text[: found.start]))
            points += 0.5 * bool(re.search(r"\b(?:interview|group|session|workshop|conversation)", around, re.I))
            options.append(
                (points, -index, Found(found.minutes, passage.start + found.start, passage.start + found.end))
            )
    good = [option for option in options if option[0] >= 1.5]
    good = [option for option in good if option[2].value <= _LONGEST_SITTING] or good
    if good:
        best = max(point for point, _, _ in good)
        near = [option for option in good if option[0] >= best - 1.0 and option[2].value <= 8 * 60]
        points, _, longest = max(near or good, key=lambda option: (option[0] >= 2.5, option[2].value, option[1]))
        if longest.value >= _A_DAY and (sitting := _from_times(text, sessions)):
            return sitting
        return Found(longest.value, longest.start, longest.end, sure=points >= 2.5)
    return _from_times(text, sessions)


def _from_times(text: TextToRead, sessions: tuple[Found[Session], ...]) -> Found[int] | None:
    for session in sessions:
        minutes = minutes_between(session.value.time)
        if minutes:
            return Found(minutes, session.start, session.end, sure=False)
    for passage in text.passages:
        match = _TIME.search(passage.text) if _LASTS.search(passage.text) else None
        minutes = minutes_between(match.group()) if match else None
        if match and minutes:
            return Found(minutes, passage.start + match.start(), passage.start + match.end(), sure=False)
    return None


def minutes_between(time: str) -> int | None:
    """The length of “10am to 1pm” or “18:30-20:00” in minutes; None when it is no stretch of time."""
    match = _TIME.fullmatch(time.strip())
    if match is None or not match["b"]:
        return None
    first = match["a"].strip().lower()
    half = re.search(r"[ap]m$", match["b"].strip().lower())
    if half and first[0].isdigit() and not first.endswith(("am", "pm")):
        first += half.group()
    start, end = _minute(first), _minute(match["b"])
    if start is None or end is None:
        return None
    length = end - start
    while length <= 0:
        length += 12 * 60
    return length if length <= 10 * 60 else None


def _minute(clock: str) -> int | None:
    words = clock.strip().lower()
    if words in ("noon", "midday"):
        return 12 * 60
    match = re.fullmatch(r"(\d{1,2})(?:[.:](\d\d))?\s*(am|pm)?", words)
    if match is None or int(match[1]) > 23:
        return None
    hour = int(match[1]) % 12 + (12 if match[3] == "pm" else 0) if match[3] else int(match[1])
    return hour * 60 + int(match[2] or 0)


def _commitment(text: TextToRead) -> Found[str] | None:
    for passage in text.passages:
        match = _COMMITMENT.search(passage.text)
        if (
            match
            and not passage.item
            and not re.search(r"\b(?:worked|experience|need)\b", match.group())
            and len(match.group()) < 160
            and re.search(r"\b(?:meet|film|group|session|diary|note|log|month|panel|course)", match.group(), re.I)
        ):
            return found_as(passage, match.group().strip())
    return None
