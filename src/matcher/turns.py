"""How often the threads of this program take turns."""

import contextlib
import sys
from collections.abc import Iterator

_TURN_SECONDS = 0.0001
_before: list[float] = []
"""What held before each that is under way began: whoever ends last brings back the first, whatever their order."""


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
