"""The Close step: what came of it, payment, thanks, what is owed, and closing; all of it with Undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from matcher.matching import make_shortlist
from matcher.model import Answer, Outcome, Payment, PeopleWanted, Session, Stage
from matcher.outreach import AskFact, AskRow, MessageKind, ask, asks, closing, pick_session, reply
from matcher.storage.store import Store
from matcher.triage import edit_brief, show_request
from matcher_ui.pages.request.close_tab import WORDS, CloseTab
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.widgets.buttons import Button

Show = Callable[..., RequestPage]
Settle = Callable[[], None]


@pytest.fixture
def tab(show: Show, sample: Store, request_id: int) -> CloseTab:
    make_shortlist(sample, request_id, 3)
    for row in ask(sample, request_id)[:2]:
        reply(sample, request_id, row.member_id, Answer.YES)
    return show(request_id, "close").close_step


@pytest.fixture
def again(tab: CloseTab, request_id: int, settle: Settle) -> Callable[[], None]:
    """Wait for what is written, and read again."""

    def look() -> None:
        settle()
        tab.show_request(request_id)
        settle()

    return look


def rows(store: Store, request_id: int) -> list[AskRow]:
    return [row for row in asks(store, request_id) if row.answer is Answer.YES]


def choose(tab: CloseTab, place: int, outcome: Outcome) -> None:
    combo = tab.people[place].outcome
    combo.setCurrentIndex(combo.findData(outcome))
    combo.activated.emit(combo.currentIndex())


def test_who_said_yes_is_here(tab: CloseTab, sample: Store, request_id: int) -> None:
    assert [card.row.member_id for card in tab.people] == [row.member_id for row in rows(sample, request_id)]
    assert "said yes, and what came of it is not known" in tab.closing.left.text()
    assert not tab.people[0].payment.isVisibleTo(tab)


def test_where_nothing_was_promised_nobody_waits_to_be_paid(
    tab: CloseTab, sample: Store, request_id: int, again: Callable[[], None]
) -> None:
    tab.all_took_part.click()
    again()
    found = closing(sample, request_id)
    tab.show_closing(replace(found, promised="£25 voucher"), ())
    assert tab.all_paid.isEnabled()
    assert tab.requester.promised.text() == "Promised: £25 voucher"
    assert tab.people[0].payment.isVisibleTo(tab)
    tab.show_closing(replace(found, promised="nothing"), ())
    assert not tab.people[0].payment.isVisibleTo(tab)
    assert tab.all_paid.toolTip() == "No payment was promised"
    assert tab.requester.promised.text() == "No payment was promised."


def test_what_came_of_it_then_payment_and_their_words(
    tab: CloseTab, sample: Store, request_id: int, again: Callable[[], None]
) -> None:
    brief = show_request(sample, request_id).brief
    edit_brief(sample, request_id, replace(brief, payment=Payment(amount=25, kind="voucher")))
    choose(tab, 0, Outcome.TOOK_PART)
    again()
    card = tab.people[0]
    assert rows(sample, request_id)[0].outcome is Outcome.TOOK_PART
    assert card.payment.isVisibleTo(tab)
    card.how.setText("voucher by post")
    card.payment.setCurrentIndex(card.payment.findData(AskFact.PAID))
    card.payment.activated.emit(card.payment.currentIndex())
    card.feedback.setText("they listened")
    card.feedback.editingFinished.emit()
    card.expenses.click()
    again()
    row = rows(sample, request_id)[0]
    assert (row.paid_on, row.paid_how) == (date(2026, 11, 23), "voucher by post")
    assert row.feedback == "they listened"
    assert row.expenses_on == date(2026, 11, 23)
    assert "Paid on Mon 23 Nov." in card.facts.text()


def test_everyone_else_took_part_and_is_undone_in_one_step(
    tab: CloseTab, sample: Store, request_id: int, again: Callable[[], None], heard: object
) -> None:
    choose(tab, 0, Outcome.DID_NOT_ATTEND)
    again()
    tab.all_took_part.click()
    again()
    assert [row.outcome for row in rows(sample, request_id)] == [Outcome.DID_NOT_ATTEND, Outcome.TOOK_PART]
    tab.workspace.undo(heard.said[-1].batch)  # type: ignore[attr-defined]
    again()
    assert [row.outcome for row in rows(sample, request_id)] == [Outcome.DID_NOT_ATTEND, None]


def test_thanks_and_news_come_up_when_they_are_due(
    tab: CloseTab, sample: Store, request_id: int, again: Callable[[], None]
) -> None:
    tab.turn_to(WORDS)
    assert not tab.words.model.words
    tab.all_took_part.click()
    again()
    tab.requester.findings.setText("The report is out")
    tab.requester.keep_findings.click()
    again()
    kinds = [word.kind for word in tab.words.model.words]
    assert kinds.count(MessageKind.THANKS) == kinds.count(MessageKind.OUTCOME) == 2
    assert "The report is out" in tab.requester.known.text()
    tab.words.panel.record.click()
    again()
    assert sum(row.thanked_on is not None for row in rows(sample, request_id)) == 1


def test_closing_says_what_is_open_and_closes_all_the_same(
    tab: CloseTab, sample: Store, request_id: int, again: Callable[[], None]
) -> None:
    tab.closing.note.setText("went well")
    tab.closing.button.click()
    again()
    assert closing(sample, request_id).stage is Stage.DONE
    assert not tab.closing.button.isEnabled()


def test_a_full_date_is_said_and_taken_only_when_she_wants_it(
    tab: CloseTab, sample: Store, request_id: int, again: Callable[[], None], settle: Settle
) -> None:
    brief = show_request(sample, request_id).brief
    days = (Session(date(2026, 12, 3)), Session(date(2026, 12, 4)))
    edit_brief(sample, request_id, replace(brief, sessions=days, people_wanted=PeopleWanted(max=1, per_place=True)))
    first, second = (card.row for card in tab.people)
    pick_session(sample, request_id, first.member_id, days[0].key)
    again()
    combo = tab.people[1].session
    assert combo.itemText(1) == "Thu 3 Dec, 1 of 1, full"
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    settle()
    assert tab.notice.words == f"Thu 3 Dec is full: 1 of 1 picked it. Offer {second.name} another."
    assert combo.currentIndex() == 0
    buttons = {one.text(): one for one in tab.notice.findChildren(Button)}
    buttons[f"Put {second.name} there all the same"].click()
    settle()
    assert [row.session for row in rows(sample, request_id)] == [days[0].key, days[0].key]
