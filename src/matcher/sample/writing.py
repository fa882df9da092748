"""A person's own words, put together from lines that fit what is so of her."""

import random
from dataclasses import dataclass

from matcher.sample.bank import Bank, Facts, Line, Topic
from matcher.sample.chance import Shares
from matcher.sample.voice import Hand

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_SHAPES = Shares(
    {
        ("opening",): 3,
        ("story",): 9,
        ("opening", "story"): 24,
        ("story", "ending"): 8,
        ("opening", "story", "ending"): 18,
        ("opening", "story", "other"): 22,
        ("story", "other", "ending"): 9,
        ("opening", "story", "other", "ending"): 7,
    }
)
_TRIES = 12


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: what is so of her, her place and work, and her hand."""

    facts: Facts
    town: str
    role: str
    years: int
    since: int
    hand: Hand
    in_words: bool

    def fill(self, text: str) -> str:
        """A line with her own years, town and work in it, its first letter large."""
        if "{" in text:
            text = text.format(years=self._years(), since=self.since, town=self.town, role=self.role)
        return text[:1].upper() + text[1:]

    def _years(self) -> str:
        if self.years == 0:
            return "a few months"
        if self.years == 1:
            return "a year"
        number = _NUMBERS[self.years] if self.in_words and self.years < len(_NUMBERS) else str(self.years)
        return f"{number} years"


class Words:
    """The words of everybody in one sample; no two experience texts are the same."""

    def __init__(self, bank: Bank, rng: random.Random) -> None:
        self._bank = bank
        self._rng = rng
        self._written: set[str] = set()

    def keep(self, text: str) -> None:
        """Note a text that was written elsewhere."""
        self._written.add(text)

    def experience(self, writer: Writer, main: Topic, other: Topic) -> str:
        """One to a handful of sentences on what she does and sees, unlike anybody else's."""
        parts: list[str] = []
        for _ in range(_TRIES):
            parts = self._parts(writer, main, other)
            text = writer.hand(" ".join(parts))
            if text not in self._written:
                break
        while text in self._written:
            parts.append(self._one(writer, "endings"))
            text = writer.hand(" ".join(parts))
        self._written.add(text)
        return text

    def _parts(self, writer: Writer, main: Topic, other: Topic) -> list[str]:
        found = []
        for part in _SHAPES.pick(self._rng):
            if part in ("story", "other"):
                topic = main if part == "story" else other
                line = topic.stories.deal(self._rng, writer.facts)
                found.append(_stopped(writer.fill(line.text)) if line else "")
            else:
                found.append(self._one(writer, part + "s"))
        return [part for part in found if part] or [self._one(writer, "openings")]

    def _one(self, writer: Writer, pool: str) -> str:
        line = self._bank.pools[pool].deal(self._rng, writer.facts)
        return _stopped(writer.fill(line.text)) if line else ""

    def interests(self, writer: Writer, main: Topic, other: Topic) -> str:
        """What she wants to speak about: one or both of her topics."""
        first, second = (topic.wants.deal(self._rng, writer.facts) for topic in (main, other))
        texts = [line.text for line in (first, second) if line]
        if len(texts) > 1 and self._rng.random() < 0.45:
            joint = self._rng.choice((". Also ", " / ", ", and ", ". ", "\n"))
            later = texts[1] if joint in (". ", " / ", "\n") or texts[1][:2].isupper() else _small(texts[1])
            return writer.hand(texts[0].rstrip(".") + joint + later)
        return writer.hand(texts[0])

    def line(self, writer: Writer, pool: str) -> Line | None:
        """A line of another pool that fits her, as it stands."""
        return self._bank.pools[pool].deal(self._rng, writer.facts)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?", ")", ":")) else text + "."


def _small(text: str) -> str:
    first = text.split(maxsplit=1)[0].rstrip(",.'")
    keeps = first in ("I", "I'd", "I'll", "AI", "LGBT+", "PAs", "Parkinson's", "Universal", "MAR", "Black", "CQC")
    return text if keeps else text[:1].lower() + text[1:]
