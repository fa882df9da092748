"""How often the threads of this program take turns."""

import contextlib
import sys
from collections.abc import Iterator

_TURN_SECONDS = 0.0001


@contextlib.contextmanager
def quick_turns() -> Iterator[None]:
    """Let threads change places fifty times as often as usual while one of them works long.

    A thread that reads a pipe or writes to the database needs a turn after every piece: it would wait longer for
    them than for the other side.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(min(usual, _TURN_SECONDS))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
