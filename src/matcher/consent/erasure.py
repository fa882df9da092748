"""Erasing a person: who she was goes, that something happened stays counted, and her no outlives her."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session

from matcher.consent.permissions import Permission, record
from matcher.consent.suppression import digests_of, suppress
from matcher.errors import UserError
from matcher.model import (
    ASKING,
    Base,
    CheckIn,
    ConsentEvent,
    ConsentProposal,
    ConsentText,
    Decision,
    Enquiry,
    FollowUp,
    How,
    Invitation,
    ListWish,
    Member,
    MemberSource,
    RightsCase,
    ShortlistEntry,
    new_member_key,
)
from matcher.storage import Unit, forget_aside, forget_changes, member_of, work
from matcher.storage.journal import note
from matcher.storage.store import Store

_KEPT = frozenset({"id", "member_key", "merged_into", "created_at", "erased_at"})
"""Columns of a member that say nothing of who she was."""
_GOES: tuple[type[Base], ...] = (MemberSource, ConsentProposal, CheckIn, ShortlistEntry, ListWish)
_EMPTIED: dict[type[Base], dict[str, Any]] = {
    Invitation: {"channel": None, "note": "", "override_reason": "", "session": ""},
    Enquiry: {"note": ""},
    RightsCase: {"who": "", "note": ""},
}
"""What stays as a count, without the words in it."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did. ``to_do`` is how many things it left to act on: whom to tell, which files to delete."""

    member_id: int
    batch: int
    to_do: int


def erase(store: Store, member_id: int) -> Erased:
    """Erase the person behind this record, the records merged with hers among them.

    Every permission is withdrawn first, with all that follows from it. Withdrawal and erasure are in the journal,
    on disk, before they are committed. What stays: an empty row, so that counts of asks and answers remain true;
    the chain of the ledger, which names nobody; and a keyed digest that blocks a re-import.
    Raises UserError when there is no such member or they were erased before.
    """
    with work(store, "erase a member") as unit:
        asked_for = member_of(unit.session, member_id)
        own = asked_for.merged_into or asked_for.id
        records = list(unit.session.scalars(select(Member).where((Member.id == own) | (Member.merged_into == own))))
        if any(member.erased_at for member in records):
            raise UserError(f"M{own} was erased already.")
        withdrawn = (
            Permission(own, purpose, Decision.WITHDRAWN, unit.now, How.IN_PERSON, "asked to be erased")
            for purpose in ASKING
        )
        record(unit, *withdrawn)
        digests = {digest for member in records for digest in digests_of(store, member)}
        note(
            store,
            {
                "erase": [member.member_key for member in records],
                "suppress": sorted(digests),
                "at": unit.now.isoformat(),
            },
        )
        suppress(unit, digests, unit.now)
        _forget(unit, records)
        forget_aside(store)
        left = select(FollowUp.id).where(FollowUp.member_id == own, FollowUp.done_at.is_(None))
        return Erased(own, unit.batch_id, len(unit.session.scalars(left).all()))


def erase_again(unit: Unit, member_keys: Collection[str], digests: Collection[str], at: datetime) -> int:
    """Repeat an erasure that a restored backup has not heard of; return how many records it emptied."""
    records = list(unit.session.scalars(select(Member).where(Member.member_key.in_(member_keys))))
    suppress(unit, digests, at)
    _forget(unit, records)
    return len(records)


def _forget(unit: Unit, records: Collection[Member]) -> None:
    """Empty these records of everything personal, and cut them from the ledger."""
    session, ids = unit.session, [member.id for member in records]
    touched: dict[type[Base], set[int]] = {Member: set(ids)}
    _erase_evidence(session, [member.member_key for member in records])
    for mapped in (*_GOES, *_EMPTIED):
        rows = _rows_about(session, mapped, ids)
        touched[mapped] = {row.id for row in rows}
        for row in rows:
            for column, value in _EMPTIED.get(mapped, {}).items():
                setattr(row, column, value)
            if mapped in _GOES:
                session.delete(row)
    for member in records:
        for attribute in inspect(Member).column_attrs:
            if attribute.key not in _KEPT:
                setattr(member, attribute.key, False if attribute.key == "shared_phone" else None)
        member.member_key, member.erased_at = new_member_key(), unit.now
    forget_changes(unit, touched, ids)


def _rows_about(session: Session, mapped: Any, ids: Collection[int]) -> list[Any]:
    return list(session.scalars(select(mapped).where(mapped.member_id.in_(ids))))


def _erase_evidence(session: Session, member_keys: Collection[str]) -> None:
    """The texts of these people's entries and their salts; the chain holds without them."""
    events = select(ConsentEvent.id).where(ConsentEvent.member_key.in_(member_keys))
    session.execute(delete(ConsentText).where(ConsentText.event_id.in_(events)))
