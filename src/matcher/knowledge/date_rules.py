"""The ways in which running text says a day: for each a pattern, and what it means on the day the text arrived."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from matcher.knowledge.date_cells import full_year
from matcher.knowledge.named_days import day_of_feast, rising, school_ends
from matcher.knowledge.number_words import NUMBER, as_number

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
DAY = (
    r"(?:mon(?:day)?|tues?(?:day)?|wed(?:s|"
    r"nesday)?|thu(?:rs?)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
NTH = r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?"
_ORDINAL = r"(?:[12]?\d|3[01])(?:st|nd|rd|th)"
_YEAR = r"(?:,?\s+(?P<year>20\d\d)|\s+['’](?P<short>\d\d))"
_COVER = (
    r"(?P<cover>(?:w/c|wc|week (?:commencing|beginning|of)|the week of|w/b|week starting|w/e|"
    r"week ending)\s+(?:the\s+)?)?"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """``read`` gives the day that a match means, and whether that is sure; None when it means none."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], date], tuple[date, bool] | None]


def _weekday(name: str) -> int:
    return next(i for i, day in enumerate(_DAYS) if day.startswith(name[:3].lower()))


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name[:3].lower()))


def _coming(day: int, received: date, *, past_today: bool = True) -> date:
    """The next such weekday after the day of arrival."""
    ahead = (day - received.weekday()) % 7
    return received + timedelta(days=ahead or (7 if past_today else 0))


def _in_year(day: int, month: int, year: int | None, received: date) -> date:
    if year:
        return date(year, month, day)
    found = date(received.year, month, day)
    return found + relativedelta(years=1) if found < received - timedelta(days=60) else found


def _match_year(match: re.Match[str]) -> int | None:
    parts = match.groupdict()
    if parts.get("year"):
        return full_year(int(parts["year"]))
    return 2000 + int(parts["short"]) if parts.get("short") else None


def _agreed(found: date, said_day: str | None) -> bool:
    return said_day is None or found.weekday() == _weekday(said_day)


def _day_month(match: re.Match[str], received: date) -> tuple[date, bool]:
    found = _in_year(number_of(match["nth"]), _month(match["month"]), _match_year(match), received)
    ahead = timedelta(days=number_of(match["last"]) - found.day if match.groupdict().get("last") else 0)
    said = match.groupdict().get("weekday")
    if match.groupdict().get("cover"):
        return found + ahead, True
    if said and not _agreed(found, said) and not _match_year(match):
        other = found + relativedelta(years=1)
        if _agreed(other, said) and other - received < timedelta(days=400):
            return other + ahead, True
    return found + ahead, _agreed(found, said)


def number_of(nth: str) -> int:
    """21 of “21st”."""
    return int(nth.rstrip("dhnrstDHNRST"))


def _numeric(match: re.Match[str], received: date) -> tuple[date, bool]:
    day, month = int(match["d"]), int(match["m"])
    if month > 12 >= day:
        day, month = month, day
    year = full_year(int(match["y"])) if match["y"] else None
    found = _in_year(day, month, year, received)
    return found, _agreed(found, match["weekday"])


def _iso(match: re.Match[str], _received: date) -> tuple[date, bool]:
    return date(int(match["y"]), int(match["m"]), int(match["d"])), True


def _nth_only(match: re.Match[str], received: date) -> tuple[date, bool] | None:
    """ "the 21st", "Friday 12th": the next month in which that day (and weekday) comes."""
    day = number_of(match["nth"])
    said = match.groupdict().get("weekday")
    for ahead in range(14):
        month = received.replace(day=1) + relativedelta(months=ahead)
        try:
            found = month.replace(day=day)
        except ValueError:
            continue
        if found >= received and _agreed(found, said):
            return found, ahead <= 2
    return None


def _day_alone(match: re.Match[str], received: date) -> tuple[date, bool]:
    day, how = _weekday(match["weekday"]), (match.groupdict().get("how") or "").lower()
    coming = _coming(day, received)
    if match.groupdict().get("week"):
        return coming + timedelta(days=7), True
    if how == "next":
        monday = received - timedelta(days=received.weekday())
        return monday + timedelta(days=7 + day), False
    if how == "last":
        return coming - timedelta(days=7), True
    return coming, True


def _month_part(match: re.Match[str], received: date) -> tuple[date, bool]:
    month, year = _month(match["month"]), _match_year(match)
    part = re.sub(r"[^a-z]", "", match["part"].lower())
    first = _in_year(1, month, year, received)
    if first < received.replace(day=1):
        first += relativedelta(years=0 if year else 1)
    last = first + relativedelta(months=1, days=-1)
    if part.startswith(("end", "late", "close", "lastweek")):
        return last, part.startswith(("end", "close"))
    if part.startswith(("mid", "themid")):
        return first.replace(day=15), False
    if part.startswith(("start", "begin", "early", "first", "turn")):
        return first.replace(day=7 if part.startswith(("early", "first")) else 1), False
    return last, False


