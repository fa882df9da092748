"""What a cell, or what she types into the edit form, means for one field of a member."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from matcher import clock
from matcher.directory.importing.headers import ONLINE_OR_IN_PERSON, OWN_WORDS
from matcher.knowledge import canonical
from matcher.knowledge.answers import yes_no
from matcher.knowledge.date_cells import read_date
from matcher.knowledge.emails import email
from matcher.knowledge.phones import phone
from matcher.knowledge.years import started


@dataclass(frozen=True, slots=True)
class Parsed:
    """Member columns that a cell answers, and what was repaired in it, in plain words."""

    values: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


_CURLY = str.maketrans({"’": "'", "‘": "'", "‛": "'", "“": '"', "”": '"', "„": '"', " ": " ", "\u200b": None})
_ASCII_SIGNS = ("^", "`")


def plain(cell: Any) -> str:
    """A cell as one line of text; "" for an empty one. Whole floats lose their ".0"."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def as_list(cell: Any) -> str:
    """The cell of a multi-select answer as one line: labels on lines of their own are parted by semicolons."""
    return plain(_LINES.sub("; ", cell.strip())) if isinstance(cell, str) and "\n" in cell else plain(cell)


_LINES = re.compile(r"\s*[\r\n]+\s*")


def own_words(text: str) -> str:
    """Her own words as kept: straight quotes, single spaces, and no emoji hanging on at the end."""
    if text.isascii() and "\n" not in text:
        plainly = " ".join(text.split())
        if plainly[-1:] not in _ASCII_SIGNS:
            return plainly
    lines = (" ".join(line.split()) for line in text.translate(_CURLY).splitlines())
    kept = "\n".join(line for line in lines if line)
    return kept.rstrip(_trailing_signs(kept))


def _trailing_signs(text: str) -> str:
    """The emoji and spaces at the end of a text, as characters to strip; "" when it ends in words."""
    end = len(text)
    while end and (text[end - 1].isspace() or _is_sign(text[end - 1])):
        end -= 1
    return text[end:] if end else ""


def _is_sign(character: str) -> bool:
    return unicodedata.category(character) in {"So", "Sk", "Mn", "Cf"} or character == "\ufe0f"


def parse(target: str, cell: Any, asked_on: date) -> Parsed:
    """Read a cell for one field; durations count back from ``asked_on``. Nothing understood gives no values."""
    if target in OWN_WORDS:
        return _words(target, cell)
    reader = _READERS.get(target)
    if reader is not None:
        return reader(cell, asked_on)
    text = plain(cell)
    return Parsed({target: text.translate(_CURLY)} if text else {})


_ONCE = frozenset({"email", "phone", "start_year", *OWN_WORDS}) - {"conditions_text"}
"""Fields whose cells are as many as the people, or mean another thing on another day."""


_ANY_DAY = date.min


class CellReader:
    """Reads the cells of one column of a sheet, each different one once. The values hold no None.

    ``known`` holds what texts mean, when that does not hang on the day; it reads a text it has not met.
    """

    def __init__(self, target: str) -> None:
        self._target = target
        self.known: dict[str, Parsed] | None = _Known(target) if target not in _ONCE else None

    def read(self, cell: Any, asked_on: date) -> Parsed:
        """What a cell says that is no text, or one whose meaning hangs on the day."""
        return _without_none(parse(self._target, cell, asked_on))


class _Known(dict[str, Parsed]):
    """What the cells of a column mean whose meaning does not hang on the day."""

    def __init__(self, target: str) -> None:
        self._target = target

    def __missing__(self, cell: str) -> Parsed:
        parsed = self[cell] = _without_none(parse(self._target, cell, _ANY_DAY))
        return parsed


def _without_none(parsed: Parsed) -> Parsed:
    if None not in parsed.values.values():
        return parsed
    return Parsed({name: value for name, value in parsed.values.items() if value is not None}, parsed.notes)


def _words(target: str, cell: Any) -> Parsed:
    text = own_words(cell if isinstance(cell, str) else plain(cell))
    if _NO_WORDS.fullmatch(text):
        return Parsed()
    if target != "conditions_text" or not text:
        return Parsed({target: text or None})
    return Parsed({target: text, "conditions": list(canonical.conditions(text)) or None})


