"""Outward postcodes: reading them however they were typed, and what is known of each district."""

import re
from dataclasses import dataclass
from functools import cache

from matcher.knowledge.regions import REGIONS
from matcher.knowledge.tables import rows

_INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"
_OUTWARD = "[A-Z]{1,2}[0-9]{1,2}|[A-Z]{1,2}[0-9][A-Z]"
_FULL = re.compile(rf"({_OUTWARD}){_INWARD}")
_HALF = re.compile(rf"(?:{_OUTWARD})")
_IN_TEXT = re.compile(r"\b(?P<area>[A-Za-z]{1,2}) ?(?P<district>[0-9][0-9]?[A-Za-z]?)(?: ?[0-9][A-Za-z]{2})?\b")
_SECTOR = re.compile(rf"\s*({_OUTWARD})[\s-]+[0-9][A-Z]{{0,2}}\s*")
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class Postcode:
    """An outward district. ``straddles`` is true when its homes stand in more than one region.

    ``authority`` is the nearest authority's, so right for most homes of the district, not for each.
    """

    outward: str
    region: str
    county: str
    authority: str
    lat: float
    lon: float
    straddles: bool
    regions: tuple[str, ...]


@cache
def _districts() -> dict[str, dict[str, str]]:
    return {row["outward"]: row for row in rows("regions/postcodes.csv")}


@cache
def _letters() -> dict[str, Postcode]:
    """For every postcode area its lowest district, for districts newer than the table."""
    found: dict[str, Postcode] = {}
    for outward in _districts():
        known = postcode(outward)
        if known:
            found.setdefault(_area(outward), known)
    return found


def _area(outward: str) -> str:
    return re.match("[A-Z]*", outward).group()  # type: ignore[union-attr]


@cache
def postcode(outward: str | None) -> Postcode | None:
    """What is known of an outward code such as "NG18"; None when the table has no such district."""
    row = _districts().get(outward or "")
    if row is None:
        return None
    regions = tuple(REGIONS[int(code)] for code in (row["region"], *row["also"].split()))
    return Postcode(
        outward=row["outward"],
        region=regions[0],
        county=row["county"],
        authority=row["authority"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        straddles=len(regions) > 1,
        regions=regions,
    )


@cache
def outward(text: object) -> str | None:
    """The outward code of a full, partial or run-together postcode ("nw16aw" -> "NW1"), upper case.

    None when the text holds no plausible UK one. A whole address is accepted: its last postcode counts.
    """
    if not isinstance(text, str) or not text.strip():
        return None
    if sector := _SECTOR.fullmatch(text.upper()):
        return sector.group(1) if plausible(sector.group(1)) else None
    packed = re.sub(r"[^A-Z0-9]", "", text.upper())
    if 2 <= len(packed) <= 8:
        if whole := _from_packed(packed):
            return whole
        repaired = _repaired(packed)
        if repaired and (whole := _from_packed(repaired)):
            return whole
    found = outwards_in(text)
    return found[-1][0] if found else None


def _from_packed(packed: str) -> str | None:
    full = _FULL.fullmatch(packed)
    if full and plausible(full.group(1)):
        return full.group(1)
    if _HALF.fullmatch(packed) and plausible(packed):
        return packed
    # a sector ("HU5 1") or a stray letter after the district
    for cut in (1, 2):
        head = packed[:-cut]
        if _HALF.fullmatch(head) and head in _districts():
            return head
    return None


def _repaired(packed: str) -> str | None:
    """Letters typed for digits in the places where only a digit can stand ("OLl4", "SE1 OAA")."""
    if len(packed) >= 5 and packed[-3] == "O":
        return packed[:-3] + "0" + packed[-2:]
    head = _area(packed)
    if len(head) > 2 and head[:2] in _letters():
        return head[:2] + packed[2:].translate(_MISREAD)
    return None


def plausible(code: str) -> bool:
    """Whether an outward code exists, or at least stands in a postcode area that does."""
    if code in _districts():
        return True
    area = _area(code)
    return area in {"GY", "JE", "IM"} or (area in _letters() and code[-1].isdigit() and code[-2:] != "00")


def outwards_in(text: str) -> tuple[tuple[str, int, int], ...]:
    """Existing outward codes standing in running text, as (code, start, end)."""
    found = []
    for match in _IN_TEXT.finditer(text):
        code = (match["area"] + match["district"]).upper()
        if code in _districts() and not _only_looks_like_one(match):
            found.append((code, match.start(), match.end()))
    return tuple(found)


def _only_looks_like_one(match: re.Match[str]) -> bool:
    """ "s 9", "b2" in small print: a single small letter apart from its number is no postcode."""
    return match.group().islower() and len(match["area"]) == 1 and " " in match.group()
