"""How turns were shared in a year, in figures that may leave."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.insight.spread import Spread
from matcher.insight.suppression import of_people

_TENTH = 10
_OFTEN = 5
"""So often, or more, is one group."""


@dataclass(frozen=True, slots=True)
class Turns:
    """``members`` may be asked, ``never`` of them were not; ``groups``: (how often, how many) of all of them.

    ``top_tenth``: the share of all asks that went to the tenth asked most often, None where that is too few people.
    """

    members: int
    never: int
    groups: tuple[tuple[str, int], ...]
    gini: float
    top_tenth: float | None


def turns_of(spread: Spread, members: int, k: int) -> Turns | None:
    """The turns of a spread among so many members; None where one of the groups would be smaller than ``k``."""
    asked = spread.people - spread.never_asked
    groups = (spread.never_asked, asked, members - spread.people)
    if spread.gini is None or any(of_people(group).is_small(k) for group in groups):
        return None
    tenth = spread.people // _TENTH
    return Turns(
        spread.people, spread.never_asked, _grouped(spread.by_asks, k), spread.gini,
        _share_of(spread, tenth) if tenth >= k else None,
    )  # fmt: skip


def _grouped(by_asks: Sequence[tuple[int, int]], k: int) -> tuple[tuple[str, int], ...]:
    """(how often, people), from those who were not asked on; neighbours go together until they are ``k`` people."""
    people = {min(times, _OFTEN): 0 for times, _ in by_asks}
    for times, count in by_asks:
        people[min(times, _OFTEN)] += count
    groups: list[tuple[int, int, int]] = []
    for times in sorted((times for times in people if times), reverse=True):
        if groups and groups[-1][2] < k:
            _, last, count = groups.pop()
            groups.append((times, last, count + people[times]))
        else:
            groups.append((times, times, people[times]))
    if len(groups) > 1 and groups[-1][2] < k:
        first, _, count = groups.pop()
        _, last, more = groups.pop()
        groups.append((first, last, count + more))
    top = max(people)
    never = [("Not asked", people[0])] if people.get(0) else []
    return (*never, *((_words(first, last, top), count) for first, last, count in reversed(groups)))


def _words(first: int, last: int, top: int) -> str:
    if last == top and (first < top or top == _OFTEN):
        return "Asked at least once" if first == 1 else f"Asked {first} times or more"
    if first == last:
        return "Asked once" if first == 1 else f"Asked {first} times"
    return f"Asked {first} to {last} times"


def _share_of(spread: Spread, many: int) -> float:
    """The share of the asks that went to the ``many`` who were asked most often."""
    left, got = many, 0
    for times, count in reversed(spread.by_asks):
        taken = min(left, count)
        got, left = got + taken * times, left - taken
    return got / spread.asks
