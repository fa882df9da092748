"""The town gazetteer: every settlement with its county, region, districts, coordinates and population."""

import math
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from matcher.knowledge.regions import REGIONS
from matcher.knowledge.tables import each_row, fold, rows

EARTH_MILES = 3958.76
_JOINED = re.compile(r" (?:upon|on|under|in|by|le|de la|next|with|and|the|super|sub|near|cum) .*$")
_ABBREVIATED = {
    "gt": "great", "grt": "great", "mkt": "market", "lt": "little", "nth": "north", "sth": "south",
    "upr": "upper", "lwr": "lower", "saint": "st", "stoke on trent": "stoke on trent",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Town:
    """One settlement. ``population`` is 0 when GeoNames gives none (villages, suburbs)."""

    name: str
    county: str
    region: str
    authority: str
    outwards: tuple[str, ...]
    lat: float
    lon: float
    population: int


def miles_between(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """The distance along the earth's surface in miles; coordinates in degrees."""
    north, south = math.radians(a_lat), math.radians(b_lat)
    half_lat, half_lon = (south - north) / 2, math.radians(b_lon - a_lon) / 2
    haversine = math.sin(half_lat) ** 2 + math.cos(north) * math.cos(south) * math.sin(half_lon) ** 2
    return 2 * EARTH_MILES * math.asin(min(1.0, math.sqrt(haversine)))


@cache
def _districts(outward: str) -> tuple[str, ...]:
    return tuple(sys.intern(code) for code in outward.split())


def _town(row: dict[str, str]) -> Town:
    # tens of thousands of towns share a few hundred counties, authorities and districts: kept once each
    return Town(
        name=row["name"],
        county=sys.intern(row["county"]),
        region=REGIONS[int(row["region"])],
        authority=sys.intern(row["authority"]),
        outwards=_districts(row["outward"]),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        population=int(row["population"]),
    )


@cache
def towns() -> tuple[Town, ...]:
    """Every settlement, our own additions (city districts people name as home) last."""
    return tuple(_town(row) for name in ("places", "districts") for row in each_row(f"regions/{name}.csv"))


@cache
def by_name() -> dict[str, tuple[Town, ...]]:
    """Settlements under their folded full name."""
    found: dict[str, list[Town]] = {}
    for town in towns():
        found.setdefault(fold(town.name), []).append(town)
    return {name: tuple(those) for name, those in found.items()}


@cache
def by_short_name() -> dict[str, tuple[Town, ...]]:
    """Settlements under the first part of a joined name ("clacton" for Clacton-on-Sea), towns only."""
    found: dict[str, list[Town]] = {}
    for town in towns():
        name = fold(town.name)
        short = _JOINED.sub("", name)
        if short != name and town.population >= 1_000:
            found.setdefault(short, []).append(town)
    return {name: tuple(those) for name, those in found.items()}


@cache
def _aliases() -> dict[str, tuple[str, str]]:
    return {fold(row["alias"]): (fold(row["name"]), row["county"]) for row in rows("regions/place_names.csv")}


@cache
def by_district() -> dict[str, tuple[Town, ...]]:
    """Settlements of an outward district, the most populous first."""
    found: dict[str, list[Town]] = {}
    for town in towns():
        for outward in town.outwards:
            found.setdefault(outward, []).append(town)
    return {code: tuple(sorted(those, key=lambda t: -t.population)) for code, those in found.items()}


def main_town(outward: str) -> Town | None:
    """The largest settlement of a district."""
    those = by_district().get(outward, ())
    return those[0] if those else None


@cache
def called(name: str) -> tuple[Town, ...]:
    """Every settlement a folded name may mean: full names, short forms, nicknames, abbreviations."""
    if alias := _aliases().get(name):
        meant = by_name().get(alias[0], ())
        in_county = tuple(t for t in meant if t.county == alias[1])
        return in_county or meant
    direct = by_name().get(name, ()) + by_short_name().get(name, ())
    if direct:
        return direct
    other = _respelt(name)
    return (by_name().get(other, ()) + by_short_name().get(other, ())) if other != name else ()


def _respelt(name: str) -> str:
    words = [_ABBREVIATED.get(word, word) for word in name.split()]
    if words and words[-1].endswith("boro") and len(words[-1]) > 5:
        words[-1] += "ugh"
    return " ".join(words)


@cache
def fuzzy_names() -> tuple[str, ...]:
    """Names long enough and places large enough to be worth a guess at a misspelling."""
    return tuple(name for name, those in by_name().items() if len(name) >= 5 and those[0].population >= 1_500)


SQUARE = (0.2, 0.35)
"""The sides of a square of the grid in degrees of latitude and longitude: some 14 miles each."""


@cache
def _squares() -> dict[tuple[int, int], tuple[tuple[str, Town], ...]]:
    """Square of the grid -> the towns in it that are worth a guess at a misspelling, by name."""
    found: dict[tuple[int, int], list[tuple[str, Town]]] = {}
    for name in fuzzy_names():
        for town in by_name()[name]:
            found.setdefault(_square(town.lat, town.lon), []).append((name, town))
    return {square: tuple(those) for square, those in found.items()}


def _square(lat: float, lon: float) -> tuple[int, int]:
    return int(lat // SQUARE[0]), int(lon // SQUARE[1])


def in_squares_around(lat: float, lon: float) -> Iterator[tuple[str, Town]]:
    """The names and towns in the nine squares of the grid around a point: every one within ``SQUARE`` of it."""
    row, column = _square(lat, lon)
    for up in (-1, 0, 1):
        for across in (-1, 0, 1):
            yield from _squares().get((row + up, column + across), ())


def nearby(candidates: Iterable[Town], lat: float, lon: float, within: float) -> list[Town]:
    """Those within so many miles of a point, nearest first."""
    near = [(miles_between(lat, lon, t.lat, t.lon), i, t) for i, t in enumerate(candidates)]
    return [town for distance, _, town in sorted(near) if distance <= within]


def alias_names() -> frozenset[str]:
    """The folded nicknames and other-language names the table knows."""
    return frozenset(_aliases())


@cache
def counties() -> frozenset[str]:
    """The counties in which the table has settlements."""
    return frozenset(town.county for town in towns())


@cache
def authorities() -> dict[str, str]:
    """Local authorities under their folded name, the "city of" in it left out."""
    named = {town.authority for town in towns()}
    return {fold(name.removesuffix(", City of").removesuffix(", County of")): name for name in named}
