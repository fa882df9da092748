"""The Match tab: the order of the core, why each person, who not now, and the list."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot
from tests.ui.match.conftest import Heard

from matcher.consent import undo, withdraw
from matcher.directory import member_page
from matcher.matching import rank, shortlist
from matcher.matching.fair import Share
from matcher.matching.fair.history import past_draws
from matcher.matching.profile import OWN_WORDS
from matcher.model import Brief, Criterion, CriterionField, Op, Strength
from matcher.outreach import asked_anyway_because
from matcher.storage import Cost, create_store
from matcher.storage.store import Store
from matcher.triage import edit_brief, log_brief, show_request
from matcher_ui.brief_words import criterion_words
from matcher_ui.jobs import Jobs
from matcher_ui.models.candidates import WISH_ROLE
from matcher_ui.models.not_now import Group
from matcher_ui.pages.match.list_rules import RuleEntry
from matcher_ui.pages.match.match_tab import MatchTab
from matcher_ui.pages.match.why_words import told
from matcher_ui.pages.request import RequestPage
from matcher_ui.theme import Theme
from matcher_ui.widgets.criteria_editor import CriterionEntry
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Place, Workspace

Show = Callable[..., RequestPage]
Settle = Callable[[], None]


@pytest.fixture
def tab(show: Show, request_id: int) -> MatchTab:
    return show(request_id).match


def panel_words(tab: MatchTab) -> str:
    return "\n".join(label.text() for label in tab.panel.findChildren(Label) if not label.isHidden())


def ids(tab: MatchTab) -> list[int]:
    return [candidate.member.id for candidate in tab.model.candidates]


def listed(store: Store, request_id: int) -> tuple[list[int], list[int]]:
    found = shortlist(store, request_id)
    return [place.member_id for place in found.chosen], [place.member_id for place in found.reserves]


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


def test_not_now_is_grouped_and_answers_why_not(
    tab: MatchTab, sample: Store, request_id: int, settle: Settle
) -> None:
    tab._tab_chosen("not_now")
    rows = tab.not_now.model.rows
    groups = [row for row in rows if isinstance(row, Group)]
    assert sum(group.count for group in groups) == len(tab.not_now.model.others)
    other = rank(sample, request_id).others[-1]
    tab.not_now.search.setText(other.member.name.split()[0][:4])
    found = [row.member.id for row in tab.not_now.model.rows if not isinstance(row, Group)]
    assert other.member.id in found
    tab.not_now.choose(other.member.id)
    settle()
    words = panel_words(tab)
    assert other.member.name in words
    assert f"{other.reason}." in words


def test_a_search_that_finds_nobody_explains_nobody(tab: MatchTab, settle: Settle) -> None:
    tab._tab_chosen("not_now")
    settle()
    assert tab.panel.isVisibleTo(tab)
    tab.not_now.search.setText("Zzyzx")
    settle()
    assert tab.not_now.nobody.text() == "Nobody here is called “Zzyzx”."
    assert not tab.panel.isVisibleTo(tab)
    tab.not_now.search.clear()
    settle()
    assert tab.not_now.current is not None
    assert tab.panel.isVisibleTo(tab)
    assert tab.not_now.current.member.name in panel_words(tab)
    tab.not_now.search.setText("Zzyzx")
    tab._tab_chosen("could")
    settle()
    assert tab.panel.isVisibleTo(tab)
    assert tab.model.candidates[tab.could.list.currentIndex().row()].member.name in panel_words(tab)


def test_a_name_that_could_fit_is_offered_from_not_now(tab: MatchTab, qtbot: QtBot, settle: Settle) -> None:
    tab._tab_chosen("not_now")
    candidate = tab.model.candidates[2]
    tab.not_now.search.setText(candidate.member.name)
    assert tab.not_now.also.text() == f"{candidate.member.name} could fit: number 3"
    tab.not_now.also.click()
    settle()
    assert tab.tabs.current == "could"
    assert tab.could.list.currentIndex().row() == 2


def test_suggest_a_list_and_take_it_back(
    tab: MatchTab, sample: Store, request_id: int, heard: object, workspace: Workspace, settle: Settle
) -> None:
    assert tab.facts is not None
    wanted = tab.facts.wanted
    tab.share.set_share(Share.OFF)
    tab.tray.suggest.click()
    settle()
    chosen, reserves = listed(sample, request_id)
    assert chosen + reserves == ids(tab)[: wanted + 3]
    assert len(chosen) == min(wanted, len(ids(tab)))
    assert tab.tray.count.text().startswith(f"{len(chosen)} of {wanted} people")
    said = heard.said[-1]  # type: ignore[attr-defined]
    assert said.batch is not None
    undo(sample, said.batch)
    assert listed(sample, request_id) == ([], [])


def test_turns_are_shared_and_every_place_says_why(
    tab: MatchTab, sample: Store, request_id: int, settle: Settle
) -> None:
    assert tab.share.share is Share.SOME
    tab.tray.suggest.click()
    settle()
    assert tab.facts is not None
    whys = [place.why["seat"]["words"] for place in tab.facts.listed.chosen]
    assert len(whys) == tab.facts.wanted
    assert set(whys) <= {"Fits best", "Their turn", "By lot"}
    filled = [place for place in tab.tray.places if place.isEnabled()]
    assert any(place.accessibleName().endswith("comes next.") for place in filled)


def add_rule(tab: MatchTab, words: str) -> None:
    tab.rules.rules.add_button.click()
    entry = tab.rules.rules.findChildren(RuleEntry)[-1]
    entry.rule.setCurrentText(words)
    entry.accept()


def test_rules_are_kept_and_told_below_the_list(
    tab: MatchTab, sample: Store, request_id: int, settle: Settle
) -> None:
    assert tab.settings.isHidden()
    tab.more.click()
    assert not tab.settings.isHidden()
    add_rule(tab, "at least 1 with 1 or more years")
    add_rule(tab, "No more than 60 from one region")
    settle()
    assert tab.rules.trouble == ""
    tab.tray.suggest.click()
    settle()
    assert tab.rules.sentences == ("At least 1 with 1 or more years", "No more than 60 from one region")
    assert tab.facts is not None
    assert listed(sample, request_id)[0]
    tab.show_request(request_id)
    settle()
    assert [one.kept for one in tab.facts.counted] == [True, True]
    assert tab.rules.sentences == tab.facts.rules


def test_a_clash_is_told_with_what_works_and_one_press_makes_that_list(
    tab: MatchTab, sample: Store, request_id: int, settle: Settle
) -> None:
    tab.tray.suggest.click()
    settle()
    kept = listed(sample, request_id)
    tab.rules.show_rules(["at least 40 regions"])
    tab.tray.suggest.click()
    settle()
    assert "the rule asks for 40" in tab.clash.words
    assert listed(sample, request_id) == kept
    assert re.fullmatch(r"Ask for at least \d+ different regions instead", tab.clash.ways[0].text())
    tab.clash.ways[0].click()
    settle()
    assert tab.clash.words == ""
    assert tab.rules.sentences[0].startswith("At least ")
    assert past_draws(sample, request_id)[0].rules == tab.rules.sentences


def test_a_rule_that_is_not_understood_is_said_below_the_rules(tab: MatchTab, settle: Settle) -> None:
    tab.more.click()
    add_rule(tab, "be nice to everybody")
    settle()
    assert "no rule that Matcher understands" in tab.rules.trouble


def test_how_it_was_made_is_told_checked_and_lots_are_drawn_again_for_a_reason(
    tab: MatchTab, sample: Store, request_id: int, settle: Settle
) -> None:
    tab.tray.suggest.click()
    settle()
    tab.show_request(request_id)
    settle()
    tab._tab_chosen("made")
    first = past_draws(sample, request_id)[0]
    words = "\n".join(label.text() for label in tab.made.findChildren(Label))
    assert all(seat.name in words for seat in first.seats)
    assert "By lot, drawn among" in words
    tab.made.checks[first.id].click()
    settle()
    assert tab.made.checked[first.id].text().endswith("the same list.")
    tab.made.reason.setCurrentText("Another reason")
    assert not tab.made.redraw.isEnabled()
    tab.made.own.setText("two of them are away")
    tab.made.redraw.click()
    settle()
    draws = past_draws(sample, request_id)
    assert [draw.reason for draw in draws] == ["two of them are away", ""]
    assert draws[0].seed != first.seed


def test_who_is_kept_or_left_off_is_so_on_the_next_list(
    tab: MatchTab, sample: Store, request_id: int, settle: Settle
) -> None:
    best, last = ids(tab)[0], ids(tab)[-1]
    tab.explain(last)
    settle()
    tab.panel.foot.wishes().actions()[0].trigger()
    tab._act("leave_off", best)
    settle()
    tab.show_request(request_id)
    settle()
    assert tab.facts is not None
    assert tab.facts.wishes == {last: True, best: False}
    assert tab.model.index(0).data(WISH_ROLE) == "Left off"
    tab.tray.suggest.click()
    settle()
    chosen, reserves = listed(sample, request_id)
    assert last in chosen
    assert best not in chosen + reserves
    tab.explain(last)
    settle()
    assert "You keep them on this list." in panel_words(tab)


def test_somebody_resting_is_asked_anyway_for_a_reason(
    tab: MatchTab, sample: Store, request_id: int, heard: Heard, settle: Settle
) -> None:
    resting = next(other for other in tab.not_now.model.others if other.rule == "resting")
    tab._tab_chosen("not_now")
    tab.not_now.choose(resting.member.id)
    settle()
    assert not tab.panel.foot.anyway.isHidden()
    tab.panel.foot.reasons().actions()[-1].trigger()
    assert not tab.panel.foot.give.isEnabled()
    tab.panel.foot.reason.setText("Rang me and offered")
    tab.panel.foot.give.click()
    settle()
    assert asked_anyway_because(sample, request_id) == {resting.member.id: "Rang me and offered"}
    tab.show_request(request_id)
    settle()
    assert resting.member.id not in [
        other.member.id for other in tab.not_now.model.others if other.rule == "resting"
    ]
    batch = heard.said[-1].batch
    assert batch is not None
    undo(sample, batch)
    assert asked_anyway_because(sample, request_id) == {}


def test_add_take_off_and_move(tab: MatchTab, sample: Store, request_id: int, settle: Settle) -> None:
    first, second, third = ids(tab)[:3]
    for member_id in (first, second, third):
        tab.could.list.wanted.emit(member_id)
    settle()
    assert listed(sample, request_id) == ([first, second, third], [])
    tab._act("later", first)
    tab._act("swap", third)
    settle()
    assert listed(sample, request_id) == ([second, first], [third])
    tab._act("swap", third)
    tab.explain(second)
    tab.panel.foot.change.click()
    settle()
    assert listed(sample, request_id) == ([first, third], [])
    assert tab.panel.foot.change.text() == "Add to the list"


def test_who_comes_after_the_last_place_stands_in_reserve(
    tab: MatchTab, sample: Store, request_id: int, settle: Settle
) -> None:
    assert tab.facts is not None
    for member_id in ids(tab)[: tab.facts.wanted + 1]:
        tab.toggle(member_id)
    settle()
    assert listed(sample, request_id)[1] == [ids(tab)[tab.facts.wanted]]


def test_the_round_button_of_a_row_can_be_pressed(
    tab: MatchTab, settle: Settle, sample: Store, request_id: int
) -> None:
    view = tab.could.list
    rect = view.visualRect(tab.model.index(1))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert listed(sample, request_id) == ([], [])
    spot = view._rows.hit_areas(rect, tab.model.index(1))["add"].center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle()
    assert listed(sample, request_id) == ([ids(tab)[1]], [])


def test_export_writes_a_workbook_that_opens(tab: MatchTab, tmp_path: Path, settle: Settle) -> None:
    target = tmp_path / "people.xlsx"
    tab._choose_path = lambda _parent, _name: str(target)
    tab.suggest()
    settle()
    tab.tray.export.click()
    settle()
    sheet = load_workbook(target).active
    assert sheet is not None
    assert tab.facts is not None
    names = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert names == [place.name for place in (*tab.facts.listed.chosen, *tab.facts.listed.reserves)]
    assert tab.notice.words.startswith("Wrote people.xlsx")


def test_who_withdrew_before_the_export_is_said_in_place(
    tab: MatchTab, sample: Store, tmp_path: Path, settle: Settle
) -> None:
    target = tmp_path / "people.xlsx"
    tab._choose_path = lambda _parent, _name: str(target)
    tab.suggest()
    settle()
    assert tab.facts is not None
    gone = tab.facts.listed.chosen[0]
    withdraw(sample, gone.member_id)
    tab.tray.export.click()
    settle()
    assert gone.name in tab.notice.words
    assert "list" in tab.notice.words
    assert not target.exists()


def test_nowhere_to_write_is_said_in_place(tab: MatchTab, tmp_path: Path, settle: Settle) -> None:
    tab._choose_path = lambda _parent, _name: str(tmp_path / "missing" / "people.xlsx")
    tab.suggest()
    settle()
    tab.export()
    settle()
    assert tab.notice.words
    assert not tab.notice.isHidden()


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


def test_nobody_fits_says_how_many_not_now_and_leads_there(
    show: Show, sample: Store, request_id: int, settle: Settle
) -> None:
    brief = show_request(sample, request_id).brief
    nations = ("Wales", "Scotland")
    musts = [Criterion(Strength.MUST, CriterionField.COUNTRY, Op.IS, nation, nation) for nation in nations]
    edit_brief(sample, request_id, replace(brief, criteria=(*brief.criteria, *musts)))
    tab = show(request_id).match
    assert tab.model.rowCount() == 0
    assert tab.could.empty is not None
    assert tab.could.empty.accessibleName() == "Nobody who may be asked fits"
    assert tab.could.empty.accessibleDescription() == "40 not now: see why."
    assert not tab.tray.suggest.isEnabled()
    tab.could.empty.button.click()
    settle()
    assert tab.tabs.current == "not_now"


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


def test_a_need_is_changed_here_and_everybody_is_ranked_again(
    tab: MatchTab, sample: Store, request_id: int, heard: Heard, settle: Settle
) -> None:
    before, brief = ids(tab), show_request(sample, request_id).brief
    tab.needs.open()
    tab.needs.editor.lists[Strength.MUST].append(
        Criterion(Strength.MUST, CriterionField.YEARS_IN_CARE, Op.AT_LEAST, 10, "ten years or more")
    )
    settle()
    assert tab.needs.is_open
    kept = show_request(sample, request_id).brief
    assert kept.criteria[:-1] == brief.criteria
    assert replace(kept, criteria=()) == replace(brief, criteria=())
    tab.show_request(request_id)
    settle()
    assert len(ids(tab)) < len(before)
    assert tab.model.candidates == rank(sample, request_id).candidates
    batch = heard.said[-1].batch
    assert batch is not None
    undo(sample, batch)
    tab.show_request(request_id)
    settle()
    assert ids(tab) == before
    assert len(tab.needs.editor.criteria()) == len(brief.criteria)


def test_pressing_a_need_opens_it_and_removing_it_is_kept(
    tab: MatchTab, sample: Store, request_id: int, settle: Settle
) -> None:
    brief = show_request(sample, request_id).brief
    tab.needs.set_folded(False)
    sentence = next(one for one in tab.needs.sentences if one.text() == criterion_words(brief.musts()[0]))
    sentence.click()
    tab.needs.editor.findChildren(CriterionEntry)[0].removed.emit()
    settle()
    assert show_request(sample, request_id).brief.criteria == tuple(
        criterion for criterion in brief.criteria if criterion != brief.musts()[0]
    )
    tab.needs.done.click()
    assert not tab.needs.is_open


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
    for name in ("matcher_ui.pages.match.facts.PAGE", "matcher_ui.pages.match.match_tab.PAGE"):
        monkeypatch.setattr(name, 4)
    monkeypatch.setattr("matcher_ui.pages.match.facts.wanted_by", lambda _brief: 1)
    monkeypatch.setattr("matcher_ui.pages.match.facts.OF_EACH_REASON", 1)
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
