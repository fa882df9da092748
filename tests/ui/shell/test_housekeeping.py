"""Garbage with widgets in it is collected by the window's thread only, and Python gets its collection back."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from matcher_ui.housekeeping import FULL_EVERY, Housekeeping
from matcher_ui.jobs import Jobs


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    door = Jobs()
    yield door
    door.shutdown()


def test_a_widget_in_a_cycle_dies_on_the_windows_thread(jobs: Jobs, qtbot: QtBot) -> None:
    keeper = Housekeeping(jobs, lambda: 60.0)
    died: list[bool] = []

    class Knot(QObject):
        def __del__(self) -> None:
            died.append(threading.current_thread() is threading.main_thread())

    try:
        knot = Knot()
        knot.itself = knot  # type: ignore[attr-defined]
        del knot
        jobs.run(lambda _p: [[] for _ in range(200_000)], on_done=lambda _: None, what="Filling", writes=False)
        qtbot.waitUntil(lambda: jobs.count == 0)
        for _ in range(FULL_EVERY):
            keeper.tidy()
        assert died == [True]
    finally:
        keeper.stop()
    assert gc.isenabled()


def test_nothing_is_collected_in_full_while_she_works(jobs: Jobs, qtbot: QtBot) -> None:
    keeper = Housekeeping(jobs, lambda: 0.5)
    try:
        before = gc.get_stats()[2]["collections"]
        for _ in range(2 * FULL_EVERY):
            keeper.tidy()
        assert gc.get_stats()[2]["collections"] == before
    finally:
        keeper.stop()
