"""What a request is about, as topics of the home-care vocabulary."""

from collections import Counter

from matcher.knowledge.topics import label_of, topics_in
from matcher.triage.text import Found, TextToRead

_MOST = 6


def topics_of(text: TextToRead) -> Found[tuple[str, ...]] | None:
    """Labels of the topics it speaks of, the most spoken of first; those in the subject count threefold."""
    weights: Counter[str] = Counter()
    places: dict[str, tuple[int, int]] = {}
    for hit in topics_in(text.subject):
        weights[hit.key] += 0 if hit.hinted else 3
    for passage in text.passages:
        for hit in topics_in(passage.text):
            if not hit.negated and not hit.hinted:
                weights[hit.key] += 1
                places.setdefault(hit.key, (passage.start + hit.start, passage.start + hit.end))
    if not weights:
        return None
    ranked = [key for key, _ in weights.most_common(_MOST)]
    start, end = places.get(ranked[0], (0, 0))
    return Found(tuple(label_of(key) for key in ranked), start, end)
