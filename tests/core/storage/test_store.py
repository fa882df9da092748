"""Making, opening, holding and closing a store; and every way in which that is refused."""

import shutil
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from matcher.consent import states, withdraw
from matcher.errors import DamagedError, UserError
from matcher.model import Member, Purpose, State
from matcher.storage import (
    Cost,
    Store,
    WrongPassphraseError,
    back_up,
    change_passphrase,
    create_store,
    integrity_problems,
    open_store,
    read_settings,
    reading,
    setting,
    work,
)
from matcher.storage.copies import DATABASE
from matcher.storage.engine import connect

if TYPE_CHECKING:
    from tests.conftest import Network

PASSPHRASE = "otter lantern gravel"
CHEAP = Cost(n=2**10)
PAGE = 4096


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a store but the empty lock."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def test_a_new_store_opens_with_passphrase_and_words(tmp_path: Path) -> None:
    path = tmp_path / "Lantern.matcher"
    made = create_store(path, "Lantern Network", PASSPHRASE, cost=CHEAP)
    with reading(made.store) as session:
        assert setting(session, "organisation.name") == "Lantern Network"
    made.store.close()
    for secret in (PASSPHRASE, made.recovery_words):
        open_store(path, secret).close()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert {"data.db", "keys.json", "backups", "files"} <= {p.name for p in path.iterdir()}


def test_it_is_not_readable_by_others_on_this_computer(store: Store) -> None:
    assert (store.path / "keys.json").stat().st_mode & 0o077 == 0


def test_a_new_store_never_replaces_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "x.matcher"
    path.mkdir()
    (path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="something at this path already"):
        create_store(path, "Org", PASSPHRASE, cost=CHEAP)
    assert (path / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("fault", ["parent is a file", "disk full"])
def test_a_store_that_cannot_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    (tmp_path / "file").write_bytes(b"")
    folder = tmp_path / "file" if fault == "parent is a file" else tmp_path
    if fault == "disk full":

        def full(handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UserError, match="could not be made"):
        create_store(folder / "x.matcher", "Org", PASSPHRASE, cost=CHEAP)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_an_empty_passphrase_is_refused(tmp_path: Path, store: Store) -> None:
    with pytest.raises(UserError, match="passphrase is empty"):
        create_store(tmp_path / "x.matcher", "Org", "", cost=CHEAP)
    with pytest.raises(UserError, match="passphrase is empty"):
        change_passphrase(store, "", cost=CHEAP)


def test_a_wrong_passphrase_changes_no_byte(network: "Network") -> None:
    network.willing()
    network.store.close()
    path = network.store.path
    before = contents(path)
    for wrong in ("", "otter lantern grave", "zoo " * 12):
        with pytest.raises(WrongPassphraseError):
            open_store(path, wrong)
    assert contents(path) == before
    open_store(path, PASSPHRASE).close()


def test_the_right_passphrase_opens_within_a_second(tmp_path: Path) -> None:
    path = tmp_path / "x.matcher"
    create_store(path, "Org", PASSPHRASE).store.close()
    started = time.process_time()
    open_store(path, PASSPHRASE).close()
    assert time.process_time() - started < 1


def test_a_changed_passphrase_counts_at_the_next_opening(network: "Network") -> None:
    change_passphrase(network.store, "new words", cost=CHEAP)
    network.store.close()
    with pytest.raises(WrongPassphraseError):
        open_store(network.store.path, PASSPHRASE)
    open_store(network.store.path, "new words").close()


@pytest.mark.parametrize("there", ["nothing", "a file", "an empty folder"])
def test_what_is_no_store_is_called_so(tmp_path: Path, there: str) -> None:
    path = tmp_path / "x.matcher"
    if there == "a file":
        path.write_bytes(b"hello")
    elif there == "an empty folder":
        path.mkdir()
    with pytest.raises(UserError, match="no Matcher store here"):
        open_store(path, PASSPHRASE)
    assert not (path / "lock").exists()


def test_a_full_disk_is_not_called_damage(network: "Network") -> None:
    """No file may grow: what SQLite writes beside a database to read it cannot be written, as on a full disk."""
    resource = pytest.importorskip("resource")
    network.store.close()
    _, most = limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        with pytest.raises(UserError, match=r"could not be written.*Free some space") as refused:
            open_store(network.store.path, PASSPHRASE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not isinstance(refused.value, DamagedError)
    open_store(network.store.path, PASSPHRASE).close()


def test_a_stick_that_was_taken_out_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"the folder is not there\. Put the stick"):
        open_store(tmp_path / "stick" / "x.matcher", PASSPHRASE)


@pytest.mark.skipif(sys.platform == "win32", reason="there an open folder cannot be moved")
@pytest.mark.parametrize("act", [read_settings, back_up, lambda store: withdraw(store, 1)])
def test_a_store_that_goes_while_it_is_open_is_told_as_such(
    network: "Network", act: Callable[[Store], object]
) -> None:
    network.willing("Ada")
    away = network.store.path.with_name("away")
    network.store.path.rename(away)
    try:
        with pytest.raises(UserError, match=r"not there any more, and nothing was changed\. Put the stick"):
            act(network.store)
    finally:
        away.rename(network.store.path)
    with reading(network.store) as session:
        assert states(session, {1})[1][Purpose.MEDIA] == State.GIVEN


def test_folders_that_were_tidied_away_are_made_again(network: "Network") -> None:
    network.store.close()
    for name in ("files", "backups"):
        shutil.rmtree(network.store.path / name)
    with open_store(network.store.path, PASSPHRASE) as store:
        assert (store.path / "files").is_dir()
        assert (store.path / "backups").is_dir()


def test_open_elsewhere_is_told_and_the_lock_goes_with_the_store(store: Store) -> None:
    with pytest.raises(UserError, match="already open on this computer"):
        open_store(store.path, PASSPHRASE)
    store.close()
    open_store(store.path, PASSPHRASE).close()


def test_a_refused_opening_lets_go_of_the_lock(store: Store) -> None:
    store.close()
    with pytest.raises(WrongPassphraseError):
        open_store(store.path, "wrong")
    open_store(store.path, PASSPHRASE).close()


def test_the_header_of_the_database_is_not_plain(network: "Network") -> None:
    network.store.close()
    data = (network.store.path / DATABASE).read_bytes()
    assert not data.startswith(b"SQLite")
    assert b"CREATE TABLE" not in data


def test_a_library_that_does_not_encrypt_is_refused(store: Store, tmp_path: Path) -> None:
    fresh = tmp_path / "plain.db"
    with pytest.raises(UserError, match="cannot encrypt"):
        connect(fresh, store.keys, driver=sqlite3)
    assert not fresh.exists() or fresh.stat().st_size == 0


def test_a_plain_database_in_a_store_is_refused_and_left_alone(store: Store) -> None:
    store.close()
    database = store.path / DATABASE
    database.unlink()
    plain = sqlite3.connect(database)
    plain.execute("CREATE TABLE member (id INTEGER)")
    plain.commit()
    plain.close()
    before = contents(store.path)
    with pytest.raises(UserError, match="is not encrypted"):
        open_store(store.path, PASSPHRASE)
    assert contents(store.path) == before


@pytest.mark.parametrize("size", [0, 100, PAGE, 3 * PAGE + 17])
def test_a_truncated_database_is_damaged_not_a_wrong_passphrase(network: "Network", size: int) -> None:
    network.store.close()
    database = network.store.path / DATABASE
    database.write_bytes(database.read_bytes()[:size])
    before = contents(network.store.path)
    with pytest.raises(UserError) as caught:
        open_store(network.store.path, PASSPHRASE)
    assert not isinstance(caught.value, WrongPassphraseError)
    assert "damaged" in str(caught.value)
    assert contents(network.store.path) == before


def test_a_flipped_bit_anywhere_is_refused_or_reported(network: "Network", tmp_path: Path) -> None:
    for name in ("Ada", "Bea", "Cai"):
        network.willing(name)
    network.store.close()
    whole = (network.store.path / DATABASE).read_bytes()
    for page in range(0, len(whole) // PAGE, 3):
        place = page * PAGE + 1000
        copy = tmp_path / f"{page}.matcher"
        shutil.copytree(network.store.path, copy)
        damaged = whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :]
        (copy / DATABASE).write_bytes(damaged)
        said = "damaged"
        try:
            with open_store(copy, PASSPHRASE) as store:
                assert integrity_problems(store)
                with reading(store) as session:
                    session.query(Member).all()
        except UserError as error:
            said = str(error)
        assert "damaged" in said
        assert (copy / DATABASE).read_bytes() == damaged


def test_another_stores_keys_do_not_open_this_database(network: "Network", tmp_path: Path) -> None:
    other = create_store(tmp_path / "o.matcher", "Other", PASSPHRASE, cost=CHEAP).store
    other.close()
    network.store.close()
    shutil.copy(other.path / "keys.json", network.store.path / "keys.json")
    with pytest.raises(UserError, match="damaged") as caught:
        open_store(network.store.path, PASSPHRASE)
    assert not isinstance(caught.value, WrongPassphraseError)


def test_every_connection_is_durable_and_keyed(store: Store) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2}
    for engine, read_only in ((store.writer, 0), (store.reader, 1)):
        held = [engine.connect() for _ in range(1 + 3 * read_only)]
        for connection in held:
            found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in wanted}
            assert found == wanted
            assert connection.execute(text("PRAGMA query_only")).scalar() == read_only
        for connection in held:
            connection.close()


