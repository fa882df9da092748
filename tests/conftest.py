"""What every test stands on: nothing of the user's is touched, noise fails, and a small network to play with."""

import gc
import logging
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from matcher import clock
from matcher.consent import FormAnswer, Permission, record, record_answers, states
from matcher.files.readers import child, sandbox
from matcher.model import (
    Audience,
    Brief,
    Decision,
    How,
    Member,
    Purpose,
    Request,
    ShortlistEntry,
    State,
)
from matcher.progress import Progress
from matcher.storage import Cost, Store, change_passphrase, create_store, open_store, reading, work

NOW = "2026-11-23T09:00:00+00:00"
PASSPHRASE = "otter lantern gravel"
CHEAP = Cost(n=2**10)
settings.register_profile("untimed", deadline=None)  # a busy computer is no reason to fail
settings.load_profile("untimed")

MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:  # each save waits for the disk otherwise
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
sys.dont_write_bytecode = False  # or every process that a test starts compiles the whole program anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

TIMES = int(os.environ.get("MATCHER_EXAMPLES", "1"))


def examples(count: int) -> settings:
    """So many random cases a run, others each time; ``MATCHER_EXAMPLES=10`` tries ten times as many."""
    return settings(max_examples=count * TIMES, deadline=None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Each process goes through one stretch of the tests: what is made for a stretch is then made once."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


def pytest_collection_finish() -> None:
    """Thousands of tests lie in memory now; the garbage collector need not look through them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the home of each test would be, one after the other."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count(1))


@pytest.fixture(autouse=True)
def own_computer(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer of the test's own: no setting, store or passphrase of the user's is seen or changed."""
    home = next(homes)
    home.mkdir()
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR"):
        monkeypatch.setenv(variable, str(home / variable))
    for variable in ("MATCHER_PASSPHRASE", "MATCHER_NEW_PASSPHRASE", "MATCHER_NOW"):
        monkeypatch.delenv(variable, raising=False)
    return home


@pytest.fixture(autouse=True)
def no_stray_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    stray = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    assert not stray, [r.getMessage() for r in stray]


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    leaked = [t.name for t in threading.enumerate() if t not in before and t.is_alive()]
    assert not leaked, leaked


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of new stores are cheap to derive: every verb of the command line derives one again."""
    monkeypatch.setattr("matcher.storage.store.Cost", lambda: CHEAP)


def _run_here(
    order: dict[str, Any], _name: str, progress: Progress, what: str, *, seconds: float = 0.0,
    meanwhile: Callable[[], bool] = sandbox.nothing_else,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """What the reading child would say, over the same lines, without the start of a process."""
    collecting = gc.isenabled()
    said = [*child.answers(order)]
    if collecting:
        gc.enable()  # the child does without
    for message in said:
        read = sandbox.understood(child.line(message))
        meanwhile()
        progress(0, 0, what)
        if "end" in read:
            return
        sandbox.raise_failure(read)
        yield read


@contextmanager
def reading_here() -> Iterator[None]:
    """Files are read in this process, by the same code: starting one takes longer than reading a letter."""
    with pytest.MonkeyPatch.context() as patch:
        for reader in ("documents", "workbooks"):
            patch.setattr(f"matcher.files.readers.{reader}.run", _run_here)
        yield


@pytest.fixture
def read_here() -> Iterator[None]:
    """For tests of what stands in files; how they are read is tested in ``core/files`` and by the promises."""
    with reading_here():
        yield


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Monday 23 November 2026, nine in the morning."""
    monkeypatch.setenv("MATCHER_NOW", NOW)
    return clock.now()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], datetime]:
    """Set the clock, as often as wanted."""

    def set_clock(moment: str) -> datetime:
        monkeypatch.setenv("MATCHER_NOW", moment)
        return clock.now()

    return set_clock


