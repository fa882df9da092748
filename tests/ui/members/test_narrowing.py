"""Narrowing the members down: chips with counts, near spellings, views by name, and several at once."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from matcher.consent import due_check_ins
from matcher.directory import MemberRow, SavedView, add_member, list_members, member_page, saved_views
from matcher.matching import shortlist
from matcher.model import Purpose, Stage, State
from matcher.triage import list_requests
from matcher_ui.models.member_facets import CHIPS, NEVER, NOTHING_SAID, RESTING
from matcher_ui.pages.members import members_page as module
from matcher_ui.pages.members.members_page import MembersPage
from matcher_ui.workspace import Place


def shown(desk: Any) -> MembersPage:
    page = MembersPage(desk.workspace)
    desk.qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.show_place(Place("members"))
    desk.settle()
    return page


def ids(page: MembersPage) -> set[int]:
    return {page.proxy.row_at(place).id for place in range(page.proxy.rowCount())}


def everyone(desk: Any) -> dict[int, MemberRow]:
    return {row.id: row for row in list_members(desk.store)}


def choose(page: MembersPage, *names: int) -> None:
    page._who.select(list(names))


def test_a_chip_narrows_down_and_its_counts_follow(desk: Any) -> None:
    page, rows = shown(desk), everyone(desk)
    regions = [row.region for row in rows.values() if row.region]
    page.facets.toggle("region", regions[0])
    assert ids(page) == {one for one, row in rows.items() if row.region == regions[0]}
    page.facets.toggle("media", "Given")
    both = {one for one, row in rows.items()
            if row.region == regions[0] and row.consent.get(Purpose.MEDIA) is State.GIVEN}  # fmt: skip
    assert ids(page) == both
    given = {one for one, row in rows.items() if row.consent.get(Purpose.MEDIA) is State.GIVEN}
    page.facets._open_list(CHIPS[0])
    see_through = Qt.WidgetAttribute.WA_TranslucentBackground  # black where the desktop has no compositor
    assert not page.facets.list.testAttribute(see_through)
    counted = {offer.value: offer.many for offer in page.facets.list.model.offers}
    assert counted[regions[0]] == len(both)
    assert sum(counted.values()) == len(given)
    assert page.count.text() == f"{len(both)} of 40 members"
    page.facets.list.hide()
    page.facets.clear.click()
    assert len(ids(page)) == 40


def test_the_list_of_a_chip_is_worked_by_keyboard_and_the_chip_says_what_is_chosen(desk: Any) -> None:
    page = shown(desk)
    chip = page.facets.chips["Permissions"]
    desk.qtbot.keyClick(chip, Qt.Key.Key_Down)
    offers = page.facets.list.model.offers
    assert offers[0].heading == "Policy"
    assert page.facets.list.list.currentIndex().row() == 1
    desk.qtbot.keyClick(page.facets.list.list, Qt.Key.Key_Space)
    assert page.facets.chosen == {"policy": (offers[1].value,)}
    page.facets.list.hide()
    assert chip.is_on
    assert chip.text() == f"Permissions: policy {offers[1].value.lower()}"
    desk.qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert page.facets.chosen == {}
    assert not chip.is_on


def test_one_press_shows_who_was_never_asked_who_rests_and_who_said_nothing(desk: Any) -> None:
    page, rows = shown(desk), everyone(desk)
    page.facets.quick["permission", NOTHING_SAID].click()
    audience = (Purpose.POLICY, Purpose.ACADEMIC, Purpose.MEDIA, Purpose.SECTOR)
    assert ids(page) == {one for one, row in rows.items() if not row.consent.keys() & set(audience)}
    page.facets.choose({"asked": (NEVER,)})
    assert ids(page) == {
        one for one in rows if not any(p.asked_at for p in member_page(desk.store, one).participation)
    }
    page.facets.choose({"rest": (RESTING,)})
    assert ids(page) == {one for one in rows if member_page(desk.store, one).resting_until}


def test_what_is_typed_and_what_is_chosen_count_together(desk: Any) -> None:
    page, rows = shown(desk), everyone(desk)
    page.filter.setText("care")
    desk.qtbot.waitUntil(lambda: page.count.text() != "40 members")
    typed = ids(page)
    region = next(region for one in typed if (region := rows[one].region))
    page.facets.toggle("region", region)
    assert ids(page) == {one for one in typed if rows[one].region == region}
    page.nobody.pressed.emit()
    desk.qtbot.waitUntil(lambda: len(ids(page)) == 40)


def test_a_word_nobody_has_shows_near_spellings_and_says_so(desk: Any) -> None:
    page = shown(desk)
    add_member(desk.store, {"first_name": "Bev", "experience_text": "Mostly tracheostomy care"})
    desk.workspace.changed.emit()
    desk.settle()
    page.filter.setText("tracheostmy")
    desk.qtbot.waitUntil(page.near.isVisible)
    assert page.near.text() == "No exact match for “tracheostmy”: showing near spellings, “tracheostomy”."
    assert len(ids(page)) == 1
    page.filter.clear()
    desk.qtbot.waitUntil(lambda: not page.near.isVisible())


def test_the_long_way_gives_the_same_answer(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(desk)
    page.filter.setText("leeds")
    desk.settle()
    quick = ids(page)
    monkeypatch.setattr(module, "FEW", 0)
    page.filter.clear()
    desk.settle()
    page.filter.setText("leeds")
    desk.qtbot.waitUntil(lambda: ids(page) == quick)


def test_a_view_comes_back_as_it_was_saved(desk: Any) -> None:
    page = shown(desk)
    page.facets.toggle("asked", NEVER)
    page.filter.setText("care")
    page.table.sortByColumn(page.model.column_of("since"), Qt.SortOrder.DescendingOrder)
    page.table.show_column(page.model.column_of("phone"), True)
    desk.qtbot.wait(20)
    before = [page.proxy.row_at(place).id for place in range(page.proxy.rowCount())]
    page.views.ask_name()
    page.views.name.save.click()
    desk.settle()
    assert page.views.name.field.state == "wrong"
    page.views.name.name.setText("Fresh voices")
    page.views.name.save.click()
    desk.settle()
    assert [view.name for view in saved_views(desk.store)] == ["Fresh voices"]
    page.show_view(SavedView("Everyone"))
    desk.qtbot.waitUntil(lambda: len(ids(page)) == 40)
    page.table.show_column(page.model.column_of("phone"), False)
    menu = page.views.menu_of_views()
    action(menu, "Fresh voices").trigger()
    desk.qtbot.waitUntil(lambda: len(ids(page)) == len(before))
    assert [page.proxy.row_at(place).id for place in range(page.proxy.rowCount())] == before
    assert "phone" in page.table.wanted_columns()
    menu.deleteLater()


def test_several_can_be_selected_and_stay_so_while_others_go(desk: Any) -> None:
    page = shown(desk)
    page.table.selectAll()
    assert page.chosen.count.text() == "40 selected"
    assert page.chosen.isVisible()
    assert not page.legend.isVisible()
    assert not page.chosen.merge.isEnabled()
    desk.qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert not page.chosen.isVisible()
    two = [page.proxy.row_at(place).id for place in (0, 5)]
    choose(page, *two)
    region = page.proxy.row_at(0).region
    page.facets.toggle("region", region)
    page.facets.choose({})
    kept = set(page._who.selected())
    assert two[0] in kept
    assert kept <= set(two)


def test_two_are_compared_merged_and_taken_apart_again(desk: Any) -> None:
    page = shown(desk)
    one, other = (page.proxy.row_at(place).id for place in (0, 1))
    choose(page, one, other)
    page.chosen.merge.click()
    desk.settle()
    assert page.doubles.view.isVisible()
    page.doubles.view.keep.set_current("other")
    page.doubles.view.same.click()
    desk.settle()
    assert page.table.isVisible()
    assert one not in ids(page)
    assert member_page(desk.store, other).merged == (one,)
    desk.workspace.undo(desk.heard.said[-1].batch)
    desk.settle()
    assert {one, other} <= ids(page)


def test_only_those_who_may_be_asked_come_onto_a_list_and_the_others_are_told_of(desk: Any) -> None:
    page, rows = shown(desk), everyone(desk)
    request = next(row for row in list_requests(desk.store) if row.stage is Stage.MATCHING)
    purpose = Purpose(request.audience.value)
    no = [one for one, row in rows.items() if row.consent.get(purpose) in (None, State.REFUSED, State.WITHDRAWN)]
    choose(page, *list(rows)[:10], *no[:2])
    page.chosen._open_lists(QPoint(0, 0), above=False)
    desk.settle()
    menus = page.chosen.findChildren(QMenu)
    action(menus[-1], f"{request.title} (R{request.id})".replace("&", "&&")).trigger()
    menus[-1].close()
    desk.settle()
    listed = shortlist(desk.store, request.id)
    on = {place.member_id for place in (*listed.chosen, *listed.reserves)}
    assert not on & set(no)
    assert "on the list of" in desk.heard.said[-1].words or "Nobody" in desk.heard.said[-1].words
    assert " Not " in desk.heard.said[-1].words


def test_a_check_in_is_recorded_only_with_those_who_are_due(desk: Any) -> None:
    from matcher import clock

    page, rows = shown(desk), everyone(desk)
    due = {one.member_id for one in due_check_ins(desk.store, clock.today())}
    assert due
    choose(page, next(iter(due)), next(one for one in rows if one not in due))
    page.chosen.check_in.click()
    desk.settle()
    assert desk.heard.said[-1].words.startswith("Recorded a check-in with 1. 1 member is not due")
    left = {one.member_id for one in due_check_ins(desk.store, clock.today())}
    assert left == due - {next(iter(due))}
    desk.workspace.undo(desk.heard.said[-1].batch)
    desk.settle()
    assert {one.member_id for one in due_check_ins(desk.store, clock.today())} == due


def action(menu: QMenu, words: str) -> Any:
    return next(one for one in menu.actions() if one.text() == words)
