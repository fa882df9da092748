"""How long someone has done the work, from the way people say it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from matcher.knowledge.number_words import NUMBER, as_number
from matcher.knowledge.tables import in_words, word_set

_FIRST_YEAR = 1940
_LONGEST = 70
_COVID = re.compile(r"\b(?:covid|pandemic|lockdown)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.,])(19[4-9]\d|20\d\d)(?![\d.,]\d|\d|['’]?s\b)")
_OF_THE_DECADE = re.compile(
    r"(?:^\W*|\b(?:since|from|during|in|started|the)\s+(?:the\s+)?)"
    r"(?:(?P<part>early|mid|late)[\s-]+(?:the\s+)?)?['’‘]?"
    r"(?:(?P<century>19|20)(?P<of_it>\d)0|(?P<tens>[06-9])0)['’]?s\b",
    re.IGNORECASE,
)
_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "": (0, 9)}
_SHORT_YEAR = re.compile(
    r"^\s*(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*[\s./'’-]+(\d\d)\s*$|(?:since|from|in)\s+['’‘](\d\d)\b|^\s*['’‘](\d\d)\s*$|\bsince\s+(\d\d)\b(?!\s*(?:\d|y(?:ea)?rs?|months?))",
    re.IGNORECASE,
)
_UNIT = (
    r"(?P<unit>y(?:ea)?rs?|yr?s?|years?|mlynedd|blynedd|flynedd|months?|mths?|mnths?|mos?|misoedd|"
    r"weeks?|wks?|w)\b\.?"
)
_AMOUNT = rf"(?P<low>{NUMBER})(?:\s*(?:-|–|—|/|to|or)\s*(?P<high>{NUMBER}))?"
_HALF = r"(?P<half>\s*(?:and\s+a\s+half|&\s*a?\s*half|n\s+a\s+half|½|1/2))?"
_SPAN = re.compile(
    rf"{_AMOUNT}{_HALF}\s*(?P<plus>\+)?\s*(?:odd\s+)?(?:{_UNIT})?{_HALF.replace('half>', 'later>')}", re.IGNORECASE
)
_NEARLY = re.compile(
    r"\b(?:nearly|almost|coming up|just under|going on|getting on for|approaching|not quite)\b", re.IGNORECASE
)
_OVER = re.compile(r"\b(?:over|more than|at least|plus|well over)\b|\+", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|around|roughly|approx\w*|or so|ish|circa|ca|c|bit)\b|~|ish\b", re.IGNORECASE)
_THOUSAND = re.compile(r"\b2k(?=\d\d\b)", re.IGNORECASE)
_JUST = re.compile(r"\b(?:just (?:started|begun|joined)|new(?:bie)?|this year|brand new)\b", re.IGNORECASE)
_DECADES = (
    (re.compile(r"\b(?:two|2) decades\b", re.IGNORECASE), 20),
    (re.compile(r"\b(?:three|3) decades\b", re.IGNORECASE), 30),
    (re.compile(r"\b(?:a|one) decade\b", re.IGNORECASE), 10),
    (re.compile(r"\b(?:a )?few y(?:ea)?rs\b", re.IGNORECASE), 3),
    (re.compile(r"\b(?:a )?couple (?:of )?y(?:ea)?rs\b", re.IGNORECASE), 2),
    (re.compile(r"\ba (?:y(?:ea)?r|twelvemonth) and a half\b", re.IGNORECASE), 1.5),
    (
        re.compile(r"\b(?:under|less than|not (?:quite|yet)|almost|nearly) (?:a|one|1) y(?:ea)?r\b", re.IGNORECASE),
        0.5,
    ),
    (re.compile(r"\bhalf a y(?:ea)?r\b", re.IGNORECASE), 0.5),
    (re.compile(r"^\W*(?:about |just over |over )?an? y(?:ea)?r\W*$", re.IGNORECASE), 1),
)


_BESIDE_A_NUMBER = word_set(
    "nearly almost about around roughly over or so ish just under more than at least approx plus coming up "
    "going on now and a bit odd maybe probably think i x y yr mostly in homecare care longer before not quite "
    "of years year since only well c ca circa approximately getting"
)


@dataclass(frozen=True, slots=True)
class Started:
    """The year someone started, with the earliest and latest it can be."""

    year: int
    earliest: int
    latest: int


def started(text: object, asked_on: date) -> Started | None:
    """Read "7 yrs", "nearly 20", "since 1994", "5-10", 2010 or 8 as a starting year, counted from ``asked_on``.

    None when it says no time ("since my youngest started school").
    """
    if isinstance(text, date):
        return _exactly(text.year, asked_on)
    if isinstance(text, int | float) and not isinstance(text, bool):
        if text != text or abs(text) > 9999:
            return None
        text = f"{text:g}"
    if not isinstance(text, str) or not text.strip():
        return None
    named, spoken = _said(text)
    return (named(asked_on) if named else None) or (spoken(asked_on) if spoken else None)


_Told = Callable[[date], Started | None]
"""What a text tells, by the day on which it was asked for."""


@lru_cache(maxsize=65_536)
def _said(text: str) -> tuple[_Told | None, _Told | None]:
    """What it tells as the name of a year, and should that be none, as a span of time."""
    text = _THOUSAND.sub("20", in_words(text))
    return _named_year(text), _spoken(text)


def _exactly(year: int, asked_on: date) -> Started | None:
    return Started(year, year, year) if _FIRST_YEAR <= year <= asked_on.year else None


def _named_year(text: str) -> _Told | None:
    if found := _YEAR.search(text):
        return partial(_exactly, int(found.group(1)))
    if found := _OF_THE_DECADE.search(text):
        return partial(_in_decade, found)
    if found := _SHORT_YEAR.search(text):
        two = int(next(filter(None, found.groups())))
        return lambda asked_on: _exactly(two + (2000 if two <= asked_on.year % 100 else 1900), asked_on)
    if _COVID.search(text) and re.search(r"\b(?:since|from|during|in|start)", text, re.IGNORECASE):
        return lambda asked_on: Started(2020, 2020, 2021) if asked_on.year >= 2020 else None
    return None


def _in_decade(found: re.Match[str], asked_on: date) -> Started | None:
    """ "since the 90s", "late 1980s": the middle of what is meant; without a century, the last such decade."""
    tens = 10 * int(found["of_it"] or found["tens"])
    last_one = 2000 if 2000 + tens <= asked_on.year else 1900
    decade = tens + (100 * int(found["century"]) if found["century"] else last_one)
    first, last = (decade + place for place in _PARTS[(found["part"] or "").lower()])
    last = min(last, asked_on.year)
    return Started((first + last) // 2, first, last) if _FIRST_YEAR <= first <= last else None


def _spoken(text: str) -> _Told | None:
    for pattern, span in _DECADES:
        if pattern.search(text):
            return partial(_around, span, span, loose=2 if span >= 2 else 1)
    best = None
    for found in _SPAN.finditer(text):
        if best is None or (found["unit"] and not best["unit"]):
            best = found
    if best is None:
        return _this_year if _JUST.search(text) else None
    if not best["unit"] and _about_something_else(text, best):
        return None
    return _from_span(best, text)


def _this_year(asked_on: date) -> Started:
    return Started(asked_on.year, asked_on.year - 1, asked_on.year)


def _about_something_else(text: str, found: re.Match[str]) -> bool:
    """A bare number inside a sentence ("when my 3 kids grew up") is no length of time."""
    rest = (text[: found.start()] + text[found.end() :]).lower()
    words = re.findall(r"[a-z]+", rest)
    return any(word not in _BESIDE_A_NUMBER for word in words)


def _from_span(found: re.Match[str], text: str) -> _Told | None:
    low = as_number(found["low"])
    if low is None:
        return None
    high = as_number(found["high"]) if found["high"] else None
    high = low if high is None else high
    if found["half"] or found["later"]:
        low, high = low + 0.5, high + 0.5
    unit = (found["unit"] or "y").lower()
    scale = 1 / 12 if unit.startswith("m") and not unit.startswith("ml") else 1 / 52 if unit.startswith("w") else 1
    low, high = low * scale, high * scale
    if high < low or high > _LONGEST:
        return None
    loose = 1 if _ABOUT.search(text) else 0
    if _NEARLY.search(text):
        return partial(_around, low - 1 if scale == 1 else low, high, loose=0, shown=high)
    if found["plus"] or _OVER.search(text):
        return partial(_around, low, high + max(2.0, high / 4), loose=0, shown=high)
    return partial(_around, low, high, loose=loose)


def _around(low: float, high: float, asked_on: date, *, loose: int, shown: float | None = None) -> Started | None:
    """The year in the middle of a span; a length said in whole years may have begun up to a year earlier."""
    middle = (low + high) / 2 if shown is None else shown
    moment = asked_on.year + (asked_on.timetuple().tm_yday - 1) / 365
    year = asked_on.year - int(middle) if middle == int(middle) else int(moment - middle)
    earliest = min(year, int(moment - high)) - loose
    latest = min(max(year, int(moment - low)) + loose, asked_on.year)
    return Started(year, earliest, latest) if year >= _FIRST_YEAR else None


def years_since(year: int, today: date) -> int:
    """Whole years between a starting year and today, never below 0."""
    return max(0, today.year - year)
