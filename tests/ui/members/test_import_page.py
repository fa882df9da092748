"""The import page: nothing is written before Accept; columns, rows to decide, files that cannot be read."""

import csv
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from matcher.consent import erase
from matcher.directory import add_member, edit_member, list_members
from matcher.files.readers.workbooks import read_workbook
from matcher.model import Purpose, State
from matcher_ui.pages.importing import import_page as module
from matcher_ui.pages.importing.import_page import ImportPage
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.side_by_side import SideBySide
from matcher_ui.workspace import Place

HEADERS = ["Name", "Email", "Phone", "Town", "May we contact you about policy requests?"]
PEOPLE = [
    ["Amina Yusuf", "amina@example.org", "07700 900101", "Leeds", "Yes"],
    ["Bev Hartley", "bev@example.org", "07700 900102", "Keighley", ""],
    ["Tomasz Wilk", "tomasz@example.org", "07700 900103", "Wakefield", "No"],
    ["", "", "", "Somewhere", ""],
]


def sheet(folder: Path, rows: list[list[str]] = PEOPLE, headers: list[str] = HEADERS, name: str = "s.csv") -> Path:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headers, *rows])
    return path


def shown(desk: Any, *paths: Path) -> ImportPage:
    page = ImportPage(desk.workspace)
    desk.qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.show_place(Place("import", payload=tuple(map(str, paths)) or None))
    desk.settle()
    return page


@pytest.mark.parametrize(("scale", "width"), [(1.0, 824), (1.5, 750), (1.5, 1005)])
def test_the_columns_do_not_scroll_sideways(empty_desk: Any, tmp_path: Path, scale: float, width: int) -> None:
    path = sheet(tmp_path, headers=[*HEADERS[:3], "A column whose name goes on and on", *HEADERS[4:]])
    page = shown(empty_desk, path)
    page.theme.set("light", scale)
    page.resize(width, 700)
    tab = page.shown.columns
    page.shown.tabs.tabs["columns"].click()
    QApplication.processEvents()
    assert tab.isVisible()
    assert tab._scroll._inner.width() <= tab._scroll.viewport().width()
    assert all(line.samples.isVisible() is (width >= 560 * scale + 60) for line in tab._lines.values())


def test_nothing_is_written_before_accept_and_undo_takes_it_back(empty_desk: Any, tmp_path: Path) -> None:
    page = shown(empty_desk, sheet(tmp_path))
    assert page.shown.summary.text().startswith("3 new, 0 updated, 0 to decide")
    assert page.shown.silent.text() == "2 have not said what they may be asked about."
    assert page.accept.text() == "Add 3 members"
    assert list_members(empty_desk.store) == ()
    page.accept.click()
    empty_desk.settle()
    rows = {row.name: row for row in list_members(empty_desk.store)}
    assert set(rows) == {"Amina Yusuf", "Bev Hartley", "Tomasz Wilk"}
    assert rows["Amina Yusuf"].consent[Purpose.POLICY] is State.GIVEN
    said = empty_desk.heard.said[-1]
    assert said.words == "Added 3 members."
    assert empty_desk.heard.went[-1] == Place("members")
    assert not any(table.lines.rows for table in page.shown.tables.values())  # they would be held for nobody
    empty_desk.workspace.undo(said.batch)
    empty_desk.settle()
    assert {row.name for row in list_members(empty_desk.store)} <= {"Tomasz Wilk"}  # holds a no


def test_unreadable_rows_say_why(empty_desk: Any, tmp_path: Path) -> None:
    page = shown(empty_desk, sheet(tmp_path))
    (line,) = page.shown.tables["unread"].lines.rows
    assert line.row == 5
    assert line.why


def test_what_she_may_be_asked_is_seen_before_it_is_saved(empty_desk: Any, tmp_path: Path) -> None:
    page = shown(empty_desk, sheet(tmp_path))
    told = {line.name: line.asked for line in page.shown.tables["new"].lines.rows}
    assert told == {"Amina Yusuf": "Yes: policy", "Bev Hartley": "Nothing said", "Tomasz Wilk": "No: policy"}


