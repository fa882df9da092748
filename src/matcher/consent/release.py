"""What may be released to whom: which fields of whom, under which yes. The only way a Release is recorded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.consent.conditions import FOR_THE_REQUESTER, LABELS, in_words
from matcher.consent.ledger import REFUSALS
from matcher.consent.states import states
from matcher.errors import UserError
from matcher.model import (
    MAY_BE_ASKED,
    ConsentEvent,
    Export,
    Invitation,
    InvitationState,
    Member,
    OutFile,
    Purpose,
    Release,
    Request,
    State,
    fields_of,
    purpose_of,
)
from matcher.storage import Unit, reading
from matcher.storage.store import Store

RELEASABLE = tuple(name for name, field in fields_of(Member).items() if field.export is Export.REQUESTER)
"""The fields that may ever reach a requester; everything else never does."""

_HIDES = {
    "first_name_only": ("last_name",),
    "anonymous_only": ("first_name", "last_name", "email", "phone"),
    "no_email": ("email",),
}
_AGREED = (InvitationState.YES, InvitationState.DONE)
CONDITIONS = "conditions"
"""How the log names what a requester is told to respect."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A member who said yes to a request, and the fields of hers that may be shared under it.

    ``respect``: her conditions as the requester is told them.
    """

    member_id: int
    invitation_id: int
    fields: tuple[str, ...]
    respect: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """One line of the log of details shared."""

    id: int
    request_id: int
    member_id: int
    recipient: str
    fields: tuple[str, ...]
    at: datetime
    file: str | None
    sha256: str | None


def agreed(session: Session, request: Request, fields: Sequence[str]) -> tuple[Agreed, ...]:
    """Those who said yes to this request and still may be asked about it, with what of ``fields`` may be shared.

    Raises UserError for a field that may never reach a requester.
    """
    for name in fields:
        if name not in RELEASABLE:
            raise UserError(
                f"“{name}” is never shared with a requester.", todo=f"These may be: {', '.join(RELEASABLE)}."
            )
    standing = states(session)
    purpose = purpose_of(request.audience)
    rows = session.execute(
        select(Invitation, Member)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.request_id == request.id)
        .where(Invitation.state.in_(_AGREED))
        .order_by(Invitation.id)
    )
    return tuple(
        _agreed(session, member, invitation, fields)
        for invitation, member in rows
        if standing.get(member.merged_into or member.id, {}).get(purpose, State.NOT_GIVEN) in MAY_BE_ASKED
        and not _said_no_since(session, member, purpose, invitation.answered_at)
    )  # fmt: skip


def _agreed(session: Session, member: Member, invitation: Invitation, fields: Sequence[str]) -> Agreed:
    """What may be shared of a member: nothing that any of her records rules out."""
    own = session.get_one(Member, member.merged_into) if member.merged_into else member
    records = (member, own)
    hidden = {name for record in records for name in hidden_fields(record)}
    known = (name for name in fields if name not in hidden and getattr(member, name) not in (None, ""))
    conditions = dict.fromkeys(code for record in records for code in record.conditions or ())
    return Agreed(member.id, invitation.id, tuple(known), in_words(conditions, FOR_THE_REQUESTER))


def _said_no_since(session: Session, member: Member, purpose: Purpose, answered_at: datetime | None) -> bool:
    """Whether she withdrew after she said yes to the request: that yes does not come back with a new permission."""
    if answered_at is None:
        return False
    own = member.merged_into or member.id
    keys = select(Member.member_key).where((Member.id == own) | (Member.merged_into == own))
    no = select(ConsentEvent.id).where(
        ConsentEvent.member_key.in_(keys),
        ConsentEvent.purpose == purpose,
        ConsentEvent.decision.in_(REFUSALS),
        ConsentEvent.at > answered_at,
    )
    return session.scalar(no.limit(1)) is not None


def hidden_fields(member: Member) -> dict[str, str]:
    """What of a member may never be shared, each field with the reason in a few words."""
    hidden = dict.fromkeys(member.never_share or (), "Never to be shared")
    for condition in member.conditions or ():
        hidden |= dict.fromkeys(_HIDES.get(condition, ()), LABELS.get(condition, condition))
    if member.shared_phone:
        hidden.setdefault("phone", "Somebody else may answer it")
    if "last_name" in hidden and _tells(member.email, member.last_name):
        hidden.setdefault("email", "Tells the last name")
    return hidden


def _tells(address: str | None, last_name: str | None) -> bool:
    local = re.sub(r"[^a-z]", "", (address or "").partition("@")[0].casefold())
    return any(len(part) > 2 and part in local for part in re.findall(r"[a-z]+", (last_name or "").casefold()))


def record_release(
    unit: Unit, request: Request, out: OutFile | None, recipient: str, people: Sequence[Agreed]
) -> None:
    """Log that details of these people went to ``recipient``; inside the transaction that records the file.

    Raises UserError when one of them no longer agrees, or no longer to all of it.
    """
    still = {person.invitation_id: person for person in agreed(unit.session, request, RELEASABLE)}
    for person in people:
        now = still.get(person.invitation_id)
        if now is None or not set(person.fields) <= set(now.fields):
            raise UserError(f"M{person.member_id} no longer agrees to this.", todo="Make the sheet again.")
        unit.session.add(
            Release(
                request_id=request.id, member_id=person.member_id, invitation_id=person.invitation_id,
                out_file_id=out.id if out else None, recipient=recipient,
                shared_fields=[*person.fields, *([CONDITIONS] if person.respect else [])], at=unit.now,
            )
        )  # fmt: skip


def releases(store: Store, member_id: int | None = None, request_id: int | None = None) -> tuple[Shared, ...]:
    """The log of details shared, newest first; of one member or request, or all."""
    with reading(store) as session:
        query = select(Release, OutFile).outerjoin(OutFile, OutFile.id == Release.out_file_id)
        if member_id is not None:
            query = query.where(Release.member_id == member_id)
        if request_id is not None:
            query = query.where(Release.request_id == request_id)
        return tuple(
            Shared(
                r.id, r.request_id, r.member_id, r.recipient, tuple(r.shared_fields), r.at,
                out.path if out else None, out.sha256 if out else None,
            )
            for r, out in session.execute(query.order_by(Release.id.desc()))
        )  # fmt: skip
