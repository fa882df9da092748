"""When the program itself fails: her work is kept, the page is calm, and the report holds nothing about people."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from matcher.directory import add_member, list_members
from matcher.storage import open_store
from matcher_ui import app as start
from matcher_ui import last_chance
from matcher_ui.app_window import LEFT_OPEN, AppWindow
from matcher_ui.faults import crash_places, fault_of, place_in_code, report_on
from matcher_ui.kept_edits import keep_edits, kept_edits
from matcher_ui.last_chance import NOT_RECORDED, LastChance
from matcher_ui.main_window import MainWindow
from matcher_ui.pages.settings.settings_page import SettingsPage
from matcher_ui.pages.today.today_page import TodayPage
from matcher_ui.widgets.buttons import Button
from matcher_ui.workspace import Place

CANARIES = ("Zebedee", "Quillfeather", "07700 900876", "zq@example.org")
PERSONAL = f"{CANARIES[0]} {CANARIES[1]} on {CANARIES[2]}, {CANARIES[3]}"


@pytest.fixture
def main(window: AppWindow) -> MainWindow:
    assert window.main is not None
    return window.main


@pytest.fixture(autouse=True)
def quiet_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Faults are logged: here on purpose, so the log is kept apart and looked at."""
    told: list[str] = []
    monkeypatch.setattr(last_chance._log, "error", lambda words, *values: told.append(words % values))
    yield
    assert not any(canary in words for canary in CANARIES for words in told)


@pytest.fixture
def chance(window: AppWindow, monkeypatch: pytest.MonkeyPatch) -> LastChance:
    """The last chance, wired as in the program."""
    chance = LastChance(window)
    monkeypatch.setattr(sys, "excepthook", chance.hook)
    return chance


def fail(kind: type[Exception] = ValueError) -> None:
    raise kind(PERSONAL)


def fail_in_a_slot(chance: LastChance) -> None:
    try:
        fail()
    except ValueError as error:
        chance.hook(ValueError, error, error.__traceback__)


def show(main: MainWindow, qtbot: QtBot, place: Place) -> Any:
    main.go(place)
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    page: Any = main.page
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0 and page.is_built)
    return page


def test_a_slot_that_fails_keeps_what_she_types_and_goes_on(
    window: AppWindow, main: MainWindow, chance: LastChance, qtbot: QtBot
) -> None:
    page = show(main, qtbot, Place("settings"))
    assert isinstance(page, SettingsPage)
    page.signer.setText(PERSONAL)
    fail_in_a_slot(chance)
    assert chance.is_shown
    assert "on Settings" in chance.page.line.text()
    assert "your changes to the settings" in chance.page.kept.text()
    kept = kept_edits(main.workspace.store)
    assert kept[0].content["settings"]["sender"] == PERSONAL
    assert not any(canary in chance.page.report.toPlainText() for canary in CANARIES)
    qtbot.waitUntil(chance.page.go_on.hasFocus)
    chance.page.go_on.click()
    assert window.stack.currentWidget() is main
    assert main.page is page
    assert page.signer.text() == PERSONAL
    page.signer.setText("")


def test_closing_from_the_page_keeps_what_she_typed_for_next_time(
    window: AppWindow, main: MainWindow, chance: LastChance, passphrase: str, qtbot: QtBot
) -> None:
    page = show(main, qtbot, Place("settings"))
    page.signer.setText("Ruth")
    fail_in_a_slot(chance)
    chance.page.close_all.click()
    assert not window.isVisible()
    path = main.workspace.store.path
    window.shut()
    with open_store(path, passphrase) as store:
        assert kept_edits(store)[0].content["settings"]["sender"] == "Ruth"
        assert not store.was_left_open


def test_the_same_fault_again_leads_to_today(main: MainWindow, chance: LastChance, qtbot: QtBot) -> None:
    show(main, qtbot, Place("members"))
    for page in ("members", "today"):
        fail_in_a_slot(chance)
        chance.page.go_on.click()
        assert main.place == Place(page)
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    assert isinstance(main.page, TodayPage)


def test_a_fault_in_the_background_writes_nothing_and_says_so(
    make_window: Callable[[], AppWindow], store_path: Path, passphrase: str, qtbot: QtBot
) -> None:
    window = make_window()
    window.jobs.crashed.disconnect()
    chance = LastChance(window)
    window.start(store_path)
    window.unlock.passphrase.setText(passphrase)
    window.unlock.submit()
    qtbot.waitUntil(lambda: window.main is not None and window.jobs.count == 0)
    assert window.main is not None
    work = window.main.workspace

    def verb(store: Any, _progress: object) -> None:
        add_member(store, {"first_name": CANARIES[0]})
        fail(KeyError)

    work.write(verb, lambda _none: None, what="Adding")
    qtbot.waitUntil(lambda: chance.is_shown)
    assert NOT_RECORDED in chance.page.kept.text()
    told = chance.page.report.toPlainText()
    assert "KeyError in the background" in told
    assert not any(canary in told for canary in CANARIES)
    chance.page.go_on.click()
    assert window.stack.currentWidget() is window.main


