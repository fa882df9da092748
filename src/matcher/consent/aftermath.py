"""What follows from a withdrawal: whom to tell, which files are stale, which asks stop. A list to tick off."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from matcher.errors import UserError
from matcher.model import (
    FollowUp,
    Invitation,
    InvitationState,
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
from matcher.storage import Unit, member_of, member_permission, reading, work
from matcher.storage.store import Store

TELL, STALE, STOPPED = "tell", "stale_file", "ask_stopped"
_OPEN = (InvitationState.TO_ASK, InvitationState.ASKED, InvitationState.YES)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do after a withdrawal; ``kind`` is tell, stale_file or ask_stopped."""

    id: int
    member_id: int
    name: str
    kind: str
    about: str
    request_id: int | None
    made_at: datetime
    done_at: datetime | None


def follow(unit: Unit, noes: Mapping[int, Collection[Purpose]]) -> None:
    """Stop open asks of the purposes each member said no to, and write down what else must be done.

    Part of the transaction that records the no. What was written down once is not written down again.
    """
    known = set(unit.session.scalars(select(Invitation.member_id))) | set(
        unit.session.scalars(select(ShortlistEntry.member_id))
    )
    for member_id, purposes in noes.items():
        ids = _records_of(unit, member_id)
        if known.isdisjoint(ids):
            continue
        requests = {
            request.id: request
            for request in unit.session.scalars(select(Request))
            if purpose_of(request.audience) in purposes
        }
        found = _told(unit, ids, requests) + _stale(unit, ids, requests) + _stop(unit, ids, requests)
        noted = set(unit.session.scalars(select(FollowUp.about).where(FollowUp.member_id == ids[0])))
        unit.session.add_all(one for one in found if one.about not in noted)


def follow_standing_noes(unit: Unit, member_id: int) -> None:
    """Do what follows from every no that stands for a person: after a merge, a no of either record is hers."""
    rows = unit.session.execute(
        select(member_permission.c.purpose)
        .where(member_permission.c.member_id == _records_of(unit, member_id)[0])
        .where(member_permission.c.state.in_([State.REFUSED.value, State.WITHDRAWN.value]))
    )
    follow(unit, {member_id: [Purpose(row.purpose) for row in rows]})


def _records_of(unit: Unit, member_id: int) -> list[int]:
    """The id of the person's own record, then those merged into it."""
    own = member_of(unit.session, member_id).merged_into or member_id
    return [own, *unit.session.scalars(select(Member.id).where(Member.merged_into == own))]


def _told(unit: Unit, ids: list[int], requests: dict[int, Request]) -> list[FollowUp]:
    releases = unit.session.scalars(select(Release).where(Release.member_id.in_(ids)).order_by(Release.id))
    return [
        FollowUp(
            member_id=ids[0], kind=TELL, request_id=release.request_id, made_at=unit.now,
            about=f"Tell {release.recipient} to delete what was shared on {release.at:%d %b %Y}: "
            + _labels(release.shared_fields),
        )
        for release in releases
        if release.request_id in requests
    ]  # fmt: skip


def _labels(names: Collection[str]) -> str:
    known = fields_of(Member)
    return ", ".join(known[name].label.lower() if name in known else name for name in names)


def _stale(unit: Unit, ids: list[int], requests: dict[int, Request]) -> list[FollowUp]:
    files = unit.session.scalars(select(OutFile).where(OutFile.state == "written").order_by(OutFile.id))
    return [
        FollowUp(
            member_id=ids[0], kind=STALE, request_id=out.request_id, out_file_id=out.id, made_at=unit.now,
            about=f"Delete {Path(out.path).name}, written {out.at:%d %b %Y}: it still holds them",
        )
        for out in files
        if out.request_id in requests and set(ids) & set(out.members)
    ]  # fmt: skip


def _stop(unit: Unit, ids: list[int], requests: dict[int, Request]) -> list[FollowUp]:
    invitations = unit.session.scalars(
        select(Invitation).where(Invitation.member_id.in_(ids), Invitation.state.in_(_OPEN))
    )
    listed = unit.session.scalars(select(ShortlistEntry).where(ShortlistEntry.member_id.in_(ids)))
    for entry in listed:
        if entry.request_id in requests:
            unit.session.delete(entry)
    stopped = []
    for invitation in invitations:
        if invitation.request_id not in requests:
            continue
        was = invitation.state
        invitation.state = InvitationState.NO
        if was is not InvitationState.TO_ASK:
            title = requests[invitation.request_id].title
            stopped.append(
                FollowUp(
                    member_id=ids[0], kind=STOPPED, request_id=invitation.request_id, made_at=unit.now,
                    about=f"Do not chase them about “{title}”"
                    + ("; tell the requester that they cannot take part" if was is InvitationState.YES else ""),
                )
            )  # fmt: skip
    return stopped


def to_do(store: Store, member_id: int | None = None, *, done: bool = False) -> tuple[ToDo, ...]:
    """What is left to do after withdrawals, of one member or all; with ``done`` also what was ticked off."""
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
