"""Multi-select answers: which labels were ticked in a cell."""

import re
from collections.abc import Sequence

from matcher.knowledge.tables import fold


def ticked(cell: str, known_labels: Sequence[str] | None = None) -> tuple[str, ...]:
    """The labels ticked in one cell of a multi-select answer.

    A comma inside brackets, quotes or a known label does not split; a remark such as "- but ask me first" stays
    with its label. Semicolons and line breaks always split.
    """
    found: list[str] = []
    for part in _separated(cell or ""):
        found += _by_labels(part, known_labels or ())
    return tuple(label for label in found if label)


def _separated(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n\r|•]+(?![^(]*\))", cell) if part.strip()]


def _by_labels(part: str, labels: Sequence[str]) -> list[str]:
    """Cut at commas, then put together again the pieces that make up a known label."""
    pieces = _at_commas(part)
    known = sorted((fold(label) for label in labels if "," in label), key=len, reverse=True)
    found: list[str] = []
    at = 0
    while at < len(pieces):
        taken = 1
        for count in range(len(pieces) - at, 1, -1):
            together = fold(", ".join(pieces[at : at + count]))
            if any(together == k or (together.startswith(k + " ") and _tail(together[len(k) :])) for k in known):
                taken = count
                break
        found.append(", ".join(pieces[at : at + taken]))
        at += taken
    return found


def _tail(rest: str) -> bool:
    """What may follow a label: its remark, not another label."""
    return bool(re.match(r" (?:but|only|if|ask|not|please|maybe|first|yes|no)\b", rest))


def _at_commas(text: str) -> list[str]:
    """The pieces between commas, but for those in brackets, and in the quotes some programs put round a label."""
    pieces, depth, start = [], 0, 0
    quotes, quoted = text.count('"') % 2 == 0, False
    for place, char in enumerate(text):
        depth += (char in "([") - (char in ")]" and depth > 0)
        quoted ^= quotes and char == '"'
        if char == "," and depth == 0 and not quoted:
            pieces.append(text[start:place])
            start = place + 1
    pieces.append(text[start:])
    return [piece for written in pieces if (piece := written.strip().strip('"').strip())]
