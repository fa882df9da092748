"""How large the place is that somebody lives in."""

from functools import cache

from matcher.knowledge.gazetteer import Town, called, miles_between, towns

VILLAGE, MARKET_TOWN, BIG_TOWN = 12_000, 30_000, 60_000
"""People: fewer live in a village, in a market town, and from which on a town is a big one."""
_SAME_PLACE_MILES, _SUBURB_MILES = 15.0, 4.0


@cache
def population(town: str, lat: float, lon: float) -> int | None:
    """The size of the town of this name nearby, or of the big town that it is a part of."""
    around = [t for t in _big_towns() if miles_between(t.lat, t.lon, lat, lon) <= _SUBURB_MILES]
    here = [t for t in called(town) if miles_between(t.lat, t.lon, lat, lon) <= _SAME_PLACE_MILES]
    return max((t.population for t in (*around, *here)), default=None)


@cache
def _big_towns() -> tuple[Town, ...]:
    return tuple(town for town in towns() if town.population >= BIG_TOWN)
