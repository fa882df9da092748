"""Whole stories in the window, over real encrypted stores, as she would play them: mouse, keys, dropped files.

From a first start to a first list: tests/ui/shell/test_whole_job.py.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from tests.conftest import make_cheap_sample

pytest.importorskip("PySide6")

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from matcher.consent import withdraw
from matcher.directory import list_members, member_page
from matcher.matching import make_shortlist, rank
from matcher.model import Answer, Audience, InvitationState, Stage, State, purpose_of
from matcher.outreach import ask, asks, export_workbook
from matcher.sample import PASSPHRASE
from matcher.storage import open_store, read_settings
from matcher.storage.store import Store
from matcher.triage import list_requests, show_checks
from matcher_ui.jobs import Jobs
from matcher_ui.main_window import MainWindow
from matcher_ui.pages.insight import year as insight_year
from matcher_ui.theme import Theme
from matcher_ui.workspace import Workspace

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"), pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
]  # fmt: skip
CONTROL = Qt.KeyboardModifier.ControlModifier
LETTER = """From: Imogen Farrell <i.farrell@calder.example>
To: ruth@lantern.example
Subject: Voices for our winter study
Date: Wed, 18 Nov 2026 16:20:00 +0000
Content-Type: text/plain; charset=utf-8

Dear Ruth,

Could you put us in touch with six to eight care workers who do nights, near Leeds, for a 45-minute interview?
We can offer a £25 voucher. Names by 4 December would help.

