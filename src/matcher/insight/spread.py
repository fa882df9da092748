"""How evenly being asked is shared out among those who may be asked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from matcher.insight.asks import Person, Record, is_member, is_person, is_record, volunteered, was_asked
from matcher.insight.period import Period
from matcher.model import AUDIENCE_PURPOSES, MAY_BE_ASKED, Invitation, Member, Purpose
from matcher.storage import member_permission

_MOST = 10
_ASKED_ABOUT = (*AUDIENCE_PURPOSES, Purpose.OWN_EVENTS)


@dataclass(frozen=True, slots=True)
class MostAsked:
    """A member among those asked most often in the period. For her own screen only, never for a file."""

    member_id: int
    name: str
    asks: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How the asks of the period are shared out among members who may be asked.

    ``people``: members who had joined by the end of the period and may be asked about some kind of request now, and
    those who were asked in it although they no longer may be. ``asks``: how often these were asked; people erased
    since are in neither. ``never_asked``: of ``people``, how many were not asked in the period. ``most``: the asks
    of whoever was asked most. ``by_asks``: (asks, people) for every number of asks that occurs, the smallest first.

    ``gini``: 0 when everybody was asked equally often, near 1 when one person always was; None without asks.
    ``lorenz``: (share of people, share of asks) from (0, 0) to (1, 1), those asked least first; between two points
    it is a straight line, and a straight line throughout is an even spread. Empty without asks.
    ``most_asked``: up to ten, the most often first.
    """

    people: int
    asks: int
    never_asked: int
    most: int
    gini: float | None
    lorenz: tuple[tuple[float, float], ...]
    by_asks: tuple[tuple[int, int], ...]
    most_asked: tuple[MostAsked, ...]


@dataclass(frozen=True, slots=True)
class Volunteers:
    """Who answered open calls in the period, apart from the asks: members, how often, the most by one."""

    people: int
    times: int
    most: int


def spread_of_asks(session: Session, within: Period) -> Spread:
    """How evenly the asks of a period are spread."""
    asked = _times(session, within, was_asked(within))
    may = select(member_permission.c.member_id).where(
        member_permission.c.purpose.in_(_ASKED_ABOUT), member_permission.c.state.in_(MAY_BE_ASKED)
    )
    were = (
        select(Person.id)
        .select_from(Invitation)
        .join(Record, is_record)
        .join(Person, is_person)
        .where(was_asked(within))
    )
    could = or_(Member.id.in_(may), Member.id.in_(were))
    people = session.scalar(select(func.count()).select_from(Member).where(is_member(within), could)) or 0
    by_asks = Counter(asked.values())
    if people > len(asked):
        by_asks[0] = people - len(asked)
    ordered = tuple(sorted(by_asks.items()))
    return Spread(
        people, sum(asked.values()), by_asks[0], max(asked.values(), default=0), gini(ordered), lorenz(ordered),
        ordered, _most_asked(session, asked),
    )  # fmt: skip


def volunteers(session: Session, within: Period) -> Volunteers:
    """Who volunteered in a period."""
    times = _times(session, within, volunteered(within))
    return Volunteers(len(times), sum(times.values()), max(times.values(), default=0))


def gini(by_asks: Iterable[tuple[int, int]]) -> float | None:
    """The Gini coefficient of (asks, people) groups in order; None when nobody was asked."""
    points = lorenz(by_asks)
    if not points:
        return None
    below = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(points))
    return max(0.0, 1 - 2 * below)


def to_others(by_asks: Iterable[tuple[int, int]]) -> int:
    """How many asks of (asks, people) groups would have had to go to others, to be spread as evenly as can be.

    Unlike the Gini coefficient it is not large just because there are few asks for many people.
    """
    groups = sorted(by_asks, reverse=True)
    people, asks = sum(count for _, count in groups), sum(times * count for times, count in groups)
    each, more = divmod(asks, people) if people else (0, 0)
    moved = 0
    for times, count in groups:
        one_more = min(more, count)
        more -= one_more
        moved += one_more * max(times - each - 1, 0) + (count - one_more) * max(times - each, 0)
    return moved


def lorenz(by_asks: Iterable[tuple[int, int]]) -> tuple[tuple[float, float], ...]:
    """The corners of the Lorenz curve of (asks, people) groups in order; empty when nobody was asked."""
    groups = tuple(by_asks)
    people, asks = sum(count for _, count in groups), sum(times * count for times, count in groups)
    if not asks:
        return ()
    points, so_far, asked = [(0.0, 0.0)], 0, 0
    for times, count in groups:
        so_far, asked = so_far + count, asked + times * count
        points.append((so_far / people, asked / asks))
    return tuple(points)


def _times(session: Session, within: Period, condition: ColumnElement[bool]) -> Mapping[int, int]:
    """Member -> how often."""
    query = (
        select(Person.id, func.count())
        .select_from(Invitation)
        .join(Record, is_record)
        .join(Person, is_person)
        .where(condition, is_member(within, Person))
        .group_by(Person.id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _most_asked(session: Session, asked: Mapping[int, int]) -> tuple[MostAsked, ...]:
    most = sorted(asked, key=lambda person: (-asked[person], person))[:_MOST]
    named = {one.id: one.name for one in session.scalars(select(Member).where(Member.id.in_(most)))}
    return tuple(MostAsked(person, named[person], asked[person]) for person in most)
