"""A member's own question: what it is about, where she is, and whether it cannot wait."""

import re

from matcher.knowledge.places import places_in
from matcher.knowledge.regions import country_of
from matcher.knowledge.tables import any_of, phrases_by

_ABOUT = {
    about: any_of(phrases, r"\b", r"\b")
    for about, phrases in phrases_by("about", "vocabulary/enquiry_phrases.tsv").items()
}
ABOUT = (*_ABOUT, "other")
"""What a question can be about."""
_URGENT = any_of(phrases_by("says", "vocabulary/post_phrases.tsv")["urgent"], r"\b", r"\b")

_LIVES = re.compile(r"\b(?:in|near|around|outside|over in|live in|based in|up in|down in)\s+(?:\w+\s+)?$", re.I)
"""What stands right before the place where somebody is."""


def about_words(about: str) -> str:
    """What a question is about, as pages and reports write it."""
    words = "something else" if about == "other" else about
    return words[:1].upper() + words[1:]


def about_what(words: str) -> str:
    """The subject of a question in a few words; “other” when none fits."""
    return next((about for about, pattern in _ABOUT.items() if pattern.search(words)), "other")


def is_urgent(words: str) -> bool:
    """Whether it suggests abuse, exploitation or danger."""
    return _URGENT.search(words) is not None


def nation_of(words: str) -> str:
    """England, Wales, Scotland or Northern Ireland by the first place she says she is in, else the first named.

    Empty when none is: a name such as Bev can be a town's, so “in Wrexham” counts before it.
    """
    found = [(place, {country_of(region) for region in place.regions}) for place in places_in(words)]
    found.sort(key=lambda one: _LIVES.search(words, 0, one[0].start) is None)
    return next((nations.pop() for _place, nations in found if len(nations) == 1), "")
