"""What people speak about: a curated table of home-care topics, found in text by their many names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import product

from matcher.knowledge.denials import is_denied
from matcher.knowledge.tables import rows
from matcher.knowledge.words import places_of, stem, stems, words_of

_GAP = "…"
_GAP_WORDS = 3
_NUMBER = "#"
_CHOICE = re.compile(r"\(([^()]*)\)")
_SHORT_CAPITALS = re.compile(r"[A-Z]{2,3}s?")


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject. ``label`` is for screens; ``phrases`` its professional and everyday names.

    In a phrase "…" stands for up to three words, "#" for a number, a leading "=" asks for exactly this form and a
    leading "~" marks a hint that is not enough alone; capitals of two or three letters match capitals only.
    ``is_work``: a kind of work she may or may not do ("no nights"). ``broader``: the subject it is a part of.
    """

    key: str
    label: str
    phrases: tuple[str, ...]
    is_work: bool
    broader: str = ""


@dataclass(frozen=True, slots=True)
class TopicHit:
    """A topic found: ``phrase`` is ``text[start:end]``; ``negated`` when she says she does not do it.

    ``hinted``: it is only hinted at, or is the broader subject of one that is named.
    """

    key: str
    start: int
    end: int
    phrase: str
    negated: bool
    hinted: bool = False


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic of the table, in its order."""
    return tuple(
        Topic(row["key"], row["label"], _spelt_out(row["phrases"]), row["work"] == "1", row["broader"])
        for row in rows("vocabulary/topics.tsv")
    )


def _spelt_out(phrases: str) -> tuple[str, ...]:
    """The phrases with every choice made: "(bad/sore) back" gives two, and "back (pain/)" too."""
    found: dict[str, None] = {}
    for phrase in phrases.split("|"):
        pieces = [part.split("/") if i % 2 else [part] for i, part in enumerate(_CHOICE.split(phrase))]
        found |= dict.fromkeys(" ".join("".join(choice).split()) for choice in product(*pieces))
    return tuple(filter(None, found))


@dataclass(frozen=True)
class _Pattern:
    stems: tuple[str, ...]
    key: str
    exact: str  # the very form asked for, "" when any form will do
    is_work: bool
    hint: bool

    def ends(self, plain: list[str], at: int) -> int | None:
        """The place of the last word when the pattern stands here."""
        if self.is_plain:
            size = len(self.stems)
            return at + size - 1 if size == 1 or tuple(plain[at : at + size]) == self.stems else None
        return _matched(plain, at, self.stems)

    @cached_property
    def is_plain(self) -> bool:
        """Whether it is these words and nothing else."""
        return _GAP not in self.stems and _NUMBER not in self.stems

    @cached_property
    def needs(self) -> frozenset[str]:
        """The stems without which it stands nowhere."""
        return frozenset(self.stems) - {_GAP, _NUMBER}


_ANY = ""


@cache
def _patterns() -> dict[str, dict[str, tuple[_Pattern, ...]]]:
    """First stem -> the stem after it (``_ANY``: any other) -> the patterns that may stand there, longest first."""
    found: dict[str, dict[_Pattern, None]] = {}
    for topic in topics():
        for phrase in topic.phrases:
            form = phrase.removeprefix("~")
            plain = form.removeprefix("=")
            exact = plain if plain != form or _SHORT_CAPITALS.fullmatch(plain) else ""
            pattern = _Pattern(_phrase_stems(plain), topic.key, exact, topic.is_work, form != phrase)
            found.setdefault(pattern.stems[0], {})[pattern] = None
    return {first: _by_second(sorted(those, key=lambda p: -len(p.stems))) for first, those in found.items()}


def _by_second(patterns: list[_Pattern]) -> dict[str, tuple[_Pattern, ...]]:
    seconds = {pattern: pattern.stems[1] if len(pattern.stems) > 1 else _GAP for pattern in patterns}
    wanted = {_ANY, *seconds.values()} - {_GAP, _NUMBER}
    return {second: tuple(p for p in patterns if seconds[p] in (second, _GAP, _NUMBER)) for second in wanted}


def _phrase_stems(phrase: str) -> tuple[str, ...]:
    parts: list[str] = []
    for piece in re.split(f"([{_GAP}{_NUMBER}])", phrase):
        parts += [piece] if piece in (_GAP, _NUMBER) else [s for s, _, _ in stems(piece)]
    return tuple(parts)


def _stands(word: str, wanted: str) -> bool:
    return word == wanted or (wanted == _NUMBER and word[:1].isdigit())


@lru_cache(maxsize=1_024)
def topics_in(text: str) -> tuple[TopicHit, ...]:
    """Every topic the text speaks of, with the words that say so; of overlapping ones the longest."""
    words = words_of(text)
    plain = [stem(word) for word in words]
    places: list[tuple[int, int]] = []
    found: dict[str, list[TopicHit]] = {}
    for at, last, pattern in _standing(plain):
        places = places or places_of(words, text)
        start, end = places[at][0], places[last][1]
        mine = found.setdefault(pattern.key, [])
        if any(h.start <= start < h.end for h in mine) or not _right_form(text[start:end], pattern.exact):
            continue
        negated = is_denied(text, start, end, is_work=pattern.is_work)
        mine.append(TopicHit(pattern.key, start, end, text[start:end], negated, pattern.hint))
    hits = [hit for those in found.values() for hit in those]
    hits += [replace(hit, key=_broader()[hit.key], hinted=True) for hit in hits if hit.key in _broader()]
    return tuple(sorted(hits, key=lambda h: (h.start, h.end, h.key)))


@cache
def _broader() -> dict[str, str]:
    return {topic.key: topic.broader for topic in topics() if topic.broader}


def _standing(plain: list[str]) -> Iterator[tuple[int, int, _Pattern]]:
    """The places of the first and the last word of every pattern that stands in these stems, with the pattern."""
    known, present, size = _patterns(), frozenset(plain), len(plain)
    for at, word in enumerate(plain):
        for first in (word, _NUMBER) if word[:1].isdigit() else (word,):
            if first not in known:
                continue
            patterns = known[first]
            second = plain[at + 1] if at + 1 < size else _ANY
            for pattern in patterns.get(second, patterns[_ANY]):
                if pattern.needs <= present and (last := pattern.ends(plain, at)) is not None:
                    yield at, last, pattern


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
            steps = next((step for step, word in enumerate(ahead) if _stands(word, wanted)), None)
            if steps is None:
                return None
            place += steps
        elif place >= len(plain) or not _stands(plain[place], wanted):
            return None
        place += 1
    return place - 1


@cache
def label_of(key: str) -> str:
    """The label of a topic for the screen; the key itself when the table has none."""
    return next((topic.label for topic in topics() if topic.key == key), key)


@cache
def key_of(label: str) -> str:
    """The topic that has exactly this label, whatever its capitals; empty when none has."""
    return next((topic.key for topic in topics() if topic.label.casefold() == label.strip().casefold()), "")
