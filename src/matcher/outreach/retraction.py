"""The words in which a requester is told that somebody withdrew, or that what they were given has changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.consent.aftermath import CORRECT, TELL, labels, records_of
from matcher.errors import UserError
from matcher.model import FollowUp, Member, Release, Request, fields_of
from matcher.outreach.brief_words import spoken_day
from matcher.storage import member_of, reading, request_of, setting
from matcher.storage.store import Store


@dataclass(frozen=True, slots=True)
class ToTell:
    """A requester who was given details of somebody, and the message that asks them to delete these."""

    request_id: int
    recipient: str
    message: str


def retraction(store: Store, follow_up_id: int) -> str:
    """The message for one “tell them” of the list: to delete what was shared, or that a part of it has changed.

    It names her only by what the requester was given already: of a sheet without names it names nobody. It holds no
    new value; that goes in a new sheet. Raises UserError when there is no such thing to do, or nothing was shared.
    """
    with reading(store) as session:
        item = session.get(FollowUp, follow_up_id)
        if item is None or item.request_id is None or item.kind not in (TELL, CORRECT):
            raise UserError("There is nobody to write to about this.")
        request = request_of(session, item.request_id)
        shared = [r for r in _shared(session, item.member_id) if r.request_id == request.id]
        if not shared:
            raise UserError("There is nobody to write to about this.")
        changed = item.about.partition(" has changed: ")[2] if item.kind == CORRECT else ""
        return _message(session, member_of(session, item.member_id), request, shared, changed)


def retractions(store: Store, member_id: int) -> tuple[ToTell, ...]:
    """Everybody who was given details of a member, each with the message; for before she is erased.

    Afterwards nobody knows any more by which name a requester knows her.
    """
    with reading(store) as session:
        shared = _shared(session, member_id)
        member = member_of(session, records_of(session, member_id)[0])
        told = []
        for request_id in dict.fromkeys(release.request_id for release in shared):
            request = request_of(session, request_id)
            theirs = [release for release in shared if release.request_id == request_id]
            message = _message(session, member, request, theirs, "")
            told.append(ToTell(request_id, theirs[-1].recipient, message))
        return tuple(told)


def _shared(session: Session, member_id: int) -> Sequence[Release]:
    query = select(Release).where(Release.member_id.in_(records_of(session, member_id))).order_by(Release.id)
    return session.scalars(query).all()


def _message(
    session: Session, member: Member, request: Request, shared: Sequence[Release], changed: str
) -> str:  # fmt: skip
    names = {name for release in shared for name in release.shared_fields}
    days = " and ".join(dict.fromkeys(spoken_day(release.at.date()) for release in shared))
    given = f"you had from us on {days} for “{request.title}”"
    known = "first_name" in names and member.first_name and labels(["first_name"]) not in changed.split(", ")
    who = member.first_name if known else "One of the people"
    if changed:
        whose = member.first_name if known else "one of the people"
        said = (
            f"Of the details that {given}, this is no longer right for {whose}: {changed}. Please delete it, "
            "copies and files you passed on among them. If you still need it, I will send a new sheet."
        )
    else:
        what = ", ".join(field.label.lower() for name, field in fields_of(Member).items() if name in names)
        said = (
            f"{who}, whose details {given}, no longer wants to take part. Please do not contact them again, and "
            f"delete what you have of theirs ({what}), copies and files you passed on among them."
        )
    hello = f"Hello {request.brief.requester}".strip()
    signed = " · ".join(
        filter(None, (setting(session, "organisation.sender", ""), setting(session, "organisation.name", "")))
    )
    return f"{hello},\n\n{said} Please write back when it is done.\n\nThank you\n{signed}".strip()
