"""What the header of a column says: short headers, question sentences, and the exports of common tools."""

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from matcher.directory.importing.permission_headers import permissions_asked
from matcher.knowledge.tables import rows
from matcher.model import Member, fields_of

FULL_NAME = "full_name"
AREA = "area"
ONLINE_OR_IN_PERSON = "online_or_in_person"
IGNORE = "ignore"
SAYS_NOTHING = "says_nothing"
"""Not imported, and not even looked at for what takes a yes back: she knows that nothing there is about asking."""
NOT_READ = frozenset({IGNORE, SAYS_NOTHING})

LEFT_AT = "left_at"

OWN_WORDS = frozenset({"experience_text", "interests_text", "avoid_text", "availability_text", "conditions_text"})
"""Fields that hold what she wrote: of several questions of a kind all answers are kept."""

NEVER_SHARED = re.compile(
    r"(never|not|won.?t|don.?t|will not be) (be )?shared?\b|confidential|strictly private", re.I
)
"""A header that promises that the answer goes no further."""

SAYS_IT_IS_USED = re.compile(
    r"\b(?:us(?:e|ed|ing)|helps?|lets?|so (?:that )?we|to make sure)\b.*"
    r"\b(?:match\w*|choos\w*|pick\w*|invit\w*|ask(?:ing)? you|hear(?:ing)? from|find(?:ing)? you)\b",
    re.I,
)
NOT_USED = re.compile(r"(?:\bnot|\bnever|n['’]t)\s+(?:be\s+)?us(?:e|ed|ing)\b", re.I)
"""A header of an optional question that says the answer is used to choose whom to ask; and one that says not."""

# A table of phrases, each with a weight that only orders the fields among themselves: a phrase that can mean one
# thing only weighs more than a word that may stand there in passing. Within a field the first phrase met counts.
_PHRASES = tuple(
    (row["target"], float(row["weight"]), re.compile(row["phrase"], re.IGNORECASE))
    for row in rows("vocabulary/column_headers.tsv")
)

_ALIAS_EXACT, _ALIAS_NEAR, _ALIAS_FLOOR = 0.98, 0.85, 88.0
_ALIASES = tuple((alias, field) for field, info in fields_of(Member).items() for alias in info.aliases)


def tidy(header: str) -> str:
    """A header as compared: lower case, without examples in brackets, numbering and trailing marks."""
    text = re.sub(r"\s+", " ", header.replace("’", "'")).strip().lower()
    bare = re.sub(r"[\(\[][^)\]]*[\)\]]", " ", text)
    bare = re.sub(r"^\s*([a-z]?\d+[.):]|[*•-])\s*", "", bare)
    bare = re.sub(r"\s+", " ", bare).strip(" ?:.*…-_")
    return bare or text


@lru_cache(maxsize=4096)
def meanings(header: str) -> Mapping[str, float]:
    """Field or virtual target -> how surely the header means it (0 to 1); empty when it says nothing known."""
    found: dict[str, float] = {}
    spaced = _in_words(header)
    for part in dict.fromkeys((header, spaced, *_TWO_TONGUES.split(header))):
        for field, weight in _plain_meanings(part).items():
            found[field] = max(found.get(field, 0.0), weight)
    if not found:
        for aside in _ASIDE.findall(header):
            found |= _plain_meanings(aside)
    found.update(permissions_asked(spaced, tidy(spaced)))
    return found


_ASIDE = re.compile(r"\(([^()]+)\)")
_RUN_TOGETHER = re.compile(r"_|(?<=[a-z])(?=[A-Z])")


def _in_words(header: str) -> str:
    """A header that a program ran together, in words: "HappyToHearFromResearchers", "Name_First"."""
    return header if " " in header.strip() else _RUN_TOGETHER.sub(" ", header).strip()


_TWO_TONGUES = re.compile(r"\s+[/|]\s+")
"""What parts a header that says the same twice: "Enw llawn / Full name"."""


def _plain_meanings(header: str) -> dict[str, float]:
    bare = tidy(header)
    found: dict[str, float] = {}
    for field, weight, phrase in _PHRASES:
        if field not in found and (phrase.search(bare) or (field in NOT_READ and phrase.search(header.strip()))):
            found[field] = weight
    for field, weight in _by_alias(bare).items():
        found[field] = max(found.get(field, 0.0), weight)
    return found


def _by_alias(bare: str) -> dict[str, float]:
    found: dict[str, float] = {}
    words = bare.replace("_", " ")
    for alias, field in _ALIASES:
        if words == alias:
            weight = _ALIAS_EXACT
        elif len(words) >= 5 and fuzz.ratio(words, alias) >= _ALIAS_FLOOR:
            weight = _ALIAS_NEAR
        else:
            continue
        target = AREA if field == "town" and alias not in {"town", "city"} else field
        found[target] = max(found.get(target, 0.0), weight)
    return found
