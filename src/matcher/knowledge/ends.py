"""Until when something said holds: “yes until 31 Jan 2027”."""

import re
from datetime import date, timedelta
from functools import lru_cache

from matcher.knowledge.date_cells import read_date

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_UNTIL = re.compile(
    r"[\s,;(–—-]*\b(?:up )?(?:until|till?|til|to|valid (?:until|till?|to)|ends?|ending|expires?|"
    r"expiring|runs out)\s+(?:on |the |at )*(?:(?P<end>end of )?(?:(?P<month>[a-z]{3,9})\.?,? )?(?P<year>20\d\d)"
    r"|(?P<day>\d{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9},? (?:20)?\d\d|\d{1,2}[./-]\d{1,2}[./-](?:20)?\d\d"
    r"|20\d\d-\d\d-\d\d))[\s).!]*$",
    re.IGNORECASE,
)
"""At the end of what is said: a day, a month with its year, the end of a year. Anything less names no day."""


@lru_cache(maxsize=4096)
def parted_from_end(text: str) -> tuple[str, date | None]:
    """What is said, and the last day on which it holds; the text as it is and None where no day is named."""
    found = _UNTIL.search(text)
    day = _last_day(found) if found else None
    return (text[: found.start()], day) if found and day else (text, None)


def _last_day(found: re.Match[str]) -> date | None:
    if said := found["day"]:
        moment = read_date(re.sub(r"(?<=\d)(?:st|nd|rd|th)|\bof\b|,", " ", said, flags=re.IGNORECASE))
        return moment.date() if moment else None
    year, month = int(found["year"]), (found["month"] or "")[:3].casefold()
    if not month:
        return date(year, 12, 31) if found["end"] else None
    if month not in _MONTHS:
        return None
    following = _MONTHS.index(month) + 2
    return date(year + following // 13, (following - 1) % 12 + 1, 1) - timedelta(days=1)
