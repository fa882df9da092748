"""A no is in the journal, on disk, before it is committed: killed in between, it is not forgotten."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matcher import clock
from matcher.consent import FormAnswer, Permission, decide, permissions, record_answers, withdraw
from matcher.model import Answer, Decision, How, Purpose, State
from matcher.outreach import ask, reply
from matcher.storage import Store, open_store, work
from matcher.storage.journal import entries

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
PASSPHRASE = "otter lantern gravel"


def by_hand(store: Store, ada: int, request: int) -> None:
    decide(store, Permission(ada, Purpose.MEDIA, Decision.REFUSED, clock.now(), How.PHONE, ""))


def by_file(store: Store, ada: int, request: int) -> None:
    with work(store, "import members") as unit:
        answer = FormAnswer(
            ada, unit.now, frozenset({Purpose.MEDIA}), {Purpose.MEDIA: Decision.REFUSED}, "row 2"
        )  # fmt: skip
        record_answers(unit, [answer])


def by_unticking(store: Store, ada: int, request: int) -> None:
    with work(store, "import members") as unit:
        record_answers(unit, [FormAnswer(ada, unit.now, frozenset({Purpose.MEDIA}), {}, "row 2")])


WAYS: dict[str, Callable[[Store, int, int], object]] = {
    "withdraw": lambda store, ada, request: withdraw(store, ada),
    "refuse by hand": by_hand,
    "a file": by_file,
    "an unticked box": by_unticking,
    "stop everything": lambda store, ada, request: reply(store, request, ada, Answer.STOP_ALL),
    "stop this kind": lambda store, ada, request: reply(store, request, ada, Answer.STOP_KIND),
}


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def do_and_die(path: Path, way: Callable[[Store, int, int], object], ada: int, request: int) -> None:
    """In a child: say no, and be killed after the journal was written, before anything is committed."""
    vars(permissions)["follow"] = die
    way(open_store(path, PASSPHRASE), ada, request)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_killed_between_the_journal_and_the_commit(
    network: "Network", way: Callable[[Store, int, int], object]
) -> None:
    ada, request = network.willing("Ada"), network.request()
    ask(network.store, request, [ada])
    assert entries(network.store) == []
    path = network.store.path
    network.store.close()
    child = os.fork()
    if not child:
        try:
            do_and_die(path, way, ada, request)
        finally:
            os._exit(1)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    network.store = open_store(path, PASSPHRASE)
    (noted,) = entries(network.store)
    assert Purpose.MEDIA in noted["purposes"]
    assert network.state(ada) is State.GIVEN  # not committed; the journal holds it for a restore
    way(network.store, ada, request)
    assert network.state(ada) in (State.REFUSED, State.WITHDRAWN)
    assert len(entries(network.store)) == 2
