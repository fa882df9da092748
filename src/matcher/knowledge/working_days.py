"""Months, weekends and bank holidays: when something that must be done within a month is due."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

_SATURDAY = 5


def months_after(day: date, months: int) -> date:
    """The same day so many months later; where that month is shorter, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_day_from(day: date) -> date:
    """The day itself, or the next that is neither a weekend nor a bank holiday."""
    while day.weekday() >= _SATURDAY or day in bank_holidays(day.year):
        day += timedelta(days=1)
    return day


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The usual bank holidays of England and Wales, with the days that stand in for those on a weekend.

    Source: Banking and Financial Dealings Act 1971, schedule 1, and the yearly proclamations for 1 January and the
    first Monday in May. Holidays that a single year adds or moves are not known.
    """
    sunday = easter(year)
    fixed = _with_substitutes((date(year, 1, 1),)) | _with_substitutes((date(year, 12, 25), date(year, 12, 26)))
    moved = {
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
    }
    return frozenset(fixed | moved)


def _with_substitutes(days: tuple[date, ...]) -> set[date]:
    taken: set[date] = set()
    for day in days:
        while day.weekday() >= _SATURDAY or day in taken:
            day += timedelta(days=1)
        taken.add(day)
    return taken


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
