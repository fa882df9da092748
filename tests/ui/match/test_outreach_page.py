"""The Outreach page: everyone not settled across requests, one key each, who to write to, pasted replies."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from matcher.matching import make_shortlist
from matcher.model import Answer, Stage
from matcher.outreach import OpenAsk, ask, ready_messages, reply, short_of_people, unsettled
from matcher.storage.store import Store
from matcher.triage import list_requests
from matcher_ui.models.outreach import WAITING
from matcher_ui.pages.outreach.outreach_page import DUE, OutreachPage
from matcher_ui.workspace import Place, Workspace

Settle = Callable[[], None]


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, settle: Settle) -> OutreachPage:
    page = OutreachPage(workspace)
    qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.show_place(Place("outreach"))
    settle()
    return page


def shown(page: OutreachPage) -> list[OpenAsk]:
    return [page.rows.row_at(place) for place in range(page.rows.rowCount())]


def choose(page: OutreachPage, next_step: str) -> OpenAsk:
    place = next(place for place, line in enumerate(shown(page)) if line.next_step == next_step)
    page.table.setCurrentIndex(page.rows.index(place, 0))
    return shown(page)[place]


def test_everyone_not_settled_can_be_narrowed(page: OutreachPage, sample: Store) -> None:
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    every = unsettled(sample)
    assert {line.ask.id for line in shown(page)} == {line.ask.id for line in every}
    page.parts.set_current(WAITING)
    page.parts.chosen.emit(WAITING)
    assert shown(page)
    assert all(line.next_step.startswith("waiting") for line in shown(page))
    page.filter.setText(every[0].ask.name)
    assert {line.ask.name for line in shown(page)} <= {every[0].ask.name}
    assert page.nobody.isHidden() == bool(shown(page))
    page.filter.setText("nobody is called like this")
    assert not page.nobody.isHidden()
    page.filter.clear()
    assert page.nobody.isHidden()


def test_one_key_records_an_answer_and_a_stop_asks_once_more(
    page: OutreachPage, sample: Store, settle: Settle, qtbot: QtBot
) -> None:
    line = choose(page, "waiting for an answer")
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    QTest.keyClick(page.table, Qt.Key.Key_Y)
    settle()
    page.refresh()
    settle()
    now = {one.ask.id: one for one in unsettled(sample)}
    assert now[line.ask.id].ask.answer is Answer.YES
    choose(page, "waiting for an answer")
    page.answers[Answer.STOP_ALL].click()
    assert "withdraws" in page.notice.words
    assert len(unsettled(sample)) == len(now)


def test_a_line_opens_its_request_at_the_step_that_goes_on(page: OutreachPage, heard: object) -> None:
    line = choose(page, "introduce")
    page.open.click()
    where = Place("request", line.ask.request_id, "introduce", person=line.ask.member_id)
    assert heard.places == [where]  # type: ignore[attr-defined]


def test_pasted_replies_are_about_any_request(page: OutreachPage, settle: Settle) -> None:
    line = choose(page, "waiting for an answer")
    data = QMimeData()
    data.setText(f"{line.ask.name}: sorry, not this time")
    assert page.take_dropped(data)
    settle()
    card = page.pasted.cards[0]
    assert card.said is Answer.NO_THIS_TIME
    page.pasted.cancel.click()
    assert page._stack.currentWidget() is page._lists


def test_who_is_due_a_message_is_a_tab_of_its_own(page: OutreachPage) -> None:
    page.turn_to(DUE)
    assert page.due.model.words
    assert page.due.panel.page.isVisibleTo(page)


def test_due_messages_are_written_as_drafts(
    page: OutreachPage, workspace: Workspace, tmp_path: Path, settle: Settle
) -> None:
    page.turn_to(DUE)
    by_mail = {one.member_id for one in page.due.model.words if one.channel == "E-mail" and one.link}
    page.due.choose_folder = lambda _parent, _title: str(tmp_path)
    assert page.due.drafts.isVisibleTo(page) == bool(by_mail)
    page.due.write_drafts()
    settle()
    if by_mail:
        assert "e-mail draft" in page.due.notice.words
        assert {int(path.stem.split("-")[1][1:]) for path in tmp_path.glob("*.eml")} == by_mail
    else:
        assert "reached by e-mail" in page.due.notice.words


def test_who_of_the_reserve_comes_next_is_named(
    page: OutreachPage, workspace: Workspace, sample: Store, settle: Settle, heard: object
) -> None:
    request_id = next(row.id for row in list_requests(sample) if row.stage is Stage.MATCHING)
    make_shortlist(sample, request_id, 2, reserves=1)
    people = ready_messages(sample, request_id)
    listed, reserve = [one for one in people if not one.reserve], next(one for one in people if one.reserve)
    ask(sample, request_id, [one.member_id for one in listed])
    reply(sample, request_id, listed[0].member_id, Answer.NO_THIS_TIME)
    found = next(one for one in short_of_people(sample) if one.request_id == request_id)
    page.show_short((found,))
    assert not page.next.isHidden()
    assert reserve.name in page.next.accessibleName()
    assert found.title in page.next.accessibleName()
    page.next.button.click()
    assert heard.places[-1] == Place("request", request_id, "ask", person=reserve.member_id)  # type: ignore[attr-defined]
    page.turn_to(DUE)
    assert page.next.isHidden()
    page.turn_to("open")
    page.refresh()
    settle()
    assert not page.next.isHidden()
    assert page._short == short_of_people(sample)
