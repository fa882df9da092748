"""Words of a text as stems with their places, and the words that carry no meaning for matching."""

import re
from collections.abc import Iterable
from functools import cache

import Stemmer

from matcher.knowledge.tables import words_in

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


def words_of(text: str) -> list[str]:
    """The words of a text in order, as they are written."""
    return _WORD.findall(text)


def places_of(words: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Where each of the `words_of` a text starts and ends. Between two of them no word can begin."""
    places, end = [], 0
    for word in words:
        start = text.index(word, end)
        end = start + len(word)
        places.append((start, end))
    return places


def stems(text: str) -> list[tuple[str, int, int]]:
    """Every word's stem with the place of the word in the given text, as (stem, start, end)."""
    words = words_of(text)
    return [(stem(word), *place) for word, place in zip(words, places_of(words, text), strict=True)]


@cache
def _meaning(word: str) -> str:
    """The stem of a word; empty for a stop word."""
    return "" if _plain(word) in stop_words() else stem(word)


def terms(text: str) -> tuple[str, ...]:
    """The stems of a text in order, stop words left out."""
    return tuple(filter(None, map(_meaning, words_of(text))))


@cache
def stop_words() -> frozenset[str]:
    """Small words and the words every member of a home-care network uses; small letters, no apostrophes."""
    return words_in("vocabulary/stop_words.txt")
