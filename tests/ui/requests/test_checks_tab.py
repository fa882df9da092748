"""The Checks step: answers read from the text, hers over them, the letter kept, sent, copied and saved."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Heard

from matcher.files.readers.documents import read_document
from matcher.model import Audience, Brief, CheckAnswer, LetterKind, Payment, PeopleWanted, RequestKind, Stage
from matcher.storage import Settings, save_settings
from matcher.storage.store import Store
from matcher.triage import checks_of, log_brief, log_request, read_request, show_checks, show_request
from matcher_ui.pages.request.checks_tab import ChecksTab
from matcher_ui.theme import Theme
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Place, Workspace

AT = datetime(2026, 11, 18, 16, 20, tzinfo=UTC)
Settle = Callable[[], None]


@pytest.fixture
def answer_file(tmp_path: Path) -> Path:
    return tmp_path / "answer.eml"


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, answer_file: Path) -> ChecksTab:
    tab = ChecksTab(workspace, lambda _parent, _name: str(answer_file))
    qtbot.addWidget(tab)
    tab.resize(1080, 660)
    tab.show()
    return tab


@pytest.fixture
def request_id(store: Store, letter: Callable[..., Path], frozen: object) -> int:
    save_settings(store, Settings("Lantern Network", "Ruth"))
    document = read_document(letter())
    return log_request(store, read_request(document, AT), document, letter().read_bytes(), AT).id


@pytest.fixture
def shown(tab: ChecksTab, request_id: int, settle: Settle) -> ChecksTab:
    tab.show_request(request_id)
    settle()
    return tab


def test_checks_are_filled_in_and_the_letter_names_what_is_missing(shown: ChecksTab) -> None:
    assert list(shown.rows)[:3] == ["ethics", "information_sheet", "data"]
    assert shown.rows["payment"].answers.current == "yes"
    assert shown.rows["ethics"].answers.current == "unknown"
    assert "£25 voucher" in shown.rows["payment"].accessibleName()
    assert "25" in shown.rows["payment"].accessibleDescription()
    assert shown.letter.kinds.current == "ask_more"
    assert shown.letter.to.text() == "i.farrell@calder.example"
    assert "ethics approval" in shown.letter.body.toPlainText()
    assert "Ask for more" in shown.advice.accessibleName()


def test_an_answer_is_kept_at_once_and_the_letter_follows(
    shown: ChecksTab, settle: Settle, store: Store, request_id: int
) -> None:
    shown.rows["ethics"].answers._choices["yes"].click()
    settle()
    shown.show_request(request_id)
    settle()
    check = next(one for one in checks_of(store, request_id) if one.item.key == "ethics")
    assert (check.answer, check.by_her) == (CheckAnswer.YES, True)
    assert "ethics approval" not in shown.letter.body.toPlainText()
    assert shown.rows["ethics"].as_read.isVisibleTo(shown)
    shown.rows["ethics"].as_read.click()
    settle()
    shown.show_request(request_id)
    settle()
    assert shown.rows["ethics"].answers.current == "unknown"


def test_a_note_is_written_in_place(shown: ChecksTab, settle: Settle, store: Store, request_id: int) -> None:
    row = shown.rows["data"]
    row.pencil.click()
    row.edit.setText("Asked on the phone")
    QTest.keyClick(row.edit, Qt.Key.Key_Return)
    settle()
    check = next(one for one in checks_of(store, request_id) if one.item.key == "data")
    assert check.note == "Asked on the phone"


def test_sending_is_recorded_moves_it_and_can_be_undone(
    shown: ChecksTab, settle: Settle, store: Store, request_id: int, heard: Heard
) -> None:
    shown.letter.record.click()
    settle()
    desk = show_checks(store, request_id)
    assert (desk.page.stage, [one.kind for one in desk.sent]) == (Stage.CHECKING, [LetterKind.ASK_MORE])
    assert heard.said[-1].words == "Asked for more. Recorded for today."
    assert heard.said[-1].batch is not None
    shown.workspace.undo(heard.said[-1].batch)
    settle()
    assert show_request(store, request_id).stage is Stage.NEW


def test_what_she_changes_in_a_letter_stays(
    shown: ChecksTab, settle: Settle, store: Store, request_id: int
) -> None:
    shown.letter.body.setPlainText("Dear Imogen, in my own words.")
    assert shown.keeps_unsaved() == "the letter you were changing"
    shown.rows["ethics"].answers._choices["no"].click()
    settle()
    shown.show_request(request_id)
    settle()
    assert shown.letter.body.toPlainText() == "Dear Imogen, in my own words."
    shown.letter.kinds._choices["decline"].click()
    assert "will not be passing it on" in shown.letter.body.toPlainText()
    shown.letter.kinds._choices["ask_more"].click()
    assert shown.letter.body.toPlainText() == "Dear Imogen, in my own words."
    shown.letter.record.click()
    settle()
    assert show_checks(store, request_id).sent[0].body == "Dear Imogen, in my own words."
    assert shown.keeps_unsaved() == ""
    assert shown.letter._drafts


def test_copy_and_save(shown: ChecksTab, settle: Settle, heard: Heard, answer_file: Path) -> None:
    shown.letter.copy.click()
    assert QGuiApplication.clipboard().text() == shown.letter.body.toPlainText()
    shown.letter.save.click()
    settle()
    assert b"To: i.farrell@calder.example" in answer_file.read_bytes()
    shown.letter.to.setText("nobody")
    shown.letter.mail.click()
    assert shown.letter.to_field.state == "wrong"
    shown.letter.to.clear()
    assert not shown.letter.save.isEnabled()
    assert shown.letter.save.accessibleDescription() == "Write who it goes to first"


def test_opening_it_in_mail_copies_it_as_well(
    shown: ChecksTab, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def refuse(url: QUrl) -> bool:
        opened.append(url.toString())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", refuse)
    shown.letter.mail.click()
    assert opened[0].startswith("mailto:i.farrell@calder.example?subject=")
    assert QGuiApplication.clipboard().text() == shown.letter.body.toPlainText()
    assert heard.said[-1].words.startswith("No mail program answered")


def test_the_letter_goes_below_where_there_is_no_room(shown: ChecksTab, theme: Theme) -> None:
    assert shown._ground.isVisible()
    shown.resize(600, 660)
    QApplication.processEvents()
    assert not shown._ground.isVisible()
    assert shown.letter.isVisibleTo(shown)
    assert shown.to_letter.isVisibleTo(shown)
    shown.to_letter.click()
    shown.resize(1080, 660)
    assert shown._ground.isVisible()


def test_media_says_that_all_must_be_answered(tab: ChecksTab, settle: Settle, store: Store, frozen: object) -> None:
    tab.show_request(log_brief(store, Brief("On air", Audience.MEDIA), AT).id)
    settle()
    assert tab._count.text().startswith("Fast lane: all must be answered. 0 of 7")


def test_a_reminder_is_set_and_ticked_off(shown: ChecksTab, settle: Settle, store: Store, request_id: int) -> None:
    shown.reminders.about.setText("Ring her")
    shown.reminders.add.click()
    settle()
    due = [one for one in show_checks(store, request_id).due if one.kind == "reminder"]
    assert [(one.what, one.on) for one in due] == [("Ring her", date(2026, 11, 30))]
    shown.reminders.finished.emit(due[0].id)
    settle()
    assert not [one for one in show_checks(store, request_id).due if one.kind == "reminder"]


def test_an_update_is_merged_fact_by_fact(
    tab: ChecksTab, settle: Settle, store: Store, letter: Callable[..., Path], heard: Heard, frozen: object
) -> None:
    first = log_brief(
        store,
        Brief("Night visits", Audience.ACADEMIC, requester="Imogen Farrell", contact="i.farrell@calder.example",
              people_wanted=PeopleWanted(max=30), payment=Payment(30)), AT,
    ).id  # fmt: skip
    words = "Just following up: we still need 11 care workers and the deadline is now Friday 4 December."
    document = read_document(letter("chaser.eml", "Re: Night visits", words))
    update = log_request(store, read_request(document, AT), document, None, AT)
    assert update.kind is RequestKind.UPDATE
    tab.show_request(update.id)
    settle()
    assert tab.merge.isVisibleTo(tab)
    assert {"deadline", "people_wanted"} <= set(tab.merge.ticks)
    tab.merge.ticks["people_wanted"].setChecked(False)
    tab.merge.merge.click()
    settle()
    brief = show_request(store, first).brief
    assert (brief.deadline, brief.people_wanted.max) == (date(2026, 12, 4), 30)
    assert heard.places == [Place("request", first)]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("scale", "width"), [(1.0, 824), (1.5, 750), (1.5, 690)])
def test_it_is_painted_at_every_size(
    shown: ChecksTab, theme: Theme, settle: Settle, mode: str, scale: float, width: int
) -> None:
    shown.rows["ethics"].answers._choices["no"].click()  # offers to go back to what was read
    settle()
    shown.show_request(shown.request_id or 0)
    settle()
    theme.set("dark" if mode == "dark" else "light", scale)
    shown.resize(width, 640)
    QApplication.processEvents()
    assert not shown.grab().isNull()
    assert shown._left._inner.width() <= shown._left.viewport().width()
    row = shown.rows["ethics"]
    assert row.as_read.isVisibleTo(shown)
    assert row.as_read.geometry().right() < row.width()
    assert row.as_read.width() == row.as_read.sizeHint().width()


def test_the_letters_labels_follow_the_text_size(shown: ChecksTab, theme: Theme) -> None:
    titles = [
        one for one in shown.letter.findChildren(Label) if one.text() in ("Your answer", "To", "Subject", "Letter")
    ]
    assert len(titles) == 4
    for scale in (1.5, 1.0):
        theme.set("light", scale)
        QApplication.processEvents()
        assert shown._ground.isVisible() is (scale == 1)
        assert [one.font().pixelSize() for one in titles] == [theme.font(one.role).pixelSize() for one in titles]
