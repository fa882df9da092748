"""Fields as she types them: read by the same rules as a spreadsheet, and refused when they cannot be."""

from collections.abc import Mapping
from typing import Any

from matcher import clock
from matcher.directory.folding import PLACE, START
from matcher.directory.values import parse, plain, yes_or_no
from matcher.errors import UserError
from matcher.knowledge.places import locate
from matcher.knowledge.regions import area_named, country_of
from matcher.model import Member, fields_of

_LISTS = frozenset({"conditions", "never_share", "care_types", "languages"})
_FREE = frozenset({"conditions", "never_share"})


def validated(values: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values as member columns.

    ``before`` is what the member's place was: a new town or postcode brings its region and coordinates along.
    Raises UserError naming a field that is unknown or whose value could not be read.
    """
    labels = fields_of(Member)
    changes: dict[str, Any] = {}
    for name, typed in values.items():
        if name not in labels or name == "last_answer_at":
            known = ", ".join(n for n in labels if n != "last_answer_at")
            raise UserError(f"There is no field “{name}”.", todo=f"The fields are: {known}.")
        changes |= _read(name, typed, labels[name].label)
    return changes | _place(changes, before)


def _read(name: str, typed: Any, label: str) -> dict[str, Any]:
    if typed is None or plain(typed) == "" or typed == []:
        empty: Any = False if name == "shared_phone" else None
        return dict.fromkeys(START if name == "start_year" else (name,), empty)
    if name in _LISTS and not isinstance(typed, str):
        typed = "; ".join(typed) if name in _FREE else ", ".join(typed)
    if name in _FREE:
        return {name: [part.strip() for part in str(typed).split(";") if part.strip()]}
    if name == "shared_phone":
        return {name: _truth(typed, label)}
    if name == "region":
        return {name: _region(plain(typed), label)}
    read = {key: value for key, value in parse(name, typed, clock.today()).values.items() if value is not None}
    if not read:
        raise UserError(f"{label}: “{plain(typed)}” could not be read.", where=name, todo="Write it another way.")
    return read


def _truth(typed: Any, label: str) -> bool:
    if isinstance(typed, bool):
        return typed
    found = yes_or_no(typed)
    if found is None:
        raise UserError(f"{label}: “{plain(typed)}” is neither yes nor no.", where="shared_phone")
    return found


def _region(typed: str, label: str) -> str:
    area = area_named(typed)
    if area is None or len(area.regions) != 1:
        raise UserError(
            f"{label}: “{typed}” is not one region or nation.", where="region", todo="Such as: East Midlands."
        )
    return area.regions[0]


def _place(changes: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What a newly typed town, postcode or region means for the rest of the place."""
    if changes.get("region") and not changes.keys() & {"town", "postcode_district"}:
        return {"country": country_of(changes["region"])}
    if not changes.keys() & {"town", "postcode_district"}:
        return {}
    town = changes.get("town", before.get("town"))
    code = changes.get("postcode_district", before.get("postcode_district"))
    found = locate(", ".join(part for part in (town, changes.get("region")) if part) or None, code)
    if code and (found is None or found.outward is None):
        raise UserError(
            f"Postcode: “{code}” is not a UK postcode.", where="postcode_district", todo="Such as: NG18."
        )
    if found is None:
        return {}
    known = {
        "town": changes.get("town") or found.town, "postcode_district": found.outward, "authority": found.authority,
        "county": found.county, "region": found.region, "country": found.country,
        "latitude": found.lat, "longitude": found.lon,
    }  # fmt: skip
    kept = {
        name: value
        for name, value in changes.items()
        if name in PLACE and name not in ("town", "postcode_district")
    }
    return known | kept
