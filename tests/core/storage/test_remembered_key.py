"""Remember on this computer: the system's keyring or nothing, and never in plain text."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from tests.conftest import CHEAP

from matcher.errors import UserError
from matcher.storage import (
    Store,
    change_passphrase,
    forget_keys,
    is_remembered,
    open_with_keys,
    remember_keys,
    remembered_key,
    remembered_keys,
    why_not_remembered,
)


class Ring(KeyringBackend):
    """A keyring of a system, in memory."""

    kept: dict[tuple[str, str], str] = {}  # noqa: RUF012 - emptied for every test
    is_shut = False

    @property
    def priority(self) -> float:
        return 5

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_shut:
            raise RuntimeError("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_shut:
            raise RuntimeError("locked")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> type[Ring]:
    monkeypatch.setattr(Ring, "kept", {})
    monkeypatch.setattr(remembered_key, "_keyring", Ring)
    return Ring


def test_what_is_remembered_opens_it_and_what_is_forgotten_does_not(store: Store, ring: type[Ring]) -> None:
    path = store.path
    assert remembered_keys(path) is None
    remember_keys(store)
    change_passphrase(store, "another", cost=CHEAP)
    store.close()
    keys = remembered_keys(path)
    assert keys is not None
    open_with_keys(path, keys).close()
    forget_keys(path)
    assert (remembered_keys(path), ring.kept, is_remembered(path)) == (None, {}, False)


def test_a_keyring_that_stays_shut_is_no_key_and_no_fault(
    store: Store, ring: type[Ring], monkeypatch: pytest.MonkeyPatch
) -> None:
    remember_keys(store)
    monkeypatch.setattr(ring, "is_shut", True)
    assert remembered_keys(store.path) is None
    with pytest.raises(UserError, match="did not take it"):
        remember_keys(store)


@pytest.mark.parametrize("kept", ["", "not base64!", "c2hvcnQ="])
def test_what_is_odd_in_the_keyring_is_no_key(store: Store, ring: type[Ring], kept: str) -> None:
    remember_keys(store)
    ring.kept = dict.fromkeys(ring.kept, kept)
    assert remembered_keys(store.path) is None


def test_without_a_keyring_it_is_not_offered_and_says_why(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_module: str) -> Any:
        raise ImportError

    monkeypatch.setattr(importlib, "import_module", none)
    assert "no keyring" in why_not_remembered()
    with pytest.raises(UserError, match="no keyring"):
        remember_keys(store)
    assert not is_remembered(store.path)


def test_no_keyring_that_writes_plain_text_is_ever_used() -> None:
    assert not {name for name in remembered_key._SAFE if "file" in name.casefold() or "alt" in name.casefold()}
    assert all(name.startswith("keyring.backends.") for name in remembered_key._SAFE)


def test_the_key_stands_in_no_file_of_the_store(store: Store, ring: type[Ring]) -> None:
    remember_keys(store)
    files = [file.read_bytes() for file in store.path.rglob("*") if file.is_file()]
    assert not any(store.keys.data in content for content in files)
    assert not any(secret.encode() in content for secret in ring.kept.values() for content in files)
    assert Path(store.path / "remembered").stat().st_size == 0
