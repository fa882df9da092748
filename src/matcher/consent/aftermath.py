"""What follows from a withdrawal: whom to tell, which files are stale, which asks stop. A list to tick off.

What follows from a correction (`corrections`) and from an erasure goes on the same list.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent.states import of_members, states
from matcher.errors import UserError
from matcher.model import (
    ASKING,
    OPEN_MEETUP_STATES,
    FollowUp,
    Invitation,
    InvitationState,
    Meetup,
    MeetupInvitation,
    MeetupState,
    Member,
    OutFile,
    Purpose,
    Release,
    Request,
    ShortlistEntry,
    State,
    fields_of,
    purpose_of,
)
from matcher.storage import Unit, member_of, reading, work
from matcher.storage.store import Store

TELL, STALE, STOPPED, CORRECT = "tell", "stale_file", "ask_stopped", "correct"
_NO = frozenset({State.REFUSED, State.WITHDRAWN})
_OUT = ("written", "printed")
"""Files and papers that are out there."""
MEETUP_SHEET = "meet-up sheet"
"""The kind of a file with first names for the table of a meet-up."""
OPEN_ASKS = (InvitationState.TO_ASK, InvitationState.ASKED, InvitationState.YES)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do after a withdrawal, a correction or an erasure.

    ``kind`` is tell, correct, stale_file or ask_stopped.
    """

    id: int
    member_id: int
    name: str
    kind: str
    about: str
    request_id: int | None
    made_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class WouldFollow:
    """How many requesters would have to be told, how many files be deleted, and how many open asks would stop."""

    to_tell: int
    stale_files: int
    asks_stopped: int


def follow(unit: Unit, noes: Mapping[int, Collection[Purpose]]) -> None:
    """Stop open asks of the purposes each member said no to, and write down what else must be done.

    Part of the transaction that records the no. What was written down once is not written down again.
    """
    listed = {
        one
        for told in (Invitation, ShortlistEntry, MeetupInvitation)
        for one in unit.session.scalars(select(told.member_id))
    }
    known = {own for (own,) in of_members(unit.session, select(Member.person()), Member.id, listed)}
    for member_id, purposes in noes.items() if known else ():
        ids = records_of(unit.session, member_id)
        if ids[0] not in known:
            continue
        requests = _requests_about(unit.session, purposes)
        own_events = Purpose.OWN_EVENTS in purposes
        found = _what_follows(unit.session, ids, requests, unit.now, own_events=own_events)
        _stop(unit, ids, requests)
        if own_events:
            _stop_invitations(unit, ids)
        unit.session.add_all(found)


def what_would_follow(session: Session, ids: list[int]) -> list[FollowUp]:
    """What a withdrawal from everything would leave to do for a person (the ids of `records_of`), not yet noted."""
    return _what_follows(session, ids, _requests_about(session, ASKING), clock.now(), own_events=True)


def would_follow(store: Store, member_id: int, purpose: Purpose | None = None) -> WouldFollow:
    """What a withdrawal from ``purpose``, or from everything, would leave to do. Nothing is written."""
    with reading(store) as session:
        purposes = (purpose,) if purpose else ASKING
        requests, ids = _requests_about(session, purposes), records_of(session, member_id)
        own_events = Purpose.OWN_EVENTS in purposes
        found = _what_follows(session, ids, requests, clock.now(), own_events=own_events)
    told = (requests[one.request_id] for one in found if one.kind == TELL and one.request_id is not None)
    kinds = Counter(one.kind for one in found)
    requesters = {request.requester_id or f"R{request.id}" for request in told}
    return WouldFollow(len(requesters), kinds[STALE], kinds[STOPPED])


def follow_standing_noes(unit: Unit, member_ids: Collection[int]) -> None:
    """Do what follows from every no that stands for these people.

    After a merge a no of either record is hers; after an undo a no may stand again that a later yes had lifted.
    """
    if not member_ids:
        return
    unit.session.flush()
    people = {member_of(unit.session, member_id).merged_into or member_id for member_id in member_ids}
    noes = {
        member_id: [purpose for purpose, state in mine.items() if state in _NO]
        for member_id, mine in states(unit.session, people).items()
    }
    follow(unit, {member_id: purposes for member_id, purposes in noes.items() if purposes})


def records_of(session: Session, member_id: int) -> list[int]:
    """The id of the person's own record, then those merged into it."""
    own = member_of(session, member_id).merged_into or member_id
    return [own, *session.scalars(select(Member.id).where(Member.merged_into == own))]


def _requests_about(session: Session, purposes: Collection[Purpose]) -> dict[int, Request]:
    requests = session.scalars(select(Request))
    return {request.id: request for request in requests if purpose_of(request.audience) in purposes}


def _what_follows(
    session: Session, ids: list[int], requests: Mapping[int, Request], at: datetime, *, own_events: bool
) -> list[FollowUp]:
    """What a no to these requests leaves to do for a person, but for what was written down before."""
    found = [one for look in (_told, _stale, _stopped) for one in look(session, ids, requests, at)]
    found += _stale_sheets(session, ids, at) if own_events else []
    told_before = (FollowUp.kind != STOPPED) | FollowUp.done_at.is_(None)
    noted = set(session.scalars(select(FollowUp.about).where(FollowUp.member_id == ids[0], told_before)))
    return [one for one in found if one.about not in noted]