def test_the_reader_cannot_write(store: Store) -> None:
    with pytest.raises(OperationalError, match="readonly"), reading(store) as session:
        session.execute(text("DELETE FROM setting"))


def test_a_reader_keeps_its_snapshot_while_she_writes(network: "Network") -> None:
    network.member("Ada")
    with reading(network.store) as session:
        assert session.query(Member).count() == 1
        network.member("Bea")
        assert session.query(Member).count() == 1
    with reading(network.store) as session:
        assert session.query(Member).count() == 2


def test_sealed_content_comes_back_and_altered_content_does_not(store: Store) -> None:
    sealed = store.seal(b"the original e-mail")
    assert b"original" not in sealed
    assert store.unseal(sealed) == b"the original e-mail"
    with pytest.raises(UserError, match="damaged"):
        store.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_a_page_that_cannot_be_written_is_a_plain_sentence(network: "Network") -> None:
    """A full disk, as SQLite tells it: the database may not grow beyond its pages."""

    def full(unit_pages: str) -> None:
        with network.store.writer.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {unit_pages}")

    with network.store.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    full(str(pages))
    with (
        pytest.raises(UserError, match="could not be written, and nothing was changed"),
        work(network.store, "import members") as unit,
    ):
        unit.session.add(Member(first_name="x" * 500_000, created_at=unit.now))
    full("1000000")
    assert network.member("Ada") == 1


def test_the_raw_driver_is_the_encrypting_one(store: Store) -> None:
    raw = connect(store.path / DATABASE, store.keys, read_only=True)
    try:
        assert raw.execute("PRAGMA cipher_version").fetchone()[0]
        with pytest.raises(sqlcipher.OperationalError):
            raw.execute("DELETE FROM setting")
    finally:
        raw.close()
