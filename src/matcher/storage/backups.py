"""Whole copies of the store, made from a live one, and proof that they can be read."""

import shutil
from pathlib import Path

from sqlcipher3.dbapi2 import DatabaseError

from matcher import clock
from matcher.errors import UserError
from matcher.storage.engine import connect
from matcher.storage.keys import KEYS_FILE
from matcher.storage.store import DATABASE, Store


def back_up(store: Store) -> Path:
    """Make a verified, encrypted backup in the store's ``backups/``; return its folder.

    Raises UserError when it cannot be written or does not verify; then none is left behind.
    """
    folder = store.path / "backups" / clock.now().strftime("%Y%m%d-%H%M%S-%f")
    try:
        folder.mkdir(mode=0o700)
        source = connect(store.path / DATABASE, store.keys)
        try:
            source.execute("VACUUM INTO ?", (str(folder / DATABASE),))
        finally:
            source.close()
        shutil.copy2(store.path / KEYS_FILE, folder / KEYS_FILE)
        problems = integrity_problems(store, folder / DATABASE)
    except (OSError, DatabaseError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise UserError("The backup could not be written.", todo="Free some space on the disk.") from error
    if problems:
        shutil.rmtree(folder, ignore_errors=True)
        raise UserError(f"The backup did not verify ({problems[0]}) and was not kept.")
    return folder


def integrity_problems(store: Store, database: Path | None = None) -> tuple[str, ...]:
    """What is wrong with a database under this store's key: pages that fail their seal, or broken references."""
    sealed: list[str] = []
    try:
        connection = connect(database or store.path / DATABASE, store.keys)
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
