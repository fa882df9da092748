"""How the threads of this program take turns, and that the window has the first."""

import contextlib
import math
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")

_TURN_SECONDS = 0.0001
_before: list[float] = []
"""What held before each that is under way began: whoever ends last brings back the first, whatever their order."""

_LOOK_SECONDS, _MOST_SECONDS = 0.002, 0.2
_late_from = math.inf
"""When the window is late: it has not answered by then."""


@contextlib.contextmanager
def quick_turns() -> Iterator[None]:
    """Let threads change places fifty times as often as usual while one of them works long.

    A thread that reads a pipe or writes to the database needs a turn after every piece: it would wait longer for
    them than for the other side.
    """
    _before.append(sys.getswitchinterval())
    sys.setswitchinterval(min(_before[-1], _TURN_SECONDS))
    try:
        yield
    finally:
        sys.setswitchinterval(_before.pop())


def window_answers(again_within: float = math.inf) -> None:
    """The window has just answered and does so again within so many seconds, or else it is late."""
    global _late_from
    _late_from = time.monotonic() + again_within


def give_way() -> None:
    """Let the window go first when it is late; for work in the background to call after each little piece.

    Python lets one thread work at a time and gives all of them equal turns, so that beside three that calculate the
    window would take four times as long. Nobody stands back for ever: a window that is not heard of again is at
    something else.
    """
    if time.monotonic() > _late_from and threading.current_thread() is not threading.main_thread():
        since = _late_from
        while since == _late_from and time.monotonic() < since + _MOST_SECONDS:
            time.sleep(_LOOK_SECONDS)


def in_turn(things: Iterable[_T]) -> Iterator[_T]:
    """One thing after the other, giving way to the window before each: for every loop over very many."""
    for thing in things:
        give_way()
        yield thing
