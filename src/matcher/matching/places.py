"""Where: countries, regions and places against where she lives, as distance and not as a label."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from matcher.knowledge.places import miles_between
from matcher.knowledge.regions import (
    REGIONS,
    centre_of,
    country_of,
    neighbours,
)
from matcher.knowledge.tables import fold
from matcher.matching.facts import Facts
from matcher.matching.formula import Number
from matcher.matching.judgement import Evidence, Judgement, failed, met, unknown
from matcher.matching.named_places import NamedPlace, is_area, named_places, names_area, parts, widened
from matcher.matching.profile import Profile
from matcher.matching.question import Whereabouts
from matcher.matching.values import texts_of
from matcher.model import Brief, Criterion, Op

MILES_A_MINUTE = 0.6
"""How far one gets in a minute, by whatever is at hand."""
DAY_TRIP = 25.0
"""Miles people are taken to travel when they have not said."""
A_LONG_WAY = 60.0
"""Miles from which it is asked whether they would come, when they have not said how far they travel."""
COUNTY_RADIUS = 25.0

SAME_TOWN, SAME_AUTHORITY, IN_REACH, SAME_REGION, NEXT_REGION = 1.0, 0.95, 0.85, 0.6, 0.3
JOINS_ONLINE = 0.85
"""Closeness of someone far off who can join online, where there is also a place to come to."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """How near she is to the nearest of the wanted places: 0 to 1, in miles when both points are known."""

    degree: float
    miles: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Area:
    """Living in one of the wanted areas, or with ``none_of`` in none of them."""

    wanted: tuple[NamedPlace, ...]
    none_of: bool


@dataclass(frozen=True, slots=True)
class Near:
    """Living within ``limit`` miles of one of the wanted towns (None: as far as one travels).

    ``area`` answers for those of whom only the area is known.
    """

    wanted: tuple[NamedPlace, ...]
    none_of: bool
    limit: float | None
    area: Area


def country(criterion: Criterion) -> Whereabouts:
    """The nation she lives in."""
    return _in_area(criterion)


def region(criterion: Criterion) -> Whereabouts:
    """The region, county or larger area she lives in."""
    return _in_area(criterion)


def _in_area(criterion: Criterion) -> Whereabouts:
    names = ", ".join(dict.fromkeys(where.name for where in _named(criterion)))
    wanted = _area(criterion).wanted

    def judge(facts: Facts, today: date) -> Judgement:
        profile = facts.profile
        if not wanted:
            return unknown()
        if all(where.kind == "uk" for where in wanted):
            return met("Lives in the UK") if criterion.op is not Op.NONE_OF else unknown()
        if not _regions_of(profile):
            return unknown("Where they live is not known")
        inside = [is_in(profile, where) for where in wanted]
        piece = Evidence("", "region", profile.region or profile.country or "")
        note = f"Lives in {_home(profile)}"
        if criterion.op is Op.NONE_OF:
            return failed(note, piece) if True in inside else met(note, piece)
        if True in inside:
            return met(note, piece)
        if None in inside:
            return unknown(f"{note}; {names} wanted", piece, degree=0.5)
        return failed(f"{note}; not in {names}", piece)

    return Whereabouts(judge, _area(criterion))


def _area(criterion: Criterion) -> Area:
    return Area(widened(_named(criterion)), criterion.op is Op.NONE_OF)


def _named(criterion: Criterion) -> tuple[NamedPlace, ...]:
    return tuple(where for text in texts_of(criterion.value) for where in named_places(text))


def _regions_of(profile: Profile) -> tuple[str, ...]:
    if profile.region:
        return (profile.region,)
    return tuple(name for name in REGIONS if profile.country and country_of(name) == profile.country)


def is_in(profile: Profile, where: NamedPlace) -> bool | None:
    """Whether she lives there; None when that cannot be told from what is known."""
    if where.kind == "uk":
        return True
    here = set(_regions_of(profile))
    if not here & set(where.regions):
        return False if here else None
    if where.kind in ("region", "country"):
        return here <= set(where.regions) or None
    if where.kind == "quarter":
        return _in_quarter(profile, where)
    if where.kind == "county":
        return _in_county(profile, where)
    return _same_town(profile, where)


def _in_county(profile: Profile, where: NamedPlace) -> bool | None:
    if any(names_area(text, where.name) for text in (profile.county, profile.authority) if text):
        return True
    miles = _miles(profile, where)
    if miles is None:
        return None
    if profile.county and is_area(profile.county):
        return False
    return miles <= COUNTY_RADIUS or None


def _in_quarter(profile: Profile, where: NamedPlace) -> bool | None:
    if profile.latitude is None or profile.longitude is None:
        return None
    lat, lon = centre_of(where.regions[0])
    sides = {"north": profile.latitude >= lat, "south": profile.latitude < lat}
    sides |= {"east": profile.longitude >= lon, "west": profile.longitude < lon}
    return all(sides[side] for side in where.quarter.split())


def _same_town(profile: Profile, where: NamedPlace) -> bool:
    return bool(profile.town) and fold(profile.town or "") == fold(where.name)


def _miles(profile: Profile, where: NamedPlace) -> float | None:
    if None in (profile.latitude, profile.longitude, where.lat, where.lon):
        return None
    return miles_between(profile.latitude, profile.longitude, where.lat, where.lon)  # type: ignore[arg-type]


def place(criterion: Criterion) -> Whereabouts:
    """Within a distance of a place (``within``: miles or minutes), or in or near one of several places."""
    wanted, limit, in_area = _named(criterion), _limit(criterion), _in_area(criterion)
    if any(where.kind != "town" for where in wanted):
        return in_area

    def judge(facts: Facts, today: date) -> Judgement:
        profile = facts.profile
        if not wanted:
            return unknown()
        near = nearest(profile, wanted)
        piece = Evidence("", "town", profile.town or profile.region or "")
        if near.miles is None:
            return in_area(facts, today)
        reach = limit if limit is not None else max(DAY_TRIP, profile.travel_miles or 0)
        inside = near.miles <= reach
        if criterion.op is Op.NONE_OF:
            return failed(near.note, piece) if inside else met(near.note, piece)
        if inside:
            return met(near.note, piece, degree=1.0 if limit is not None else near.degree)
        return failed(near.note, piece)

    return Whereabouts(judge, Near(wanted, criterion.op is Op.NONE_OF, limit, _area(criterion)))


def _limit(criterion: Criterion) -> float | None:
    if not isinstance(criterion.value, Mapping):
        return None
    if "miles" in criterion.value:
        return float(criterion.value["miles"])
    if "minutes" in criterion.value:
        return float(criterion.value["minutes"]) * MILES_A_MINUTE
    return None


def nearest(profile: Profile, wanted: Collection[NamedPlace]) -> Closeness:
    """Closeness to the nearest of several places: town, authority, reach, county, region, next region."""
    return max((_closeness(profile, where) for where in wanted), key=lambda c: (c.degree, -(c.miles or 0.0)))


@lru_cache(maxsize=65_536)
def _closeness(profile: Profile, where: NamedPlace) -> Closeness:
    here = _home(profile)
    miles = _miles(profile, where) if where.kind in ("town", "county") else None
    if where.kind != "town":
        inside = is_in(profile, where)
        if inside:
            return Closeness(SAME_TOWN, None, f"Lives in {here}")
    elif _same_town(profile, where) and (miles is None or miles < DAY_TRIP):
        return Closeness(SAME_TOWN, miles, f"Lives in {here}")
    elif profile.authority and fold(profile.authority) == fold(where.name):
        return Closeness(SAME_AUTHORITY, miles, f"Lives in {here}, in {where.name}")
    if miles is not None and where.kind == "town" and miles <= (profile.travel_miles or DAY_TRIP):
        return Closeness(IN_REACH, miles, f"Lives in {here}, {miles:.0f} miles from {where.name}")
    away = f", {miles:.0f} miles from {where.name}" if miles is not None and where.kind == "town" else ""
    regions = set(_regions_of(profile))
    if regions & set(where.regions):
        return Closeness(SAME_REGION, miles, f"Lives in {here}{away}")
    if len(regions) == len(where.regions) == 1 and where.regions[0] in neighbours(*regions):
        return Closeness(NEXT_REGION, miles, f"Lives in {here}{away}")
    return Closeness(0.0, miles, f"Lives in {here}{away}" if regions else "Where they live is not known")


def _home(profile: Profile) -> str:
    parts = [profile.town, profile.region or profile.country]
    return ", ".join(dict.fromkeys(part for part in parts if part)) or "an unknown place"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a request happens: the places, the areas it is about, and whether one can join from afar."""

    places: tuple[NamedPlace, ...]
    areas: tuple[NamedPlace, ...]
    remote: bool
    in_person: bool


