"""What a request is about, as topics of the home-care vocabulary."""

import re

from matcher.knowledge.due_dates import due_dates
from matcher.knowledge.topics import TopicHit, label_of, topics_in
from matcher.triage.reading.text import Found, TextToRead

_MOST = 5
_LEAST = 0.3
"""The share of the strongest topic that a further one must reach."""
_SUBJECT, _ASIDE = 3.0, 0.25
_TERMS = re.compile(
    r"\w@\w|£\s?\d|\bvouchers?\b|\bthank[- ]?you\b|\bfees?\b|\bexpenses\b|\bethic|\banonym|\btranscript|"
    r"\bconfidential"
    r"|\b(?:don['’]?t|do not|can['’]?t|cannot|able to) pay\b|\bunpaid\b|\brefund|\breimburs|\bwe (?:will "
    r")?pay\b|\bpayment of\b",
    re.IGNORECASE,
)
"""Sentences about the terms of taking part: the pay in them is the requester's, and no topic by itself."""
_RULED_OUT = re.compile(
    r"\b(?:no|not|nor|rather than|except|excluding|without|other than)\b[^.,;:]{0,25}$", re.IGNORECASE
)
_BY_WHEN = re.compile(r"(?:before|ahead of|by|until)\b", re.IGNORECASE)
"""“before Christmas” says when, not what about."""
_ABOUT_THE_REQUEST = frozenset({"research"})


def topics_of(text: TextToRead) -> Found[tuple[str, ...]] | None:
    """Labels of the topics it speaks of, the most spoken of first; those in the subject count threefold."""
    weights: dict[str, float] = {}
    places: dict[str, tuple[int, int]] = {}
    for hit in _named(text.subject):
        weights[hit.key] = weights.get(hit.key, 0.0) + _SUBJECT
    for passage in text.passages:
        worth = _ASIDE if _TERMS.search(passage.text) else 1.0
        days = [found for found in due_dates(passage.text, text.day) if _BY_WHEN.match(found.text)]
        for hit in _named(passage.text):
            if any(day.start <= hit.start < day.end for day in days):
                continue
            weights[hit.key] = weights.get(hit.key, 0.0) + worth
            places.setdefault(hit.key, (passage.start + hit.start, passage.start + hit.end))
    if not weights or max(weights.values()) < 1:
        return None
    least = _LEAST * max(weights.values())
    ranked = [key for key in sorted(weights, key=lambda key: -weights[key])[:_MOST] if weights[key] >= least]
    start, end = places.get(ranked[0], (0, 0))
    return Found(tuple(label_of(key) for key in ranked), start, end)


def _named(text: str) -> list[TopicHit]:
    """The topics named outright, but for those of whom it does not want and of its own method."""
    return [
        hit
        for hit in topics_in(text)
        if not hit.negated
        and not hit.hinted
        and hit.key not in _ABOUT_THE_REQUEST
        and not _RULED_OUT.search(text[: hit.start])
    ]