def _month_alone(match: re.Match[str], received: date) -> tuple[date, bool]:
    month, year = _month(match["month"]), _match_year(match)
    first = _in_year(1, month, year, received)
    if not year and first < received.replace(day=1):
        first += relativedelta(years=1)
    before = match["how"].lower() in ("before", "by")
    return (first + relativedelta(days=-1) if before else first + relativedelta(months=1, days=-1)), False


def _span(match: re.Match[str], received: date) -> tuple[date, bool] | None:
    amount = 1.0 if (match["n"] or "a").lower() in ("a", "one") else as_number(match["n"])
    if amount is None:
        return None
    unit = match["unit"].lower()
    if "working" in match.group().lower():
        return _working_days(received, int(amount)), True
    if unit[0] == "h" and amount < _HALF_A_DAY:
        return None
    step = {
        "h": timedelta(hours=amount),
        "d": timedelta(days=amount),
        "w": timedelta(weeks=amount),
        "f": timedelta(weeks=2 * amount),
    }
    found = received + relativedelta(months=int(amount)) if unit[0] == "m" else received + step[unit[0]]
    return found, unit[0] != "m"


_HALF_A_DAY = 12
"""“within 48 hours” is a day; “within two hours” none."""


def _working_days(start: date, days: int) -> date:
    while days > 0:
        start += timedelta(days=1)
        days -= start.weekday() < 5
    return start


def _spoken(match: re.Match[str], received: date) -> tuple[date, bool]:
    said = match.group().lower()
    friday = received + timedelta(days=(4 - received.weekday()) % 7)
    if "day after tomorrow" in said:
        return received + timedelta(days=2), True
    if "tomorrow" in said:
        return received + timedelta(days=1), True
    if "next week" in said:
        return friday + timedelta(days=7), "end of" in said
    if "month" in said:
        first = received.replace(day=1) + relativedelta(months=2 if "next" in said else 1)
        return first - timedelta(days=1), "next" not in said or "end" in said
    if "week" in said:
        return friday, True
    return received, True


def _feast(match: re.Match[str], received: date) -> tuple[date, bool] | None:
    said = re.sub(r"[^a-z ]", "", match["feast"].lower())
    if "recess" in said or "rises" in said:
        return rising(said, received) - timedelta(days=1 if match["before"] else 0), False
    if "school" in said or "term" in said:
        return school_ends(received), False
    for year in (received.year, received.year + 1):
        found, sure = day_of_feast(said, year)
        if found and found >= received:
            shift = -1 if match["before"] and not sure else 0
            return found + timedelta(days=shift), sure
    return None


