"""How well the header of a column and its values together speak for what it may mean."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from matcher.directory.importing.headers import FULL_NAME, LEFT_AT, NOT_READ, meanings
from matcher.directory.importing.permission_headers import (
    MAY_CONTACT,
    PERMISSION_OF,
    PERMISSIONS,
    about_something_else,
    turns_round,
)
from matcher.knowledge.answers import yes_no
from matcher.knowledge.canonical import care_types_known, employer_type, languages_known, role_known
from matcher.knowledge.gazetteer import called
from matcher.knowledge.purposes import purposes_named
from matcher.knowledge.tables import fold
from matcher.knowledge.ticks import ticked
from matcher.knowledge.years import started

CHOICE = " – "
"""What parts a question from the choice of it that a column stands for."""

_SURE_LISTS = 0.8
_SURE_BY_VALUES = 0.6
_UNLIKELY = 0.2
_UNLIKELY_ANSWERS = 0.6


def scores(header: str, values: Sequence[Any]) -> dict[str, float]:
    """Field -> how well header and values together speak for it."""
    texts = [as_text(value) for value in values]
    if choice := _choice_of(header, texts):
        return choice
    spoken = dict(meanings(header)) if header else {}
    if _says_more_than_permission(spoken) and not purposes_named(header) and _tick_lists(texts) < _SURE_LISTS:
        spoken.pop(PERMISSIONS, None)
    turned = turns_round(header)  # what stands there may be the day of a no as well as a yes
    found = {
        field: weight if turned and _is_permission(field) else _with_values(field, weight, values, texts)
        for field, weight in spoken.items()
    }
    if PERMISSIONS in spoken and not purposes_named(header):
        # "OK to contact?" answered by yes or no does not say about what.
        found[PERMISSIONS] *= min(1.0, 2 * _share(bool(purposes_named(text)) for text in texts))
    if not NOT_READ.isdisjoint(spoken) or not values:
        return found
    says_what = any(weight >= _SAYS_WHAT and found[field] > weight / 2 for field, weight in spoken.items())
    for field, share_of, weight in _TOLD_BY_VALUES:
        if says_what and field not in _TOLD_WHATEVER_THE_HEADER:
            continue  # what a header names is not taken for another thing when its own is told elsewhere
        if field == PERMISSIONS and (about_something_else(header) or _says_more_than_permission(spoken)):
            continue
        share = share_of(values, texts)
        if share >= _SURE_BY_VALUES and field not in found:
            found[field] = weight * share
    return found


_NAME = re.compile(r"[^\W\d_]['’\w.-]+( [^\W\d_]['’\w.-]*){1,3}")


def names(values: Sequence[Any]) -> float:
    """The share of cells that look like a name in full; none when many are the same, as towns and jobs are."""
    texts = [as_text(value) for value in values]
    if 2 * len(set(texts)) < len(texts):
        return 0.0
    return _share(len(text) < 40 and text.istitle() and bool(_NAME.fullmatch(text)) for text in texts)


def _is_permission(field: str) -> bool:
    return field == MAY_CONTACT or field.startswith(PERMISSION_OF)


def _tick_lists(texts: Sequence[str]) -> float:
    """The share of cells that hold nothing but labels of whom she may be asked by, or a remark on one."""
    return _share(
        all(purposes_named(label) or yes_no(label) in ("ask", "no") for label in ticked(text)) for text in texts
    )


def _says_more_than_permission(spoken: Mapping[str, float]) -> bool:
    asking = (PERMISSIONS, MAY_CONTACT)
    return any(w >= 0.7 for f, w in spoken.items() if f not in asking and not f.startswith(PERMISSION_OF))


_CHOICE_IN_HEADER = re.compile(r"(?P<question>.+?)\s*(?::\s|\[)\s*(?P<choice>[^\[\]:]+)\]?$")
"""A choice that stands after its question: "Happy to hear about: Research", "May we contact you? [Journalists]"."""


def _choice_of(header: str, texts: Sequence[str]) -> dict[str, float]:
    """What a column means that stands for one choice and holds that choice again where it was ticked."""
    question, apart, choice = header.rpartition(CHOICE)
    if not apart and (found := _CHOICE_IN_HEADER.match(header)):
        question, apart, choice = found["question"], CHOICE, found["choice"]
    if not texts or not choice or any(fold(text) != fold(choice) for text in texts):
        return {}
    if apart and PERMISSIONS in meanings(question):
        return {PERMISSIONS: 0.9}
    if care_types_known(choice):
        return {"care_types": 0.8}
    return {}


def _with_values(field: str, weight: float, values: Sequence[Any], texts: Sequence[str]) -> float:
    share_of = _FITS.get("permission" if field.startswith(PERMISSION_OF) else field)
    if not values or share_of is None:
        return weight if values else weight * 0.9
    share = share_of(values, texts)
    unlikely = _UNLIKELY_ANSWERS if share_of is _answers else _UNLIKELY
    return weight * 0.4 if share < unlikely else weight * (0.75 + 0.25 * share)


def as_text(cell: Any) -> str:
    """A cell as text in one line; whole floats lose their ".0"."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[a-z]{2,}", re.I)
