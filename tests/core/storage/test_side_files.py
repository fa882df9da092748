"""What lies beside the database: the journal, backups, and the note of the last store."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import UserError
from matcher.model import Member
from matcher.storage import (
    Store,
    back_up,
    integrity_problems,
    last_store,
    numbered,
    open_store,
    path_for,
    publish_passphrase,
    published_passphrase,
    reading,
    remember_store,
)
from matcher.storage.copies import DATABASE
from matcher.storage.journal import entries, note

if TYPE_CHECKING:
    from tests.conftest import Network, NewNetwork

PASSPHRASE = "otter lantern gravel"


def test_the_journal_keeps_its_entries_in_order(store: Store) -> None:
    assert entries(store) == []
    for number in range(3):
        note(store, {"withdraw": "key", "number": number})
    assert [entry["number"] for entry in entries(store)] == [0, 1, 2]
    assert b"withdraw" not in (store.path / "journal").read_bytes()


@given(st.integers(2, 300))
@settings(max_examples=20, deadline=None)
def test_a_torn_last_entry_costs_nothing_that_was_acknowledged(new_network: "NewNetwork", torn: int) -> None:
    with new_network() as network:
        journal = network.store.path / "journal"
        note(network.store, {"number": 0})
        whole = journal.read_bytes()
        note(network.store, {"number": 1})
        journal.write_bytes(journal.read_bytes()[: max(len(whole), len(journal.read_bytes()) - torn)])
        assert entries(network.store) == [{"number": 0}]
        note(network.store, {"number": 2})
        assert entries(network.store) == [{"number": 0}, {"number": 2}]


def test_a_damaged_entry_is_not_passed_over(store: Store) -> None:
    for number in range(2):
        note(store, {"number": number})
    journal = store.path / "journal"
    whole = journal.read_bytes()
    journal.write_bytes((b"B" if whole.startswith(b"A") else b"A") + whole[1:])
    with pytest.raises(UserError, match="journal is damaged"):
        entries(store)


def test_a_backup_is_encrypted_whole_and_opens_by_itself(network: "Network", tmp_path: Path) -> None:
    network.willing("Ada")
    backup = back_up(network.store)
    assert integrity_problems(network.store, backup / DATABASE) == ()
    assert not (backup / DATABASE).read_bytes().startswith(b"SQLite")
    copy = tmp_path / "copy.matcher"
    shutil.copytree(backup, copy)
    with open_store(copy, PASSPHRASE) as opened, reading(opened) as session:
        assert session.query(Member).one().first_name == "Ada"


def test_a_backup_that_cannot_be_written_is_not_left_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copy2", full)
    with pytest.raises(UserError, match="could not be written"):
        back_up(store)
    assert list((store.path / "backups").iterdir()) == []


def test_a_backup_that_does_not_verify_is_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_keys = shutil.copy2

    def copy_and_damage(source: Path, target: Path) -> None:
        copy_keys(source, target)
        database = target.parent / DATABASE
        data = bytearray(database.read_bytes())
        data[-100] ^= 1
        database.write_bytes(data)

    monkeypatch.setattr(shutil, "copy2", copy_and_damage)
    with pytest.raises(UserError, match=r"did not verify .*not kept"):
        back_up(store)
    assert list((store.path / "backups").iterdir()) == []


def test_the_last_store_is_remembered_while_it_is_there(tmp_path: Path) -> None:
    assert last_store() is None
    path = tmp_path / "x.matcher"
    path.mkdir()
    remember_store(path)
    assert last_store() == path
    path.rmdir()
    assert last_store() is None


def test_a_computer_that_lets_nothing_be_noted_is_no_reason_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    remember_store(tmp_path)
    assert last_store() is None


def test_only_a_sample_tells_its_passphrase(tmp_path: Path) -> None:
    assert published_passphrase(tmp_path) is None
    publish_passphrase(tmp_path, "no secret")
    assert published_passphrase(tmp_path) == "no secret"


@given(st.text(max_size=30))
def test_any_name_makes_a_path_of_one_folder(name: str) -> None:
    path = path_for(name)
    assert path.suffix == ".matcher"
    assert not set(path.name) & set('/\\:*?"<>|\n\0')
    assert path.parent == path_for("x").parent


@pytest.mark.parametrize(
    ("text", "number"),
    [("R12", 12), ("r12", 12), (" 12 ", 12), ("M12", None), ("R", None), ("R1.5", None), ("", None)],
)  # fmt: skip
def test_numbers_are_read_one_way(text: str, number: int | None) -> None:
    assert numbered(text, "R") == number
