"""Undo as she knows it: values go back, grants of that step are voided, every no stays."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.consent.aftermath import follow_standing_noes
from matcher.consent.ledger import void_grants, void_shared_grants
from matcher.errors import UserError
from matcher.model import Batch, Change, ConsentEvent, Member
from matcher.storage import Undone, Unit, check_can_be_undone, count_noes, last_batch, reading, revert, work
from matcher.storage.store import Store


def undo(store: Store, batch_id: int | None = None) -> Undone:
    """Undo a step, the last one when ``batch_id`` is None.

    Undoing a merge parts two people again: each is as they were, a no said meanwhile stays with both, and a yes
    recorded meanwhile is nobody's, for nobody knows whose it was.
    Raises UserError when there is nothing to undo, no such step, or it was undone already.
    """
    with reading(store) as session:
        if batch_id is None:
            batch_id = last_batch(session)
        check_can_be_undone(session, batch_id)
    with work(store, "undo", undoes=batch_id) as unit:
        voided = void_grants(unit, batch_id)
        undone = revert(unit, batch_id)
        noes = count_noes(unit.session, batch_id)
        parted = _part(unit, batch_id)
        follow_standing_noes(unit, _members_of(unit.session, [*voided, *parted]))
    kept = [f"{noes} times no: a no is never undone"] if noes else []
    if parted:
        kept.append(
            "permissions given while two were one count for neither: record them again for whoever gave them"
        )
    return replace(undone, reverted=undone.reverted + len(voided), kept=(*undone.kept, *kept))


def redo(store: Store, step: int) -> Undone:
    """Do again what the undo ``step`` took back, as long as nothing was done since.

    Raises UserError when something was, and for what nobody may repeat without being asked: permissions, which need
    their evidence anew, and records that were made one.
    """
    with reading(store) as session:
        undone = session.scalar(select(Batch.undoes).where(Batch.id == step))
        if undone is None or session.scalar(select(func.max(Batch.id))) != step:
            raise UserError("There is nothing to do again.", todo="Only what was undone last can be, and at once.")
        if session.scalar(select(ConsentEvent.id).where(ConsentEvent.batch_id == undone).limit(1)) is not None:
            raise UserError(
                "A permission is not given again by a key.", todo="Record it anew, with how it was said."
            )
        merged = (Change.batch_id == undone) & (Change.field == Member.merged_into.key)
        if session.scalar(select(Change.id).where(merged).limit(1)) is not None:
            raise UserError("Two records are not made one again by a key.", todo="Merge them anew.")
        what = session.get_one(Batch, undone).what
    with work(store, "redo", undoes=step) as unit:
        return replace(revert(unit, step), batch_id=undone, what=what)


def _part(unit: Unit, batch_id: int) -> list[str]:
    """Take back what was given while people were one who were merged in a step and are two again."""
    merged = unit.session.execute(
        select(Change.entity_id, Change.after)
        .where(Change.batch_id == batch_id, Change.entity == Member.__tablename__)
        .where(Change.field == Member.merged_into.key, Change.after.is_not(None))
    )
    away = defaultdict[int, set[str]](set)
    for entity_id, heir in merged:
        member = unit.session.get(Member, int(entity_id))
        if member is not None and heir is not None and member.merged_into != heir:
            away[int(heir)].add(member.member_key)
    voided = []
    for heir, keys in away.items():
        stays = unit.session.scalars(
            select(Member.member_key).where((Member.id == heir) | (Member.merged_into == heir))
        )
        voided += void_shared_grants(unit, batch_id, keys, list(stays))
    return voided


def _members_of(session: Session, keys: Sequence[str]) -> list[int]:
    """The people whose keys these are, where they are still there."""
    found: set[int] = set()
    listed = sorted(set(keys))
    for start in range(0, len(listed), 500):
        found |= set(session.scalars(select(Member.id).where(Member.member_key.in_(listed[start : start + 500]))))
    return sorted(found)
