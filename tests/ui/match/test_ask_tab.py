"""The Ask tab: the messages ready to send, and what was answered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from matcher.directory import edit_member
from matcher.matching import make_shortlist
from matcher.model import Answer, InvitationState, PeopleWanted, Session
from matcher.outreach import (
    EmailsWritten,
    LeftOut,
    ask,
    asks,
    pick_session,
    places,
    ready_messages,
    reply,
    sessions_of,
)
from matcher.storage.store import Store
from matcher.triage import edit_brief, show_request
from matcher_ui.models.drafts import drafts_words
from matcher_ui.pages.request.ask_tab import AskTab
from matcher_ui.pages.request.request_page import RequestPage
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


def test_the_next_in_reserve_is_said_and_asked_with_one_click(
    tab: AskTab, sample: Store, request_id: int, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_nothing(url: QUrl) -> bool:
        opened.append(url.toString())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", open_nothing)
    brief = show_request(sample, request_id).brief
    edit_brief(sample, request_id, replace(brief, people_wanted=PeopleWanted(max=3)))
    tab.record_asked()
    settle()
    assert tab.next.isHidden()
    first, reserve = tab.model.people[0], next(one for one in tab.model.people if one.reserve)
    tab.person.answers[Answer.CANNOT_MAKE_DATE].click()
    settle()
    said = f"1 of the list cannot take part. Next in reserve: {reserve.name}."
    assert (tab.next.accessibleName(), tab.next.button.text()) == (said, f"Ask {reserve.name}")
    tab.next.button.click()
    settle()
    assert states(sample, request_id) == {
        first.member_id: InvitationState.NO, reserve.member_id: InvitationState.ASKED,
    }  # fmt: skip
    assert (tab._chosen, len(opened)) == (reserve.member_id, 1 if reserve.link else 0)
    assert QGuiApplication.clipboard().text() == reserve.message
    assert tab.next.isHidden()
    reply(sample, request_id, reserve.member_id, Answer.NO_THIS_TIME)
    assert places(sample, request_id).next_reserve is None
    tab.show_request(request_id)
    settle()
    assert "Nobody who may be asked is left in reserve" in tab.next.accessibleName()


def test_drafts_are_written_and_who_got_none_is_said(
    tab: AskTab, sample: Store, request_id: int, tmp_path: Path, settle: Settle
) -> None:
    first = tab.model.people[0].member_id
    edit_member(sample, first, {"preferred_channel": "E-mail", "email": "only.mail@example.org", "phone": ""})
    tab.show_request(request_id)
    settle()
    tab.choose_folder = lambda _parent, _title: str(tmp_path)
    tab.drafts.click()
    settle()
    assert [path.name for path in tmp_path.glob("*.eml")] == [f"R{request_id}-M{first}.eml"]
    assert tab.notice.words.startswith(f"Wrote 1 e-mail draft into “{tmp_path.name}”")
    others = [one for one in tab.model.people if not one.reserve and one.member_id != first]
    assert all(one.name in tab.notice.words for one in others)


def test_who_said_yes_picks_a_date_where_they_are_asked(
    tab: AskTab, sample: Store, request_id: int, settle: Settle
) -> None:
    brief = show_request(sample, request_id).brief
    days = (Session(date(2026, 12, 3)), Session(date(2026, 12, 4)))
    wanted = PeopleWanted(max=1, per_place=True)
    edit_brief(sample, request_id, replace(brief, sessions=days, people_wanted=wanted))
    first, second = (row.member_id for row in ask(sample, request_id)[:2])
    for member in (first, second):
        reply(sample, request_id, member, Answer.YES)
    pick_session(sample, request_id, first, days[0].key)
    tab.show_request(request_id)
    settle()
    tab.choose(second)
    choice = tab.person.session
    assert choice.isVisibleTo(tab)
    assert choice.itemText(1) == "Thu 3 Dec, 1 of 1, full"
    choice.picked.emit(days[0].key)
    settle()
    assert "is full: 1 of 1 picked it" in tab.notice.words
    choice.picked.emit(days[1].key)
    settle()
    assert [row.member_ids for row in sessions_of(sample, request_id)] == [(first,), (second,)]


def test_where_others_may_read_it_the_rest_is_copied_once_they_answer(
    tab: AskTab, sample: Store, request_id: int, settle: Settle
) -> None:
    assert tab.person.text.whole.isHidden()
    first = tab.model.people[0]
    edit_member(sample, first.member_id, {"shared_phone": "yes"})
    tab.show_request(request_id)
    settle()
    opening = tab.model.people[0]
    assert opening.message != opening.full
    assert tab.person.message.toPlainText() == opening.message
    tab.person.text.whole.click()
    assert QGuiApplication.clipboard().text() == opening.full


def test_drafts_in_words() -> None:
    made = EmailsWritten(("a.eml", "b.eml"), (LeftOut(3, "Ada Obi", "is reached by WhatsApp"),))
    assert drafts_words(made, "Asks") == (
        "Wrote 2 e-mail drafts into “Asks”. Record who was sent one. None for: Ada Obi, who is reached by WhatsApp."
    )