def setting_of(brief: Brief) -> Setting:
    """Read where a request happens from its places, regions, sessions and whether it can be remote."""
    texts = (*brief.places, *(session.place for session in brief.sessions if session.place))
    places = tuple(part for text in texts for where in named_places(text) for part in parts(where))
    areas = tuple(
        dict.fromkeys(part for text in brief.regions for where in named_places(text) for part in parts(where))
    )
    remote = bool(brief.remote) or any(session.remote for session in brief.sessions)
    return Setting(places, areas, remote, brief.remote is False and not remote)


def reach(setting: Setting, profile: Profile) -> Closeness:
    """How well a member can be part of it from where she lives. Remote ignores distance, within the areas named."""
    areas = [where for where in setting.areas if where.kind != "uk"]
    inside = not areas or nearest(profile, areas).degree == SAME_TOWN or len(areas) < len(setting.areas)
    if setting.remote and profile.online_ok is not False and inside:
        if not setting.places:
            return Closeness(1.0, None, "Can take part online from anywhere")
        near = nearest(profile, setting.places)
        if near.degree >= IN_REACH:
            return near
        return Closeness(JOINS_ONLINE, near.miles, f"{near.note}; can join online")
    if setting.places:
        return nearest(profile, (*setting.places,))
    return nearest(profile, areas) if areas else Closeness(1.0, None, "No place asked for")


