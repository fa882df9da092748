"""Who may ask, as words name it: policy, academic, media, sector, own events, news, campaigns."""

import re
from functools import cache, lru_cache

from matcher.knowledge.tables import any_of, phrases_by

PURPOSES = ("policy", "academic", "media", "sector", "own_events", "news", "campaigns")
ASKED = PURPOSES[:4]
"""Those who ask the network for people; the others come from the network itself."""


@cache
def _purpose_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = phrases_by("purpose", "vocabulary/purposes.tsv")
    return tuple((purpose, any_of(phrases, r"\b")) for purpose, phrases in found.items())


_OTHER_SENSE = re.compile(
    r"\b(?:privacy|data(?: protection)?|cookies?|safeguarding|complaints?|gdpr|retention|refund|our|your)"
    r"(?:(?: and|,|/)? (?:terms|data|cookies?|privacy))* polic(?:y|ies)\b(?! ?-?makers?)|\bsocial media\b",
    re.IGNORECASE,
)
"""A privacy policy is no policy maker, and social media are not the press."""


@lru_cache(maxsize=16_384)
def purposes_named(text: str) -> tuple[str, ...]:
    """The purposes a header or a label speaks of, such as ("policy",) for "MPs and councils"."""
    text = _OTHER_SENSE.sub(" ", text)
    return tuple(purpose for purpose, words in _purpose_words() if words.search(text))


def without_purposes(text: str) -> str:
    """What is left of a header or label when every word that speaks of a purpose is taken out."""
    for _, words in _purpose_words():
        text = re.sub(rf"{words.pattern}\w*", " ", text, flags=re.IGNORECASE)
    return text


def purposes_of(label: str) -> tuple[str, ...]:
    """What a label speaks of: its examples in brackets only count when it says nothing itself."""
    return purposes_named(re.sub(r"\([^)]*\)", " ", label)) or purposes_named(label)


def where_named(text: str) -> list[tuple[int, int, str]]:
    """Each place of ``text`` that speaks of a purpose: its start, its end, and the purpose."""
    plain = _OTHER_SENSE.sub(lambda found: " " * len(found[0]), text)
    named = ((purpose, found) for purpose, words in _purpose_words() for found in words.finditer(plain))
    return sorted((found.start(), found.end(), purpose) for purpose, found in named)
