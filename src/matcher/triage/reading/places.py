"""Where people are wanted from, and where it takes place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.knowledge.places import FoundPlace, places_in
from matcher.knowledge.places_in_text import as_said, is_a_month
from matcher.triage.reading.criteria.wishes import wish_within
from matcher.triage.reading.layout import Passage
from matcher.triage.reading.names import NAME_PART, TITLE
from matcher.triage.reading.text import Found, TextToRead

_NOT_FROM = re.compile(
    r"\b(?:outside|not (?:in|from)|except|other than|beyond|(?:came|come|moved|arriv\w+) (?:to|from)|"
    r"everyone we get is from|(?<!\bat )(?<!\bto )\b(?:an?|our|the|local|small|tiny) (?:(?!at |"
    r"to )[\w-]+ ){0,3}?(?:charity|hospice|"
    r"newspaper|paper|station|studio|firm|company|organisation|business|think[- ]tank|hub|office) (?:based )?in|"
    r"we (?:first )?met (?:at |in |"
    r"on )?(?:[\w-]+ ){0,5}?in|"
    r"(?:University|College|School|Council|Hospital|Trust|Institute) (?:of|in)|government of|based in|office in|"
    r"rules in|right to work in|\brepresents|(?:\bMP|\bMSP|\bMS|\bMLA|"
    r"Member of Parliament) for)(?: of)?(?: the)?(?: [A-Z]\w+ (?:and|or)(?: the)?)?\s*$",
    re.I,
)
_EMPLOYED = re.compile(r"\b(?:work(?:s|ing)?|employed) (?:for|by|at)\b[^.;]*$", re.I)
"""“work for a charity in Leeds” is where they are; “we are a charity in Leeds” is not."""
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_COVERED = re.compile(r"\b(?:cover|covers|covering|serving|broadcast\w* to)\b[^.;()]*$", re.I)
_EXAMPLE = re.compile(r"[“\"‘][^”\"’]*$|\((?!(?:[^)]*\b)?(?:anywhere|based|in|from) )[^)]*$")
_PREFERRED = re.compile(
    r"\b(?:ideally(?! (?:two|three|four|\d))|(?:would|['’]d) (?:really )?(?:love|like) (?:some\w*|any\w*|a)\b|"
    r"especially|particularly|bonus|prefer\w*|keen to|short of|light on|"
    r"welcome|love to hear|"
    r"mix of|(?:at least|no more than) \w+ from|be good to have|be helpful to have|accents)\b",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:ministers?|government|parliament|university|policy|programme|funded|broadcaster|broadcasting|NHS|"
    r"national charity)\b",
    re.I,
)
_ANYONE = re.compile(r"\W*(?:anyone|anybody|everyone|all)\b", re.I)
_REGION_OF = re.compile(r"\b(?:north|south|east|west|midlands)(?:[- ](?:east|west))? of\s*$", re.I)
_PREFIX = re.compile(
    r"\b(?P<p>(?:north|south|east|west)(?:[- ](?:east|west))?(?:ern)?|mid|rural|central)[- ]$", re.I
)


@dataclass(frozen=True, slots=True)
class Where:
    """Places (towns, counties) and regions or nations, each list with where it was first said."""

    places: Found[tuple[str, ...]] | None
    regions: Found[tuple[str, ...]] | None


def where_wanted(text: TextToRead, names: Sequence[str] = ()) -> Where:
    """Places people may come from or go to, without those preferred, ruled out or quoted as an example.

    ``names`` are the requester's and the organisation's: a place inside them is where nobody is wanted from.
    """
    named = list(_named(text, names))
    narrow = [(p, place, name) for p, place, name in named if place.kind in ("town", "county")]
    wide = [(p, place, name) for p, place, name in named if place.kind not in ("town", "county")]
    regions = [name for _, _, name in wide]
    for _, place, _ in narrow:
        if len(place.regions) == 1:
            regions += list(place.regions)
    first_place = _first(narrow)
    first_region = _first(wide) or first_place
    return Where(
        Found(tuple(dict.fromkeys(name for _, _, name in narrow)), *first_place) if first_place else None,
        Found(_tidy(regions), *first_region, sure=bool(wide)) if first_region and regions else None,
    )


def _first(named: list[tuple[Passage, FoundPlace, str]]) -> tuple[int, int] | None:
    if not named:
        return None
    passage, place, _ = named[0]
    return passage.start + place.start, passage.start + place.end


def _tidy(regions: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(regions))


def _rows_of_places(text: TextToRead) -> Iterator[Passage]:
    """Rows of a table that begin with the name of a place, alone or with its venue (“Perth, the Library”)."""
    for line in text.labels:
        name = line.text.partition(",")[0]
        if any((place.start, place.end) == (0, len(name)) for place in places_in(name)):
            yield Passage(name, line.start, line.start + len(name))


def _named(text: TextToRead, names: Sequence[str]) -> Iterator[tuple[Passage, FoundPlace, str]]:
    for passage in (*text.passages, *_rows_of_places(text)):
        if _names_no_place(passage.text):
            continue
        for place in places_in(passage.text):
            if _is_wanted_there(passage, place) and _is_a_place(passage, place, names):
                yield _as_spoken(passage, place)


def _names_no_place(words: str) -> bool:
    """Whether places in a passage are never where people are wanted: an address, an ethics committee's name."""
    return ("@" in words and len(words) < 120) or re.search(r"\b(?:ethics|REC)\b", words, re.I) is not None


