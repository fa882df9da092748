"""Background work: order, progress, cancelling, failing, the latest wins, and no thread left behind."""

import ast
import math
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

import matcher_ui
from matcher import turns
from matcher.errors import UserError
from matcher.progress import Progress
from matcher_ui.jobs import Job, Jobs

WAYS_TO_A_THREAD = {
    "threading", "_thread", "concurrent", "multiprocessing", "asyncio", "QThread", "QThreadPool", "QRunnable",
    "QtConcurrent",
}  # fmt: skip


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    door = Jobs()
    yield door
    door.shutdown()


def test_results_come_in_order_on_the_window_thread(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[int, bool]] = []
    here = QThread.currentThread()

    def keep(number: int) -> None:
        seen.append((number, QThread.currentThread() is here))

    for number in range(20):
        jobs.run(lambda _p, n=number: n, on_done=keep, what="Counting", writes=True)  # type: ignore[misc]
    assert jobs.count == 20
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == [(n, True) for n in range(20)]
    assert jobs.count == 0


def test_one_thread_each_for_writing_and_reading(jobs: Jobs, qtbot: QtBot) -> None:
    names: set[str] = set()
    for writes in (True, False) * 5:
        jobs.run(lambda _p: threading.current_thread().name, on_done=names.add, what="Naming", writes=writes)
    qtbot.waitUntil(lambda: jobs.count == 0)
    assert len(names) == 2
    assert {name.split("_")[0] for name in names} == {"matcher-writer", "matcher-reader"}


def test_reading_goes_on_while_something_long_is_written(jobs: Jobs, qtbot: QtBot) -> None:
    gate, seen = threading.Event(), list[str]()
    jobs.run(lambda _p: gate.wait(5), on_done=lambda _: seen.append("written"), what="Importing", writes=True)
    jobs.run(lambda _p: None, on_done=lambda _: seen.append("read"), what="Looking", writes=False)
    qtbot.waitUntil(lambda: seen == ["read"])
    gate.set()
    qtbot.waitUntil(lambda: seen == ["read", "written"])


def test_progress_is_told_but_not_too_often(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[tuple[int, int, str]] = []
    ended: list[Job] = []
    watched = threading.Event()

    def verb(progress: Progress) -> None:
        watched.wait(5)
        for done in range(1, 2001):
            progress(done, 2000, "Reading rows")

    job = jobs.run(verb, on_done=lambda _: None, what="Reading", writes=False)
    job.progressed.connect(lambda *values: told.append(values))
    jobs.ended.connect(ended.append)
    watched.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert told[-1] == (2000, 2000, "Reading rows")
    assert len(told) < 50
    assert (job.done, job.total, job.what) == (2000, 2000, "Reading rows")


def test_cancel_stops_running_work_at_its_next_report(jobs: Jobs, qtbot: QtBot) -> None:
    running, cancelled, done = threading.Event(), list[bool](), list[object]()

    def verb(progress: Progress) -> None:
        for step in range(10_000):
            running.set()
            progress(step, 10_000, "Ranking")
            time.sleep(0.001)

    job = jobs.run(
        verb, on_done=done.append, on_cancelled=lambda: cancelled.append(True), what="Ranking", writes=False
    )
    running.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: cancelled == [True])
    assert not done


def test_cancel_before_its_turn_never_runs_it(jobs: Jobs, qtbot: QtBot) -> None:
    gate, ran, cancelled = threading.Event(), list[bool](), list[bool]()
    jobs.run(lambda _p: gate.wait(5), on_done=lambda _: None, what="First", writes=True)
    second = jobs.run(
        lambda _p: ran.append(True),
        on_done=lambda _: None,
        on_cancelled=lambda: cancelled.append(True),
        what="Second",
        writes=True,
    )
    second.cancel()
    gate.set()
    qtbot.waitUntil(lambda: cancelled == [True])
    assert not ran


def test_a_finished_write_is_told_even_if_cancel_came_too_late(jobs: Jobs, qtbot: QtBot) -> None:
    started, gate, done = threading.Event(), threading.Event(), list[str]()

    def verb(_progress: Progress) -> str:
        started.set()
        gate.wait(5)
        return "saved"

    job = jobs.run(verb, on_done=done.append, what="Saving", writes=True)
    started.wait(5)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: done == ["saved"])


