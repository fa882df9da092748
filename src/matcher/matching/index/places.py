"""Where everybody lives and how far they go, and the tests of `matcher.matching.places` for all of them at once.

What is said in `places` for one member is said here again for arrays, once for every home and way of taking part
that occurs; a test holds the two together.
"""

from collections.abc import Callable, Sequence
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.knowledge.gazetteer import EARTH_MILES
from matcher.knowledge.regions import REGIONS, centre_of, country_of, neighbours
from matcher.knowledge.tables import fold
from matcher.matching import places
from matcher.matching.index.arrays import Coded, Codes, small
from matcher.matching.index.facets import HOME, REACH
from matcher.matching.judgement import Judgement, Status
from matcher.matching.named_places import NamedPlace, is_area, names_area
from matcher.matching.places import Area, Near, Reach, Setting

_DEGREES = np.array(
    sorted(
        {0.0, 0.5, places.SAME_TOWN, places.SAME_AUTHORITY, places.IN_REACH, places.SAME_REGION}
        | {places.NEXT_REGION, places.JOINS_ONLINE}
    )
)
_STATUSES = (Status.MET, Status.FAILED, Status.UNKNOWN)
_MET, _FAILED, _UNKNOWN = range(3)
_JUDGEMENTS = [
    Judgement(status, float(degree), by="" if status is Status.UNKNOWN else "field")
    for status in _STATUSES
    for degree in _DEGREES
]
_YES, _NO, _OPEN = 1, 0, -1
_ELSEWHERE = 30
"""The bit of any region that has no name here."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Thirds = NDArray[np.int8]
"""Yes, no, or open, of each home."""


class Homes:
    """The homes that occur, each once."""

    def __init__(self, homes: Sequence[tuple[object, ...]]) -> None:
        columns = dict(zip(HOME, zip(*homes, strict=True), strict=True)) if homes else dict.fromkeys(HOME, ())
        self.lat, self.lon = (_numbers(columns[name]) for name in ("latitude", "longitude"))
        self._town, self._authority, self._county = (
            _Texts(columns[name]) for name in ("town", "authority", "county")
        )
        told = zip(columns["region"], columns["country"], strict=True)
        self.regions = np.array([_regions(region, country) for region, country in told], dtype=np.int32)
        self.in_one_region = np.bitwise_count(self.regions) == 1
        self._inside: dict[NamedPlace, Thirds] = {}
        self._miles: dict[NamedPlace, Floats] = {}

    def forget(self) -> None:
        """Forget what was found out of places; it is found again."""
        self._inside.clear()
        self._miles.clear()

    def miles(self, where: NamedPlace) -> Floats:
        """Miles from a place; not a number where that is not known."""
        if where not in self._miles:
            self._miles[where] = self._distance(where)
        return self._miles[where]

    def _distance(self, where: NamedPlace) -> Floats:
        if where.lat is None or where.lon is None:
            return np.full(len(self.lat), np.nan)
        north, south = np.radians(self.lat), np.radians(where.lat)
        half_lat, half_lon = (south - north) / 2, np.radians(where.lon - self.lon) / 2
        haversine = np.sin(half_lat) ** 2 + np.cos(north) * np.cos(south) * np.sin(half_lon) ** 2
        distance: Floats = 2 * EARTH_MILES * np.arcsin(np.minimum(1.0, np.sqrt(haversine)))
        return distance

    def same_town(self, where: NamedPlace) -> Flags:
        """Whether the town has the name of the place."""
        return self._town.are(fold(where.name))

    def same_authority(self, where: NamedPlace) -> Flags:
        """Whether the local authority has the name of the place."""
        return self._authority.are(fold(where.name))

    def inside(self, where: NamedPlace) -> Thirds:
        """Whether they lie within it (`places.is_in`)."""
        if where not in self._inside:
            self._inside[where] = self._is_in(where)
        return self._inside[where]

    def _is_in(self, where: NamedPlace) -> Thirds:
        wanted = _mask(where.regions)
        shared = (self.regions & wanted) != 0
        if where.kind == "uk":
            return np.full(len(self.regions), _YES, dtype=np.int8)
        if where.kind in ("region", "country"):
            here = np.where((self.regions & ~wanted) == 0, _YES, _OPEN)
        elif where.kind == "quarter":
            here = self._in_quarter(where)
        elif where.kind == "county":
            here = self._in_county(where)
        else:
            here = np.where(self.same_town(where), _YES, _NO)
        return np.where(shared, here, np.where(self.regions != 0, _NO, _OPEN)).astype(np.int8)

    def _in_quarter(self, where: NamedPlace) -> NDArray[np.int64]:
        lat, lon = centre_of(where.regions[0])
        sides = {"north": self.lat >= lat, "south": self.lat < lat, "east": self.lon >= lon, "west": self.lon < lon}
        within = np.logical_and.reduce([sides[side] for side in where.quarter.split()])
        return np.where(np.isnan(self.lat) | np.isnan(self.lon), _OPEN, np.where(within, _YES, _NO))

    def _in_county(self, where: NamedPlace) -> NDArray[np.int64]:
        def says(text: str) -> bool:
            return names_area(text, where.name)

        said = self._county.where(says) | self._authority.where(says)
        elsewhere = self._county.where(is_area)
        miles = self.miles(where)
        near = np.where(miles <= places.COUNTY_RADIUS, _YES, _OPEN)
        return np.where(said, _YES, np.where(np.isnan(miles), _OPEN, np.where(elsewhere, _NO, near)))


class Places:
    """Every home with every way of taking part from it that occurs, and which of them each member has."""

    def __init__(self, home: Coded, reach: Coded) -> None:
        self.homes = Homes(home.values)
        pairs, codes = _pairs(home, reach)
        self.of_rows = Coded(codes, range(len(pairs)))
        """The spot of each row."""
        self.home, ways = np.divmod(pairs, max(1, len(reach.values)))
        values = dict(zip(REACH, zip(*reach.values, strict=True), strict=True)) if reach.values else {}
        travel = _numbers(values.get("travel_miles", ()))[ways]
        self.travel = travel
        self.day_trip = np.where(np.isnan(travel) | (travel == 0), places.DAY_TRIP, travel)
        self.farthest = np.maximum(places.DAY_TRIP, np.nan_to_num(travel))
        self.offline = np.array([online is False for online in values.get("online_ok", ())], dtype=bool)[ways]
        in_person = values.get("in_person_ok", ())
        self.comes = np.array([bool(comes) for comes in in_person], dtype=bool)[ways]
        self.stays = np.array([comes is False for comes in in_person], dtype=bool)[ways]

    def judged(self, plan: object) -> tuple[list[Judgement], Codes]:
        """The judgements there are, and which of them each spot gets. Raises TypeError for an unknown plan."""
        match plan:
            case Area():
                status, degree = self._area(plan)
            case Near():
                status, degree = self._near(plan)
            case Setting():
                status, degree = self._attends(plan)
            case Reach():
                degree = self.reach(plan.setting)
                status = np.full(len(degree), _UNKNOWN)
            case _:
                raise TypeError(f"no test of places: {type(plan).__name__}")
        codes = status * len(_DEGREES) + np.searchsorted(_DEGREES, degree)
        occurs = np.flatnonzero(np.bincount(codes, minlength=1))
        fresh = np.zeros(len(_STATUSES) * len(_DEGREES), dtype=np.uint8)
        fresh[occurs] = np.arange(len(occurs))
        return [_JUDGEMENTS[code] for code in occurs.tolist()], fresh[codes]

    def _area(self, plan: Area) -> tuple[NDArray[np.int64], Floats]:
        everyone = len(self.home)
        if not plan.wanted or all(where.kind == "uk" for where in plan.wanted):
            met = bool(plan.wanted) and not plan.none_of
            return np.full(everyone, _MET if met else _UNKNOWN), np.full(everyone, float(met))
        inside = np.array([self.homes.inside(where) for where in plan.wanted])
        within, open_ = (inside == _YES).any(axis=0), (inside == _OPEN).any(axis=0)
        if plan.none_of:
            status = np.where(within, _FAILED, _MET)
            degree = np.where(within, 0.0, 1.0)
        else:
            status = np.where(within, _MET, np.where(open_, _UNKNOWN, _FAILED))
            degree = np.where(within, 1.0, np.where(open_, 0.5, 0.0))
        known = self.homes.regions != 0
        status, degree = np.where(known, status, _UNKNOWN), np.where(known, degree, 0.0)
        return status[self.home], degree[self.home]

    def _near(self, plan: Near) -> tuple[NDArray[np.int64], Floats]:
        in_area = self._area(plan.area)
        if not plan.wanted:
            return in_area
        degree, miles = self.nearest(plan.wanted)
        inside = miles <= (self.farthest if plan.limit is None else plan.limit)
        if plan.none_of:
            status, degrees = np.where(inside, _FAILED, _MET), np.where(inside, 0.0, 1.0)
        else:
            status = np.where(inside, _MET, _FAILED)
            degrees = np.where(inside, degree if plan.limit is None else 1.0, 0.0)
        unknown = np.isnan(miles)
        return np.where(unknown, in_area[0], status), np.where(unknown, in_area[1], degrees)

    def nearest(self, wanted: Sequence[NamedPlace]) -> tuple[Floats, Floats]:
        """Closeness to the nearest of several places, and the miles to it (`places.nearest`)."""
        degree, miles = self._closeness(wanted[0])
        for where in wanted[1:]:
            other, away = self._closeness(where)
            nearer = np.nan_to_num(away) < np.nan_to_num(miles)
            better = (other > degree) | ((other == degree) & nearer)
            degree, miles = np.where(better, other, degree), np.where(better, away, miles)
        return degree, miles

    def _closeness(self, where: NamedPlace) -> tuple[Floats, Floats]:
        homes, wanted = self.homes, _mask(where.regions)
        nowhere = np.full(len(homes.regions), np.nan)
        miles = homes.miles(where) if where.kind in ("town", "county") else nowhere
        share = (homes.regions & wanted) != 0
        next_door = homes.in_one_region & ((homes.regions & _next_to(wanted)) != 0)
        base = np.where(share, places.SAME_REGION, np.where(next_door, places.NEXT_REGION, 0.0))
        if where.kind != "town":
            within = homes.inside(where) == _YES
            degree = np.where(within, places.SAME_TOWN, base)
            return degree[self.home], np.where(within, np.nan, miles)[self.home]
        at_home = homes.same_town(where) & ~(miles >= places.DAY_TRIP)
        sure = np.where(
            at_home, places.SAME_TOWN, np.where(homes.same_authority(where), places.SAME_AUTHORITY, 0.0)
        )
        sure_here, away = sure[self.home], miles[self.home]
        degree = np.where(away <= self.day_trip, places.IN_REACH, base[self.home])
        return np.where(sure_here > 0, sure_here, degree), away

    def reach(self, setting: Setting) -> Floats:
        """How well members can be part of a request from each spot (`places.reach`)."""
        areas = [where for where in setting.areas if where.kind != "uk"]
        near = self.nearest(setting.places)[0] if setting.places else np.ones(len(self.home))
        if not setting.places and areas:
            near = self.nearest(areas)[0]
        if not setting.remote:
            return near
        inside = np.ones(len(self.home), dtype=bool)
        if areas and len(areas) == len(setting.areas):
            inside = self.nearest(areas)[0] == places.SAME_TOWN
        joined = np.ones(len(self.home))
        if setting.places:
            joined = np.where(near >= places.IN_REACH, near, places.JOINS_ONLINE)
        return np.where(inside & ~self.offline, joined, near)

    def _attends(self, setting: Setting) -> tuple[NDArray[np.int64], Floats]:
        """Whether they can be there at all (`places.can_attend`)."""
        status = np.full(len(self.home), _MET)
        if setting.places and all(where.kind == "town" for where in setting.places):
            miles, goes = self.nearest(setting.places)[1], self.travel
            status[miles > np.where(np.isnan(goes), places.A_LONG_WAY, goes)] = _UNKNOWN
            if setting.in_person:
                status[miles > places.out_of_reach(goes)] = _FAILED
        if setting.in_person:
            status[self.stays] = _FAILED
        if setting.remote and not setting.places:
            status[self.comes] = _UNKNOWN
        if setting.remote:
            status[~self.offline] = _MET
        return status, np.where(status == _MET, 1.0, 0.0)


class _Texts:
    """A column of short texts, each once, for tests on the text."""

    def __init__(self, texts: Sequence[object]) -> None:
        numbers: dict[str, int] = {"": 0}
        self._codes = np.array(
            [numbers.setdefault(str(text or ""), len(numbers)) for text in texts], dtype=np.int64
        )
        self._texts = tuple(numbers)

    def where(self, test: Callable[[str], bool]) -> Flags:
        """Where a test holds; never where there is no text."""
        holds: Flags = np.array([bool(text) and test(text) for text in self._texts], dtype=bool)[self._codes]
        return holds

    def are(self, folded: str) -> Flags:
        """Where the text is this one, in plain letters."""
        named = np.zeros(len(self._texts), dtype=bool)
        named[self._by_fold.get(folded, [])] = True
        return named[self._codes]

    @cached_property
    def _by_fold(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, text in enumerate(self._texts):
            if text:
                found.setdefault(fold(text), []).append(number)
        return found


def _numbers(values: Sequence[object]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


@cache
def _mask(regions: tuple[str, ...]) -> int:
    return sum({1 << (REGIONS.index(name) if name in REGIONS else _ELSEWHERE) for name in regions})


@cache
def _regions(region: str | None, country: str | None) -> int:
    if region:
        return _mask((region,))
    return _mask(tuple(name for name in REGIONS if country and country_of(name) == country))


@cache
def _next_to(mask: int) -> int:
    """The regions that have the region of a mask for a neighbour; none when it is not one region."""
    place = mask.bit_length() - 1
    if mask.bit_count() != 1 or place == _ELSEWHERE:
        return 0
    return _mask(tuple(one for one in REGIONS if REGIONS[place] in neighbours(one)))


def _pairs(home: Coded, reach: Coded) -> tuple[NDArray[np.int64], Codes]:
    """The pairs that occur, as one number each, and which each member has. Neighbours alike stand together."""
    mixed = home.codes.astype(np.int64) * len(reach.values) + reach.codes
    starts = np.flatnonzero(np.diff(mixed, prepend=-1))
    lengths = np.diff(starts, append=len(mixed))
    return mixed[starts], np.repeat(small(np.arange(len(starts)), len(starts)), lengths)
