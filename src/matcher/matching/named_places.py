"""The places that a phrase names, as what a member's home can be compared with."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from matcher.knowledge.gazetteer import authorities, counties
from matcher.knowledge.places import FoundPlace, places_in
from matcher.knowledge.regions import REGIONS, area_named, centre_of, parts_of, region_named
from matcher.knowledge.tables import fold


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place a request names. ``quarter`` is a compass corner of its region ("north east"), or empty."""

    name: str
    kind: str
    regions: tuple[str, ...]
    lat: float | None = None
    lon: float | None = None
    quarter: str = ""


def named_places(text: str) -> tuple[NamedPlace, ...]:
    """The places a phrase names, "outside London" excepted."""
    return tuple(where for where, away in read_places(text) if not away)


_AWAY = re.compile(
    r"\b(?:outside|not in|except|excluding|other than|away from|beyond|apart from|than)\b[^,;.]*$", re.IGNORECASE
)


@cache
def read_places(text: str) -> tuple[tuple[NamedPlace, bool], ...]:
    """The places a phrase names, each with whether it says *outside* of it."""
    if re.search(r"\b(?:uk|u\.k\.|united kingdom|britain|nationwide)\b", text, re.IGNORECASE) and len(text) < 30:
        return ((NamedPlace("UK", "uk", REGIONS), False),)
    found = places_in(text) or _whole(text)
    return tuple((_where(text, place), bool(_AWAY.search(text[: place.start]))) for place in found)


def _whole(text: str) -> tuple[FoundPlace, ...]:
    """A phrase that is nothing but an area's or nation's name, or its people ("Welsh")."""
    found = []
    for name, nation in _PEOPLES.items():
        if re.search(rf"\b{name}\b", text, re.IGNORECASE):
            found.append(FoundPlace(nation, "country", (nation,), *centre_of(nation), 0, 0))
    if found:
        return tuple(found)
    area = area_named(text) if len(text) < 40 else None
    if area is None:
        return ()
    lat, lon = centre_of(area.regions[0]) if len(area.regions) == 1 else (None, None)
    return (FoundPlace(area.name, area.kind, area.regions, lat, lon, 0, len(text)),)


_PEOPLES = {"northern irish": "Northern Ireland", "scottish": "Scotland", "scots": "Scotland", "welsh": "Wales"}


_QUARTER = re.compile(r"^(?P<lat>north|south)?[ -]?(?P<lon>east|west)?(?:ern)? (?P<whole>.+)$", re.IGNORECASE)


def _where(text: str, place: FoundPlace) -> NamedPlace:
    """Add the compass corner: "north-east Wales" is a corner of Wales, whether or not it is listed as an area."""
    if place.kind == "county" and (parts_of(place.name) or place.name in counties()):
        return NamedPlace(place.name, place.kind, place.regions, place.lat, place.lon)
    spoken = text[max(0, place.start - 11) : place.end] if place.kind in ("country", "county") else ""
    corner = _QUARTER.match(place.name) or _QUARTER.match(spoken.strip())
    whole = region_named(corner["whole"]) if corner and (corner["lat"] or corner["lon"]) else None
    if corner and whole and place.regions == (whole,):
        quarter = f"{corner['lat'] or ''} {corner['lon'] or ''}".lower()
        return NamedPlace(place.name, "quarter", place.regions, quarter=quarter)
    return NamedPlace(place.name, place.kind, place.regions, place.lat, place.lon)


def parts(where: NamedPlace) -> tuple[NamedPlace, ...]:
    """The counties or authorities of an area that is made up of them, each as a place; else the place itself."""
    names = parts_of(where.name) if where.kind == "county" else ()
    return tuple(replace(where, name=name) for name in names) or (where,)


def widened(wanted: Iterable[NamedPlace]) -> tuple[NamedPlace, ...]:
    """The places with their parts, and beside a town the authority that bears its name."""
    found: list[NamedPlace] = []
    for where in wanted:
        found += parts(where)
        if where.kind == "town" and (authority := authorities().get(fold(where.name))):
            found.append(replace(where, name=authority, kind="county"))
    return tuple(dict.fromkeys(found))


@cache
def names_area(text: str, name: str) -> bool:
    """Whether the county or authority of a record is the area of this name, or a part that bears it."""
    area = area_named(text)
    return (area is not None and area.name == name) or f" {fold(name)} " in f" {fold(text)} "


@cache
def is_area(text: str) -> bool:
    """Whether the county of a record is one we know, so that another one is elsewhere."""
    return text in counties() or area_named(text) is not None
