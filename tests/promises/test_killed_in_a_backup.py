"""Promise 1, for backups: killed while one is made or put back, the store is the old or the new one.

And no no is lost. ``MATCHER_BACKUP_KILLS`` is how often (8 in CI, 300 in full).
"""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from tests.conftest import PASSPHRASE

from matcher.consent import chain_problems, restore, withdraw
from matcher.model import Member, State
from matcher.storage import (
    back_up,
    backup_problems,
    backups,
    integrity_problems,
    open_store,
    reading,
    save_backup,
)

if TYPE_CHECKING:
    from tests.conftest import Network

KILLS = int(os.environ.get("MATCHER_BACKUP_KILLS", "8"))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")


def make_backups(path: Path, _backup: Path) -> None:
    with open_store(path, PASSPHRASE) as store:
        back_up(store)
        save_backup(store, path.parent / "carried.matcherbackup")


def put_back(path: Path, backup: Path) -> None:
    restore(path, backup, PASSPHRASE)


def killed_in(act: Callable[[Path, Path], None], path: Path, backup: Path, after: float) -> None:
    """Do it in a child and kill that after so many seconds, whether it was done by then or not."""
    child = os.fork()
    if not child:
        code = 1
        try:
            act(path, backup)
            code = 0
        finally:
            os._exit(code)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.parametrize("act", [make_backups, put_back])
def test_killed_at_any_moment(network: "Network", tmp_path: Path, act: Callable[[Path, Path], None]) -> None:
    ada = network.willing("Ada", experience_text="nights " * 2_000)
    backup = back_up(network.store)
    network.willing("Bea")
    withdraw(network.store, ada)
    network.store.close()
    template, chance = network.store.path, random.Random(1)
    started = time.monotonic()
    whole = tmp_path / "whole" / "trial.matcher"
    shutil.copytree(template, whole, ignore=shutil.ignore_patterns("lock"))
    act(whole, whole / "backups" / backup.name)
    longest = time.monotonic() - started
    for number in range(KILLS):
        trial = tmp_path / "trial" / "trial.matcher"
        shutil.rmtree(trial.parent, ignore_errors=True)
        shutil.copytree(template, trial, ignore=shutil.ignore_patterns("lock"))
        killed_in(act, trial, trial / "backups" / backup.name, chance.uniform(0, 1.3 * longest))
        network.store = open_store(trial, PASSPHRASE)
        with reading(network.store) as session:
            names = list(session.scalars(select(Member.first_name).order_by(Member.id)))
        assert names == ["Ada", "Bea"] or (act is put_back and names == ["Ada"]), number
        assert network.state(ada) is State.WITHDRAWN
        assert integrity_problems(network.store) == ()
        assert chain_problems(network.store) == ()
        assert all(backup_problems(network.store, one.path) == () for one in backups(network.store))
        assert len(backups(network.store)) >= 1
        network.store.close()
