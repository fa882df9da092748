"""A file that leaves: no file without a row in the log, whatever breaks off where."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from matcher.errors import UserError
from matcher.model import OutFile
from matcher.storage import Store, Unit, outgoing_files, reading, send_out, settle_pending

CONTENT = b"whom to ask"


def agreed(unit: Unit, out: OutFile) -> None:
    """A check that forbids nothing."""


def send(store: Store, path: Path, check: Callable[[Unit, OutFile], None] = agreed) -> int:
    return send_out(store, path, CONTENT, what="export", kind="workbook", request_id=None, members=[], check=check)


def logged(store: Store) -> list[str]:
    with reading(store) as session:
        return list(session.scalars(select(OutFile.state).order_by(OutFile.id)))


class PowerCutError(BaseException):
    """The program ends here, without tidying up."""


def cut(*_: object) -> None:
    raise PowerCutError


def test_it_is_written_logged_and_whole(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    out_id = send(store, target)
    assert target.read_bytes() == CONTENT
    with reading(store) as session:
        out = session.get_one(OutFile, out_id)
        assert (out.state, out.path) == ("written", str(target))
        assert len(out.sha256) == 64
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["out.xlsx"]


def test_it_replaces_an_older_file_whole(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"older")
    send(store, target)
    assert target.read_bytes() == CONTENT


def test_what_the_check_forbids_is_neither_written_nor_logged(store: Store, tmp_path: Path) -> None:
    def forbid(unit: Unit, out: OutFile) -> None:
        raise UserError("M1 may not be asked.")

    target = tmp_path / "out.xlsx"
    target.write_bytes(b"older")
    with pytest.raises(UserError, match="may not be asked"):
        send(store, target, forbid)
    assert target.read_bytes() == b"older"
    assert logged(store) == []
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["out.xlsx"]


@pytest.mark.parametrize("where", ["missing/out.xlsx", "file/out.xlsx", "folder"])
def test_a_place_that_cannot_be_is_a_clear_sentence(store: Store, tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError) as caught:
        send(store, tmp_path / where)
    assert caught.value.todo
    assert logged(store) == []
    assert sorted(p.name for p in (tmp_path / "folder").iterdir()) == []


@pytest.mark.parametrize(
    ("number", "says"),
    [(28, "disk is full"), (30, "cannot be written to"), (13, "cannot be written to"), (5, "could not")],
)  # fmt: skip
@pytest.mark.parametrize("call", ["fsync", "write", "replace"])
def test_a_disk_that_fails_leaves_the_old_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str, call: str
) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"older")

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    def fail_write(handle: int, *_: object) -> object:
        class Full:
            def __enter__(self) -> "Full":
                return self

            def __exit__(self, *_: object) -> None:
                os.close(handle)

            write = staticmethod(fail)

        return Full()

    with monkeypatch.context() as patched:
        if call == "replace":
            patched.setattr(Path, "replace", fail)
        else:
            patched.setattr(os, "fsync" if call == "fsync" else "fdopen", fail if call == "fsync" else fail_write)
        with pytest.raises(UserError, match=says):
            send(store, target)
    assert target.read_bytes() == b"older"
    assert set(logged(store)) <= {"void"}
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["out.xlsx"]
    send(store, target)
    assert target.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("step", "state"), [("put_in_place", "written"), ("_mark", "written"), ("lost", "void"), ("altered", "void")]
)
def test_what_a_crash_left_is_finished_or_voided(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, state: str
) -> None:
    target = tmp_path / "out.xlsx"
    with monkeypatch.context() as patched:
        patched.setattr(outgoing_files, "discard", lambda temp: None)
        patched.setattr(outgoing_files, "_mark" if step == "_mark" else "put_in_place", cut)
        if step != "_mark":
            patched.setattr(outgoing_files, "_mark", cut)
        with pytest.raises(PowerCutError):
            send(store, target)
    assert logged(store) == ["pending"]
    for beside in tmp_path.glob(".matcher-*"):
        if step == "lost":
            beside.unlink()
        elif step == "altered":
            beside.write_bytes(b"somebody else's")
    settle_pending(store)
    assert logged(store) == [state]
    assert target.exists() == (state == "written")
    assert list(tmp_path.glob(".matcher-*")) == []
    settle_pending(store)
    assert logged(store) == [state]


def test_a_place_that_is_gone_for_now_does_not_stop_the_opening(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.xlsx"

    def read_only(*_: object) -> None:
        raise UserError("This folder cannot be written to.")

    with monkeypatch.context() as patched:
        patched.setattr(outgoing_files, "discard", lambda temp: None)
        patched.setattr(outgoing_files, "_mark", cut)
        patched.setattr(outgoing_files, "put_in_place", cut)
        with pytest.raises(PowerCutError):
            send(store, target)
    with monkeypatch.context() as patched:
        patched.setattr(outgoing_files, "put_in_place", read_only)
        settle_pending(store)
        assert logged(store) == ["pending"]
    settle_pending(store)
    assert logged(store) == ["written"]
    assert target.read_bytes() == CONTENT


def test_what_a_crash_left_in_her_folder_before_it_was_recorded_is_removed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "hers"
    folder.mkdir()
    (folder / ".matcher-of-another.part").write_bytes(b"not ours")

    class PulledPlugError(BaseException):
        pass

    def crash(*_: object, **__: object) -> None:
        raise PulledPlugError

    with monkeypatch.context() as plug:
        plug.setattr("matcher.storage.outgoing_files.work", crash)
        plug.setattr("matcher.storage.outgoing_files.discard", lambda _: None)
        with pytest.raises(PulledPlugError):
            send_out(
                store, folder / "list.xlsx", b"names", what="test", kind="test", request_id=None,
                members=[], check=lambda _unit, _out: None,
            )  # fmt: skip
    assert len(list(folder.iterdir())) == 2
    settle_pending(store)
    assert [path.name for path in folder.iterdir()] == [".matcher-of-another.part"]
