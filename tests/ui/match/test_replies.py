"""Answers come back in the window: a filled workbook, pasted messages, one key each; and messages due."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from matcher import clock
from matcher.consent import releases, withdraw
from matcher.matching import make_shortlist
from matcher.model import Answer, Brief, Format, InvitationState
from matcher.outreach import AskRow, ask, asks, export_workbook, open_calls, reply
from matcher.storage.store import Store
from matcher.triage import log_brief
from matcher_ui.pages.request.ask_step import CALL, DUE, AskStep
from matcher_ui.pages.request.close_tab import NOBODY_SHARED
from matcher_ui.pages.request.open_call import BY_LINK, TO_HER
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.workspace import Place

Show = Callable[..., RequestPage]
Settle = Callable[[], None]


@pytest.fixture
def page(show: Show, sample: Store, request_id: int) -> RequestPage:
    make_shortlist(sample, request_id, 4)
    ask(sample, request_id)
    return show(request_id, "ask")


@pytest.fixture
def step(page: RequestPage) -> AskStep:
    return page.ask


def answers(store: Store, request_id: int) -> dict[int, Answer | None]:
    return {row.member_id: row.answer for row in asks(store, request_id)}


def filled(store: Store, request_id: int, path: Path, said: dict[str, str]) -> Path:
    """A workbook of this request with these responses, by name."""
    export_workbook(store, request_id, path)
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    head = {cell.value: cell.column for row in sheet.iter_rows(max_row=6) for cell in row if cell.value}
    rows = {sheet.cell(row, head["Name"]).value: row for row in range(1, sheet.max_row + 1)}
    for name, words in said.items():
        sheet.cell(rows[name], head["Response"]).value = words
    book.save(path)
    return path


def dropped(path: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def pasted(words: str) -> QMimeData:
    data = QMimeData()
    data.setText(words)
    return data


def two(store: Store, request_id: int) -> tuple[AskRow, AskRow]:
    first, second, *_ = asks(store, request_id)
    return first, second


def test_a_filled_workbook_is_looked_at_then_accepted_and_undone(
    page: RequestPage, step: AskStep, sample: Store, request_id: int, tmp_path: Path, settle: Settle,
    heard: object,
) -> None:  # fmt: skip
    first, second = two(sample, request_id)
    path = filled(sample, request_id, tmp_path / "out.xlsx", {first.name: "Yes", second.name: "please stop"})
    before = answers(sample, request_id)
    assert page.take_dropped(dropped(path))
    settle()
    assert {line.change.answer for line in step.returned.changes.lines} == {Answer.YES, Answer.STOP_ALL}  # type: ignore[attr-defined]
    assert answers(sample, request_id) == before
    assert step.returned.accept.text() == "Accept 2 answers"
    step.returned.accept.click()
    settle()
    assert answers(sample, request_id)[first.member_id] is Answer.YES
    assert answers(sample, request_id)[second.member_id] is Answer.STOP_ALL
    assert step._stack.currentWidget() is step.people
    said = heard.said[-1]  # type: ignore[attr-defined]
    assert said.words == "Recorded 2 answers, 1 withdrawal among them."
    step.workspace.undo(said.batch)
    settle()
    assert answers(sample, request_id)[first.member_id] is None


def test_a_conflict_is_hers_to_decide_and_odd_rows_are_named(
    page: RequestPage, step: AskStep, sample: Store, request_id: int, tmp_path: Path, settle: Settle
) -> None:
    first, second = two(sample, request_id)
    path = filled(
        sample, request_id, tmp_path / "out.xlsx", {first.name: "Yes", second.name: "perhaps on a Tuesday"}
    )
    reply(sample, request_id, first.member_id, Answer.NO_THIS_TIME)
    page.take_dropped(dropped(path))
    settle()
    returned = step.returned
    assert len(returned.conflicts.lines) == len(returned.rejected.lines) == 1
    assert not returned.accept.isEnabled()
    returned.conflicts.lines[0].take.click()  # type: ignore[attr-defined]
    returned.accept.click()
    settle()
    assert answers(sample, request_id)[first.member_id] is Answer.YES


def test_a_file_that_is_no_workbook_says_so(
    page: RequestPage, step: AskStep, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "shopping.xlsx"
    path.write_text("milk")
    page.take_dropped(dropped(path))
    settle()
    assert step.returned.notice.words
    assert not step.returned.accept.isVisibleTo(step.returned)
    step.returned.cancel.click()
    assert step._stack.currentWidget() is step.people


def test_pasted_replies_are_proposed_corrected_and_recorded(
    page: RequestPage, step: AskStep, sample: Store, request_id: int, settle: Settle
) -> None:
    first, second = two(sample, request_id)
    words = f"{first.name}: Yes please, count me in\n{second.name}: hmm let me think about it"
    assert page.take_dropped(pasted(words))
    settle()
    cards = {card.proposal.who: card for card in step.pasted.cards}
    sure, unsure = cards[first.name], cards[second.name]
    assert sure.said is Answer.YES
    assert not unsure.take.isChecked()
    unsure.answer.setCurrentIndex(unsure.answer.findData(Answer.STOP_ALL))
    assert unsure.take.isChecked()
    assert unsure.care.isVisibleTo(unsure)
    sure.take.setChecked(True)
    step.pasted.record.click()
    settle()
    found = answers(sample, request_id)
    assert (found[first.member_id], found[second.member_id]) == (Answer.YES, Answer.STOP_ALL)


def test_what_she_corrects_is_checked_at_once(
    page: RequestPage, step: AskStep, sample: Store, request_id: int, settle: Settle
) -> None:
    first = step.people.model.people[0]
    withdraw(sample, first.member_id)
    step.paste_replies(f"[23/11/2026, 08:30] {first.name}: sorry not this time")
    settle()
    card = step.pasted.cards[0]
    assert (card.when.text(), card.take.isChecked()) == ("Written on Mon 23 Nov, 08:30", True)
    card.answer.setCurrentIndex(card.answer.findData(Answer.YES))
    settle()
    assert "may not be asked about" in card.care.accessibleName()
    assert not card.take.isChecked()
    card.answer.setCurrentIndex(card.answer.findData(Answer.NO_THIS_TIME))
    settle()
    assert card.take.isChecked()
    assert card.who.toolTip() == card.who.currentText()


def test_words_of_nobody_record_nothing(
    page: RequestPage, step: AskStep, sample: Store, request_id: int, settle: Settle
) -> None:
    before = answers(sample, request_id)
    step.paste.click()
    step.pasted.text.setPlainText("Zebedee Quill: yes")
    step.pasted.read.click()
    settle()
    card = step.pasted.cards[0]
    assert not card.take.isChecked()
    card.take.setChecked(True)
    step.pasted.record.click()
    settle()
    assert "Who is" in step.pasted.notice.words
    assert answers(sample, request_id) == before


def test_one_key_records_an_answer(
    step: AskStep, sample: Store, request_id: int, settle: Settle, qtbot: QtBot
) -> None:
    first = step.people.model.people[0]
    step.people.list.setFocus()
    qtbot.waitUntil(step.people.list.hasFocus)
    QTest.keyClick(step.people.list, Qt.Key.Key_Y)
    settle()
    assert answers(sample, request_id)[first.member_id] is Answer.YES
    QTest.keyClick(step.people.list, Qt.Key.Key_S)
    settle()
    assert first.name in step.people.notice.words
    assert answers(sample, request_id)[first.member_id] is Answer.YES


def test_more_than_ten_are_recorded_ten_at_a_time(
    show: Show, sample: Store, request_id: int, settle: Settle
) -> None:
    make_shortlist(sample, request_id, 14)
    people = show(request_id, "ask").ask.people
    in_bulk = sum(not (one.trouble or one.ask_first or one.reserve) for one in people.model.people)
    assert in_bulk > 10
    people.ask_all.click()
    settle()
    asked = [row for row in asks(sample, request_id) if row.state is InvitationState.ASKED]
    assert len(asked) == 10


def test_who_has_not_answered_is_asked_again(
    step: AskStep, sample: Store, request_id: int, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_NOW", "2026-11-29T09:00")
    step.show_request(request_id)
    settle()
    step.turn_to(DUE)
    due = step.due.model.words
    assert {word.member_id for word in due} == {row.member_id for row in asks(sample, request_id)}
    step.due.panel.record.click()
    settle()
    row = next(row for row in asks(sample, request_id) if row.member_id == due[0].member_id)
    assert row.nudged_on is not None
    step.show_request(request_id)
    settle()
    assert len(step.due.model.words) == len(due) - 1


def test_a_post_to_the_group_and_who_answers_it(
    step: AskStep, sample: Store, request_id: int, settle: Settle
) -> None:
    step.turn_to(CALL)
    call = step.call
    assert call.text.toPlainText()
    assert not call.add.isEnabled()
    call.record.click()
    settle()
    assert "Where was it posted" in call.notice.words
    call.where.setText("WhatsApp group")
    call.record.click()
    settle()
    step.show_request(request_id)
    settle()
    assert [one.posted_in for one in call.calls] == ["WhatsApp group"]
    call.name.setText("Nobody of this name")
    call.add.click()
    settle()
    assert "no member" in call.notice.words
    call.name.setText(f"M{asks(sample, request_id)[0].member_id}")
    call.add.click()
    settle()
    assert asks(sample, request_id)[0].answer is Answer.YES


def test_a_link_is_shared_without_a_list_and_closed_with_where_it_was_posted(
    show: Show, sample: Store, settle: Settle, heard: Any
) -> None:
    brief = Brief("Survey on pay", format=Format.SURVEY, text="Please circulate the link to the survey.")
    request_id = log_brief(sample, brief, clock.now()).id
    step = show(request_id, "ask").ask
    call = step.call
    assert (step.tabs.current, call.way.current) == (CALL, BY_LINK)
    call.where.setText("WhatsApp group")
    call.record.click()
    assert "no link in it" in call.notice.words
    call.link.setText("https://www.example.org/pay")
    call.link.editingFinished.emit()
    settle()
    assert "The link: https://www.example.org/pay" in call.text.toPlainText()
    call.turn_to(TO_HER)
    assert "privately, not in the group" in call.text.toPlainText()
    call.turn_to(BY_LINK)
    call.record.click()
    settle()
    assert [one.posted_in for one in open_calls(sample, request_id)] == ["WhatsApp group"]
    call.to_close.click()
    assert heard.places == [Place("request", request_id, "close")]
    end = show(request_id, "close").close_step
    assert end.nobody.accessibleName() == NOBODY_SHARED
    assert end.closing.posted.text() == "Posted in WhatsApp group on Mon 23 Nov."
    assert end.closing.left.text() == "Nothing is left to do."
    assert request_id not in {one.request_id for one in releases(sample)}


def test_replies_that_are_not_recorded_are_kept_and_come_back(
    page: RequestPage, step: AskStep, sample: Store, request_id: int, show: Show, settle: Settle
) -> None:
    first, _second = two(sample, request_id)
    words = f"{first.name}: Yes please"
    page.take_dropped(pasted(words))
    settle()
    assert page.keeps_unsaved() == "replies that are not recorded"
    other = show(request_id, "ask")
    other.take_draft(page.draft())
    settle()
    assert other.ask.pasted.text.toPlainText() == words
    assert [card.said for card in other.ask.pasted.cards] == [Answer.YES]
    step.pasted.leave.click()
    assert page.keeps_unsaved() == ""


def test_a_workbook_with_a_password_goes_out_and_comes_back(
    page: RequestPage, step: AskStep, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "locked.xlsx"
    step.people._choose_path = lambda _parent, _name: str(path)
    step.people.password.setText("four plain words here")
    step.people.export.click()
    settle()
    page.take_dropped(dropped(path))
    settle()
    assert step.returned.password_field.isVisibleTo(step)
    step.returned.password.setText("not this")
    step.returned.open.click()
    settle()
    assert step.returned.notice.words
    step.returned.password.setText("four plain words here")
    step.returned.open.click()
    settle()
    assert step.returned.preview is not None
    assert not step.returned.password_field.isVisibleTo(step)
