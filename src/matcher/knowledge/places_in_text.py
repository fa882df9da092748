"""Places named in running text, but not the ordinary words and surnames that look like them."""

import re
from dataclasses import dataclass
from functools import cache

from matcher.knowledge import gazetteer
from matcher.knowledge.gazetteer import Town
from matcher.knowledge.regions import Area, areas, centre_of
from matcher.knowledge.tables import fold, rows

_WORD = re.compile(r"[^\W\d_](?:[\w’']|-(?=\w))*|&")
_SURELY_BEFORE = re.compile(
    r"\b(?:in|near|nr|around|from|to|outside|across|towards?|visit|visiting|based at|rural|central)\s+$",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(
    r"\b(?:dear|hi|hello|hey|morning|afternoon|thanks|cheers|mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|"
    r"lady|cllr|rev|nurse)\.?\s*$",
    re.IGNORECASE,
)
_BODY_BEFORE = re.compile(
    r"\b(?:university|college|school|bishop|duke|earl|archbishop|bank|port|city|county|borough) of(?: the)?\s*$",
    re.IGNORECASE,
)
_BODY_AFTER = re.compile(
    r"\s+(?:(?:city|county|borough|district|metropolitan|and \w+)\s+)?(?:university|college|council|"
    r"hospitals?|road|(?-i:Street|St|Lane|Avenue)|school|institute|infirmary|house|building|press|post|echo|"
    r"news|gazette|mail|mercury|evening|"
    r"times|radio|fm|"
    r"foundation|business|campus|(?-i:Terrace|Close|Court|Drive|Way|Place|Square|Hall|Row|Park|Gate|Cross)|nhs|"
    r"conference|chronicle|telegraph|standard|observer|live|united|rovers|wanderers|trust)\b",
    re.IGNORECASE,
)
#: These name an area only when written with a capital, or not at all in running text.
_CAPITAL_ONLY = frozenset(
    {
        "the north", "the south", "borders", "the borders", "the fens", "the lakes", "the dales", "the valleys",
        "highland", "highlands", "the highlands", "the peaks", "angus", "avon", "clwyd", "midlands", "the midlands",
        "potteries", "east end", "the east end", "ulster", "anglia",
    }
)  # fmt: skip
_TOO_PLAIN = frozenset(
    {"eastern", "lakes", "n i", "ches", "beds", "the island", "galloway", "sutherland", "cleveland", "avon", "gm"}
)
_IN_A_LINK = re.compile(r"\S*(?:[.:@?=]|/\S*/|\d)\S*/$|^/$")
_AND_AROUND = re.compile(
    r" (?:area|way)\b| (?:or|and) (?:(?:any|some)where )?(?:near|around|nearby|round about|surrounding|district)",
    re.I,
)
"""“Lincoln or anywhere near” is no first name."""
_POSSESSIVE = re.compile(r"['’]s$")
_BROKEN = re.compile(r"\n\s*\n|[.,;:!?()]\s")
_CAPITAL_AFTER = re.compile(r"[ \t]+[A-Z][\w’'-]+")
_IN_BEFORE = re.compile(r"\b(?:in|near|around|from)\s+$", re.IGNORECASE)
_MIN_TOWN = 3_000
_MIN_CITY = 90_000
_LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place named in a text. ``kind`` is "town", "county", "region", "country" or "uk".

    ``regions`` it lies in or spans; ``lat``/``lon`` in degrees, None for what is larger than a region;
    ``start``/``end`` slice the given text. ``sure`` is false where the name means several towns.
    """

    name: str
    kind: str
    regions: tuple[str, ...]
    lat: float | None
    lon: float | None
    start: int
    end: int
    sure: bool = True


_LIVES_IN = re.compile(r"\b(?:liv(?:es?|ing)|based|works?|working) (?:in|near|around)\s*$", re.I)
_WHEN = re.compile(
    r"\b(?:in|by|until|till|before|after|of|during|for|early|mid-?|late|next|last|this|\d\w*)\s*$", re.I
)


def is_a_month(place: FoundPlace, before: str) -> bool:
    """March is a town too: after a preposition of time or a number it is the month, but not “living in March”."""
    return place.name == "March" and _WHEN.search(before) is not None and _LIVES_IN.search(before) is None


def as_said(place: FoundPlace, text: str) -> str:
    """The name as the text has it where that is the narrower one (“Calderdale”, not West Yorkshire)."""
    said = text[place.start : place.end]
    return said if place.kind == "county" and len(said) > 6 and said[0].isupper() else place.name


@dataclass(frozen=True, slots=True)
class _TownName:
    """A town's name in the text; ``alone`` when no other capitalised word follows that could make it a name."""

    towns: tuple[Town, ...]
    start: int
    end: int
    alone: bool


@cache
def _ordinary_words() -> frozenset[str]:
    """Words and first names that are also towns; they count as places only where the text says so."""
    return frozenset(fold(row["word"]) for row in rows("regions/not_places.csv"))


@cache
def _first_names() -> frozenset[str]:
    those = rows("vocabulary/first_names.tsv")
    return frozenset(fold(n) for row in those for n in (row["name"], *row["also"].split()))


@cache
def _authorities() -> dict[str, Area]:
    """Councils' areas that are neither a county nor a town (“Sandwell”, “North Kesteven”), by folded name."""
    found: dict[str, Area] = {}
    for town in gazetteer.towns():
        key = fold(town.authority)
        if "," in town.authority or not key or key in areas() or _sizeable(key):
            continue
        regions = (town.region,) if key not in found else tuple(dict.fromkeys((*found[key].regions, town.region)))
        found[key] = Area(town.authority, "county", regions)
    return found


def _sizeable(key: str) -> bool:
    return any(town.population >= _MIN_TOWN for town in gazetteer.called(key))


@cache
def _first_words() -> frozenset[str]:
    """The first word of every name worth looking for, so that most words cost one look-up."""
    names = {name for name, those in gazetteer.by_name().items() if those[0].population >= _MIN_TOWN}
    names |= set(gazetteer.by_short_name()) | set(areas()) | set(_authorities()) | gazetteer.alias_names()
    return frozenset(name.split()[0] for name in names if name)


def places_in(text: str) -> tuple[FoundPlace, ...]:
    """Every place the text names, in order, longest names first, none overlapping."""
    words = [(m.start(), m.end(), _folded(m.group())) for m in _WORD.finditer(text)]
    found: list[FoundPlace | _TownName] = []
    at = 0
    while at < len(words):
        step = 1
        if words[at][2].split(" ")[0] in _first_words():
            for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
                if hit := _hit(text, words[at : at + length]):
                    found.append(hit)
                    step = length
                    break
        at += step
    return _resolved(found)


def _folded(word: str) -> str:
    return fold(_POSSESSIVE.sub("", word))


def _hit(text: str, words: list[tuple[int, int, str]]) -> "FoundPlace | _TownName | None":
    start, end = words[0][0], words[-1][1]
    if not words[-1][2] or _BROKEN.search(text[start:end]):
        return None
    end -= 2 if _POSSESSIVE.search(text[start:end]) else 0
    key = " ".join(folded for *_, folded in words if folded)
    if area := areas().get(key) or _authorities().get(key):
        return _as_area(text, area, key, start, end)
    small = text[start].islower()
    if (small and not _IN_BEFORE.search(text[:start][-12:])) or _looks_like_something_else(text, key, start, end):
        return None
    towns = tuple(t for t in gazetteer.called(key) if t.population >= (_MIN_CITY if small else _MIN_TOWN))
    alone = not _CAPITAL_AFTER.match(text[end : end + 40])
    return _TownName(towns, start, end, alone) if towns else None


def _as_area(text: str, area: Area, key: str, start: int, end: int) -> FoundPlace | None:
    name = text[start:end]
    if len(key) <= 3 and not name.isupper() and key != "uk":
        return None
    if key in _TOO_PLAIN or (name.islower() and (key in _CAPITAL_ONLY or (len(key) < 5 and area.kind != "uk"))):
        return None
    if area.kind == "county" and _looks_like_something_else(text, key, start, end):
        return None
    lat, lon = centre_of(area.regions[0]) if len(area.regions) == 1 else (None, None)
    if area.kind == "county":
        lat, lon = _county_centre(area) or (lat, lon)
    return FoundPlace(area.name, area.kind, area.regions, lat, lon, start, end)


@cache
def _county_centre(area: Area) -> tuple[float, float] | None:
    inside = [t for t in gazetteer.towns() if t.county == area.name and t.population >= _MIN_TOWN]
    if not inside:
        return None
    return sum(t.lat for t in inside) / len(inside), sum(t.lon for t in inside) / len(inside)


def _looks_like_something_else(text: str, key: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if _TITLE_BEFORE.search(before) or _BODY_BEFORE.search(before) or _BODY_AFTER.match(after):
        return True
    if text[end : end + 1] in ("@", "_") or before.endswith(("@", ".", "-", "_")) or _IN_A_LINK.search(before):
        return True
    if re.match(r"-(?!based|wide|area)[a-z]", after) or re.match(r"\.\w", after):
        return True
    previous = re.search(r"([^\W\d_][\w’'-]*)\s+$", before)
    if previous and previous.group(1)[0].isupper() and fold(previous.group(1)) in _first_names():
        return True
    following = re.match(r"\s+([A-Z][\w’'-]+)", after)
    is_first_name = key in _first_names()
    if is_first_name and following:
        return True
    if (key in _ordinary_words() or is_first_name) and not _AND_AROUND.match(after):
        return not _SURELY_BEFORE.search(before) or (following is not None and key in _first_names())
    return False


def _resolved(
    found: "list[FoundPlace | _TownName]",
) -> tuple[FoundPlace, ...]:
    """Towns of one name told apart by the regions and towns named beside them, else the largest, unsure."""
    beside = {r for f in found if isinstance(f, FoundPlace) and len(f.regions) <= 2 for r in f.regions}
    done = []
    for item in found:
        if isinstance(item, FoundPlace):
            done.append(item)
            continue
        here = [t for t in item.towns if t.region in beside] or list(item.towns)
        town = max(here, key=lambda t: t.population)
        others = [t.population for t in here if t is not town and t.region != town.region]
        sure = item.alone and (not others or town.population >= 4 * max(others))
        place = (town.name, "town", (town.region,), town.lat, town.lon)
        done.append(FoundPlace(*place, item.start, item.end, sure))
    return tuple(done)
