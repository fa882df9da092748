"""A whole copy of a database made while it is in use, and proof that a database can be read."""

import contextlib
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from sqlcipher3.dbapi2 import DatabaseError

from matcher import clock
from matcher.errors import UserError
from matcher.storage.durable import sync_file, sync_folder
from matcher.storage.engine import connect
from matcher.storage.keys import KEYS_FILE, Keys
from matcher.storage.missing import gone

DATABASE, JOURNAL, BACKUPS = "data.db", "journal", "backups"
STAMP = "%Y%m%d-%H%M%S-%f"
_HALF_MADE = ".new"
_one_at_a_time = Lock()


def copy_verified(path: Path, keys: Keys) -> Path:
    """Copy the database, keys and journal of the store at ``path`` into its backups; return the new folder.

    It is made under another name and gets its own once it is on disk and was verified: a crash leaves no backup
    that is none. Raises UserError when it cannot be written or does not verify; then none is left behind.
    """
    with _one_at_a_time:
        return _copy_verified(path, keys)


def _copy_verified(path: Path, keys: Keys) -> Path:
    folder = _free_place(path / BACKUPS, clock.now())
    if not path.exists():
        raise gone(path)
    beside = folder.with_name(folder.name + _HALF_MADE)
    try:
        _clear_half_made(folder.parent)
        beside.mkdir(mode=0o700)
        _copy(path, beside, keys)
        problems = database_problems(beside / DATABASE, keys)
        if not problems:
            for file in beside.iterdir():
                sync_file(file)
            sync_folder(beside)
            beside.rename(folder)
            sync_folder(folder.parent)
    except (OSError, DatabaseError) as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise UserError("The backup could not be written.", todo="Free some space on the disk.") from error
    if problems:
        shutil.rmtree(beside, ignore_errors=True)
        raise UserError(f"The backup did not verify ({problems[0]}) and was not kept.")
    return folder


def _free_place(folder: Path, moment: datetime) -> Path:
    """The folder called by this moment, or by the next one that is free."""
    while (place := folder / moment.strftime(STAMP)).exists():
        moment += timedelta(microseconds=1)
    return place


def _copy(path: Path, beside: Path, keys: Keys) -> None:
    with contextlib.closing(connect(path / DATABASE, keys)) as source:
        source.execute("VACUUM INTO ?", (str(beside / DATABASE),))
    for name in (KEYS_FILE, JOURNAL):
        if (path / name).exists():
            shutil.copy2(path / name, beside / name)


def _clear_half_made(folder: Path) -> None:
    """Remove what a crash left of a backup."""
    for left in folder.glob("*" + _HALF_MADE):
        shutil.rmtree(left, ignore_errors=True)


def database_problems(database: Path, keys: Keys) -> tuple[str, ...]:
    """What is wrong with a database under these keys: pages that fail their seal, or broken references."""
    sealed: list[str] = []
    try:
        connection = connect(database, keys)
    except UserError as error:
        return (error.what.rstrip("."),)
    try:
        sealed = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]
        quick = [row[0] for row in connection.execute("PRAGMA quick_check").fetchall() if row[0] != "ok"]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    except DatabaseError as error:
        return (*sealed, str(error))
    finally:
        connection.close()
    return (*sealed, *quick, *(f"{len(orphans)} orphaned rows" for _ in orphans[:1]))
