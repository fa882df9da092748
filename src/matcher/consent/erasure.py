"""Erasing a person: who she was goes, that something happened stays counted, and her no outlives her."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent.aftermath import OPEN_ASKS, STALE, records_of, what_would_follow
from matcher.consent.permissions import Permission, record
from matcher.consent.subject_report import REPORT
from matcher.consent.suppression import digests_of, suppress
from matcher.errors import UserError
from matcher.model import (
    ASKING,
    Attendance,
    Base,
    Change,
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
    Meetup,
    MeetupInvitation,
    Member,
    MemberSource,
    OutFile,
    RightsCase,
    ShortlistEntry,
    new_member_key,
)
from matcher.storage import Unit, forget_aside, forget_changes, member_of, reading, work
from matcher.storage.journal import note
from matcher.storage.store import Store

_KEPT = frozenset({"id", "member_key", "merged_into", "created_at", "erased_at"})
"""Columns of a member that say nothing of who she was."""
_LONG = 4
"""A name of so many letters is found inside a longer word too."""
_GOES: tuple[type[Base], ...] = (MemberSource, ConsentProposal, CheckIn, ShortlistEntry, ListWish)
_EMPTIED: dict[type[Base], dict[str, Any]] = {
    Invitation: {"channel": None, "note": "", "override_reason": "", "session": "", "feedback": "", "paid_how": ""},
    Enquiry: {"note": ""},
    MeetupInvitation: {},
    Attendance: {"first_name": ""},
    RightsCase: {"who": "", "note": ""},
}
"""What stays as a count, without the words in it."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did. ``to_do`` is how many things it left to act on: whom to tell, which files to delete."""

    member_id: int
    batch: int
    to_do: int


@dataclass(frozen=True, slots=True)
class WouldErase:
    """What an erasure would mean. ``to_do`` is what would be left to act on, in sentences.

    ``asks`` are those that stay counted without her name; ``stopped`` those of them that are open and would end.
    """

    asks: int
    stopped: int
    to_do: tuple[str, ...]


def would_erase(store: Store, member_id: int) -> WouldErase:
    """Look ahead: what an erasure of this member would end, keep and leave to do. Nothing is written."""
    with reading(store) as session:
        ids = records_of(session, member_id)
        asks = session.scalars(select(Invitation.state).where(Invitation.member_id.in_(ids))).all()
        open_ones = select(FollowUp.about).where(FollowUp.member_id == ids[0], FollowUp.done_at.is_(None))
        follows = [*what_would_follow(session, ids), *_outside(session, ids, clock.now())]
        to_do = dict.fromkeys([*session.scalars(open_ones), *(one.about for one in follows)])
        return WouldErase(len(asks), sum(state in OPEN_ASKS for state in asks), tuple(to_do))


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
        unit.session.add_all(_outside(unit.session, [own, *(one.id for one in records if one.id != own)], unit.now))
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
    names = _names_of(session, ids)
    touched[OutFile] = _forget_files(session, ids, names)
    touched[FollowUp] = _forget_file_names(session, ids, names)
    touched[Meetup] = _forget_co_organisers(session, names)
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


def _outside(session: Session, ids: Sequence[int], at: datetime) -> list[FollowUp]:
    """Files of hers that belong to no request: reports that were handed out, and sheets they were read from."""
    files = session.scalars(select(OutFile).where(OutFile.kind == REPORT, OutFile.state == "written"))
    reports = [
        FollowUp(
            member_id=ids[0], kind=STALE, out_file_id=out.id, made_at=at,
            about=f"Delete the report on them, written {out.at:%d %b %Y}, unless you must keep it",
        )
        for out in files
        if set(ids) & set(out.members)
    ]  # fmt: skip
    names = _names_of(session, ids)
    sheets = dict.fromkeys(
        session.scalars(
            select(MemberSource.file_name).where(MemberSource.member_id.in_(ids)).order_by(MemberSource.id)
        )
    )
    told = dict.fromkeys("the sheet they came from" if _tells(sheet, names) else sheet for sheet in sheets)
    return reports + [
        FollowUp(member_id=ids[0], kind=STALE, made_at=at, about=f"Take them out of {sheet}, or delete it")
        for sheet in told
    ]


def _names_of(session: Session, ids: Sequence[int]) -> list[str]:
    """The words of their names and addresses, as they are and as they were before they were corrected."""
    told = (Member.first_name, Member.last_name, Member.email)
    now = (part for row in session.execute(select(*told).where(Member.id.in_(ids))) for part in row)
    changed = select(Change.before, Change.after).where(
        Change.entity == Member.__tablename__,
        Change.entity_id.in_([str(one) for one in ids]),
        Change.field.in_([column.key for column in told]),
    )
    before = (part for row in session.execute(changed) for part in row)
    words = (word for whole in (*now, *before) if isinstance(whole, str) for word in re.split(r"\W+", whole))
    return [word.casefold() for word in words if len(word) > 1]


def _tells(words: str, names: Collection[str]) -> bool:
    """Whether the name of a file says who somebody is; a short name only where it stands by itself."""
    folded = words.casefold()
    alone = set(re.split(r"[\W\d_]+", folded))
    return any(name in alone or (len(name) >= _LONG and name in folded) for name in names)


def _forget_files(session: Session, ids: Sequence[int], names: Collection[str]) -> set[int]:
    """Files that are named after somebody keep their folder and kind only; return which these were."""
    touched = set()
    for out in session.scalars(select(OutFile)):
        if set(ids) & set(out.members) and _tells(out.path, names):
            path = PurePath(out.path)
            out.path = out.beside = str(path.parent / f"(erased){path.suffix}")
            touched.add(out.id)
    return touched


def _forget_file_names(session: Session, ids: Sequence[int], names: Collection[str]) -> set[int]:
    """Of what is left to do, the names of files that say who somebody was; return which lines these were."""
    stale = select(FollowUp).where(FollowUp.member_id.in_(ids), FollowUp.kind == STALE)
    touched = set()
    for one in session.scalars(stale):
        if _tells(one.about, names):
            one.about = "Delete the file that is named after them"
            touched.add(one.id)
    return touched


def _forget_co_organisers(session: Session, names: Collection[str]) -> set[int]:
    """Take whoever is called so out of who helps with a meet-up; return which these were."""
    touched = set()
    for meetup in session.scalars(select(Meetup).where(Meetup.co_organisers != "")):
        kept = [name for name in meetup.co_organisers.split(", ") if not _is_called(name, names)]
        if len(kept) < len(meetup.co_organisers.split(", ")):
            meetup.co_organisers = ", ".join(kept)
            touched.add(meetup.id)
    return touched


def _is_called(name: str, names: Collection[str]) -> bool:
    words = [word for word in re.split(r"\W+", name.casefold()) if len(word) > 1]
    return bool(words) and all(word in names for word in words)


def _rows_about(session: Session, mapped: Any, ids: Collection[int]) -> list[Any]:
    return list(session.scalars(select(mapped).where(mapped.member_id.in_(ids))))


def _erase_evidence(session: Session, member_keys: Collection[str]) -> None:
    """The texts of these people's entries and their salts; the chain holds without them."""
    events = select(ConsentEvent.id).where(ConsentEvent.member_key.in_(member_keys))
    session.execute(delete(ConsentText).where(ConsentText.event_id.in_(events)))
