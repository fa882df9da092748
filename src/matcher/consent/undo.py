"""Undo as she knows it: values go back, grants of that step are voided, every no stays."""

from matcher.consent.ledger import void_grants
from matcher.storage import Undone, last_batch, reading, revert, work
from matcher.storage.store import Store


def undo(store: Store, batch_id: int | None = None) -> Undone:
    """Undo a step, the last one when ``batch_id`` is None. Raises UserError when there is nothing to undo."""
    if batch_id is None:
        with reading(store) as session:
            batch_id = last_batch(session)
    with work(store, "undo", undoes=batch_id) as unit:
        void_grants(unit, batch_id)
        return revert(unit, batch_id)
