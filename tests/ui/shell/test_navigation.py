"""Going from page to page and back, what is dropped and pasted on the way, and errors over the page."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.shell.conftest import CONTROL

from matcher import clock
from matcher.errors import UserError
from matcher.model import Brief
from matcher.storage.store import Store
from matcher.triage import log_brief
from matcher_ui import main_window
from matcher_ui.incoming import place_for
from matcher_ui.main_window import MainWindow
from matcher_ui.page_list import page_class, section_of
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.pages.settings.settings_page import SettingsPage
from matcher_ui.pages.today.today_page import TodayPage
from matcher_ui.workspace import Place


def test_pages_are_reached_by_key_and_the_way_back_is_kept(main: MainWindow, qtbot: QtBot) -> None:
    assert isinstance(main.page, TodayPage)
    QTest.keyClick(main, Qt.Key.Key_Comma, CONTROL)
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    assert isinstance(main.page, SettingsPage)
    assert main.sidebar._buttons["settings"].isChecked()
    QTest.keyClick(main, Qt.Key.Key_1, CONTROL)
    assert main.place == Place("today")
    main.back()
    assert main.place == Place("settings")
    main.back()
    assert main.place == Place("today")
    main.back()
    assert main.place == Place("today")
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)


@pytest.fixture
def nothing_loaded(main: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """No page is loaded yet, as right after the start."""
    loaded: set[str] = set()
    monkeypatch.setattr(main_window, "is_loaded", loaded.__contains__)
    monkeypatch.setattr(main_window, "load_page", loaded.add)


def waits_for_settings(main: MainWindow, qtbot: QtBot) -> None:
    """Today stays until the settings she chose are loaded, and the sidebar says where she goes."""
    main.go(Place("settings"))
    assert main.place == Place("today")
    assert main.sidebar._buttons["settings"].isChecked()
    qtbot.waitUntil(lambda: main.place == Place("settings"))


@pytest.mark.usefixtures("nothing_loaded")
def test_a_page_is_shown_as_soon_as_it_is_loaded(main: MainWindow, qtbot: QtBot) -> None:
    waits_for_settings(main, qtbot)
    main.back()
    qtbot.waitUntil(lambda: main.place == Place("today"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)


@pytest.mark.usefixtures("nothing_loaded")
def test_who_goes_on_while_a_page_is_loaded_was_on_it_all_the_same(main: MainWindow, qtbot: QtBot) -> None:
    main.go(Place("members"))
    waits_for_settings(main, qtbot)
    main.back()
    qtbot.waitUntil(lambda: main.place == Place("members"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)


def test_a_page_that_cannot_be_loaded_leaves_her_where_she_is(
    main: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_where: str) -> None:
        raise UserError("This page is damaged.")

    with monkeypatch.context() as damaged:
        damaged.setattr(main_window, "is_loaded", lambda _where: False)
        damaged.setattr(main_window, "load_page", fail)
        main.go(Place("members"))
        qtbot.waitUntil(lambda: main.notice.isVisible())
    assert main.place == Place("today")
    assert main.sidebar._buttons["today"].isChecked()
    main.go(Place("settings"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    assert main.place == Place("settings")


def test_building_every_page_never_opens_a_second_window(main: MainWindow, qtbot: QtBot) -> None:
    opened: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                opened.append(type(watched).__name__)
            return False

    watch = Watch()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    try:
        qtbot.waitUntil(lambda: main.is_whole)
    finally:
        app.removeEventFilter(watch)
    assert opened == []


def test_every_entry_of_the_sidebar_leads_to_its_page(main: MainWindow, qtbot: QtBot) -> None:
    for key, button in main.sidebar._buttons.items():
        button.click()
        qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
        assert main.place is not None
        assert main.place.page == key
        assert button.isChecked()
        assert type(main.page) is page_class(main.place.page)
        assert not main.notice.words


def test_an_error_of_a_job_is_said_over_the_page(main: MainWindow, qtbot: QtBot) -> None:
    def refuse(_store: Store) -> None:
        raise UserError("The sheet is empty.", where="sign-ups.xlsx", todo="Choose another.")

    main.workspace.read("test", refuse, lambda _none: None)
    qtbot.waitUntil(lambda: bool(main.notice.words))
    assert main.notice.words == "sign-ups.xlsx: The sheet is empty. Choose another."
    main.go(Place("settings"))
    assert main.notice.words == ""
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)


def test_files_and_text_find_their_page(tmp_path: Path) -> None:
    def dropped(*names: str) -> QMimeData:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
        return data

    for name in ("a.xlsx", "B.CSV", "c.ods", "d.xls"):
        assert place_for(dropped(name)) == Place("import", payload=(str(tmp_path / name),))
    for name in ("a.eml", "b.msg", "c.DOCX", "d.pdf", "e.txt"):
        assert place_for(dropped(name)) == Place("log", payload=(str(tmp_path / name),))
    words = QMimeData()
    words.setText("Dear Ruth, could you help?")
    assert place_for(words) == Place("log", payload="Dear Ruth, could you help?")
    words.setText("  ")
    assert place_for(words) is None
    with pytest.raises(UserError, match="cannot read"):
        place_for(dropped("photo.jpg"))
    with pytest.raises(UserError, match="together"):
        place_for(dropped("a.xlsx", "b.eml"))


def test_paste_stays_in_a_field_and_goes_to_the_log_outside_one(
    main: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[Place] = []
    monkeypatch.setattr(main, "go", went.append)
    QGuiApplication.clipboard().setText("Dear Ruth")
    main.sidebar.search.setFocus()
    QTest.keyClick(main.sidebar.search, Qt.Key.Key_V, CONTROL)
    assert main.sidebar.search.text() == "Dear Ruth"
    assert went == []
    main.sidebar.search.clear()
    main.stack.setFocus()
    QTest.keyClick(main, Qt.Key.Key_V, CONTROL)
    assert went == [Place("log", payload="Dear Ruth")]
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)


def test_another_tab_of_the_same_request_never_asks(main: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(main.workspace.changed):
        main.workspace.write(
            lambda store, _progress: log_brief(store, Brief("Rotas"), clock.now()),
            lambda _logged: None,
            what="Logging",
        )
    main.go(Place("request", 1, "checks"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    assert isinstance(main.page, RequestPage)
    main.page.checks.letter.body.setPlainText("In my own words")
    main.go(Place("request", 1, "brief"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    assert main.place == Place("request", 1, "brief")
    main.go(Place("request", 1, "checks"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    assert main.page.checks.letter.body.toPlainText() == "In my own words"
    main.go(Place("request", 2))
    assert main.notice.words == "Not saved yet: the letter you were changing."


def test_what_is_pasted_goes_to_the_page_that_can_take_it(main: MainWindow, qtbot: QtBot) -> None:
    words = QMimeData()
    words.setText("Ama: yes please")
    main.go(Place("outreach"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    main.take(words)
    assert main.place == Place("outreach")
    main.go(Place("members"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    main.take(words)
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    assert main.place == Place("log")


def test_a_report_marks_where_it_is_about() -> None:
    assert section_of(Place("report", 3, "requester")) == "requests"
    assert section_of(Place("report", 3, "member")) == "members"
    assert section_of(Place("today")) == "today"
