"""A backup put back: made ready beside the store, and only then moved into its place.

Whatever has to be repeated in it is repeated while it stands beside. So a crash leaves the store as it was, or the
backup with every no that came since; never the backup alone.
"""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from matcher import clock
from matcher.errors import UserError
from matcher.storage import schema
from matcher.storage.backup_file import read_name, unpacked
from matcher.storage.backups import moment_of
from matcher.storage.cache import forget_aside_in
from matcher.storage.copies import BACKUPS, DATABASE, JOURNAL, STAMP, copy_verified, database_problems
from matcher.storage.durable import copy_durably, sync_file, sync_folder
from matcher.storage.engine import connect, fault_explained
from matcher.storage.journal import readable
from matcher.storage.keys import KEYS_FILE, Keys, WrongPassphraseError, key_mark, mark_of, open_keys
from matcher.storage.store import SUFFIX, holding

_READY = "restoring"


class DamagedBackupError(UserError):
    """A backup that cannot be read; the store was left alone."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A backup made ready beside its place: a store in ``folder`` to be opened with ``keys``.

    ``entries`` are what the journal holds, for what is missing to be repeated; ``unreadable`` lines are lost.
    """

    path: Path
    source: Path
    folder: Path
    made_at: datetime
    entries: list[dict[str, Any]]
    unreadable: int
    keys: Keys = field(repr=False)

    def move_in(self) -> Path | None:
        """Put it in its place. Returns where what stood there before is kept; None when there was nothing."""
        return _move_in(self)


@contextlib.contextmanager
def made_ready(path: Path, backup: Path, secret: str | Keys) -> Iterator[Ready]:
    """Check a backup and make it ready beside the store at ``path``, which is held meanwhile.

    ``backup`` is a folder or a packed file. ``secret`` is the passphrase or recovery words of the backup, or those
    of the store it is put into, or the store's keys. Raises UserError when the backup is damaged, of another store
    or newer than this program, WrongPassphraseError, or when the store is open elsewhere: then nothing was changed.
    """
    with contextlib.ExitStack() as afterwards:
        source = _folder_of(backup, path, afterwards)
        keys = secret if isinstance(secret, Keys) else _keys_of(source, path, secret)
        _check(source, path, keys, backup.name)
        is_new = not path.exists()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with holding(path), fault_explained(path):
            ready = path / _READY
            afterwards.callback(shutil.rmtree, ready, ignore_errors=True)
            try:
                _copy_beside(source, path, ready)
                entries, unreadable = readable(ready, keys)
                yield Ready(path, source, ready, _made_at(source), entries, len(unreadable), keys)
            except OSError as error:
                raise UserError(
                    "The backup could not be put back, and nothing was changed.",
                    where=path.name,
                    todo="Free some space on the disk.",
                ) from error
            finally:
                if is_new and not (path / DATABASE).exists():
                    afterwards.callback(shutil.rmtree, path, ignore_errors=True)


def name_of(backup: Path) -> str:
    """What the store in a backup is called, from the name of the packed file or of the folder it lies in."""
    if backup.is_file():
        found = read_name(backup.name)
        return found[0] if found else backup.stem
    store = next((one for one in backup.parents if one.suffix == SUFFIX), backup)
    return store.name.removesuffix(SUFFIX)


def _folder_of(backup: Path, path: Path, afterwards: contextlib.ExitStack) -> Path:
    if backup.is_file() and not (backup.parent / DATABASE).is_file():
        return afterwards.enter_context(unpacked(backup, path.with_name(path.name + ".opening")))
    source = backup if backup.is_dir() else backup.parent
    if not (source / DATABASE).is_file():
        raise UserError("There is no backup here.", where=backup.name, todo="Choose the folder of a backup.")
    return source


def _keys_of(source: Path, path: Path, secret: str) -> Keys:
    """The key of a backup; the passphrase may have been changed since, the key never does."""
    try:
        return open_keys(source, secret)
    except WrongPassphraseError:
        if not (path / KEYS_FILE).is_file():
            raise
        return open_keys(path, secret)


def _check(source: Path, path: Path, keys: Keys, name: str) -> None:
    standing = key_mark(path)
    if standing is not None and standing != mark_of(keys):
        raise UserError(
            "This backup is of another store, so it was not put back and nothing was changed.",
            where=name,
            todo="Open it from the first page, as a store of its own.",
        )
    problems = database_problems(source / DATABASE, keys)
    if problems:
        raise DamagedBackupError(
            f"This backup is damaged ({problems[0]}), so it was not put back and nothing was changed.",
            where=name,
            todo="Choose another backup.",
        )
    with contextlib.closing(connect(source / DATABASE, keys, read_only=True)) as connection:
        schema.refuse_newer(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _copy_beside(source: Path, path: Path, ready: Path) -> None:
    """The backup's database and keys, and the journal of the store it goes to, which knows what came since."""
    shutil.rmtree(ready, ignore_errors=True)
    for folder in (ready, ready / BACKUPS, ready / "files"):
        folder.mkdir(mode=0o700)
    journal = path / JOURNAL if (path / JOURNAL).is_file() else source / JOURNAL
    for file in (source / DATABASE, source / KEYS_FILE, journal):
        if file.is_file():
            shutil.copyfile(file, ready / file.name)


def _move_in(ready: Ready) -> Path | None:
    path, keys = ready.path, ready.keys
    with contextlib.closing(connect(ready.folder / DATABASE, keys)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sync_file(ready.folder / DATABASE)
    before = _keep_present(path, keys) if (path / DATABASE).exists() else None
    for name in (BACKUPS, "files"):
        (path / name).mkdir(mode=0o700, exist_ok=True)
    if (ready.source / "files").is_dir():
        shutil.copytree(ready.source / "files", path / "files", dirs_exist_ok=True)
    if key_mark(path) is None:
        copy_durably(ready.folder / KEYS_FILE, path / KEYS_FILE)
    if not (path / JOURNAL).exists() and (ready.folder / JOURNAL).is_file():
        copy_durably(ready.folder / JOURNAL, path / JOURNAL)
    forget_aside_in(path)
    (ready.folder / DATABASE).replace(path / DATABASE)
    sync_folder(path)
    return before


def _keep_present(path: Path, keys: Keys) -> Path:
    """Keep what stands in the store now: as a backup, or file by file when it is damaged. Its log is emptied.

    The write-ahead log must be gone before another database takes the place: it would be read into that one.
    """
    if key_mark(path) is not None and not database_problems(path / DATABASE, keys):
        kept = copy_verified(path, keys)
        with contextlib.closing(connect(path / DATABASE, keys)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        kept = path / BACKUPS / f"damaged-{clock.now().strftime(STAMP)}"
        kept.mkdir(mode=0o700, parents=True)
        for name in (*_database_files(path), KEYS_FILE, JOURNAL):
            if (path / name).is_file():
                copy_durably(path / name, kept / name)
    for name in _database_files(path):
        if name != DATABASE:
            (path / name).unlink()
    return kept


def _database_files(path: Path) -> list[str]:
    return [one.name for one in path.iterdir() if one.name.startswith(DATABASE) and not one.name.endswith(".new")]


def _made_at(source: Path) -> datetime:
    found = moment_of(source.name)
    return found or datetime.fromtimestamp((source / DATABASE).stat().st_mtime, UTC)
