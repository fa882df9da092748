"""Files of many shapes, brought in, again, and against what is there already."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from matcher.consent import undo, withdraw
from matcher.directory import (
    MemberRow,
    Outcome,
    SameRow,
    edit_member,
    find_member,
    import_members,
    list_members,
    member_page,
    merge_members,
    plan_import,
    possible_duplicates,
)
from matcher.errors import Cancelled, UserError
from matcher.model import ASKING, How, Purpose, State
from matcher.progress import Progress
from matcher.storage import Store

MakeFile = Callable[[str, Sequence[Sequence[Any]]], Path]
QUESTION = "Are you happy for us to contact you about ... (tick all that apply)"
HEAD = (
    "Timestamp", "Name", "Email", "Mobile", "Town", "Postcode", "About you", QUESTION, "Anything we should know?"
)  # fmt: skip
ALL = (
    "Policy makers (e.g. government, councils, MPs), University researchers, Journalists, TV and radio, "
    "Care sector events"
)


def form(*answers: Sequence[Any]) -> list[Sequence[Any]]:
    return [HEAD, *answers]


def ann(at: str, said: str = ALL, **other: Any) -> tuple[Any, ...]:
    cells = {
        "at": at, "name": "Ann Lee", "email": "ann@example.org", "phone": "07700 900111", "town": "Leeds",
        "code": "LS6 2AB", "about": "I care.", "said": said, "conditions": "",
    } | other  # fmt: skip
    return tuple(cells.values())


@pytest.fixture
def bring_in(store: Store, make_file: MakeFile) -> Callable[..., dict[str, MemberRow]]:
    """Import rows; return the members by first name."""

    def bring(rows: Sequence[Sequence[Any]], name: str = "form.csv", **how: Any) -> dict[str, MemberRow]:
        import_members(store, plan_import(store, make_file(name, rows), **how))
        return {member.first_name or member.name: member for member in list_members(store)}

    return bring


Bring = Callable[..., dict[str, MemberRow]]


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


def test_a_later_file_withdraws_what_is_no_longer_ticked_and_an_older_one_changes_nothing(bring_in: Bring) -> None:
    bring_in(form(ann("04/05/2026 09:00:00")))
    later = bring_in(form(ann("06/05/2026 09:00:00", "University researchers", town="Hull", code="HU5")), "b.csv")[
        "Ann"
    ]
    assert later.consent[Purpose.ACADEMIC] is State.GIVEN
    assert later.consent[Purpose.MEDIA] is not State.GIVEN
    older = bring_in(form(ann("01/01/2026 09:00:00", town="York", code="YO31")), "c.csv")["Ann"]
    assert (older.town, older.postcode_district, older.consent) == ("Hull", "HU5", later.consent)


def test_unticked_everywhere_in_a_growing_file_is_withdrawn(bring_in: Bring) -> None:
    first = ann("04/05/2026 09:00:00")
    bring_in(form(first))
    found = bring_in(form(first, ann("06/05/2026 09:00:00", "")), "b.csv")["Ann"]
    assert set(found.consent.values()) == {State.WITHDRAWN}


def test_an_old_answer_never_overwrites_an_edit_made_in_matcher(
    store: Store, make_file: MakeFile, bring_in: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(form(ann("04/05/2026 09:00:00")))
    monkeypatch.setenv("MATCHER_NOW", "2026-11-24T09:00")
    edit_member(store, "ann@example.org", {"town": "Hull", "postcode_district": "HU5"})
    later = ann("10/05/2026 09:00:00", town="York", code="YO31", about="Still caring.")
    plan = plan_import(store, make_file("b.csv", form(later)))
    kept = {change.field for change in plan.rows[0].changes if change.kept}
    assert {"town", "postcode_district"} <= kept
    told = {(one.field, one.here, one.said) for one in plan.report().kept}
    assert {("town", "Hull", "York"), ("postcode_district", "HU5", "YO31")} <= told
    before = list_members(store)[0]
    import_members(store, plan)
    found = list_members(store)[0]
    assert (found.town, found.postcode_district, found.experience_text) == ("Hull", "HU5", "Still caring.")
    place = ("authority", "county", "region", "latitude", "longitude")
    assert [getattr(found, part) for part in place] == [getattr(before, part) for part in place]


def test_a_word_in_the_place_of_a_date_is_told_as_unreadable(store: Store, make_file: MakeFile) -> None:
    rows = [("rubbish", *[""] * 8), ("02/05/2026 09:00:00", *[""] * 8), ann("01/05/2026 09:00:00")]
    plan = plan_import(store, make_file("form.csv", form(*rows)))
    assert [row.outcome for row in plan.rows] == [Outcome.UNREADABLE, Outcome.EMPTY, Outcome.NEW]


def test_an_old_answer_fills_a_blank_only_where_it_agrees(
    store: Store, make_file: MakeFile, bring_in: Bring
) -> None:
    bring_in(form(ann("04/05/2026 09:00:00", town="Beeston", code="")))
    old = ann("04/05/2025 09:00:00", town="York", code="YO31")
    import_members(store, plan_import(store, make_file("old.csv", form(old))))
    found = list_members(store)[0]
    assert (found.town, found.postcode_district, found.region) == ("Beeston", None, None)
    same = ann("05/05/2025 09:00:00", town="Beeston", code="NG9")
    import_members(store, plan_import(store, make_file("same.csv", form(same))))
    found = list_members(store)[0]
    assert (found.town, found.postcode_district, found.region) == ("Beeston", "NG9", "East Midlands")


def test_the_same_file_again_changes_nothing(store: Store, make_file: MakeFile, bring_in: Bring) -> None:
    rows = form(ann("04/05/2026 09:00:00"))
    before = bring_in(rows)
    plan = plan_import(store, make_file("again.csv", rows))
    assert plan.counts == {Outcome.DUPLICATE: 1}
    import_members(store, plan)
    assert {m.first_name: m for m in list_members(store)} == before


def test_a_no_by_phone_is_not_lifted_by_a_form(store: Store, bring_in: Bring) -> None:
    bring_in(form(ann("04/05/2026 09:00:00")))
    withdraw(store, find_member(store, "ann@example.org"), Purpose.MEDIA, how=How.PHONE, evidence="rang")
    found = bring_in(form(ann("22/11/2026 09:00:00")), "b.csv")["Ann"]
    assert found.consent[Purpose.MEDIA] is State.WITHDRAWN


def test_undo_takes_an_import_back(store: Store, make_file: MakeFile) -> None:
    path = make_file("form.csv", form(ann("04/05/2026 09:00:00")))
    report = import_members(store, plan_import(store, path))
    undo(store, report.batch)
    assert list_members(store) == ()
    assert plan_import(store, path).counts == {Outcome.NEW: 1}


def test_one_name_in_two_towns_and_two_on_one_phone(bring_in: Bring) -> None:
    found = bring_in(form(
        ann("01/05/2026 09:00:00"),
        ann("02/05/2026 09:00:00", email="ann.lee@example.org", phone="07700 900112", town="Derby", code="DE24"),
        ann("03/05/2026 09:00:00", name="Bea Lee", email="bea@example.org"),
    ))  # fmt: skip
    assert len(found) == 2  # two Anns share a first name here
    assert found["Bea"].shared_phone
    assert not found["Ann"].shared_phone or found["Ann"].town == "Leeds"


def test_a_doubtful_row_is_left_out_until_it_is_decided(store: Store, make_file: MakeFile) -> None:
    other = ann("02/05/2026 09:00:00", name="Ron Moss", phone="", town="York", code="YO31")
    path = make_file("form.csv", form(ann("01/05/2026 09:00:00"), other))
    report = import_members(store, plan_import(store, path))
    assert [(item.row, item.other_row) for item in report.to_decide] == [(3, 2)]
    assert "two first names" in report.to_decide[0].reason
    assert len(list_members(store)) == 1
    decided = import_members(store, plan_import(store, path, decisions={3: None}))
    assert decided.new == 1
    assert plan_import(store, path).counts == {Outcome.DUPLICATE: 2}
    assert possible_duplicates(store) == ()  # said to be two people: not offered again among the members


def test_decided_to_be_the_member_we_have(store: Store, make_file: MakeFile) -> None:
    other = ann("02/05/2026 09:00:00", "", name="Ron Moss", phone="", about="")
    path = make_file("form.csv", form(ann("01/05/2026 09:00:00"), other))
    import_members(store, plan_import(store, path))
    ann_id = find_member(store, "ann@example.org")
    report = import_members(store, plan_import(store, path, decisions={3: ann_id}))
    assert report.rows[3] == ann_id
    assert len(list_members(store)) == 1


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


def test_an_undated_list_never_lifts_a_no(bring_in: Bring) -> None:
    bring_in(form(ann("04/05/2026 09:00:00", "None of these"), ann("01/05/2026 09:00:00", email="x@example.org",
             name="Ron Moss", phone="", town="York", code="YO31")))  # fmt: skip
    found = bring_in([("Name", "Email", "Policy"), ("Ann Lee", "ann@example.org", "yes")], "list.csv")["Ann"]
    assert found.consent[Purpose.POLICY] is State.REFUSED


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


def vars_of(row: MemberRow) -> list[Any]:
    return [getattr(row, name) for name in MemberRow.__slots__]


def test_an_answer_promised_never_to_be_shared_is_marked_so(bring_in: Bring) -> None:
    found = bring_in([
        ("Name", "Email", "Visa status (optional, we never share this)", "Gender"),
        ("Ann Lee", "ann@example.org", "settled status", "F"),
    ])["Ann"]  # fmt: skip
    assert found.never_share == ["migration_status"]


def test_a_corrected_mapping_is_remembered_for_files_of_that_shape(store: Store, make_file: MakeFile) -> None:
    rows = [("Who", "Contact", "Bits"), ("Ann Lee", "ann@example.org", "dementia, nights")]
    first = make_file("a.csv", rows)
    import_members(store, plan_import(store, first, mapping={"Bits": "interests_text"}))
    again = plan_import(store, make_file("b.csv", [rows[0], ("Bea Moss", "bea@example.org", "pay")]))
    assert again.mapping[2] == "interests_text"
    with pytest.raises(UserError, match="nothing a column can be"):
        plan_import(store, first, mapping={"Bits": "shoe_size"})


def test_a_plan_made_before_something_else_changed_is_refused(
    store: Store, make_file: MakeFile, bring_in: Bring
) -> None:
    plan = plan_import(store, make_file("a.csv", form(ann("04/05/2026 09:00:00"))))
    bring_in(form(ann("05/05/2026 09:00:00")), "b.csv")
    with pytest.raises(UserError, match="preview"):
        import_members(store, plan)


def test_a_merged_record_is_found_under_the_one_that_stands_for_it(store: Store, bring_in: Bring) -> None:
    bring_in(form(
        ann("01/05/2026 09:00:00"),
        ann("02/05/2026 09:00:00", name="Annie Hall", email="hall@example.org", phone="07700 900112", town="Derby",
            code="DE24"),
    ))  # fmt: skip
    merge_members(store, find_member(store, "ann@example.org"), find_member(store, "hall@example.org"))
    again = ann("03/05/2026 09:00:00", name="Annie Hall", email="hall@example.org", phone="", town="", code="")
    assert len(bring_in(form(again), "b.csv")) == 1


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


def test_a_pet_form_does_not_replace_the_full_name(bring_in: Bring) -> None:
    bring_in(form(ann("01/09/2025 10:00", name="Sharon Lee")))
    after = bring_in(form(ann("01/09/2026 10:00", name="Shaz Lee")), name="later.csv")
    assert list(after) == ["Sharon"]


def test_the_full_name_replaces_a_pet_form(bring_in: Bring) -> None:
    bring_in(form(ann("01/09/2025 10:00", name="Shaz Lee")))
    assert list(bring_in(form(ann("01/09/2026 10:00", name="Sharon Lee")), name="later.csv")) == ["Sharon"]


def test_two_rows_of_one_file_can_be_decided_to_be_one_person(store: Store, make_file: MakeFile) -> None:
    rows = form(ann("01/09/2025 10:00"), ann("01/09/2026 10:00", name="Beth Lee"))
    path = make_file("form.csv", rows)
    doubtful = next(row for row in plan_import(store, path).rows if row.outcome is Outcome.TO_DECIDE)
    assert doubtful.values["first_name"] == "Beth"
    assert doubtful.other is not None
    report = import_members(store, plan_import(store, path, decisions={doubtful.row: SameRow(doubtful.other)}))
    assert (report.new, report.duplicate, report.to_decide) == (1, 1, ())
    assert [member.first_name for member in list_members(store)] == ["Beth"]


def test_a_row_cannot_be_the_same_as_an_empty_one(store: Store, make_file: MakeFile) -> None:
    path = make_file("form.csv", form(ann("01/09/2025 10:00")))
    with pytest.raises(UserError, match="Row 9 is nobody’s"):
        plan_import(store, path, decisions={2: SameRow(9)})


def test_an_import_that_is_stopped_leaves_nothing(store: Store, make_file: MakeFile) -> None:
    plan = plan_import(store, make_file("form.csv", form(ann("03/04/2026 10:05:00"))))
    told: list[str] = []

    def count(done: int, total: int, what: str) -> None:
        told.append(what)

    def stop(at: int) -> Progress:
        left = iter(range(at))

        def progress(done: int, total: int, what: str) -> None:
            if next(left, None) is None:
                raise Cancelled

        return progress

    import_members(store, plan, count)
    undo(store, 1)
    for moment in range(len(told)):
        plan = plan_import(store, make_file("form.csv", form(ann("03/05/2026 10:05:00"))))
        before = [vars_of(row) for row in list_members(store)]
        with pytest.raises(Cancelled):
            import_members(store, plan, stop(moment))
        assert [vars_of(row) for row in list_members(store)] == before


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