def test_more_faults_join_the_report_and_do_not_pile_up(main: MainWindow, chance: LastChance) -> None:
    fail_in_a_slot(chance)
    chance.meet(fault_of(TypeError(PERSONAL), "on Today"))
    assert chance.is_shown
    told = chance.page.report.toPlainText()
    assert "ValueError" in told
    assert "TypeError" in told


def test_a_page_that_can_no_longer_tell_does_not_take_the_others_with_it(
    main: MainWindow, chance: LastChance, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show(main, qtbot, Place("settings"))
    page.signer.setText("Ruth")
    broken = main._page("requests")
    broken.place = Place("requests")
    monkeypatch.setattr(broken, "keeps_unsaved", fail)
    fail_in_a_slot(chance)
    assert chance.is_shown
    assert [edit.words for edit in kept_edits(main.workspace.store)] == ["your changes to the settings"]
    page.signer.setText("")


def test_it_locks_also_while_the_page_is_up(window: AppWindow, chance: LastChance, qtbot: QtBot) -> None:
    fail_in_a_slot(chance)
    window.lock()
    assert window.stack.currentWidget() is window.unlock
    qtbot.waitUntil(lambda: window.jobs.count == 0 and window.main is None)


def test_the_report_is_read_before_it_is_saved(
    chance: LastChance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, path = chance.page, tmp_path / "report.txt"
    monkeypatch.setattr(page, "_choose", lambda *_asked: str(path))
    fail_in_a_slot(chance)
    assert page.save.isHidden()
    page.look_at.click()
    assert not page.report.isHidden()
    assert page.report.isReadOnly()
    page.save.click()
    assert path.read_text("utf-8") == page.report.toPlainText()
    assert page.said.text() == "Saved as “report.txt”."
    monkeypatch.setattr(page, "_choose", lambda *_asked: str(tmp_path / "none" / "report.txt"))
    page.save.click()
    assert "could not be written" in page.said.text()


def test_an_exception_out_of_a_real_slot_reaches_it(qtbot: QtBot, chance: LastChance) -> None:
    with qtbot.captureExceptions() as caught:
        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: bool(caught))
    kind, error, trace = caught[0]
    chance.hook(kind, error, trace)
    assert chance.is_shown
    assert "test_last_chance.py" in chance.page.report.toPlainText()


def test_a_start_that_fails_is_told_and_opens_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    try:
        fail()
    except ValueError as error:
        page = start.tell_start_failed(qapp, error)
    qtbot.addWidget(page)
    assert page.go_on.isHidden()
    told = page.report.toPlainText()
    assert "ValueError at the start" in told
    assert not any(canary in told for canary in CANARIES)
    page.close_all.click()
    assert not page.isVisible()


def test_the_report_names_places_in_the_code_and_no_folder_of_hers() -> None:
    try:
        try:
            fail()
        except ValueError as error:
            raise RuntimeError(PERSONAL) from error
    except RuntimeError as error:
        told = report_on((fault_of(error, "on Members"),), "light, text at 100%")
    assert "RuntimeError on Members" in told
    assert "caused by" in told
    assert str(Path.home()) not in told
    assert not any(canary in told for canary in CANARIES)
    for line in told.splitlines():
        assert "/" not in line.partition(":")[0] or line.startswith(("matcher", "System"))


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("/home/ruth/apps/matcher_ui/pages/today/today_page.py", "matcher_ui/pages/today/today_page.py"),
        (r"C:\Users\Ruth\matcher\storage\store.py", "matcher/storage/store.py"),
        ("/home/ruth/matcher/lib/site-packages/sqlalchemy/orm/session.py", "session.py"),
        ("/home/ruth/letters/amina.py", "amina.py"),
        ("<string>", "<string>"),
    ],
)
def test_files_are_named_without_the_way_to_them(file: str, told: str) -> None:
    assert place_in_code(file) == told


