"""The order of people, why, and by which weights: the Match tab as it is shown and used."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from matcher.directory import member_page
from matcher.matching import rank
from matcher.matching.profile import OWN_WORDS
from matcher.model import Brief, Strength
from matcher.storage import Cost, create_store
from matcher.storage.store import Store
from matcher.triage import log_brief
from matcher_ui.jobs import Jobs
from matcher_ui.models.not_now import Group
from matcher_ui.pages.request.match.match_tab import MatchTab
from matcher_ui.pages.request.match.why_words import told
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.theme import Theme
from matcher_ui.widgets.criteria_editor import CriterionEntry
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Place, Workspace

Show = Callable[..., RequestPage]
Settle = Callable[[], None]


def panel_words(tab: MatchTab) -> str:
    return "\n".join(label.text() for label in tab.panel.findChildren(Label) if not label.isHidden())


def ids(tab: MatchTab) -> list[int]:
    return [candidate.member.id for candidate in tab.model.candidates]


def test_the_order_shown_is_the_cores(tab: MatchTab, sample: Store, request_id: int) -> None:
    found = rank(sample, request_id)
    assert tab.model.candidates == found.candidates
    assert len(tab.not_now.model.others) == len(found.others)
    assert tab.tabs.findChildren(type(tab.tabs._choices["could"]))[0].accessibleName() == (
        f"Could fit, {len(found.candidates)}"
    )


def test_the_models_are_sound(tab: MatchTab) -> None:
    for model in (tab.model, tab.not_now.model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tab.not_now.search.setText("a")
    tab.model.show((), {}, {})
    assert tab.model.rowCount() == 0


def test_a_row_says_everything_aloud(tab: MatchTab) -> None:
    first = tab.model.candidates[0]
    words = tab.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith(f"{first.member.name}, ")
    assert f"{round(first.score)} of 100: Place " in words
    assert "Experience " in words
    assert "Not on the list." in words


def test_choosing_somebody_shows_why_with_their_words_marked(tab: MatchTab, sample: Store, settle: Settle) -> None:
    candidate = next(c for c in tab.model.candidates if any(e.source in OWN_WORDS for e in c.evidence))
    row = tab.model.row_of(candidate.member.id)
    assert row is not None
    tab.could.list.setCurrentIndex(tab.model.index(row))
    settle()
    words = panel_words(tab)
    assert candidate.member.name in words
    assert str(round(candidate.score)) in words
    assert any("given" in line or "ask first" in line for line in words.splitlines())
    assert "Never asked" in words or "Asked" in words
    said = {piece.text for piece in candidate.evidence}
    fields = told(member_page(sample, candidate.member.id), candidate.evidence)
    marked = [text[mark.start : mark.end] for _title, text, marks in fields for mark in marks]
    assert marked
    assert all(any(phrase in piece for piece in said) for phrase in marked)
    assert len(tab.panel.words) == len(fields)
    for shown, (_title, text, marks) in zip(tab.panel.words, fields, strict=True):
        assert shown.toPlainText() == text
        assert all(f"“{text[mark.start : mark.end]}”" in shown.accessibleDescription() for mark in marks)


def test_the_parts_shown_add_up_to_the_total(tab: MatchTab, settle: Settle) -> None:
    for candidate in tab.model.candidates[:5]:
        tab.explain(candidate.member.id)
        settle()
        found = (re.fullmatch(r"(\d+) of (\d+)", line) for line in panel_words(tab).splitlines())
        numbers = [(int(match[1]), int(match[2])) for match in found if match]
        assert sum(got for got, _most in numbers) == round(candidate.score)
        assert sum(most for _got, most in numbers) == 100


def test_moving_a_weight_orders_anew_while_it_moves_as_the_core_does(
    tab: MatchTab, sample: Store, request_id: int, settle: Settle
) -> None:
    before = ids(tab)
    for part, value in (("region", 100), ("experience", 0), ("interests", 0)):
        tab.weights.slider(part).setValue(value)
        settle()
        assert tab.model.candidates == rank(sample, request_id, weights=tab.weights.weights).candidates
    assert ids(tab) != before
    tab.weights.usual.click()
    settle()
    assert ids(tab) == before


def test_without_members_it_says_how_to_bring_them_in(
    qtbot: QtBot, tmp_path: Path, theme: Theme, frozen: object
) -> None:
    store = create_store(tmp_path / "empty.matcher", "Org", "pass", cost=Cost(n=2**10)).store
    logged = log_brief(store, Brief("Night visits"), datetime(2026, 11, 23, 9, tzinfo=UTC))
    jobs = Jobs()
    workspace = Workspace(store, jobs, theme)
    places: list[Place] = []
    workspace.went.connect(places.append)
    tab = MatchTab(workspace)
    qtbot.addWidget(tab)
    tab.show_request(logged.id)
    qtbot.waitUntil(lambda: jobs.count == 0)
    assert tab.could.empty is not None
    assert tab.could.empty.accessibleName() == "No members yet"
    tab.could.empty.button.click()
    assert places == [Place("import")]
    jobs.shutdown()
    store.close()


def test_the_keyboard_stays_where_the_work_is(tab: MatchTab, sample: Store, settle: Settle) -> None:
    tab.needs.open()
    entered = tab.needs.editor.lists[Strength.PREFER]
    entered.edit(entered.rows[0])
    moved = replace(entered.rows[0].value, strength=Strength.MUST)
    tab.needs.editor.findChildren(CriterionEntry)[0].done.emit(moved)
    settle()
    assert tab.needs.editor.isAncestorOf(tab.window().focusWidget())
    tab.rules.show_rules(["at least 40 regions"])
    tab.suggest()
    settle()
    tab.clash.ways[-1].click()
    assert tab.clash.words == ""
    assert tab.window().focusWidget() is tab.tray.suggest


def test_in_a_low_window_the_list_folds_to_one_line_until_it_is_opened(tab: MatchTab) -> None:
    tab.theme.set("light", 1.5)
    tab.window().resize(824, 700)
    assert tab.tray.is_folded
    tab.tray.fold.click()
    assert not tab.tray.is_folded
    assert tab.tray.export.isVisibleTo(tab)


def test_where_there_is_little_room_the_panel_takes_turns_with_the_people(tab: MatchTab) -> None:
    tab.theme.set("light", 1.5)
    tab.window().resize(760, 700)
    assert not tab.panel.isVisibleTo(tab)
    tab.could.list.activated.emit(tab.model.index(0))
    assert tab.panel.isVisibleTo(tab)
    tab.panel.back.click()
    assert not tab.panel.isVisibleTo(tab)


def test_more_are_read_when_she_comes_to_the_end_and_anyone_is_found_by_name(
    show: Show, sample: Store, request_id: int, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("matcher_ui.pages.request.match.facts.PAGE", "matcher_ui.pages.request.match.match_tab.PAGE"):
        monkeypatch.setattr(name, 4)
    monkeypatch.setattr("matcher_ui.pages.request.match.facts.wanted_by", lambda _brief: 1)
    monkeypatch.setattr("matcher_ui.pages.request.match.facts.OF_EACH_REASON", 1)
    everybody = rank(sample, request_id)
    tab = show(request_id).match
    assert tab.facts is not None
    assert len(ids(tab)) < len(everybody.candidates) == tab.facts.could_fit
    while tab.model.canFetchMore(QModelIndex()):
        tab.model.fetchMore(QModelIndex())
        settle()
    assert tab.model.candidates == everybody.candidates
    tab._tab_chosen("not_now")
    unread = next(
        o for o in everybody.others if o.member.id not in {one.member.id for one in tab.not_now.model.others}
    )
    tab.not_now.search.setText(unread.member.name)
    settle()
    assert unread.member.id in [row.member.id for row in tab.not_now.model.rows if not isinstance(row, Group)]