def test_an_error_for_people_reaches_on_failed_or_the_signal(jobs: Jobs, qtbot: QtBot) -> None:
    here: list[UserError] = []
    elsewhere: list[UserError] = []
    jobs.failed.connect(elsewhere.append)

    def verb(_progress: Progress) -> None:
        raise UserError("The sheet has no names.", todo="Choose another sheet.")

    jobs.run(verb, on_done=lambda _: None, on_failed=here.append, what="Reading", writes=False)
    jobs.run(verb, on_done=lambda _: None, what="Reading", writes=False)
    qtbot.waitUntil(lambda: bool(here) and bool(elsewhere))
    assert str(here[0]) == str(elsewhere[0]) == "The sheet has no names. Choose another sheet."


def test_a_bug_is_told_without_its_message(jobs: Jobs, qtbot: QtBot) -> None:
    crashes: list[tuple[str, str]] = []
    calm: list[UserError] = []
    jobs.crashed.connect(lambda kind, where: crashes.append((kind, where)))

    def verb(_progress: Progress) -> None:
        try:
            int("Precious Dlamini")
        except ValueError as error:
            raise KeyError("Precious Dlamini") from error

    jobs.run(verb, on_done=lambda _: None, on_failed=calm.append, what="Reading", writes=False)
    qtbot.waitUntil(lambda: bool(crashes) and bool(calm))
    kind, where = crashes[0]
    assert kind == "KeyError"
    assert "in verb" in where
    assert "caused by\nValueError" in where
    assert "Precious" not in where + str(calm[0])


def test_of_calls_with_one_key_only_the_latest_answers(jobs: Jobs, qtbot: QtBot) -> None:
    gate, seen = threading.Event(), list[int]()
    jobs.run(lambda _p: gate.wait(5), on_done=lambda _: None, what="Busy", writes=False)
    for weight in range(30):
        jobs.run_latest("rank", lambda _p, w=weight: w, on_done=seen.append)  # type: ignore[misc]
    gate.set()
    qtbot.waitUntil(lambda: jobs.count == 0)
    assert seen == [29]


def test_shutdown_finishes_writing_drops_reading_and_leaves_no_thread(qapp: object) -> None:
    jobs, written, read = Jobs(), list[int](), list[int]()
    for number in range(5):
        jobs.run(lambda _p, n=number: written.append(n), on_done=lambda _: None, what="W", writes=True)  # type: ignore[misc]
    gate = threading.Event()
    jobs.run(lambda _p: gate.wait(0.05), on_done=lambda _: None, what="Busy", writes=False)
    jobs.run(lambda _p: read.append(1), on_done=lambda _: None, what="R", writes=False)
    jobs.shutdown()
    assert written == [0, 1, 2, 3, 4]
    assert not read
    assert not [t for t in threading.enumerate() if t.name.startswith("matcher-")]
    with pytest.raises(RuntimeError):
        jobs.run(lambda _p: None, on_done=lambda _: None, what="Late", writes=False)


def test_nothing_else_in_the_window_starts_a_thread() -> None:
    root = Path(matcher_ui.__file__).parent
    met: dict[str, set[str]] = {}
    for path in root.rglob("*.py"):
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names |= {(node.module or "").split(".")[0], *(alias.name for alias in node.names)}
        if found := names & WAYS_TO_A_THREAD:
            met[path.relative_to(root).as_posix()] = found
    assert set(met) == {"jobs/door.py", "jobs/job.py"}


def test_the_window_is_late_only_while_work_is_under_way(jobs: Jobs, qtbot: QtBot) -> None:
    began, go_on = Event(), Event()

    def verb(_progress: Progress) -> None:
        began.set()
        go_on.wait(5)

    with qtbot.waitSignal(jobs.ended):
        jobs.run(verb, on_done=lambda _answer: None, what="", writes=False)
        assert began.wait(5)
        qtbot.waitUntil(lambda: turns._late_from < math.inf)
        first = turns._late_from
        qtbot.waitUntil(lambda: turns._late_from > first)
        go_on.set()
    assert turns._late_from == math.inf


def test_loading_waits_for_nothing_that_is_read_or_written(jobs: Jobs, qtbot: QtBot) -> None:
    go_on, loaded = Event(), list[object]()
    for writes, aside in ((True, False), (False, False), (False, True)):
        jobs.run(lambda _progress: go_on.wait(5), on_done=lambda _answer: None, what="", writes=writes, aside=aside)
    jobs.load(lambda: "a page", loaded.append)
    qtbot.waitUntil(lambda: loaded == ["a page"])
    assert jobs.count == 3
    go_on.set()
    qtbot.waitUntil(lambda: jobs.count == 0)
