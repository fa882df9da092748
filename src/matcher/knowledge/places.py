"""Where someone lives, from what she typed: a free-text area and a postcode in any shape."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from matcher.knowledge import gazetteer
from matcher.knowledge.gazetteer import Town, miles_between, nearby
from matcher.knowledge.misspelt import guesses, is_clear, likely
from matcher.knowledge.places_in_text import FoundPlace, places_in
from matcher.knowledge.postcodes import Postcode, outward, postcode
from matcher.knowledge.regions import Area, area_named, areas, centre_of, country_of
from matcher.knowledge.tables import fold, word_set

__all__ = ["FoundPlace", "Place", "locate", "miles_between", "places_in"]

_IN_REACH = 12.0
_FAR = 30.0
_DOMINANT = 8
_CITY = 80_000
_TOWN_SIZE = 2_000
_ALIKE_NEAR = 78
_MOST_NAMED = 3
_ASIDE = re.compile(
    r"\b(?:near|nr|not|but|before|formerly|originally|from|though|outside|between)\b", re.IGNORECASE
)
_BRACKET = re.compile(r"[(\[]([^)\]]*)[)\]]?")
_NOISE = word_set(
    "area city centre center town county region england uk the of in and or side ish really now work all over "
    "rather say whatever postcode says we are apparently everywhere village borough district near nr not but "
    "before i live moving"
)
_LONGEST_NAME = 5
_NEAR_LAT, _NEAR_LON = gazetteer.SQUARE
"""Degrees within which a misspelt town is looked for: a degree of latitude is 69 miles."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where someone is. ``sure`` is false when the name means several places, or text and postcode disagree.

    Any part not known is None; ``lat`` and ``lon`` in degrees. ``could_be`` names the places that a town could be
    which is not known for sure, with their counties.
    """

    town: str | None
    outward: str | None
    authority: str | None
    county: str | None
    region: str | None
    country: str | None
    lat: float | None
    lon: float | None
    sure: bool
    could_be: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    """A stretch of the area text that names settlements; ``rank`` grows as it matters less."""

    key: str
    candidates: tuple[Town, ...]
    rank: int


def locate(area: str | None, postcode: str | None) -> Place | None:
    """Where a member is, from her area text and her postcode; None when neither says anything.

    The postcode decides region and coordinates, the text the town's name.
    """
    text = (area or "").strip()[:300]
    # Capitals only matter before a comma (see _suburb): without one, spellings share one answer.
    return _locate(text if "," in text else text.casefold(), outward((postcode or "").strip()[:40]) or "")


@lru_cache(maxsize=65_536)
def _locate(area: str, code: str) -> Place | None:
    area = _COMPASS.sub(_spelt_out, area)
    out = code or _outward_inside(area)
    district = postcode(out)
    mentions, hints = _read(area)
    if district:
        return _with_district(area, district, mentions)
    mentions = _misspelt_wholes(area, mentions) or mentions
    if mentions:
        return _without_district(mentions, hints, out) or _from_hints(hints, out)
    hints = hints or [found for part in re.split(r"[,;/]", area) if (found := area_named(part))]
    return _misspelt(area, hints, out) or _from_hints(hints, out)


_COMPASS = re.compile(r"\b([nsew])(?:\.\s*|\s+)([a-z]{3,})", re.IGNORECASE)
_POINTS = {"n": "North", "s": "South", "e": "East", "w": "West"}


def _spelt_out(found: re.Match[str]) -> str:
    """ "W. Bromwich" as its town is called; as written where no town is."""
    whole = f"{_POINTS[found[1].casefold()]} {found[2]}"
    return whole if gazetteer.called(fold(whole)) else found[0]


def _misspelt_wholes(area: str, known: list[_Mention]) -> list[_Mention]:
    """Names of several words with a slip in them, of which a part alone names another place: "Bury St Edmonds"."""
    whole = []
    for part in re.split(r"[,;/\n|()]", area) if known else ():
        key = fold(part)
        understood = {word for mention in known for word in mention.key.split()} | _NOISE
        if " " in key and not understood.issuperset(key.split()) and not gazetteer.called(key):
            found = [guess for guess in guesses(key) if " " in guess.name]
            if found and is_clear(tuple(found)):
                whole.append(_Mention(found[0].name, found[0].towns, 0))
    return whole


def _misspelt(area: str, hints: list[Area], out: str | None) -> Place | None:
    """A place whose name is misspelt: taken where one is clearly meant, else kept as written, to be asked for."""
    regions = frozenset(region for hint in hints for region in hint.regions)
    tried = [(key, found) for key in _unknown_stretches(area, set()) if (found := guesses(key, regions))]
    if not tried:
        return None
    key, found = min(tried, key=lambda one: one[1][0].slips / len(one[0]))
    if is_clear(found):
        return _without_district([_Mention(found[0].name, found[0].towns, 0)], hints, out)
    rivals = likely(found)
    region = _one({guess.town.region for guess in rivals})
    country = country_of(region) if region else None
    could_be = _named([guess.town for guess in rivals])
    return Place(key.title(), out, None, None, region, country, None, None, sure=False, could_be=could_be)


def _named(options: Iterable[Town]) -> tuple[str, ...]:
    """The largest few of some places, each with its county."""
    largest = sorted(options, key=lambda town: -town.population)[:_MOST_NAMED]
    return tuple(dict.fromkeys(f"{town.name} ({town.county})" for town in largest))


def _outward_inside(area: str) -> str | None:
    return outward(area) if re.search(r"\d", area) and not _only_numbered_city(area) else None


def _only_numbered_city(area: str) -> bool:
    """ "Leeds 11", "Bradford 8": an old city number, not a postcode (letters before it make a long word)."""
    return re.fullmatch(r"[A-Za-z]{3,}\s+\d{1,2}", area.strip()) is not None


def _read(area: str) -> tuple[list[_Mention], list[Area]]:
    """The settlements and the larger areas the text names, in the order written."""
    mentions: list[_Mention] = []
    hints: list[Area] = []
    inside = _BRACKET.findall(area)
    for part, base in ((_BRACKET.sub(" , ", area), 0), *((text, 2) for text in inside)):
        cut = _ASIDE.search(part)
        first, rest = (part[: cut.start()], part[cut.start() :]) if cut else (part, "")
        for stretch, rank in ((first, base), (rest, base + 1)):
            found, larger = _scan(stretch, rank)
            mentions += found
            hints += larger
    return mentions, hints


def _scan(stretch: str, rank: int) -> tuple[list[_Mention], list[Area]]:
    mentions: list[_Mention] = []
    hints: list[Area] = []
    for part in re.split(r"[,;/\n|+]|\s[-–—]\s", stretch):
        words = fold(re.sub(r"(?<=[A-Za-z])\.(?=[A-Za-z])", " ", part)).split()
        start = 0
        while start < len(words):
            length = min(_LONGEST_NAME, len(words) - start)
            while length:
                key = " ".join(words[start : start + length])
                if hit := areas().get(key):
                    hints.append(hit)
                if _is_town_word(key, hit) and (towns := gazetteer.called(key)):
                    mentions.append(_Mention(key, towns, rank))
                    break
                if hit:
                    break
                length -= 1
            start += max(1, length)
    return mentions, hints


def _is_town_word(key: str, larger: Area | None) -> bool:
    if key in _NOISE or len(key) < 3 or key.isdigit() or key.startswith("isle of "):
        return False
    return larger is None or larger.name in {"London"}


@lru_cache(maxsize=4_096)
def _names_near(outward: str) -> dict[str, tuple[Town, ...]]:
    """The names, folded, of towns in reach of a district and of every settlement in it."""
    district = postcode(outward)
    if district is None:
        return {}
    near: dict[str, list[Town]] = {}
    for name, town in gazetteer.in_squares_around(district.lat, district.lon):
        if abs(town.lat - district.lat) < _NEAR_LAT and abs(town.lon - district.lon) < _NEAR_LON:
            near.setdefault(name, []).append(town)
    for town in gazetteer.by_district().get(outward, ()):
        near.setdefault(fold(town.name), []).append(town)
    return {name: tuple(those) for name, those in near.items() if len(name) >= 5}


def _guessed_near(area: str, district: Postcode, known: Sequence[_Mention]) -> list[_Mention]:
    """The likeliest misspelt name near a district among the words not understood: few are near, so boldly."""
    near = _names_near(district.outward)
    understood = {word for mention in known for word in mention.key.split()}
    best: tuple[float, _Mention] | None = None
    for key in _unknown_stretches(area, understood):
        hit = process.extractOne(key, tuple(near), scorer=fuzz.ratio, score_cutoff=_ALIKE_NEAR)
        if hit and hit[1] < 100 and hit[0][0] == key[0] and (best is None or hit[1] > best[0]):
            best = hit[1], _Mention(hit[0], near[hit[0]], 0)
    return [best[1]] if best else []


def _unknown_stretches(area: str, understood: set[str]) -> Iterator[str]:
    """Runs of up to three words of four letters or more that name no area and no town already found."""
    for part in re.split(r"[,;/\n|()&+\[\]]", area):
        words = [word for word in fold(part).split() if word not in _NOISE | understood]
        for length in range(min(3, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                key = " ".join(words[start : start + length])
                if len(key) >= 4 and area_named(key) is None and not any(c.isdigit() for c in key):
                    yield key


def _with_district(area: str, district: Postcode, mentions: list[_Mention]) -> Place:
    town = _nearest_named(mentions, district)
    within_reach = [m for m in mentions if nearby(m.candidates, district.lat, district.lon, _FAR)]
    guess = _nearest_named(_guessed_near(area, district, within_reach), district)
    if guess and (town is None or guess.population < town.population):
        town = guess
    if town and _is_larger_than_a_town(town) and district.outward not in town.outwards:
        town = _part_of(town, district) or town
    far = town is None and bool(mentions)
    region = town.region if town and town.region in district.regions else district.region
    here = town is not None and town.region == region
    return Place(
        town=_suburb(area, town, mentions) or _town_name(area, town, mentions, district),
        outward=district.outward,
        authority=town.authority if town and here and town.population < _CITY else district.authority,
        county=town.county if town and here else district.county,
        region=region,
        country=country_of(region),
        lat=district.lat,
        lon=district.lon,
        sure=not far and (not district.straddles or town is not None),
    )


def _is_larger_than_a_town(town: Town) -> bool:
    """London, or a borough of it that has the name of its centre: her postcode tells in which part of it she is."""
    return town.name == "London" or (town.region == "London" and town.authority == town.name)


def _part_of(whole: Town, district: Postcode) -> Town | None:
    main = gazetteer.main_town(district.outward)
    inside = main is not None and (whole.name == "London" or main.authority == whole.authority)
    return main if inside else None


def _town_name(area: str, town: Town | None, mentions: list[_Mention], district: Postcode) -> str | None:
    """The town understood; one named but far away; else, when she wrote something, the district's main town."""
    if town:
        return town.name
    if mentions:
        return max(mentions[0].candidates, key=lambda t: t.population).name
    main = gazetteer.main_town(district.outward) if area else None
    return main.name if main else None


