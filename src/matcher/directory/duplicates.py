"""Who is who: which rows of a file, and which members of the store, are one person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import combinations, pairwise
from operator import or_

from matcher.directory.likeness import (
    BY_NAME_AND_PLACE,
    MOST_SLIPS,
    Identity,
    Likeness,
    compare,
    letters_of,
    names_agree,
)
from matcher.turns import in_turn

_LARGEST_BLOCK = 60


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two records that may or may not be one person, by their place in the sequence, and why."""

    one: int
    other: int
    why: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """Groups of records that are one person each, why a record joined its group, and the doubtful pairs.

    ``apart`` are pairs that look alike and are two people all the same, because one of them is nobody else.
    """

    groups: tuple[tuple[int, ...], ...]
    why: Mapping[int, str]
    doubts: tuple[Doubt, ...]
    apart: tuple[tuple[int, int], ...] = ()


def sort_people(
    records: Sequence[Identity],
    known: int = 0,
    *,
    together: Iterable[tuple[int, int]] = (),
    alone: Iterable[int] = (),
) -> Sorted:
    """Sort records into people.

    The first ``known`` records are members of the store: they are compared with the others, never with each
    other, and two of them never come into one group. ``together`` are pairs that are surely one person,
    ``alone`` records that are surely nobody else.
    """
    sorter = _Sorter(records, known, frozenset(alone))
    for one, other in together:
        sorter.join_known(one, other)
    for block in in_turn(_blocks(records)):
        if len(block) > 1 and block[-1] >= known:
            sorter.look_at(block)
    return sorter.finish()


def _blocks(records: Sequence[Identity]) -> Iterator[Sequence[int]]:
    """Small sets of records, in order, that share something by which they could be one person."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    namesakes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, record in enumerate(in_turn(records)):
        if record.email:
            blocks["e", record.email].append(index)
        if record.phone:
            blocks["p", record.phone].append(index)
        if record.first_name and record.last_name:
            first, last = letters_of(record.first_name), letters_of(record.last_name)[:1]
            namesakes[first[:3], last].append(index)
            if record.district:
                blocks["d", record.district, last].append(index)
            if record.town:
                blocks["t", record.town.casefold(), first[:1], last].append(index)
    yield from blocks.values()
    for same in namesakes.values():
        vague = [index for index in same if _is_vague(records[index])]
        yield from (_pair(one, other) for one in vague for other in same if one != other)


def _is_vague(record: Identity) -> bool:
    """Whether only the name could tell who this is: no place, or neither e-mail nor phone."""
    return not (record.district or record.town) or not (record.email or record.phone)


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _looks(records: Sequence[Identity]) -> list[int]:
    """For every record the letters of her surname as bits: they tell most pairs apart without a closer look.

    Two surnames agree when few letters differ, or when one is a part of the other, so that none is in it alone.
    No bits, where the letters cannot tell, agree with any.
    """
    return [_look(record.last_name or "") for record in records]


def _sharing(records: Sequence[Identity]) -> list[bool]:
    """For every record whether another has its e-mail or phone: between two such the names are not all there is."""
    owners = Counter(contact for record in records for contact in (record.email, record.phone) if contact)
    shared = {contact for contact, count in owners.items() if count > 1}
    return [record.email in shared or record.phone in shared for record in records]


@lru_cache(maxsize=65536)
def _look(surname: str) -> int:
    letters = letters_of(surname)
    if len(letters) <= 1 or "?" in letters:
        return 0
    return reduce(or_, (1 << ord(letter) % 64 for letter in letters))


_MOST_LETTERS = 2 * MOST_SLIPS
"""So many letters can two surnames differ in and still be one: a slip takes one letter away and puts one in."""


class _Sorter:
    """Joins records that are the same, unless that would join two that are surely different."""

    def __init__(self, records: Sequence[Identity], known: int, alone: frozenset[int]) -> None:
        self._records = records
        self._looks, self._sharing = _looks(records), _sharing(records)
        self._known = known
        self._parent = list(range(len(records)))
        self._members: dict[int, list[int]] = {}
        self._alone = alone
        self._apart: dict[int, set[int]] = defaultdict(set)
        self._same: list[tuple[int, int, str]] = []
        self._doubts: dict[tuple[int, int], str] = {}
        self._seen: set[tuple[int, int]] = set()
        self._why: dict[int, str] = {}
        self._told_apart: list[tuple[int, int]] = []

    def look_at(self, block: Sequence[int]) -> None:
        """Compare the records of a block that may be one person. Names that differ are no relation (see
        ``compare``) where no e-mail or phone is shared: the letters of two surnames tell most of these."""
        pairs = combinations(block, 2) if len(block) <= _LARGEST_BLOCK else pairwise(block)
        looks, sharing, records = self._looks, self._sharing, self._records
        for one, other in pairs:
            if not (sharing[one] and sharing[other]):
                a, b = looks[one], looks[other]
                differ = a ^ b
                if differ & a and differ & b and differ.bit_count() > _MOST_LETTERS:
                    continue
                if not names_agree(records[one], records[other]):
                    continue
            if other < self._known or (one, other) in self._seen:
                continue
            self._seen.add((one, other))
            if self._alone.isdisjoint((one, other)):
                self._note(one, other)
            elif compare(self._records[one], self._records[other])[0] in (Likeness.SAME, Likeness.DOUBTFUL):
                self._told_apart.append((one, other))

    def _note(self, one: int, other: int) -> None:
        likeness, why = compare(self._records[one], self._records[other])
        if likeness is Likeness.SAME:
            self._same.append((one, other, why))
        elif likeness is Likeness.DIFFERENT:
            self._apart[one].add(other)
            self._apart[other].add(one)
        elif likeness is Likeness.DOUBTFUL:
            self._doubts[one, other] = why

    def finish(self) -> Sorted:
        for one, other, why in sorted(self._same, key=lambda edge: edge[2] == BY_NAME_AND_PLACE):
            self._join(one, other, why)
        groups: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._records)):
            groups[self._root(index)].append(index)
        doubts = [
            Doubt(one, other, why)
            for (one, other), why in self._doubts.items()
            if self._root(one) != self._root(other) and not self._settled(one, other)
        ]
        people = tuple(tuple(group) for group in groups.values())
        return Sorted(people, self._why, tuple(doubts), tuple(self._told_apart))

    def _join(self, one: int, other: int, why: str) -> None:
        a, b = self._root(one), self._root(other)
        if a == b:
            return
        group_a, group_b = self._group(a), self._group(b)
        two_members = group_a[0] < self._known and group_b[0] < self._known
        if two_members or any(self._apart.get(x, _NOBODY) & set(group_b) for x in group_a):
            self._doubts[_pair(one, other)] = f"{why}, but that would join people who are not the same"
            return
        self._unite(a, b)
        self._why.setdefault(max(one, other), why)

    def join_known(self, one: int, other: int) -> None:
        """Join two records that are one person whatever they look like."""
        a, b = self._root(one), self._root(other)
        if a != b:
            self._unite(a, b)

    def _unite(self, a: int, b: int) -> None:
        low, high = min(a, b), max(a, b)
        self._members[low] = sorted(self._group(a) + self._group(b))
        self._parent[high] = low

    def _settled(self, one: int, other: int) -> bool:
        """A doubt is settled when both are members of the store: two of them, or one that was found."""
        return self._root(one) < self._known and self._root(other) < self._known

    def _group(self, root: int) -> list[int]:
        return self._members.get(root, [root])

    def _root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index


_NOBODY: frozenset[int] = frozenset()
