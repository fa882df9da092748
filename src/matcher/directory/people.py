"""Who is who: which rows of a file, and which members of the store, are one person."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache, reduce
from itertools import combinations, pairwise
from operator import or_

from rapidfuzz.distance import OSA

from matcher.knowledge.names import same_first_name

_LARGEST_BLOCK = 60
_MOST_SLIPS = 2
_PARTS = re.compile(r"[\s-]+")


class Likeness(StrEnum):
    """How two records stand to each other."""

    SAME = "same"
    DIFFERENT = "different"
    DOUBTFUL = "doubtful"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one person from another. None means unknown; e-mail and phone are in their tidy form."""

    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    district: str | None = None
    town: str | None = None
    region: str | None = None
    age_band: str | None = None

    @property
    def name(self) -> str:
        """First and last name, or a plain stand-in."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or "(no name)"


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


def compare(one: Identity, other: Identity) -> tuple[Likeness, str]:
    """Say how two records stand to each other, and why in plain words."""
    if one.email and one.email == other.email:
        return _same_email(one, other)
    if one.phone and one.phone == other.phone:
        return _same_phone(one, other)
    return _by_name_and_place(one, other)


def _same_email(one: Identity, other: Identity) -> tuple[Likeness, str]:
    if _first_names(one, other) is _Names.DIFFER:
        return Likeness.DOUBTFUL, f"the same e-mail, but two first names ({one.first_name}, {other.first_name})"
    return Likeness.SAME, "the same e-mail"


def _same_phone(one: Identity, other: Identity) -> tuple[Likeness, str]:
    first, last = _first_names(one, other), _last_names(one, other)
    if first is _Names.DIFFER:
        return Likeness.DIFFERENT, f"one phone, but two people ({one.first_name}, {other.first_name})"
    if first is None:
        return Likeness.DOUBTFUL, "the same phone, and a first name is missing"
    if first is _Names.NEAR:
        return (
            Likeness.DOUBTFUL,
            f"the same phone and nearly the same first name ({one.first_name}, {other.first_name})",
        )
    if _ages_apart(one, other):
        return Likeness.DOUBTFUL, "the same phone and first name, but ages that cannot be one person's"
    if last is _Names.DIFFER and _same_place(one, other) is False:
        return Likeness.DOUBTFUL, "the same phone and first name, but another surname and another place"
    if last is _Names.DIFFER:
        return Likeness.SAME, f"the same phone and first name (surname {one.last_name} / {other.last_name})"
    return Likeness.SAME, "the same phone and name"


def _by_name_and_place(one: Identity, other: Identity) -> tuple[Likeness, str]:
    if not _names_agree(one, other):
        return Likeness.UNRELATED, ""
    place = _same_place(one, other)
    emails_differ = bool(one.email and other.email)
    phones_differ = bool(one.phone and other.phone)
    if place is False:
        return Likeness.UNRELATED, ""
    if emails_differ and phones_differ:
        strangers = place is None or not _exactly_same_name(one, other)
        return (Likeness.UNRELATED, "") if strangers else (Likeness.DOUBTFUL, _OTHER_CONTACTS)
    if place is None:
        return Likeness.DOUBTFUL, "the same name, and too little else to tell by"
    if _ages_apart(one, other):
        return Likeness.DOUBTFUL, "the same name and place, but ages that cannot be one person's"
    if one.district and other.district and one.district != other.district:
        return Likeness.DOUBTFUL, "the same name and town, but another postcode"
    if not _exactly_same_name(one, other) and (emails_differ or phones_differ):
        return Likeness.DOUBTFUL, f"nearly the same name ({one.name}, {other.name}) in the same place"
    return Likeness.SAME, BY_NAME_AND_PLACE


BY_NAME_AND_PLACE = "the same name and place"
_OTHER_CONTACTS = "the same name and place, but another e-mail and another phone"


class _Names(IntEnum):
    """How far two names agree."""

    DIFFER = 0
    NEAR = 1
    AGREE = 2


def _first_names(one: Identity, other: Identity) -> _Names | None:
    """How far the first names agree; None when one is missing."""
    return _two_first_names(one.first_name or "", other.first_name or "")


def _names_agree(one: Identity, other: Identity) -> bool:
    """Whether both names are known of both, and agree or nearly do."""
    return bool(_last_names(one, other) and _first_names(one, other))


def _last_names(one: Identity, other: Identity) -> _Names | None:
    """How far the surnames agree, one part of a double name being enough; None when one is missing."""
    return _two_last_names(one.last_name or "", other.last_name or "")


@lru_cache(maxsize=65536)
def _two_first_names(one: str, other: str) -> _Names | None:
    if not one or not other:
        return None
    return _Names.AGREE if same_first_name(one, other) else _spelling(_letters(one), _letters(other))


@lru_cache(maxsize=65536)
def _two_last_names(one: str, other: str) -> _Names | None:
    if not one or not other:
        return None
    a, b = _letters(one), _letters(other)
    if a.isalpha() and b.isalpha():
        return _spelling(a, b)
    parts_a, parts_b = set(_PARTS.split(a)), set(_PARTS.split(b))
    return _Names.AGREE if parts_a <= parts_b or parts_b <= parts_a else _spelling(a, b)


@lru_cache(maxsize=65536)
def _spelling(one: str, other: str) -> _Names:
    """The same letters, an initial, or a slip: one letter in a short name, two in a long one."""
    if one == other or _unreadable_letters_agree(one, other):
        return _Names.AGREE
    shorter = min(len(one), len(other))
    if shorter <= 1:
        return _Names.AGREE if one[:1] == other[:1] else _Names.DIFFER
    slips = 0 if shorter < 5 else 1 if shorter < 8 else _MOST_SLIPS
    return _Names.NEAR if OSA.distance(one, other, score_cutoff=slips) <= slips and slips else _Names.DIFFER


def _exactly_same_name(one: Identity, other: Identity) -> bool:
    firsts = _letters(one.first_name or ""), _letters(other.first_name or "")
    lasts = _letters(one.last_name or ""), _letters(other.last_name or "")
    return lasts[0] == lasts[1] and (
        firsts[0] == firsts[1] or same_first_name(one.first_name or "", other.first_name or "")
    )


@lru_cache(maxsize=65536)
def _letters(name: str) -> str:
    """A name as compared: folded, without marks; letters lost by a wrong encoding stay as “?”."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[^\w\s?-]", "", plain).strip()


