"""Undo as she knows it: values go back, grants of that step are voided, every no stays."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.consent.aftermath import follow_standing_noes
from matcher.consent.ledger import void_grants
from matcher.model import Member
from matcher.storage import Undone, check_can_be_undone, count_noes, last_batch, reading, revert, work
from matcher.storage.store import Store


def undo(store: Store, batch_id: int | None = None) -> Undone:
    """Undo a step, the last one when ``batch_id`` is None.

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
        follow_standing_noes(unit, _members_of(unit.session, voided))
    kept = (f"{noes} times no: a no is never undone",) if noes else ()
    return replace(undone, reverted=undone.reverted + len(voided), kept=undone.kept + kept)


def _members_of(session: Session, keys: Sequence[str]) -> list[int]:
    """The people whose keys these are, where they are still there."""
    found: set[int] = set()
    listed = sorted(set(keys))
    for start in range(0, len(listed), 500):
        found |= set(session.scalars(select(Member.id).where(Member.member_key.in_(listed[start : start + 500]))))
    return sorted(found)