DIES = """
import faulthandler, os, signal, sys
from pathlib import Path
from matcher_ui.app import watch_for_crashes
noted, notes = watch_for_crashes(Path(sys.argv[1]))
secret = sys.argv[2]
os.kill(os.getpid(), signal.SIGSEGV)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends itself a signal")
def test_a_crash_of_the_whole_program_leaves_only_places_in_the_code(tmp_path: Path) -> None:
    notes = tmp_path / "crash.txt"
    done = subprocess.run([sys.executable, "-c", DIES, str(notes), PERSONAL], check=False, timeout=60)
    assert done.returncode == -signal.SIGSEGV
    written = notes.read_text("utf-8")
    assert not any(canary in written for canary in CANARIES)
    assert "<string>:7 in <module>" in crash_places(written)
    noted = json.loads(
        subprocess.run(
            [sys.executable, "-c", AGAIN, str(notes)], check=True, timeout=60, capture_output=True, text=True
        ).stdout
    )
    assert noted == crash_places(written)
    assert notes.read_text("utf-8") == ""


AGAIN = """
import json, sys
from pathlib import Path
from matcher_ui.app import watch_for_crashes
print(json.dumps(watch_for_crashes(Path(sys.argv[1]))[0]))
"""

HOLDS = """
import sys, time
from pathlib import Path
from matcher.directory import add_member
from matcher.storage import open_store
store = open_store(Path(sys.argv[1]), sys.argv[2])
add_member(store, {"first_name": "Ama"})
print("open", flush=True)
time.sleep(60)
"""


def killed_while_open(path: Path, passphrase: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path), passphrase],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        process.kill()


def test_after_a_death_it_says_that_nothing_was_lost_and_only_then(
    make_window: Callable[[], AppWindow], store_path: Path, passphrase: str, qtbot: QtBot
) -> None:
    def opened() -> AppWindow:
        window = make_window()
        window.start(store_path)
        window.unlock.passphrase.setText(passphrase)
        window.unlock.submit()
        qtbot.waitUntil(lambda: window.main is not None and window.jobs.count == 0)
        return window

    killed_while_open(store_path, passphrase)
    window = opened()
    chance = LastChance(window)
    assert window.main is not None
    assert window.main.notice.words == LEFT_OPEN
    assert [row.first_name for row in list_members(window.main.workspace.store)] == ["Ama"]
    assert not chance.is_shown
    window.lock()
    qtbot.waitUntil(lambda: window.main is None and window.jobs.count == 0)
    again = opened()
    assert again.main is not None
    assert again.main.notice.words == ""


def test_what_was_typed_before_a_death_is_told_with_it_and_the_report_offered(
    make_window: Callable[[], AppWindow], main: MainWindow, window: AppWindow, passphrase: str, qtbot: QtBot
) -> None:
    page = show(main, qtbot, Place("settings"))
    page.signer.setText("Ruth")
    edits, path = main.edits(), main.workspace.store.path
    page.signer.setText("")
    window.close()
    window.shut()
    with open_store(path, passphrase) as store:
        keep_edits(store, edits)
    killed_while_open(path, passphrase)
    again = make_window()
    again.last_crash = "matcher_ui/pages/today/today_page.py:12 in paintEvent"
    again.start(path)
    again.unlock.passphrase.setText(passphrase)
    again.unlock.submit()
    qtbot.waitUntil(lambda: again.main is not None and "your changes" in again.main.notice.words)
    assert again.main is not None
    assert again.main.notice.words.startswith(LEFT_OPEN)
    assert "See a report" in [one.text() for one in again.main.notice.findChildren(Button)]
    again.main._page("settings").signer.setText("")  # type: ignore[attr-defined]


def test_what_was_noted_of_the_crash_can_be_looked_at(
    make_window: Callable[[], AppWindow], store_path: Path, passphrase: str, qtbot: QtBot
) -> None:
    killed_while_open(store_path, passphrase)
    window = make_window()
    chance = LastChance(window)
    window.last_crash = "matcher_ui/pages/today/today_page.py:12 in paintEvent"
    window.start(store_path)
    window.unlock.passphrase.setText(passphrase)
    window.unlock.submit()
    qtbot.waitUntil(lambda: window.main is not None and window.jobs.count == 0)
    assert window.main is not None
    next(one for one in window.main.notice.findChildren(Button) if one.text() == "See a report").click()
    assert chance.is_shown
    assert "matcher_ui/pages/today/today_page.py:12 in paintEvent" in chance.page.report.toPlainText()
    chance.page.go_on.click()
    assert window.stack.currentWidget() is window.main


def test_a_store_that_was_closed_or_copied_was_not_left_open(store_path: Path, passphrase: str) -> None:
    for _ in range(2):
        with open_store(store_path, passphrase) as store:
            assert not store.was_left_open
