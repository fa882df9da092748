"""What was done in a store lately: its last steps."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.model import Base, Batch, Change
from matcher.storage.store import Store, reading
from matcher.storage.undo import leaves_something


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A step that was done: its name (“import members”), when, and whether it was taken back since.

    ``can_undo`` is False for undos themselves, for what was undone, and for what left the program.
    """

    id: int
    what: str
    at: datetime
    undone: bool
    can_undo: bool


def recent_batches(store: Store, limit: int) -> tuple[BatchRow, ...]:
    """The last ``limit`` steps, the newest first; undos are told by what they undid, not listed."""
    wanted = (
        select(Batch.id, Batch.what, Batch.at, Batch.undone_by, leaves_something())
        .where(Batch.undoes.is_(None))
        .order_by(Batch.id.desc())
        .limit(limit)
    )
    with reading(store) as session:
        return tuple(
            BatchRow(number, what, at, undone_by is not None, undone_by is None and bool(reverts))
            for number, what, at, undone_by, reverts in session.execute(wanted)
        )


def changed_since(session: Session, revision: int, entity: type[Base]) -> set[int]:
    """The ids of an entity whose rows came, went or changed in any step after ``revision``."""
    found = session.scalars(
        select(Change.entity_id).where(Change.batch_id > revision, Change.entity == entity.__tablename__).distinct()
    )
    return {int(key) for key in found}
