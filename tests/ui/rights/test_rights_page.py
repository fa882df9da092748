"""Rights & complaints in the window: recorded, marked, extended, answered, undone, and told on Today."""

from datetime import date
from typing import Any

import pytest

from matcher import clock
from matcher.consent import log_rights, rights_cases
from matcher.directory import add_member, list_members
from matcher.model import Decision, Purpose, RightsKind, State
from matcher_ui.pages.rights.rights_page import RightsPage
from matcher_ui.pages.today.today_page import TodayPage
from matcher_ui.workspace import Place


@pytest.fixture
def ada(empty_desk: Any, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("MATCHER_NOW", "2026-11-23T09:00")
    return add_member(
        empty_desk.store, {"first_name": "Ada", "last_name": "Stone"},
        {Purpose.NEWS: Decision.GIVEN, Purpose.MEDIA: Decision.GIVEN}, "said so",
    ).id  # fmt: skip


EMPTY = Place("rights")


def shown(desk: Any, place: Place = EMPTY) -> RightsPage:
    page = RightsPage(desk.workspace)
    desk.qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    page.show_place(place)
    desk.settle()
    return page


def choose(page: RightsPage, kind: RightsKind) -> None:
    page.entry.kind.setCurrentIndex(page.entry.kind.findData(kind.value))


def test_an_objection_is_recorded_from_her_page_and_stops_the_use(empty_desk: Any, ada: int) -> None:
    page = shown(empty_desk, Place("rights", ada, "member"))
    assert page.entry.isVisible()
    assert page.entry.member.text() == f"Ada Stone, M{ada}"
    choose(page, RightsKind.OBJECTION)
    page.entry.objects[Purpose.NEWS].setChecked(True)
    assert page.entry.objects[Purpose.USE_ETHNICITY].text() == "Use of ethnicity"
    page.entry.objects[Purpose.USE_ETHNICITY].setChecked(True)
    page.entry.save.click()
    empty_desk.settle()
    empty_desk.settle()
    [row] = list_members(empty_desk.store)
    assert row.consent[Purpose.NEWS] is State.WITHDRAWN
    assert row.consent[Purpose.USE_ETHNICITY] is State.WITHDRAWN
    assert row.consent[Purpose.MEDIA] is State.GIVEN
    assert [one.case.kind for one in page.rows] == [RightsKind.OBJECTION]
    assert not page.entry.isVisible()
    said = empty_desk.heard.said[-1]
    assert "Wed 23 Dec" in said.words
    assert said.batch is None  # a no is never taken back by Undo


def test_who_is_not_clear_is_said_at_the_field(empty_desk: Any, ada: int) -> None:
    page = shown(empty_desk)
    page.add.click()
    page.entry.member.setText("Nobody")
    page.entry.save.click()
    empty_desk.settle()
    assert page.entry._who_field.state == "wrong"
    assert rights_cases(empty_desk.store) == ()
    page.entry.member.setText("ada stone")
    page.entry.note.setText("on the phone")
    assert page.keeps_unsaved()
    page.entry.save.click()
    empty_desk.settle()
    empty_desk.settle()
    assert [one.member_id for one in rights_cases(empty_desk.store)] == [ada]
    empty_desk.workspace.undo(empty_desk.heard.said[-1].batch)
    empty_desk.settle()
    empty_desk.settle()
    assert page.rows == []
    assert page.empty.isVisible()


def test_a_complaint_from_receipt_to_answer(empty_desk: Any, ada: int) -> None:
    log_rights(empty_desk.store, RightsKind.COMPLAINT, who="A neighbour")
    page = shown(empty_desk)
    assert page.rows[0].accessibleName() == "A neighbour: complains. Acknowledge by Tue 22 Dec, in 29 days"
    assert "longer" not in page.rows[0].buttons
    for key, words in (("acknowledged_on", "without delay"), ("identity_checked_on", "without delay")):
        page.rows[0].buttons[key].click()
        empty_desk.settle()
        empty_desk.settle()
        assert words in page.rows[0].accessibleName()
    page.rows[0].buttons["settled_on"].click()
    empty_desk.settle()
    empty_desk.settle()
    assert page.rows == []
    page.answered.click()
    page.rows[0].buttons["back"].click()
    empty_desk.settle()
    empty_desk.settle()
    assert rights_cases(empty_desk.store)[0].acknowledged == date(2026, 11, 23)


def test_more_time_needs_a_reason(empty_desk: Any, ada: int) -> None:
    log_rights(empty_desk.store, RightsKind.ACCESS, member_id=ada)
    page = shown(empty_desk)
    page.rows[0].buttons["longer"].click()
    page.rows[0].sure.click()
    empty_desk.settle()
    assert "no reason" in page.notice.words
    page.rows[0].why.setText("many records")
    page.rows[0].sure.click()
    empty_desk.settle()
    empty_desk.settle()
    assert rights_cases(empty_desk.store)[0].due == date(2027, 2, 23)
    page.rows[0].buttons["report"].click()
    page.rows[0].buttons["page"].click()
    assert empty_desk.heard.went[-2:] == [Place("report", ada, "member"), Place("member", ada)]


def test_today_tells_the_day_and_leads_there(empty_desk: Any, ada: int) -> None:
    log_rights(empty_desk.store, RightsKind.ACCESS, member_id=ada, received=date(2026, 10, 20))
    today = TodayPage(empty_desk.workspace)
    empty_desk.qtbot.addWidget(today)
    today.show()
    today.show_place(Place("today"))
    empty_desk.settle()
    rows = [part for part in today._section_parts if "Ada Stone" in part.accessibleName()]
    assert "Answer by Fri 20 Nov, 3 days late" in rows[0].accessibleName()
    rows[0].click()  # type: ignore[attr-defined]
    assert empty_desk.heard.went[-1] == Place("rights")
    assert clock.today() == date(2026, 11, 23)


def test_a_part_of_a_name_that_only_one_has_is_written_out(empty_desk: Any, ada: int) -> None:
    page = shown(empty_desk, Place("rights", None, "member"))
    page.entry.open_for()
    for typed, meant in (("ada sto", f"Ada Stone, M{ada}"), ("nobody", "nobody"), ("", "")):
        page.entry.member.setText(typed)
        page.entry.member.editingFinished.emit()
        empty_desk.settle()
        assert page.entry.member.text() == meant
