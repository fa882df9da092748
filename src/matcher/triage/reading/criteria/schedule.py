"""When a requester hopes to start, or to have names: wishes about the calendar, which ask nothing of anybody."""

import re
from collections.abc import Iterator

from matcher.triage.reading.criteria.fields import clauses_in

_CALENDAR = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?\b|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|christmas|easter|new year|spring|summer|autumn|winter|"
    r"weeks?\b|weekends?\b|fortnight|months?\b|term\b|today|tomorrow|then\b|\d{1,2}(?:st|nd|rd|th)?\b"
)
_SCHEDULE = re.compile(
    r"\b(?:names?|numbers|details|list|shortlist|repl(?:y|ies)|answers?|responses?|hear|know|start\w*|begin\w*|"
    r"finish\w*|run|hold|meet|done|record\w*|film\w*|publish\w*|(?:come|get|go) back|speak|talk|confirm\w*|"
    r"interviews?|fieldwork|sessions?|groups?|lined up|in place)\b"
    r"(?:(?!\b(?:who|whose|that|with|aged|working|work|worked|do|does|did)\b)[^.;?!]){0,60}?"
    r"(?:\b(?:by|before|until|till|in|on|from|after|within|during|for|ahead of|no later than|this|next|the)|,)\s+"
    rf"(?:(?:the|our|a|an|early|mid|late|end|middle|start|beginning|week|first|second|third|last|next|this|of|"
    rf"new|few|couple|about|around)[ -]+){{0,5}}(?:{_CALENDAR})",
    re.I,
)
_JOINT = re.compile(r"(?:[,;–—]|\s-)\s*(?:and|so|but|as|then)?\s+|\s+(?:so|but)\s+", re.I)


def without_schedule(words: str) -> tuple[int, int] | None:
    """The stretch left when the parts at either end that only speak of dates are taken off; None when all do."""
    parts = list(_parts(words))
    while parts and _only_schedule(words[slice(*parts[-1])]):
        parts.pop()
    while parts and _only_schedule(words[slice(*parts[0])]):
        parts.pop(0)
    return (parts[0][0], parts[-1][1]) if parts else None


def _parts(words: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for joint in _JOINT.finditer(words):
        yield begin, joint.start()
        begin = joint.end()
    yield begin, len(words)


def _only_schedule(part: str) -> bool:
    return not part.strip(" .!?") or (_SCHEDULE.search(part) is not None and not clauses_in(part))
