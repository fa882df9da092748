"""Promise 2: whichever write, sync or rename fails, she is told plainly, nothing is lost, and it works once freed.

The kernel is made to fail (``strace``): the first, second, third ... call of a kind, in a process of one act.
``MATCHER_FAULTS`` is how many of each kind are tried at most (4 in CI; 400 reaches the last call of every act).
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from tests.conftest import CHEAP, PASSPHRASE

from matcher.consent import chain_problems, restore
from matcher.errors import UserError
from matcher.model import Member
from matcher.storage import (
    Store,
    back_up,
    backup_problems,
    backups,
    change_passphrase,
    integrity_problems,
    open_store,
    reading,
    save_backup,
    work,
)
from matcher.storage.copies import DATABASE

if TYPE_CHECKING:
    from tests.conftest import Network

MOST = int(os.environ.get("MATCHER_FAULTS", "4"))
KINDS = {
    "write": "write,pwrite64,writev,ftruncate,copy_file_range,sendfile:error=ENOSPC",
    "sync": "fsync,fdatasync:error=EIO",
    "rename": "rename,renameat,renameat2:error=EIO",
}
DONE, TOLD, CRASHED = 0, 2, 1

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None or not hasattr(os, "fork"), reason="needs strace, and a system that forks"
)


def save(path: Path) -> None:
    with open_store(path, PASSPHRASE) as store, work(store, "add a member") as unit:
        unit.session.add(Member(first_name="Bea", experience_text="nights " * 3_000, created_at=unit.now))


def make_backup(path: Path) -> None:
    with open_store(path, PASSPHRASE) as store:
        back_up(store)


def save_as_file(path: Path) -> None:
    with open_store(path, PASSPHRASE) as store:
        save_backup(store, path.parent / "carried.matcherbackup")


def put_back(path: Path) -> None:
    restore(path, sorted((path / "backups").iterdir())[0], PASSPHRASE)


def new_passphrase(path: Path) -> None:
    with open_store(path, PASSPHRASE) as store:
        change_passphrase(store, PASSPHRASE, cost=CHEAP)


ACTS: dict[str, Callable[[Path], None]] = {
    "save": save, "backup": make_backup, "file": save_as_file, "restore": put_back, "passphrase": new_passphrase,
}  # fmt: skip


def with_fault(act: Callable[[Path], None], path: Path, fault: str, number: int) -> int:
    """Do the act in a child whose ``number``th call of that kind fails; return how it ended."""
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        os.write(ready[1], b"x")
        os.read(go[0], 1)
        code = CRASHED
        try:
            act(path)
            code = DONE
        except UserError:
            code = TOLD
        except Exception:  # noqa: BLE001 - the child says what it was and ends
            traceback.print_exc()
        finally:
            os._exit(code)
    os.read(ready[0], 1)
    calls = fault.split(":")[0]
    command = [
        "strace",
        "-f",
        "-qq",
        "-p",
        str(child),
        "-e",
        f"trace={calls}",
        "-e",
        f"inject={fault}:when={number}",
    ]
    tracer = subprocess.Popen([*command, "-o", "/dev/null"], stderr=subprocess.PIPE, text=True)
    status = Path(f"/proc/{child}/status")
    until = time.monotonic() + 20
    while "TracerPid:\t0" in status.read_text() and time.monotonic() < until:
        if tracer.poll() is not None:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            pytest.skip("this system lets nobody trace")
        time.sleep(0.002)
    os.write(go[1], b"x")
    _, ended = os.waitpid(child, 0)
    tracer.communicate()
    for end in (*ready, *go):
        os.close(end)
    return os.waitstatus_to_exitcode(ended)


def names(store: Store) -> list[str]:
    with reading(store) as session:
        return list(session.scalars(select(Member.first_name).order_by(Member.id)))


def calls_of(act: Callable[[Path], None], path: Path, fault: str) -> int:
    """How many calls of that kind the act makes, counted once."""
    listed = fault.split(":")[0]
    report = path.parent / "calls.txt"
    child = os.fork()
    if not child:
        code = CRASHED
        try:
            os.kill(os.getpid(), signal.SIGSTOP)
            act(path)
            code = DONE
        finally:
            os._exit(code)
    os.waitpid(child, os.WUNTRACED)
    tracer = subprocess.Popen(
        ["strace", "-f", "-qq", "-p", str(child), "-e", f"trace={listed}", "-o", str(report)],
        stderr=subprocess.DEVNULL,
    )
    status = Path(f"/proc/{child}/status")
    while "TracerPid:\t0" in status.read_text() and tracer.poll() is None:
        time.sleep(0.002)
    os.kill(child, signal.SIGCONT)
    os.waitpid(child, 0)
    tracer.wait()
    return len(re.findall(r"^\d+ +\w+\(", report.read_text(), re.MULTILINE)) if report.exists() else 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ACTS)
def test_a_fault_at_any_call_is_told_and_loses_nothing(
    network: "Network", tmp_path: Path, name: str, kind: str
) -> None:
    act, fault = ACTS[name], KINDS[kind]
    network.willing("Ada", experience_text="nights " * 500)
    back_up(network.store)
    network.member("Cai")
    network.store.close()
    template = network.store.path
    trial = tmp_path / "trial" / "trial.matcher"

    def fresh() -> None:
        shutil.rmtree(trial.parent, ignore_errors=True)
        shutil.copytree(template, trial, ignore=shutil.ignore_patterns("lock"))

    fresh()
    count = calls_of(act, trial, fault)
    numbers = range(1, count + 1) if count <= MOST else range(1, count + 1, -(-count // MOST))
    ended: list[int] = []
    for number in numbers:
        fresh()
        ended.append(with_fault(act, trial, fault, number))
        assert ended[-1] in (DONE, TOLD), f"call {number} of {count}: {ended[-1]}"
        with open_store(trial, PASSPHRASE) as store:
            found = names(store)
            after = ["Ada"] if name == "restore" else ["Ada", "Cai", *(["Bea"] if name == "save" else [])]
            assert found == after or (ended[-1] == TOLD and found == ["Ada", "Cai"]), found
            assert integrity_problems(store) == ()
            assert chain_problems(store) == ()
            assert all(backup_problems(store, one.path) == () for one in backups(store))
        act(trial)  # once freed it works
        left = [file.name for file in trial.rglob("*") if file.name.endswith((".part", ".opening"))]
        assert left == []
        with contextlib.suppress(FileNotFoundError):
            assert (trial.parent / "carried.matcherbackup").stat().st_size > (trial / DATABASE).stat().st_size / 2
    assert ended or count == 0
