"""Days and hours of the sample, all counted from the day it is made, so that it never looks stale."""

import random
from datetime import date, datetime, time, timedelta

from matcher.clock import LONDON

_EARLIEST, _LATEST = 8, 22


def moment(day: date, rng: random.Random) -> datetime:
    """Some minute of the waking day, aware, London time."""
    return datetime.combine(day, time(rng.randrange(_EARLIEST, _LATEST), rng.randrange(60)), LONDON)


def day_from(today: date, offset: int) -> date:
    """The working day ``offset`` days from today: a weekend moves on to Monday, or back to Friday when past."""
    day = today + timedelta(days=offset)
    if day.weekday() < 5:
        return day
    return day + timedelta(days=7 - day.weekday() if offset > 0 else 4 - day.weekday())


def spoken(day: date) -> str:
    """A day as an e-mail says it: “Tuesday 12 May”."""
    return f"{day:%A} {day.day} {day:%B}"
