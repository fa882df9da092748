"""The members as the table shows them: one tuple a member, made in the background."""

from bisect import insort
from collections.abc import Collection, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import NamedTuple

from matcher import clock
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
    by_name: tuple[str, str]
    place: str
    region: str
    since: int | None
    role: str
    care: str
    states: tuple[State, ...]
    asked: date | None
    asked_words: str
    email: str
    phone: str
    languages: str
    employer_type: str
    contract: str
    channel: str
    joined: date | None
    joined_words: str
    sought: str


class MembersRead(NamedTuple):
    """The lines in the order of their names, as the store was at a revision on a day."""

    lines: tuple[MemberLine, ...]
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


def _read(store: Store, first: int | None) -> MembersRead:
    today, asked = clock.today(), last_asked(store)
    with reading(store) as session:
        lines = tuple(_line(row, asked.get(row.id), today) for row in brief_members(session, first=first))
        return MembersRead(lines, revision(session), today)


def read_again(store: Store, known: MembersRead) -> MembersRead:
    """What is known brought up to date: only those who changed since are read; all of them on another day."""
    today, asked = clock.today(), last_asked(store)
    with reading(store) as session:
        now = revision(session)
        touched = members_touched(session, known.revision) if today == known.day else None
        if touched is not None:
            touched |= {line.id for line in known.lines if _day(asked.get(line.id)) != line.asked}
            fresh = [_line(row, asked.get(row.id), today) for row in brief_members(session, touched)]
            lines = _with(known.lines, touched, fresh) if touched else known.lines
            return MembersRead(lines, now, today)
    return read_members(store)


def _with(
    lines: Sequence[MemberLine], touched: Collection[int], fresh: Sequence[MemberLine]
) -> tuple[MemberLine, ...]:
    """The lines with those touched taken out, and the fresh ones put in by their names."""
    kept = [line for line in lines if line.id not in touched]
    for line in fresh:
        insort(kept, line, key=attrgetter("by_name"))
    return tuple(kept)


def permissions_spoken(states: Sequence[State]) -> str:
    """“Policy: given. Academic: ask first. …”"""
    pairs = zip(REQUESTS, states, strict=True)
    return " ".join(f"{PURPOSES[purpose]}: {STATES[state].lower()}." for purpose, state in pairs)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.LONDON).date() if moment else None


def _line(row: MemberBrief, asked_at: datetime | None, today: date) -> MemberLine:
    asked = _day(asked_at)
    place = ", ".join(part for part in (row.town, row.postcode_district) if part)
    languages, care = ", ".join(row.languages or ()), ", ".join(row.care_types or ())
    return MemberLine(
        id=row.id,
        name=row.name,
        by_name=((row.last_name or row.first_name or "~").casefold(), (row.first_name or "").casefold()),
        place=place,
        region=row.region or "",
        since=row.start_year,
        role=_capital(row.role),
        care=care,
        states=row.stands,
        asked=asked,
        asked_words=day_words(asked, today) if asked else "",
        email=row.email or "",
        phone=row.phone or "",
        languages=languages,
        employer_type=_capital(row.employer_type),
        contract=_capital(row.contract_type),
        channel=_capital(row.preferred_channel),
        joined=row.joined_on,
        joined_words=f"{row.joined_on:%b %Y}" if row.joined_on else "",
        sought=folded(
            row.name, f"m{row.id}", place, row.region, row.authority, row.county, row.role, care, languages,
            row.employer_type, row.contract_type, row.email, row.phone, (row.phone or "").replace(" ", ""),
            row.experience_text, row.interests_text,
        ),
    )  # fmt: skip


def _capital(words: str | None) -> str:
    return words[:1].upper() + words[1:] if words else ""


def _granted(line: MemberLine) -> tuple[int, int]:
    return line.states.count(State.GIVEN), line.states.count(State.ASK_FIRST)


COLUMNS: tuple[Column[MemberLine], ...] = (
    Column("name", "Name", lambda m: m.name, lambda m: m.by_name, 168),
    Column("place", "Place", lambda m: m.place, width=140),
    Column("region", "Region", lambda m: m.region, width=152),
    Column("since", "Since", lambda m: str(m.since or ""), lambda m: m.since, 64,
           spoken=lambda m: f"In home care since {m.since}" if m.since else "In home care since: not known"),
    Column("permissions", "Permissions", lambda _: "", _granted, 124,
           spoken=lambda m: permissions_spoken(m.states)),
    Column("asked", "Last asked", lambda m: m.asked_words, lambda m: m.asked, 112),
    Column("role", "Role", lambda m: m.role, width=140),
    Column("care", "Kinds of care", lambda m: m.care, width=160),
    Column("id", "Number", lambda m: f"M{m.id}", lambda m: m.id, 72, shown=False),
    Column("phone", "Phone", lambda m: m.phone, width=124, shown=False),
    Column("email", "E-mail", lambda m: m.email, width=180, shown=False),
    Column("channel", "Prefers", lambda m: m.channel, width=96, shown=False),
    Column("languages", "Languages", lambda m: m.languages, width=132, shown=False),
    Column("employer", "Kind of employer", lambda m: m.employer_type, width=140, shown=False),
    Column("contract", "Contract", lambda m: m.contract, width=140, shown=False),
    Column("joined", "Member since", lambda m: m.joined_words, lambda m: m.joined, 112, shown=False),
)  # fmt: skip
