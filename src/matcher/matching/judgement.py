"""What judging one criterion against one member comes to, and the evidence for it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Part = Literal["region", "experience", "interests"]
PARTS: tuple[Part, ...] = ("region", "experience", "interests")


class Status(StrEnum):
    """Three-valued: unknown is neither, and excludes nobody."""

    MET = "met"
    FAILED = "failed"
    UNKNOWN = "unknown"


SPEAKS_OF_IT = "Speaks of it"
"""The note of what is met by her words alone: what they are is its evidence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of what is known of her that speaks to one criterion or topic.

    ``source`` is the field it stands in; ``text`` is exactly ``field[start:end]`` for her own words and the
    whole value for any other field.
    """

    criterion: str
    source: str
    text: str
    start: int = 0
    end: int = 0
    part: Part = "experience"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one member stands to one criterion.

    ``degree`` (0 to 1) is how well it is met: 1 when fully, less when nearly or when only her words say so;
    an unknown may carry a little. ``note`` is one plain sentence about her.
    """

    status: Status
    degree: float = 0.0
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    by: Literal["field", "words", ""] = ""

    @property
    def check(self) -> bool:
        """Whether only her words say that it is met, so that it is to be checked with her."""
        return self.status is Status.MET and self.by == "words"


UNKNOWN = Judgement(Status.UNKNOWN)


def met(note: str, *evidence: Evidence, degree: float = 1.0) -> Judgement:
    """Met, as a field of her record says."""
    return Judgement(Status.MET, degree, note, evidence, "field")


def said(note: str, *evidence: Evidence, degree: float = 0.9) -> Judgement:
    """Met, as her own words say: to be checked."""
    return Judgement(Status.MET, degree, note, evidence, "words")


def failed(note: str, *evidence: Evidence, by: Literal["field", "words"] = "field") -> Judgement:
    """Known not to be met."""
    return Judgement(Status.FAILED, 0.0, note, evidence, by)


def unknown(note: str = "", *evidence: Evidence, degree: float = 0.0) -> Judgement:
    """Not known: to be asked."""
    return Judgement(Status.UNKNOWN, degree, note, evidence)


def filed(judgement: Judgement, criterion: str, part: Part) -> Judgement:
    """The same judgement with its evidence filed under ``criterion`` and ``part``."""
    if not judgement.evidence:
        return judgement
    # Made by hand and not by replace(), which takes three times as long: this runs for every member and criterion.
    evidence = tuple(Evidence(criterion, p.source, p.text, p.start, p.end, part) for p in judgement.evidence)
    return Judgement(judgement.status, judgement.degree, judgement.note, evidence, judgement.by)
