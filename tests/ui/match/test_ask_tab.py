"""The Ask tab: the messages ready to send, and what was answered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from matcher.matching import make_shortlist
from matcher.model import Answer, InvitationState
from matcher.outreach import asks, ready_messages
from matcher.storage.store import Store
from matcher_ui.pages.ask_tab import AskTab
from matcher_ui.pages.request import RequestPage
from matcher_ui.workspace import Place

Show = Callable[..., RequestPage]
Settle = Callable[[], None]


@pytest.fixture
def tab(show: Show, sample: Store, request_id: int) -> AskTab:
    make_shortlist(sample, request_id, 3, reserves=1)
    return show(request_id, "ask").ask.people


def states(store: Store, request_id: int) -> dict[int, InvitationState]:
    return {row.member_id: row.state for row in asks(store, request_id)}


def test_everyone_on_the_list_has_a_message(tab: AskTab, sample: Store, request_id: int) -> None:
    QAbstractItemModelTester(tab.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    ready = ready_messages(sample, request_id)
    assert tab.model.people == ready
    assert tab.person.message.toPlainText() == ready[0].message
    assert tab.counts.text() == "3 on the list: 0 asked, 0 said yes, 0 no"
    tab.person.copy.click()
    assert QGuiApplication.clipboard().text() == ready[0].message


def test_record_as_asked_then_an_answer(tab: AskTab, sample: Store, request_id: int, settle: Settle) -> None:
    first = tab.model.people[0]
    assert not tab.person.answers[Answer.YES].isEnabled()
    assert tab.person.answers[Answer.YES].toolTip() == "Record as asked first"
    tab.person.ask.click()
    settle()
    assert states(sample, request_id) == {first.member_id: InvitationState.ASKED}
    tab.person.answers[Answer.YES].click()
    settle()
    assert states(sample, request_id) == {first.member_id: InvitationState.YES}
    assert tab.counts.text() == "3 on the list: 1 asked, 1 said yes, 0 no"


def test_all_at_once_leaves_out_reserves_and_who_wants_to_be_asked_personally(
    tab: AskTab, sample: Store, request_id: int, settle: Settle
) -> None:
    due = {one.member_id for one in tab.model.people if not one.reserve and not one.ask_first}
    tab.ask_all.click()
    settle()
    assert set(states(sample, request_id)) == due


def test_stop_asks_once_more_and_then_withdraws(
    tab: AskTab, sample: Store, request_id: int, settle: Settle
) -> None:
    first = tab.model.people[0]
    tab.record_asked()
    settle()
    tab.person.answers[Answer.STOP_ALL].click()
    assert first.name in tab.notice.words
    assert states(sample, request_id)[first.member_id] is InvitationState.ASKED
    tab._reply(first, Answer.STOP_ALL)
    settle()
    stopped = next(one for one in ready_messages(sample, request_id) if one.member_id == first.member_id)
    assert stopped.answer is Answer.STOP_ALL
    assert stopped.message == ""


def test_the_workbook_again(tab: AskTab, tmp_path: Path, settle: Settle) -> None:
    target = tmp_path / "again.xlsx"
    tab._choose_path = lambda _parent, _name: str(target)
    tab.export.click()
    settle()
    sheet = load_workbook(target).active
    assert sheet is not None
    assert sheet.max_row == 5
    assert tab.notice.words.startswith("Wrote again.xlsx")


def test_an_empty_list_leads_to_match(show: Show, request_id: int, heard: object) -> None:
    tab = show(request_id, "ask").ask.people
    assert tab.empty.isVisibleTo(tab)
    tab.empty.button.click()
    assert heard.places == [Place("request", request_id, "match")]  # type: ignore[attr-defined]
