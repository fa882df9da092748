"""A store made by an earlier Matcher opens, with everything that was in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from tests.conftest import CHEAP, PASSPHRASE

from matcher.errors import UserError
from matcher.model import Base
from matcher.storage import backups, create_store, guard_problems, integrity_problems, open_store
from matcher.storage import schema as schema_module
from matcher.storage.copies import BACKUPS, DATABASE
from matcher.storage.guards import GUARDS

if TYPE_CHECKING:
    from alembic.config import Config


def made_by_an_older_matcher(folder: Path, revision: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    upgrade: Any = command.upgrade

    def only_so_far(config: "Config", _revision: str) -> None:
        upgrade(config, revision)

    path = folder / "old.matcher"
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", only_so_far)
        patch.setattr(schema_module, "HEAD", revision)
        patch.setattr(
            schema_module,
            "GUARDS",
            {
                name: made
                for name, made in GUARDS.items()
                if revision >= "0010" or "ON meetup_invitation" not in made
            },
        )
        made = create_store(path, "Lantern Network", PASSPHRASE, cost=CHEAP).store
        with made.writer.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO enquiry (received_at, about, note, nation, urgent, signposted_to) "
                "VALUES ('2026-01-01 09:00:00', 'pay', 'asked', 'Wales', 0, '')"
            )
        made.close()
    return path


OLDER = [f"{number:04}" for number in range(1, int(schema_module.HEAD))]


@pytest.mark.filterwarnings("ignore:.*expression-based index")
@pytest.mark.parametrize("revision", OLDER)
def test_a_store_of_an_older_schema_opens_with_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    path = made_by_an_older_matcher(tmp_path, revision, monkeypatch)
    with open_store(path, PASSPHRASE) as store:
        assert guard_problems(store) == ()
        with store.writer.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert context.get_current_revision() == schema_module.HEAD
            assert compare_metadata(context, Base.metadata) == []
            row = connection.execute(text("SELECT note, request_id, answered_at FROM enquiry")).one()
            assert tuple(row) == ("asked", None, None)
        (kept,) = backups(store)
        assert integrity_problems(store, kept.path / DATABASE) == ()


def test_without_a_backup_no_migration_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made_by_an_older_matcher(tmp_path, OLDER[0], monkeypatch)
    before = (path / DATABASE).read_bytes()
    (path / BACKUPS).rmdir()
    (path / BACKUPS).write_text("in the way")
    with pytest.raises(UserError, match="backup could not be written"):
        open_store(path, PASSPHRASE)
    assert (path / DATABASE).read_bytes() == before
