"""A member's own question: what it is about, where she is, and whether it cannot wait."""

import re

from matcher.knowledge.places import places_in
from matcher.knowledge.regions import country_of

_ABOUT: tuple[tuple[str, str], ...] = (
    ("danger or abuse",
        r"abus\w+|hit me|hurt\w*|threat\w*|unsafe|danger|assault\w*|groped|harass\w*|scared of|afraid of|"
        r"trapped|passport|locked in|suicid\w*|not safe"),
    ("sponsorship and visas", r"visa|sponsor\w*|home office|certificate of sponsorship"),
    ("pay", r"pay\b|paid|wages?|payslip|minimum wage|travel time|deduct\w*|holiday pay|sick pay|mileage"),
    ("hours and contract", r"rota|contract|zero hours|hours|shifts?|notice|dismiss\w*|sacked"),
    ("speaking up", r"whistle\w*|report (?:it|them|him|her)|concern|safeguard\w*|complain\w*"),
    ("training", r"training|certificate|dbs"),
)  # fmt: skip
ABOUT = (*(about for about, _words in _ABOUT), "other")
"""What a question can be about."""
_URGENT = re.compile(
    r"\b(?:abus\w+|hit (?:me|her|him)|threat\w*|trapped|(?:taken|took|keeps?|holding|has) (?:my|our|"
    r"their) passports?|locked in|assault\w*|rap(?:e|ed)|suicid\w*|kill (?:myself|me)"
    r"|not safe|in danger|nowhere to (?:live|sleep)|no food|sleeping in (?:my|the) car|slave\w*|traffick\w*|"
    r"hurting (?:her|him|a client))\b",
    re.I,
)

_LIVES = re.compile(r"\b(?:in|near|around|outside|over in|live in|based in|up in|down in)\s+(?:\w+\s+)?$", re.I)
"""What stands right before the place where somebody is."""


def about_words(about: str) -> str:
    """What a question is about, as pages and reports write it."""
    words = "something else" if about == "other" else about
    return words[:1].upper() + words[1:]


def about_what(words: str) -> str:
    """The subject of a question in a few words; “other” when none fits."""
    return next((about for about, pattern in _ABOUT if re.search(rf"\b(?:{pattern})\b", words, re.I)), "other")


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
