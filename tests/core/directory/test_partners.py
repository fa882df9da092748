"""Partners: who tells care workers of the network, and who came through which."""

import pytest
from tests.core.directory.conftest import MakeFile

from matcher.consent import undo
from matcher.directory import (
    PartnerRow,
    add_member,
    add_partner,
    edit_member,
    edit_partner,
    find_partner,
    import_members,
    leave_words,
    link_words,
    list_members,
    list_partners,
    member_page,
    merge_partners,
    plan_import,
)
from matcher.errors import UserError
from matcher.model import PartnerKind
from matcher.storage import Store

HEAD = ("Name", "Email", "How did you hear about us?")


def row_of(store: Store, name: str) -> PartnerRow:
    return next(row for row in list_partners(store).partners if row.name == name)


def member(store: Store, name: str, heard: str) -> int:
    return add_member(store, {"first_name": name, "last_name": "Vale", "heard_via": heard}).id


def through(store: Store) -> dict[str, int | None]:
    return {row.first_name or "": row.partner_id for row in list_members(store)}


def test_a_new_partner_gathers_the_members_who_named_it(store: Store) -> None:
    for name, heard in (("Ann", "Ilkeston Library"), ("Bea", "ilkeston library "), ("Cal", "Facebook")):
        member(store, name, heard)
    added = add_partner(store, {"name": "Ilkeston  Library", "place": "Ilkeston", "contact": "Jo at the desk"})
    assert added.linked == 2
    row = row_of(store, "Ilkeston Library")
    assert (row.kind, row.place, row.contact, row.members) == (
        PartnerKind.LIBRARY, "Ilkeston", "Jo at the desk", 2,
    )  # fmt: skip
    assert through(store) == {"Ann": added.id, "Bea": added.id, "Cal": None}
    assert [(one.words, one.members, one.may_be) for one in list_partners(store).words] == [("Facebook", 1, None)]
    undo(store, added.batch)
    assert set(through(store).values()) == {None}
    assert list_partners(store).partners == ()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "x" * 200}, "longer than"),
        ({"name": "Derby  LIBRARY"}, "of this name already"),
        ({"name": "Other", "kind": "pub"}, "no kind of partner"),
        ({"name": "Other", "colour": "red"}, "no field"),
    ],
)
def test_what_no_partner_can_be_is_said(store: Store, values: dict[str, str], sentence: str) -> None:
    add_partner(store, {"name": "Derby Library"})
    with pytest.raises(UserError, match=sentence):
        add_partner(store, values)
    assert [row.name for row in list_partners(store).partners] == ["Derby Library"]


def test_two_spellings_are_merged_and_parted_again(store: Store) -> None:
    keep = add_partner(store, {"name": "Ripley Library", "note": "posters"}).id
    away = add_partner(store, {"name": "Library in Ripley", "place": "Ripley"}).id
    member(store, "Ann", "Ripley Library")
    member(store, "Bea", "library in ripley")
    merged = merge_partners(store, keep, away)
    assert merged.linked == 1
    row = row_of(store, "Ripley Library")
    assert (row.members, row.spellings, row.place, row.note) == (2, ("Library in Ripley",), "Ripley", "posters")
    assert find_partner(store, "LIBRARY in Ripley") == keep
    assert member_page(store, member(store, "Cal", "Library in Ripley")).id
    assert through(store)["Cal"] == keep
    undo(store, merged.batch)
    assert {row.name for row in list_partners(store).partners} == {"Ripley Library", "Library in Ripley"}
    assert through(store)["Bea"] == away
    with pytest.raises(UserError, match="cannot be merged with itself"):
        merge_partners(store, keep, keep)


def test_a_partner_under_a_new_name_is_known_by_the_old_one(store: Store) -> None:
    number = add_partner(store, {"name": "Broxtowe College"}).id
    edit_partner(store, number, {"name": "Inspire College", "kind": "training"})
    assert find_partner(store, "broxtowe college") == find_partner(store, f"P{number}") == number
    assert row_of(store, "Inspire College").spellings == ("Broxtowe College",)
    with pytest.raises(UserError, match="no partner"):
        find_partner(store, "nobody")


def test_words_much_like_a_name_are_proposed_until_she_says_no(store: Store) -> None:
    number = add_partner(store, {"name": "Nottingham Central Library"}).id
    for name, heard in (("Ann", "Notingham central libary"), ("Bea", "library"), ("Cal", "Nottingham library")):
        member(store, name, heard)
    said = {one.words: one.may_be for one in list_partners(store).words}
    assert said == {"Notingham central libary": number, "library": None, "Nottingham library": number}
    leave_words(store, "Nottingham library", number)
    leave_words(store, "library")
    assert {one.words: one.may_be for one in list_partners(store).words} == {
        "Notingham central libary": number, "Nottingham library": None,
    }  # fmt: skip
    assert link_words(store, "Notingham central libary", number).linked == 1
    assert row_of(store, "Nottingham Central Library").members == 1


def test_an_edit_of_her_words_moves_the_pointer(store: Store) -> None:
    number = add_partner(store, {"name": "UNISON"}).id
    someone = member(store, "Ann", "unison")
    assert through(store)["Ann"] == number
    edit_member(store, someone, {"heard_via": "a friend"})
    assert through(store)["Ann"] is None
    edit_member(store, someone, {"heard_via": "Unison"})
    assert through(store)["Ann"] == number


def test_an_import_links_known_names_and_proposes_the_others(store: Store, make_file: MakeFile) -> None:
    number = add_partner(store, {"name": "Ilkeston Library"}).id
    path = make_file(
        "a.csv",
        [
            HEAD,
            ("Ann Vale", "ann@example.org", "ilkeston library"),
            ("Bea Moss", "bea@example.org", "Ilkeston libary"),
            ("Cal Reed", "cal@example.org", "Facebook"),
        ],
    )
    plan = plan_import(store, path)
    assert [(one.words, one.known, one.linked) for one in plan.heard] == [
        ("ilkeston library", True, True), ("Ilkeston libary", False, False),
    ]  # fmt: skip
    assert "Came through partners you know: Ilkeston Library 1." in plan.notes
    assert "“Ilkeston libary” may be the partner Ilkeston Library." in plan.notes
    plan = plan_import(store, path, partners={"ilkeston libary": number})
    report = import_members(store, plan)
    assert through(store) == {"Ann": number, "Bea": number, "Cal": None}
    assert row_of(store, "Ilkeston Library").spellings == ("Ilkeston libary",)
    later = make_file("b.csv", [HEAD, ("Di Wren", "di@example.org", "Ilkeston Libary")])
    import_members(store, plan_import(store, later))
    assert through(store)["Di"] == number
    assert report.batch is not None


def test_a_later_answer_that_names_no_partner_lets_go_of_the_old_one(store: Store, make_file: MakeFile) -> None:
    number = add_partner(store, {"name": "UNISON"}).id
    head = ("Timestamp", *HEAD)
    first = make_file("a.csv", [head, ("01/03/2026 10:00", "Ann Vale", "ann@example.org", "UNISON")])
    import_members(store, plan_import(store, first))
    assert through(store) == {"Ann": number}
    second = make_file("b.csv", [head, ("01/04/2026 10:00", "Ann Vale", "ann@example.org", "a poster")])
    import_members(store, plan_import(store, second))
    assert through(store) == {"Ann": None}
