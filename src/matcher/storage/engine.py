"""The encrypted database behind a store: connections that are keyed, durable and refuse to run in the clear."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from matcher import clock
from matcher.errors import DamagedError, UserError
from matcher.storage.keys import Keys
from matcher.storage.missing import gone
from matcher.turns import give_way

_PLAIN_HEADER = b"SQLite format 3\x00"

_BESIDE = 64 * 1024
"""What SQLite writes beside a database before it reads it, with room to spare."""
_READER_CACHE_KB, _WRITER_CACHE_KB = 32_768, 65_536
"""At most so much is held decrypted in memory: a page that does not fit is encrypted and read again and again."""

_STEPS_A_PIECE = 20_000
"""After so many steps of the database, a few milliseconds, background work gives way to the window."""


def connect(database: Path, keys: Keys, *, read_only: bool = False, driver: Any = sqlcipher) -> Any:
    """Open one raw connection. Raises UserError when the database would not be encrypted or is damaged."""
    connection = driver.connect(str(database), check_same_thread=False, isolation_level=None)
    try:
        connection.execute(f"PRAGMA key = \"x'{keys.data.hex()}'\"")
        _insist_on_encryption(connection, database)
        connection.execute("PRAGMA cipher_log_level = NONE")
        _insist_on_readable(connection, database)
        connection.set_progress_handler(give_way, _STEPS_A_PIECE)
        # The guards ask it for the day on which a permission ends; without it they refuse.
        connection.create_function("matcher_today", 0, lambda: clock.today().isoformat())
        for pragma in (
            "foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON",
            "temp_store = MEMORY", "busy_timeout = 5000", f"query_only = {'ON' if read_only else 'OFF'}",
            f"cache_size = -{_READER_CACHE_KB if read_only else _WRITER_CACHE_KB}",
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _insist_on_encryption(connection: Any, database: Path) -> None:
    version = connection.execute("PRAGMA cipher_version").fetchone()
    if not version or not version[0]:
        raise UserError(
            "Matcher cannot encrypt on this computer, so the store was not opened.",
            todo="Install Matcher again with its sqlcipher3 package.",
        )
    if database.exists() and _header(database) == _PLAIN_HEADER:
        raise UserError(
            "This store is not encrypted, so it was not opened.",
            where=database.name,
            todo="Restore the store from a backup.",
        )


def _header(database: Path) -> bytes:
    with database.open("rb") as file:
        return file.read(len(_PLAIN_HEADER))


def _insist_on_readable(connection: Any, database: Path) -> None:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.OperationalError as error:
        raise (damaged(database) if _has_room(database.parent) else unwritable(database.parent)) from error
    except sqlcipher.DatabaseError as error:
        raise damaged(database) from error


def _has_room(folder: Path) -> bool:
    """Whether something can be written in a folder: to read a database takes a file beside it, too."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_BESIDE))
            probe.flush()
    except OSError:
        return False
    return True


def unwritable(folder: Path) -> UserError:
    """What to say when a store cannot be written: its disk is full or fails, or it is not there any more."""
    if not folder.exists():
        return gone(folder)
    return UserError(
        "The store could not be written, and nothing was changed.",
        where=folder.name,
        todo="Free some space on the disk and check that the folder can be written to.",
    )


def damaged(database: Path) -> DamagedError:
    """What to say of a database whose pages fail their seal."""
    return DamagedError(
        "The database of this store is damaged; nothing was changed.",
        where=database.name,
        todo="Restore the newest good backup.",
    )


@contextlib.contextmanager
def damage_explained(database: Path) -> Iterator[None]:
    """Turn what SQLite says of a damaged file into a UserError; its other complaints pass."""
    try:
        yield
    except DatabaseError as error:
        if type(error) is DatabaseError:
            raise damaged(database) from error
        raise


@contextlib.contextmanager
def fault_explained(folder: Path) -> Iterator[None]:
    """Turn what SQLite says of a disk that is full, fails or is gone into a UserError."""
    try:
        yield
    except (OperationalError, sqlcipher.OperationalError) as error:
        raise unwritable(folder) from error


@contextlib.contextmanager
def reading_explained(folder: Path) -> Iterator[None]:
    """Turn what SQLite says of reading a store that is gone into a UserError; of one that is there it passes."""
    try:
        yield
    except (OperationalError, sqlcipher.OperationalError) as error:
        if folder.exists():
            raise
        raise gone(folder) from error


def make_engine(database: Path, keys: Keys, *, read_only: bool = False) -> Engine:
    """An SQLAlchemy engine whose transactions begin at once: IMMEDIATE for the writer, a snapshot for readers."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=lambda: connect(database, keys, read_only=read_only),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=3 if read_only else 0,
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine
