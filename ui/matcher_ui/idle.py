"""Notices that nobody has used the window for a while."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

IDLE_MINUTES = 30
SOON_MS = 5_000
_SIGNS = frozenset({
    QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
})  # fmt: skip


class IdleWatch(QObject):
    """``idle`` fires after ``minutes`` without a sign of life from what is watched."""

    idle = Signal()

    def __init__(self, minutes: float = IDLE_MINUTES, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ms, self._last_sign = round(minutes * 60_000), time.monotonic()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)

    def set_minutes(self, minutes: float) -> None:
        """After how many minutes ``idle`` fires, from the next `start` on."""
        self._ms = round(minutes * 60_000)

    def quiet_s(self) -> float:
        """For how many seconds there was no sign of life, counted whether or not the window locks by itself."""
        return time.monotonic() - self._last_sign

    def watch(self, what: QObject) -> None:
        """Watch the window's own surface: one filter there sees every key and move, and costs the rest nothing."""
        what.installEventFilter(self)

    def start(self) -> None:
        """Count from now."""
        self._timer.start(self._ms)

    def soon_again(self) -> None:
        """Fire once more in a moment, unless there is a sign of life."""
        self._timer.start(min(SOON_MS, self._ms))

    def stop(self) -> None:
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self._last_sign = time.monotonic()
            if self._timer.isActive():
                self.start()
        return False
