"""Two records of one person: bring them together, without rewriting what either of them said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.consent import follow_standing_noes, undo
from matcher.directory.duplicates import sort_people
from matcher.directory.folding import PLACE, START
from matcher.directory.known import known_members
from matcher.directory.members import find_member
from matcher.errors import UserError
from matcher.model import Batch, Change, Member, fields_of
from matcher.storage import HOURLY, Store, Undone, Unit, back_up_unless_kept, put_setting, reading, setting, work

_NOT_THE_SAME = "directory.not_the_same"
_WHOLE = (PLACE, START, ("heard_via", "partner_id"))
_OF_BOTH = ("conditions", "conditions_text", "never_share")


@dataclass(frozen=True, slots=True)
class Merged:
    """Who was kept, who now stands under her name, which fields of hers were filled, and the step to undo."""

    kept: int
    away: int
    filled: tuple[str, ...]
    batch: int


@dataclass(frozen=True, slots=True)
class MergedRecord:
    """A record that another stands for: whose it was, since when, and the step that undoing parts them by.

    ``batch`` is None when that step is not known any more.
    """

    id: int
    name: str
    at: datetime | None
    batch: int | None


@dataclass(frozen=True, slots=True)
class PossiblySame:
    """Two members who may be one person, and why."""

    one: int
    other: int
    why: str


def merge_members(store: Store, keep: int | str, away: int | str) -> Merged:
    """Let ``keep`` stand for ``away`` from now on.

    Only fields that are unknown of ``keep`` are filled from ``away``; the other record stays as it was, as an
    alias, so that undoing the step takes it all back. Permissions: the more restrictive of the two counts.
    A backup comes first, unless one was made within the hour. Raises UserError when that fails, or they are the
    same record already.
    """
    back_up_unless_kept(store, within=HOURLY)
    with work(store, "merge members") as unit:
        kept_id, away_id = find_member(unit.session, keep), find_member(unit.session, away)
        if kept_id == away_id:
            raise UserError(f"M{kept_id} cannot be merged with itself.", todo="Name two different members.")
        kept, gone = (unit.session.get_one(Member, member_id) for member_id in (kept_id, away_id))
        filled = _to_fill(_values(kept), _values(gone))
        for field, value in filled.items():
            setattr(kept, field, value)
        gone.merged_into = kept_id
        for alias in unit.session.scalars(select(Member).where(Member.merged_into == away_id)):
            alias.merged_into = kept_id
        follow_standing_noes(unit, [kept_id])
        return Merged(kept_id, away_id, tuple(filled), unit.batch_id)


def merged_records(store: Store, member: int | str) -> tuple[MergedRecord, ...]:
    """The records that a member stands for, the latest merged first. Raises UserError when there is no such one."""
    with reading(store) as session:
        member_id = find_member(session, member)
        aliases = session.scalars(select(Member).where(Member.merged_into == member_id)).all()
        found = [_merged(session, alias, member_id) for alias in aliases]
    return tuple(sorted(found, key=lambda record: (record.batch or 0, record.id), reverse=True))


def _merged(session: Session, alias: Member, heir: int) -> MergedRecord:
    step = session.execute(
        select(Batch.id, Batch.at, Change.after)
        .join(Batch, Batch.id == Change.batch_id)
        .where(Change.entity == Member.__tablename__, Change.entity_id == str(alias.id))
        .where(Change.field == Member.merged_into.key, Batch.undone_by.is_(None), Batch.undoes.is_(None))
        .order_by(Change.id.desc())
    ).first()
    if step is None or step.after != heir:
        return MergedRecord(alias.id, alias.name, None, None)
    return MergedRecord(alias.id, alias.name, step.at, step.id)


def unmerge_members(store: Store, member: int | str, away: int) -> Undone:
    """Part a merged record from the member who stands for it: undo the step that merged them.

    Fields filled by the merge go back where they were not changed since; see `consent.undo` for permissions.
    Raises UserError when ``away`` is not merged into ``member``, or when the step is not known.
    """
    records = {record.id: record for record in merged_records(store, member)}
    if away not in records:
        raise UserError(f"M{away} is not merged into this member.", todo="Look at “Everything held”.")
    batch = records[away].batch
    if batch is None:
        raise UserError(f"How M{away} was merged is not known any more, so it cannot be undone.")
    return undo(store, batch)


def _values(member: Member) -> dict[str, Any]:
    extra = ("latitude", "longitude", "start_year_earliest", "start_year_latest", "partner_id")
    return {field: getattr(member, field) for field in (*fields_of(Member), *extra)}


def _to_fill(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> dict[str, Any]:
    """The unknown fields that the other record knows; what belongs together is taken together or not at all.

    What either record asks for or rules out counts for both.
    """
    filled = {f: v for f, v in gone.items() if kept[f] is None and v not in (None, [])}
    for whole in _WHOLE:
        if any(kept[field] is not None for field in whole):
            filled = {f: v for f, v in filled.items() if f not in whole}
    filled |= {f: both for f in _OF_BOTH if (both := _united(kept[f], gone[f])) != kept[f]}
    if gone["shared_phone"] and not kept["shared_phone"] and gone["phone"] == kept["phone"]:
        filled["shared_phone"] = True
    return filled


def _united(kept: Any, gone: Any) -> Any:
    """What two records say of the same thing together: lists as one, words one after the other."""
    if isinstance(gone, list):
        return list(dict.fromkeys([*(kept or []), *gone]))
    if not gone or gone in (kept or ""):
        return kept
    return f"{kept}; {gone}" if kept else gone


def possible_duplicates(store: Store) -> tuple[PossiblySame, ...]:
    """Pairs of members who may be one person, without those that were once said to be two."""
    with reading(store) as session:
        known = known_members(session)
        rejected = {(min(pair), max(pair)) for pair in setting(session, _NOT_THE_SAME, [])}
    live = [index for index, member_id in enumerate(known.ids) if known.root[member_id] == member_id]
    found = sort_people([known.identities[index] for index in live])
    ids = [known.ids[index] for index in live]
    sure = [(group[0], other, found.why.get(other, "alike")) for group in found.groups for other in group[1:]]
    pairs = [*sure, *((doubt.one, doubt.other, doubt.why) for doubt in found.doubts)]
    return tuple(
        PossiblySame(ids[one], ids[other], why)
        for one, other, why in pairs
        if (min(ids[one], ids[other]), max(ids[one], ids[other])) not in rejected
    )


def say_not_the_same(store: Store, one: int, other: int) -> int:
    """Remember that two members are two people; they are not offered again. Return the step, to undo."""
    with work(store, "two people") as unit:
        tell_apart(unit, [(one, other)])
        return unit.batch_id


def tell_apart(unit: Unit, pairs: Iterable[tuple[int, int]]) -> None:
    """Remember that each of these pairs is two people."""
    before: list[list[int]] = setting(unit.session, _NOT_THE_SAME, [])
    new = [pair for pair in map(sorted, pairs) if pair not in before]
    if new:
        put_setting(unit, _NOT_THE_SAME, [*before, *new])
