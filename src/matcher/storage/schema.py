"""The schema of the database: made and moved by Alembic, guarded by triggers that are verified at every opening."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text

from matcher.errors import UserError
from matcher.storage.guards import GUARDS


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class Guarded(Protocol):
    """An open store: its writing engine, and the guards that had to be put back when it was opened."""

    writer: Engine
    guards_restored: tuple[str, ...]


HEAD = "0010"
"""The revision this program reads and writes; the newest file in ``migrations/versions``."""


def create(engine: Engine) -> None:
    """Make the schema of a new database."""
    _migrate(engine)


def prepare(engine: Engine, first: Callable[[], object]) -> tuple[str, ...]:
    """Bring an opened database up to date; return the guards that were missing or altered and are back now.

    ``first`` is called before a schema is changed; when it fails, nothing is changed.
    Raises UserError when it was made by a newer program.
    """
    with engine.connect() as connection:
        found = _revision(connection)
    if found != HEAD:
        refuse_newer(found)
        first()
        _migrate(engine)
    with engine.connect() as connection:
        problems = broken_guards(connection)
    if problems:
        with engine.begin() as connection:
            _install_guards(connection)
    return problems


def refuse_newer(revision: str | None) -> None:
    """Raise UserError for a schema that this program does not know."""
    if revision not in _known_revisions():
        raise UserError("This store was made by a newer Matcher.", todo="Install the newer version.")


def _revision(connection: Connection) -> str | None:
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


@cache
def _known_revisions() -> frozenset[str]:
    versions = Path(__file__).parent / "migrations" / "versions"
    return frozenset(path.name.split("_")[0] for path in versions.glob("[0-9]*.py"))


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        # Batch migrations drop and recreate tables; with foreign keys on, that deletes the children.
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _install_guards(connection)
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
        if orphans:
            connection.rollback()
            raise RuntimeError(f"migration left {len(orphans)} orphaned rows")
        connection.commit()
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]


def _install_guards(connection: Connection) -> None:
    for kind, name in connection.execute(
        text("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')")
    ).all():
        connection.exec_driver_sql(f"DROP {kind} {_quoted(name)}")
    for statement in GUARDS.values():
        connection.exec_driver_sql(statement)


def guard_problems(store: Guarded) -> tuple[str, ...]:
    """A sentence for every guard that does not stand as written, or did not when the store was opened."""
    with store.writer.connect() as connection:
        broken = broken_guards(connection)
    return (
        *(f"the guard {name} is missing or was altered" for name in broken),
        *(f"the guard {name} was missing or altered and was put back" for name in store.guards_restored),
    )


def broken_guards(connection: Connection) -> tuple[str, ...]:
    """Names of guards that are missing, altered or unknown; empty when all stand as written."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"))
    standing = {row.name: row.sql for row in rows}
    wrong = [name for name, statement in GUARDS.items() if standing.get(name) != statement]
    return tuple(wrong + [name for name in standing if name not in GUARDS])
