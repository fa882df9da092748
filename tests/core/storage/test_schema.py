"""The schema is the model's, its guards stand as written, and a newer one is refused untouched."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from matcher.errors import UserError
from matcher.model import Base
from matcher.storage import Store, guard_problems, open_store
from matcher.storage import schema as schema_module
from matcher.storage.copies import DATABASE
from matcher.storage.guards import GUARDS

if TYPE_CHECKING:
    from tests.conftest import Network

PASSPHRASE = "otter lantern gravel"


def run(store: Store, *statements: str) -> None:
    """Raw SQL, as somebody with the key and a database tool would run it."""
    with store.writer.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_schema_is_the_models(store: Store) -> None:
    with store.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_is_the_head() -> None:
    versions = Path(schema_module.__file__).parent / "migrations" / "versions"
    assert max(p.name.split("_")[0] for p in versions.glob("[0-9]*.py")) == schema_module.HEAD


def test_every_id_is_never_used_twice(store: Store) -> None:
    with store.writer.connect() as connection:
        made = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
    whole_ids = [row.sql for row in made if re.search(r"\bid INTEGER NOT NULL", row.sql)]
    assert len(whole_ids) > 15
    assert all("AUTOINCREMENT" in sql for sql in whole_ids)


def test_guards_stand_after_making_and_opening(network: "Network") -> None:
    assert guard_problems(network.store) == ()
    assert guard_problems(network.reopen()) == ()
    assert len(GUARDS) >= 10


@pytest.mark.parametrize("name", [name for name, sql in GUARDS.items() if sql.startswith("CREATE TRIGGER")])
def test_a_dropped_guard_is_reported_and_put_back(network: "Network", name: str) -> None:
    run(network.store, f"DROP TRIGGER {name}")
    assert guard_problems(network.store) == (f"the guard {name} is missing or was altered",)
    assert guard_problems(network.reopen()) == (f"the guard {name} was missing or altered and was put back",)
    assert guard_problems(network.reopen()) == ()


def test_altered_and_foreign_guards_are_put_right(network: "Network") -> None:
    run(
        network.store,
        "DROP TRIGGER ledger_no_delete",
        "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON consent_event BEGIN SELECT 1; END",
        "CREATE TRIGGER quiet_yes AFTER INSERT ON member BEGIN DELETE FROM setting; END",
        "DROP VIEW member_permission",
        "CREATE VIEW member_permission AS SELECT 1 AS member_id, 'media' AS purpose, 'given' AS state, 0 AS at",
    )
    reported = " ".join(guard_problems(network.store))
    assert all(name in reported for name in ("ledger_no_delete", "quiet_yes", "member_permission"))
    network.reopen()
    with network.store.writer.connect() as connection:
        assert schema_module.broken_guards(connection) == ()


def test_a_newer_schema_is_refused_by_name_and_untouched(network: "Network") -> None:
    run(network.store, "UPDATE alembic_version SET version_num = '0999'")
    network.store.close()
    database = network.store.path / DATABASE
    before = database.read_bytes()
    with pytest.raises(UserError, match="newer Matcher"):
        open_store(network.store.path, PASSPHRASE)
    assert database.read_bytes() == before
    with pytest.raises(UserError, match="newer Matcher"):
        open_store(network.store.path, PASSPHRASE)


def test_foreign_keys_hold(network: "Network") -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        run(network.store, "INSERT INTO check_in (member_id, sent_at, reminder) VALUES (99, '2026-01-01', 0)")
