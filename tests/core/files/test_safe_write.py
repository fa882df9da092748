"""A file is whole or not there at all, and says in plain words why."""

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from matcher.errors import UserError
from matcher.files.writers.safe_write import discard, put_in_place, sha256_of, write_beside


def test_the_file_comes_in_one_step_and_is_hers_alone(tmp_path: Path) -> None:
    target = tmp_path / "list.xlsx"
    target.write_bytes(b"old")
    temp = write_beside(target, b"new")
    assert (target.read_bytes(), temp.parent) == (b"old", tmp_path)
    if os.name == "posix":
        assert stat.S_IMODE(temp.stat().st_mode) == 0o600
    put_in_place(temp, target)
    assert [path.name for path in tmp_path.iterdir()] == ["list.xlsx"]
    assert target.read_bytes() == b"new"


def test_discarding_leaves_nothing_and_may_be_repeated(tmp_path: Path) -> None:
    temp = write_beside(tmp_path / "a", b"x")
    discard(temp)
    discard(temp)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "This folder cannot be written to"),
        (errno.EROFS, "This folder cannot be written to"),
        (errno.EIO, "could not be written"),
    ],
)
def test_a_failing_disk_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, "no")

    target = tmp_path / "list.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UserError, match=rf"^list\.xlsx: .*{words}"):
        write_beside(target, b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_missing_folder_and_a_folder_in_the_way_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="folder for this file does not exist"):
        write_beside(tmp_path / "gone" / "a.xlsx", b"x")
    with pytest.raises(UserError, match="A folder has this name"):
        write_beside(tmp_path, b"x")


def test_a_file_open_elsewhere_keeps_the_new_one_for_another_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(self: Path, _: Path) -> Path:
        error = PermissionError(errno.EACCES, "busy")
        error.winerror = 32  # type: ignore[attr-defined]
        raise error

    target = tmp_path / "list.xlsx"
    target.write_bytes(b"old")
    temp = write_beside(target, b"new")
    monkeypatch.setattr(Path, "replace", busy)
    with pytest.raises(UserError, match="open in another program"):
        put_in_place(temp, target)
    assert (target.read_bytes(), temp.read_bytes()) == (b"old", b"new")


def test_the_digest_is_sha256() -> None:
    assert sha256_of(b"abc") == hashlib.sha256(b"abc").hexdigest()
