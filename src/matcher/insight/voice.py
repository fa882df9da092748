"""Whose voice is heard: who was asked and who took part, beside who the members and the workforce are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matcher.insight.people import BANDS, ENGLISH, Counted, Dimension, People
from matcher.insight.period import Period
from matcher.insight.workforce import WorkforceFigure, workforce
from matcher.knowledge.regions import REGIONS

FEW = 20
"""Below so many people a share says less than the count, and is left out."""
NOT_KNOWN = "Not known"

TITLES = {
    Dimension.REGION: "Region", Dimension.EXPERIENCE: "Years in home care",
    Dimension.EMPLOYER: "Kind of employer", Dimension.CONTRACT: "Contract",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """People, each counted once: how many members there are, were asked, took part.

    ``members``: had joined by the end of the period and are members still. ``asked``: were asked by the network in
    the period, at least once; ``volunteered``: answered an open call in it, at least once, and are counted apart.
    ``took_part``: took part in the period, however they came to it. Erased people are in the last three, never in
    ``members``; nothing is known of them any more.

    ``members_share``, ``asked_share``, ``took_part_share``: of 1, of all whose value is known. None for the row of
    those whose value is not known, and where fewer than 20 stand behind the share: show the count instead.
    """

    members: int = 0
    asked: int = 0
    volunteered: int = 0
    took_part: int = 0
    members_share: float | None = None
    asked_share: float | None = None
    took_part_share: float | None = None


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One value of a dimension. ``value`` is as members have it, None for not known; ``label`` as to be shown.

    ``everywhere``: in the whole network; ``asks`` and ``parts`` are how often they were asked and took part there,
    the same person as often as it was. ``in_england``: the people in England only, since the workforce was
    counted there only: compare its shares, not those of ``everywhere``, with ``workforce.share``. It is None for
    a region outside England. ``workforce`` is None where there is no figure: say "no figure", never 0.
    """

    value: str | None
    label: str
    everywhere: Heard
    asks: int
    parts: int
    in_england: Heard | None
    workforce: WorkforceFigure | None


@dataclass(frozen=True, slots=True)
class Voice:
    """A dimension: its rows, that of those whose value is not known last.

    ``rows`` of regions are all twelve, also those where nobody is. ``sources``: of the workforce figures, in
    sentences, empty when there are none.
    """

    dimension: Dimension
    title: str
    rows: tuple[VoiceRow, ...]
    sources: tuple[str, ...]


def voices(session: Session, within: Period, *, members_only: bool = False) -> tuple[Voice, ...]:
    """Every dimension, in their order. ``members_only``: without those who were erased since they were asked."""
    people = People(session, within, members_only=members_only)
    return tuple(_voice(people.by(dimension), dimension) for dimension in Dimension)


_Key = tuple[str | None, bool]


def _voice(counted: Mapping[_Key, Counted], dimension: Dimension) -> Voice:
    known = workforce(dimension)
    values = _ordered(dimension, counted, known)
    england = {
        value: counted.get((value, True), Counted()) for value in values if _can_be_english(dimension, value)
    }
    everywhere = {value: _both(counted, value) for value in values}
    all_of, english_of = _known_total(everywhere), _known_total(england)
    rows = tuple(
        VoiceRow(
            value, _label(value), _heard(everywhere[value], all_of, shown=value is not None),
            everywhere[value].asks, everywhere[value].parts,
            _heard(england[value], english_of, shown=value is not None) if value in england else None,
            known.get(value) if value is not None else None,
        )
        for value in values
    )  # fmt: skip
    sources = dict.fromkeys(f"{one.source}, {one.year} (England only)" for one in known.values())
    return Voice(dimension, TITLES[dimension], rows, tuple(sources))


def _ordered(dimension: Dimension, counted: Mapping[_Key, Counted], known: Iterable[str]) -> tuple[str | None, ...]:
    """The values in the order of the rows: as they are named, else the most members first."""
    present = {value for value, _here in counted} - {None}
    fixed: Sequence[str] = ()
    if dimension is Dimension.REGION:
        fixed = REGIONS
    elif dimension is Dimension.EXPERIENCE:
        fixed = tuple(band for band, _first in BANDS)
    others = {value for value in {*present, *known} if value is not None} - set(fixed)
    ranked = sorted(others, key=lambda value: (-_both(counted, value).members, value))
    missing: tuple[str | None, ...] = (None,) if any(value is None for value, _here in counted) else ()
    return (*fixed, *ranked, *missing)


def _both(counted: Mapping[_Key, Counted], value: str | None) -> Counted:
    total = Counted()
    for here in (True, False):
        total.add(counted.get((value, here), Counted()))
    return total


def _known_total(counts: Mapping[str | None, Counted]) -> Counted:
    total = Counted()
    for value, one in counts.items():
        if value is not None:
            total.add(one)
    return total


def _heard(one: Counted, total: Counted, *, shown: bool) -> Heard:
    def share(part: int, whole: int) -> float | None:
        return part / whole if shown and whole >= FEW else None

    return Heard(
        one.members, one.asked, one.volunteered, one.took_part, share(one.members, total.members),
        share(one.asked, total.asked), share(one.took_part, total.took_part),
    )  # fmt: skip


def _can_be_english(dimension: Dimension, value: str | None) -> bool:
    return dimension is not Dimension.REGION or value in ENGLISH or value not in REGIONS


def _label(value: str | None) -> str:
    return NOT_KNOWN if value is None else value[:1].upper() + value[1:]