@dataclass
class Network:
    """A small network in a store of its own, and the few things that tests say about it."""

    store: Store

    def member(self, first_name: str = "Ada", **fields: Any) -> int:
        with work(self.store, "add a member") as unit:
            member = Member(first_name=first_name, created_at=unit.now, **fields)
            unit.session.add(member)
            unit.session.flush()
            return member.id

    def request(self, audience: Audience = Audience.MEDIA, **brief: Any) -> int:
        with work(self.store, "log a request") as unit:
            request = Request(received_at=unit.now, created_at=unit.now)
            request.brief = Brief(**({"title": "Night shifts", "audience": audience} | brief))
            unit.session.add(request)
            unit.session.flush()
            return request.id

    def say(
        self, member_id: int, decision: Decision = Decision.GIVEN, purpose: Purpose = Purpose.MEDIA, *,
        how: How = How.PHONE, at: datetime | None = None,
    ) -> int:  # fmt: skip
        """Record a decision by hand; return the step."""
        with work(self.store, "record a permission") as unit:
            record(unit, Permission(member_id, purpose, decision, at or unit.now, how, "said so"))
            return unit.batch_id

    def form(
        self, member_id: int, at: datetime, decisions: dict[Purpose, Decision],
        asked: frozenset[Purpose] = frozenset({Purpose.MEDIA}),
    ) -> Any:  # fmt: skip
        """Record one answer of a form; return what was recorded."""
        with work(self.store, "import members") as unit:
            return record_answers(unit, [FormAnswer(member_id, at, asked, decisions, "row 2")])

    def state(self, member_id: int, purpose: Purpose = Purpose.MEDIA) -> State:
        with reading(self.store) as session:
            return states(session, {member_id}).get(member_id, {}).get(purpose, State.NOT_GIVEN)

    def willing(self, first_name: str = "Ada", **fields: Any) -> int:
        """A member who may be asked about media requests."""
        member_id = self.member(first_name, **fields)
        self.say(member_id)
        return member_id

    def shortlist(self, request_id: int, *member_ids: int, reserves: int = 0) -> None:
        with work(self.store, "make a list") as unit:
            for place, member_id in enumerate(member_ids, start=1):
                reserve = place > len(member_ids) - reserves
                unit.session.add(
                    ShortlistEntry(
                        request_id=request_id, member_id=member_id, position=place, score=1.0, reserve=reserve
                    )
                )

    def reopen(self) -> Store:
        """Close the store and open it again."""
        self.store.close()
        self.store = open_store(self.store.path, PASSPHRASE)
        return self.store


NewNetwork = Callable[[], AbstractContextManager[Network]]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed, empty store, copied for every test: making one anew takes thirty times as long."""
    path = tmp_path_factory.mktemp("template") / "network.matcher"
    create_store(path, "Lantern Network", PASSPHRASE, cost=CHEAP).store.close()
    return path


def make_cheap_sample(path: Path, members: int) -> None:
    """Make a closed sample network as it is that Monday, with a key that is cheap to derive."""
    from matcher.sample import PASSPHRASE, make_sample

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHER_NOW", NOW)
        with make_sample(path, members=members) as store:
            change_passphrase(store, PASSPHRASE, cost=CHEAP)


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed sample network of forty, to be copied."""
    path = tmp_path_factory.mktemp("sample") / "sample.matcher"
    make_cheap_sample(path, 40)
    return path


@pytest.fixture(scope="session")
def new_network(template: Path, tmp_path_factory: pytest.TempPathFactory) -> NewNetwork:
    """Fresh networks, one for each example of a property."""
    folder, numbers = tmp_path_factory.mktemp("networks"), count(1)

    @contextmanager
    def fresh() -> Iterator[Network]:
        path = folder / f"{next(numbers)}.matcher"
        shutil.copytree(template, path)
        network = Network(open_store(path, PASSPHRASE))
        try:
            yield network
        finally:
            network.store.close()
            shutil.rmtree(path)

    return fresh


@pytest.fixture
def network(template: Path, tmp_path: Path) -> Iterator[Network]:
    """A fresh network."""
    path = tmp_path / "network.matcher"
    shutil.copytree(template, path)
    fresh = Network(open_store(path, PASSPHRASE))
    yield fresh
    fresh.store.close()


@pytest.fixture
def store(network: Network) -> Store:
    """A fresh encrypted store."""
    return network.store
