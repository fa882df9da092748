"""Promise 6: killed while the passphrase is changed, one of old and new opens it, and the words always do."""

import contextlib
import os
import random
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import CHEAP, PASSPHRASE

from matcher.storage import (
    WrongPassphraseError,
    change_passphrase,
    open_store,
    renew_recovery_words,
)

if TYPE_CHECKING:
    from tests.conftest import Network

KILLS = int(os.environ.get("MATCHER_KEY_KILLS", "15"))


def change_for_ever(path: Path, first: str, tell: int) -> None:
    """In a child: change the passphrase again and again, telling each before it is set and once it was."""
    with open_store(path, first) as store:
        for number in range(100_000):
            os.write(tell, b"try %d\n" % number)
            change_passphrase(store, f"passphrase {number}", cost=CHEAP)
            os.write(tell, b"set %d\n" % number)


def opens(path: Path, secret: str) -> bool:
    with contextlib.suppress(WrongPassphraseError):
        open_store(path, secret).close()
        return True
    return False


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_killed_while_it_is_changed_exactly_one_opens(network: "Network") -> None:
    words = renew_recovery_words(network.store, cost=CHEAP)
    path, chance, present = network.store.path, random.Random(6), PASSPHRASE
    network.store.close()
    torn = 0
    for _ in range(KILLS):
        listen, tell = os.pipe()
        child = os.fork()
        if not child:
            try:
                change_for_ever(path, present, tell)
            finally:
                os._exit(1)
        os.close(tell)
        heard = os.read(listen, 4096)
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(listen, 65_536):
            heard += more
        os.close(listen)
        told = [line.split() for line in heard.decode().splitlines()]
        last_set = [f"passphrase {number}" for what, number in told if what == "set"][-1:] or [present]
        tried = [f"passphrase {number}" for what, number in told if what == "try"][-1:]
        candidates = {last_set[0], *tried}
        valid = [secret for secret in candidates if opens(path, secret)]
        assert len(valid) == 1, f"{len(valid)} of old and new open it"
        torn += valid != last_set
        present = valid[0]
        assert opens(path, words)
        assert not opens(path, "neither of them")
    assert torn < KILLS
