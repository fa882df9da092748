"""Files brought in against what is there already: again, older, corrected, half decided, stopped, undone."""

import pytest
from tests.core.directory.conftest import Bring, MakeFile, ann, form, vars_of

from matcher.consent import undo, withdraw
from matcher.directory import (
    Outcome,
    SameRow,
    edit_member,
    find_member,
    import_members,
    list_members,
    merge_members,
    plan_import,
    possible_duplicates,
)
from matcher.errors import Cancelled, UserError
from matcher.model import How, Purpose, State
from matcher.progress import Progress
from matcher.storage import Store


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


def test_an_undated_list_never_lifts_a_no(bring_in: Bring) -> None:
    bring_in(form(ann("04/05/2026 09:00:00", "None of these"), ann("01/05/2026 09:00:00", email="x@example.org",
             name="Ron Moss", phone="", town="York", code="YO31")))  # fmt: skip
    found = bring_in([("Name", "Email", "Policy"), ("Ann Lee", "ann@example.org", "yes")], "list.csv")["Ann"]
    assert found.consent[Purpose.POLICY] is State.REFUSED


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
