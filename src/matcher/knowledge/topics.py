"""What people speak about: a curated table of home-care topics, found in text by their many names."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from matcher.knowledge.tables import rows
from matcher.knowledge.words import stems

_GAP = "…"
_GAP_WORDS = 3
_CLAUSE_END = re.compile(
    r"[.!?;:\n()]|,|\b(?:but|though|except|however|because|so|when|if|until|while|or i|and i)\b| [-–—] ",
    re.IGNORECASE,
)
_WONT = re.compile(
    r"(?:^|\b(?:i|we|and|please|really|also|nor|still)\s+|[“\"'(]\s*)"
    r"(?:won['’]?t|will not|don['’]?t|do not|never|can['’]?t|cannot|refuse to|would not|wouldn['’]?t|"
    r"'d rather not|rather not|am not|['’]m not|not)"
    r"\s+(?:really |ever |even |want(?:ing)? to |like to |wish to |going to |able to |prepared to |"
    r"happy to |willing to |comfortable )*"
    r"(?:do(?:ing)?|done|work(?:ing)?|want(?:ing)?|talk(?:ing)? about|speak(?:ing)? (?:about|on)|"
    r"discuss(?:ing)?|go(?:ing)? into|interested in|keen on|"
    r"happy (?:with|about)|mention(?:ing)?|touch(?:ing)?|tak(?:e|ing) on|cover(?:ing)?|offer(?:ing)?|"
    r"comfortable (?:with|about|talking about))\b",
    re.IGNORECASE,
)
_NOTHING_ON = re.compile(
    r"\b(?:nothing (?:on|about|to do with)|not (?:on|about|to (?:mention|discuss|talk about)|"
    r"interested in|keen on)|no experience (?:of|in|with)|"
    r"no questions (?:on|about)|anything (?:but|except)|(?:please )?avoid(?:ing)?|leave out|"
    r"rather not (?:discuss|do|talk about))\s+(?:[\w'’]+\s+){0,3}$",
    re.IGNORECASE,
)
_BARE_NO = re.compile(
    r"^\W*(?:and |or |sorry |please |definitely |absolutely |also )*(?:no|not|never|without)(?: any| more|"
    r" doing| to)? (?:[\w'’]+ ){0,1}$",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"\s*(?:[\w'’]+\s+)?(?:(?:is|are) )?(?:not for me|not my thing|isn['’]?t for me|aren['’]?t for me|"
    r"no thanks|no thank you)",
    re.IGNORECASE,
)
_SHORT_CAPITALS = re.compile(r"[A-Z]{2,3}s?")


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject. ``label`` is for screens; ``phrases`` its professional and everyday names.

    In a phrase "…" stands for up to three words and a leading "=" for exactly this form; capitals of two or
    three letters match capitals only. ``is_work``: a kind of work she may or may not do ("no nights").
    """

    key: str
    label: str
    phrases: tuple[str, ...]
    is_work: bool