def _nearest_named(mentions: list[_Mention], district: Postcode) -> Town | None:
    """Of the places named, the most telling one in reach: named outright before aside, smaller before larger.

    A part in brackets comes first where it lies in the district itself and the town before it does not:
    "Northampton (Weston Favell)".
    """
    options: list[tuple[int, bool, float, Town]] = []
    for mention in mentions:
        inside = [t for t in mention.candidates if district.outward in t.outwards]
        close = inside or nearby(mention.candidates, district.lat, district.lon, _IN_REACH)[:1]
        for town in close[:1]:
            order = _order(mention.rank, inside=bool(inside))
            options.append((order, not inside and town.population == 0, town.population, town))
    if not options:
        wide = [t for m in mentions for t in nearby(m.candidates, district.lat, district.lon, _FAR)[:1]]
        return wide[0] if wide else None
    return min(options, key=lambda o: o[:3])[3]


def _order(rank: int, *, inside: bool) -> int:
    """Outright in the district, in brackets in it, outright beside it; then what is only said aside."""
    return {0: 0 if inside else 2, 2: 1 if inside else 4}.get(rank, rank + 2)


def _suburb(area: str, town: Town | None, mentions: list[_Mention]) -> str | None:
    """A part of a city the gazetteer does not know, written before it: "Netherwick, Derby" is Netherwick."""
    first, comma, _ = area.partition(",")
    if town is None or not comma or town.population < _CITY:
        return None
    words = first.split()
    known = {word for mention in mentions for word in mention.key.split()}
    if len(words) > 2 or any(not w.isalpha() or not w[0].isupper() or fold(w) in known | _NOISE for w in words):
        return None
    return None if area_named(first) else first.strip()


