"""Promises 1, 3, 4 and 7: killed at any moment, synced at every commit, held by one, nothing in the clear."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from matcher.consent import chain_problems, restore, withdraw
from matcher.errors import UserError
from matcher.model import Member
from matcher.storage import (
    Cost,
    back_up,
    bring_elsewhere,
    change_passphrase,
    choose_second_place,
    integrity_problems,
    keep_aside,
    open_store,
    reading,
    remember_store,
    save_backup,
    work,
)
from matcher.storage.outgoing_files import send_out

if TYPE_CHECKING:
    from tests.conftest import Network

PASSPHRASE = "otter lantern gravel"
KILLS = int(os.environ.get("MATCHER_KILLS", "20"))


def save_members_for_ever(path: Path, acknowledged: int) -> None:
    """In a child: save one member after the other, and tell the parent of each that is saved."""
    with open_store(path, PASSPHRASE) as store:
        while True:
            with work(store, "add a member") as unit:
                member = Member(first_name="Ada", created_at=unit.now)
                unit.session.add(member)
                unit.session.flush()
                member_id = member.id
            os.write(acknowledged, b"%d\n" % member_id)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_killed_at_any_moment_nothing_acknowledged_is_lost(network: "Network") -> None:
    path, chance = network.store.path, random.Random(4)
    network.store.close()
    acknowledged: set[int] = set()
    for _ in range(KILLS):
        listen, tell = os.pipe()
        child = os.fork()
        if not child:
            try:
                save_members_for_ever(path, tell)
            finally:
                os._exit(1)
        os.close(tell)
        heard = os.read(listen, 65_536)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
        while more := os.read(listen, 65_536):
            heard += more
        os.close(listen)
        acknowledged |= {int(line) for line in heard.split()}
        with open_store(path, PASSPHRASE) as store, reading(store) as session:
            assert acknowledged <= set(session.scalars(select(Member.id)))
            assert integrity_problems(store) == ()
    assert len(acknowledged) > KILLS


HOLD = """
import sys, time
from pathlib import Path
from matcher.storage import open_store
store = open_store(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
time.sleep(60)
"""


def test_a_second_process_is_told_at_once_and_the_lock_dies_with_its_owner(network: "Network") -> None:
    path = network.store.path
    network.store.close()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), PASSPHRASE], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        started = time.process_time()
        with pytest.raises(UserError, match="already open on this computer"):
            open_store(path, PASSPHRASE)
        assert time.process_time() - started < 1
    finally:
        holder.kill()
        holder.communicate()
    open_store(path, PASSPHRASE).close()


SAVE = """
import sys
from pathlib import Path
from matcher.storage import open_store, put_setting, work
with open_store(Path(sys.argv[1]), sys.argv[2]) as store:
    for number in range(20):
        with work(store, "save") as unit:
            put_setting(unit, "test.number", number)
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace; the pragmas are tested in core/storage")
def test_every_commit_is_synced(network: "Network", tmp_path: Path) -> None:
    network.store.close()
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(trace), sys.executable, "-c", SAVE]
    done = subprocess.run(
        [*command, str(network.store.path), PASSPHRASE], capture_output=True, text=True, check=False
    )
    if "ptrace" in done.stderr:
        pytest.skip("this system lets nobody trace")
    assert done.returncode == 0, done.stderr
    assert len([line for line in trace.read_text().splitlines() if "sync(" in line]) >= 20


CANARIES = ("Zephyrine", "Quillfeather", "zq@example.org", "07700900987", "marzipan-topic", "Nightjar House")


def clear_text(folder: Path) -> list[tuple[str, str]]:
    """(file, canary) for every canary that stands readable in a file or a file's name."""
    found = []
    for file in folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        for canary in CANARIES:
            for encoded in (canary.encode(), canary.encode("utf-16-le")):
                if encoded in content or canary in file.name:
                    found.append((file.name, canary))
    return found


def test_no_name_stands_in_the_clear(network: "Network", own_computer: Path, tmp_path: Path) -> None:
    store = network.store
    remember_store(store.path)
    person = network.willing(
        "Zephyrine", last_name="Quillfeather", email="zq@example.org", phone="07700900987",
        interests_text="marzipan-topic", employer="Nightjar House",
    )  # fmt: skip
    with work(store, "edit member") as unit:
        unit.session.get_one(Member, person).town = "Nightjar House"
    with contextlib.suppress(ZeroDivisionError), work(store, "edit member") as unit:
        unit.session.get_one(Member, person).town = "marzipan-topic" * 3000
        unit.session.flush()
        raise ZeroDivisionError
    (store.files / "1").write_bytes(store.seal(b"Zephyrine Quillfeather"))
    withdraw(store, person, evidence="Zephyrine wrote STOP")
    back_up(store)
    choose_second_place(store, own_computer)
    bring_elsewhere(store)
    save_backup(store, own_computer / "carried.matcherbackup")
    assert keep_aside(store, "edits", b'[{"words": "Zephyrine Quillfeather"}]')
    change_passphrase(store, "new words", cost=Cost(n=2**10))
    with reading(store) as session:
        session.scalars(select(Member).order_by(Member.last_name)).all()
        assert (store.path / "data.db-wal").stat().st_size > 0
        assert clear_text(tmp_path) == []
    store.close()
    restore(store.path, next(own_computer.glob("carried*")), "new words")
    restore(tmp_path / "moved.matcher", next(own_computer.glob("carried*")), PASSPHRASE)
    assert clear_text(tmp_path) == []
    assert clear_text(own_computer) == []
    assert len(list(own_computer.glob("*.matcherbackup"))) == 2
    assert {"journal", "keys.json", "data.db"} <= {p.name for p in store.path.iterdir()}
    (tmp_path / "proof").write_text("Zephyrine")
    assert clear_text(tmp_path) == [("proof", "Zephyrine")]


def test_a_file_that_leaves_is_gone_from_nowhere_else(network: "Network", tmp_path: Path) -> None:
    target = tmp_path / "out" / "x.xlsx"
    target.parent.mkdir()
    send_out(
        network.store, target, b"Zephyrine", what="export", kind="w", request_id=None, members=[],
        check=lambda unit, out: None,
    )  # fmt: skip
    network.store.close()
    assert clear_text(tmp_path) == [("x.xlsx", "Zephyrine")]
    assert chain_problems(network.reopen()) == ()
