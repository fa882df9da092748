"""Promise 16: what is half-typed is kept encrypted, gone while it is locked, back afterwards or after a crash."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from matcher.clock import now
from matcher.directory import list_members
from matcher.files.readers.documents import read_text
from matcher.model import Audience, Brief
from matcher.storage import open_store
from matcher.storage.store import Store
from matcher.triage import log_brief, log_request, read_request
from matcher_ui.app_window import AppWindow
from matcher_ui.kept_edits import kept_edits
from matcher_ui.main_window import MainWindow
from matcher_ui.page_list import PAGES
from matcher_ui.pages.member.member_page import MemberPage
from matcher_ui.pages.members.members_page import MembersPage
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.pages.requests.log_page import LogPage
from matcher_ui.pages.requests.questions_page import QuestionsPage
from matcher_ui.pages.settings.settings_page import SettingsPage
from matcher_ui.typed import KEPT_NOWHERE, type_again, typed_in
from matcher_ui.workspace import Place

CANARY = "Zephyrine Quillfeather"


def show(window: AppWindow, qtbot: QtBot, place: Place) -> Any:
    assert window.main is not None
    window.main.go(place)
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    page = window.main.page
    qtbot.waitUntil(lambda: window.jobs.count == 0 and (not isinstance(page, SettingsPage) or page.is_built))
    return page


def unlock(window: AppWindow, passphrase: str, qtbot: QtBot) -> None:
    window.unlock.passphrase.setText(passphrase)
    window.unlock.submit()
    qtbot.waitUntil(lambda: window.main is not None and window.jobs.count == 0)
    qtbot.waitUntil(lambda: window.main is not None and window.main.edit_keeper._timer.isActive())
    qtbot.waitUntil(lambda: window.jobs.count == 0)


def lock(window: AppWindow, qtbot: QtBot) -> None:
    window.lock()
    qtbot.waitUntil(lambda: window.main is None)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def store_of(window: AppWindow) -> Store:
    assert window.workspace is not None
    return window.workspace.store


def test_a_request_half_written_is_gone_at_the_lock_and_back_after_it(
    window: AppWindow, passphrase: str, qtbot: QtBot, store_path: Path
) -> None:
    page = show(window, qtbot, Place("log"))
    assert isinstance(page, LogPage)
    page.form.lines["title"].setText(CANARY)
    lock(window, qtbot)
    shown = [line.text() for line in window.findChildren(QLineEdit)]
    assert not any(CANARY in words for words in shown)
    assert not any(CANARY.encode() in file.read_bytes() for file in store_path.rglob("*") if file.is_file())
    unlock(window, passphrase, qtbot)
    again = show(window, qtbot, Place("log"))
    assert again is not page
    assert again.form.lines["title"].text() == CANARY
    assert again.keeps_unsaved()
    assert window.main is not None
    assert "not saved yet" in window.main.notice.words or again.form.is_changed


def test_a_lock_before_it_is_back_loses_nothing_and_asks_for_no_work_afterwards(
    window: AppWindow, passphrase: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show(window, qtbot, Place("log"))
    page.form.lines["title"].setText(CANARY)
    lock(window, qtbot)
    bring_back = MainWindow.bring_back
    with monkeypatch.context() as late:
        late.setattr(MainWindow, "bring_back", lambda *_args: None)
        window.unlock.passphrase.setText(passphrase)
        window.unlock.submit()
        qtbot.waitUntil(lambda: window.main is not None and window.jobs.count == 0)
        main = window.main
        assert main is not None
        window.lock()
    bring_back(main, ())
    assert not main.edit_keeper._timer.isActive()
    qtbot.waitUntil(lambda: window.main is None)
    unlock(window, passphrase, qtbot)
    assert show(window, qtbot, Place("log")).form.lines["title"].text() == CANARY


def test_a_pasted_letter_comes_back_with_what_she_made_of_it(
    window: AppWindow, passphrase: str, qtbot: QtBot
) -> None:
    page = show(window, qtbot, Place("log", payload="Dear Ruth, could we speak to six carers in Leeds? Imogen"))
    page.form.lines["title"].setText("Six carers in Leeds")
    lock(window, qtbot)
    unlock(window, passphrase, qtbot)
    again = show(window, qtbot, Place("log"))
    qtbot.waitUntil(lambda: again.form.lines["title"].text() == "Six carers in Leeds")
    assert again.incoming is not None
    assert "Imogen" in again.incoming.document.full_text


def test_a_crash_loses_no_more_than_the_last_seconds(
    window: AppWindow, make_window: Callable[[], AppWindow], passphrase: str, qtbot: QtBot, store_path: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    page = show(window, qtbot, Place("log"))
    page.form.lines["title"].setText(CANARY)
    assert window.main is not None
    window.main.edit_keeper.keep()
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    crashed = tmp_path / "crashed.matcher"
    shutil.copytree(store_path, crashed, ignore=shutil.ignore_patterns("lock"))
    other = make_window()
    other.start(crashed)
    unlock(other, passphrase, qtbot)
    assert show(other, qtbot, Place("log")).form.lines["title"].text() == CANARY


def test_what_was_saved_is_kept_as_unsaved_no_longer(window: AppWindow, qtbot: QtBot) -> None:
    page = show(window, qtbot, Place("settings"))
    page.signer.setText("Ruth")
    assert window.main is not None
    keeper = window.main.edit_keeper
    keeper.keep()
    qtbot.waitUntil(lambda: len(kept_edits(store_of(window))) == 1)
    page.submit()
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    keeper.keep()
    qtbot.waitUntil(lambda: kept_edits(store_of(window)) == ())


def test_what_was_left_behind_by_her_own_word_does_not_come_back(
    window: AppWindow, make_window: Callable[[], AppWindow], passphrase: str, qtbot: QtBot, store_path: Path
) -> None:
    page = show(window, qtbot, Place("log"))
    page.form.lines["title"].setText(CANARY)
    assert window.main is not None
    window.main.edit_keeper.keep()
    window.shut()
    with open_store(store_path, passphrase) as store:
        assert kept_edits(store) == ()


def test_every_page_gives_back_what_was_typed(window: AppWindow, passphrase: str, qtbot: QtBot) -> None:
    store = store_of(window)
    request = log_brief(store, Brief("Night shifts", audience=Audience.MEDIA, text="Please call us"), now()).id
    settings = show(window, qtbot, Place("settings"))
    assert isinstance(settings, SettingsPage)
    settings.signer.setText("Ruth")
    settings.wording.text.setPlainText("May we ask you?")
    settings.letters.text.setPlainText("Dear reader")
    settings.checklists.cards[0].short.setText("Who are they?")
    settings.secret.current.setText("never kept")
    brief = show(window, qtbot, Place("request", request, "brief"))
    assert isinstance(brief, RequestPage)
    brief.brief.form.lines["title"].setText("Nights, and sleep-ins")
    show(window, qtbot, Place("request", request, "checks"))
    brief.checks.letter.body.setPlainText("Dear Sam, may I ask")
    members = show(window, qtbot, Place("members"))
    assert isinstance(members, MembersPage)
    members.open_panel()
    members.panel.name.setText("Ada")
    assert window.main is not None
    before = {edit.place.page: edit.words for edit in window.main.edits()}
    assert before.keys() == {"settings", "request", "members"}
    lock(window, qtbot)
    unlock(window, passphrase, qtbot)
    assert window.main is not None
    assert {edit.place.page: edit.words for edit in window.main.edits()} == before
    settings = show(window, qtbot, Place("settings"))
    assert settings.signer.text() == "Ruth"
    assert settings.wording.text.toPlainText() == "May we ask you?"
    assert settings.letters.text.toPlainText() == "Dear reader"
    assert settings.checklists.cards[0].short.text() == "Who are they?"
    assert settings.secret.current.text() == ""
    brief = window.main._pages["request"]
    assert isinstance(brief, RequestPage)
    assert brief.brief.form.lines["title"].text() == "Nights, and sleep-ins"
    assert brief.checks.letter.body.toPlainText() == "Dear Sam, may I ask"
    assert window.main._pages["members"].panel.name.text() == "Ada"  # type: ignore[attr-defined]
    assert list_members(store_of(window)) == ()


def test_a_page_that_nothing_was_typed_on_has_nothing_unsaved(window: AppWindow, qtbot: QtBot) -> None:
    assert window.main is not None
    found = {name: window.main._page(name).keeps_unsaved() for name in PAGES}
    assert not any(found.values()), found
    for name in ("today", "requests", "questions", "members", "promises", "settings", "rights"):
        assert not show(window, qtbot, Place(name)).keeps_unsaved()


def test_a_correction_of_a_member_comes_back(window: AppWindow, passphrase: str, qtbot: QtBot) -> None:
    members = show(window, qtbot, Place("members"))
    members.open_panel()
    members.panel.name.setText("Ada Stone")
    members.panel.keep(then_another=False)
    qtbot.waitUntil(lambda: len(list_members(store_of(window))) == 1 and window.jobs.count == 0)
    page = show(window, qtbot, Place("member", 1))
    assert isinstance(page, MemberPage)
    page.about.own_words.edit()
    editor = page.about.own_words.editor
    assert editor is not None
    editor.type_again({"experience_text": "Six years of nights"})
    lock(window, qtbot)
    unlock(window, passphrase, qtbot)
    again = show(window, qtbot, Place("member", 1))
    assert again.about.own_words.editor.changed() == {"experience_text": "Six years of nights"}


def test_passphrases_and_secrets_are_never_kept(qapp: QApplication, qtbot: QtBot) -> None:
    part = QWidget()
    qtbot.addWidget(part)
    column, lines = QVBoxLayout(part), [QLineEdit() for _ in range(3)]
    for line in lines:
        column.addWidget(line)
        line.setText("otter")
    lines[0].setEchoMode(QLineEdit.EchoMode.Password)
    lines[1].setProperty(KEPT_NOWHERE, True)
    assert list(typed_in(part).values()) == ["otter"]
    type_again(part, {"QLineEdit  1": "lantern", "QLineEdit  9": "gone"})
    assert [line.text() for line in lines] == ["otter", "otter", "lantern"]


@pytest.mark.parametrize("page", ["questions", "requester"])
def test_a_reply_and_a_requester_come_back(page: str, window: AppWindow, passphrase: str, qtbot: QtBot) -> None:
    store = store_of(window)
    if page == "questions":
        document = read_text(
            "I'm a carer in Wrexham and my manager won't pay for time between calls, is that allowed?"
        )
        log_request(store, read_request(document, now()), document, None, now())
    else:
        log_brief(store, Brief("Night shifts", audience=Audience.MEDIA, text="x", requester="Sam Okoro"), now())
    shown = show(window, qtbot, Place(page, 1))  # type: ignore[arg-type]
    words = "Please ask Acas"
    if isinstance(shown, QuestionsPage):
        shown.panel.reply.setPlainText(words)
    else:
        shown.panel.role.setText(words)
    assert shown.keeps_unsaved()
    lock(window, qtbot)
    unlock(window, passphrase, qtbot)
    again = show(window, qtbot, Place(page, 1))  # type: ignore[arg-type]
    back = again.panel.reply.toPlainText() if page == "questions" else again.panel.role.text()
    assert back == words
