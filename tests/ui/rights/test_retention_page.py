"""What is due to be deleted, in the window: rules in Settings, ticks, a second step, and what is gone."""

from typing import Any

import pytest

from matcher.consent import due_for_deletion, retention_rules
from matcher.directory import add_member, list_members
from matcher_ui.pages.rights.retention_page import RetentionPage
from matcher_ui.pages.settings.retention import RetentionSection
from matcher_ui.workspace import Place


@pytest.fixture
def old_ones(empty_desk: Any, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Three members of whom nothing was heard for years."""
    monkeypatch.setenv("MATCHER_NOW", "2020-03-01T09:00")
    ids = [add_member(empty_desk.store, {"first_name": name}).id for name in ("Ada", "Bea & Co", "Cai")]
    monkeypatch.setenv("MATCHER_NOW", "2026-11-23T09:00")
    return ids


def shown(desk: Any) -> RetentionPage:
    page = RetentionPage(desk.workspace)
    desk.qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    page.show_place(Place("retention"))
    desk.settle()
    return page


def test_nothing_goes_unless_it_was_ticked_and_confirmed(empty_desk: Any, old_ones: list[int]) -> None:
    page = shown(empty_desk)
    assert [row.one.id for row in page.rows] == old_ones
    assert not page.delete.isEnabled()
    page.rows[0].tick.click()
    page.delete.click()
    assert "erased for good" in page.sure.accessibleName()
    page.sure.acted.emit("leave")
    empty_desk.settle()
    assert len(list_members(empty_desk.store)) == 3
    page.delete.click()
    page.confirm.click()
    empty_desk.settle()
    empty_desk.settle()
    assert [row.id for row in list_members(empty_desk.store)] == old_ones[1:]
    assert [row.one.id for row in page.rows] == old_ones[1:]
    assert "Ada" not in " ".join(one.words for one in empty_desk.heard.said)


def test_ticks_stay_when_something_else_changes(empty_desk: Any, old_ones: list[int]) -> None:
    page = shown(empty_desk)
    page.rows[1].tick.click()
    page.show_due(due_for_deletion(empty_desk.store))
    assert [row.tick.isChecked() for row in page.rows] == [False, True, False]


def test_rules_are_set_in_settings_and_undone(empty_desk: Any, old_ones: list[int]) -> None:
    section = RetentionSection(empty_desk.workspace)
    empty_desk.qtbot.addWidget(section)
    section.refresh()
    empty_desk.settle()
    assert section.see.text() == "What is due to be deleted (3)"
    box = next(iter(section.months.values()))
    box.setValue(0)
    assert box.text() == "For good"
    assert section.keeps_unsaved()
    section.save.click()
    empty_desk.settle()
    assert retention_rules(empty_desk.store).silent_member_months == 0
    assert due_for_deletion(empty_desk.store) == ()
    empty_desk.workspace.undo(empty_desk.heard.said[-1].batch)
    empty_desk.settle()
    assert len(due_for_deletion(empty_desk.store)) == 3


def test_where_nothing_is_due_the_way_leads_to_settings(empty_desk: Any) -> None:
    page = shown(empty_desk)
    assert page.empty.isVisible()
    page.empty.pressed.emit()
    assert empty_desk.heard.went == [Place("settings")]
