"""Log a request: by file, by paste, by form; bad files; saving, undoing, chasing and what is no request."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Heard
from tests.ui.requests.conftest import ASKS

from matcher.model import Audience, RequestKind, Stage
from matcher.storage import recent_batches
from matcher.storage.store import Store
from matcher.triage import list_questions, list_requests, show_request
from matcher_ui.incoming_request import SaveAs
from matcher_ui.pages.requests.log_page import LogPage
from matcher_ui.theme import Theme
from matcher_ui.workspace import Place, Workspace

Settle = Callable[[], None]
Letter = Callable[..., Path]


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> LogPage:
    page = LogPage(workspace)
    qtbot.addWidget(page)
    page.resize(824, 700)
    page.show()
    page.show_place(Place("log"))
    return page


def drop(page: LogPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.source.empty.dropEvent(event)


def take(page: LogPage, path: Path, settle: Settle) -> None:
    page.show_place(Place("log", payload=(str(path),)))
    settle()


def test_a_dropped_letter_fills_the_form_and_ties_it_to_its_phrases(
    page: LogPage, letter: Letter, settle: Settle
) -> None:
    drop(page, letter())
    assert page.source.currentWidget() is page.source.waiting
    assert not page.save.isEnabled()
    settle()
    assert page.source.currentWidget() is page.source.original
    assert page.form.lines["requester"].text() == "Imogen Farrell"
    assert (page.form.people.least.value(), page.form.people.most.value()) == (6, 8)
    assert page.form.payment.amount.text() == "£25"
    assert page.form.fields["deadline"].state == "check"
    assert page.form.to_check > 0
    assert page.check.text() == f"{page.form.to_check} to check"
    assert page.keeps_unsaved() == "the request from “voices.eml”"


def test_a_phrase_selects_its_field_and_a_field_its_phrase(
    qtbot: QtBot, page: LogPage, letter: Letter, settle: Settle
) -> None:
    take(page, letter(), settle)
    page.activateWindow()
    numbers = {name: found.number for name, found in page.form._facts.items()}
    page.source.chosen.emit(numbers["people_wanted"])
    qtbot.waitUntil(page.form.people.least.hasFocus)
    page.form.payment.amount.setFocus()
    qtbot.waitUntil(lambda: page.source.original.text._current == numbers["payment"])
    assert numbers["payment"] != numbers["people_wanted"]


def test_what_was_looked_at_needs_no_check_any_more(page: LogPage, letter: Letter, settle: Settle) -> None:
    take(page, letter(), settle)
    before = page.form.to_check
    page.form.deadline.show_day(date(2026, 12, 4))
    assert page.form.fields["deadline"].state == "normal"
    assert page.form.to_check == before - 1


def test_saving_writes_what_the_form_says_and_goes_to_match(
    page: LogPage, letter: Letter, settle: Settle, store: Store, heard: Heard
) -> None:
    take(page, letter(), settle)
    page.form.lines["title"].setText("Night visits")
    page.form.deadline.show_day(date(2026, 12, 4))
    page.save.click()
    settle()
    (row,) = list_requests(store)
    saved = show_request(store, row.id)
    assert (row.title, row.deadline, row.stage) == ("Night visits", date(2026, 12, 4), Stage.NEW)
    assert saved.brief.deadline_text == ""
    assert "deadline" not in saved.evidence
    assert saved.evidence["people_wanted"].text == "six to eight care workers"
    assert [original.name for original in saved.originals] == ["voices.eml"]
    assert heard.places == [Place("request", row.id, "checks")]
    assert not page.keeps_unsaved()


def test_the_keyboard_stays_with_the_page_while_it_saves(
    page: LogPage, letter: Letter, settle: Settle, qtbot: QtBot
) -> None:
    take(page, letter(), settle)
    search = QLineEdit()  # as in the sidebar: next in line when the button pressed goes away
    window = QWidget()
    row = QHBoxLayout(window)
    row.addWidget(search)
    row.addWidget(page)
    window.show()
    page.save.setFocus()
    page.save.click()
    assert window.focusWidget() is page
    settle()
    assert window.focusWidget() is page
    window.hide()
    page.setParent(None)


def test_undo_takes_a_saved_request_back(
    page: LogPage, letter: Letter, settle: Settle, store: Store, heard: Heard, workspace: Workspace
) -> None:
    take(page, letter(), settle)
    page.save.click()
    settle()
    (said,) = heard.said
    assert said.words.startswith("Saved as R")
    assert said.batch is not None
    workspace.undo(said.batch)
    settle()
    assert list_requests(store) == ()


def test_pasted_text_is_read_too(page: LogPage, settle: Settle, store: Store) -> None:
    page.show_place(Place("log", payload=f"Hello,\n\n{ASKS}\n\nImogen Farrell\nCalder University"))
    settle()
    assert page.form.people.most.value() == 8
    page.form.lines["title"].setText("Nights")
    page.save.click()
    settle()
    assert [row.title for row in list_requests(store)] == ["Nights"]


def test_a_form_alone_is_enough(page: LogPage, settle: Settle, store: Store, heard: Heard) -> None:
    page.save.click()
    assert page.form.fields["title"].state == "wrong"
    assert list_requests(store) == ()
    page.form.lines["title"].setText("Radio piece")
    page.form.audience.show_value(Audience.MEDIA)
    page.form.people.least.setValue(5)
    page.form.people.most.setValue(2)
    page.save.click()
    assert page.form.fields["people_wanted"].state == "wrong"
    page.form.people.most.setValue(6)
    page.form.payment.amount.setText("a lot")
    page.save.click()
    assert page.form.fields["payment"].state == "wrong"
    page.form.payment.amount.setText("£1,250.50")
    page.form.lines["places"].setText("Leeds, , Bradford")
    page.save.click()
    settle()
    brief = show_request(store, list_requests(store)[0].id).brief
    assert (brief.title, brief.audience, brief.payment.amount) == ("Radio piece", Audience.MEDIA, 1250.5)
    assert (brief.people_wanted.min, brief.people_wanted.max, brief.places) == (5, 6, ("Leeds", "Bradford"))
    assert heard.places[-1].page == "request"


@pytest.mark.parametrize("content", [b"%PDF-1.4 broken", b""])
def test_an_unreadable_file_says_so_in_place_and_offers_two_ways_on(
    page: LogPage, settle: Settle, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(content)
    take(page, path, settle)
    trouble = page.source.trouble
    assert page.source.currentWidget() is trouble
    assert "scan.pdf" in trouble.message.accessibleName()
    assert trouble.area.button.text() == "Choose another"
    trouble.instead.click()
    page.source.paste.box.setPlainText(ASKS)
    page.source.paste.go.click()
    settle()
    assert page.form.people.least.value() == 6


def test_a_file_of_another_kind_is_refused_in_place(page: LogPage, tmp_path: Path) -> None:
    drop(page, tmp_path / "photo.heic")
    assert page.source.currentWidget() is page.source.trouble


def test_cancelling_leaves_an_empty_form(page: LogPage, letter: Letter, settle: Settle) -> None:
    drop(page, letter())
    page.source.waiting.cancel.click()
    settle()
    assert page.source.currentWidget() is page.source.empty
    assert not page.keeps_unsaved()


def chasing(page: LogPage, letter: Letter, settle: Settle) -> None:
    take(page, letter(), settle)
    page.save.click()
    settle()
    words = "Just chasing my note of last week. The deadline has moved: names by Friday 11 December please."
    take(page, letter("again.eml", "Re: Voices for our winter study", words), settle)


def test_a_letter_that_chases_another_can_be_logged_as_its_update(
    page: LogPage, letter: Letter, settle: Settle, store: Store, heard: Heard
) -> None:
    chasing(page, letter, settle)
    assert page.notice.words.startswith("This may chase the request of 18 November, “")
    page._save(SaveAs.UPDATE)
    settle()
    update, first = list_requests(store)
    assert (update.kind, update.updates, update.deadline) == (RequestKind.UPDATE, first.id, date(2026, 12, 11))
    assert heard.said[-1].words == f"Saved as an update of R{first.id}."


def test_or_merged_into_it_fact_by_fact(
    page: LogPage, letter: Letter, settle: Settle, store: Store, heard: Heard
) -> None:
    chasing(page, letter, settle)
    page._compare()
    assert "deadline" in page.merge.ticks
    assert page.merge.ticks["deadline"].accessibleDescription().endswith("Now: Fri 11 Dec.")
    page.merge.merge.click()
    settle()
    update, first = list_requests(store)
    assert (update.stage, first.deadline) == (Stage.MERGED, date(2026, 12, 11))
    assert heard.said[-1].words == f"Merged into R{first.id}."
    assert heard.places[-1] == Place("request", first.id, "checks")
    page.workspace.undo(heard.said[-1].batch or 0)
    settle()
    assert len(list_requests(store)) == 1


def test_a_members_question_is_kept_without_its_words(
    page: LogPage, settle: Settle, store: Store, heard: Heard
) -> None:
    words = "Hi Ruth, I'm a carer in Wrexham. They took £60 out of my wages. Is that allowed? Bev"
    page.show_place(Place("log", payload=words))
    settle()
    assert page.notice.words.startswith("This looks like a member's own question")
    page.question.click()
    settle()
    assert heard.places == [Place("questions")]
    (question,) = list_questions(store)
    assert (question.nation, question.note) == ("Wales", "")
    (row,) = list_requests(store)
    assert show_request(store, row.id).brief.text == ""


def test_or_kept_as_a_request_of_its_own(page: LogPage, letter: Letter, settle: Settle, store: Store) -> None:
    chasing(page, letter, settle)
    page.save.click()
    settle()
    assert [row.kind for row in list_requests(store)] == [RequestKind.REQUEST, RequestKind.REQUEST]
    assert [row.updates for row in list_requests(store)] == [None, None]


def test_the_same_file_twice_is_refused_in_place(
    page: LogPage, letter: Letter, settle: Settle, store: Store
) -> None:
    for _ in range(2):
        take(page, letter(), settle)
        page.save.click()
        settle()
    assert page.notice.words.startswith("This was logged before, as R")
    assert len(list_requests(store)) == 1
    assert page.save.isEnabled()


def test_what_is_no_request_is_kept_closed(
    page: LogPage, letter: Letter, settle: Settle, store: Store, heard: Heard
) -> None:
    take(page, letter(), settle)
    page.no_request.click()
    settle()
    assert [row.stage for row in list_requests(store)] == [Stage.NOT_A_REQUEST]
    assert heard.places == [Place("requests")]
    assert [step.id for step in recent_batches(store, 5)] == [heard.said[-1].batch]


def test_several_files_come_one_after_the_other(
    page: LogPage, letter: Letter, settle: Settle, heard: Heard
) -> None:
    second = letter("second.eml", "A diary of mileage", ASKS.replace("interview", "diary"))
    page.show_place(Place("log", payload=(str(letter()), str(second))))
    settle()
    page.save.click()
    settle()
    assert page.incoming is not None
    assert page.incoming.document.file_name == "second.eml"
    assert heard.places == []


def test_coming_back_without_anything_new_keeps_what_is_unsaved(
    page: LogPage, letter: Letter, settle: Settle
) -> None:
    take(page, letter(), settle)
    page.form.lines["title"].setText("Mine")
    page.show_place(Place("log"))
    assert page.form.lines["title"].text() == "Mine"
    page.again.click()
    assert "clears" in page.notice.words
    page.clear()
    assert page.form.lines["title"].text() == ""


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [750, 824, 1080])
def test_nothing_scrolls_sideways(
    qtbot: QtBot, page: LogPage, letter: Letter, settle: Settle, theme: Theme, scale: float, width: int
) -> None:
    theme.set("light", scale)
    page.resize(width, 700)
    take(page, letter(), settle)
    must = page.form.criteria.lists["must"]  # type: ignore[index]
    must.edit(None)
    qtbot.wait(10)
    inside = page.form.widget()
    assert inside is not None
    assert inside.width() <= page.form.viewport().width()
    shown = [w for w in inside.findChildren(QWidget) if w.isVisible() and not isinstance(w, QLabel)]
    over = [w for w in shown if w.mapTo(inside, w.rect().topRight()).x() > inside.width()]
    assert not over
    assert page.minimumSizeHint().width() <= width


def test_everything_that_takes_the_keyboard_has_a_name(page: LogPage, letter: Letter, settle: Settle) -> None:
    take(page, letter(), settle)
    reached = [
        w for w in page.findChildren(QWidget)
        if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.focusProxy()
    ]  # fmt: skip
    nameless = [
        w for w in reached
        if not (w.accessibleName() or getattr(w, "text", str)())
        and not (isinstance(w, QLineEdit) and isinstance(w.parent(), QComboBox))
    ]  # fmt: skip
    assert len(reached) > 20
    assert not [type(w).__name__ for w in nameless]