def test_a_box_left_unticked_later_is_seen_to_take_its_yes_back(empty_desk: Any, tmp_path: Path) -> None:
    question = "Are you happy for us to contact you about ... (tick all that apply)"
    headers = ["Timestamp", "Name", "Email", "Town", question]
    both = "Policy makers (e.g. government, councils, MPs), University researchers"
    first = ["01/05/2026 09:00:00", "Amina Yusuf", "amina@example.org", "Leeds", both]
    page = shown(empty_desk, sheet(tmp_path, [first], headers))
    page.accept.click()
    empty_desk.settle()
    later = ["01/06/2026 09:00:00", "Amina Yusuf", "amina@example.org", "Leeds", "University researchers"]
    page.show_place(Place("import", payload=(str(sheet(tmp_path, [first, later], headers, "later.csv")),)))
    empty_desk.settle()
    (line,) = page.shown.tables["updated"].lines.rows
    assert line.asked == "No longer: policy  ·  Yes: academic"


def test_a_value_that_is_newer_here_is_shown_beside_the_one_of_the_row(empty_desk: Any, tmp_path: Path) -> None:
    headers = ["Timestamp", *HEADERS]
    first = ["01/05/2026 09:00:00", "Amina Yusuf", "amina@example.org", "", "Leeds", "Yes"]
    page = shown(empty_desk, sheet(tmp_path, [first], headers))
    page.accept.click()
    empty_desk.settle()
    edit_member(empty_desk.store, "amina@example.org", {"town": "Otley"})
    later = ["02/05/2026 09:00:00", "Amina Yusuf", "amina@example.org", "", "York", "Yes"]
    page.show_place(Place("import", payload=(str(sheet(tmp_path, [first, later], headers, "later.csv")),)))
    empty_desk.settle()
    (line,) = page.shown.tables["updated"].lines.rows
    assert line.stays.startswith("Town stays Otley (this row says York)")


