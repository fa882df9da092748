"""The window never reaches beyond the screen, its frame included."""

from PySide6.QtCore import QMargins, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

GUESSED_FRAME = QMargins(4, 40, 4, 4)
"""No narrower than frames are: how wide one is is only known once the window is shown."""
FRAMED_MS = 300
"""By then a frame is around a window that is shown."""


def fitted(inner: QRect, frame: QMargins, room: QRect, smallest: QSize) -> QRect:
    """Where the inside of a window goes so that it lies with its ``frame`` within ``room``.

    It stays where it is as far as it can, and is made no smaller than ``smallest``; its title bar is always seen.
    """
    most = room.marginsRemoved(frame)
    size = inner.size().boundedTo(most.size()).expandedTo(smallest)
    left = max(min(inner.left(), most.right() + 1 - size.width()), most.left())
    top = max(min(inner.top(), most.bottom() + 1 - size.height()), most.top())
    return QRect(left, top, size.width(), size.height())


def fit_before_shown(window: QWidget, *, placed: bool) -> None:
    """Make a window fit its screen; ``placed``: where it stood before, else the system finds it a place."""
    if _fills_screen(window):
        return
    if placed:
        _fit(window, QMargins())
    else:
        window.resize(fitted(window.geometry(), GUESSED_FRAME, _room_for(window), window.minimumSize()).size())


def fit_once_framed(window: QWidget) -> None:
    """Look again once the frame is around it."""
    QTimer.singleShot(FRAMED_MS, window, lambda: _fit_with_frame(window))


def _fit_with_frame(window: QWidget) -> None:
    surface = window.windowHandle()
    if surface is not None and not _fills_screen(window):
        _fit(window, surface.frameMargins())


def _fit(window: QWidget, frame: QMargins) -> None:
    place = fitted(window.geometry(), frame, _room_for(window), window.minimumSize())
    if place != window.geometry():
        window.setGeometry(place)


def _fills_screen(window: QWidget) -> bool:
    return bool(window.windowState() & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen))


def _room_for(window: QWidget) -> QRect:
    """What may be used of the screen that its middle lies on; of the first when that screen is gone."""
    screen = QGuiApplication.screenAt(window.geometry().center()) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()
