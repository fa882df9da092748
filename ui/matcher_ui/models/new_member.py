"""A member typed in by hand: from four plain lines to what the directory keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matcher.directory import Added, add_member
from matcher.knowledge.names import split_name
from matcher.knowledge.places import Place, locate
from matcher.knowledge.postcodes import outward
from matcher.knowledge.tables import fold
from matcher.model import Decision, How, Purpose
from matcher.storage.store import Store
from matcher_ui.models.members_table import MemberLine, MemberLines


@dataclass(frozen=True, slots=True)
class NewMember:
    """What was typed, line by line."""

    name: str = ""
    contact: str = ""
    place: str = ""
    since: str = ""
    experience: str = ""
    interests: str = ""
    may_ask: Mapping[Purpose, Decision] = field(default_factory=dict)
    evidence: str = ""
    how: How = How.IN_PERSON

    @property
    def is_empty(self) -> bool:
        return not any(
            (self.name, self.contact, self.place, self.since, self.experience, self.interests, self.may_ask)
        )


LINES = {
    "first_name": "name", "last_name": "name", "email": "contact", "phone": "contact", "town": "place",
    "postcode_district": "place", "start_year": "since", "experience_text": "experience",
    "interests_text": "interests",
}  # fmt: skip
"""Field of a member -> the line of the form that it was read from."""


def place_of(typed: str) -> Place | None:
    """The place that a town, a postcode or both together name; None when it is not known."""
    return locate(typed, outward(typed)) if typed.strip() else None


def place_words(place: Place | None) -> str:
    """“Otley, Leeds, Yorkshire and The Humber”; empty when it is not known."""
    if place is None:
        return ""
    parts = dict.fromkeys(part for part in (place.town, place.authority, place.region) if part)
    return ", ".join(parts) + ("" if place.sure or not parts else ": which one? A postcode would tell")


def add(store: Store, typed: NewMember) -> Added:
    """Add the member. Raises UserError naming the field that could not be read."""
    return add_member(store, _values(typed), typed.may_ask, typed.evidence, typed.how)


def alike(lines: MemberLines, typed: NewMember) -> MemberLine | None:
    """A member with the same phone, e-mail or name, if there is one already."""
    name, contact = fold(typed.name), typed.contact.strip().casefold()
    digits = "".join(c for c in contact if c.isdigit())[-10:]
    if len(digits) == 10:
        for place, phone in enumerate(lines.column("phone")):
            if phone and phone.replace(" ", "").endswith(digits):
                return lines[place]
    if contact:
        for place, email in enumerate(lines.column("email")):
            if email and email.casefold() == contact:
                return lines[place]
    named = f" {name} m"
    places = (place for place, sought in enumerate(lines.column("sought")) if sought.startswith(named))
    found = (lines[place] for place in places if " " in name)
    return next((line for line in found if fold(line.name) == name), None)


def _values(typed: NewMember) -> dict[str, Any]:
    name = split_name(typed.name)
    values: dict[str, Any] = {
        "first_name": name.first, "last_name": name.last, "start_year": typed.since,
        "experience_text": typed.experience, "interests_text": typed.interests,
        "email" if "@" in typed.contact else "phone": typed.contact,
    }  # fmt: skip
    place = place_of(typed.place)
    if place is None:
        values["town"] = typed.place
    else:
        values |= {"town": place.town or "", "postcode_district": place.outward or ""}
        if not place.outward:
            values["town"] = typed.place
    return {name: value for name, value in values.items() if value.strip()}
