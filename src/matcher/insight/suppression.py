"""Counts of people that may leave: small ones are held back so that nobody can work them out from the others.

A *column* is one total and the parts that add up to it; several columns may have the same total. A reader who wants
to find out what is held back knows that parts add up to their total, that a count held back is no nought where its
column shows noughts, and that a column *within* another (took part, within asked, within members) is nowhere larger
than it. `columns_shown` holds back so much that each of these counts could still be ``k`` or more, or something
other than it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and how many different people stand behind it: fewer when some of them counted several times."""

    number: int
    people: int

    def is_small(self, k: int) -> bool:
        """Whether fewer than ``k`` people stand behind it, but not none."""
        return 0 < self.people < k


def of_people(number: int) -> Count:
    """A count of people, each of them once."""
    return Count(number, number)


@dataclass(frozen=True, slots=True)
class Column:
    """A total and its parts, in the order of the table's rows."""

    total: Count
    parts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A column as it may be shown: None is held back."""

    total: int | None
    parts: tuple[int | None, ...]


def columns_shown(columns: Sequence[Column], k: int) -> tuple[Shown, ...]:
    """The columns of a table as they may be shown, each within the ones before it.

    What is held back in one is held back in all that follow: parts shown of a later one would say how the rest of
    it, and with it of the first, is shared out. Only a column that is nought throughout says nothing.
    """
    shown: list[Shown] = []
    for column in columns:
        shown.append(_shown(column, k, shown))
    return tuple(shown)


def _around(outer: Sequence[Shown], place: int) -> int | None:
    """A part as the last of the columns outside tells it; None where any of them holds it back."""
    parts = [column.parts[place] for column in outer]
    return None if None in parts else parts[-1]


def _shown(column: Column, k: int, outer: Sequence[Shown]) -> Shown:
    places = range(len(column.parts))
    around = [_around(outer, place) if outer else column.parts[place].number for place in places]
    empty = {place for place in places if outer and around[place] == 0 == column.parts[place].number}
    if column.total.number == 0:
        empty = set(places)
    elif column.total.is_small(k) or any(one.total is None for one in outer):
        return Shown(None, _but(places, column, set(places) - empty))
    hidden = {place for place in places if column.parts[place].is_small(k)}
    hidden |= {place for place in places if around[place] is None} - empty
    while hidden and not _is_safe([column.parts[place].number for place in hidden], k):
        others = [place for place in places if column.parts[place].number and place not in hidden]
        if not others:
            hidden = set(places) - empty
            break
        hidden.add(min(others, key=lambda place: (column.parts[place].number, place)))
    return Shown(column.total.number, _but(places, column, hidden))


def _but(places: range, column: Column, hidden: set[int]) -> tuple[int | None, ...]:
    return tuple(None if place in hidden else column.parts[place].number for place in places)


def _is_safe(hidden: Sequence[int], k: int) -> bool:
    """Whether each of the counts held back could be ``k`` or more, were all the others 1."""
    return len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= k
