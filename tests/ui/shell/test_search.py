"""The search of the sidebar: what it finds, where it leads, and what it offers before anything is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.shell.conftest import CONTROL, add

from matcher import clock
from matcher.directory import add_member, list_members
from matcher.model import Brief
from matcher.triage import list_requests, log_brief
from matcher_ui.main_window import MainWindow
from matcher_ui.workspace import Place


def test_search_finds_a_member_and_goes_there_by_keyboard(
    main: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(main.workspace, "Ama", "Mensah", qtbot)
    add(main.workspace, "Bev", "Hartley", qtbot)
    went: list[Place] = []
    monkeypatch.setattr(main, "go", went.append)
    search = main.sidebar.search
    QTest.keyClick(main, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(search.hasFocus)
    QTest.keyClicks(search, "hart")
    qtbot.waitUntil(lambda: main.finder.found == ("Bev Hartley",))
    search.clear()
    QTest.keyClicks(search, "set")
    qtbot.waitUntil(lambda: main.finder.found == ("Settings",))
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert went == [Place("settings")]
    QTest.keyClicks(search, "mens")
    QTest.keyClick(search, Qt.Key.Key_Return)  # quicker than the search
    qtbot.waitUntil(lambda: len(went) == 2)
    assert went[1].page == "member"
    assert not main.finder.isVisible()
    assert search.text() == ""
    QTest.keyClicks(search, "zzz")
    qtbot.waitUntil(main.finder.isVisible)
    assert main.finder.found == ()
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert not main.finder.isVisible()


def test_before_anything_is_typed_the_search_offers_where_she_was(main: MainWindow, qtbot: QtBot) -> None:
    store = main.workspace.store
    add_member(store, {"first_name": "Ama", "last_name": "Mensah"})
    log_brief(store, Brief("Night visits"), clock.now())
    member, request = list_members(store)[0].id, list_requests(store)[0].id
    QTest.keyClick(main, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    assert not main.finder.isVisible()  # she was nowhere yet
    for place in (Place("member", member), Place("request", request), Place("settings"), Place("today")):
        main.go(place)
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    main.take_keyboard()
    QTest.keyClick(main, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(main.finder.isVisible)
    assert main.finder.found == ("Night visits", "Ama Mensah")
    QTest.keyClick(main.sidebar.search, Qt.Key.Key_Tab)
    assert not main.finder.isVisible()
    QTest.keyClick(main, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(main.finder.isVisible)
    QTest.keyClick(main.sidebar.search, Qt.Key.Key_Return)
    assert main.place is not None
    assert (main.place.page, main.place.id) == ("request", request)
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)


def test_down_goes_into_what_was_found_and_up_comes_back(main: MainWindow, qtbot: QtBot) -> None:
    search = main.sidebar.search
    search.setFocus()
    QTest.keyClicks(search, "page")
    qtbot.waitUntil(lambda: len(main.finder.found) > 1)
    QTest.keyClick(search, Qt.Key.Key_Down)
    rows = main.finder._list
    qtbot.waitUntil(rows.hasFocus)
    assert rows.currentIndex().row() == 1
    for _ in range(2):
        QTest.keyClick(rows, Qt.Key.Key_Up)
    qtbot.waitUntil(search.hasFocus)
