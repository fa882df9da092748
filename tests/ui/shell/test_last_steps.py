"""The last steps: told on Today and in a toast, in the past, and taken back from there or by Ctrl+Z."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.shell.conftest import CONTROL, add

import matcher
from matcher import clock
from matcher.directory import add_member, list_members
from matcher.files.readers.documents import read_text
from matcher.storage import last_backup
from matcher.triage import count_urgent, log_request, read_request
from matcher_ui.main_window import MainWindow
from matcher_ui.pages.today.today_page import TodayPage
from matcher_ui.step_words import DONE, done_words
from matcher_ui.widgets.buttons import Button


def test_the_toast_undoes_and_so_does_ctrl_z(main: MainWindow, qtbot: QtBot) -> None:
    work = main.workspace
    add(work, "Ama", "Mensah", qtbot)
    assert main.toast.words == "Added Ama."
    main.toast._undo.click()
    qtbot.waitUntil(lambda: main.toast.words.startswith("Undone"))
    assert list_members(work.store) == ()
    add(work, "Bev", "Hartley", qtbot)
    QTest.keyClick(main, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: main.toast.words.startswith("Undone"))
    assert list_members(work.store) == ()
    assert main.toast.words == "Undone: added a member."
    QTest.keyClick(main, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: "nothing to undo" in main.toast.words.lower())


@pytest.mark.parametrize(
    ("key", "held"), [(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier), (Qt.Key.Key_Y, CONTROL)]
)
def test_what_was_undone_last_is_done_again_by_key(
    key: Qt.Key, held: Qt.KeyboardModifier, main: MainWindow, qtbot: QtBot
) -> None:
    work = main.workspace
    add(work, "Ama", "Mensah", qtbot)
    QTest.keyClick(main, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: main.toast.words.startswith("Undone"))
    QTest.keyClick(main, key, held)
    qtbot.waitUntil(lambda: main.toast.words == "Done again: added a member.")
    assert len(list_members(work.store)) == 1
    QTest.keyClick(main, key, held)
    qtbot.waitUntil(lambda: main.toast.words.startswith("There is nothing to do again"))
    QTest.keyClick(main, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: list_members(work.store) == ())
    add(work, "Bev", "Hartley", qtbot)
    QTest.keyClick(main, key, held)
    qtbot.waitUntil(lambda: main.toast.words.startswith("There is nothing to do again"))


def test_ctrl_z_names_an_older_step_and_asks_before_it_takes_it_back(main: MainWindow, qtbot: QtBot) -> None:
    work = main.workspace
    add_member(work.store, {"first_name": "Ama", "last_name": "Mensah"})
    QTest.keyClick(main, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: main.notice.words.startswith("The last step that can be undone: Added a member, today"))
    assert len(list_members(work.store)) == 1
    next(one for one in main.notice.findChildren(Button) if one.text() == "Undo it").click()
    qtbot.waitUntil(lambda: main.toast.words.startswith("Undone"))
    assert list_members(work.store) == ()


def test_today_lists_the_last_things_and_undoes_them(main: MainWindow, qtbot: QtBot) -> None:
    add(main.workspace, "Ama", "Mensah", qtbot)
    today = main.page
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(lambda: len(today.last.undo_buttons) == 1)
    assert today.last.undo_buttons[0].accessibleName() == "Undo: Added a member"
    today.last.undo_buttons[0].click()
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0 and not today.last.undo_buttons)
    assert list_members(main.workspace.store) == ()


def test_the_count_beside_today_holds_urgent_questions(main: MainWindow, qtbot: QtBot) -> None:
    before = main.sidebar._buttons["today"].accessibleName()
    document, now = read_text("I'm a carer and my boss took my passport, I'm trapped, please help"), clock.now()
    log_request(main.workspace.store, read_request(document, now), document, None, now)
    main.workspace.changed.emit()
    qtbot.waitUntil(lambda: main.sidebar._buttons["today"].accessibleName() != before)
    assert count_urgent(main.workspace.store) == 1
    assert "1" in main.sidebar._buttons["today"].accessibleName()


def test_every_step_is_named_in_the_past() -> None:
    folder = Path(matcher.__file__).parent
    texts = [path.read_text("utf-8") for path in folder.rglob("*.py")]
    verbs = {verb for text in texts for verb in re.findall(r'\bwork\(\s*store, f?"([a-z]+)', text)}
    assert len(verbs) > 15
    assert not verbs - set(DONE) - {"sample"}


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("make a list for R3", "Made a list for “Night visits”"),
        ("prepare a list for R4", "Prepared a list for R4"),
        ("withdraw", "Recorded a withdrawal"),
        ("send check-ins", "Sent check-ins"),
        ("sample: asks", "Sample: asks"),
    ],
)
def test_the_last_things_are_told_in_one_way(what: str, words: str) -> None:
    assert done_words(what, {"R3": "Night visits"}) == words


def test_a_backup_is_made_from_today(main: MainWindow, qtbot: QtBot) -> None:
    today = main.page
    assert isinstance(today, TodayPage)
    card = today.safety.backup
    qtbot.waitUntil(lambda: card._second.text() == "None here yet either.")
    card.make.click()
    qtbot.waitUntil(lambda: card._second.text().startswith("Here: today at"))
    assert last_backup(main.workspace.store) is not None
