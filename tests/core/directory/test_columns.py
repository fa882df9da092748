"""Columns are recognised whatever tool wrote the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from matcher.directory import recognise, targets
from matcher.directory.importing.headers import meanings
from matcher.directory.importing.rows import RowReader
from matcher.directory.importing.survey import Surveyor
from matcher.errors import UserError
from matcher.model import Decision


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[Any, ...]


def sheet(*rows: Sequence[Any], first: int = 1) -> list[Row]:
    return [Row(number, tuple(cells)) for number, cells in enumerate(rows, first)]


def mapped(rows: list[Row]) -> dict[str, str | None]:
    return {column.header: column.field for column in recognise(rows).columns}


ANN = ("Ann", "Lee", "ann@example.org", "07700 900111")


def test_short_headers() -> None:
    found = mapped(sheet(
        ("Forename", "Surname", "E-mail", "Mobile", "Town", "Postcode", "Job title", "Languages", "Notes"),
        (*ANN, "Leeds", "LS1", "carer", "English", "call after 5"),
    ))  # fmt: skip
    assert found == {
        "Forename": "first_name", "Surname": "last_name", "E-mail": "email", "Mobile": "phone", "Town": "town",
        "Postcode": "postcode_district", "Job title": "role", "Languages": "languages", "Notes": "ignore",
    }  # fmt: skip


def test_question_sentences_the_program_never_saw() -> None:
    found = mapped(sheet(
        ("Submission date", "Your full name", "What e-mail should we use?", "A phone number for you",
         "Where are you based?", "How many years have you worked in care?", "Which people do you support?",
         "Please describe yourself and your work", "What issues are you passionate about?",
         "What days and times suit you?", "Anything else we ought to know?", "What is your age?",
         "May we contact you about research, policy or media requests?"),
        ("03/04/2026 10:00", "Ann Lee", "ann@example.org", "07700 900111", "Leeds", "7", "Older people",
         "I care.", "Pay", "Mondays", "", "35-44", "Researchers, Policy makers"),
    ))  # fmt: skip
    assert list(found.values()) == [
        "last_answer_at", "full_name", "email", "phone", "area", "start_year", "care_types", "experience_text",
        "interests_text", "availability_text", "conditions_text", "age_band", "permissions",
    ]  # fmt: skip


def test_microsoft_forms_with_an_anonymous_account_column() -> None:
    found = recognise(sheet(
        ("ID", "Start time", "Completion time", "Email", "Name", "What is your name?", "What is your email?"),
        (1, "3/14/26 9:00:00", "3/14/26 9:05:00", "anonymous", None, "Ann Lee", "ann@example.org"),
        (2, "3/15/26 9:00:00", "3/15/26 9:05:00", "anonymous", None, "Bea Moss", "bea@example.org"),
    ))  # fmt: skip
    fields = {column.index: column.field for column in found.columns}
    assert fields[0] == "says_nothing"
    assert fields[2] == "last_answer_at"
    assert (fields[3], fields[5], fields[6]) == (None, "full_name", "email")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (("Given Name", "Family Name", "E-mail 1 - Value", "Phone 1 - Value", "Organization 1 - Title"),
         ("first_name", "last_name", "email", "phone", "role")),
        (("First Name", "Last Name", "E-mail Address", "Mobile Phone", "Job Title"),
         ("first_name", "last_name", "email", "phone", "role")),
        (("First Name", "Last Name", "Email", "Phone (primary)", "Job Title"),
         ("first_name", "last_name", "email", "phone", "role")),
        (("FNAME", "LNAME", "Email Address", "PHONE", "ROLE"),
         ("first_name", "last_name", "email", "phone", "role")),
    ],
    ids=["google contacts", "outlook", "civicrm", "mailchimp"],
)  # fmt: skip
def test_contacts_of_other_tools(headers: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert tuple(mapped(sheet(headers, (*ANN, "carer"))).values()) == expected


def test_values_tell_what_a_nameless_column_holds() -> None:
    found = mapped(sheet(
        ("Email Address", "MMERGE5", "MMERGE6", "MMERGE7"),
        ("ann@example.org", "07700900111", "East Midlands", "NG18"),
        ("bea@example.org", "07700900112", "Wales", "CF11 6XF"),
    ))  # fmt: skip
    assert found == {
        "Email Address": "email", "MMERGE5": "phone", "MMERGE6": "region", "MMERGE7": "postcode_district"
    }  # fmt: skip


def test_banner_rows_are_skipped_and_the_sheets_row_number_is_told() -> None:
    layout = recognise(sheet(
        ("OUR MEMBERS - do not share",), ("last updated by Jo, name and e-mail checked",),
        ("Name", "E-mail", "Tel"), ("Ann Lee", "ann@example.org", "07700 900111"), first=4,
    ))  # fmt: skip
    assert layout.header_row == 6


@pytest.mark.parametrize(
    "header", ["NOTES - admin only", "Office use only", "IP Address", "MEMBER_RATING", "Admin notes"]
)
def test_what_is_the_offices_own_is_never_imported(header: str) -> None:
    assert mapped(sheet(("Name", header), ("Ann Lee", "difficult")))[header] in ("ignore", "says_nothing")


def test_consent_to_nothing_in_particular_is_not_taken_for_permission() -> None:
    found = mapped(sheet(("Name", "OK to contact?"), ("Ann Lee", "Y")))
    assert found["OK to contact?"] == "may_contact"  # of which only a no counts


def test_single_permission_columns() -> None:
    found = mapped(sheet(
        ("Name", "Happy to talk to journalists?", "May universities contact you?", "Policy"),
        ("Ann Lee", "Yes", "no", "ask me first"),
    ))  # fmt: skip
    assert list(found.values())[1:] == ["permission:media", "permission:academic", "permission:policy"]


def test_a_sheet_without_anybody_says_which_headers_it_has() -> None:
    with pytest.raises(UserError, match="“Colour”, “Size”"):
        recognise(sheet(("Colour", "Size"), ("red", "10")))


def test_every_guess_is_something_a_column_can_be() -> None:
    layout = recognise(sheet(("Name", "E-mail", "Age", "Visa"), ("Ann Lee", "ann@example.org", "35-44", "none")))
    assert {column.field for column in layout.columns} <= set(targets())


@pytest.mark.parametrize("header", [
    "Have you ever spoken to the media?", "Are you employed by a council?", "Do you use social media?",
    "Privacy policy accepted", "Has your story been in the press?", "Are you a student or a researcher?",
    "Do you read our newsletter?", "Are you involved in campaigns?", "Media experience", "Press officer?",
    "Research nurse", "University educated?", "Any media training?", "Would you worry about the press?",
    "Does your employer allow you to speak to journalists?", "Do you trust journalists?", "Council in-house?",
    "Media consent form sent?", "I agree to the research privacy notice", "Has a researcher contacted you?",
    "Do you want to stop hearing from journalists?", "Are you happy NOT to be contacted by researchers?",
    "Would you mind being rung by the press?",
])  # fmt: skip
def test_a_yes_to_something_else_is_no_permission(header: str) -> None:
    rows = sheet(("Name", header), ("Ann Lee", "Yes"), ("Bea Moss", "No"), ("Cat Dunn", "Yes"))
    layout = recognise(rows)
    mapping = {column.index: column.field for column in layout.columns if column.field}
    reader = RowReader(layout, mapping, Surveyor(layout, mapping).look(rows), {})
    said = [decision for row in rows if (answer := reader.read(row)) for decision in answer.decisions.values()]
    assert not {Decision.GIVEN, Decision.ASK_FIRST} & set(said)


@pytest.mark.parametrize("header", [
    "Can journalists contact you?", "OK with media?", "Press", "Happy to take part in research?", "Talk to press?",
    "Would you like to hear about university studies?", "I am willing to speak to MPs", "Media (Y/N)",
    "Consent: academic research", "Open to media requests?", "May we share your details with researchers?",
])  # fmt: skip
def test_a_question_about_one_purpose_is_recognised(header: str) -> None:
    found = mapped(sheet(("Name", header), ("Ann Lee", "Yes"), ("Bea Moss", "No")))
    assert str(found[header]).startswith("permission:")


def test_an_answer_is_no_header() -> None:
    layout = recognise(sheet(("Name", "Do you drive?"), ("Ann Lee", "Yes"), ("Bea Moss", "No")))
    assert layout.header_row == 1


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("What do you want to raise?", "interests_text"),
        ("What do you want people in power to hear?", "interests_text"),
        ("What would you like researchers or politicians to know?", "interests_text"),
        ("Would you like to hear from journalists?", "permission:media"),
    ],
)
def test_a_question_about_what_they_would_say_asks_for_no_permission(header: str, field: str) -> None:
    found = meanings(header)
    assert max(found, key=lambda name: found[name]) == field


def test_a_header_that_names_one_thing_is_not_taken_for_another_by_its_values() -> None:
    head = ["Email Address", "MMERGE6", "REGION"]
    people = [["a@example.org", "East Midlands", "ENG"], ["b@example.org", "Wales", "WLS"]]
    assert mapped(sheet(head, *people)) == {"Email Address": "email", "MMERGE6": "region", "REGION": None}


def test_a_list_without_headers_begins_with_its_first_row() -> None:
    layout = recognise(sheet(["Jo Hall", "jo@example.org", "Louth"], ["Al Moss", "al@example.org", "Boston"]))
    assert layout.header_row == 0
    assert [column.field for column in layout.columns] == ["full_name", "email", "town"]
    assert layout.shape is None
