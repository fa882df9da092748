"""Dates said in running text ("Friday week", "w/c 4 May"), counted from the day the text arrived."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matcher.knowledge.date_rules import DAY, MONTH, NTH, RULES, Rule, number_of
from matcher.knowledge.number_words import NUMBER, as_number

_ONE = rf"(?:{DAY}\.?,?\s+)?(?:the\s+)?{NTH}"
_LIST = re.compile(
    rf"(?<![\d/.£-])\b(?P<days>{_ONE}(?:\s*(?:,\s*(?:and|or)\b|,|&|/|and\b|or\b)\s*{_ONE})+)"
    rf"\s*(?:of\s+)?(?P<month>{MONTH}\b(?:,?\s+20\d\d)?)",
    re.I,
)
_ONE_OF_LIST = re.compile(_ONE, re.I)
_BETWEEN = re.compile(rf"\bbetween\s+(?:the\s+)?(?:{DAY}\s+)?$", re.I)
_AHEAD = re.compile(
    rf"(?P<n>\ba|\bthe|\bone|{NUMBER})\s+(?:full\s+|working\s+)?(?P<unit>days?|weeks?|"
    rf"fortnight)\s+(?:ahead of|before|in advance of|prior to|earlier than)\s+"
    rf"(?:[\w'’]+\s+){{0,5}}?(?:\(?on\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)

_Day = date


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in a text. ``sure`` is false for rough ones ("mid-January"); ``date`` is then the last fitting day
    for ends ("end of September") and a middle day otherwise. ``start``/``end`` slice the text.

    Of a stretch ("8 to 19 February") ``date`` is the last day and ``first`` the first.
    """

    date: date
    start: int
    end: int
    sure: bool
    text: str
    first: _Day | None = None


def due_dates(text: str, received: date) -> tuple[DateFound, ...]:
    """Every date the text names, in order, none overlapping; relative ones count from ``received``."""
    received = received.date() if isinstance(received, datetime) else received
    taken = [*_listed(text, received)]
    for rule in RULES:
        for match in rule.pattern.finditer(text):
            if any(match.start() < f.end and f.start < match.end() for f in taken):
                continue
            read = _safely(rule, match, received)
            if read:
                first = _first_day(match, read[0])
                taken.append(DateFound(read[0], match.start(), match.end(), read[1], match.group(), first))
    taken = [*_before_others(text, taken)]
    return tuple(sorted(taken, key=lambda f: f.start))


def _listed(text: str, received: date) -> Iterator[DateFound]:
    """“8 and 19 February”, “Tuesday 9, Friday 12 or Monday 15 March”: each day of a list, with its month."""
    for days in _LIST.finditer(text):
        if _BETWEEN.search(text, 0, days.start()):
            continue
        for one in _ONE_OF_LIST.finditer(days["days"]):
            whole = f"{one.group()} {days['month']}"
            start = days.start() + one.start()
            end = days.end() if one.end() == len(days["days"]) else days.start() + one.end()
            for found in due_dates(whole, received):
                yield DateFound(found.date, start, end, found.sure, text[start:end])


def _first_day(match: re.Match[str], last: date) -> date | None:
    """The day on which a stretch begins that a rule found in the days of one month; None for a single day."""
    stretch = match.groupdict()
    if not stretch.get("last"):
        return None
    first = number_of(stretch["nth"])
    return last.replace(day=first) if 0 < first < last.day else None


def _safely(rule: Rule, match: re.Match[str], received: date) -> tuple[date, bool] | None:
    try:
        return rule.read(match, received)
    except (ValueError, OverflowError):
        return None


def _before_others(text: str, found: list[DateFound]) -> Iterator[DateFound]:
    """ "a week ahead of <date>" and "two days before <date>": the earlier day, beside the date itself."""
    for item in found:
        yield item
        lead = _AHEAD.search(text[max(0, item.start - 70) : item.start])
        if not lead:
            continue
        amount = 1.0 if lead["n"].lower() in ("a", "the", "one") else as_number(lead["n"])
        if amount is None:
            continue
        days = amount * (7 if lead["unit"].lower().startswith("w") else 14 if lead["unit"][0] in "fF" else 1)
        start = max(0, item.start - 70) + lead.start()
        yield DateFound(
            item.date - timedelta(days=int(days)), start, item.start, item.sure, text[start : item.start]
        )
