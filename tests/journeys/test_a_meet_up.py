"""The Nottingham meet-up in the window, from the plan to who came: one hour in a room that holds thirty."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from matcher.clock import LONDON
from matcher.model import Decision, MeetupState, Purpose
from matcher.outreach.meetups import meetup_page, meetups
from matcher.storage import read_settings
from matcher_ui.jobs import Jobs
from matcher_ui.main_window import MainWindow
from matcher_ui.pages.meetups import papers as page_file
from matcher_ui.pages.meetups.meetup_page import DAY, INVITE, PEOPLE, MeetupPage
from matcher_ui.pages.today.today_page import TodayPage
from matcher_ui.theme import Theme
from matcher_ui.workspace import Place, Workspace

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"), pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
]  # fmt: skip
TOWNS = {"Nottingham": (52.954, -1.15), "Beeston": (52.927, -1.215), "Derby": (52.922, -1.477)}
NEAR, ROOM = 33, 30


@pytest.fixture
def main(network: "Network", qtbot: QtBot, qapp: QApplication, frozen: datetime) -> Iterator[MainWindow]:
    """The window, over a network with 33 willing members near, one who wants to be asked first, others far off."""
    for number in range(NEAR):
        town = list(TOWNS)[number % 3]
        add(network, f"P{number:02}", town, *TOWNS[town])
    add(network, "Asks", "Nottingham", *TOWNS["Nottingham"], says=Decision.ASK_FIRST)
    add(network, "Far", "Leeds", 53.796, -1.548)
    add(network, "Refused", "Nottingham", *TOWNS["Nottingham"], says=Decision.REFUSED)
    jobs = Jobs()
    theme = Theme(qapp, "light", 1.0)
    workspace = Workspace(network.store, jobs, theme)
    window = MainWindow(workspace, read_settings(network.store))
    theme.dress(window)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.put_away()
    qtbot.waitUntil(lambda: jobs.count == 0)
    window.hide()
    window.deleteLater()
    jobs.shutdown()


def add(
    network: "Network", name: str, town: str, latitude: float, longitude: float, says: Decision = Decision.GIVEN
) -> None:
    member = network.member(
        name, last_name="Reed", town=town, latitude=latitude, longitude=longitude, phone="07700900123"
    )
    network.say(member, says, Purpose.OWN_EVENTS)


def click(widget: QWidget) -> None:
    assert widget.isEnabled(), widget.toolTip()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def press(widget: QWidget, key: Qt.Key) -> None:
    """Press a key while the list has the keyboard."""
    widget.window().activateWindow()
    widget.setFocus()
    assert QTest.qWaitForWindowActive(widget.window())
    QTest.keyClick(widget, key)


def test_from_the_invitation_to_who_came(
    main: MainWindow, qtbot: QtBot, at: Callable[[str], datetime], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = main.workspace.store

    def settle() -> None:
        qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)

    # Monday 23 November: it is planned.
    main.go(Place("meetup", tab="plan"))
    settle()
    page = main.page
    assert isinstance(page, MeetupPage)
    form = page.plan.form
    QTest.keyClicks(form.title, "Tea and talk")
    QTest.keyClicks(form.place, "Nottingham Central Library")
    form.place.editingFinished.emit()
    form.day.setDate(QDate(2026, 12, 9))
    form.begins.setTime(QTime(16, 0))
    form.ends.setTime(QTime(17, 0))
    form.room.setValue(ROOM)
    settle()
    assert form.understood.text() == "Understood as Nottingham, East Midlands."
    click(form.save)
    settle()
    (row,) = meetups(store)
    assert f"{row.starts_at.astimezone(LONDON):%A %d %B %H:%M}" == "Wednesday 09 December 16:00"

    # Whom to invite: the nearest first, in tens; who asks to be asked first is passed over; far and no say why.
    assert page.tabs.current == INVITE
    assert [line.name for line in page.invite.lines][:2] == ["Asks Reed", "P00 Reed"]
    assert len(page.invite.lines) == NEAR + 1
    assert {line.name for line in page.others.lines} == {"Far Reed", "Refused Reed"}
    for _ in range(4):
        click(page.invite.lot)
        settle()
    assert [line.name for line in page.invite.lines] == ["Asks Reed"]
    page.invite.choose(page.invite.lines[0].member_id)
    settle()
    assert "Nottingham Central Library" in page.invite.panel.text.message.toPlainText()
    press(page.invite.list, Qt.Key.Key_A)
    settle()
    assert page.found is not None
    assert page.found.page.row.invited == NEAR + 1

    # They answer, one key each: thirty come, two wait, one cannot.
    page.turn_to(PEOPLE)
    for number, line in enumerate(sorted(page.people.lines, key=lambda one: one.name)[: ROOM + 3]):
        page.people.choose(line.member_id)
        settle()
        press(page.people.list, Qt.Key.Key_N if number == ROOM + 2 else Qt.Key.Key_Y)
        settle()
    row = page.found.page.row
    assert (row.coming, row.waiting, row.cannot) == (ROOM, 2, 1)
    assert "30 of 30 coming, 2 waiting" in page.room.accessibleName()

    # Somebody cannot come after all: the next is named, and told with one click.
    leaves = next(line for line in page.people.lines if line.name == "P00 Reed")
    page.people.choose(leaves.member_id)
    settle()
    press(page.people.list, Qt.Key.Key_N)
    settle()
    assert page.found.page.next_name in page.next.words
    page.tell_next()
    settle()
    settle()
    assert "it is yours" in QApplication.clipboard().text()
    assert (page.found.page.row.coming, page.found.page.row.waiting) == (ROOM, 1)
    assert page.next.words == ""

    # The day before: Today says who to remind, and the sheet for the table is saved.
    at("2026-12-08T18:00+00:00")
    main.go(Place("today"))
    settle()
    today = main.page
    assert isinstance(today, TodayPage)
    said = " ".join(part.accessibleName() for part in today.findChildren(QWidget) if part.accessibleName())
    assert "30 messages ready" in said
    sheet = tmp_path / "names.xlsx"
    monkeypatch.setattr(page_file, "choose_where", lambda *_: str(sheet))
    main.go(Place("meetup", row.id, PEOPLE))
    settle()
    click(page.sheet)
    settle()
    names = [cell.value for cell in openpyxl.load_workbook(sheet).worksheets[0]["A"] if cell.value]
    assert len(names) == ROOM + 1
    assert not any("Reed" in str(name) for name in names)

    # The day itself: one key each, one who walks in, and everybody is noted.
    at("2026-12-09T16:20+00:00")
    main.go(Place("meetup", row.id, DAY))
    settle()
    page.day.list.setCurrentIndex(page.day.rows.index(0, 0))
    for _ in range(ROOM - 1):
        press(page.day.list, Qt.Key.Key_C)
        settle()
    QTest.keyClicks(page.day.door.name, "Zoe")
    QTest.keyClick(page.day.door.name, Qt.Key.Key_Return)
    settle()
    click(page.day.noted)
    settle()
    done = meetup_page(store, row.id)
    assert (done.row.came, done.row.walk_ins, done.row.noted) == (ROOM - 1, 1, True)
    stayed_away = [one for one in done.people if one.state is MeetupState.COMING and not one.came]
    assert len(stayed_away) == 1
