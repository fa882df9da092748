"""A whole copy of a database made while it is in use, and proof that a database can be read."""

import shutil
from pathlib import Path

from sqlcipher3.dbapi2 import DatabaseError

from matcher import clock
from matcher.errors import UserError
from matcher.storage.engine import connect
from matcher.storage.keys import KEYS_FILE, Keys

DATABASE, JOURNAL, BACKUPS = "data.db", "journal", "backups"
STAMP = "%Y%m%d-%H%M%S-%f"


def copy_verified(path: Path, keys: Keys) -> Path:
    """Copy the database, keys and journal of the store at ``path`` into its backups; return the new folder.

    Raises UserError when it cannot be written or does not verify; then none is left behind.
    """
    folder = path / BACKUPS / clock.now().strftime(STAMP)
    try:
        folder.mkdir(mode=0o700)
        source = connect(path / DATABASE, keys)
        try:
            source.execute("VACUUM INTO ?", (str(folder / DATABASE),))
        finally:
            source.close()
        for name in (KEYS_FILE, JOURNAL):
            if (path / name).exists():
                shutil.copy2(path / name, folder / name)
        problems = database_problems(folder / DATABASE, keys)
    except (OSError, DatabaseError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise UserError("The backup could not be written.", todo="Free some space on the disk.") from error
    if problems:
        shutil.rmtree(folder, ignore_errors=True)
        raise UserError(f"The backup did not verify ({problems[0]}) and was not kept.")
    return folder


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
