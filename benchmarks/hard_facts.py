"""What a member of the examples plainly fails of a brief, without any of the program's own reading of people."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from matcher.knowledge.places import FoundPlace, places_in
from matcher.knowledge.regions import neighbours, parts_of

Record = Mapping[str, Any]

_NATIONS = ("Wales", "Scotland", "Northern Ireland")
_ROLES = ("manager", "owner", "nurse", "coordinator", "trainer", "self-employed", "personal assistant")
_REFUSES = {
    "media": r"\b(?:no|never|not)(?: the| any)? (?:media|press|journalists?)\b",
    "on_camera": r"\b(?:no|not|never) (?:on )?(?:camera|film\w*|video|tv|telly|broadcast|photo\w*|pics?)\b"
    r"|photographs or video|camera off|radio only|no name\b",
    "recorded_broadcast": r"\bno broadcast|no voice|, no broadcast",
    "live_broadcast": r"\bno broadcast|no voice",
    "named": r"\bno name\b|\bno surname|surname (?:is )?not|not my surname|not .{0,12}surname|first name only",
}
"""Audience, format or anonymity of a brief -> conditions in which a member rules it out."""


def failures(brief: Record, member: Record, today: date) -> list[str]:
    """The hard facts of a brief that this member plainly fails; what is not known of them fails nothing."""
    musts = [c for c in brief["criteria"] if c["strength"] == "must"]
    found = [f"{c['text']} ({c['field']})" for c in musts if _contradicts(c, member, today)]
    conditions = member["conditions_text"] or ""
    for asked in (brief["audience"], brief["anonymity"], brief["format"]):
        if asked in _REFUSES and (match := re.search(_REFUSES[asked], conditions, re.IGNORECASE)):
            found.append(f"{asked}: “{match.group()}”")
    return found


def _contradicts(criterion: Record, member: Record, today: date) -> bool:
    op, value = criterion["op"], criterion["value"]
    wanted = [str(v).casefold() for v in value] if isinstance(value, list) else [str(value).casefold()]
    match criterion["field"]:
        case "country":
            country = member["region"] if member["region"] in _NATIONS else "England"
            return "uk" not in wanted and (country.casefold() in wanted) is (op == "none_of")
        case "region" if member["region"]:
            return (str(member["region"]).casefold() in wanted) is (op == "none_of")
        case "place" if op in ("is", "any_of") and member["region"]:
            named = [place for text in wanted for place in places_in(text.title())]
            return bool(named) and not any(_may_be_in(place, member) for place in named)
        case "years_in_care" if member["start_year"]:
            return not _holds(op, today.year - member["start_year"], value)
        case "age" if member["age_band"]:
            ends = [int(n) for n in re.findall(r"\d+", member["age_band"])]
            return not any(_holds(op, age, value) for age in range(ends[0], (ends[1:] or [99])[0] + 1))
        case "gender" if member["gender"]:
            return {"M": "man", "F": "woman"}.get(member["gender"]) not in wanted
        case "role" | "words" if op == "none_of":
            return any(role in member["role"] and role in text for role in _ROLES for text in wanted)
    return False


def _may_be_in(place: FoundPlace, member: Record) -> bool:
    """Whether a member may live in or near a place: its county, else its region, of a town the next one too."""
    around = {*place.regions, *(neighbours(place.regions[0]) if place.kind == "town" else ())}
    if member["region"] not in around:
        return False
    is_county = place.kind == "county" and not parts_of(place.name)
    return not is_county or not member["county"] or place.name.casefold() in member["county"].casefold()


def _holds(op: str, number: float, value: Any) -> bool:
    if op == "at_least":
        return bool(number >= value)
    if op == "at_most":
        return bool(number <= value)
    return op != "between" or bool(value[0] <= number <= value[-1])


def hard_failures(brief: Record, shown: Sequence[Record], members: Mapping[str, Record], today: date) -> list[str]:
    """Members of a top ten, met or to be asked, who fail a hard fact of the brief."""
    return [
        f"{row['truth']} {failure}"
        for row in shown
        if row["truth"]
        for failure in failures(brief, members[row["truth"]], today)
    ]
