"""One member: her page, adding, editing, finding, merging."""

from typing import Any

import pytest

from matcher.consent import history, undo
from matcher.directory import (
    FIELDS,
    MemberRow,
    add_member,
    edit_member,
    find_member,
    list_members,
    member_page,
    merge_members,
    possible_duplicates,
    say_not_the_same,
)
from matcher.errors import UserError
from matcher.model import Decision, How, Purpose, State
from matcher.storage import Store, reading


def add(store: Store, **values: Any) -> int:
    return add_member(store, {"first_name": "Ann", "last_name": "Lee", "email": "ann@example.org"} | values).id


def test_a_row_shows_every_field_that_the_model_names() -> None:
    assert set(FIELDS) <= set(MemberRow.__slots__)


def test_adding_reads_values_as_an_import_does(store: Store) -> None:
    given = {Purpose.POLICY: Decision.GIVEN}
    added = add_member(
        store, {"first_name": "Ann", "phone": "7700900111", "town": "mansfeild", "postcode_district": "ng18 1aa"},
        given, "told me at the meet-up", How.WHATSAPP,
    )  # fmt: skip
    row = list_members(store)[0]
    assert (row.phone, row.postcode_district, row.region) == ("07700 900111", "NG18", "East Midlands")
    assert row.consent == {Purpose.POLICY: State.GIVEN}
    with reading(store) as session:
        said = history(session, added.id)[0]
    assert (said.evidence, said.how) == ("told me at the meet-up", How.WHATSAPP)
    undo(store, added.batch)
    assert list_members(store) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "ann at home"), ("phone", "12"), ("start_year", "ages"), ("region", "Atlantis"), ("shoe_size", "5"),
     ("postcode_district", "??")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_nothing_changes(store: Store, field: str, value: str) -> None:
    add(store)
    before = list_members(store)
    with pytest.raises(UserError):
        edit_member(store, "ann@example.org", {"town": "Leeds", field: value})
    assert list_members(store) == before


def test_editing_and_taking_it_back(store: Store) -> None:
    member_id = add(store, town="Leeds")
    step = edit_member(store, member_id, {"town": "Hull", "languages": "English, Polish", "role": ""})
    row = list_members(store)[0]
    assert (row.town, row.languages, row.role) == ("Hull", ["English", "Polish"], None)
    assert {change.field for change in member_page(store, member_id).changes} >= {"town", "languages"}
    undo(store, step)
    assert list_members(store)[0].town == "Leeds"


def test_a_permission_needs_evidence(store: Store) -> None:
    with pytest.raises(UserError, match="evidence"):
        add_member(store, {"first_name": "Ann"}, {Purpose.MEDIA: Decision.GIVEN})


def test_finding(store: Store) -> None:
    member_id = add(store)
    assert (
        find_member(store, f"M{member_id}")
        == find_member(store, member_id)
        == find_member(store, " Ann@Example.org ")
    )
    other = add(store, first_name="Bea")
    with pytest.raises(UserError, match=f"M{other}"):
        find_member(store, "ann@example.org")
    with pytest.raises(UserError):
        find_member(store, "M999")
    with pytest.raises(UserError):
        find_member(store, "nobody@example.org")


def test_merging_fills_what_is_unknown_and_rewrites_nothing(store: Store) -> None:
    keep = add(store, town="Leeds", role="carer")
    away = add(store, email="ann2@example.org", phone="07700 900111", town="Hull", role="support worker")
    done = merge_members(store, keep, away)
    row = list_members(store)[0]
    assert (row.id, row.phone, row.town, row.role) == (keep, "07700 900111", "Leeds", "care worker")
    assert "phone" in done.filled
    assert find_member(store, away) == keep
    undo(store, done.batch)
    assert [member.phone for member in list_members(store)] == [None, "07700 900111"]


def test_merging_keeps_the_more_restrictive_permission(store: Store) -> None:
    keep = add_member(store, {"first_name": "Ann"}, {Purpose.MEDIA: Decision.GIVEN}, "said so").id
    away = add_member(store, {"first_name": "Annie"}, {Purpose.MEDIA: Decision.REFUSED}, "said so").id
    merge_members(store, keep, away)
    assert list_members(store)[0].consent[Purpose.MEDIA] is State.REFUSED


def test_a_member_is_not_merged_with_herself(store: Store) -> None:
    member_id = add(store)
    with pytest.raises(UserError, match="itself"):
        merge_members(store, member_id, member_id)


def test_possible_duplicates_are_offered_until_they_are_rejected(store: Store) -> None:
    one, other = add(store), add(store, last_name="Lea")
    assert [(pair.one, pair.other) for pair in possible_duplicates(store)] == [(one, other)]
    say_not_the_same(store, other, one)
    assert possible_duplicates(store) == ()
