"""Putting several answers of one person together: the later one speaks, a blank never erases."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from matcher.clock import LONDON
from matcher.directory.importing.rows import RowAnswer
from matcher.knowledge.names import is_short_for

Values = dict[str, Any]

PLACE = ("town", "postcode_district", "authority", "county", "region", "country", "latitude", "longitude")
START = ("start_year", "start_year_earliest", "start_year_latest")
_WHOLE = (PLACE, START, ("heard_via", "partner_id"), ("conditions_text", "conditions"))
_NAMES = ("first_name", "last_name")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def whole_of(field: str) -> tuple[str, ...]:
    """The fields that are one thing with this one, which is never half new and half old: a place, a start."""
    return next((whole for whole in _WHOLE if field in whole), (field,))


def in_order(answers: Iterable[RowAnswer]) -> list[RowAnswer]:
    """Answers from the oldest to the latest; undated ones count as oldest, in the order of the sheet."""
    return sorted(answers, key=lambda answer: (answer.answered_at or _LONG_AGO, answer.row))


def fold(answers: Sequence[RowAnswer]) -> Values:
    """What a person's answers, oldest first, say together."""
    values: Values = {}
    for answer in answers:
        values.update(overlay(values, answer.values) if values else answer.values)
    dated = [answer.answered_at for answer in answers if answer.answered_at]
    if dated:
        values["last_answer_at"] = dated[-1]
        values.setdefault("joined_on", dated[0].astimezone(LONDON).date())
    return values


def overlay(before: Mapping[str, Any], said: Mapping[str, Any]) -> Values:
    """What a later answer changes. A place or a starting year is replaced as a whole, never half.

    A name with “?” for a letter that its file could not hold replaces none, nor does a pet form a full first name.
    """
    changes = {f: v for f, v in said.items() if v is not None and not _is_poorer(f, v, before.get(f))}
    if _moved(before, changes):
        changes |= {field: changes.get(field) for field in PLACE}
    elif before.get("town") or before.get("postcode_district"):
        changes = {f: v for f, v in changes.items() if f not in PLACE or before.get(f) is None or _finer(changes)}
    if "start_year" in changes:
        changes |= {field: changes.get(field) for field in START}
    if "heard_via" in changes:
        changes["partner_id"] = said.get("partner_id")
    if "conditions_text" in changes:
        changes["conditions"] = changes.get("conditions")
    return {field: value for field, value in changes.items() if value != before.get(field)}


def _is_poorer(field: str, said: Any, before: Any) -> bool:
    """Whether a name says less than the one that is known."""
    if field not in _NAMES or not before:
        return False
    return "?" in said or (field == "first_name" and is_short_for(said, before))


def _moved(before: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
    """Whether the later place is another one, so that nothing of the old one may stay beside it."""
    if changes.get("postcode_district") and before.get("postcode_district"):
        return bool(changes["postcode_district"] != before["postcode_district"])
    if changes.get("town") and before.get("town"):
        return bool(changes["town"] != before["town"])
    return bool(changes.get("region") and before.get("region") and changes["region"] != before["region"])


def _finer(changes: Mapping[str, Any]) -> bool:
    return bool(changes.get("town") or changes.get("postcode_district"))
