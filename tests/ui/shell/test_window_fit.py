"""The window with its frame lies within the screen, whatever it was left like."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from matcher_ui.app_window import SIZE, SMALLEST, AppWindow
from matcher_ui.window_fit import fit_before_shown, fitted

FRAME = QMargins(1, 22, 1, 4)
LAPTOP, SMALL, WITH_BAR = QRect(0, 0, 1280, 800), QRect(0, 0, 1024, 700), QRect(0, 40, 1440, 860)


@pytest.mark.parametrize("room", [LAPTOP, SMALL, WITH_BAR])
@pytest.mark.parametrize(
    "inner",
    [
        QRect(0, 0, SIZE.width(), SIZE.height()),
        QRect(3200, 300, 1900, 1100),  # on a larger screen that is gone
        QRect(-1800, 120, 1400, 900),
        QRect(500, 650, 1000, 640),
    ],
)
def test_it_lies_within_the_screen_with_its_frame(inner: QRect, room: QRect) -> None:
    place = fitted(inner, FRAME, room, SMALLEST)
    assert room.contains(place.marginsAdded(FRAME))
    assert place.width() >= SMALLEST.width()
    assert place.height() >= SMALLEST.height()


def test_where_it_fits_it_stays() -> None:
    inner = QRect(60, 80, 1000, 650)
    assert fitted(inner, FRAME, LAPTOP, SMALLEST) == inner


def test_on_a_screen_too_small_the_title_bar_is_seen() -> None:
    place = fitted(QRect(0, 0, 1280, 800), FRAME, QRect(0, 0, 800, 600), SMALLEST)
    assert place.size() == SMALLEST
    assert place.marginsAdded(FRAME).topLeft() == QRect(0, 0, 800, 600).topLeft()


def test_before_it_is_shown_it_is_made_to_fit(make_window: Callable[[], AppWindow]) -> None:
    window = make_window()
    window.setMinimumSize(QSize(300, 200))
    window.setGeometry(5000, 5000, 3000, 2000)
    fit_before_shown(window, placed=True)
    assert QGuiApplication.primaryScreen().availableGeometry().contains(window.geometry())


def test_a_window_that_fills_the_screen_is_left_alone(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(0, 0, 5000, 5000)
    window.setWindowState(Qt.WindowState.WindowMaximized)
    fit_before_shown(window, placed=True)
    assert window.geometry().width() == 5000
