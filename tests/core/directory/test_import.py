"""Files of many shapes, brought in for the first time: whom they name, and what each of them said."""

from datetime import UTC, date, datetime

import pytest
from tests.core.directory.conftest import ALL, HEAD, Bring, MakeFile, ann, form, vars_of

from matcher.directory import (
    Outcome,
    list_members,
    member_page,
    plan_import,
)
from matcher.errors import UserError
from matcher.model import ASKING, Purpose, State
from matcher.storage import Store


@pytest.mark.parametrize("name", ["form.csv", "form.xlsx", "form.ods"])
def test_one_answer_in_every_kind_of_file(bring_in: Bring, name: str) -> None:
    found = bring_in(form(ann("03/04/2026 10:05:00", "University researchers - but ask me first")), name)["Ann"]
    assert (found.last_name, found.email, found.phone) == ("Lee", "ann@example.org", "07700 900111")
    assert (found.town, found.postcode_district, found.region) == ("Leeds", "LS6", "Yorkshire and The Humber")
    assert found.last_answer_at == datetime(2026, 4, 3, 9, 5, tzinfo=UTC)
    assert found.joined_on == date(2026, 4, 3)
    assert found.consent == {Purpose.ACADEMIC: State.ASK_FIRST}
    assert [(s.file, s.row) for s in found.sources] == [(name, 2)]


def test_only_her_last_answer_speaks_and_blanks_erase_nothing(bring_in: Bring) -> None:
    found = bring_in(form(
        ann("05/05/2026 09:00:00", "Care sector events", about="", phone=""),
        ann("04/05/2026 09:00:00"),
    ))["Ann"]  # fmt: skip
    assert (found.experience_text, found.phone) == ("I care.", "07700 900111")
    assert found.consent == {Purpose.SECTOR: State.GIVEN}
    assert [source.row for source in found.sources] == [3, 2]


def test_a_word_in_the_place_of_a_date_is_told_as_unreadable(store: Store, make_file: MakeFile) -> None:
    rows = [("rubbish", *[""] * 8), ("02/05/2026 09:00:00", *[""] * 8), ann("01/05/2026 09:00:00")]
    plan = plan_import(store, make_file("form.csv", form(*rows)))
    assert [row.outcome for row in plan.rows] == [Outcome.UNREADABLE, Outcome.EMPTY, Outcome.NEW]


def test_one_name_in_two_towns_and_two_on_one_phone(bring_in: Bring) -> None:
    found = bring_in(form(
        ann("01/05/2026 09:00:00"),
        ann("02/05/2026 09:00:00", email="ann.lee@example.org", phone="07700 900112", town="Derby", code="DE24"),
        ann("03/05/2026 09:00:00", name="Bea Lee", email="bea@example.org"),
    ))  # fmt: skip
    assert len(found) == 2  # two Anns share a first name here
    assert found["Bea"].shared_phone
    assert not found["Ann"].shared_phone or found["Ann"].town == "Leeds"


def test_tests_headings_totals_and_blank_rows_are_nobody(store: Store, make_file: MakeFile) -> None:
    plan = plan_import(store, make_file("form.csv", form(
        ("01/05/2026 09:00:00", "test test", "test@example.org", "", "asdf", "", "", "", ""),
        ("", "--- new people ---", "", "", "", "", "", "", ""),
        ("", "", "", "", "", "", "", "", ""),
        HEAD,
        ("02/05/2026 09:00:00", "", "", "", "Leeds", "", "hello", "", ""),
        ann("03/05/2026 09:00:00"),
    )))  # fmt: skip
    told = {row.row: row.outcome for row in plan.rows}
    assert told[2] is Outcome.TEST
    assert told[3] is Outcome.UNREADABLE
    assert told[5] is Outcome.EMPTY
    assert told[6] is Outcome.UNREADABLE
    assert told[7] is Outcome.NEW


def test_american_dates_of_microsoft_forms(bring_in: Bring) -> None:
    head = (
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Your name",
        "Your email",
        "Journalists may contact me",
    )
    found = bring_in([
        head,
        (1, "3/4/26 9:00:00", "3/4/26 9:05:00", "anonymous", "", "Ann Lee", "ann@example.org", "Yes"),
        (2, "3/14/26 9:00:00", "3/14/26 9:05:00", "anonymous", "", "Bea Moss", "bea@example.org", "No"),
    ])  # fmt: skip
    assert found["Ann"].joined_on == date(2026, 3, 4)
    assert found["Ann"].consent == {Purpose.MEDIA: State.GIVEN}
    assert found["Bea"].consent == {Purpose.MEDIA: State.REFUSED}


