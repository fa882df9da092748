"""Dates in cells, and the one way of reading day, month and year in UK order."""

import re
from datetime import UTC, date, datetime, time, timedelta

from dateutil import parser as dateutil_parser

_EXCEL_START = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day zero has no time zone
_NUMERIC = re.compile(
    r"(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{4}|"
    r"\d{2})(?:[T ,]+(?:at )?(?P<time>.+))?"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(.+?))?")
_WORDY = re.compile(r"[a-z]{3,}", re.IGNORECASE)
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)


def read_date(text: object, *, day_first: bool = True) -> datetime | None:
    """A cell as a moment without a time zone: datetime or date, Excel serial number, ISO, or UK text.

    Midnight when no time is given; None when it is no date ("at Blackpool meet", "Feb").
    """
    if isinstance(text, datetime):
        return text.astimezone(UTC).replace(tzinfo=None) if text.tzinfo else text
    if isinstance(text, date):
        return datetime.combine(text, time())
    if isinstance(text, bool) or text is None:
        return None
    if isinstance(text, int | float):
        return _from_serial(float(text))
    if not isinstance(text, str) or not text.strip() or len(text) > 80:
        return None
    return _from_text(" ".join(text.split()), day_first)


def _from_serial(number: float) -> datetime | None:
    if not 20_000 <= number < 80_000:
        return None
    return (_EXCEL_START + timedelta(days=number)).replace(microsecond=0)


def _from_text(text: str, day_first: bool) -> datetime | None:
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _from_serial(float(text))
    if found := _ISO.fullmatch(text):
        return _moment(int(found[1]), int(found[2]), int(found[3]), found[4])
    if found := _NUMERIC.fullmatch(text):
        first, second, year = int(found["day"]), int(found["month"]), full_year(int(found["year"]))
        day, month = (first, second) if day_first or first > 12 else (second, first)
        if month > 12:
            day, month = month, day
        return _moment(year, month, day, found["time"])
    if _MONTH.search(text) and len(re.findall(r"\d+", text)) >= 2 and len(_WORDY.findall(text)) <= 4:
        return _by_dateutil(text, day_first)
    return None


def _by_dateutil(text: str, day_first: bool) -> datetime | None:
    try:
        found = dateutil_parser.parse(text, dayfirst=day_first, default=datetime(1, 1, 1))  # noqa: DTZ001
    except (ValueError, OverflowError, TypeError):
        return None
    return found.replace(tzinfo=None) if found.year > 1900 else None


def _moment(year: int, month: int, day: int, clock: str | None) -> datetime | None:
    try:
        at = datetime(year, month, day)  # noqa: DTZ001 - cells carry no zone
    except ValueError:
        return None
    said = re.match(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([ap]m)?", clock or "", re.IGNORECASE)
    if not said:
        return at
    hour = int(said[1]) % 12 + 12 if (said[4] or "").lower() == "pm" else int(said[1])
    try:
        return at.replace(hour=hour, minute=int(said[2]), second=int(said[3] or 0))
    except ValueError:
        return at


def full_year(year: int) -> int:
    """ "26" is 2026, "94" is 1994; four digits are kept."""
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)