def _without_district(mentions: list[_Mention], hints: list[Area], out: str | None) -> Place | None:
    lead = min(mentions, key=lambda m: m.rank)
    options = _beside_another(lead, mentions) or _narrowed(lead.candidates, hints)
    if not options:
        return None
    town = max(options, key=lambda t: t.population)
    if _settled(options):
        here = (town.authority, town.county, town.region, country_of(town.region), town.lat, town.lon)
        return Place(town.name, out, *here, sure=True)
    region = _one({t.region for t in options})
    country = country_of(region) if region else _one({country_of(t.region) for t in options})
    name = town.name if _one({fold(t.name) for t in options}) else lead.key.title()
    could_be = _named(options)
    return Place(name, out, None, None, region, country, None, None, sure=False, could_be=could_be)


def _beside_another(lead: _Mention, mentions: list[_Mention]) -> list[Town]:
    """ "Walton, Liverpool" and "Burslem, Stoke": where one lies in or beside the other, the smaller."""
    for other in mentions:
        if other.key == lead.key or other.rank != lead.rank:
            continue
        pairs = [
            (fold(small.name) == lead.key, small.population + big.population, small, big)
            for small in lead.candidates
            for big in other.candidates
            if small.name != big.name and miles_between(small.lat, small.lon, big.lat, big.lon) <= _IN_REACH
        ]
        if pairs:
            _, _, small, big = max(pairs, key=lambda p: p[:2])
            return [min((small, big), key=lambda t: t.population)]
    return []


