"""How she gets to her clients and whether she works in the country: from her words and the size of her town."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from matcher.knowledge.gazetteer import Town, called, miles_between, towns
from matcher.matching.facts import Facts
from matcher.matching.judgement import Evidence, Judgement, failed, met, said, unknown
from matcher.matching.kinds import TRANSPORT, named
from matcher.matching.profile import Profile

Test = Callable[[Facts, date], Judgement]

RURAL = re.compile(
    r"\b(?:rural(?:ly)?|countryside|villages?|remote (?:areas?|places?|communit\w+))\b", re.IGNORECASE
)
_MILES = re.compile(r"\bmiles?\b|\bmileage\b", re.IGNORECASE)
_A_CAR = "a_car"
"""A car that is mentioned, not said to be driven."""
_TOWN = re.compile(r"\b(?:city|cities|urban|town)\b", re.IGNORECASE)
_VILLAGE, _MARKET_TOWN, _BIG_TOWN = 12_000, 30_000, 60_000
_SAME_PLACE_MILES, _SUBURB_MILES = 15.0, 4.0


def transport_of(text: str) -> frozenset[str]:
    """The ways of getting about that a request's phrase asks for; empty when it is about something else."""
    wanted = named(text, TRANSPORT)
    wanted = (wanted - {_A_CAR}) | {"car"} if _A_CAR in wanted else wanted
    return wanted - {"car"} if "electric" in wanted else wanted


def is_far(text: str) -> bool:
    """Whether a phrase asks for a distance ("at least 50 miles a week")."""
    return _MILES.search(text) is not None


def transport(wanted: frozenset[str], *, far: bool = False) -> Test:
    """How she says that she gets about; another way, or "I don't drive", speaks against it.

    A car that she merely mentions is no way of getting about. ``far``: only her own miles answer it.
    """

    def judge(facts: Facts, today: date) -> Judgement:
        ways = [m for m in facts.transport if m.kind != _A_CAR]
        fitting = [m for m in ways if m.kind in wanted]
        goes = [m for m in fitting if not m.denied]
        others = [m for m in ways if m.kind not in wanted and not m.denied]
        if goes and others:
            return unknown("Speaks of several ways of getting about", others[0].evidence(), degree=0.5)
        if goes and far and not any(is_far(m.text) for m in goes):
            return unknown("How far they go is not known", goes[0].evidence(), degree=0.5)
        if goes:
            return said("Says how they get about", *(m.evidence() for m in goes[:2]))
        if fitting:
            return failed("Says they do not", fitting[0].evidence(), by="words")
        if others:
            return unknown("Speaks of getting about another way", others[0].evidence())
        return unknown("How they get about is not known", degree=0.3)

    return judge


def is_rural(text: str) -> bool:
    """Whether a request's phrase asks for country work."""
    return RURAL.search(text) is not None and _TOWN.search(text) is None


def rural(topics: frozenset[str]) -> Test:
    """Whether she works in the country: she speaks of it (``topics``), or lives in a place small enough for it."""
    return lambda facts, today: _rural(facts, topics)


def _rural(facts: Facts, topics: frozenset[str]) -> Judgement:
    spoken = [mention for mention in facts.topics if mention.kind in topics and not mention.denied]
    size = _size(facts.profile)
    if spoken and (size is None or size < _BIG_TOWN):
        return said("Speaks of rural work", *(mention.evidence() for mention in spoken[:2]))
    if size is None:
        return unknown("Whether it is rural is not known", degree=0.3)
    piece = Evidence("", "town", facts.profile.town or "")
    if size < _VILLAGE:
        return met(f"{facts.profile.town} is a small place", piece, degree=0.9)
    if size >= _BIG_TOWN:
        return unknown(f"{facts.profile.town} is a large town", piece)
    return unknown(f"{facts.profile.town} is a town", piece, degree=0.6 if size < _MARKET_TOWN else 0.3)


@cache
def _big_towns() -> tuple[Town, ...]:
    return tuple(town for town in towns() if town.population >= _BIG_TOWN)


@cache
def _population(town: str, lat: float, lon: float) -> int | None:
    """The size of the town of this name nearby, or of the big town that it is a part of."""
    around = [t for t in _big_towns() if miles_between(t.lat, t.lon, lat, lon) <= _SUBURB_MILES]
    here = [t for t in called(town) if miles_between(t.lat, t.lon, lat, lon) <= _SAME_PLACE_MILES]
    return max((t.population for t in (*around, *here)), default=None)


def _size(profile: Profile) -> int | None:
    """The population of the town she lives in; None when it is not known."""
    if not profile.town or profile.latitude is None or profile.longitude is None:
        return None
    return _population(profile.town.casefold(), profile.latitude, profile.longitude) or None
