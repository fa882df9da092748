"""Backups of a store: made when something changed, listed, and thinned out with age."""

import contextlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlcipher3.dbapi2 import DatabaseError

from matcher import clock
from matcher.errors import UserError
from matcher.model import Batch
from matcher.storage.copies import BACKUPS, DATABASE, STAMP, copy_verified, database_problems
from matcher.storage.engine import connect, damage_explained
from matcher.storage.keys import KEYS_FILE
from matcher.storage.store import Store, reading
from matcher.storage.unit_of_work import revision

RECENT, DAYS, WEEKS, MONTHS = 10, 7, 5, 12
"""The newest so many are kept, and for so many days, weeks and months the last backup of each."""

DAILY, HOURLY = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was verified when it was made, at that moment; ``size`` is in bytes."""

    path: Path
    made_at: datetime
    size: int = 0


def back_up(store: Store) -> Path:
    """Make a verified, encrypted backup in the store's ``backups/``, thin out the old ones; return its folder.

    Raises UserError when it cannot be written or does not verify; then none is left behind.
    """
    folder = copy_verified(store.path, store.keys)
    thin_out(store)
    return folder


def back_up_unless_kept(store: Store, *, within: timedelta = timedelta(0)) -> Path | None:
    """Make a backup unless the newest one holds all there is, or is no older than ``within``; return what was made.

    Raises what `back_up` raises.
    """
    newest = next(iter(backups(store)), None)
    if newest is not None and (clock.now() - newest.made_at < within or not _changed_since(store, newest)):
        return None
    return back_up(store)


def backups(store: Store) -> tuple[Backup, ...]:
    """The backups in the store's own folder, the newest first."""
    return backups_at(store.path)


def backups_at(path: Path) -> tuple[Backup, ...]:
    """`backups` of the store at a path that is not open."""
    folder = path / BACKUPS
    found = ((one, moment_of(one.name)) for one in folder.iterdir()) if folder.is_dir() else ()
    kept = [Backup(one, moment, _size(one)) for one, moment in found if moment and (one / DATABASE).is_file()]
    return tuple(sorted(kept, key=lambda backup: backup.made_at, reverse=True))


def last_backup(store: Store) -> datetime | None:
    """When the newest backup in the store's own folder was made; None when there is none."""
    found = backups(store)
    return found[0].made_at if found else None


def backup_problems(store: Store, backup: Path) -> tuple[str, ...]:
    """What is wrong with a backup in the store's own folder; empty when it can be put back."""
    return database_problems(backup / DATABASE, store.keys)


def steps_since(store: Store, backup: Path) -> int:
    """How many steps were made since a backup in the store's own folder. Raises UserError when it is damaged."""
    with damage_explained(backup / DATABASE):
        held = _newest_step(store, backup)
    with reading(store) as session:
        return session.scalar(select(func.count()).where(Batch.id > held)) or 0


def thin_out(store: Store) -> tuple[Path, ...]:
    """Remove backups that no day, week or month needs any more; return them. The newest always stays."""
    found = backups(store)
    kept = worth_keeping(backup.made_at for backup in found)
    gone = tuple(backup.path for backup in found if backup.made_at not in kept)
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
    return gone


def worth_keeping(moments: Iterable[datetime]) -> set[datetime]:
    """The newest few, and the newest of each of the last so many days, weeks and months that have one."""
    newest_first = sorted(moments, reverse=True)
    kept = set(newest_first[:RECENT])
    for label, most in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        of_period: dict[str, datetime] = {}
        for moment in newest_first:
            of_period.setdefault(moment.strftime(label), moment)
        kept |= set(list(of_period.values())[:most])
    return kept


def moment_of(name: str) -> datetime | None:
    """When a backup of this name was made; None when it is none."""
    try:
        return datetime.strptime(name, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def integrity_problems(store: Store, database: Path | None = None) -> tuple[str, ...]:
    """What is wrong with the store's database, or with another under its key."""
    return database_problems(database or store.path / DATABASE, store.keys)


def _changed_since(store: Store, backup: Backup) -> bool:
    """Whether the store holds what the backup does not: a later step, or other keys."""
    if _content(store.path / KEYS_FILE) != _content(backup.path / KEYS_FILE):
        return True
    try:
        held = _newest_step(store, backup.path)
    except (DatabaseError, OSError, UserError):
        return True
    with reading(store) as session:
        return revision(session) != held


def _newest_step(store: Store, backup: Path) -> int:
    with contextlib.closing(connect(backup / DATABASE, store.keys, read_only=True)) as connection:
        return connection.execute("SELECT max(id) FROM batch").fetchone()[0] or 0


def _content(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
