"""The window's own work in pieces, one in each turn of the event loop, so that it answers in between."""

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

BUSY_S, MOST_TURNS = 0.002, 5


class Pieces(QObject):
    """Does what it is given in that order: each in a turn of its own, after one in which hardly anything was done.

    Else what a key does, what is then painted and a piece would be one wait. Where the window is busy turn after
    turn, a piece comes in the fifth all the same.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], object]] = deque()
        self._turns, self._worked = 0, 0.0
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._look)

    def add(self, piece: Callable[[], object]) -> None:
        """Do this after all that waits."""
        self._waiting.append(piece)
        if not self._turn.isActive():
            self._turns, self._worked = 0, time.thread_time()
            self._turn.start()

    def clear(self) -> None:
        """Forget what waits."""
        self._waiting.clear()
        self._turn.stop()

    def _look(self) -> None:
        before, self._worked = self._worked, time.thread_time()
        self._turns += 1
        if self._worked - before > BUSY_S and self._turns < MOST_TURNS:
            self._turn.start()
            return
        piece, self._turns = self._waiting.popleft(), 0
        if self._waiting:
            self._turn.start()  # before it is done: it may open a menu, which has a loop of its own
        piece()