_I = re.IGNORECASE
_FEASTS = (
    r"(?:the )?(?:(?:february|easter|whitsun|whit|summer|conference|christmas) )?recess\b(?! until)|"
    r"(?:parliament|the house) "
    r"rises(?! (?:on|for))|"
    r"(?:the )?schools? breaks? up|(?:the )?end of (?:the )?(?:summer |school )?term|"
    r"hallow[e'’]*en|bonfire night|guy fawkes(?:['’]? night)?|fireworks night|mother(?:ing sunday|['’]?s['’]? "
    r"day)|pancake "
    r"day|shrove tuesday|remembrance sunday|may day|christmas eve|christmas day|christmas|xmas|boxing day|"
    r"new year['’]?s (?:eve|day)|"
    r"the new year|new year|valentine['’]?s(?: day)?|st\.? david['’]?s day|st\.? patrick['’]?s day|"
    r"burns night|good friday|"
    r"easter monday|easter sunday|easter"
)
RULES = (
    Rule(re.compile(r"(?<!\d)(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"), _iso),
    Rule(
        re.compile(
            rf"{_COVER}\b(?:(?P<weekday>{DAY})\.?,?\s+(?:the\s+)?)?(?P<nth>{NTH})\s*(?:(?:-|–|—|to|and|"
            rf"until|till)\s*(?:{DAY}\s+)?(?P<last>{NTH})\s*)?"
            rf"(?:\s+of)?\s*(?P<month>{MONTH})\b(?:{_YEAR})?",
            _I,
        ),
        lambda m, r: _day_month(m, r),
    ),
    Rule(
        re.compile(
            rf"{_COVER}\b(?:(?P<weekday>{DAY})\.?,?\s+)?(?P<month>{MONTH})\s+(?:the\s+)?(?P<nth>{_ORDINAL}|[12]?\d(?![\d:%]|\s*(?:people|carers|,\d))|3[01](?!\d))(?:{_YEAR})?",
            _I,
        ),
        lambda m, r: _day_month(m, r),
    ),
    Rule(
        re.compile(
            rf"(?:\b(?P<weekday>{DAY})\.?,?\s+)?(?<![\d/.£-])(?P<d>0?[1-9]|[12]\d|"
            rf"3[01])(?P<sep>[/.])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<y>20\d\d|\d\d)(?![\d/])",
            _I,
        ),
        _numeric,
    ),
    Rule(
        re.compile(
            rf"(?:\b(?P<weekday>{DAY})\.?,?\s+)(?P<d>0?[1-9]|[12]\d|3[01])/(?P<m>0?[1-9]|1[0-2])(?P<y>)(?![\d/])"
            rf"|(?<=\bby )(?P<d2>0?[1-9])/(?P<m2>0?[1-9])(?![\d/])",
            _I,
        ),
        lambda m, r: _numeric(m, r) if m["d"] else None,
    ),
    Rule(
        re.compile(
            rf"\b(?P<part>(?:the\s+)?(?:very\s+)?(?:end|close|start|beginning|middle|turn|first week|"
            rf"last week)\s+of|(?:mid|late|early)[\s-]+(?:to[\s-]+late\s+|to[\s-]+mid\s+)?|"
            rf"end)\s*(?P<month>{MONTH})\b(?:{_YEAR})?",
            _I,
        ),
        _month_part,
    ),
    Rule(
        re.compile(
            rf"\b(?:(?P<weekday>{DAY})\.?,?\s+)(?:the\s+)?(?P<nth>{NTH})(?![\d:.%]|\s*(?:am|pm|minutes|"
            rf"people))\b",
            _I,
        ),
        _nth_only,
    ),
    Rule(
        re.compile(
            rf"\b(?:on|by|before|until|till|for|from)\s+the\s+(?P<nth>{_ORDINAL})\b(?!\s+(?:century|floor|"
            rf"year|time))",
            _I,
        ),
        _nth_only,
    ),
    Rule(
        re.compile(rf"\b(?:a week on\s+(?P<weekday>{DAY})(?P<week>))\b", _I),
        lambda m, r: (_coming(_weekday(m["weekday"]), r) + timedelta(days=7), True),
    ),
    Rule(re.compile(rf"\b(?P<weekday>{DAY})\s+(?P<week>week)\b", _I), _day_alone),
    Rule(re.compile(rf"\b(?:(?P<how>next|this|last|coming|this coming)\s+)(?P<weekday>{DAY})\b", _I), _day_alone),
    Rule(
        re.compile(r"\b(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b(?!s)", _I),
        _day_alone,
    ),
    Rule(
        re.compile(
            r"(?:(?<=\bby )|(?<=\bon )|(?<=before )|(?<=until )|(?<=\btill )|(?<=\bthis )|(?<=\bnext ))"
            r"(?P<weekday>mon|tues?|weds?|thurs?|thu|fri|sat|sun)\b",
            _I,
        ),
        _day_alone,
    ),
    Rule(
        re.compile(
            rf"\b(?:in|within|over)\s+(?:the next\s+(?=fortnight|month)|(?:the next\s+)?(?P<n>a|one|"
            rf"{NUMBER})\s+)(?:working\s+)?(?P<unit>days?|"
            rf"weeks?|fortnight|months?|hours?)(?:['’]?\s*time)?\b",
            _I,
        ),
        _span,
    ),
    Rule(
        re.compile(
            r"\b(?:(?:by\s+)?(?:the )?end of (?:play|business)(?: today)?|close of (?:play|"
            r"business) today|(?:the )?end of (?:the |this |next )?(?:week|month)|by next week|this week|"
            r"later this week|day after tomorrow|tomorrow|today|tonight|this (?:morning|afternoon|evening))\b",
            _I,
        ),
        _spoken,
    ),
    Rule(re.compile(rf"(?P<before>\b(?:before|ahead of|by|until)\s+)?\b(?P<feast>{_FEASTS})\b", _I), _feast),
    Rule(
        re.compile(
            rf"\b(?P<how>by|before|in|until|during)\s+(?:the\s+)?(?P<month>january|february|march|april|"
            rf"june|july|august|september|october|november|december)\b(?:{_YEAR})?",
            _I,
        ),
        _month_alone,
    ),
)
"""In the order in which they are tried: what one has read no later one reads again."""
