"""Backups of a store: made, thinned out with age, and put back."""

import contextlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from matcher import clock
from matcher.errors import UserError
from matcher.storage import schema
from matcher.storage.copies import BACKUPS, DATABASE, JOURNAL, STAMP, copy_verified, database_problems
from matcher.storage.durable import copy_durably
from matcher.storage.engine import connect
from matcher.storage.keys import KEYS_FILE, Keys, WrongPassphraseError, open_keys
from matcher.storage.store import Store, holding

RECENT, DAYS, WEEKS, MONTHS = 10, 7, 5, 12
"""The newest so many are kept, and for so many days, weeks and months the last backup of each."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in the store's own folder, and when it was made."""

    path: Path
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PutBack:
    """A backup that was put back: when it was made, where what stood there before is kept (None: nothing).

    ``keys`` open the store from now on.
    """

    made_at: datetime
    before: Path | None
    keys: Keys = field(repr=False)


def back_up(store: Store) -> Path:
    """Make a verified, encrypted backup in the store's ``backups/``, thin out the old ones; return its folder.

    Raises UserError when it cannot be written or does not verify; then none is left behind.
    """
    folder = copy_verified(store.path, store.keys)
    thin_out(store)
    return folder


def backups(store: Store) -> tuple[Backup, ...]:
    """The backups in the store's own folder, the newest first."""
    return _backups_in(store.path)


def _backups_in(path: Path) -> tuple[Backup, ...]:
    folder = path / BACKUPS
    found = ((one, _moment_of(one.name)) for one in folder.iterdir()) if folder.is_dir() else ()
    kept = [Backup(one, moment) for one, moment in found if moment and (one / DATABASE).is_file()]
    return tuple(sorted(kept, key=lambda backup: backup.made_at, reverse=True))


def last_backup(store: Store) -> datetime | None:
    """When the newest backup in the store's own folder was made; None when there is none."""
    found = backups(store)
    return found[0].made_at if found else None


def thin_out(store: Store) -> tuple[Path, ...]:
    """Remove backups that no day, week or month needs any more; return them. The newest always stays."""
    found = backups(store)
    kept = _to_keep(found)
    gone = tuple(backup.path for backup in found if backup not in kept)
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
    return gone


def _to_keep(found: Iterable[Backup]) -> set[Backup]:
    """The newest few, and the newest of each of the last so many days, weeks and months that have one."""
    newest_first = list(found)
    kept = set(newest_first[:RECENT])
    for label, most in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        of_period: dict[str, Backup] = {}
        for backup in newest_first:
            of_period.setdefault(backup.made_at.strftime(label), backup)
        kept |= set(list(of_period.values())[:most])
    return kept


def put_back(path: Path, backup: Path, secret: str) -> PutBack:
    """Make the store at ``path`` what it was in ``backup``; what stands there now is kept as a backup first.

    ``secret`` is the passphrase or recovery words of the backup, or those of the store it is put into. The store's
    own journal stays, for its noes to be repeated. With no store at ``path`` one is made from the backup.
    Raises UserError when the backup is damaged or newer than this program, WrongPassphraseError, or when the store
    is open elsewhere: then nothing was changed.
    """
    source = backup if backup.is_dir() else backup.parent
    if not (source / DATABASE).is_file():
        raise UserError("There is no backup here.", where=backup.name, todo="Choose the folder of a backup.")
    keys = _keys_of(source, path, secret)
    _check(source, keys)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    with holding(path):
        return PutBack(_made_at(source), _replace(path, source, keys), keys)


def _keys_of(source: Path, path: Path, secret: str) -> Keys:
    """The key of a backup; the passphrase may have been changed since, the key never does."""
    try:
        return open_keys(source, secret)
    except WrongPassphraseError:
        if not (path / KEYS_FILE).is_file():
            raise
        return open_keys(path, secret)


def _check(source: Path, keys: Keys) -> None:
    problems = database_problems(source / DATABASE, keys)
    if problems:
        raise UserError(
            f"This backup is damaged ({problems[0]}), so it was not put back and nothing was changed.",
            where=source.name,
            todo="Choose another backup.",
        )
    with contextlib.closing(connect(source / DATABASE, keys, read_only=True)) as connection:
        schema.refuse_newer(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _replace(path: Path, source: Path, keys: Keys) -> Path | None:
    """Put the backup's database in place, in an order in which a crash leaves the old or the new store whole."""
    before = _keep_present(path, keys) if (path / DATABASE).exists() else None
    for name in (BACKUPS, "files"):
        (path / name).mkdir(mode=0o700, exist_ok=True)
    if (source / "files").is_dir():
        shutil.copytree(source / "files", path / "files", dirs_exist_ok=True)
    for name in (KEYS_FILE, JOURNAL):
        if (source / name).is_file() and not (path / name).exists():
            copy_durably(source / name, path / name)
    copy_durably(source / DATABASE, path / DATABASE)
    return before


def _keep_present(path: Path, keys: Keys) -> Path:
    """Keep what stands in the store now: as a backup, or file by file when it is damaged. Its log is emptied.

    The write-ahead log must be gone before another database takes the place: it would be read into that one.
    """
    if not database_problems(path / DATABASE, keys):
        kept = copy_verified(path, keys)
        with contextlib.closing(connect(path / DATABASE, keys)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        kept = path / BACKUPS / f"damaged-{clock.now().strftime(STAMP)}"
        kept.mkdir(mode=0o700, parents=True)
        for name in _database_files(path):
            shutil.copy2(path / name, kept / name)
    for name in _database_files(path):
        if name != DATABASE:
            (path / name).unlink()
    return kept


def _database_files(path: Path) -> list[str]:
    return [one.name for one in path.iterdir() if one.name.startswith(DATABASE) and not one.name.endswith(".new")]


def _made_at(source: Path) -> datetime:
    found = _moment_of(source.name)
    return found or datetime.fromtimestamp((source / DATABASE).stat().st_mtime, UTC)


def _moment_of(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def integrity_problems(store: Store, database: Path | None = None) -> tuple[str, ...]:
    """What is wrong with the store's database, or with another under its key."""
    return database_problems(database or store.path / DATABASE, store.keys)
