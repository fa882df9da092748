"""Taking a chaser or an update into the request it carries on: which facts it changes, and the change itself."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Any

from matcher.errors import UserError
from matcher.model import Brief, Ethics, Payment, Request, Stage, StageMove
from matcher.storage import Unit, reading, request_of, work
from matcher.storage.store import Store
from matcher.triage.reading.request import Draft
from matcher.triage.updates import as_update, began

_ITS_OWN = frozenset({"title", "text", "deadline_text"})
"""What stays each letter's own; the words of a deadline go with its day."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A fact of the brief that the update says differently; values as the brief holds them."""

    field: str
    before: Any
    after: Any


def changes_between(before: Brief, after: Brief) -> tuple[FieldChange, ...]:
    """Every fact in which two briefs differ, in the order of the brief."""
    pairs = ((field.name, getattr(before, field.name), getattr(after, field.name)) for field in fields(Brief))
    return tuple(
        FieldChange(name, one, two)
        for name, one, two in pairs
        if one != two and name not in _ITS_OWN and not _says_less(one, two)
    )


def _says_less(before: object, after: object) -> bool:
    """Whether an update only mentions what was said in full before: “same ethics”, “same £30”."""
    if isinstance(before, Ethics) and isinstance(after, Ethics):
        return after == Ethics(before.status)
    if isinstance(before, Payment) and isinstance(after, Payment):
        return after.amount == before.amount and after.kind in ("", before.kind)
    return False


def changes_of_draft(store: Store, draft: Draft, earlier_id: int) -> tuple[FieldChange, ...]:
    """What a draft that is not logged yet would change in the request it carries on."""
    with reading(store) as session:
        earlier = began(session, earlier_id)
        brief = request_of(session, earlier.id).brief
        return changes_between(brief, as_update(session, draft, earlier).brief)


def changes_of_update(store: Store, update_id: int) -> tuple[FieldChange, ...]:
    """What a logged update would change. Raises UserError when it carries nothing on."""
    with reading(store) as session:
        update = request_of(session, update_id)
        return changes_between(request_of(session, _carried_on(update)).brief, update.brief)


def merge_update(store: Store, update_id: int, chosen: Collection[str] | None = None) -> int:
    """Take the facts of a logged update (all, or the ``chosen`` fields) into the request it carries on.

    The update is closed as merged; returns the step that an undo takes back. Raises UserError when it carries
    nothing on or was merged before.
    """
    with work(store, f"merge R{update_id}") as unit:
        update = request_of(unit.session, update_id)
        update.check_move(Stage.MERGED)
        update.stage = Stage.MERGED
        merge_into_earlier(unit, update, chosen)
        return unit.batch_id


def merge_into_earlier(unit: Unit, update: Request, chosen: Collection[str] | None) -> None:
    """Within a unit of work: change the earlier request, and keep what was taken over as the update's last move."""
    earlier = request_of(unit.session, began(unit.session, _carried_on(update)).id)
    brief = update.brief
    taken = [c.field for c in changes_between(earlier.brief, brief) if chosen is None or c.field in chosen]
    values = {name: getattr(brief, name) for name in taken}
    if "deadline" in values:
        values["deadline_text"] = brief.deadline_text
    earlier.evidence = {
        name: found for name, found in earlier.evidence.items() if name.partition(".")[0] not in values
    }
    earlier.brief = replace(earlier.brief, **values)
    words = ", ".join(name.replace("_", " ") for name in taken) or "nothing"
    note = f"Merged into R{earlier.id}; changed there: {words}."
    unit.session.add(StageMove(request_id=update.id, stage=Stage.MERGED, at=unit.now, note=note))


def _carried_on(update: Request) -> int:
    if update.updates is None:
        raise UserError(f"R{update.id} carries on no other request, so there is nothing to merge it into.")
    return update.updates
