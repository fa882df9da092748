"""The network's own events as pages show them: all of them, one with everybody on it, and a member's own."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.model import (
    Attendance,
    Meetup,
    MeetupInvitation,
    MeetupKind,
    MeetupState,
    Member,
    Partner,
)
from matcher.outreach.meetups.inviting import next_in_line, waiting
from matcher.outreach.meetups.nearest import is_online
from matcher.outreach.meetups.plan import MeetupPlan, meetup_of, plan_of
from matcher.storage import member_of, reading
from matcher.storage.store import Store


@dataclass(frozen=True, slots=True)
class MeetupRow:
    """One date: when, where, and how many. ``invited``: no answer yet; ``cannot``: said no, or cannot after all.

    ``first_id``: the first date of what it repeats (its own number, where it is the first). ``noted``: who came is
    noted, or somebody is at least. ``over``: its end is past.
    """

    id: int
    kind: MeetupKind
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    postcode: str
    online: bool
    capacity: int | None
    every_weeks: int | None
    first_id: int
    invited: int
    coming: int
    waiting: int
    cannot: int
    came: int
    walk_ins: int
    cancelled: bool
    over: bool
    noted: bool


@dataclass(frozen=True, slots=True)
class MeetupPerson:
    """A member on a meet-up. ``state`` None: came uninvited. ``place_in_line`` counts from 1, 0: does not wait."""

    member_id: int
    name: str
    where: str
    state: MeetupState | None
    came: bool
    invited_at: datetime | None = None
    answered_at: datetime | None = None
    place_in_line: int = 0
    reminded_on: date | None = None
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody who came by and is no member yet; ``first_name`` is "" where she gave none."""

    id: int
    first_name: str


@dataclass(frozen=True, slots=True)
class MeetupPage:
    """One meet-up with everybody on it: those coming first, then the waiting list, the invited, and the others.

    ``next_id``: whom to tell that a place is free, None when nobody waits for one that is. ``dates``: every date of
    what it repeats, the first first.
    """

    row: MeetupRow
    plan: MeetupPlan
    people: tuple[MeetupPerson, ...]
    walk_ins: tuple[WalkIn, ...]
    partners: Mapping[int, str]
    next_id: int | None
    next_name: str
    dates: tuple[MeetupRow, ...]


@dataclass(frozen=True, slots=True)
class MeetupPart:
    """One meet-up of a member: where she stood with it, and whether she came."""

    meetup_id: int
    title: str
    starts_at: datetime
    state: MeetupState | None
    came: bool
    cancelled: bool


_FIRST = (MeetupState.COMING, MeetupState.WAITING, MeetupState.INVITED, None, MeetupState.CANCELLED, MeetupState.NO)


def meetups(store: Store) -> tuple[MeetupRow, ...]:
    """Every meet-up and every date of every drop-in, the earliest first."""
    with reading(store) as session:
        return tuple(_rows(session))


def meetup_page(store: Store, meetup_id: int) -> MeetupPage:
    """One meet-up. Raises UserError when there is no such."""
    with reading(store) as session:
        meetup = meetup_of(session, meetup_id)
        rows = {row.id: row for row in _rows(session)}
        plan = plan_of(session, meetup)
        named = dict(session.execute(select(Partner.id, Partner.name).where(Partner.id.in_(plan.partners))).all())
        walk_ins = session.scalars(
            select(Attendance)
            .where(Attendance.meetup_id == meetup_id, Attendance.member_id.is_(None))
            .order_by(Attendance.id)
        )
        row = rows[meetup_id]
        return MeetupPage(
            row, plan, _people(session, meetup_id), tuple(WalkIn(one.id, one.first_name) for one in walk_ins),
            {number: named[number] for number in plan.partners},
            *next_in_line(session, meetup),
            tuple(one for one in rows.values() if one.first_id == row.first_id),
        )  # fmt: skip


