"""Unlocking in place, and locking: nothing of hers stays on the screen or in the clipboard."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from matcher.storage import open_store, published_passphrase
from matcher_ui import app_window
from matcher_ui.app_window import AppWindow
from matcher_ui.workspace import Place


def test_a_wrong_passphrase_is_said_in_place_and_the_right_one_opens(
    make_window: Callable[[], AppWindow], store_path: Path, passphrase: str, qtbot: QtBot
) -> None:
    window = make_window()
    window.start(store_path)
    unlock = window.unlock
    assert unlock._column.title.text() == "Lantern Network"
    unlock.passphrase.setText("not this one")
    QTest.keyClick(unlock.passphrase, Qt.Key.Key_Return)
    assert not unlock.open_button.isEnabled()
    qtbot.waitUntil(lambda: unlock.field.state == "wrong")
    assert "does not open this store" in unlock.field._words
    assert unlock.open_button.isEnabled()
    assert unlock.passphrase.selectedText()
    unlock.passphrase.setText(passphrase)
    unlock.submit()
    qtbot.waitUntil(lambda: window.main is not None)
    assert unlock.passphrase.text() == ""


def test_an_empty_passphrase_is_not_even_tried(make_window: Callable[[], AppWindow], store_path: Path) -> None:
    window = make_window()
    window.start(store_path)
    window.unlock.submit()
    assert window.unlock.field.state == "wrong"
    assert window.jobs.count == 0


def test_a_store_held_elsewhere_says_so(
    make_window: Callable[[], AppWindow], store_path: Path, passphrase: str, qtbot: QtBot
) -> None:
    window = make_window()
    with open_store(store_path, passphrase):
        window.start(store_path)
        window.unlock.passphrase.setText(passphrase)
        window.unlock.submit()
        qtbot.waitUntil(window.unlock.trouble.isVisible)
    assert "already open on this computer" in window.unlock.trouble.accessibleName()
    assert window.unlock.field.state == "normal"
    window.unlock.submit()
    qtbot.waitUntil(lambda: window.main is not None)


def test_showing_what_is_typed(make_window: Callable[[], AppWindow], store_path: Path) -> None:
    window = make_window()
    window.start(store_path)
    assert window.unlock.passphrase.echoMode() == QLineEdit.EchoMode.Password
    window.unlock.show_typed.setChecked(True)
    assert window.unlock.passphrase.echoMode() == QLineEdit.EchoMode.Normal
    window.unlock.show_store(store_path)
    assert window.unlock.passphrase.echoMode() == QLineEdit.EchoMode.Password


def test_ctrl_l_closes_the_store_and_clears_the_clipboard(
    window: AppWindow, store_path: Path, passphrase: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a screen that is not there owns no clipboard
    monkeypatch.setattr(app_window, "filled_by_us", lambda clipboard: "Ama" in clipboard.text())
    QGuiApplication.clipboard().setText("Dear Ama, would you like to take part?")
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.stack.currentWidget() is window.unlock
    assert QGuiApplication.clipboard().text() == ""
    qtbot.waitUntil(lambda: window.main is None)
    with open_store(store_path, passphrase):
        pass  # the store was let go of
    window.unlock.passphrase.setText(passphrase)
    window.unlock.submit()
    qtbot.waitUntil(lambda: window.main is not None and window.jobs.count == 0)
    assert window.main is not None
    assert window.main.place == Place("today")


def test_left_alone_it_locks_by_itself_but_not_over_running_work(window: AppWindow, qtbot: QtBot) -> None:
    done: list[object] = []
    window.jobs.run(lambda _p: None, on_done=done.append, what="Importing", writes=True)
    window.idle.idle.emit()
    assert window.stack.currentWidget() is window.main
    assert window.idle._timer.interval() <= 5_000  # it asks again in a moment, not in half an hour
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    window.idle.idle.emit()
    assert window.stack.currentWidget() is window.unlock
    qtbot.waitUntil(lambda: window.main is None)


def test_idle_time_starts_again_with_every_key(
    make_window: Callable[[], AppWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, counted = make_window(), list[str]()
    window.idle.start()
    surface = window.windowHandle()
    assert surface is not None
    with monkeypatch.context() as patch:
        patch.setattr(window.idle, "start", lambda: counted.append("from now"))
        QTest.keyClick(surface, Qt.Key.Key_A)
    assert counted
    window.idle.set_minutes(0.0005)
    with qtbot.waitSignal(window.idle.idle):
        QTest.keyClick(surface, Qt.Key.Key_A)


def test_a_sign_of_life_is_known_where_nothing_locks_by_itself(
    make_window: Callable[[], AppWindow],
) -> None:
    window = make_window()
    window.idle.stop()
    surface = window.windowHandle()
    assert surface is not None
    time.sleep(0.02)
    before = window.idle.quiet_s()
    QTest.keyClick(surface, Qt.Key.Key_A)
    assert before >= 0.02
    assert window.idle.quiet_s() < before


def test_a_folder_without_a_store_says_so(make_window: Callable[[], AppWindow], tmp_path: Path) -> None:
    window = make_window()
    window.start()
    window.open_folder(tmp_path)
    assert "no Matcher store in this folder" in window.welcome.begin.trouble.accessibleName()
    assert published_passphrase(tmp_path) is None


def test_after_a_lock_she_is_where_she_was_and_after_a_start_on_today(
    window: AppWindow, make_window: Callable[[], AppWindow], passphrase: str, store_path: Path, qtbot: QtBot
) -> None:
    def unlock(window: AppWindow) -> Place | None:
        qtbot.waitUntil(lambda: window.jobs.count == 0 and window.unlock.open_button.isEnabled())
        window.unlock.passphrase.setText(passphrase)
        window.unlock.submit()
        qtbot.waitUntil(lambda: window.main is not None and window.jobs.count == 0)
        assert window.main is not None
        return window.main.place

    assert window.main is not None
    window.main.go(Place("settings", tab="backups"))
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    window.lock()
    assert unlock(window) == Place("settings", tab="backups")
    window.close()
    window.shut()
    again = make_window()
    again.start(store_path)
    assert unlock(again) == Place("today")


def test_the_window_is_as_high_as_she_left_it(make_window: Callable[[], AppWindow]) -> None:
    first = make_window()
    first.resize(first.width(), first.height() - 90)
    first.close()
    assert make_window().height() == first.height()
