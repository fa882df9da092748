"""Letters and checklists in Settings: changed, refused when they cannot work, put back."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Heard

from matcher.files.writers.readable_templates import readable
from matcher.model import Audience, LetterKind
from matcher.storage.store import Store
from matcher.triage import letter_texts, read_checklists, usual_checklists, usual_text
from matcher_ui.pages.settings.checklists import ChecklistsSection
from matcher_ui.pages.settings.letters import LettersSection
from matcher_ui.workspace import Workspace

Settle = Callable[[], None]


@pytest.fixture
def letters(qtbot: QtBot, workspace: Workspace, settle: Settle) -> LettersSection:
    section = LettersSection(workspace)
    qtbot.addWidget(section)
    section.show()
    section.refresh()
    settle()
    return section


@pytest.fixture
def lists(qtbot: QtBot, workspace: Workspace, settle: Settle) -> ChecklistsSection:
    section = ChecklistsSection(workspace)
    qtbot.addWidget(section)
    section.show()
    section.refresh()
    settle()
    return section


def test_a_letter_in_her_own_words(letters: LettersSection, store: Store, settle: Settle, heard: Heard) -> None:
    assert not letters.save.isEnabled()
    letters.text.setPlainText("Dear {name}, gladly. {sender}")
    assert letters.keeps_unsaved() == "your change of a letter"
    letters.save.click()
    settle()
    assert letter_texts(store)[LetterKind.ACCEPT] == "Dear {{ name }}, gladly. {{ sender }}"
    assert heard.said[-1].words == "Letter saved."
    letters.usual.click()
    settle()
    assert letter_texts(store)[LetterKind.ACCEPT] == usual_text(LetterKind.ACCEPT)
    assert letters.text.toPlainText() == readable(usual_text(LetterKind.ACCEPT))


def test_a_letter_that_cannot_be_filled_in_is_refused_in_place(
    letters: LettersSection, store: Store, settle: Settle
) -> None:
    letters.text.setPlainText("Dear {nmae}")
    letters.save.click()
    settle()
    assert letters.field.state == "wrong"
    assert letter_texts(store)[LetterKind.ACCEPT] == usual_text(LetterKind.ACCEPT)
    letters.kinds._choices["decline"].click()
    assert "will not be passing it on" in letters.text.toPlainText()
    letters.kinds._choices["accept"].click()
    assert letters.text.toPlainText() == "Dear {nmae}"


def test_a_checklist_is_changed_and_put_back(lists: ChecklistsSection, store: Store, settle: Settle) -> None:
    usual = usual_checklists()[Audience.POLICY]
    assert [card.short.text() for card in lists.cards] == [item.short for item in usual]
    lists.cards[0].moved.emit(1)
    lists.cards[2].removed.emit()
    lists.add.click()
    lists.audiences._choices["media"].click()
    assert "Save this checklist first" in lists._trouble.text()
    assert lists.audiences.current == "policy"
    lists.save.click()
    settle()
    assert "needs a name" in lists._trouble.text()
    assert read_checklists(store)[Audience.POLICY] == usual
    new = lists.cards[-1]
    for line, words in (
        (new.short, "Lunch"),
        (new.question, "Is there lunch?"),
        (new.ask, "whether there is lunch"),
    ):
        line.setText(words)
    lists.save.click()
    settle()
    kept = read_checklists(store)[Audience.POLICY]
    assert [item.short for item in kept] == [usual[1].short, usual[0].short, usual[3].short, "Lunch"]
    lists.usual.click()
    settle()
    assert read_checklists(store)[Audience.POLICY] == usual
    assert lists.keeps_unsaved() == ""
    lists.audiences._choices["media"].click()
    assert len(lists.cards) == len(usual_checklists()[Audience.MEDIA])
