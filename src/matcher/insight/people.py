"""Who the members are, and who of them was asked or took part, each read once and counted by any dimension."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from matcher.insight.asks import Person, Record, is_member, is_person, is_record, took_part, volunteered, was_asked
from matcher.insight.period import Period
from matcher.knowledge.regions import REGIONS, country_of
from matcher.model import Invitation, Member

ENGLAND = "England"
ENGLISH = tuple(region for region in REGIONS if country_of(region) == ENGLAND)
BANDS = (("under 3", 0), ("3 to 9", 3), ("10 to 19", 10), ("20 or more", 20))
"""Band of years in home care -> its first year; counted from the year of starting to the year the period ends."""


class Dimension(StrEnum):
    """By what voices are told apart."""

    REGION = "region"
    EXPERIENCE = "experience"
    EMPLOYER = "employer_type"
    CONTRACT = "contract_type"


class Who(NamedTuple):
    """What is known of somebody, as far as it is told apart; nothing of whoever was erased."""

    region: str | None
    country: str | None
    start_year: int | None
    employer_type: str | None
    contract_type: str | None

    def value(self, dimension: Dimension, year: int) -> str | None:
        """The value in a dimension, as of a year; None when it is not known."""
        if dimension is not Dimension.EXPERIENCE:
            return getattr(self, dimension.value) or None
        if self.start_year is None:
            return None
        years = year - self.start_year
        return next((band for band, first in reversed(BANDS) if years >= first), BANDS[0][0])

    @property
    def is_english(self) -> bool:
        """Whether somebody is in England: by the region, and where that says nothing of it by the nation."""
        return self.region in ENGLISH or (self.region not in REGIONS and self.country == ENGLAND)


@dataclass(slots=True)
class Counted:
    """People, each once, and how often they were asked and took part."""

    members: int = 0
    asked: int = 0
    volunteered: int = 0
    took_part: int = 0
    asks: int = 0
    parts: int = 0

    def add(self, other: "Counted") -> None:
        """Add the counts of people who are others."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class People:
    """The members of a period and those who were active in it, erased people among them."""

    def __init__(self, session: Session, within: Period, *, members_only: bool = False) -> None:
        columns = _columns(Member)
        members = select(*columns, func.count()).where(is_member(within)).group_by(*columns)
        self._year = within.until.year
        self._members = [(Who(*row[:-1]), row[-1]) for row in session.execute(members)]
        conditions = (was_asked(within), volunteered(within), took_part(within))
        active = (
            select(*_columns(Person), Person.id, *conditions)
            .select_from(Invitation)
            .join(Record, is_record)
            .join(Person, is_person)
            .where(or_(*conditions))
        )
        if members_only:
            active = active.where(is_member(within, Person))
        self._active: Sequence[Any] = [(Who(*row[:5]), *row[5:]) for row in session.execute(active)]

    def by(self, dimension: Dimension) -> Mapping[tuple[str | None, bool], Counted]:
        """(value, in England) -> the people, where there are any."""
        counted: defaultdict[tuple[str | None, bool], Counted] = defaultdict(Counted)
        seen: set[tuple[int, str]] = set()
        for who, count in self._members:
            counted[who.value(dimension, self._year), who.is_english].members += count
        for who, person, asked, came, part in self._active:
            mine = counted[who.value(dimension, self._year), who.is_english]
            mine.asks += bool(asked)
            mine.parts += bool(part)
            for name, did in (("asked", asked), ("volunteered", came), ("took_part", part)):
                if did and (person, name) not in seen:
                    seen.add((person, name))
                    setattr(mine, name, getattr(mine, name) + 1)
        return counted


def _columns(of: type[Member]) -> tuple[Any, ...]:
    return (of.region, of.country, of.start_year, of.employer_type, of.contract_type)
