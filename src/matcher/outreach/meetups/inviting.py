"""Inviting to a meet-up and hearing back: who comes, who waits while it is full, who is next."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.consent import check_may_invite
from matcher.errors import UserError
from matcher.model import Meetup, MeetupInvitation, MeetupState, Member
from matcher.outreach.meetups.plan import meetup_of
from matcher.storage import Unit, member_of, work
from matcher.storage.store import Store


@dataclass(frozen=True, slots=True)
class Answered:
    """Where a member stands after her answer, and who is first in line for a place that is free now.

    ``place_in_line`` counts from 1, 0 when she does not wait. ``next_id`` None: nobody waits, or it is full.
    """

    state: MeetupState
    place_in_line: int
    next_id: int | None
    next_name: str
    batch: int


def invite(store: Store, meetup_id: int, member_ids: Sequence[int]) -> int:
    """Record that these were invited now; return the step.

    Who said “ask me first” is invited alone. Raises UserError when one of them may not be invited, or wants to be
    asked alone; then nobody is recorded.
    """
    if not member_ids:
        raise UserError("Nobody was chosen.")
    with work(store, "invite to a meet-up") as unit:
        meetup = _open(unit, meetup_id)
        found = check_may_invite(unit.session, meetup, member_ids)
        alone = [one for one in member_ids if found[one].ask_first]
        if alone and len(member_ids) > 1:
            raise UserError(
                f"M{alone[0]} wants to be asked personally, not together with others.", todo="Invite them alone."
            )
        for member_id in member_ids:
            invitation = invitation_of(unit.session, meetup_id, member_id)
            if invitation is None:
                unit.session.add(MeetupInvitation(meetup_id=meetup_id, member_id=member_id, invited_at=unit.now))
            elif invitation.invited_at is None:
                invitation.invited_at = unit.now
        return unit.batch_id


def answer(store: Store, meetup_id: int, member_id: int, *, coming: bool) -> Answered:
    """Record that a member comes or cannot come. While it is full, or others wait, a yes joins the waiting list.

    She may answer uninvited, such as to a post in the group. Raises UserError when she may not be told of the
    network's own events: then her permission is recorded first.
    """
    with work(store, "record an answer to a meet-up") as unit:
        meetup = _open(unit, meetup_id) if coming else meetup_of(unit.session, meetup_id)
        invitation = invitation_of(unit.session, meetup_id, member_id)
        if coming:
            check_may_invite(unit.session, meetup, [member_of(unit.session, member_id).merged_into or member_id])
        if invitation is None:
            state = MeetupState.INVITED if coming else MeetupState.NO
            invitation = MeetupInvitation(meetup_id=meetup_id, member_id=member_id, state=state)
            unit.session.add(invitation)
        _record(unit, meetup, invitation, coming=coming)
        unit.session.flush()
        line = waiting(unit.session, meetup_id)
        place = next((n for n, one in enumerate(line, start=1) if one.id == invitation.id), 0)
        return Answered(invitation.state, place, *_next(unit.session, meetup, line), unit.batch_id)


def take_answer_back(store: Store, meetup_id: int, member_id: int) -> int:
    """Put a member back to invited, as if she had not answered yet; return the step."""
    with work(store, "take back an answer to a meet-up") as unit:
        invitation = invitation_of(unit.session, meetup_id, member_id)
        if invitation is None:
            raise UserError(f"M{member_id} was not invited to E{meetup_id}.")
        invitation.state, invitation.answered_at, invitation.waiting_since = MeetupState.INVITED, None, None
        return unit.batch_id


def give_place(store: Store, meetup_id: int, member_id: int) -> int:
    """Give a free place to somebody of the waiting list, who was told so; return the step.

    Raises UserError when she does not wait, or there is no place.
    """
    with work(store, "give a place at a meet-up") as unit:
        meetup = _open(unit, meetup_id)
        invitation = invitation_of(unit.session, meetup_id, member_id)
        if invitation is None or invitation.state is not MeetupState.WAITING:
            raise UserError(f"M{member_id} is not on the waiting list.")
        if not has_room(unit.session, meetup):
            raise UserError("It is full.", todo="Wait until somebody cannot come, or find a larger room.")
        invitation.state, invitation.waiting_since = MeetupState.COMING, None
        return unit.batch_id


def invitation_of(session: Session, meetup_id: int, member_id: int) -> MeetupInvitation | None:
    """The invitation of a person, under whichever of her records it was made; of several what she said last."""
    own = member_of(session, member_id).merged_into or member_id
    found = session.scalars(
        select(MeetupInvitation)
        .join(Member, Member.id == MeetupInvitation.member_id)
        .where(MeetupInvitation.meetup_id == meetup_id, Member.person() == own)
        .order_by(MeetupInvitation.answered_at.desc().nulls_last(), MeetupInvitation.member_id != own)
    )
    return found.first()


def waiting(session: Session, meetup_id: int) -> list[MeetupInvitation]:
    """Who waits for a place, the first in line first."""
    query = select(MeetupInvitation).where(
        MeetupInvitation.meetup_id == meetup_id, MeetupInvitation.state == MeetupState.WAITING
    )
    return list(session.scalars(query.order_by(MeetupInvitation.waiting_since, MeetupInvitation.id)))


def has_room(session: Session, meetup: Meetup) -> bool:
    """Whether one more can come."""
    if meetup.capacity is None:
        return True
    coming = select(func.count()).where(
        MeetupInvitation.meetup_id == meetup.id, MeetupInvitation.state == MeetupState.COMING
    )
    return (session.scalar(coming) or 0) < meetup.capacity


def next_in_line(session: Session, meetup: Meetup) -> tuple[int | None, str]:
    """Who is to be told that there is a place for her; None while it is full or nobody waits."""
    return _next(session, meetup, waiting(session, meetup.id))


def _next(session: Session, meetup: Meetup, line: Sequence[MeetupInvitation]) -> tuple[int | None, str]:
    if not line or meetup.cancelled_at or not has_room(session, meetup):
        return None, ""
    return line[0].member_id, member_of(session, line[0].member_id).name


def _record(unit: Unit, meetup: Meetup, invitation: MeetupInvitation, *, coming: bool) -> None:
    was = invitation.state
    invitation.answered_at = unit.now
    if coming and was not in (MeetupState.COMING, MeetupState.WAITING):
        full = bool(waiting(unit.session, meetup.id)) or not has_room(unit.session, meetup)
        invitation.state = MeetupState.WAITING if full else MeetupState.COMING
        invitation.waiting_since = unit.now if full else None
    elif not coming:
        had_a_place = was in (MeetupState.COMING, MeetupState.WAITING, MeetupState.CANCELLED)
        invitation.state = MeetupState.CANCELLED if had_a_place else MeetupState.NO
        invitation.waiting_since = None


def _open(unit: Unit, meetup_id: int) -> Meetup:
    """The meet-up, as long as somebody can still be invited to it."""
    meetup = meetup_of(unit.session, meetup_id)
    if meetup.cancelled_at:
        raise UserError("It is called off.", todo="Plan another date.")
    if (meetup.ends_at or meetup.starts_at) < unit.now:
        raise UserError("It is over.", todo="Note who came instead.")
    return meetup
