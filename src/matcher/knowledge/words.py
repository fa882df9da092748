"""Words of a text as stems with their places, and the words that carry no meaning for matching."""

import re
from functools import cache

import Stemmer

from matcher_resources import path_to

_WORD = re.compile(r"[^\W_]+(?:['’‘`][^\W_]+)*")
_APOSTROPHES = re.compile(r"['’‘`]")


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def _plain(word: str) -> str:
    return _APOSTROPHES.sub("", word.lower())


@cache
def stem(word: str) -> str:
    """The stem of one word ("visited" and "visits" give one); case and apostrophes do not matter."""
    return str(_stemmer().stemWord(_plain(word)))


def stems(text: str) -> list[tuple[str, int, int]]:
    """Every word's stem with the place of the word in the given text, as (stem, start, end)."""
    return [(stem(m[0]), *m.span()) for m in _WORD.finditer(text)]


@cache
def _meaning(word: str) -> str:
    """The stem of a word; empty for a stop word."""
    return "" if _plain(word) in stop_words() else stem(word)


def terms(text: str) -> tuple[str, ...]:
    """The stems of a text in order, stop words left out."""
    return tuple(filter(None, map(_meaning, _WORD.findall(text))))


@cache
def stop_words() -> frozenset[str]:
    """Small words and the words every member of a home-care network uses; small letters, no apostrophes."""
    return frozenset(path_to("vocabulary/stop_words.txt").read_text(encoding="utf-8").split())


@cache
def stop_stems() -> frozenset[str]:
    """The stems of the stop words."""
    return frozenset(stem(word) for word in stop_words())