def test_yes_no_and_ask_me_first_columns(bring_in: Bring) -> None:
    found = bring_in([
        ("First name", "Surname", "Phone", "Policy", "Research", "Media", "OK to contact?"),
        ("Ann", "Lee", 7700900111, "Y", "n", "maybe, ask me first", "yes"),
        ("Bea", "Moss", "+44 7700 900112", "", "", "", "yes"),
    ], "list.xlsx")  # fmt: skip
    assert found["Ann"].phone == "07700 900111"
    assert found["Ann"].consent == {
        Purpose.POLICY: State.GIVEN, Purpose.ACADEMIC: State.REFUSED, Purpose.MEDIA: State.ASK_FIRST
    }  # fmt: skip
    assert found["Bea"].consent == {}


@pytest.mark.parametrize("said", ["None of these", "", "Nothing except the newsletter"])
def test_no_yes_where_none_was_said(bring_in: Bring, said: str) -> None:
    other = ann("01/05/2026 09:00:00", name="Bea Moss", email="bea@example.org", phone="", town="York", code="YO31")
    found = bring_in(form(other, ann("01/05/2026 09:00:00", said)))["Ann"]
    assert not {State.GIVEN, State.ASK_FIRST} & {found.consent.get(purpose) for purpose in ASKING[:4]}


def test_mailchimp_finds_those_we_know_and_gives_no_permission(bring_in: Bring) -> None:
    bring_in(form(ann("04/05/2026 09:00:00", "Care sector events", name="Aušra Lee")))
    found = bring_in([
        ("Email Address", "First Name", "Last Name", "MMERGE6", "REGION", "OPTIN_TIME", "OPTIN_IP", "NOTES",
         "TAGS"),
        ("ANN@example.org", "Au?ra", "Lee", "Yorks & Humber", "ENG", "2026-06-01 09:00:00", "192.0.2.1", "moody",
         '"media ok"'),
        ("new@example.org", "Cat", "Doe", "Wales", "WLS", "2026-06-02 09:00:00", "192.0.2.2", "", ""),
    ], "mailchimp.csv")  # fmt: skip
    assert set(found) == {"Aušra", "Cat"}
    assert found["Aušra"].consent == {Purpose.SECTOR: State.GIVEN}
    assert (found["Cat"].region, found["Cat"].consent) == ("Wales", {})
    assert not any("moody" in str(value) or "192.0.2" in str(value) for value in vars_of(found["Aušra"]))


def test_an_answer_promised_never_to_be_shared_is_marked_so(bring_in: Bring) -> None:
    found = bring_in([
        ("Name", "Email", "Visa status (optional, we never share this)", "Gender"),
        ("Ann Lee", "ann@example.org", "settled status", "F"),
    ])["Ann"]  # fmt: skip
    assert found.never_share == ["migration_status"]


def test_a_file_with_nobody_in_it_is_refused_by_name(store: Store, make_file: MakeFile) -> None:
    with pytest.raises(UserError) as caught:
        plan_import(store, make_file("stock.csv", [("Colour", "Size"), ("red", "10")]))
    assert "stock.csv" in str(caught.value)
    assert "“Colour”" in str(caught.value)
    assert list_members(store) == ()


@pytest.mark.parametrize(
    ("said", "conditions"),
    [
        (ALL, "please take me off your list"),
        (f"{ALL}, please remove me", ""),
        (ALL, "I no longer want to be contacted"),
    ],
)
def test_asking_to_be_left_out_counts_over_every_tick(
    bring_in: Bring, store: Store, said: str, conditions: str
) -> None:
    member = bring_in(form(ann("01/09/2026 10:00", said, conditions=conditions)))["Ann"]
    assert set(member.consent) == set(ASKING)
    assert set(member.consent.values()) == {State.WITHDRAWN}
    evidence = member_page(store, member.id).permissions[0].evidence
    assert "row 2" in evidence
    assert (conditions or "please remove me") in evidence


def test_words_that_only_sound_like_leaving_leave_nothing(bring_in: Bring) -> None:
    said = "don't take me off the list when I am quiet. My agency would not stop calling me"
    member = bring_in(form(ann("01/09/2026 10:00", conditions=said)))["Ann"]
    assert member.consent[Purpose.MEDIA] is State.GIVEN


def test_a_name_of_several_places_is_settled_by_a_postcode_or_asked(
    bring_in: Bring, store: Store, make_file: MakeFile
) -> None:
    head = ("Name", "Email", "Town", "Postcode")
    found = bring_in(
        [
            head,
            ("Jo Hall", "jo@example.org", "Beeston", "LS11"),
            ("Al Moss", "al@example.org", "Beeston", "NG9 1AA"),
        ]
    )
    assert {name: row.region for name, row in found.items()} == {
        "Jo": "Yorkshire and The Humber", "Al": "East Midlands"
    }  # fmt: skip
    plan = plan_import(store, make_file("b.csv", [head, ("Di Cole", "di@example.org", "Beeston", "")]))
    several = "Beeston (Nottinghamshire) or Beeston (West Yorkshire) or Beeston (Norfolk)"
    assert f"“Beeston” could be {several}: ask for the postcode (row 2)." in plan.notes
