"""Their own words as evidence: the sentence of theirs that says most."""

import re
from collections.abc import Sequence

from matcher.matching.judgement import Evidence
from matcher.matching.profile import OWN_WORDS, Profile

_SENTENCE = re.compile(r"(?:[^.!?\n;]|\.(?=\d))+[.!?;]*")
"""“6.30 till 10” is no end of a sentence."""
_LATEST_START = 48
"""A phrase that begins further into its sentence is shown from a little before it."""
_LEAD = 24
_SHORT = 24
"""Fewer characters say little on their own."""


def quote_of(evidence: Sequence[Evidence], profile: Profile) -> str:
    """The sentence of theirs that answers most of what was asked; empty when none of their words do."""
    by_source: dict[str, list[Evidence]] = {}
    for piece in evidence:
        if piece.source in OWN_WORDS and stands(piece, profile.words(piece.source)):
            by_source.setdefault(piece.source, []).append(piece)
    best: tuple[tuple[bool, int, int], str] | None = None
    for source, pieces in by_source.items():
        text = profile.words(source)
        for start, end in _sentences(text, {piece.start for piece in pieces}):
            inside = [piece for piece in pieces if start <= piece.start < end]
            if inside:
                worth = _worth(text[start:end], inside)
                if best is None or worth > best[0]:
                    best = worth, _shown(text[start:end], min(piece.start for piece in inside) - start)
    return best[1] if best else ""


def stands(piece: Evidence, text: str) -> bool:
    """Whether a piece of evidence still stands where it says in a text."""
    return bool(piece.text) and text[piece.start : piece.end] == piece.text


def _sentences(text: str, wanted: set[int]) -> list[tuple[int, int]]:
    """Where each sentence of a text stands; a very short one that holds what is wanted goes on into the next."""
    found: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        start, end = found[-1] if found else (0, 0)
        if end and len(text[start:end].strip()) < _SHORT and any(start <= place < end for place in wanted):
            found[-1] = (start, match.end())
        else:
            found.append(match.span())
    return found


def _worth(sentence: str, inside: Sequence[Evidence]) -> tuple[bool, int, int]:
    """A sentence rather than a word, then how many criteria it answers, then how much of it does."""
    criteria = {piece.criterion for piece in inside}
    return len(sentence.strip()) >= _SHORT, len(criteria), sum(len(piece.text) for piece in inside)


def _shown(sentence: str, first: int) -> str:
    if first > _LATEST_START:
        cut = sentence.rfind(" ", 0, first - _LEAD) + 1
        sentence = f"…{sentence[cut:]}"
    lines = (" ".join(line.split()).rstrip(".;, ") for line in sentence.split("\n"))
    return "; ".join(line for line in lines if line)
