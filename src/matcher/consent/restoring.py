"""Restoring a backup without restoring a yes: every no and erasure of the journal is repeated."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import exists, select

from matcher.consent.erasure import erase_again
from matcher.consent.ledger import REFUSALS
from matcher.consent.permissions import Permission, record
from matcher.consent.suppression import suppress
from matcher.model import ConsentEvent, Decision, How, Member, Purpose
from matcher.storage import Unit, forget_aside, ledger_end, open_with_keys, put_back, reading, work
from matcher.storage.journal import readable
from matcher.storage.store import Store

_REPEATED, _ERASED, _NOT_HERE = "repeated", "erased", "not here"
_EVIDENCE = "said after the backup that was restored"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    ``noes`` and ``erasures`` made since the backup were repeated. ``not_here`` said no but are not in this backup:
    importing them again is blocked until it is confirmed. ``before`` is where what stood there is kept.
    """

    made_at: datetime
    before: Path | None
    noes: int
    erasures: int
    not_here: int
    unreadable: int


def restore(path: Path, backup: Path, secret: str) -> Restored:
    """Put a backup back at ``path``, and repeat every no and erasure that came after it.

    Raises what `storage.put_back` raises; then nothing was changed.
    """
    put = put_back(path, backup, secret)
    entries, damaged = readable(path, put.keys)
    with open_with_keys(path, put.keys) as store:
        with reading(store) as session:
            ledger_end.begin_again(path, put.keys, session)
        forget_aside(store)
        done = repeat(store, entries)
    return Restored(
        put.made_at, put.before, done[_REPEATED], done[_ERASED], done[_NOT_HERE], len(damaged)
    )  # fmt: skip


def repeat(store: Store, entries: list[dict[str, Any]]) -> Counter[str]:
    """Repeat what the journal holds and the ledger has not heard of, in order; count what was done."""
    with work(store, "repeat what the journal holds") as unit:
        return Counter(done for entry in entries if (done := _repeat(unit, entry)))


def _repeat(unit: Unit, entry: Mapping[str, Any]) -> str:
    at = datetime.fromisoformat(entry["at"])
    if "erase" in entry:
        return _ERASED if erase_again(unit, entry["erase"], entry["suppress"], at) else ""
    if _is_known(unit, entry["withdraw"], at):
        return ""
    member = unit.session.scalar(select(Member).where(Member.member_key == entry["withdraw"]))
    if member is None:
        suppress(unit, entry.get("who", ()), at)
        return _NOT_HERE
    said = (Purpose(purpose) for purpose in entry["purposes"])
    record(
        unit,
        *(
            Permission(member.id, about, Decision.WITHDRAWN, at, How.JOURNAL, "kept through a restore")
            for about in said
        ),
    )
    return _REPEATED


def _is_known(unit: Unit, member_key: str, at: datetime) -> bool:
    """Whether the ledger holds a no of this step: entries and journal carry the same instant."""
    event = exists().where(
        ConsentEvent.member_key == member_key, ConsentEvent.recorded_at == at, ConsentEvent.decision.in_(REFUSALS)
    )
    return bool(unit.session.scalar(select(event)))
