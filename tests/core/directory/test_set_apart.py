"""Whom a book sets apart keeps no yes, whatever was recorded before, and the preview names the sheet."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from matcher.consent import history
from matcher.directory import import_members, list_members, plan_import
from matcher.directory.importing.other_sheets import not_to_be_asked
from matcher.files.readers.workbooks import read_workbook
from matcher.knowledge.answer_keys import yes_means_no
from matcher.knowledge.leaving import noted_as_left
from matcher.model import Decision, Purpose, State
from matcher.storage import Store, reading

MEMBERS = (
    ("Name", "Email", "Mobile", "OK for media?", "OK for research?"),
    ("Ann Lee", "ann@example.org", "07700 900301", "Yes", "Yes"),
    ("Bea Moss", "bea@example.org", "07700 900302", "Yes", "Yes"),
)


def book_of(path: Path, sheets: Mapping[str, Sequence[Sequence[str]]], struck: str = "") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if struck:
        book["Members"][struck].font = Font(strike=True)
    book.save(path)
    return path


def media(store: Store) -> dict[str, State | None]:
    return {member.first_name or "": member.consent.get(Purpose.MEDIA) for member in list_members(store)}


def test_a_yes_recorded_before_goes_when_she_is_put_on_the_list(store: Store, tmp_path: Path) -> None:
    import_members(store, plan_import(store, book_of(tmp_path / "a.xlsx", {"Members": MEMBERS})))
    assert media(store) == {"Ann": State.GIVEN, "Bea": State.GIVEN}
    later = book_of(tmp_path / "b.xlsx", {"Members": MEMBERS, "Don't ask": [["Lee, Ann"], ["Cat Stone"]]})
    plan = plan_import(store, later)
    assert [note for note in plan.notes if "Don't ask" in note] == [
        "Sheet “Don't ask” was read as a list of people not to be asked: 1 of “Members” are on it.",
        "Nobody of “Members” was found for row 2 of sheet “Don't ask”: look yourself.",
        "No yes was taken for row 2, on the sheet “Don't ask”.",
    ]
    import_members(store, plan)
    assert media(store) == {"Ann": State.WITHDRAWN, "Bea": State.GIVEN}


def test_a_list_of_people_not_to_be_asked_is_not_taken_for_the_members(store: Store, tmp_path: Path) -> None:
    longer = [MEMBERS[0], *(row for row in MEMBERS[1:] for _ in range(3))]
    path = book_of(tmp_path / "a.xlsx", {"Left": longer, "Members": MEMBERS})
    assert plan_import(store, path).sheet == "Members"
    import_members(store, plan_import(store, path, sheet="Left"))
    assert media(store) == {"Ann": None, "Bea": None}


def test_a_name_struck_through_is_told_with_its_cell(store: Store, tmp_path: Path) -> None:
    path = book_of(tmp_path / "a.xlsx", {"Members": MEMBERS}, struck="A3")
    assert read_workbook(path).sheets[0].struck == ((3, "A"),)
    import_members(store, plan_import(store, path))
    assert media(store) == {"Ann": State.GIVEN, "Bea": State.WITHDRAWN}


@pytest.mark.parametrize(
    "name", ["DON'T ASK", "Do not contact", "RIP", "Left 2025", "unsubscribed_2026", "Leavers"]
)
def test_names_of_lists_of_people_not_to_be_asked(name: str) -> None:
    assert not_to_be_asked(name)


@pytest.mark.parametrize("name", ["Members", "People left to call", "Christmas tea", "Notes", "North", "Trip 2025"])
def test_names_of_other_sheets(name: str) -> None:
    assert not not_to_be_asked(name)


@pytest.mark.parametrize(
    ("key", "turned"),
    [("Y = does not want contact", True), ("1: No", True), ("Y = yes, N = no", False), ("1 = yes; 0 = no", False)],
)
def test_keys_by_which_a_yes_is_a_no(key: str, turned: bool) -> None:
    assert yes_means_no(key) is turned


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("wants out", True),
        ("says she never signed up", True),
        ("wife says he passed in July", True),
        ("opted out by phone", True),
        ("do not use", True),
        ("do not use old number", False),
        ("he passed on my name", False),
        ("objected to uniform", False),
        ("never asked to do nights", False),
    ],
)
def test_notes_that_she_left(note: str, left: bool) -> None:
    assert noted_as_left(note) is left


def listed(folder: Path, *rows: Sequence[str], name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(",".join(row) for row in (("Name", "Email", "OK for media?", "Jottings"), *rows)))
    return path


def test_a_yes_given_before_is_asked_about_when_a_remark_comes_to_stand_beside_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_NOW", "2026-11-22T09:00")
    import_members(store, plan_import(store, listed(tmp_path, ("Ann Lee", "ann@example.org", "Yes", ""))))
    monkeypatch.setenv("MATCHER_NOW", "2026-11-23T09:00")
    later = listed(tmp_path, ("Ann Lee", "ann@example.org", "Yes", "popped her clogs in May"))
    import_members(store, plan_import(store, later))
    assert media(store) == {"Ann": State.ASK_FIRST}


def test_a_column_that_she_says_to_be_about_nothing_of_it_raises_no_question(store: Store, tmp_path: Path) -> None:
    path = listed(tmp_path, ("Ann Lee", "ann@example.org", "Yes", "bakes for the fete"))
    import_members(store, plan_import(store, path, mapping={"Jottings": "says_nothing"}))
    assert media(store) == {"Ann": State.GIVEN}


def test_a_yes_ends_on_the_day_that_the_sheet_says(store: Store, tmp_path: Path) -> None:
    path = listed(tmp_path, ("Ann Lee", "ann@example.org", "ok until 31 Jan 2027", ""))
    import_members(store, plan_import(store, path))
    (ann,) = list_members(store)
    with reading(store) as session:
        (said,) = history(session, ann.id)
    assert (said.decision, said.valid_until) == (Decision.GIVEN, date(2027, 1, 31))


def test_of_two_answers_without_a_date_that_say_otherwise_neither_is_a_yes(store: Store, tmp_path: Path) -> None:
    rows = (("Ann Lee", "ann@example.org", "No", ""), ("Ann Lee", "ann@example.org", "Yes", ""))
    import_members(store, plan_import(store, listed(tmp_path, *rows)))
    assert media(store) == {"Ann": State.ASK_FIRST}
