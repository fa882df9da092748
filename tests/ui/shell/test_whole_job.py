"""The main job in the window, from a first start to the workbook, by mouse, keys and dropped files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from matcher_ui.app_window import AppWindow
from matcher_ui.main_window import MainWindow
from matcher_ui.pages.importing.import_page import ImportPage
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.pages.requests.log_page import LogPage

GOLD = Path(__file__).resolve().parents[4] / "shared" / "gold"


@pytest.fixture
def read_here() -> None:
    """Not here: the whole job is played with the process that files are read in."""


HEADER = (
    "Timestamp,First name,Last name,Email,Mobile,Postcode,How long in home care?,Your experience,May we ask you?"
)
ROW = (
    "12/02/2026 19:20,{name},Mensah,{name}@example.org,07700 9001{number:02},LS21,6 years,"
    "I do sleep-ins and night visits,Academic research"
)
LETTER = (
    "From: Imogen Farrell <i.farrell@example.org>\nTo: ruth@example.org\nSubject: Voices for our winter study\n"
    "Date: Wed, 18 Nov 2026 16:20:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n"
    "Dear Ruth,\n\nCould you put us in touch with six to eight care workers who do nights, near Leeds, for a "
    "45-minute research interview? We can offer a £25 voucher and have ethics approval. Names by 4 December "
    "would help.\n\nDr Imogen Farrell, Calder University\n"
)
NAMES = ("Ama", "Bev", "Cath", "Dana", "Efua", "Fern", "Gwen", "Hana", "Ivy", "Joan")


def drop(window: AppWindow, path: Path) -> None:
    """Drop a file on the window as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    spot, copy = window.rect().center(), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(spot, copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(spot), copy, data, left, none))


def click(widget: QWidget) -> None:
    assert widget.isVisible()
    assert widget.isEnabled(), widget.toolTip()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def first_start(window: AppWindow, passphrase: str, qtbot: QtBot) -> None:
    """The welcome, up to the store that is ready."""
    window.start()
    welcome = window.welcome
    QTest.keyClicks(welcome.begin.name, "Lantern Network")
    QTest.keyClicks(welcome.begin.first, passphrase)
    QTest.keyClicks(welcome.begin.second, passphrase)
    QTest.keyClick(welcome.begin.second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: welcome.steps.currentWidget() is welcome.words)
    QTest.keyClick(welcome.words.have_them, Qt.Key.Key_Space)
    click(welcome.words.go_on)
    assert welcome.steps.currentWidget() is welcome.next


def play(window: AppWindow, sheet: Path, letter: Path, out: Path, passphrase: str, qtbot: QtBot) -> int:
    """The whole job; the answer is how many people stand in the workbook."""

    def settle() -> None:
        qtbot.waitUntil(lambda: window.jobs.count == 0)

    first_start(window, passphrase, qtbot)
    drop(window, sheet)
    settle()
    main = window.main
    assert isinstance(main, MainWindow)
    assert isinstance(main.page, ImportPage)
    assert main.page.accept.text().startswith("Add ")
    click(main.page.accept)
    settle()
    drop(window, letter)
    settle()
    assert isinstance(main.page, LogPage)
    assert main.page.form.found > 3
    click(main.page.save)
    settle()
    assert isinstance(main.page, RequestPage)
    assert main.page.tab == "checks"
    click(main.page.steps._steps["match"])
    settle()
    click(main.page.match.tray.suggest)
    settle()
    assert main.toast.words
    top_of_foot = main.height() - main.page.foot()
    qtbot.waitUntil(lambda: main.toast.geometry().bottom() <= top_of_foot + 8)
    main.page.match._choose_path = lambda _parent, _name: str(out)
    click(main.page.match.tray.export)
    settle()
    book = load_workbook(out)
    header, *rows = list(book.worksheets[0].values)
    assert "Response" in header
    assert "Row id" in header
    return len(rows)


def lock_and_come_back(window: AppWindow, passphrase: str, qtbot: QtBot) -> None:
    """Ctrl+L, a wrong passphrase, the right one."""
    assert window.main is not None
    QTest.keyClick(window.main, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.stack.currentWidget() is window.unlock
    qtbot.waitUntil(window.unlock.open_button.isEnabled)
    for words in ("not these words", passphrase):
        window.unlock.passphrase.clear()
        QTest.keyClicks(window.unlock.passphrase, words)
        QTest.keyClick(window.unlock.passphrase, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.jobs.count == 0)
        came_back = window.stack.currentWidget() is not window.unlock
        assert came_back == (words == passphrase)


def test_the_whole_job_from_a_first_start(
    make_window: Callable[[], AppWindow], tmp_path: Path, passphrase: str, qtbot: QtBot, frozen: object
) -> None:
    sheet, letter = tmp_path / "sign-ups.csv", tmp_path / "winter study.eml"
    rows = [ROW.format(name=name, number=number) for number, name in enumerate(NAMES)]
    sheet.write_text("\n".join([HEADER, *rows]), "utf-8")
    letter.write_text(LETTER, "utf-8")
    window = make_window()
    people = play(window, sheet, letter, tmp_path / "out.xlsx", passphrase, qtbot)
    assert 6 <= people <= len(NAMES)
    lock_and_come_back(window, passphrase, qtbot)


@pytest.mark.gold
def test_the_whole_job_on_the_graded_sheet_and_letter(
    make_window: Callable[[], AppWindow], tmp_path: Path, passphrase: str, qtbot: QtBot
) -> None:
    if not GOLD.is_dir():
        pytest.skip("the graded examples of ../shared/gold are not here")
    sheet, letter = GOLD / "members" / "google_form_export.xlsx", GOLD / "requests" / "R13.eml"
    assert play(make_window(), sheet, letter, tmp_path / "out.xlsx", passphrase, qtbot) > 0
