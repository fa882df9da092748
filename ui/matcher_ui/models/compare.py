"""Two records side by side: the facts that either of them has."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from matcher import clock
from matcher.directory import FIELDS, MemberPage
from matcher_ui.dates import day_words

_SHOWN = (
    "first_name", "last_name", "email", "phone", "town", "postcode_district", "region", "role", "start_year",
    "employer_type", "care_types", "languages", "age_band", "experience_text", "interests_text", "last_answer_at",
)  # fmt: skip
_LONGEST = 180


class Compared(NamedTuple):
    """One fact of both records, in words; "" where a record does not have it."""

    label: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        return bool(self.one and self.other) and self.one.casefold() != self.other.casefold()


def in_words(value: Any) -> str:
    """A stored value as the screen says it; "" when it is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, datetime):
        local = value.astimezone(clock.LONDON)
        return f"{day_words(local.date(), clock.today())}, {local:%H:%M}"
    if isinstance(value, date):
        return day_words(value, clock.today())
    return str(value)


def values_of(page: MemberPage) -> dict[str, Any]:
    """Field -> its value."""
    return {field.name: field.value for field in page.fields}


def compared(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[Compared, ...]:
    """The facts that at least one of two records has, in the order of the form."""
    rows = (Compared(FIELDS[name].label, _short(one.get(name)), _short(other.get(name))) for name in _SHOWN)
    return tuple(row for row in rows if row.one or row.other)


def _short(value: Any) -> str:
    words = in_words(value)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"


def changes_in_words(changes: Sequence[tuple[str, Any, Any]]) -> str:
    """“Town: Leeds → Otley; Phone: 07700 900123”."""
    said = []
    for label, before, after in changes:
        was, now = _short(before), _short(after) or "nothing"
        said.append(f"{label}: {was} → {now}" if was else f"{label}: {now}")
    return "; ".join(said)
