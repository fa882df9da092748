"""Taking a unit of work back: the inverse of each change, applied only where its result still stands."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.model import Base, Batch, Change, ConsentEvent, Decision, Member
from matcher.storage.unit_of_work import Unit, as_json, from_json

_NO = (Decision.REFUSED, Decision.WITHDRAWN)
LASTING = frozenset({"release", "out_file", "suppression", "consent_wording", "follow_up"})
"""What undo never takes back: what has left has left."""
_NOTHING = ("null",)
"""How the log keeps that there is no value, or none any more."""
_OF_A_NO = frozenset({"invitation", "shortlist_entry", "meetup_invitation"})
"""What follows from a no of somebody in the step that recorded it; it stays with the no."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: the batch taken back, how many changes were reverted, and what was kept and why.

    ``step`` is the batch of the undo itself.
    """

    batch_id: int
    what: str
    reverted: int
    kept: tuple[str, ...]
    step: int


def leaves_something() -> ColumnElement[bool]:
    """Of a batch: whether taking it back would do anything. What was erased cannot be brought back."""
    holds = Change.before.cast(String).not_in(_NOTHING) | Change.after.cast(String).not_in(_NOTHING)
    changed = exists().where(Change.batch_id == Batch.id, Change.entity.not_in(LASTING), holds)
    decided = exists().where(ConsentEvent.batch_id == Batch.id)
    erased = exists().where(Change.batch_id == Batch.id, Change.field == Member.erased_at.key)
    return and_(changed | decided, ~erased)


def last_batch(session: Session) -> int:
    """The newest step that can be taken back: not undone, not itself an undo, more than a note of what left.

    Raises UserError when there is none.
    """
    found = session.scalar(
        select(Batch.id)
        .where(Batch.undone_by.is_(None), Batch.undoes.is_(None), leaves_something())
        .order_by(Batch.id.desc())
        .limit(1)
    )
    if found is None:
        raise UserError("There is nothing to undo.")
    return found


def check_can_be_undone(session: Session, batch_id: int) -> None:
    """Raise UserError when there is no such batch or it was undone already."""
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise UserError(f"There is no step {batch_id} to undo.")
    if batch.undone_by is not None:
        raise UserError(f"Step {batch_id} was undone already.")


def count_noes(session: Session, batch_id: int) -> int:
    """How many refusals and withdrawals a batch recorded."""
    noes = select(func.count()).where(ConsentEvent.batch_id == batch_id, ConsentEvent.decision.in_(_NO))
    return session.scalar(noes) or 0


def revert(unit: Unit, batch_id: int) -> Undone:
    """Revert a batch within ``unit``, the unit of work that undoes it."""
    batch = unit.session.get_one(Batch, batch_id)
    changes = unit.session.scalars(
        select(Change).where(Change.batch_id == batch_id).order_by(Change.id.desc())
    ).all()
    said_no = _who_said_no(unit.session, batch_id)
    problems = [
        f"{change.entity} {change.entity_id}: who said no may not be asked again by undoing"
        if said_no and change.entity in _OF_A_NO and _whose(unit.session, change) in said_no
        else _revert_one(unit, change)
        for change in changes
    ]
    batch.undone_by = unit.batch_id
    if batch.undoes is not None:  # an undo that is taken back: what it undid stands again
        unit.session.get_one(Batch, batch.undoes).undone_by = None
    kept = tuple(problem for problem in problems if problem)
    return Undone(batch_id, batch.what, len(changes) - len(kept), kept, unit.batch_id)


def _who_said_no(session: Session, batch_id: int) -> frozenset[int]:
    """The records of everybody whose refusal or withdrawal a batch recorded, as people stand now."""
    keys = select(ConsentEvent.member_key).where(ConsentEvent.batch_id == batch_id, ConsentEvent.decision.in_(_NO))
    person = Member.person()
    people = select(person).where(Member.member_key.in_(keys))
    return frozenset(session.scalars(select(Member.id).where(person.in_(people))))


def _whose(session: Session, change: Change) -> int | None:
    """The member whose ask or place on a list changed."""
    if isinstance(change.before, dict):
        return change.before.get("member_id")
    row: Any = session.get(_mapped(change.entity), int(change.entity_id))
    return None if row is None else row.member_id


def _revert_one(unit: Unit, change: Change) -> str | None:
    """Revert one change; return why it was kept, or None."""
    name = f"{change.entity} {change.entity_id}"
    if change.entity in LASTING:
        return f"{name}: what has left the program stays logged"
    if change.before is None and change.after is None:
        return f"{name}: it was erased"
    try:
        with unit.session.begin_nested():
            return _take_back(unit, _mapped(change.entity), change, name)
    except IntegrityError as error:
        reason = str(error.orig)
        return f"{name}: " + ("something else refers to it" if reason.startswith("FOREIGN KEY") else reason)


def _take_back(unit: Unit, mapped: type[Base], change: Change, name: str) -> str | None:
    row = unit.session.get(mapped, _typed_key(mapped, change.entity_id))
    if change.field == "*" and change.after is None:
        if row is not None:
            return f"{name}: it is there again"
        _restore_row(unit, mapped, change.before)
        return None
    if row is None:
        return f"{name}: it is no longer there"
    if change.field == "*":
        return _remove_row(unit, row, change, name)
    return _restore_value(row, change, name)


def _remove_row(unit: Unit, row: Base, change: Change, name: str) -> str | None:
    later = unit.session.scalar(
        select(Change.id)
        .join(Batch, Batch.id == Change.batch_id)
        .where(Change.entity == change.entity, Change.entity_id == change.entity_id)
        .where(Change.batch_id > change.batch_id, Batch.undone_by.is_(None), Batch.undoes.is_(None))
        .limit(1)
    )
    if later is not None:
        return f"{name}: it was changed since"
    if isinstance(row, Member) and _said_no(unit.session, row):
        return f"{name}: it holds a no, which must be remembered"
    unit.session.delete(row)
    return None


def _said_no(session: Session, member: Member) -> bool:
    no = select(ConsentEvent.id).where(
        ConsentEvent.member_key == member.member_key,
        ConsentEvent.decision.in_(_NO),
    )
    return session.scalar(no.limit(1)) is not None


def _restore_value(row: Base, change: Change, name: str) -> str | None:
    table = row.__table__
    attribute = row.__mapper__.get_property_by_column(table.columns[change.field]).key
    if as_json(getattr(row, attribute)) != change.after:
        return f"{name}: {change.field} was changed since"
    setattr(row, attribute, from_json(table.columns[change.field], change.before))
    return None


def _restore_row(unit: Unit, mapped: type[Base], before: dict[str, Any]) -> None:
    columns = mapped.__table__.columns
    values = {
        mapped.__mapper__.get_property_by_column(columns[name]).key: from_json(columns[name], value)
        for name, value in before.items()
    }
    unit.session.add(mapped(**values))


def _mapped(entity: str) -> type[Base]:
    return next(m.class_ for m in Base.registry.mappers if m.local_table.name == entity)  # type: ignore[attr-defined]


def _typed_key(mapped: type[Base], key: str) -> Any:
    return key if mapped.__mapper__.primary_key[0].type.python_type is str else int(key)
