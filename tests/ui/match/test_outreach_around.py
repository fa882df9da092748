"""Outreach around the pages: a request's history, what Today lists of it, and old workbooks that are deleted."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from matcher.matching import make_shortlist
from matcher.model import Answer, Outcome
from matcher.outreach import ask, export_workbook, record_outcome, reply, timeline, unsettled, write_requester_sheet
from matcher.storage.store import Store
from matcher_ui.pages.outreach.outreach_page import OutreachPage
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.pages.today.outreach import names, outreach_sections, read_outreach
from matcher_ui.workspace import Place, Workspace

Show = Callable[..., RequestPage]
Settle = Callable[[], None]
TODAY = date(2026, 11, 23)


def titles(store: Store) -> dict[str, list[Place]]:
    """What Today lists of outreach: title of a section -> where its rows lead."""
    sections = outreach_sections(read_outreach(store), TODAY)
    return {title: [place for _item, place in rows] for title, rows, _every in sections}


def test_the_history_is_told_newest_first_and_leads_to_members(
    show: Show, sample: Store, request_id: int, heard: object, settle: Settle
) -> None:
    make_shortlist(sample, request_id, 2)
    ask(sample, request_id)
    history = show(request_id, "history").history
    assert history.events == tuple(reversed(timeline(sample, request_id)))
    row = next(place for place, event in enumerate(history.events) if event.what == "Asked")
    history.list.opened.emit(row)
    assert heard.places == [Place("member", history.events[row].member_id)]  # type: ignore[attr-defined]


def test_who_said_yes_waits_on_today_until_they_are_in_a_sheet(
    sample: Store, request_id: int, tmp_path: Path
) -> None:
    make_shortlist(sample, request_id, 1)
    (row,) = ask(sample, request_id)
    reply(sample, request_id, row.member_id, Answer.YES)
    place = Place("request", request_id, "introduce", person=row.member_id)
    assert place in titles(sample)["Said yes, and wait to be introduced"]
    write_requester_sheet(sample, request_id, tmp_path / "sheet.xlsx", ("first_name",))
    assert place not in titles(sample).get("Said yes, and wait to be introduced", [])
    (line,) = (one for one in unsettled(sample) if one.ask.request_id == request_id)
    assert line.next_step == "record what came of it"


def test_replies_to_chase_lead_to_the_messages_that_are_ready(
    sample: Store, request_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_shortlist(sample, request_id, 2)
    ask(sample, request_id)
    before = {word.request_id for word in read_outreach(sample).nudge}
    assert request_id not in before
    monkeypatch.setenv("MATCHER_NOW", "2026-11-29T09:00")
    assert request_id in {word.request_id for word in read_outreach(sample).nudge}
    chased = next(place for place in titles(sample)["Replies to chase"] if place.id == request_id)
    assert (chased.page, chased.tab, chased.part) == ("request", "ask", "due")
    assert chased.person in {
        word.member_id for word in read_outreach(sample).nudge if word.request_id == request_id
    }


def test_a_place_within_a_step_is_shown_with_the_person_chosen(
    show: Show, sample: Store, request_id: int, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_shortlist(sample, request_id, 3)
    people = [row.member_id for row in ask(sample, request_id)]
    monkeypatch.setenv("MATCHER_NOW", "2026-11-29T09:00")
    page = show(request_id, "brief")
    page.show_place(Place("request", request_id, "ask", part="due", person=people[2]))
    settle()
    assert page.ask.tabs.current == "due"
    assert page.ask.due.model.words[page.ask.due.list.currentIndex().row()].member_id == people[2]
    page.show_place(Place("request", request_id, "ask", person=people[1]))
    settle()
    assert (page.ask.tabs.current, page.ask.people._chosen) == ("list", people[1])
    for member in people:
        reply(sample, request_id, member, Answer.YES)
    page.show_place(Place("request", request_id, "introduce", person=people[1]))
    settle()
    assert page.introduce.contact.who.currentData() == people[1]
    record_outcome(sample, request_id, people, Outcome.TOOK_PART)
    page.show_place(Place("request", request_id, "close", part="words", person=people[2]))
    settle()
    words = page.close_step.words
    assert page.close_step.tabs.current == "words"
    assert words.model.words[words.list.currentIndex().row()].member_id == people[2]


def test_an_old_workbook_is_offered_and_deleted_after_a_question(
    qtbot: QtBot, workspace: Workspace, sample: Store, request_id: int, tmp_path: Path, settle: Settle
) -> None:
    make_shortlist(sample, request_id, 2)
    old, changed, new = (tmp_path / f"{name}.xlsx" for name in ("old", "changed", "new"))
    for path in (old, changed, new):
        export_workbook(sample, request_id, path)
    changed.write_bytes(changed.read_bytes() + b" ")
    assert set(titles(sample)["Old workbooks to delete"]) == {Place("outreach", tab="files")}
    page = OutreachPage(workspace)
    qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.show_place(Place("outreach", tab="files"))
    settle()
    ticked = {Path(card.one.path).name for card in page.files.cards if card.take.isChecked()}
    assert ticked == {"old.xlsx"}
    page.files.delete.click()
    assert "cannot be undone" in page.files.notice.words
    assert old.exists()
    page.files.delete_ticked()
    settle()
    assert [path.exists() for path in (old, changed, new)] == [False, True, True]


def test_names_are_told_up_to_three() -> None:
    assert names(["Ada"]) == "Ada"
    assert names(["Ada", "Bea", "Cole"]) == "Ada, Bea, Cole"
    assert names(["Ada", "Bea", "Cole", "Dan", "Eve"]) == "Ada, Bea, Cole and 2 more"
