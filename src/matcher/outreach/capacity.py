"""How many people each dated occasion of a request has room for, and whether one more may come."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.model import Brief, Invitation, InvitationState, Outcome, Request

_COMING = (InvitationState.YES, InvitationState.DONE)
_HOLDS_A_PLACE = (None, Outcome.TOOK_PART)


def room_of(brief: Brief) -> int | None:
    """How many are wanted for each occasion; None where the brief does not say."""
    wanted = brief.people_wanted
    return (wanted.max or wanted.min) if wanted.per_place else None


def taken(asks: Iterable[Invitation], key: str) -> int:
    """How many of these hold a place on an occasion: they picked it, and did not drop out since."""
    return sum(one.session == key and one.state in _COMING and one.outcome in _HOLDS_A_PLACE for one in asks)


def why_no_room(session: Session, request: Request, key: str, but: Invitation | None, more: int = 0) -> str:
    """Why one more may not pick an occasion, in a sentence; "" while there is room.

    ``but``: the ask it is about, whose own place does not count. ``more``: places given, but not recorded yet.
    """
    room = room_of(request.brief)
    if room is None or not key:
        return ""
    others = session.scalars(select(Invitation).where(Invitation.request_id == request.id)).all()
    held = more + taken((one for one in others if but is None or one.id != but.id), key)
    return f"“{key}” of R{request.id} is full: {held} of {room} places are taken." if held >= room else ""