def _is_wanted_there(passage: Passage, place: FoundPlace) -> bool:
    """Whether a place is not one where they are not wanted from, an example, an address or a mere wish."""
    words, before = passage.text, passage.text[: place.start]
    if (_NOT_FROM.search(before) and not _EMPLOYED.search(before)) or _REGION_OF.search(before):
        return False
    if (_EXAMPLE.search(before) and not _COVERED.search(before)) or is_a_month(place, before):
        return False
    if any(at.start() <= place.start < at.end() for at in _ADDRESS.finditer(words)):
        return False
    preferred = _PREFERRED.search(words)
    if preferred is None:
        return True
    wish = wish_within(words)
    if preferred.start() < place.start and not (wish and wish.resumes <= place.start):
        return False
    only_welcome = re.match(r"[^.;]{0,30}(?:welcome|accents)", words[place.end :])
    return not only_welcome or _ANYONE.match(words) is not None


def _is_a_place(passage: Passage, place: FoundPlace, names: Sequence[str]) -> bool:
    """Whether it names a place, and is no part of an organisation's or person's name, nor a verb."""
    return not (
        _organisations(passage, place)
        or any(_inside(passage, place, name) for name in names)
        or _opens_a_sentence(passage, place)
    )


def _as_spoken(passage: Passage, place: FoundPlace) -> tuple[Passage, FoundPlace, str]:
    """The place with its name as the passage says it: “north-east Wales” is a part of the nation."""
    prefix = _PREFIX.search(passage.text[: place.start])
    if prefix and place.kind in ("country", "county"):
        narrower = _as_county(place) if place.kind == "country" else place
        return passage, narrower, f"{prefix['p']} {place.name}"
    return passage, place, as_said(place, passage.text)


def _as_county(place: FoundPlace) -> FoundPlace:
    """A part of a nation (“north-east Wales”) is narrower than the nation."""
    return FoundPlace(place.name, "county", place.regions, None, None, place.start, place.end, sure=False)


def _inside(passage: Passage, place: FoundPlace, name: str) -> bool:
    at = passage.text.find(name) if name else -1
    return at >= 0 and at <= place.start and place.end <= at + len(name)


def _opens_a_sentence(passage: Passage, place: FoundPlace) -> bool:
    """A town's name that opens a sentence and runs straight on is likelier a verb (“Send us ...”)."""
    after = passage.text[place.end :]
    return (
        place.kind == "town"
        and place.start == 0
        and re.match(r" (?!and\b|or\b|on\b|area\b)[a-z]", after) is not None
    )


def _organisations(passage: Passage, place: FoundPlace) -> bool:
    """Whether the name is part of another (“Thamesgate University London”, “Dr Ann Pell”) or an address."""
    before, after = passage.text[max(0, place.start - 25) : place.start], passage.text[place.end : place.end + 22]
    return bool(
        re.search(
            rf"(?:University|College|Council|Hospital|House of Commons),?\s*$|{TITLE}(?:{NAME_PART} )?$", before
        )
        or re.match(r" (?:University|College|Council(?! area)|Gazette|Post|Echo|News|[A-Z]{1,2}\d{1,2})", after)
        or (place.kind in ("country", "uk") and _ABOUT.match(after.lstrip()))
    )