def _narrowed(candidates: tuple[Town, ...], hints: list[Area]) -> list[Town]:
    """Those in a county or region named beside the town; all of them when none is."""
    for hint in sorted(hints, key=lambda h: len(h.regions)):
        in_county = [t for t in candidates if t.county == hint.name]
        if in_county:
            return in_county
        in_region = [t for t in candidates if t.region in hint.regions]
        if in_region:
            return in_region
    return list(candidates)


def _settled(options: list[Town]) -> bool:
    sizes = sorted((t.population for t in options), reverse=True)
    if len(sizes) == 1:
        return True
    if sizes[0] < _TOWN_SIZE:
        return False
    return sizes[1] < _TOWN_SIZE or sizes[0] >= _DOMINANT * sizes[1]


def _from_hints(hints: list[Area], out: str | None) -> Place | None:
    if not hints:
        return None
    narrow = min(hints, key=lambda h: len(h.regions))
    region = narrow.regions[0] if len(narrow.regions) == 1 else None
    country = country_of(region) if region else _one({country_of(r) for r in narrow.regions})
    lat, lon = centre_of(region) if region else (None, None)
    county = narrow.name if narrow.kind == "county" else None
    return Place(None, out, None, county, region, country, lat, lon, region is not None)


def _one(those: set[str]) -> str | None:
    return next(iter(those)) if len(those) == 1 else None
