"""The brief of a logged request: shown with its phrases, changed, saved, put back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Heard

from matcher.errors import UserError
from matcher.model import Brief, Criterion, CriterionField, Op, Session, Strength
from matcher.progress import silent
from matcher.storage.store import Store
from matcher.triage import show_request
from matcher_ui.incoming_request import SaveAs, read_incoming, save_form, save_incoming
from matcher_ui.pages.request.brief_tab import BriefTab
from matcher_ui.workspace import Workspace

Settle = Callable[[], None]
YEARS = Criterion(Strength.MUST, CriterionField.YEARS_IN_CARE, Op.AT_LEAST, 3, "three years or more")
NIGHTS = Criterion(Strength.PREFER, CriterionField.SHIFT, Op.ANY_OF, ["nights"], "nights")


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace) -> BriefTab:
    tab = BriefTab(workspace)
    qtbot.addWidget(tab)
    tab.resize(824, 600)
    tab.show()
    return tab


@pytest.fixture
def logged(store: Store, frozen: object) -> int:
    brief = Brief("Night visits", criteria=(YEARS, NIGHTS), sessions=(Session(date(2026, 12, 1), time="7pm"),))
    return save_form(store, brief).id


def test_a_read_request_shows_its_phrases(
    tab: BriefTab, store: Store, letter: Callable[..., Path], settle: Settle
) -> None:
    incoming = read_incoming(store, letter(), silent)
    number = save_incoming(store, incoming, incoming.draft.brief, SaveAs.NEW).id
    tab.show_request(number)
    settle()
    assert {mark.number for mark in tab.original.text._marks} == {f.number for f in tab.form._facts.values()}
    assert "people_wanted" in tab.form._facts


def test_changes_are_saved_and_undone(
    tab: BriefTab, store: Store, logged: int, settle: Settle, heard: Heard, workspace: Workspace
) -> None:
    tab.show_request(logged)
    settle()
    assert not tab.save.isEnabled()
    assert not tab.keeps_unsaved()
    tab.form.lines["organisation"].setText("Calder University")
    assert tab.keeps_unsaved()
    tab.save.click()
    settle()
    assert show_request(store, logged).brief.organisation == "Calder University"
    assert not tab.save.isEnabled()
    assert heard.said[-1].batch is not None
    workspace.undo(heard.said[-1].batch)
    settle()
    assert show_request(store, logged).brief.organisation == ""


def test_what_is_typed_survives_a_refresh_and_can_be_put_back(tab: BriefTab, logged: int, settle: Settle) -> None:
    tab.show_request(logged)
    settle()
    tab.form.lines["title"].setText("Mine")
    tab.show_request(logged)
    settle()
    assert tab.form.lines["title"].text() == "Mine"
    tab.back.click()
    assert tab.form.lines["title"].text() == "Night visits"


def test_a_brief_that_was_only_looked_at_is_not_changed(tab: BriefTab, logged: int, settle: Settle) -> None:
    tab.show_request(logged)
    settle()
    assert tab.form.brief() == tab.form._base


def test_sentences_are_changed_moved_removed_and_put_back(
    qtbot: QtBot, tab: BriefTab, logged: int, settle: Settle
) -> None:
    tab.show_request(logged)
    settle()
    tab.activateWindow()
    musts, wishes = tab.form.criteria.lists[Strength.MUST], tab.form.criteria.lists[Strength.PREFER]
    row = musts.rows[0]
    assert row.accessibleName() == "3 years or more in care"
    row.setFocus()
    qtbot.waitUntil(row.hasFocus)
    QTest.keyClick(row, Qt.Key.Key_Return)
    entry = musts._entry
    entry.value.setText("not a number")  # type: ignore[union-attr]
    entry.accept()  # type: ignore[union-attr]
    assert entry._what.state == "wrong"  # type: ignore[union-attr]
    entry.value.setText("5")  # type: ignore[union-attr]
    entry.accept()  # type: ignore[union-attr]
    assert musts.rows[0].accessibleName() == "5 years or more in care"
    QTest.keyClick(musts.rows[0], Qt.Key.Key_Delete)
    assert musts.values() == ()
    QTest.keyClick(musts.rows[0], Qt.Key.Key_Delete)
    assert len(musts.values()) == 1
    wishes.edit(wishes.rows[0])
    entry = wishes._entry
    entry.strength.setCurrentIndex(0)  # type: ignore[union-attr]
    entry.accept()  # type: ignore[union-attr]
    assert [c.field for c in tab.form.criteria.criteria()] == [CriterionField.YEARS_IN_CARE, CriterionField.SHIFT]
    assert wishes.values() == ()
    assert tab.save.isEnabled()


def test_a_day_can_be_added(tab: BriefTab, logged: int, settle: Settle) -> None:
    tab.show_request(logged)
    settle()
    assert tab.form.sessions.rows[0].accessibleName() == "Tue 1 Dec, 7pm"
    tab.form.sessions.edit(None)
    entry = tab.form.sessions._entry
    entry.place.setText("Leeds")  # type: ignore[union-attr]
    entry.accept()  # type: ignore[union-attr]
    assert tab.form.sessions.values()[1] == Session(date(2026, 11, 23), place="Leeds")


def test_a_request_that_is_gone_is_said(tab: BriefTab, settle: Settle, workspace: Workspace) -> None:
    told: list[UserError] = []
    workspace.jobs.failed.connect(told.append)
    tab.show_request(99)
    settle()
    assert len(told) == 1