def _unreadable_letters_agree(one: str, other: str) -> bool:
    """Whether two spellings agree where one has “?” for a letter that an old encoding could not hold."""
    if ("?" in one) == ("?" in other) or len(one) != len(other):
        return False
    return all(a == b or "?" in (a, b) for a, b in zip(one, other, strict=True))


def _same_place(one: Identity, other: Identity) -> bool | None:
    """True: one district or one town. False: both known and other. None: not known."""
    if one.district and one.district == other.district:
        return True
    if one.district and other.district and one.region and other.region and one.region != other.region:
        return False  # two places of one name, such as Beeston
    if one.town and other.town:
        return one.town.casefold() == other.town.casefold()
    if one.region and other.region and one.region != other.region:
        return False
    return False if one.district and other.district else None


def _ages_apart(one: Identity, other: Identity) -> bool:
    a, b = _age_of(one.age_band), _age_of(other.age_band)
    return a is not None and b is not None and abs(a - b) > 10


def _age_of(band: str | None) -> int | None:
    found = re.search(r"\d+", band or "")
    return int(found[0]) if found else None


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
    for block in _blocks(records):
        if len(block) > 1 and block[-1] >= known:
            sorter.look_at(block)
    return sorter.finish()


def _blocks(records: Sequence[Identity]) -> Iterator[Sequence[int]]:
    """Small sets of records, in order, that share something by which they could be one person."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    namesakes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        if record.email:
            blocks["e", record.email].append(index)
        if record.phone:
            blocks["p", record.phone].append(index)
        if record.first_name and record.last_name:
            first, last = _letters(record.first_name), _letters(record.last_name)[:1]
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
    letters = _letters(surname)
    if len(letters) <= 1 or "?" in letters:
        return 0
    return reduce(or_, (1 << ord(letter) % 64 for letter in letters))


_MOST_LETTERS = 2 * _MOST_SLIPS
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
                if not _names_agree(records[one], records[other]):
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
