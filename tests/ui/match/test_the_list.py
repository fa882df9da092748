"""The list of a request: suggested, ruled, drawn again, changed by hand and exported."""

import re
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui.conftest import Heard

from matcher.consent import undo, withdraw
from matcher.matching import shortlist
from matcher.matching.fair import Share
from matcher.matching.fair.history import past_draws
from matcher.outreach import asked_anyway_because
from matcher.storage.store import Store
from matcher_ui.models.candidates import WISH_ROLE
from matcher_ui.pages.request.match.list_rules import RuleEntry
from matcher_ui.pages.request.match.match_tab import MatchTab
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Workspace

Settle = Callable[[], None]


def panel_words(tab: MatchTab) -> str:
    return "\n".join(label.text() for label in tab.panel.findChildren(Label) if not label.isHidden())


def ids(tab: MatchTab) -> list[int]:
    return [candidate.member.id for candidate in tab.model.candidates]


def listed(store: Store, request_id: int) -> tuple[list[int], list[int]]:
    found = shortlist(store, request_id)
    return [place.member_id for place in found.chosen], [place.member_id for place in found.reserves]


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
