"""Members' questions with where to turn, and the pages of those who ask."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Heard

from matcher.files.readers.documents import read_text
from matcher.model import Audience, Brief, Payment
from matcher.storage.store import Store
from matcher.triage import Due, list_questions, log_brief, log_request, read_request, show_requester
from matcher_ui.pages.requests.questions_page import QuestionsPage, more_words, state_of
from matcher_ui.pages.requests.requester_page import RequesterPage
from matcher_ui.pages.today.today_page import question_item, read_facts, reminder_item
from matcher_ui.theme import Theme
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

Settle = Callable[[], None]


@pytest.fixture
def asked(store: Store, frozen: object) -> Store:
    """A question about pay in Wales, and a later one that is urgent."""
    for words, day in (
        ("I'm a carer in Wrexham and my manager won't pay for time between calls, is that allowed?", 18),
        ("I'm a carer and my boss took my passport, I'm trapped, please help", 20),
    ):
        document, at = read_text(words), datetime(2026, 11, day, 9, tzinfo=UTC)
        log_request(store, read_request(document, at), document, None, at)
    return store


@pytest.fixture
def questions(qtbot: QtBot, workspace: Workspace, settle: Settle) -> QuestionsPage:
    page = QuestionsPage(workspace)
    qtbot.addWidget(page)
    page.resize(1080, 700)
    page.show()
    page.show_place(Place("questions"))
    settle()
    return page


@pytest.fixture
def requesters(qtbot: QtBot, workspace: Workspace) -> RequesterPage:
    page = RequesterPage(workspace)
    qtbot.addWidget(page)
    page.resize(1080, 700)
    page.show()
    return page


def test_without_questions_it_says_how_they_come(questions: QuestionsPage, heard: Heard) -> None:
    assert questions._around.isVisible()
    questions.empty.pressed.emit()
    assert heard.places == [Place("requests")]


def test_the_urgent_one_comes_first_with_its_numbers(
    asked: Store, questions: QuestionsPage, settle: Settle, heard: Heard
) -> None:
    panel = questions.panel
    assert panel.question is not None
    assert panel.question.urgent
    assert panel.urgent_note.isVisible()
    said = panel.places.accessibleDescription()
    assert said.index("999") < said.index("08000 121 700") < said.index("Acas")
    panel.copy.click()
    assert "08000 121 700" in QGuiApplication.clipboard().text()
    questions.list.setCurrentIndex(questions.model.index(1, 0))
    assert panel.nation.currentText() == "Wales"
    assert not panel.urgent_note.isVisible()
    assert "CQC" not in panel.places.accessibleDescription()


def test_correcting_and_answering(asked: Store, questions: QuestionsPage, settle: Settle, heard: Heard) -> None:
    panel = questions.panel
    panel.nation.setCurrentText("Scotland")
    panel.nation.activated.emit(panel.nation.currentIndex())
    settle()
    assert list_questions(asked)[0].nation == "Scotland"
    panel.later.click()
    settle()
    first = next(one for one in list_questions(asked) if one.urgent)
    assert (first.follow_up_on, first.answered) == (date(2026, 11, 30), None)
    assert first.signposted_to.startswith("Emergency")
    panel.done.click()
    settle()
    assert list_questions(asked)[-1].urgent
    assert [state_of(one)[1] for one in list_questions(asked)] == ["To answer", "Answered"]


def test_today_shows_what_cannot_wait(asked: Store) -> None:
    facts = read_facts(asked)
    item = question_item(facts.questions[0], date(2026, 11, 23))
    assert (item.icon, item.when_ink, item.title) == ("warning", "stop", "Danger or abuse")
    assert "Nation not known" in more_words(facts.questions[0])
    assert "since" not in item.more  # the day stands at the end of the row
    assert facts.due == ()


def test_today_says_of_a_question_to_ask_about_again_what_and_who() -> None:
    due = Due("question-7", "question", date(2026, 11, 24), "Ask how it went", 7, None, "rights at work")
    item = reminder_item(due, date(2026, 11, 23), {7: "Clodagh Doherty  ·  Northern Ireland"})
    assert (item.title, item.more) == ("Rights at work", "Clodagh Doherty  ·  Northern Ireland")
    assert item.when == "Tue 24 Nov, tomorrow"


def test_a_requesters_page(
    requesters: RequesterPage, store: Store, settle: Settle, heard: Heard, frozen: object
) -> None:
    at = datetime(2026, 11, 18, 9, tzinfo=UTC)
    request = log_brief(
        store,
        Brief("Night visits", Audience.ACADEMIC, requester="Imogen Farrell", contact="i.farrell@calder.example",
              organisation="Calder University", payment=Payment(25)), at,
    )  # fmt: skip
    requesters.show_place(Place("requester"))
    settle()
    panel = requesters.panel
    assert panel.who is not None
    assert panel.name.text() == "Imogen Farrell"
    number = panel.who.id
    panel.words.setText("Vouchers promised for December")
    panel.add.click()
    settle()
    requesters.refresh()
    settle()
    assert [fact.words for fact in show_requester(store, number).facts] == ["Vouchers promised for December"]
    panel.role.setText("Research fellow")
    assert requesters.keeps_unsaved() == "your change of the requester"
    panel.save.click()
    settle()
    assert show_requester(store, number).role == "Research fellow"
    panel.requests.opened.emit(0)
    assert heard.places == [Place("request", request.id)]
    requesters.search.setText("nobody like this")
    assert requesters.rows.rowCount() == 0


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_both_are_painted(
    asked: Store, questions: QuestionsPage, requesters: RequesterPage, theme: Theme, mode: str, scale: float
) -> None:
    theme.set("dark" if mode == "dark" else "light", scale)
    for page in (questions, requesters):
        page.resize(750, 600)  # what a small window leaves beside the sidebar in large text
        assert not page.grab().isNull()
        for column in page.findChildren(ScrollColumn):
            assert column._inner.width() <= column.viewport().width()
