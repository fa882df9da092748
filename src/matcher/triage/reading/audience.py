"""Whom a request speaks for: policy, academic, media or sector."""

import re

from matcher.knowledge.tables import any_of, kinds_in
from matcher.model import Audience
from matcher.triage.reading.requester import Who
from matcher.triage.reading.text import Found, TextToRead

_WEIGHTS = {Audience.ACADEMIC: 4.0, Audience.POLICY: 4.0, Audience.MEDIA: 4.0, Audience.SECTOR: 3.0}
_PHRASES = kinds_in("vocabulary/audience_words.tsv", "told_by", "audience")
_NAMED = {a: any_of(_PHRASES["name"][a], r"(?<!\w)") for a in _WEIGHTS}
"""What askers, their roles and their organisations are called."""
_SPOKEN = {a: any_of(_PHRASES["text"][a], r"\b", r"\b") for a in _WEIGHTS}
"""How a request of each audience is written."""
_LABEL = re.compile(
    r"^\s*(?:i am an?|you are|type of (?:organisation|request|enquiry)|who are you)\s*:\s*(?P<v>.+)$", re.I
)


_A_KIND = r"(?:an?|one of) (?P<what>[^.,;]{3,50}?)(?= (?:that|which|who|for|in|based|working|set)\b|[.,;]|$)"
"""What “we are” or the organisation “is”: “a small charity that ...”."""


def audience_of(text: TextToRead, who: Who) -> Found[Audience]:
    """From what the asker says of herself (form, role, organisation, address), then from how it is written."""
    points = dict.fromkeys(_WEIGHTS, 0.0)
    place = (0, 0)
    for fact, share in ((who.organisation, 1.5), (who.role, 1.0), (who.contact, 1.0)):
        if fact:
            place = (fact.start, fact.end) if place == (0, 0) else place
            _add(points, fact.value, share)
    for line in text.lines:
        label = _LABEL.match(line.text)
        if label:
            _add(points, label["v"], 3.0)
            place = (line.start, line.start + len(line.text))
    ours = rf"(?:The )?{re.escape(who.organisation.value)}(?: \([^)]*\))? is" if who.organisation else "(?!)"
    for passage in text.passages:
        if says := re.match(rf"(?:We(?:['’]re| are)|{ours}) {_A_KIND}", passage.text):
            _add(points, says["what"], 2.0)
    for line in text.signature[:5]:
        _add(points, line.text, 0.5)
    _add(points, " ".join(line.text for line in text.lines[:6]), 0.35)
    whole = f"{text.subject}\n{text.text}"
    for audience, pattern in _SPOKEN.items():
        points[audience] += min(len({m.group().lower() for m in pattern.finditer(whole)}), 5) * 0.5
    ranked = sorted(points, key=lambda audience: -points[audience])
    if points[ranked[0]] == 0:
        return Found(Audience.SECTOR, 0, 0, sure=False)
    return Found(ranked[0], *place, sure=points[ranked[0]] >= 1.4 * points[ranked[1]])


def _add(points: dict[Audience, float], words: str, share: float) -> None:
    for audience, pattern in _NAMED.items():
        if pattern.search(words):
            points[audience] += _WEIGHTS[audience] * share
