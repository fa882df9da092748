"""Restoring a backup without restoring a yes: every no and erasure of the journal is repeated."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from matcher.consent.erasure import erase_again
from matcher.consent.ledger import REFUSALS
from matcher.consent.permissions import Permission, record
from matcher.consent.suppression import suppress
from matcher.errors import UserError
from matcher.model import ConsentEvent, Decision, How, Member, Purpose
from matcher.progress import Progress, silent
from matcher.storage import (
    Backup,
    DamagedBackupError,
    Keys,
    Unit,
    backups_at,
    ledger_end,
    made_ready,
    open_with_keys,
    steps_since,
    work,
)
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


def restore(path: Path, backup: Path, secret: str | Keys, progress: Progress = silent) -> Restored:
    """Put a backup back at ``path``, with every no and erasure that came after it.

    ``backup`` is a folder or a packed file. They are repeated before it takes its place: a crash leaves the store
    as it was, or the backup without a yes that was taken back. Raises what `storage.made_ready` raises; then
    nothing was changed.
    """
    progress(0, 3, "Checking the backup")
    with made_ready(path, backup, secret) as ready:
        progress(1, 3, "Repeating every no since")
        with open_with_keys(ready.folder, ready.keys) as store:
            done = repeat(store, ready.entries)
            with Session(store.writer) as session, session.begin():
                ledger_end.begin_again_when_opened(session)
        progress(2, 3, "Keeping what is there now")
        before = ready.move_in()
        progress(3, 3, "Done")
        return Restored(
            ready.made_at, before, done[_REPEATED], done[_ERASED], done[_NOT_HERE], ready.unreadable
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WouldRestore:
    """What restoring a backup would come to.

    ``steps`` made since would be gone; ``noes`` and ``erasures`` since would be repeated.
    """

    steps: int
    noes: int
    erasures: int


def would_restore(store: Store, backup: Backup) -> WouldRestore:
    """What restoring a backup in the store's own folder would come to. Raises UserError when it is damaged."""
    entries, _damaged = readable(store.path, store.keys)
    since = [entry for entry in entries if datetime.fromisoformat(entry["at"]) > backup.made_at]
    erasures = sum("erase" in entry for entry in since)
    return WouldRestore(steps_since(store, backup.path), len(since) - erasures, erasures)


def restore_newest(path: Path, secret: str, progress: Progress = silent) -> Restored:
    """Put the newest backup back that can be read, at the path of a damaged store.

    Raises UserError when there is none, and WrongPassphraseError; then nothing was changed.
    """
    for backup in backups_at(path):
        try:
            return restore(path, backup.path, secret, progress)
        except DamagedBackupError:
            continue
    raise UserError(
        "There is no good backup in this store.",
        where=path.name,
        todo="Look for one off this computer: a stick, or a synced folder.",
    )


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
    """Whether the ledger holds a no of this step, made then (both carry one instant) or repeated in a restore."""
    repeated = and_(ConsentEvent.at == at, ConsentEvent.how == How.JOURNAL)
    event = exists().where(
        ConsentEvent.member_key == member_key,
        or_(ConsentEvent.recorded_at == at, repeated),
        ConsentEvent.decision.in_(REFUSALS),
    )
    return bool(unit.session.scalar(select(event)))