def test_the_rows_that_cannot_be_read_are_saved_as_a_list(
    empty_desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(empty_desk, sheet(tmp_path))
    page.shown.turn_to("unread")
    target = tmp_path / "list"
    monkeypatch.setattr(module, "choose_where", lambda *_: str(target))
    page.shown.save_unread.click()
    empty_desk.settle()
    (rows,) = (one.rows for one in read_workbook(target.with_suffix(".xlsx")).sheets)
    assert [row.cells[:2] for row in rows] == [("Sheet", "Row"), ("s", 5)]
    assert empty_desk.heard.said[-1].words == "Saved 1 row in list.xlsx."


def test_a_column_is_corrected_and_the_preview_follows(empty_desk: Any, tmp_path: Path) -> None:
    page = shown(empty_desk, sheet(tmp_path))
    meaning = page.shown.columns.meaning_of(3)
    assert meaning.currentData() in ("town", "area")
    meaning.setCurrentIndex(meaning.findData("role"))
    meaning.activated.emit(meaning.currentIndex())
    empty_desk.settle()
    assert page.seen is not None
    assert page.seen.plan.mapping[3] == "role"
    assert page.seen.columns[3].sure == "Your choice"
    assert page.keeps_unsaved()
    page.accept.click()
    empty_desk.settle()
    assert {row.town for row in list_members(empty_desk.store)} == {None}


def test_known_people_are_updated_and_what_changes_is_shown(empty_desk: Any, tmp_path: Path) -> None:
    add_member(empty_desk.store, {"first_name": "Amina", "last_name": "Yusuf", "email": "amina@example.org"})
    page = shown(empty_desk, sheet(tmp_path))
    (line,) = page.shown.tables["updated"].lines.rows
    assert "Town: Leeds" in line.words
    assert page.accept.text() == "Add 2 and update 1"


@pytest.mark.parametrize(("answer", "members"), [("leave", 1), ("same", 1), ("new", 2)])
def test_rows_to_decide_stand_side_by_side(empty_desk: Any, tmp_path: Path, answer: str, members: int) -> None:
    values = {"first_name": "Julie", "last_name": "Marsden", "email": "julie@example.org", "town": "Leeds"}
    add_member(empty_desk.store, values)
    row = ["Julie Marsden", "jm@example.net", "07700 900777", "", ""]
    page = shown(empty_desk, sheet(tmp_path, [row, ["Rita Okafor", "rita@example.org", "", "York", ""]]))
    assert page.seen is not None
    (doubt,) = page.seen.doubts
    card = page.shown.decide.cards[doubt.row]
    assert any(fact.label == "E-mail" and fact.differs for fact in doubt.facts)
    card.choice.set_current(answer)
    card.choice.chosen.emit(answer)
    empty_desk.settle()
    assert page.shown.decide.cards[doubt.row] is card  # still there, to change her mind
    assert page.seen.undecided == (1 if answer == "leave" else 0)
    page.accept.click()
    empty_desk.settle()
    assert sum(row.name == "Julie Marsden" for row in list_members(empty_desk.store)) == members


def test_a_preview_follows_what_is_written_meanwhile(empty_desk: Any, tmp_path: Path) -> None:
    page = shown(empty_desk, sheet(tmp_path))
    member = add_member(empty_desk.store, {"first_name": "Bev", "email": "bev@example.org"}).id
    edit_member(empty_desk.store, member, {"town": "York"})
    empty_desk.workspace.changed.emit()
    empty_desk.settle()
    assert page.shown.summary.text().startswith("2 new, 1 updated")
    page.accept.click()
    empty_desk.settle()
    assert len(list_members(empty_desk.store)) == 3


def test_a_file_that_is_no_spreadsheet_is_said_in_place_with_a_way_on(
    empty_desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 not really")
    page = shown(empty_desk, bad)
    assert page.trouble.isVisible()
    assert "bad.xlsx" in page.trouble.accessibleName()
    assert page.empty.isVisible()
    monkeypatch.setattr(module, "choose_spreadsheet", lambda _parent: str(sheet(tmp_path)))
    page.trouble.acted.emit("other")
    page._retry.click()
    empty_desk.settle()
    assert not page.trouble.isVisible()
    assert page.shown.summary.text().startswith("3 new")


def test_a_sheet_where_nobody_is_recognised_lets_her_say_which_column_is_which(
    empty_desk: Any, tmp_path: Path
) -> None:
    rows = [["zephyr quill", "red"], ["marlow finch", "blue"]]
    page = shown(empty_desk, sheet(tmp_path, rows, ["Xyz", "Abc"]))
    assert page.trouble.isVisible()
    assert not page.accept.isEnabled()
    meaning = page.shown.columns.meaning_of(0)
    meaning.setCurrentIndex(meaning.findData("full_name"))
    meaning.activated.emit(meaning.currentIndex())
    empty_desk.settle()
    assert not page.trouble.isVisible()
    assert page.shown.summary.text().startswith("2 new")


def test_a_reading_that_is_stopped_leaves_a_page_to_start_again(empty_desk: Any, tmp_path: Path) -> None:
    page = ImportPage(empty_desk.workspace)
    empty_desk.qtbot.addWidget(page)
    page.show()
    page.show_place(Place("import", payload=(str(sheet(tmp_path)),)))
    assert page._reading is not None
    page._reading.cancel()
    empty_desk.settle()
    assert page.empty.isVisible()
    assert page.trouble.isVisible()


def test_the_next_file_follows_the_one_accepted(empty_desk: Any, tmp_path: Path) -> None:
    more = sheet(tmp_path, [["Rita Okafor", "rita@example.org", "", "York", ""]], name="more.csv")
    page = shown(empty_desk, sheet(tmp_path), more)
    assert "more.csv" in page.queue.accessibleName()
    page.accept.click()
    empty_desk.settle()
    assert page.shown.summary.text().startswith("1 new")
    assert not page.queue.isVisible()


def test_who_was_erased_and_signed_up_again_is_let_back_in_one_by_one(
    empty_desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_NOW", "2026-11-23T09:00")
    amina = add_member(empty_desk.store, {"first_name": "Amina", "last_name": "Yusuf", "email": PEOPLE[0][1]})
    erase(empty_desk.store, amina.id)
    monkeypatch.setenv("MATCHER_NOW", "2026-12-20T09:00")
    again = sheet(tmp_path, [["2026-12-01 10:00", *PEOPLE[0]]], ["Timestamp", *HEADERS])
    page = shown(empty_desk, again)
    [card] = page.shown.decide.cards.values()
    assert "signed up again since" in card.doubt.reason
    assert [choice.text() for choice in card.choice._choices.values()] == ["Leave out", "Let back in"]
    sides = card.findChild(SideBySide)
    assert sides is not None
    assert (sides.accessibleName(), sides.accessibleDescription()) == ("Row 2", "")
    assert [label.text() for label in sides.findChildren(Label)].count("Amina") == 1
    card.choice.set_current("new")
    card.choice.chosen.emit("new")
    empty_desk.settle()
    page.accept.click()
    empty_desk.settle()
    [back] = list_members(empty_desk.store)
    assert (back.name, back.consent[Purpose.POLICY]) == ("Amina Yusuf", State.GIVEN)
