"""Which year a report is about."""

import re
from dataclasses import dataclass
from datetime import date

from matcher import clock
from matcher.errors import UserError
from matcher.insight.period import Period

_YEAR = re.compile(r"(20\d\d)(?:[/-](?:20)?(\d\d))?")


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year ("2026") or one from April to March ("2025/26"); ``until`` is today while it is not over."""

    label: str
    since: date
    until: date
    is_over: bool

    @property
    def period(self) -> Period:
        """The days of the year that have been."""
        return Period(self.since, self.until)


def year_named(text: str) -> Year:
    """The year that ``text`` names. Raises UserError when it names none, or one still to come."""
    found = _YEAR.fullmatch(text.strip())
    first = int(found[1]) if found else 0
    if found is None or (found[2] and int(found[2]) != (first + 1) % 100):
        raise UserError(
            f"“{text}” is not a year.", todo="Write 2026 for a calendar year, 2025/26 for one from April to March."
        )
    if found[2]:
        label, since, last = f"{first}/{found[2]}", date(first, 4, 1), date(first + 1, 3, 31)
    else:
        label, since, last = str(first), date(first, 1, 1), date(first, 12, 31)
    today = clock.today()
    if since > today:
        raise UserError(f"{label} has not begun yet.", todo="Choose a year that has.")
    return Year(label, since, min(last, today), last < today)
