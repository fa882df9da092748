"""An honest word about a passphrase: a rough, cautious guess at how hard it is to guess."""

import math
import re
from itertools import pairwise
from typing import Literal, NamedTuple

Level = Literal["empty", "weak", "fair", "good", "strong"]

_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "0123456789")
_TOO_COMMON = (
    "password", "passphrase", "passwort", "welcome", "letmein", "qwerty", "iloveyou", "matcher", "secret", "admin",
)  # fmt: skip
_WORD_BITS, _LETTER_BITS = 12.0, 2.4
_VOWELS = frozenset("aeiouyäöüàéèíóú")


class Strength(NamedTuple):
    """How strong, and what to say about it."""

    level: Level
    words: str


def strength_of(passphrase: str, known: str = "") -> Strength:
    """Judge a passphrase; ``known`` is what anyone could guess, such as the organisation's name."""
    if not passphrase:
        return Strength(
            "empty", "Four or five words that do not belong together are easy to keep and hard to guess."
        )
    bits = _bits(passphrase, known)
    if bits < 28:
        return Strength("weak", "Weak: could be guessed in minutes. Add words that do not belong together.")
    if bits < 42:
        return Strength(
            "fair", "Fair: would hold against a person, not against a fast computer. One more word helps."
        )
    if bits < 60:
        return Strength("good", "Good: it would keep even a fast computer busy for years.")
    return Strength("strong", "Strong: nobody will guess this. Make sure that you can.")


def _bits(passphrase: str, known: str) -> float:
    text = _without_known(passphrase.casefold(), known.casefold())
    return sum(_bits_of_piece(piece) for piece in set(re.findall(r"[^\W\d_]+|\d+|[\W_]+", text)))


def _bits_of_piece(piece: str) -> float:
    plain = _without_runs(piece)
    if plain.isalpha() and len(plain) > 1 and not set(plain) & _VOWELS:
        return len(plain) * math.log2(26)
    if plain.isalpha():
        return min(_WORD_BITS if len(plain) <= 9 else 2 * _WORD_BITS, len(plain) * _LETTER_BITS)
    if plain.isdigit():
        years = re.fullmatch(r"(19|20)\d\d", plain)
        return 6.0 if years else len(plain) * math.log2(10)
    return min(len(plain), 3) * 2.0 if plain.strip() else 1.0


def _without_known(text: str, known: str) -> str:
    for word in (*_TOO_COMMON, *(w for w in known.split() if len(w) > 3)):
        text = text.replace(word, "")
    return text


def _without_runs(piece: str) -> str:
    """Leave out letters that only repeat the one before, or follow it on the keyboard or in the alphabet."""
    kept = piece[:1]
    for before, here in pairwise(piece):
        follows = any(pair in row for row in _ROWS for pair in (before + here, here + before))
        if here != before and not (follows and _is_run(piece)):
            kept += here
    return kept


def _is_run(piece: str) -> bool:
    steps = sum(any(a + b in row or b + a in row for row in _ROWS) for a, b in pairwise(piece))
    return len(piece) > 2 and steps >= 0.6 * (len(piece) - 1)