_PHONE = re.compile(r"^[+(]?\d[\d\s()./-]{8,17}\d(\.0)?\D?$")
_POSTCODE = re.compile(r"^(gir ?0aa|[a-z]{1,2}\d[a-z\d]?\s*(\d[a-z]{2})?)$", re.I)
_REGION = re.compile(
    r"^(the )?((north|south) (east|west)( england)?|(east|west) midlands|east( of england| anglia)"
    r"|(greater )?london"
    r"|yorks(hire)?( ?(&|and) ?(the )?humber(side)?)?|wales|scotland|northern ireland|n\.? ?ireland)$",
    re.I,
)
_GENDER = re.compile(r"^(f|m|female|male|woman|man|non-?binary|prefer not to say|she.*|he.*|they.*|other)$", re.I)
_NUMBERISH = re.compile(
    r"\d|^(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|year|month|since", re.I
)

Share = Callable[[Sequence[Any], Sequence[str]], float]


def _matching(pattern: re.Pattern[str]) -> Share:
    return lambda _, texts: _share(bool(pattern.search(text)) for text in texts)


def _share(tests: Any) -> float:
    met = list(tests)
    return sum(met) / len(met) if met else 0.0


def _dates(values: Sequence[Any], texts: Sequence[str]) -> float:
    dated = re.compile(
        r"^\d{1,4}[./-]\w{1,9}[./-]\d{2,4}|^\d{1,2}(st|nd|rd|th)? [a-z]{3,9} \d{2,4}|^\d{5}(\.\d+)?$", re.I
    )
    pairs = zip(values, texts, strict=True)
    return _share(isinstance(value, date | datetime) or bool(dated.search(text)) for value, text in pairs)


def _phones(values: Sequence[Any], texts: Sequence[str]) -> float:
    return 0.0 if _dates(values, texts) else _matching(_PHONE)(values, texts)


def _instants(values: Sequence[Any], texts: Sequence[str]) -> float:
    timed = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}[ T]\d{1,2}:\d{2}")
    pairs = zip(values, texts, strict=True)
    return _share(isinstance(value, datetime) or bool(timed.search(text)) for value, text in pairs)


def _contacts(_: Sequence[Any], texts: Sequence[str]) -> float:
    """E-mails and numbers in one column, as both are on a list taken at the door."""
    reached = [bool(EMAIL.search(text)) or len(re.sub(r"\D", "", text)) >= 10 for text in texts]
    return _share(reached) if any(EMAIL.search(text) for text in texts) else 0.0


def _permission_lists(values: Sequence[Any], texts: Sequence[str]) -> float:
    def named(text: str) -> int:
        return len(purposes_named(text))

    several = any(named(text) >= 2 for text in texts)
    return _share(named(text) >= 1 and len(text) < 400 for text in texts) if several else 0.0


def _answers(_: Sequence[Any], texts: Sequence[str]) -> float:
    """Answers to a yes/no question, short ones; an unsure mark is one too."""
    return _share(len(text) <= 80 and (yes_no(text) is not None or text in _UNSURE) for text in texts)


_UNSURE = frozenset({"?", "-", "–", "✗", "✘", "☐", "n/a", "N/A", "subscribed", "Subscribed", "Cleaned", "cleaned"})


def _subscriptions(_: Sequence[Any], texts: Sequence[str]) -> float:
    return _share(bool(_SUBSCRIPTION.match(text)) for text in texts)


