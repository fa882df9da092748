"""Backups, restoring, moving to another computer and the recovery words, in the window."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from matcher.clock import today
from matcher.storage import (
    Cost,
    Elsewhere,
    RecoveryWords,
    back_up,
    backups,
    elsewhere,
    open_store,
    put_setting,
    recovery_words,
    remembered_key,
    renew_recovery_words,
    work,
)
from matcher.storage.copies import DATABASE
from matcher_ui.app_window import AppWindow
from matcher_ui.main_window import MainWindow
from matcher_ui.pages.page import Page
from matcher_ui.pages.settings.settings_page import SettingsPage
from matcher_ui.pages.today.safety import is_due
from matcher_ui.pages.today.today_page import TodayPage
from matcher_ui.safety import elsewhere_words, size_words
from matcher_ui.settings_sections import SECTIONS
from matcher_ui.window_state import read_window_state
from matcher_ui.workspace import Place


def page_of(window: AppWindow, qtbot: QtBot, place: Place) -> object:
    assert window.main is not None
    window.main.go(place)
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    return window.main.page


def settings_of(window: AppWindow, qtbot: QtBot) -> SettingsPage:
    page = page_of(window, qtbot, Place("settings"))
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(lambda: page.is_built and window.jobs.count == 0)
    return page


def main_of(window: AppWindow) -> MainWindow:
    assert window.main is not None
    return window.main


def test_a_backup_is_put_back_after_what_it_costs_was_said(window: AppWindow, qtbot: QtBot) -> None:
    store = main_of(window).workspace.store
    backup = back_up(store)
    with work(store, "change settings") as unit:
        put_setting(unit, "organisation.sender", "Ruth")
    page = settings_of(window, qtbot)
    assert page.signer.text() == "Ruth"
    page.backups.rows[0].restore.click()
    qtbot.waitUntil(page.backups.ask.isVisible)
    assert "1 step made since then goes" in page.backups.ask.accessibleName()
    page.backups.leave.click()
    assert not page.backups.ask.isVisible()
    page.backups.put_back(backup)
    qtbot.waitUntil(page.backups.confirm.isVisible)
    page.backups.confirm.click()
    assert window.stack.currentWidget() is window.restoring
    qtbot.waitUntil(lambda: window.main is not None and window.jobs.count == 0)
    assert settings_of(window, qtbot).signer.text() == ""
    assert len(backups(main_of(window).workspace.store)) == 2


def test_a_damaged_backup_is_refused_and_the_store_stays_open(window: AppWindow, qtbot: QtBot) -> None:
    backup = back_up(main_of(window).workspace.store)
    database = backup / DATABASE
    database.write_bytes(database.read_bytes()[:-4096])
    page = settings_of(window, qtbot)
    page.backups.check.click()
    qtbot.waitUntil(lambda: bool(page.backups._problems))
    assert page.backups._state_of(page.backups._kept.backups[0])[1] == "stop"
    window.restore(backup)
    qtbot.waitUntil(lambda: window.main is not None and window.jobs.count == 0)
    assert "damaged" in main_of(window).notice.words
    assert main_of(window).place == Place("settings", tab="backups")


def test_the_second_place_is_used_and_told_when_it_is_away(window: AppWindow, qtbot: QtBot, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    page = settings_of(window, qtbot)
    page.backups.use(stick)
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    page.backups.now.click()
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    assert len(list(stick.iterdir())) == 1
    shutil.rmtree(stick)
    today = page_of(window, qtbot, Place("today"))
    assert isinstance(today, TodayPage)
    assert today.safety.backup._first.text().startswith("Off this laptop: today at")
    today.safety.backup.make.click()
    qtbot.waitUntil(lambda: "“stick” is not there" in today.safety.backup._second.text())
    page.backups.use(tmp_path / "nowhere")
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    page.backups.use(None)
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    assert elsewhere(main_of(window).workspace.store).folder is None


def test_locking_and_closing_back_up_what_changed(
    window: AppWindow, qtbot: QtBot, store_path: Path, passphrase: str
) -> None:
    window.lock()
    qtbot.waitUntil(lambda: window.main is None)
    with open_store(store_path, passphrase) as store:
        assert len(backups(store)) == 1
        with work(store, "change settings") as unit:
            put_setting(unit, "organisation.sender", "Ruth")
    window.unlock.passphrase.setText(passphrase)
    window.unlock.submit()
    qtbot.waitUntil(lambda: window.main is not None and window.jobs.count == 0)
    window.shut()
    with open_store(store_path, passphrase) as store:
        assert len(backups(store)) == 2


def test_by_itself_once_a_day(window: AppWindow, qtbot: QtBot) -> None:
    keeper, store = window._keeper, main_of(window).workspace.store
    assert keeper is not None
    for _ in range(2):
        keeper.keep()
        qtbot.waitUntil(lambda: window.jobs.count == 0)
    assert len(backups(store)) == 1


def test_one_file_brings_everything_to_another_computer(
    window: AppWindow, make_window: Callable[[], AppWindow], qtbot: QtBot, tmp_path: Path, own_home: Path,
    passphrase: str,
) -> None:  # fmt: skip
    page = settings_of(window, qtbot)
    file = tmp_path / "Lantern Network 2026-11-22 18.00.00.matcherbackup"
    page.moving.save_to(tmp_path / "no such folder" / file.name)
    qtbot.waitUntil(lambda: "could not be written" in page.moving.told.accessibleName())
    page.moving.save_to(file)
    qtbot.waitUntil(lambda: "Go on with step 2" in page.moving.told.accessibleName())
    other = make_window()
    other.open_backup(file)
    assert "Lantern Network 2026" in other.unlock._column.line.text()
    other.unlock.passphrase.setText("wrong")
    other.unlock.submit()
    qtbot.waitUntil(lambda: other.unlock.field.state == "wrong")
    other.unlock.passphrase.setText(passphrase)
    other.unlock.submit()
    qtbot.waitUntil(lambda: other.main is not None and other.jobs.count == 0)
    assert main_of(other).workspace.store.path == own_home / "Matcher" / "Lantern Network.matcher"


def test_a_damaged_store_offers_its_newest_backup(
    make_window: Callable[[], AppWindow], store_path: Path, qtbot: QtBot, passphrase: str
) -> None:
    with open_store(store_path, passphrase) as store:
        back_up(store)
    database = store_path / DATABASE
    database.write_bytes(database.read_bytes()[:100])
    window = make_window()
    window.start(store_path)
    window.unlock.passphrase.setText(passphrase)
    window.unlock.submit()
    qtbot.waitUntil(window.unlock.rescue.isVisible)
    assert window.unlock.field.state == "normal"
    window.unlock.rescue.click()
    qtbot.waitUntil(lambda: window.main is not None and window.jobs.count == 0)
    assert "put back" in main_of(window).notice.words


def test_words_are_asked_back_once_and_made_anew(window: AppWindow, qtbot: QtBot) -> None:
    store = main_of(window).workspace.store
    words = renew_recovery_words(store, cost=Cost(n=2**10)).split()
    page = settings_of(window, qtbot)
    section = page.recovery
    section.asked.typed.setText("one two three")
    section.asked.submit()
    qtbot.waitUntil(lambda: section.asked.field.state == "wrong")
    section.asked.typed.setText(" ".join(words[number - 1] for number in recovery_words(store.path).asked).upper())
    section.asked.submit()
    qtbot.waitUntil(lambda: recovery_words(store.path).confirmed_on is not None and window.jobs.count == 0)
    section.renew.click()
    section.ask.acted.emit("yes")
    qtbot.waitUntil(lambda: len(section.sheet.words.split()) == 12)
    made = section.sheet.words
    section.have_them.click()
    assert section.sheet.words == ""
    store.close()
    open_store(store.path, made).close()


def test_today_asks_for_the_words_and_is_content_with_them(
    window: AppWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_NOW", "2026-11-23T09:00")
    store = main_of(window).workspace.store
    words = renew_recovery_words(store, cost=Cost(n=2**10)).split()
    monkeypatch.setenv("MATCHER_NOW", "2026-11-30T09:00")
    page = page_of(window, qtbot, Place("today"))
    assert isinstance(page, TodayPage)
    page.refresh()
    qtbot.waitUntil(page.safety.words.isVisible)
    asked = page.safety.words.asked
    asked.submit()
    assert asked.field.state == "wrong"
    asked.typed.setText(" ".join(words[number - 1] for number in recovery_words(store.path).asked))
    asked.submit()
    qtbot.waitUntil(lambda: not page.safety.words.isVisible() and asked.typed.text() == "")


@pytest.mark.parametrize("asked", ["new", "confirmed", "sample"])
def test_words_are_not_asked_too_early_nor_twice(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_NOW", "2026-11-23T09:00")
    old, now = today().replace(day=2), today()
    known = {
        "new": RecoveryWords(now, None, (1, 2, 3)),
        "confirmed": RecoveryWords(old, now, (1, 2, 3)),
        "sample": None,
    }[asked]
    assert not is_due(known)
    assert is_due(RecoveryWords(old, None, (1, 2, 3)))


def test_opened_with_the_words_a_new_passphrase_is_offered(
    make_window: Callable[[], AppWindow], store_path: Path, passphrase: str, qtbot: QtBot
) -> None:
    with open_store(store_path, passphrase) as store:
        words = renew_recovery_words(store, cost=Cost(n=2**10))
    window = make_window()
    window.start(store_path)
    window.unlock.passphrase.setText(words.upper())
    window.unlock.submit()
    qtbot.waitUntil(lambda: window.main is not None and window.jobs.count == 0)
    assert "recovery words" in main_of(window).notice.words


def test_a_computer_without_a_keyring_says_so_and_one_with_opens_by_itself(
    window: AppWindow, make_window: Callable[[], AppWindow], qtbot: QtBot, store_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(remembered_key, "_keyring", lambda: None)
    section = settings_of(window, qtbot).lock
    assert not section.remember.isEnabled()
    assert "no keyring" in section._why.text()
    kept: dict[str, str] = {}

    class Ring:
        def set_password(self, _service: str, name: str, secret: str) -> None:
            kept[name] = secret

        def get_password(self, _service: str, name: str) -> str | None:
            return kept.get(name)

        def delete_password(self, _service: str, name: str) -> None:
            del kept[name]

    monkeypatch.setattr(remembered_key, "_keyring", Ring)
    section.refresh()
    qtbot.waitUntil(section.remember.isEnabled)
    section.remember.click()
    qtbot.waitUntil(lambda: bool(kept) and window.jobs.count == 0)
    window.shut()
    again = make_window()
    again.start(store_path)
    qtbot.waitUntil(lambda: again.main is not None and again.jobs.count == 0)
    again.lock()
    qtbot.waitUntil(lambda: again.main is None)
    assert again.unlock.open_button.isEnabled()  # after a lock it asks
    kept.clear()
    again.start(store_path)
    qtbot.waitUntil(lambda: again.unlock.field.state == "wrong" or again.unlock.trouble.isVisible())


def test_the_minutes_to_the_lock_are_remembered(window: AppWindow, qtbot: QtBot) -> None:
    settings_of(window, qtbot).lock.minutes.chosen.emit("5")
    assert window.idle._timer.interval() == 5 * 60_000
    window.keep_state()
    assert read_window_state().lock_minutes == 5


def test_words_of_the_pages(tmp_path: Path) -> None:
    assert [size_words(size) for size in (900, 365_000, 82_400_000, 3.1e9)] == [
        "900 bytes",
        "365 KB",
        "82.4 MB",
        "3.1 GB",
    ]
    told = elsewhere_words(
        Elsewhere(tmp_path / "KINGSTON", None, "“KINGSTON” is not there at the moment."), today()
    )
    assert told == "“KINGSTON” is not there at the moment. It is tried again by itself. No backup is there yet."


@pytest.mark.parametrize("place", [Place("settings"), Place("keys")])
def test_a_page_scrolls_at_its_right_edge(place: Place, window: AppWindow, qtbot: QtBot) -> None:
    page = page_of(window, qtbot, place)
    assert isinstance(page, Page)
    area = page.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert area.mapTo(page, area.rect().topRight()).x() == page.rect().right()


def test_the_settings_go_to_the_part_that_is_chosen(window: AppWindow, qtbot: QtBot) -> None:
    page = settings_of(window, qtbot)

    def away(title: str) -> int:
        return abs(page._titles[title].mapTo(page._area.viewport(), QPoint(0, 0)).y())

    for tab, title, _more in SECTIONS[:-1]:
        page.go_to.setCurrentIndex(page.go_to.findData(tab))
        page.go_to.activated.emit(page.go_to.currentIndex())
        qtbot.waitUntil(partial(lambda title: away(title) < 4, title))
    assert page.go_to.currentIndex() == -1
