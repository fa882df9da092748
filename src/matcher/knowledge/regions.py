"""The nine English regions and three nations, and the counties, nicknames and larger areas people name."""

from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from matcher.knowledge.tables import fold, rows

_FUZZY = 88
_FUZZY_FROM = 6


@dataclass(frozen=True, slots=True)
class Area:
    """A named area larger than a town. ``kind`` is "county", "region", "country" or "uk"."""

    name: str
    kind: str
    regions: tuple[str, ...]


@cache
def _region_rows() -> tuple[dict[str, str], ...]:
    return rows("regions/regions.csv")


REGIONS: tuple[str, ...] = tuple(row["name"] for row in rows("regions/regions.csv"))


@cache
def _countries() -> dict[str, str]:
    return {row["name"]: row["country"] for row in _region_rows()}


def country_of(region: str) -> str:
    """ "England", "Wales", "Scotland" or "Northern Ireland". Raises KeyError for a name not in REGIONS."""
    return _countries()[region]


@cache
def neighbours(region: str) -> frozenset[str]:
    """The regions that border this one (Scotland counts as Northern Ireland's: the short crossing).

    None for a region of another name.
    """
    found = (frozenset(row["neighbours"].split("|")) for row in _region_rows() if row["name"] == region)
    return next(found, frozenset())


@cache
def centre_of(region: str) -> tuple[float, float]:
    """A point in the middle of the region, as latitude and longitude in degrees."""
    row = next(r for r in _region_rows() if r["name"] == region)
    return float(row["lat"]), float(row["lon"])


@cache
def areas() -> dict[str, Area]:
    """Every spelling of an area, folded, with the area it names."""
    found: dict[str, Area] = {}
    for row in rows("regions/areas.csv"):
        regions = REGIONS if row["regions"] == "*" else tuple(row["regions"].split("|"))
        area = Area(row["name"], row["kind"], regions)
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            found[fold(name)] = area
    for row in _region_rows():
        kind = "country" if row["name"] == row["country"] else "region"
        area = Area(row["name"], kind, (row["name"],))
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            found[fold(name)] = area
    return found


def area_named(text: str | None) -> Area | None:
    """The county, region, nation or larger area this cell names, misspellings allowed."""
    if not text:
        return None
    key = fold(text).removesuffix(" uk").removesuffix(" england") or fold(text)
    key = key.replace(" and the ", " ").replace(" and ", " ") if key not in areas() else key
    if hit := areas().get(key) or areas().get(fold(text)) or _without_and().get(key):
        return hit
    if len(key) < _FUZZY_FROM:
        return None
    best = process.extractOne(key, areas().keys(), scorer=fuzz.ratio, score_cutoff=_FUZZY)
    return areas()[best[0]] if best and len(best[0]) >= _FUZZY_FROM else None


@cache
def parts_of(area: str) -> tuple[str, ...]:
    """The counties or authorities that make up an area of this name; empty for one that is a county itself."""
    return _parts().get(area, ())


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    return {row["area"]: tuple(row["parts"].split("|")) for row in rows("regions/parts.csv")}


@cache
def _without_and() -> dict[str, Area]:
    return {key.replace(" and the ", " ").replace(" and ", " "): area for key, area in areas().items()}


@cache
def region_named(text: str | None) -> str | None:
    """The one region a cell names ("Yorks & Humber", "East Anglia", "Merseyside"); None when none or several.

    Whole-cell: for places inside running text use ``places.places_in``.
    """
    area = area_named(text)
    return area.regions[0] if area and len(area.regions) == 1 else None
