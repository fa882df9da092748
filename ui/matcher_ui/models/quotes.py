"""Their own words as evidence: the sentence that says most, and the phrases to mark in the whole."""

import re
from collections.abc import Mapping, Sequence

from matcher.matching import Evidence
from matcher.matching.judgement import Part
from matcher_ui.widgets.marked_text import Mark, MarkKind

_SENTENCE = re.compile(r"[^.!?\n;]+[.!?;]*")
_LATEST_START = 48
"""A phrase that begins further into its sentence is shown from a little before it."""
_LEAD = 24
_KINDS: dict[Part, MarkKind] = {"region": "place", "experience": "experience", "interests": "interests"}


def quote_of(evidence: Sequence[Evidence], words: Mapping[str, str]) -> str:
    """The sentence of theirs that answers most of what was asked; empty when none of their words do."""
    best: tuple[tuple[int, int], str] | None = None
    for source in dict.fromkeys(piece.source for piece in evidence):
        text = words.get(source, "")
        pieces = [piece for piece in evidence if piece.source == source and stands(piece, text)]
        for match in _SENTENCE.finditer(text):
            inside = [piece for piece in pieces if match.start() <= piece.start < match.end()]
            if inside:
                worth = (len({piece.criterion for piece in inside}), sum(len(piece.text) for piece in inside))
                if best is None or worth > best[0]:
                    first = min(piece.start for piece in inside)
                    best = worth, _shown(match.group(), first - match.start())
    return best[1] if best else ""


def stands(piece: Evidence, text: str) -> bool:
    """Whether a piece of evidence still stands where it says in a text."""
    return bool(piece.text) and text[piece.start : piece.end] == piece.text


def marks_of(evidence: Sequence[Evidence], source: str, text: str, offset: int = 0) -> tuple[Mark, ...]:
    """The phrases of one field to mark, never over one another; ``offset`` is where the field begins."""
    pieces = sorted(
        (piece for piece in evidence if piece.source == source and stands(piece, text)),
        key=lambda piece: (piece.start, -piece.end),
    )
    found: list[Mark] = []
    reached = 0
    for piece in pieces:
        start = max(piece.start, reached)
        if start < piece.end and text[start : piece.end].strip():
            found.append(Mark(start + offset, piece.end + offset, _KINDS[piece.part]))
            reached = piece.end
    return tuple(found)


def _shown(sentence: str, first: int) -> str:
    if first > _LATEST_START:
        cut = sentence.rfind(" ", 0, first - _LEAD) + 1
        sentence = f"…{sentence[cut:]}"
    return " ".join(sentence.split()).rstrip(".;")
