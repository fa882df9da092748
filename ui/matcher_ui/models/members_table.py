"""The members as the table shows them: held column by column, read in the background."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, overload

from matcher import clock
from matcher.consent import resting
from matcher.directory import MemberBrief, brief_members, members_touched
from matcher.model import State
from matcher.outreach import last_asked
from matcher.storage import reading, revision
from matcher.storage.store import Store
from matcher_ui.dates import day_words
from matcher_ui.models.member_filter import folded
from matcher_ui.models.table import Column
from matcher_ui.purposes import PURPOSES, REQUESTS, STATES


class MemberLine(NamedTuple):
    """A member in the table; ``states`` in the order of `purposes.REQUESTS`, ``sought`` the folded words."""

    id: int
    name: str
    by_name: str
    place: str
    region: str
    since: int | None
    role: str
    care: tuple[str, ...]
    states: tuple[State, ...]
    asked: date | None
    rests_until: date | None
    email: str
    phone: str
    languages: tuple[str, ...]
    employer_type: str
    contract: str
    channel: str
    heard_via: str
    joined: date | None
    sought: str


class MemberLines(Sequence[MemberLine]):
    """Many members in the order of their names, one list a column: a line is put together when it is looked at.

    Sixty-five thousand tuples would keep the garbage collector busy for longer than she would like to wait.
    """

    def __init__(self, columns: Sequence[list[Any]] | None = None) -> None:
        self._columns = tuple(columns or ([] for _ in MemberLine._fields))

    def column(self, name: str) -> list[Any]:
        """One field of every line."""
        return self._columns[MemberLine._fields.index(name)]

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, place: int) -> MemberLine: ...
    @overload
    def __getitem__(self, place: slice) -> "MemberLines": ...
    def __getitem__(self, place: int | slice) -> "MemberLine | MemberLines":
        if isinstance(place, slice):
            return MemberLines([column[place] for column in self._columns])
        return MemberLine._make(column[place] for column in self._columns)

    def __iter__(self) -> Iterator[MemberLine]:
        return map(MemberLine._make, zip(*self._columns, strict=True))

    def extend(self, lines: Iterable[MemberLine]) -> None:
        """Add lines at the end; what many share is held once."""
        shared: dict[Any, Any] = {}
        named = tuple(zip(MemberLine._fields, self._columns, strict=True))
        own = [(place, column.append) for place, (name, column) in enumerate(named) if name in _OF_ONE]
        common = [(place, column.append) for place, (name, column) in enumerate(named) if name not in _OF_ONE]
        for line in lines:
            for place, append in own:
                append(line[place])
            for place, append in common:
                append(shared.setdefault(line[place], line[place]))

    def changed(self, touched: Collection[int], fresh: Iterable[MemberLine]) -> "MemberLines":
        """These lines with those touched taken out, and the fresh ones put in by their names."""
        columns = [list(column) for column in self._columns]
        gone = [place for place, member_id in enumerate(columns[0]) if member_id in touched]
        for column in columns:
            for place in reversed(gone):
                del column[place]
        names = columns[MemberLine._fields.index("by_name")]
        for line in fresh:
            place = bisect_right(names, line.by_name)
            for column, value in zip(columns, line, strict=True):
                column.insert(place, value)
        return MemberLines(columns)


_OF_ONE = frozenset({"id", "name", "by_name", "email", "phone", "sought"})
"""What is hardly ever the same of two members."""


class MembersRead(NamedTuple):
    """The lines in the order of their names, as the store was at a revision on a day."""

    lines: MemberLines
    revision: int
    day: date


FIRST = 120
"""So many lines fill any screen: they are shown while the others are read."""


def read_first(store: Store) -> MembersRead:
    """The first few members."""
    return _read(store, FIRST)


def read_members(store: Store) -> MembersRead:
    """Every member of a store."""
    return _read(store, None)


class _Turns(NamedTuple):
    """When each member was last asked, and until when they rest: what an ask changes, and a day."""

    today: date
    asked: Mapping[int, datetime]
    rests: Mapping[int, date]

    def line(self, row: MemberBrief) -> MemberLine:
        return _line(row, self.asked_on(row.id), self.rests.get(row.id))

    def asked_on(self, member_id: int) -> date | None:
        moment = self.asked.get(member_id)
        return moment.astimezone(clock.LONDON).date() if moment else None

    def differ(self, lines: MemberLines) -> set[int]:
        """Whose turn is another now than in the lines."""
        known = zip(lines.column("id"), lines.column("asked"), lines.column("rests_until"), strict=True)
        return {one for one, asked, rests in known
                if self.asked_on(one) != asked or self.rests.get(one) != rests}  # fmt: skip


def _turns(store: Store) -> _Turns:
    today, asked = clock.today(), last_asked(store)
    with reading(store) as session:
        return _Turns(today, asked, resting(session, today))


def _read(store: Store, first: int | None) -> MembersRead:
    turns, lines = _turns(store), MemberLines()
    with reading(store) as session:
        lines.extend(map(turns.line, brief_members(session, first=first)))
        return MembersRead(lines, revision(session), turns.today)


def read_again(store: Store, known: MembersRead) -> MembersRead:
    """What is known brought up to date: only those who changed since are read; all of them on another day."""
    turns = _turns(store)
    with reading(store) as session:
        now = revision(session)
        touched = members_touched(session, known.revision) if turns.today == known.day else None
        if touched is not None:
            touched |= turns.differ(known.lines)
            fresh = map(turns.line, brief_members(session, touched))
            lines = known.lines.changed(touched, fresh) if touched else known.lines
            return MembersRead(lines, now, turns.today)
    return read_members(store)


def permissions_spoken(states: Sequence[State]) -> str:
    """“Policy: given. Academic: ask first. …”"""
    pairs = zip(REQUESTS, states, strict=True)
    return " ".join(f"{PURPOSES[purpose]}: {STATES[state].lower()}." for purpose, state in pairs)


def _line(row: MemberBrief, asked: date | None, rests_until: date | None) -> MemberLine:
    place = ", ".join(part for part in (row.town, row.postcode_district) if part)
    return MemberLine(
        id=row.id,
        name=row.name,
        by_name=f"{row.last_name or row.first_name or '~'}\t{row.first_name or ''}".casefold(),
        place=place,
        region=row.region or "",
        since=row.start_year,
        role=_capital(row.role),
        care=row.care_types,
        states=row.stands,
        asked=asked,
        rests_until=rests_until,
        email=row.email or "",
        phone=row.phone or "",
        languages=row.languages,
        employer_type=_capital(row.employer_type),
        contract=_capital(row.contract_type),
        channel=_capital(row.preferred_channel),
        heard_via=_capital(row.heard_via),
        joined=row.joined_on,
        sought=folded(
            row.name, f"m{row.id}", place, row.region, row.authority, row.county, row.role, *row.care_types,
            *row.languages, row.employer_type, row.contract_type, row.email, row.phone,
            (row.phone or "").replace(" ", ""), row.experience_text, row.interests_text,
        ),
    )  # fmt: skip


def _capital(words: str | None) -> str:
    return words[:1].upper() + words[1:] if words else ""


def _granted(line: MemberLine) -> tuple[int, int]:
    return line.states.count(State.GIVEN), line.states.count(State.ASK_FIRST)


def _begun(words: str) -> str:
    """The words with a capital at their start."""
    return words[:1].upper() + words[1:]


def _day(day: date | None) -> str:
    return day_words(day, clock.today()) if day else ""


COLUMNS: tuple[Column[MemberLine], ...] = (
    Column("name", "Name", lambda m: m.name, lambda m: m.by_name, 160),
    Column("place", "Place", lambda m: m.place, width=132),
    Column("region", "Region", lambda m: m.region, width=176),
    Column("since", "Since", lambda m: str(m.since or ""), lambda m: m.since, 60,
           spoken=lambda m: f"In home care since {m.since}" if m.since else "In home care since: not known"),
    Column("permissions", "Permissions", lambda _: "", _granted, 116,
           spoken=lambda m: permissions_spoken(m.states)),
    Column("asked", "Last asked", lambda m: _day(m.asked), lambda m: m.asked, 112),
    Column("role", "Role", lambda m: m.role, width=140),
    Column("care", "Kinds of care", lambda m: _begun(", ".join(m.care)), width=160),
    Column("id", "Number", lambda m: f"M{m.id}", lambda m: m.id, 72, shown=False),
    Column("phone", "Phone", lambda m: m.phone, width=124, shown=False),
    Column("email", "E-mail", lambda m: m.email, width=180, shown=False),
    Column("channel", "Prefers", lambda m: m.channel, width=96, shown=False),
    Column("languages", "Languages", lambda m: ", ".join(m.languages), width=132, shown=False),
    Column("employer", "Kind of employer", lambda m: m.employer_type, width=140, shown=False),
    Column("contract", "Contract", lambda m: m.contract, width=140, shown=False),
    Column("rests", "Resting until", lambda m: _day(m.rests_until), lambda m: m.rests_until, 112, shown=False),
    Column("heard", "Heard of us through", lambda m: m.heard_via, width=152, shown=False),
    Column("joined", "Member since", lambda m: f"{m.joined:%b %Y}" if m.joined else "", lambda m: m.joined, 112,
           shown=False),
)  # fmt: skip
