"""Threads take turns more often for a while, and as usual afterwards; the window goes before all of them."""

import sys
import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from matcher import turns
from matcher.storage import rows_of
from matcher.storage.store import Store, reading
from matcher.turns import give_way, in_turn, quick_turns, window_answers


@pytest.fixture
def window() -> Iterator[None]:
    """There is a window, which is late."""
    window_answers(0.0)
    yield
    window_answers()


def begun(work: threading.Thread) -> threading.Thread:
    work.start()
    return work


def test_turns_are_quick_and_then_as_before() -> None:
    usual = sys.getswitchinterval()
    with quick_turns():
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


def test_two_that_overlap_leave_it_as_it_was() -> None:
    usual = sys.getswitchinterval()
    one, other = quick_turns(), quick_turns()
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert sys.getswitchinterval() < usual
    other.__exit__(None, None, None)
    assert sys.getswitchinterval() == usual


def test_background_work_stands_back_while_the_window_is_late(
    window: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_MOST_SECONDS", 60.0)
    done: list[int] = []
    work = begun(threading.Thread(target=lambda: done.extend(in_turn(range(3)))))
    work.join(0.05)
    assert work.is_alive()
    assert done == []
    window_answers(60.0)
    work.join()
    assert done == [0, 1, 2]


def test_nobody_stands_back_for_ever(window: None) -> None:
    work = begun(threading.Thread(target=give_way))
    work.join(20 * turns._MOST_SECONDS)
    assert not work.is_alive()


def test_the_window_itself_and_a_program_without_one_wait_for_nobody(
    window: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stood_back(_seconds: float) -> None:
        raise AssertionError

    monkeypatch.setattr(time, "sleep", stood_back)
    give_way()
    window_answers()
    work = begun(threading.Thread(target=give_way))
    work.join()


def test_rows_come_in_turn(store: Store) -> None:
    with reading(store) as session:
        assert [row[0] for row in rows_of(session, text("SELECT 1 UNION SELECT 2"))] == [1, 2]