def meetups_of(store: Store, member_id: int) -> tuple[MeetupPart, ...]:
    """What a member was invited or came to, the newest first; of all her records."""
    with reading(store) as session:
        own = member_of(session, member_id).merged_into or member_id
        mine = list(session.scalars(select(Member.id).where((Member.id == own) | (Member.merged_into == own))))
        states = dict(
            session.execute(
                select(MeetupInvitation.meetup_id, MeetupInvitation.state).where(
                    MeetupInvitation.member_id.in_(mine)
                )
            ).all()
        )
        came = set(session.scalars(select(Attendance.meetup_id).where(Attendance.member_id.in_(mine))))
        found = session.scalars(
            select(Meetup).where(Meetup.id.in_({*states, *came})).order_by(Meetup.starts_at.desc(), Meetup.id)
        )
        return tuple(
            MeetupPart(
                one.id, one.title, one.starts_at, states.get(one.id), one.id in came, one.cancelled_at is not None
            )
            for one in found
        )  # fmt: skip


def _rows(session: Session) -> list[MeetupRow]:
    states: defaultdict[int, Counter[MeetupState]] = defaultdict(Counter)
    for meetup_id, state in session.execute(select(MeetupInvitation.meetup_id, MeetupInvitation.state)):
        states[meetup_id][state] += 1
    came: defaultdict[int, Counter[bool]] = defaultdict(Counter)
    for meetup_id, member_id in session.execute(select(Attendance.meetup_id, Attendance.member_id)):
        came[meetup_id][member_id is not None] += 1
    found = session.scalars(select(Meetup).order_by(Meetup.starts_at, Meetup.id))
    return [_row(one, states[one.id], came[one.id]) for one in found]


def _row(one: Meetup, states: Counter[MeetupState], came: Counter[bool]) -> MeetupRow:
    end = one.ends_at or one.starts_at
    return MeetupRow(
        one.id, one.kind, one.title, one.starts_at, end, one.place, one.postcode, is_online(one), one.capacity,
        one.every_weeks, one.first_id or one.id, states[MeetupState.INVITED], states[MeetupState.COMING],
        states[MeetupState.WAITING], states[MeetupState.NO] + states[MeetupState.CANCELLED], came[True],
        came[False], one.cancelled_at is not None, end < clock.now(), bool(one.noted_on or came.total()),
    )  # fmt: skip


def _people(session: Session, meetup_id: int) -> tuple[MeetupPerson, ...]:
    came = {
        member_of(session, member_id).merged_into or member_id
        for member_id in session.scalars(select(Attendance.member_id).where(Attendance.meetup_id == meetup_id))
        if member_id is not None
    }
    line = {one.id: place for place, one in enumerate(waiting(session, meetup_id), start=1)}
    found: dict[int, MeetupPerson] = {}
    invited = session.execute(
        select(MeetupInvitation, Member)
        .join(Member, Member.id == MeetupInvitation.member_id)
        .where(MeetupInvitation.meetup_id == meetup_id)
        .order_by(MeetupInvitation.answered_at.nulls_first(), Member.merged_into.is_(None))
    )
    for invitation, member in invited:  # of a person with several records, what she said last stands
        own = member.merged_into or member.id
        person = session.get_one(Member, own)
        found[own] = MeetupPerson(
            own, person.name, _where(person), invitation.state, own in came, invitation.invited_at,
            invitation.answered_at, line.get(invitation.id, 0), invitation.reminded_on, invitation.told_on,
        )  # fmt: skip
    for own in came - found.keys():
        person = session.get_one(Member, own)
        found[own] = MeetupPerson(own, person.name, _where(person), None, came=True)
    return tuple(
        sorted(
            found.values(), key=lambda p: (_FIRST.index(p.state), p.place_in_line, p.name.casefold(), p.member_id)
        )
    )


def _where(member: Member) -> str:
    return ", ".join(filter(None, dict.fromkeys((member.town, member.region or member.country))))
