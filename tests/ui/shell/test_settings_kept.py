"""Settings: saved, refused, asked about on closing; the passphrase; the look that changes while it is shown."""

import pytest
from pytestqt.qtbot import QtBot

from matcher.storage import open_store, read_settings
from matcher_ui.app_window import AppWindow
from matcher_ui.main_window import MainWindow
from matcher_ui.pages.settings.settings_page import SettingsPage
from matcher_ui.theme import Theme
from matcher_ui.window_state import read_window_state
from matcher_ui.workspace import Place


@pytest.fixture
def page(main: MainWindow, qtbot: QtBot) -> SettingsPage:
    """The settings, read."""
    main.go(Place("settings"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    assert isinstance(main.page, SettingsPage)
    return main.page


def test_closing_over_something_unsaved_asks_first(window: AppWindow, main: MainWindow, page: SettingsPage) -> None:
    page.signer.setText("Ruth")
    assert not window.close()
    assert main.notice.words == "Not saved yet: your changes to the settings."
    page.signer.setText("")
    assert window.close()


def test_settings_are_saved_and_the_sidebar_follows(main: MainWindow, page: SettingsPage, qtbot: QtBot) -> None:
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
    window: AppWindow, main: MainWindow, page: SettingsPage, passphrase: str, qtbot: QtBot
) -> None:
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
    qtbot.waitUntil(lambda: main.toast.words == "The passphrase was changed.")
    path = main.workspace.store.path
    window.lock()
    qtbot.waitUntil(lambda: window.main is None)
    open_store(path, "a new one").close()


def test_theme_and_text_size_change_while_shown_and_are_remembered(
    window: AppWindow, main: MainWindow, page: SettingsPage, theme: Theme, qtbot: QtBot
) -> None:
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
