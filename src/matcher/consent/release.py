"""What may be released to whom: which fields of whom, under which yes. The only way a Release is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.consent.conditions import LABELS
from matcher.consent.permissions import states
from matcher.errors import UserError
from matcher.model import (
    MAY_BE_ASKED,
    Export,
    Invitation,
    InvitationState,
    Member,
    OutFile,
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

_HIDES = {"first_name_only": {"last_name"}, "anonymous_only": {"first_name", "last_name"}}


@dataclass(frozen=True, slots=True)
class Agreed:
    """A member who said yes to a request, and the fields of hers that may be shared under it."""

    member_id: int
    invitation_id: int
    fields: tuple[str, ...]


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
        .where(Invitation.state.in_([InvitationState.YES, InvitationState.DONE]))
        .order_by(Invitation.id)
    )
    return tuple(
        Agreed(member.id, invitation.id, _shareable(member, fields))
        for invitation, member in rows
        if standing.get(member.merged_into or member.id, {}).get(purpose, State.NOT_GIVEN) in MAY_BE_ASKED
    )


def hidden_fields(member: Member) -> dict[str, str]:
    """What of a member may never be shared, each field with the reason in a few words."""
    hidden = dict.fromkeys(member.never_share or (), "Never to be shared")
    for condition in member.conditions or ():
        hidden |= dict.fromkeys(_HIDES.get(condition, ()), LABELS.get(condition, condition))
    return hidden


def _shareable(member: Member, fields: Sequence[str]) -> tuple[str, ...]:
    hidden = hidden_fields(member)
    return tuple(name for name in fields if name not in hidden)


def record_release(
    unit: Unit, request: Request, out: OutFile | None, recipient: str, people: Sequence[Agreed]
) -> None:
    """Log that details of these people went to ``recipient``; inside the transaction that records the file.

    Raises UserError when one of them no longer agrees.
    """
    still = {person.member_id for person in agreed(unit.session, request, ())}
    for person in people:
        if person.member_id not in still:
            raise UserError(f"M{person.member_id} no longer agrees to this.", todo="Make the sheet again.")
        unit.session.add(
            Release(
                request_id=request.id, member_id=person.member_id, invitation_id=person.invitation_id,
                out_file_id=out.id if out else None, recipient=recipient,
                shared_fields=list(person.fields), at=unit.now,
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