_NO_WORDS = re.compile(r"[\W_]*(?:n\W?/?\W?a)?[\W_]*", re.IGNORECASE)
"""A dash or "n/a" in the place of an answer."""


def _email(cell: Any, _: date) -> Parsed:
    text = plain(cell)
    found = email(cell)
    rest = _ADDRESS.sub(" ", text)
    aside = _phone(rest, _) if _A_NUMBER.search(rest) else Parsed()
    unread = text and not found and "@" in text
    notes = ("an e-mail address that is not complete was left out",) if unread else ()
    return Parsed({"email": found, **aside.values}, (*notes, *aside.notes))


_ADDRESS = re.compile(r"\S*@\S*")
_A_NUMBER = re.compile(r"\d[\d ()./-]{7,}\d")


def _phone(cell: Any, _: date) -> Parsed:
    if isinstance(cell, str) and "@" in cell:
        return _email(cell, _)
    found = phone(cell)
    if found is None:
        unread = len(re.sub(r"\D", "", plain(cell))) >= 6
        return Parsed({}, ("a phone number that is not complete was left out",) if unread else ())
    return Parsed({"phone": found.national}, (found.note,) if found.note else ())


def _started(cell: Any, asked_on: date) -> Parsed:
    found = started(cell, asked_on)
    if found is None:
        return Parsed()
    return Parsed(
        {"start_year": found.year, "start_year_earliest": found.earliest, "start_year_latest": found.latest}
    )


def _one(target: str, read: Callable[[str], Any]) -> Callable[[Any, date], Parsed]:
    """A reader for a field that takes one value from a text."""
    remembered = lru_cache(maxsize=16_384)(read)
    return lambda cell, _: Parsed({target: remembered(plain(cell))})


def _many(target: str, read: Callable[[str], Iterable[str]]) -> Callable[[Any, date], Parsed]:
    """A reader for a field that takes several values from a text."""
    remembered = lru_cache(maxsize=16_384)(lambda text: tuple(read(text)))
    return lambda cell, _: Parsed({target: list(remembered(as_list(cell))) or None})


def _hours(cell: Any, _: date) -> Parsed:
    text = plain(cell)
    return Parsed({"hours": text.translate(_CURLY) or None, "contract_type": canonical.contract_type(text)})


def _miles(cell: Any, _: date) -> Parsed:
    found = canonical.travel_miles(cell)
    return Parsed({"travel_miles": None if found is None else round(found)})


def _modes(cell: Any, _: date) -> Parsed:
    online, in_person = canonical.modes(plain(cell))
    return Parsed({"online_ok": online, "in_person_ok": in_person})


def yes_or_no(text: object) -> bool | None:
    """Read a plain yes or no; None for anything else."""
    return {"yes": True, "no": False}.get(yes_no(text) or "")


def _day(cell: Any, _: date) -> Parsed:
    found = read_instant(cell)
    return Parsed({"joined_on": found.astimezone(clock.LONDON).date() if found else None})


_READERS: Mapping[str, Callable[[Any, date], Parsed]] = {
    "email": _email,
    "phone": _phone,
    "start_year": _started,
    "role": _one("role", canonical.role),
    "employer_type": _one("employer_type", canonical.employer_type),
    "care_types": _many("care_types", canonical.care_types),
    "languages": _many("languages", canonical.languages),
    "age_band": _one("age_band", canonical.age_band),
    "gender": _one("gender", canonical.gender),
    "ethnicity": _one("ethnicity", canonical.ethnicity),
    "migration_status": _one("migration_status", canonical.migration_status),
    "contract_type": _one("contract_type", canonical.contract_type),
    "hours": _hours,
    "travel_miles": _miles,
    "online_ok": _one("online_ok", yes_or_no),
    "in_person_ok": _one("in_person_ok", yes_or_no),
    ONLINE_OR_IN_PERSON: _modes,
    "joined_on": _day,
}


def read_instant(cell: Any, *, month_first: bool = False) -> datetime | None:
    """Read a date, or a date with a time, as an aware instant; what names no zone is London time."""
    found = read_date(cell, day_first=not month_first)
    if found is None or isinstance(cell, datetime):
        return clock.as_utc(cell) if found is not None else None
    return clock.as_utc(found)
