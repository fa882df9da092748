"""What every fact reader is given (`TextToRead`) and what it gives back (`Found`)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from matcher.clock import LONDON
from matcher.triage.reading.layout import Layout, Line, Passage

T = TypeVar("T")
ASKS_FOR = re.compile(
    r"^.*?\b(?:looking (?:for|to \w+(?: to| with| from)?)|(?:like|love|want|hoping|keen|trying) to (?:speak|talk|"
    r"hear|interview|meet|find|recruit|invite|include)(?: to| with| from)?|find(?:ing)?|recruit(?:ing)?|"
    r"seek(?:ing)?|need|want|(?:am|are|['’]m|['’]re) after|invit(?:e|ing)|open to|hear from)\s+"
    r"(?:(?:your |some |any )?help (?:with |in )?(?:find(?:ing)?|recruit(?:ing)?|reaching)\s+)?(?!to\b)",
    re.I,
)
LEFT_OPEN = re.compile(r"[ ,;:.?!–-]+(?:and|or|who|that|to|if|but)?[ ,;:.?!–-]*$|\s+(?:who|that|and|or|if)$", re.I)
"""The words in front of whom a sentence asks for, and the words and marks that leave its end open."""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A fact and the stretch of the full text that says it; ``sure`` when it is said outright."""

    value: T
    start: int
    end: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a piece of post came from, as its envelope says; empty for documents and pasted text."""

    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class TextToRead:
    """A request laid out for reading.

    ``text`` is the document's full text; ``layouts`` are the letter and its attachments, without quoted history.
    """

    text: str
    received: datetime
    subject: str
    sender: Sender
    layouts: tuple[Layout, ...]

    @property
    def day(self) -> date:
        """The day it arrived, in London."""
        return self.received.astimezone(LONDON).date()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every sentence and list item, in order."""
        return tuple(passage for layout in self.layouts for passage in layout.passages)

    @property
    def signature(self) -> tuple[Line, ...]:
        """The lines under the sign-off."""
        return tuple(line for layout in self.layouts for line in layout.signature if line.text)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, signature included."""
        return tuple(line for layout in self.layouts for line in layout.lines if line.text)

    @property
    def headings(self) -> tuple[Line, ...]:
        """The lines that stand over others."""
        return tuple(heading for layout in self.layouts for heading in layout.headings)

    @property
    def labels(self) -> tuple[Line, ...]:
        """What stands before a colon or in the first cell of a row."""
        return tuple(label for layout in self.layouts for label in layout.labels)


def found_in(passage: Passage, match: re.Match[str], value: T, *, sure: bool = True) -> Found[T]:
    """A fact that a match inside a passage's text says."""
    return Found(value, passage.start + match.start(), passage.start + match.end(), sure)


def found_as(passage: Passage, value: T, *, sure: bool = True) -> Found[T]:
    """A fact that a whole passage says."""
    return Found(value, passage.start, passage.end, sure)


def matches(passages: Iterable[Passage], pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Every place where ``pattern`` stands in ``passages``."""
    for passage in passages:
        for match in pattern.finditer(passage.text):
            yield passage, match
