"""Merging two records and parting them again: everything as it was, and no permission ever looser."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher import clock
from matcher.consent import Permission, decide, states, undo
from matcher.directory import (
    MemberPage,
    add_member,
    edit_member,
    list_members,
    member_page,
    merge_members,
    merged_records,
    possible_duplicates,
    say_not_the_same,
    unmerge_members,
)
from matcher.errors import UserError
from matcher.model import Decision, How, Purpose, State
from matcher.storage import Store, reading

LOOSE = {State.WITHDRAWN: 0, State.REFUSED: 0, State.NOT_GIVEN: 1, State.ASK_FIRST: 2, State.GIVEN: 3}
SAID = st.tuples(st.sampled_from((Purpose.POLICY, Purpose.MEDIA)), st.sampled_from(list(Decision)[:4]))
NOES = (Decision.REFUSED, Decision.WITHDRAWN)


def say(store: Store, member_id: int, purpose: Purpose, decision: Decision) -> int:
    return decide(store, Permission(member_id, purpose, decision, clock.now(), How.PHONE, "said so"))


def two(store: Store) -> tuple[int, int]:
    one = add_member(store, {"first_name": "Julie", "last_name": "Marsden", "town": "Leeds"}).id
    other = add_member(store, {"first_name": "Julie", "last_name": "Marsden", "phone": "07700900111"}).id
    return one, other


def held(store: Store, member_id: int) -> MemberPage:
    """A page without the history of changes, which rightly grows."""
    return replace(member_page(store, member_id), changes=())


def where(store: Store, member_id: int, purpose: Purpose) -> State:
    with reading(store) as session:
        return states(session, {member_id}).get(member_id, {}).get(purpose, State.NOT_GIVEN)


def test_taken_apart_everything_is_as_it_was(store: Store) -> None:
    one, other = two(store)
    say(store, one, Purpose.POLICY, Decision.GIVEN)
    say(store, other, Purpose.POLICY, Decision.REFUSED)
    before = held(store, one), held(store, other)
    merge_members(store, one, other)
    assert where(store, one, Purpose.POLICY) is State.REFUSED
    (record,) = merged_records(store, one)
    assert (record.id, record.name) == (other, "Julie Marsden")
    undone = unmerge_members(store, one, other)
    assert undone.kept == ()
    assert (held(store, one), held(store, other)) == before
    assert merged_records(store, one) == ()
    with pytest.raises(UserError):
        unmerge_members(store, one, other)


def test_a_no_said_meanwhile_stays_with_both_and_a_yes_is_nobodys(store: Store) -> None:
    one, other = two(store)
    say(store, other, Purpose.SECTOR, Decision.GIVEN)
    merge_members(store, one, other)
    say(store, one, Purpose.MEDIA, Decision.WITHDRAWN)
    say(store, one, Purpose.POLICY, Decision.GIVEN)
    undone = unmerge_members(store, one, other)
    assert any("count for neither" in reason for reason in undone.kept)
    assert [where(store, each, Purpose.MEDIA) for each in (one, other)] == [State.WITHDRAWN] * 2
    assert [where(store, each, Purpose.POLICY) for each in (one, other)] == [State.NOT_GIVEN] * 2
    assert where(store, other, Purpose.SECTOR) is State.GIVEN


def test_what_was_changed_since_is_kept_and_said(store: Store) -> None:
    one, other = two(store)
    merge_members(store, one, other)
    edit_member(store, one, {"phone": "07700 900222"})
    undone = unmerge_members(store, one, other)
    assert any("phone was changed since" in reason for reason in undone.kept)
    shown = {field.name: field.shown for field in member_page(store, one).fields}
    assert shown["phone"] == "07700 900222"
    assert {one, other} <= {row.id for row in list_members(store)}


def test_records_merged_one_after_the_other_come_apart_the_same_way_back(store: Store) -> None:
    one, other = two(store)
    third = add_member(store, {"first_name": "Jules", "last_name": "Marsden"}).id
    merge_members(store, one, other)
    merge_members(store, third, one)
    assert [record.id for record in merged_records(store, third)] == [other, one]
    unmerge_members(store, third, one)
    assert member_page(store, one).merged == (other,)
    unmerge_members(store, one, other)
    assert {one, other, third} <= {row.id for row in list_members(store)}


def test_a_pair_said_to_be_two_is_offered_again_once_that_is_undone(store: Store) -> None:
    one, other = two(store)
    edit_member(store, other, {"town": "Leeds"})
    assert [(pair.one, pair.other) for pair in possible_duplicates(store)] == [(one, other)]
    batch = say_not_the_same(store, one, other)
    assert possible_duplicates(store) == ()
    undo(store, batch)
    assert len(possible_duplicates(store)) == 1


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SAID, max_size=3), st.lists(SAID, max_size=3), st.lists(SAID, max_size=3))
def test_no_permission_is_looser_after_merging_and_parting(
    store: Store,
    first: list[tuple[Purpose, Decision]],
    second: list[tuple[Purpose, Decision]],
    meanwhile: list[tuple[Purpose, Decision]],
) -> None:
    one, other = two(store)
    for who, said in ((one, first), (other, second)):
        for purpose, decision in said:
            say(store, who, purpose, decision)
    before = {(who, p): where(store, who, p) for who in (one, other) for p in Purpose}
    merge_members(store, one, other)
    for purpose in Purpose:
        merged = LOOSE[where(store, one, purpose)]
        stood = [LOOSE[before[who, purpose]] for who in (one, other)]
        assert merged <= max(stood)
        assert merged == 0 or 0 not in stood
    for purpose, decision in meanwhile:
        say(store, one, purpose, decision)
    unmerge_members(store, one, other)
    last = dict(meanwhile)
    for (who, purpose), state in before.items():
        after = where(store, who, purpose)
        assert LOOSE[after] <= LOOSE[state]
        if last.get(purpose) in NOES:
            assert LOOSE[after] == 0
        elif purpose not in last:
            assert after is state