_SUBSCRIPTION = re.compile(r"^(un|non-?)?subscribed$|^(cleaned|pending|bounced|archived|transactional)$", re.I)


def _labels(known: Callable[[str], bool]) -> Share:
    """The share of cells all of whose ticked labels are known words of a kind."""

    def share(_: Sequence[Any], texts: Sequence[str]) -> float:
        return _share(len(text) < 200 and all(map(known, ticked(text))) for text in texts)

    return share


def _towns(_: Sequence[Any], texts: Sequence[str]) -> float:
    return _share(len(text) < 40 and bool(called(fold(re.split(r"[,(/]", text)[0]))) for text in texts)


def _lengths(_: Sequence[Any], texts: Sequence[str]) -> float:
    length = re.compile(
        r"^\W*(about |since |nearly |over )?\d+([.½]\d*)?\+?( ?(ish|or so))? ?(y(ea)?rs?|y|months?)\b", re.I
    )
    return _share(bool(length.match(text)) for text in texts)


_PLAIN_ANSWER = re.compile(r"^(y|n|yes|no|true|false|x|✓|✔|maybe|ask me first)\W*$", re.IGNORECASE)


def _spoken(_: Sequence[Any], texts: Sequence[str]) -> float:
    return _share(not _PLAIN_ANSWER.search(text) for text in texts)


def _told_at_length(values: Sequence[Any], texts: Sequence[str]) -> float:
    """As `_spoken`, and no mere length of time: under "Experience" stands the one or the other."""
    return _spoken(values, [text for text in texts if len(text) >= _SHORT or not started(text, date.max)])


_SHORT = 25
_SAYS_WHAT = 0.9
_TOLD_WHATEVER_THE_HEADER = frozenset({"email", "phone", "postcode_district", PERMISSIONS})
_TOLD_BY_VALUES: tuple[tuple[str, Share, float], ...] = (
    ("email", _matching(EMAIL), 0.85),
    ("email", _contacts, 0.70),
    ("phone", _phones, 0.80),
    ("postcode_district", _matching(_POSTCODE), 0.80),
    ("region", _matching(_REGION), 0.80),
    (PERMISSIONS, _permission_lists, 0.75),
    (f"{PERMISSION_OF}news", _subscriptions, 0.80),
    ("care_types", _labels(care_types_known), 0.60),
    ("languages", _labels(languages_known), 0.65),
    ("town", _towns, 0.60),
    ("start_year", _lengths, 0.60),
    ("employer_type", lambda _, texts: _share(len(t) < 40 and employer_type(t) is not None for t in texts), 0.56),
    ("role", lambda _, texts: _share(len(t) < 40 and role_known(t) for t in texts), 0.58),
    ("last_answer_at", _instants, 0.60),
    ("gender", lambda _, texts: _share(bool(_GENDER.match(t)) and len(t) > 1 for t in texts), 0.60),
)
_FITS: dict[str, Share] = {
    "email": _matching(EMAIL),
    "phone": lambda _, texts: _share(len(re.sub(r"\D", "", text)) >= 9 for text in texts),
    "postcode_district": _matching(re.compile(r"^\s*[a-z]{1,2}\s*\d", re.I)),
    "region": lambda _, texts: _share(len(text) > 3 for text in texts),
    "last_answer_at": _dates,
    "joined_on": _dates,
    "role": lambda _, texts: _share(len(re.sub(r"[^a-z]", "", text.lower())) > 1 for text in texts),
    "age_band": _matching(re.compile(r"\d|old|prefer not", re.I)),
    "gender": _matching(_GENDER),
    "start_year": _matching(_NUMBERISH),
    "permission": _answers,
    MAY_CONTACT: _answers,
    LEFT_AT: _dates,
    "care_types": lambda _, texts: _share(len(text) < 200 for text in texts),
    **dict.fromkeys(("interests_text", "avoid_text", "availability_text"), _spoken),
    "experience_text": _told_at_length,
    FULL_NAME: lambda _, texts: _share(not re.search(r"\d|@", text) for text in texts),
    "first_name": lambda _, texts: _share(not re.search(r"\d|@", text) and len(text) < 40 for text in texts),
    "last_name": lambda _, texts: _share(not re.search(r"\d|@", text) and len(text) < 40 for text in texts),
}
