"""Evidence in their own words as phrases to mark."""

from collections.abc import Sequence

from matcher.matching import Evidence
from matcher.matching.judgement import Part
from matcher.matching.quotes import stands
from matcher_ui.widgets.marked_text import Mark, MarkKind

_KINDS: dict[Part, MarkKind] = {"region": "place", "experience": "experience", "interests": "interests"}


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
