"""A store made by an earlier Matcher opens, with everything that was in it."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.migration import MigrationContext
from sqlalchemy import text
from tests.conftest import CHEAP, PASSPHRASE

from matcher.storage import create_store, guard_problems, open_store
from matcher.storage import schema as schema_module

if TYPE_CHECKING:
    from alembic.config import Config


def test_a_store_of_the_first_schema_opens_with_its_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade: Any = command.upgrade

    def only_the_first(config: "Config", _revision: str) -> None:
        upgrade(config, "0001")

    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", only_the_first)
        patch.setattr(schema_module, "HEAD", "0001")
        made = create_store(tmp_path / "old.matcher", "Lantern Network", PASSPHRASE, cost=CHEAP).store
        with made.writer.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO enquiry (received_at, about, note, nation, urgent, signposted_to) "
                "VALUES ('2026-01-01 09:00:00', 'pay', 'asked', 'Wales', 0, '')"
            )
        made.close()
    shutil.copytree(tmp_path / "old.matcher", tmp_path / "copy.matcher")
    with open_store(tmp_path / "copy.matcher", PASSPHRASE) as store:
        assert guard_problems(store) == ()
        with store.writer.connect() as connection:
            assert MigrationContext.configure(connection).get_current_revision() == schema_module.HEAD
            row = connection.execute(text("SELECT note, request_id, answered_at FROM enquiry")).one()
            assert tuple(row) == ("asked", None, None)
