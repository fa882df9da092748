"""Views of the members that she keeps under a name: what was typed and chosen, the columns and their order."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from matcher.errors import UserError
from matcher.storage import Store, put_setting, reading, setting, work

_VIEWS = "directory.views"
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view: ``query`` as typed, ``chosen`` facet -> values, ``columns`` shown (empty: those chosen last).

    ``sort`` is the key of a column, ``down`` whether the largest come first.
    """

    name: str
    query: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    sort: str = "name"
    down: bool = False


def saved_views(store: Store) -> tuple[SavedView, ...]:
    """The views kept in this store, by name."""
    with reading(store) as session:
        kept: Mapping[str, Mapping[str, Any]] = setting(session, _VIEWS, {})
    views = (_view(name, values) for name, values in kept.items())
    return tuple(sorted(views, key=lambda view: view.name.casefold()))


def save_view(store: Store, view: SavedView) -> int:
    """Keep a view, in place of one of the same name; return the step. Raises UserError when it has no name."""
    name = view.name.strip()
    if not name:
        raise UserError("A view needs a name.", todo="Type one, such as “Yorkshire, nights”.")
    if len(name) > _LONGEST_NAME:
        raise UserError(f"This name is longer than {_LONGEST_NAME} letters.", todo="Shorten it.")
    values = asdict(view) | {"chosen": {facet: list(chosen) for facet, chosen in view.chosen.items()}}
    with work(store, "save a view") as unit:
        before = setting(unit.session, _VIEWS, {})
        others = {known: kept for known, kept in before.items() if known.casefold() != name.casefold()}
        put_setting(unit, _VIEWS, {**others, name: {key: values[key] for key in values if key != "name"}})
        return unit.batch_id


def forget_view(store: Store, name: str) -> int:
    """Forget a view; return the step, to undo. Raises UserError when there is none of that name."""
    with work(store, "forget a view") as unit:
        before = setting(unit.session, _VIEWS, {})
        if name not in before:
            raise UserError(f"There is no view called “{name}”.")
        put_setting(unit, _VIEWS, {known: kept for known, kept in before.items() if known != name})
        return unit.batch_id


def _view(name: str, kept: Mapping[str, Any]) -> SavedView:
    return SavedView(
        name,
        kept.get("query", ""),
        {facet: tuple(values) for facet, values in kept.get("chosen", {}).items()},
        tuple(kept.get("columns", ())),
        kept.get("sort", "name"),
        kept.get("down", False),
    )
