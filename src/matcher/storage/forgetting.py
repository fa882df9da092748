"""Erasure in the log of changes: that a value changed stays known, what it was does not."""

from collections.abc import Collection, Mapping

from sqlalchemy import select, update

from matcher.model import Base, Change
from matcher.storage.unit_of_work import Unit

_FEW = 500


def forget_changes(unit: Unit, rows: Mapping[type[Base], Collection[int]], member_ids: Collection[int]) -> int:
    """Drop before and after of every change of these rows, this unit's own among them; return of how many rows.

    ``rows`` are the rows of each class that are or were about the members. Rows that were deleted earlier are
    found by the member that their last snapshot names.
    """
    unit.session.flush()
    return sum(_forget(unit, mapped, ids, member_ids) for mapped, ids in rows.items())


def _forget(unit: Unit, mapped: type[Base], ids: Collection[int], member_ids: Collection[int]) -> int:
    of_this = Change.entity == mapped.__tablename__
    keys = {str(key) for key in ids}
    if "member_id" in mapped.__table__.columns:
        named = Change.before["member_id"].as_integer().in_(member_ids)
        keys |= set(unit.session.scalars(select(Change.entity_id).where(of_this, Change.field == "*", named)))
    listed = sorted(keys)
    for start in range(0, len(listed), _FEW):
        some = Change.entity_id.in_(listed[start : start + _FEW])
        unit.session.execute(
            update(Change).where(of_this, some).values(before=None, after=None),
            execution_options={"synchronize_session": False},
        )
    return len(keys)
