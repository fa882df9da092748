"""The checklists by audience: what is asked of a request before any member hears of it. Hers to change."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.model import Audience
from matcher.storage import put_setting, reading, setting, work
from matcher.storage.store import Store
from matcher_resources import path_to

_SETTING = "checklists"
_FILE = "templates/checklists.toml"


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One item: ``short`` on screen, a ``question`` put so that yes is good, and what a letter asks for.

    ``ask`` when the answer is unknown, ``ask_no`` when it is no. A ``must`` holds the request back.
    """

    key: str
    short: str
    question: str
    ask: str
    ask_no: str = ""
    must: bool = True


Checklist = tuple[CheckItem, ...]


@cache
def usual_checklists() -> dict[Audience, Checklist]:
    """The checklists that Matcher comes with."""
    with path_to(_FILE).open("rb") as file:
        return {Audience(audience): _items(items) for audience, items in tomllib.load(file).items()}


def checklist_in(session: Session, audience: Audience) -> Checklist:
    """The checklist for an audience as this network keeps it."""
    own: Mapping[str, Any] = setting(session, _SETTING, {})
    return _items(own[audience]) if audience in own else usual_checklists()[audience]


def read_checklists(store: Store) -> dict[Audience, Checklist]:
    """Every checklist of this network."""
    with reading(store) as session:
        return {audience: checklist_in(session, audience) for audience in usual_checklists()}


def save_checklist(store: Store, audience: Audience, items: Sequence[CheckItem] | None) -> int | None:
    """Keep a changed checklist, or with None the usual one again; the step made, None when nothing differs.

    Raises UserError when an item has no question or nothing to ask for, or two share a key.
    """
    kept = tuple(items) if items is not None else usual_checklists()[audience]
    _check(kept)
    with work(store, f"change the {audience.value} checklist") as unit:
        if checklist_in(unit.session, audience) == kept:
            return None
        own = {name: held for name, held in setting(unit.session, _SETTING, {}).items() if name != audience}
        if kept != usual_checklists()[audience]:
            own[audience.value] = [asdict(item) for item in kept]
        put_setting(unit, _SETTING, own)
        return unit.batch_id


def new_key(items: Sequence[CheckItem]) -> str:
    """A key for an item of her own that none of these has."""
    taken = {item.key for item in items}
    return next(f"own_{number}" for number in range(1, len(items) + 2) if f"own_{number}" not in taken)


def _items(raw: Sequence[Mapping[str, Any]]) -> Checklist:
    return tuple(CheckItem(**item) for item in raw)


def _check(items: Checklist) -> None:
    for number, item in enumerate(items, start=1):
        if not (item.key and item.short.strip() and item.question.strip() and item.ask.strip()):
            raise UserError(
                "An item of a checklist needs a name, a question, and what a letter asks for.",
                where=f"item {number}",
            )
    if len({item.key for item in items}) < len(items):
        raise UserError("Two items of the checklist have the same key.")
