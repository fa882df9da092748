"""The two ways to the data key, and what is said when neither is right."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import UserError
from matcher.storage import Cost, WrongPassphraseError
from matcher.storage.keys import KEYS_FILE, change_passphrase, create_keys, open_keys

CHEAP = Cost(n=2**4)


def test_passphrase_and_recovery_words_open_the_same_key(tmp_path: Path) -> None:
    keys, words = create_keys(tmp_path, "pässphrase", CHEAP)
    assert len(words.split()) == 12
    assert open_keys(tmp_path, "pässphrase") == keys
    assert open_keys(tmp_path, "pa\u0308ssphrase") == keys
    assert open_keys(tmp_path, f"  {words.upper()}\n") == keys


@given(st.text(max_size=12))
@settings(max_examples=30)
def test_no_other_words_open_it(tmp_path_factory: pytest.TempPathFactory, guess: str) -> None:
    folder = tmp_path_factory.mktemp("keys")
    create_keys(folder, "otter lantern gravel", CHEAP)
    with pytest.raises(WrongPassphraseError, match="does not open this store"):
        open_keys(folder, guess)


def test_a_new_passphrase_shuts_out_the_old_and_keeps_the_words(tmp_path: Path) -> None:
    keys, words = create_keys(tmp_path, "old", CHEAP)
    change_passphrase(tmp_path, keys, "new", CHEAP)
    assert open_keys(tmp_path, "new") == open_keys(tmp_path, words) == keys
    with pytest.raises(WrongPassphraseError):
        open_keys(tmp_path, "old")


def test_a_change_that_breaks_off_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys, _ = create_keys(tmp_path, "old", CHEAP)
    before = (tmp_path / KEYS_FILE).read_bytes()

    def broken(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", broken)
        with pytest.raises(OSError, match="No space"):
            change_passphrase(tmp_path, keys, "new", CHEAP)
    assert (tmp_path / KEYS_FILE).read_bytes() == before
    assert open_keys(tmp_path, "old") == keys


@pytest.mark.parametrize("damage", ["gone", "empty", "torn", "not json", "list", "slot changed"])
def test_a_damaged_key_file_is_not_called_a_wrong_passphrase(tmp_path: Path, damage: str) -> None:
    create_keys(tmp_path, "right", CHEAP)
    file = tmp_path / KEYS_FILE
    whole = file.read_bytes()
    if damage == "gone":
        file.unlink()
    elif damage == "slot changed":
        content = json.loads(whole)
        content["slots"]["passphrase"]["n"] = 32
        file.write_text(json.dumps(content), encoding="utf-8")
    else:
        file.write_bytes({"empty": b"", "torn": whole[:90], "not json": b"\xff\x00", "list": b"[1]"}[damage])
    with pytest.raises(UserError, match="key file of this store is damaged") as caught:
        open_keys(tmp_path, "right")
    assert not isinstance(caught.value, WrongPassphraseError)


def test_every_changed_letter_of_the_key_file_is_noticed(tmp_path: Path) -> None:
    keys, _ = create_keys(tmp_path, "right", CHEAP)
    file = tmp_path / KEYS_FILE
    whole = file.read_bytes()
    for place in range(0, len(whole), 7):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        said = "opened"
        try:
            assert open_keys(tmp_path, "right") == keys
        except UserError as error:
            said = str(error)
        assert any(word in said for word in ("opened", "damaged", "newer"))


def test_a_newer_key_file_is_refused_by_name(tmp_path: Path) -> None:
    create_keys(tmp_path, "right", CHEAP)
    content = json.loads((tmp_path / KEYS_FILE).read_bytes()) | {"format": 2}
    (tmp_path / KEYS_FILE).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(UserError, match="newer Matcher"):
        open_keys(tmp_path, "right")


def test_uses_have_keys_of_their_own(tmp_path: Path) -> None:
    keys, _ = create_keys(tmp_path, "right", CHEAP)
    uses = {keys.derived(use) for use in ("files", "journal", "rows", "store mark")} | {keys.data}
    assert len(uses) == 5
