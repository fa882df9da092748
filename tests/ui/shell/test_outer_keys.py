"""Keys on the welcome and the lock: the guide, the text size, the way out; and none that leads to data."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from matcher.directory import add_member
from matcher_ui.app_window import AppWindow
from matcher_ui.pages.guide.outer_guide import OuterGuide
from matcher_ui.shortcuts import ALL, keys_of

CONTROL, NO = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture(params=["welcome", "lock"])
def outside(request: pytest.FixtureRequest, make_window: Callable[[], AppWindow], store_path: Path) -> AppWindow:
    """The window with no store open."""
    window = make_window()
    window.start(store_path if request.param == "lock" else None)
    return window


def test_the_guide_opens_and_leads_back(outside: AppWindow) -> None:
    before = outside.stack.currentWidget()
    for leave in ("escape", "link"):
        QTest.keyClick(outside, Qt.Key.Key_F1)
        guide = outside.stack.currentWidget()
        assert isinstance(guide, OuterGuide)
        assert guide.view.text.toPlainText()
        if leave == "escape":
            QTest.keyClick(guide.view.list, Qt.Key.Key_Escape)
        else:
            guide.view.header.went_back.emit()
        assert outside.stack.currentWidget() is before


def test_the_guide_is_offered_with_its_key(outside: AppWindow) -> None:
    here = outside.stack.currentWidget()
    assert here is not None
    links = [one for one in here.findChildren(QAbstractButton) if one.isVisible() and one.text() == "The guide"]
    assert [one.toolTip() for one in links] == ["The guide (F1)"]
    links[0].click()
    assert isinstance(outside.stack.currentWidget(), OuterGuide)


def test_text_grows_and_shrinks(outside: AppWindow) -> None:
    QTest.keyClick(outside, Qt.Key.Key_Plus, CONTROL)
    assert outside.theme.scale == 1.1
    QTest.keyClick(outside, Qt.Key.Key_0, CONTROL)
    assert outside.theme.scale == 1.0


def test_a_key_closes_it(outside: AppWindow) -> None:
    QTest.keyClick(outside, Qt.Key.Key_Q, CONTROL)
    assert not outside.isVisible()


def test_escape_takes_back_what_was_typed(make_window: Callable[[], AppWindow], store_path: Path) -> None:
    window = make_window()
    window.start(store_path)
    QTest.keyClicks(window.unlock.passphrase, "kettle")
    QTest.keyClick(window.unlock.passphrase, Qt.Key.Key_Escape)
    assert window.unlock.passphrase.text() == ""


def test_no_key_on_the_lock_leads_to_data_and_nothing_there_tells_any(window: AppWindow, qtbot: QtBot) -> None:
    assert window.main is not None
    add_member(window.main.workspace.store, {"first_name": "Ama", "last_name": "Mensah"})
    window.main.workspace.say("Added Ama Mensah.")
    window.lock()
    qtbot.waitUntil(lambda: window.main is None and window.jobs.count == 0)
    QApplication.clipboard().clear()
    for one in ALL:
        if one.keys not in (keys_of("The guide"), keys_of("Close Matcher")):
            QTest.keySequence(window, QKeySequence(one.keys))
            assert window.stack.currentWidget() is window.unlock, one.does
            if (menu := QApplication.activePopupWidget()) is not None:
                menu.close()
    seen = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    seen += [line.text() for line in window.findChildren(QLineEdit) if line.isVisible()]
    assert not any("Ama" in words or "Mensah" in words for words in (*seen, window.windowTitle()))
    assert QApplication.clipboard().text() == ""