@dataclass(frozen=True, slots=True)
class TopicHit:
    """A topic found: ``phrase`` is ``text[start:end]``; ``negated`` when she says she does not do it."""

    key: str
    start: int
    end: int
    phrase: str
    negated: bool


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic of the table, in its order."""
    return tuple(
        Topic(row["key"], row["label"], tuple(filter(None, row["phrases"].split("|"))), row["work"] == "1")
        for row in rows("vocabulary/topics.tsv")
    )


@dataclass(frozen=True, slots=True)
class _Pattern:
    stems: tuple[str, ...]
    key: str
    exact: str  # the very form asked for, "" when any form will do
    is_work: bool


_ANY = ""


@cache
def _patterns() -> dict[str, dict[str, tuple[_Pattern, ...]]]:
    """First stem -> the stem after it (``_ANY``: any other) -> the patterns that may stand there, longest first."""
    found: dict[str, dict[_Pattern, None]] = {}
    for topic in topics():
        for phrase in topic.phrases:
            plain = phrase.removeprefix("=")
            exact = plain if plain != phrase or _SHORT_CAPITALS.fullmatch(plain) else ""
            pattern = _Pattern(_phrase_stems(plain), topic.key, exact, topic.is_work)
            found.setdefault(pattern.stems[0], {})[pattern] = None
    return {first: _by_second(sorted(those, key=lambda p: -len(p.stems))) for first, those in found.items()}


def _by_second(patterns: list[_Pattern]) -> dict[str, tuple[_Pattern, ...]]:
    seconds = {pattern: pattern.stems[1] if len(pattern.stems) > 1 else _GAP for pattern in patterns}
    wanted = {_ANY, *seconds.values()} - {_GAP}
    return {second: tuple(p for p in patterns if seconds[p] in (second, _GAP)) for second in wanted}


def _phrase_stems(phrase: str) -> tuple[str, ...]:
    parts: list[str] = []
    for piece in phrase.split(_GAP):
        parts += [s for s, _, _ in stems(piece)] + [_GAP]
    return tuple(parts[:-1])


@lru_cache(maxsize=4_096)
def topics_in(text: str) -> tuple[TopicHit, ...]:
    """Every topic the text speaks of, with the words that say so; of overlapping ones the longest."""
    words = stems(text)
    plain = [s for s, _, _ in words]
    patterns = _patterns()
    found: dict[str, list[TopicHit]] = {}
    for at, first in enumerate(plain):
        beginning = patterns.get(first)
        if beginning is None:
            continue
        second = plain[at + 1] if at + 1 < len(plain) else _ANY
        for pattern in beginning.get(second, beginning[_ANY]):
            last = _matched(plain, at, pattern.stems)
            if last is None:
                continue
            start, end = words[at][1], words[last][2]
            mine = found.setdefault(pattern.key, [])
            if any(h.start <= start < h.end for h in mine) or not _right_form(text[start:end], pattern.exact):
                continue
            mine.append(
                TopicHit(pattern.key, start, end, text[start:end], _negated(text, start, end, pattern.is_work))
            )
    hits = [hit for those in found.values() for hit in those]
    return tuple(sorted(hits, key=lambda h: (h.start, h.end, h.key)))


def _right_form(said: str, exact: str) -> bool:
    if not exact:
        return True
    return said.rstrip("s") == exact.rstrip("s") if exact.isupper() else said.lower() == exact.lower()


def _matched(plain: list[str], at: int, sequence: tuple[str, ...]) -> int | None:
    """The place of the last word when the sequence stands here."""
    place = at
    for index, wanted in enumerate(sequence):
        if wanted == _GAP:
            continue
        if index and sequence[index - 1] == _GAP:
            ahead = plain[place : place + _GAP_WORDS + 1]
            if wanted not in ahead:
                return None
            place += ahead.index(wanted)
        elif place >= len(plain) or plain[place] != wanted:
            return None
        place += 1
    return place - 1


def _negated(text: str, start: int, end: int, is_work: bool) -> bool:
    """Whether her own clause, or the list it belongs to, says that she does not do or want this."""
    before = text[max(0, start - 120) : start]
    clause = _CLAUSE_END.split(before)[-1].lstrip()
    if _refuses(clause, is_work) or _AFTERWARDS.match(text[end : end + 40]):
        return True
    listed = [part.strip() for part in re.split(r"[.!?;:\n]|\bbut\b", before)[-1].split(",")]
    if len(listed) < 2 or len(listed[-1].split()) > 4 or re.search(r"\band\b", listed[-1]):
        return False
    opening = next(
        (i for i, part in enumerate(listed[:-1]) if _refuses(part + " ", is_work) or _WONT.search(part)), None
    )
    return opening is not None and is_work and all(len(part.split()) <= 4 for part in listed[opening + 1 :])


def _refuses(clause: str, is_work: bool) -> bool:
    tail = clause.rstrip() + " "
    return bool(_WONT.search(clause) or _NOTHING_ON.search(tail) or (is_work and _BARE_NO.search(tail)))


@cache
def label_of(key: str) -> str:
    """The label of a topic for the screen; the key itself when the table has none."""
    return next((topic.label for topic in topics() if topic.key == key), key)