def out_of_reach(miles: Number) -> Number:
    """The miles beyond which nobody need be asked who travels so many."""
    return 2 * miles + 10


@dataclass(frozen=True, slots=True)
class Reach:
    """How well one can be part of a request: the degree of `reach`."""

    setting: Setting


def near(setting: Setting) -> Whereabouts:
    """How well members can be part of a request from where they live, as the degree of what is not known."""
    return Whereabouts(lambda facts, today: unknown(degree=reach(setting, facts.profile).degree), Reach(setting))


def being_there(setting: Setting) -> Whereabouts:
    """Whether she can be there at all, of one member or of all."""
    return Whereabouts(lambda facts, today: can_attend(setting, facts.profile), setting)


def can_attend(setting: Setting, profile: Profile) -> Judgement:
    """Whether she can be there at all: online only, in person only, and how far she travels."""
    if setting.remote and profile.online_ok is not False:
        return met("Can join online")
    if setting.remote and not setting.places and profile.in_person_ok:
        return unknown("Prefers in person to online")
    if setting.in_person and profile.in_person_ok is False:
        return failed("Takes part online only", Evidence("", "in_person_ok", "online only"))
    if setting.places and all(where.kind == "town" for where in setting.places):
        near, goes = nearest(profile, setting.places), profile.travel_miles
        if near.miles is not None and near.miles > (A_LONG_WAY if goes is None else goes):
            limit = f"; travels up to {goes} miles" if goes is not None else ""
            if setting.in_person and goes is not None and near.miles > out_of_reach(goes):
                return failed(f"{near.note}{limit}", Evidence("", "travel_miles", str(goes)))
            return unknown(f"{near.note}{limit}")
    return met("")