Dr Imogen Farrell, Calder University
"""
NEWSROOM = (
    "Hi, I'm Priya Nair, a reporter at the Calder Evening Post (priya@caldereveningpost.example). For tonight's "
    "piece on travel time I need two home care workers in Yorkshire to speak by phone today, 15 minutes. First "
    "names only, they can be anonymous, and we read quotes back before we print. No payment. Deadline today 5 pm."
)


class Hand:
    """Her hand on the window: what she does is done through the real widgets, and counted."""

    def __init__(self, main: MainWindow, qtbot: QtBot) -> None:
        self.main, self.qtbot = main, qtbot
        self.store = main.workspace.store
        self.steps = 0

    @property
    def page(self) -> Any:
        """The page shown, once everything on it was read."""
        self.settle()
        return self.main.page

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.main.workspace.jobs.count == 0)

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled(), widget.toolTip()
        self.steps += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.steps += 1
        QTest.keyClick(self.main.window(), key, modifiers)
        self.settle()

    def drop(self, path: Path) -> None:
        self.steps += 1
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        self.main.take(data)
        self.settle()

    def find(self, words: str) -> None:
        """Ctrl+K, the words, Enter."""
        self.key(Qt.Key.Key_K, CONTROL)
        search = self.main.sidebar.search
        self.qtbot.waitUntil(search.hasFocus)
        QTest.keyClicks(search, words)
        self.qtbot.waitUntil(lambda: bool(self.main.finder.found))
        QTest.keyClick(search, Qt.Key.Key_Return)
        self.settle()


def _hand(store: Store, qtbot: QtBot, qapp: QApplication) -> Iterator[Hand]:
    jobs = Jobs()
    theme = Theme(qapp, "light", 1.0)
    main = MainWindow(Workspace(store, jobs, theme), read_settings(store))
    theme.dress(main)
    main.resize(1280, 800)
    main.show()
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow)
    main.choose("today")
    hand = Hand(main, qtbot)
    hand.settle()
    yield hand
    main.put_away()
    hand.settle()
    main.hide()
    main.deleteLater()
    jobs.shutdown()


@pytest.fixture
def empty(network: "Network", qtbot: QtBot, qapp: QApplication, frozen: datetime) -> Iterator[Hand]:
    """A network without a single member."""
    yield from _hand(network.store, qtbot, qapp)


@pytest.fixture(scope="session")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.matcher"
    make_cheap_sample(path, 80)
    return path


@pytest.fixture
def hand(_sample: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication, frozen: datetime) -> Iterator[Hand]:
    """A made-up network of eighty."""
    path = tmp_path / "sample.matcher"
    shutil.copytree(_sample, path)
    with open_store(path, PASSPHRASE) as store:
        yield from _hand(store, qtbot, qapp)


def test_an_e_mail_becomes_a_reply_letter_before_there_is_any_member(empty: Hand, tmp_path: Path) -> None:
    hand, letter = empty, tmp_path / "voices.eml"
    letter.write_text(LETTER, encoding="utf-8")
    assert not list_members(hand.store)
    hand.drop(letter)
    hand.click(hand.page.save)
    row = list_requests(hand.store)[0]
    assert hand.page.tab == "checks"
    panel = hand.page.checks.letter
    assert panel.to.text() == "i.farrell@calder.example"
    assert "ethics" in panel.body.toPlainText()
    hand.click(panel.copy)
    written = panel.body.toPlainText()
    assert written.strip() in QGuiApplication.clipboard().text()
    hand.click(panel.record)
    (sent,) = show_checks(hand.store, row.id).sent
    assert sent.body.strip() == written.strip()
    assert hand.steps == 4


def test_a_request_of_the_press_goes_out_in_a_few_steps(hand: Hand) -> None:
    QGuiApplication.clipboard().setText(NEWSROOM)
    hand.key(Qt.Key.Key_V, CONTROL)
    hand.click(hand.page.save)
    request = max(list_requests(hand.store), key=lambda row: row.id)
    assert request.audience is Audience.MEDIA
    hand.click(hand.page.steps._steps["match"])
    assert rank(hand.store, request.id).candidates
    hand.click(hand.page.match.tray.suggest)
    hand.click(hand.page.steps._steps["ask"])
    tab = hand.page.ask.people
    assert "Calder Evening Post" in tab.person.message.toPlainText()
    hand.click(tab.person.copy)
    message = QGuiApplication.clipboard().text()
    hand.click(tab.person.ask)
    asked = [row for row in asks(hand.store, request.id) if row.state is InvitationState.ASKED]
    assert len(asked) == 1
    assert asked[0].name.split()[0] in message
    may = member_page(hand.store, asked[0].member_id).consent[purpose_of(Audience.MEDIA)]
    assert may in (State.GIVEN, State.ASK_FIRST)
    assert hand.steps <= 8


def test_somebody_who_withdraws_is_found_stopped_and_gone_from_every_list(hand: Hand) -> None:
    request = next(row for row in list_requests(hand.store) if row.stage is Stage.MATCHING)
    candidate = rank(hand.store, request.id).candidates[0].member
    make_shortlist(hand.store, request.id, 4)
    hand.find(candidate.name)
    assert hand.main.place is not None
    assert (hand.main.place.page, hand.main.place.id) == ("member", candidate.id)
    hand.click(hand.page.withdraw)
    panel = hand.page.withdraw_panel
    assert "This stops every message" in panel.means.text()
    hand.click(panel.confirm)
    held = member_page(hand.store, candidate.id)
    assert held.consent[purpose_of(request.audience or Audience.MEDIA)] is State.WITHDRAWN
    now = rank(hand.store, request.id)
    assert candidate.id not in {one.member.id for one in now.candidates}
    assert {one.rule for one in now.others if one.member.id == candidate.id} == {"withdrawn"}
    hand.key(Qt.Key.Key_Z, CONTROL)
    assert member_page(hand.store, candidate.id).consent == held.consent
    assert hand.steps == 4


def test_a_filled_workbook_comes_back_wherever_it_is_dropped(hand: Hand, tmp_path: Path) -> None:
    request = next(row for row in list_requests(hand.store) if row.stage is Stage.MATCHING)
    make_shortlist(hand.store, request.id, 4)
    ask(hand.store, request.id)
    path = tmp_path / "asks.xlsx"
    export_workbook(hand.store, request.id, path)
    first, second, *_ = asks(hand.store, request.id)
    fill(path, {first.name: "Yes", second.name: "No this time"})
    withdraw(hand.store, asks(hand.store, request.id)[2].member_id)
    assert hand.main.place is not None
    assert hand.main.place.page == "today"
    hand.drop(path)
    assert (hand.main.place.page, hand.main.place.id) == ("request", request.id)
    returned = hand.page.ask.returned
    assert returned.accept.text() == "Accept 2 answers"
    hand.click(returned.accept)
    said = {row.member_id: row.answer for row in asks(hand.store, request.id)}
    assert (said[first.member_id], said[second.member_id]) == (Answer.YES, Answer.NO_THIS_TIME)
    hand.key(Qt.Key.Key_Z, CONTROL)
    assert {row.member_id: row.answer for row in asks(hand.store, request.id)}[first.member_id] is None
    assert hand.steps == 3


def test_a_sheet_of_members_dropped_on_a_request_still_goes_to_the_import(hand: Hand, tmp_path: Path) -> None:
    sheet = tmp_path / "sign-ups.csv"
    sheet.write_text("First name,Last name,Email\nAma,Mensah,ama.mensah@example.org\n", encoding="utf-8")
    hand.drop(sheet)
    assert hand.main.place is not None
    assert hand.main.place.page == "import"
    hand.click(hand.page.accept)
    assert "Ama Mensah" in {one.name for one in list_members(hand.store)}


def test_the_year_is_told_to_the_trustees(hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "year.pdf"
    monkeypatch.setattr(insight_year, "choose_where", lambda *_asked: str(path))
    hand.key(Qt.Key.Key_5, CONTROL)
    hand.click(hand.page.report)
    hand.click(hand.page.year.save)
    assert path.read_bytes().startswith(b"%PDF")
    assert path.name in hand.main.notice.words + hand.main.toast.words + hand.page.notice.words
    assert hand.steps == 3


def fill(path: Path, said: dict[str, str]) -> None:
    """Write responses into a workbook, by name, as she does in Excel."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    head = {cell.value: cell.column for row in sheet.iter_rows(max_row=6) for cell in row if cell.value}
    rows = {sheet.cell(row, head["Name"]).value: row for row in range(1, sheet.max_row + 1)}
    for name, words in said.items():
        sheet.cell(rows[name], head["Response"]).value = words
    book.save(path)
