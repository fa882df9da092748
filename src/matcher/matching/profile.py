"""A member as matching sees her: plain values, no store, nothing that she did not allow to be used."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any

from matcher.model import BACKGROUND_USE

OWN_WORDS = (
    "experience_text",
    "interests_text",
    "avoid_text",
    "availability_text",
    "conditions_text",
    "hours",
)
"""The fields in which she speaks freely; evidence may point into them."""

SPOKEN = ("interests_text", "experience_text")
"""The own words that say what she knows and wants to speak about, the wanted first."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one member. None and empty mean unknown, never no.

    A background field (age band, gender, ethnicity, migration status) stands here only when its use is
    permitted. ``closed`` names those she refused: her own words are not read for them either.
    """

    id: int
    first_name: str | None = None
    last_name: str | None = None
    town: str | None = None
    authority: str | None = None
    county: str | None = None
    region: str | None = None
    country: str | None = None
    postcode_district: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    role: str | None = None
    employer_type: str | None = None
    contract_type: str | None = None
    hours: str = ""
    start_year: int | None = None
    start_year_earliest: int | None = None
    start_year_latest: int | None = None
    care_types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    experience_text: str = ""
    interests_text: str = ""
    avoid_text: str = ""
    availability_text: str = ""
    conditions_text: str = ""
    conditions: tuple[str, ...] = ()
    travel_miles: int | None = None
    online_ok: bool | None = None
    in_person_ok: bool | None = None
    age_band: str | None = None
    gender: str | None = None
    ethnicity: str | None = None
    migration_status: str | None = None
    closed: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        return self.id

    @property
    def name(self) -> str:
        """First and last name as written, or a plain stand-in."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or "(no name)"

    def words(self, source: str) -> str:
        """Her own words in the field ``source``, empty when there are none."""
        text: str = getattr(self, source)
        return text


_NAMES = tuple(field.name for field in fields(Profile) if field.name != "closed")
COLUMNS = _NAMES
"""The columns of ``Member`` that a profile is made of."""

_LISTS = frozenset({"care_types", "languages", "conditions"})


def profile_of(
    values: Mapping[str, Any], permitted: Collection[str] = (), refused: Collection[str] = ()
) -> Profile:
    """Make a profile from the columns of one member row.

    ``permitted`` and ``refused`` name background fields whose use for matching she allowed or refused;
    one that is in neither stays unused, but what she says of it in her own words may be read.
    """
    known: dict[str, Any] = {}
    for name in _NAMES:
        value = values.get(name)
        if name in BACKGROUND_USE and name not in permitted:
            continue
        if name in _LISTS:
            known[name] = tuple(value or ())
        elif name in OWN_WORDS:
            known[name] = value or ""
        else:
            known[name] = value
    return Profile(**known, closed=frozenset(refused))
