"""Going from page to page, back, searching, undoing, dropping; and the look that changes while it is shown."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import matcher
from matcher import clock
from matcher.directory import add_member, list_members
from matcher.errors import UserError
from matcher.files.readers.documents import read_text
from matcher.model import Brief
from matcher.storage import last_backup, open_store, read_settings, recent_batches
from matcher.storage.store import Store
from matcher.triage import count_urgent, list_requests, log_brief, log_request, read_request
from matcher_ui import main_window
from matcher_ui.app_window import AppWindow
from matcher_ui.incoming import place_for
from matcher_ui.main_window import MainWindow
from matcher_ui.page_list import page_class, section_of
from matcher_ui.pages.request import RequestPage
from matcher_ui.pages.settings import SettingsPage
from matcher_ui.pages.today import TodayPage
from matcher_ui.step_words import DONE, done_words
from matcher_ui.theme import Theme
from matcher_ui.widgets.buttons import Button
from matcher_ui.window_state import read_window_state
from matcher_ui.workspace import Place, Workspace

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def main(window: AppWindow) -> MainWindow:
    assert window.main is not None
    return window.main


def add(workspace: Workspace, first: str, last: str, qtbot: QtBot) -> None:
    """Add a member the way a page does: in the background, and say so with Undo."""

    def verb(store: Store, _progress: object) -> int:
        add_member(store, {"first_name": first, "last_name": last})
        return recent_batches(store, 1)[0].id

    workspace.write(verb, lambda batch: workspace.say(f"Added {first}.", batch), what="Adding")
    qtbot.waitUntil(lambda: workspace.jobs.count == 0)


def test_pages_are_reached_by_key_and_the_way_back_is_kept(main: MainWindow, qtbot: QtBot) -> None:
    assert isinstance(main.page, TodayPage)
    QTest.keyClick(main, Qt.Key.Key_Comma, CONTROL)
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


def test_a_page_is_shown_as_soon_as_it_is_loaded(
    main: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: set[str] = set()
    monkeypatch.setattr(main_window, "is_loaded", loaded.__contains__)
    monkeypatch.setattr(main_window, "load_page", loaded.add)
    main.go(Place("settings"))
    assert main.place == Place("today")
    assert main.sidebar._buttons["settings"].isChecked()
    qtbot.waitUntil(lambda: main.place == Place("settings"))
    main.back()
    qtbot.waitUntil(lambda: main.place == Place("today"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)


def test_who_goes_on_while_a_page_is_loaded_was_on_it_all_the_same(
    main: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: set[str] = set()
    monkeypatch.setattr(main_window, "is_loaded", loaded.__contains__)
    monkeypatch.setattr(main_window, "load_page", loaded.add)
    main.go(Place("members"))
    main.go(Place("settings"))
    assert main.place == Place("today")
    assert main.sidebar._buttons["settings"].isChecked()
    qtbot.waitUntil(lambda: main.place == Place("settings"))
    main.back()
    assert main.place == Place("members")
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
    assert main.place == Place("settings")
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)


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
        qtbot.waitUntil(lambda: main.is_whole, timeout=30_000)
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
    qtbot.waitUntil(lambda: card._second.text().startswith("Here: today at"), timeout=10_000)
    assert last_backup(main.workspace.store) is not None


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


def test_an_error_of_a_job_is_said_over_the_page(main: MainWindow, qtbot: QtBot) -> None:
    def refuse(_store: Store) -> None:
        raise UserError("The sheet is empty.", where="sign-ups.xlsx", todo="Choose another.")

    main.workspace.read("test", refuse, lambda _none: None)
    qtbot.waitUntil(lambda: bool(main.notice.words))
    assert main.notice.words == "sign-ups.xlsx: The sheet is empty. Choose another."
    main.go(Place("settings"))
    assert main.notice.words == ""
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)


def test_closing_over_something_unsaved_asks_first(window: AppWindow, main: MainWindow, qtbot: QtBot) -> None:
    main.go(Place("settings"))
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    page = main.page
    assert isinstance(page, SettingsPage)
    page.signer.setText("Ruth")
    assert not window.close()
    assert main.notice.words == "Not saved yet: your changes to the settings."
    page.signer.setText("")
    assert window.close()


def test_settings_are_saved_and_the_sidebar_follows(main: MainWindow, qtbot: QtBot) -> None:
    main.go(Place("settings"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    page = main.page
    assert isinstance(page, SettingsPage)
    assert not page.save.isEnabled()
    page.organisation.setText("Evening Network")
    page.most_asks.setValue(4)
    page.by_lot.setValue(2)
    page.save.click()
    qtbot.waitUntil(lambda: main.sidebar._mark._name.text() == "Evening Network")
    kept = read_settings(main.workspace.store)
    assert (kept.organisation, kept.most_asks_a_year, kept.rest_after_ask_days) == ("Evening Network", 4, 21)
    assert kept.places_by_lot == 2
    page.organisation.setText(" ")
    page.submit()
    assert page.name_field.state == "wrong"


def test_the_passphrase_is_changed_only_with_the_present_one(
    window: AppWindow, main: MainWindow, passphrase: str, qtbot: QtBot
) -> None:
    main.go(Place("settings"))
    page = main.page
    assert isinstance(page, SettingsPage)
    secret = page.secret
    for current, first, second in (("wrong", "a new one", "a new one"), (passphrase, "a new one", "an old one")):
        secret.current.setText(current)
        secret.first.setText(first)
        secret.second.setText(second)
        secret.submit()
        qtbot.waitUntil(lambda: window.jobs.count == 0)
        assert "wrong" in (secret.current_field.state, secret.second_field.state)
    secret.second.setText("a new one")
    secret.submit()
    qtbot.waitUntil(lambda: main.toast.words == "The passphrase was changed.", timeout=10_000)
    path = main.workspace.store.path
    window.lock()
    qtbot.waitUntil(lambda: window.main is None)
    open_store(path, "a new one").close()


def test_theme_and_text_size_change_while_shown_and_are_remembered(
    window: AppWindow, main: MainWindow, theme: Theme, qtbot: QtBot
) -> None:
    main.go(Place("settings"))
    page = main.page
    assert isinstance(page, SettingsPage)
    before = main.sidebar.width()
    page.look.mode._choices["dark"].click()
    assert theme.is_dark
    dark = window.grab().toImage().pixelColor(5, window.height() - 5)
    assert dark == theme.color("side")
    page.look.text_size.setValue(15)
    qtbot.waitUntil(lambda: theme.scale == 1.5)
    assert main.sidebar.width() > before
    assert page.look._percent.text() == "150 %"
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    window.close()
    state = read_window_state()
    assert (state.mode, state.scale) == ("dark", 1.5)
    assert state.geometry


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
    main.take(words)
    assert main.place == Place("log")
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)


def test_a_report_marks_where_it_is_about() -> None:
    assert section_of(Place("report", 3, "requester")) == "requests"
    assert section_of(Place("report", 3, "member")) == "members"
    assert section_of(Place("today")) == "today"
