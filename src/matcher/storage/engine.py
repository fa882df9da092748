"""The encrypted database behind a store: connections that are keyed, durable and refuse to run in the clear."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from matcher.errors import UserError
from matcher.storage.keys import Keys

_PLAIN_HEADER = b"SQLite format 3\x00"


def connect(database: Path, keys: Keys, *, read_only: bool = False, driver: Any = sqlcipher) -> Any:
    """Open one raw connection. Raises UserError when the database would not be encrypted or is damaged."""
    connection = driver.connect(str(database), check_same_thread=False, isolation_level=None)
    try:
        connection.execute(f"PRAGMA key = \"x'{keys.data.hex()}'\"")
        _insist_on_encryption(connection, database)
        connection.execute("PRAGMA cipher_log_level = NONE")
        _insist_on_readable(connection, database)
        for pragma in (
            "foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON",
            "temp_store = MEMORY", "busy_timeout = 5000", f"query_only = {'ON' if read_only else 'OFF'}",
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
            "This computer's database library does not encrypt, so the store was not opened.",
            todo="Install Matcher again with its sqlcipher3 package.",
        )
    if database.exists() and database.open("rb").read(16) == _PLAIN_HEADER:
        raise UserError(
            "The database of this store is not encrypted, so it was not opened.",
            where=database.name,
            todo="Restore the store from a backup.",
        )


def _insist_on_readable(connection: Any, database: Path) -> None:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        raise UserError(
            "The database of this store is damaged; nothing was changed.",
            where=database.name,
            todo="Restore the newest good backup.",
        ) from error


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