def _told(session: Session, ids: list[int], requests: Mapping[int, Request], at: datetime) -> list[FollowUp]:
    releases = session.scalars(select(Release).where(Release.member_id.in_(ids)).order_by(Release.id))
    return [
        FollowUp(
            member_id=ids[0], kind=TELL, request_id=release.request_id, made_at=at,
            about=f"Tell {release.recipient} to delete what was shared on {release.at:%d %b %Y}: "
            + labels(release.shared_fields),
        )
        for release in releases
        if release.request_id in requests
    ]  # fmt: skip


def labels(names: Collection[str]) -> str:
    """Names of fields as people say them, in one line."""
    known = fields_of(Member)
    return ", ".join(known[name].label.lower() if name in known else name for name in names)


def _stale(session: Session, ids: list[int], requests: Mapping[int, Request], at: datetime) -> list[FollowUp]:
    files = session.scalars(select(OutFile).where(OutFile.state.in_(_OUT)).order_by(OutFile.id))
    return [
        FollowUp(
            member_id=ids[0], kind=STALE, request_id=out.request_id, out_file_id=out.id, made_at=at,
            about=f"{delete_words(out)}: it still holds them",
        )
        for out in files
        if out.request_id in requests and set(ids) & set(out.members)
    ]  # fmt: skip


def delete_words(out: OutFile) -> str:
    """What is to be done with a file or a paper: “Delete list.xlsx, written 12 May 2026”."""
    if out.state == "printed":
        return f"Shred “{out.path}”, printed {out.at:%d %b %Y}"
    return f"Delete {Path(out.path).name}, written {out.at:%d %b %Y}"


def _stale_sheets(session: Session, ids: list[int], at: datetime) -> list[FollowUp]:
    """Sheets of meet-ups with her first name on them."""
    sheets = select(OutFile).where(OutFile.state.in_(_OUT), OutFile.kind == MEETUP_SHEET).order_by(OutFile.id)
    return [
        FollowUp(
            member_id=ids[0], kind=STALE, out_file_id=out.id, made_at=at,
            about=f"{delete_words(out)}: it still holds their first name",
        )
        for out in session.scalars(sheets)
        if set(ids) & set(out.members)
    ]  # fmt: skip


def _stopped(session: Session, ids: list[int], requests: Mapping[int, Request], at: datetime) -> list[FollowUp]:
    """Of their open asks those they know of."""
    return [
        FollowUp(
            member_id=ids[0], kind=STOPPED, request_id=ask.request_id, made_at=at,
            about=f"Do not chase them about “{requests[ask.request_id].title}”"
            + ("; tell the requester that they cannot take part" if ask.state is InvitationState.YES else ""),
        )
        for ask in _open_asks(session, ids, requests)
        if ask.state is not InvitationState.TO_ASK
    ]  # fmt: skip


def _open_asks(session: Session, ids: list[int], requests: Mapping[int, Request]) -> list[Invitation]:
    asks = session.scalars(
        select(Invitation)
        .where(Invitation.member_id.in_(ids), Invitation.state.in_(OPEN_ASKS))
        .order_by(Invitation.id)
    )
    return [ask for ask in asks if ask.request_id in requests]


def _stop(unit: Unit, ids: list[int], requests: Mapping[int, Request]) -> None:
    listed = unit.session.scalars(select(ShortlistEntry).where(ShortlistEntry.member_id.in_(ids)))
    for entry in listed:
        if entry.request_id in requests:
            unit.session.delete(entry)
    for ask in _open_asks(unit.session, ids, requests):
        ask.state = InvitationState.NO


def _stop_invitations(unit: Unit, ids: list[int]) -> None:
    """Take her off the network's own events that are still to come; her place is free for the next."""
    open_ones = unit.session.scalars(
        select(MeetupInvitation)
        .join(Meetup, Meetup.id == MeetupInvitation.meetup_id)
        .where(MeetupInvitation.member_id.in_(ids), MeetupInvitation.state.in_(OPEN_MEETUP_STATES))
        .where(Meetup.starts_at > unit.now)
    )
    for one in open_ones:
        one.state = MeetupState.NO if one.state is MeetupState.INVITED else MeetupState.CANCELLED
        one.waiting_since = None


def to_do(store: Store, member_id: int | None = None, *, done: bool = False) -> tuple[ToDo, ...]:
    """What is left to do, of one member or all; with ``done`` also what was ticked off."""
    with reading(store) as session:
        query = select(FollowUp, Member).join(Member, Member.id == FollowUp.member_id).order_by(FollowUp.id)
        if member_id is not None:
            query = query.where(FollowUp.member_id == member_id)
        if not done:
            query = query.where(FollowUp.done_at.is_(None))
        return tuple(
            ToDo(f.id, m.id, m.name, f.kind, f.about, f.request_id, f.made_at, f.done_at)
            for f, m in session.execute(query)
        )


def tick_off(store: Store, follow_up_id: int, *, done: bool = True) -> int:
    """Mark one as done, or as not done after all; return the step. Raises UserError when there is none."""
    with work(store, "tick off after a withdrawal" if done else "put back after a withdrawal") as unit:
        found = unit.session.get(FollowUp, follow_up_id)
        if found is None:
            raise UserError("There is no such thing to tick off.")
        found.done_at = unit.now if done else None
        return unit.batch_id
