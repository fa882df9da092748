"""Keys: each that is listed works, each that works is listed, and each is told where its act is."""

from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from matcher import clock
from matcher.directory import add_member, add_partner
from matcher.model import Audience, Brief
from matcher.triage import list_requests, log_brief
from matcher_ui.app_window import AppWindow
from matcher_ui.finder import findable
from matcher_ui.main_window import MainWindow
from matcher_ui.page_list import PAGES
from matcher_ui.pages.guide.keys_page import KeysPage
from matcher_ui.shortcuts import ALL, IN_LISTS, IN_MATCH, keys_of
from matcher_ui.widgets.chip import Chip
from matcher_ui.workspace import Place

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def main(window: AppWindow) -> MainWindow:
    assert window.main is not None
    return window.main


def _same(keys: str) -> str:
    return QKeySequence(keys).toString()


def test_what_works_is_listed_and_what_is_listed_works(window: AppWindow, main: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: main.is_whole)
    bound = {_same(one.key().toString()) for one in window.findChildren(QShortcut)}
    listed = {_same(one.keys) for one in ALL}
    assert bound - listed == set()
    assert listed - bound == set()


def test_no_key_means_two_things_and_nothing_has_two_keys() -> None:
    assert max(Counter(_same(one.keys) for one in ALL).values()) == 1
    assert max(Counter(one.does for one in ALL).values()) == 1


def test_letters_work_in_lists_alone() -> None:
    """Elsewhere a letter is typed."""
    assert all((len(one.keys) == 1) == (one.where in (IN_LISTS, IN_MATCH)) for one in ALL)


def test_the_sidebar_tells_its_keys(main: MainWindow) -> None:
    for button in main.sidebar._buttons.values():
        assert "(" in button.toolTip()
        assert any(one.keys in button.toolTip() for one in ALL)
    assert keys_of("Lock") in main.sidebar._lock.toolTip()


def test_the_list_of_keys_is_one_key_away_and_whole(main: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(main, Qt.Key.Key_Slash, CONTROL)
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    page = main.page
    assert isinstance(page, KeysPage)
    assert sorted(chip.accessibleName() for chip in page.findChildren(Chip)) == sorted(one.keys for one in ALL)
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)


@pytest.mark.parametrize(
    ("keys", "modifiers", "place"),
    [
        (Qt.Key.Key_I, CONTROL, Place("import")),
        (Qt.Key.Key_N, CONTROL, Place("log")),
        (Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier, Place("members", tab="add")),
        (Qt.Key.Key_M, CONTROL, Place("meetup", tab="plan")),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, Place("guide", tab="01-first-start")),
    ],
)
def test_frequent_acts_are_one_key_away(
    main: MainWindow, qtbot: QtBot, keys: Qt.Key, modifiers: Qt.KeyboardModifier, place: Place
) -> None:
    QTest.keyClick(main, keys, modifiers)
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    assert main.place == place


def test_adding_a_member_works_by_key_on_the_page_of_members_too(main: MainWindow, qtbot: QtBot) -> None:
    page: Any = main._page("members")
    main.go(Place("members"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    QTest.keyClick(main, Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(page.panel.isVisible)
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)


def test_text_grows_and_shrinks_by_key_between_its_bounds(main: MainWindow) -> None:
    QTest.keyClick(main, Qt.Key.Key_Plus, CONTROL)
    assert 1.0 < main.theme.scale < 1.5
    for key, beside, bound in ((Qt.Key.Key_Plus, 1.45, 1.5), (Qt.Key.Key_Minus, 1.05, 1.0)):
        main.theme.set("light", beside)
        QTest.keyClick(main, key, CONTROL)
        assert main.theme.scale == bound
    main.theme.set("light", 1.5)
    QTest.keyClick(main, Qt.Key.Key_0, CONTROL)
    assert main.theme.scale == 1.0


def test_a_key_closes_the_window(window: AppWindow, main: MainWindow) -> None:
    QTest.keyClick(main, Qt.Key.Key_Q, CONTROL)
    assert not window.isVisible()


def test_the_search_finds_everybody_and_everything(main: MainWindow) -> None:
    store = main.workspace.store
    add_member(store, {"first_name": "Ama", "last_name": "Mensah"})
    add_partner(store, {"name": "Lakeside Library"})
    brief = Brief("Night visits", Audience.ACADEMIC, requester="Imogen Farrell", organisation="Calder")
    log_brief(store, brief, clock.now())
    known = findable(store)

    def first(query: str) -> Place:
        return known.find(store, query, tuple(PAGES))[0].place

    request = list_requests(store)[0]
    assert first("night vis") == Place("request", request.id)
    assert first("mensah").page == "member"
    assert first("lakeside").page == "partners"
    assert Place("keys") == first("keys")
    assert any(one.place.page == "requester" for one in known.find(store, "imogen", tuple(PAGES)))
    assert first("mensha").page == "member"
    assert first("imogne") == Place("request", request.id)
    assert first("keep it safe").page == "guide"
    assert first("backups") == Place("settings", tab="backups")
