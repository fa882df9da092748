"""The first start: from nothing to an opened store, or the sample; what goes wrong is said in place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from matcher.directory import list_members
from matcher.storage import last_store, open_store, read_settings
from matcher_ui.app_window import AppWindow
from matcher_ui.pages.opening.welcome_words import NOT_YET
from matcher_ui.strength import strength_of


def fill(window: AppWindow, name: str, first: str, second: str) -> None:
    begin = window.welcome.begin
    begin.name.setText(name)
    begin.first.setText(first)
    begin.second.setText(second)
    begin.submit()


def make_store(window: AppWindow, passphrase: str, qtbot: QtBot) -> str:
    """Make a store in the welcome; return the recovery words it shows."""
    fill(window, "Lantern Network", passphrase, passphrase)
    welcome = window.welcome
    qtbot.waitUntil(lambda: welcome.steps.currentWidget() is welcome.words)
    return welcome.words.sheet.words


def test_from_nothing_to_an_opened_store(
    make_window: Callable[[], AppWindow], passphrase: str, qtbot: QtBot, own_home: Path
) -> None:
    window = make_window()
    window.start()
    assert window.stack.currentWidget() is window.welcome
    words = make_store(window, passphrase, qtbot)
    step = window.welcome.words
    assert len(words.split()) == 12
    assert not step.go_on.isEnabled()
    assert step.go_on.toolTip() == NOT_YET
    step.have_them.click()
    step.go_on.click()
    window.welcome.next.chosen.emit("today")
    assert window.main is not None
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    assert window.main.place is not None
    assert window.main.place.page == "today"
    path = last_store()
    assert path == own_home / "Matcher" / "Lantern Network.matcher"
    window.shut()
    for secret in (passphrase, words):
        with open_store(path, secret) as store:
            assert read_settings(store).organisation == "Lantern Network"


@pytest.mark.parametrize(
    ("name", "first", "second", "field"),
    [("", "a b c", "a b c", "name_field"), ("N", "", "", "first_field"), ("N", "one", "two", "second_field")],
)
def test_what_is_missing_is_said_at_its_field(
    make_window: Callable[[], AppWindow], name: str, first: str, second: str, field: str
) -> None:
    window = make_window()
    window.start()
    fill(window, name, first, second)
    states = {
        key: getattr(window.welcome.begin, key).state for key in ("name_field", "first_field", "second_field")
    }
    assert [key for key, state in states.items() if state == "wrong"] == [field]
    assert window.jobs.count == 0


def test_a_second_store_of_one_name_never_lies_over_the_first(
    make_window: Callable[[], AppWindow], passphrase: str, qtbot: QtBot, own_home: Path
) -> None:
    for expected in ("Lantern Network.matcher", "Lantern Network 2.matcher"):
        window = make_window()
        window.welcome.start_again()
        make_store(window, passphrase, qtbot)
        assert (own_home / "Matcher" / expected).is_dir()


def test_the_words_are_gone_from_the_window_once_she_goes_on(
    make_window: Callable[[], AppWindow], passphrase: str, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window()
    window.start()
    words = make_store(window, passphrase, qtbot)
    step = window.welcome.words
    step.sheet.save_to(tmp_path / "words.txt")
    assert all(word in (tmp_path / "words.txt").read_text("utf-8") for word in words.split())
    assert "keep it elsewhere" in step.sheet.told.accessibleName()
    step.sheet.save_to(tmp_path / "no such folder" / "words.txt")
    assert "could not be saved" in step.sheet.told.accessibleName()
    step.have_them.setChecked(True)
    step.go_on.click()
    step.sheet.save_to(tmp_path / "later.txt")
    assert (tmp_path / "later.txt").read_text("utf-8") == ""


def test_a_file_dropped_at_the_end_begins_with_it(
    make_window: Callable[[], AppWindow], passphrase: str, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window()
    window.start()
    make_store(window, passphrase, qtbot)
    window.welcome.words.have_them.setChecked(True)
    window.welcome.words.go_on.click()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "picture.png"))])
    window.welcome.take(data)
    assert window.main is None
    assert "cannot read" in window.welcome.next._trouble.accessibleName()
    taken: list[object] = []
    window.welcome.opened.disconnect(window.enter)
    window.welcome.opened.connect(lambda opened, place: taken.extend((opened.store, place)))
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "sign-ups.XLSX"))])
    window.welcome.take(data)
    store, place = taken
    store.close()  # type: ignore[attr-defined]
    assert place.page == "import"  # type: ignore[attr-defined]
    assert place.payload == (str(tmp_path / "sign-ups.XLSX"),)  # type: ignore[attr-defined]


def test_the_sample_asks_for_nothing_and_opens_by_itself_the_next_time(
    make_window: Callable[[], AppWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    first = make_window()
    path = tmp_path / "sample.matcher"
    first.door.sample(first.enter, first.show_fault, path=path, members=25)
    qtbot.waitUntil(lambda: first.main is not None and first.jobs.count == 0)
    assert first.workspace is not None
    assert len(list_members(first.workspace.store)) == 25
    first.shut()
    again = make_window()
    again.start()
    qtbot.waitUntil(lambda: again.main is not None and again.jobs.count == 0)
    assert again.workspace is not None
    assert again.workspace.store.path == path


def test_an_honest_word_about_a_passphrase() -> None:
    poor = ("a", "password", "Matcher2024", "qwertyuiop", "aaaaaaaaaaaa", "12345678", "lantern network 2026")
    fine = ("kettle violet runway moss", "four kettles sing under rain", "xkq7!vvm2Pz8#wrT")
    assert {strength_of(p, "Lantern Network").level for p in poor} == {"weak"}
    assert {strength_of(p, "Lantern Network").level for p in fine} <= {"good", "strong"}
    assert strength_of("").level == "empty"
