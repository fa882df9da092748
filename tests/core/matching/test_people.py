"""The index of a store: in step with every change, saved and found again, and rid of who is erased."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from matcher import clock
from matcher.consent import Permission, decide, erase, undo, withdraw
from matcher.directory import merge_members
from matcher.errors import Cancelled
from matcher.matching import people as everybody
from matcher.matching.index import Index
from matcher.matching.index.saving import OtherIndex, from_bytes, to_bytes
from matcher.matching.people import people_of
from matcher.model import Decision, How, Invitation, InvitationState, Purpose
from matcher.storage import (
    Cost,
    Store,
    create_store,
    forget_aside,
    kept_aside,
    member_of,
    open_store,
    reading,
    work,
)

from .conftest import AddMember, AddRequest


def index_now(store: Store) -> Index:
    with reading(store) as session:
        return people_of(store, session).index


def index_anew(store: Store) -> Index:
    everybody._kept.pop(store, None)
    return index_now(store)


def same(one: Index, other: Index) -> None:
    """Row by row the same, however the values and names are numbered."""
    assert one.ids.tolist() == other.ids.tolist()
    assert one.lengths.tolist() == other.lengths.tolist()
    for name, column in one.columns.items():
        peer = other.columns[name]
        assert [column.values[c] for c in column.codes] == [peer.values[c] for c in peer.codes], name
    for mine, theirs in ((one.words, other.words), *((one.kinds[name], other.kinds[name]) for name in one.kinds)):
        assert sorted(mine.names) == sorted(theirs.names)
        for name in mine.names:
            assert [part.tolist() for part in mine.of(name)] == [part.tolist() for part in theirs.of(name)]


@pytest.fixture
def members(store: Store, add_member: AddMember) -> list[int]:
    towns = (("Leeds", "Yorkshire and The Humber"), ("Cardiff", "Wales"), ("Hull", "Yorkshire and The Humber"))
    return [
        add_member(
            first_name=f"N{n}", last_name="Hart", town=towns[n % 3][0], region=towns[n % 3][1], start_year=2010 + n,
            experience_text="I work nights with dementia." if n % 2 else "Mileage, hoists and rotas.",
        )
        for n in range(6)
    ]  # fmt: skip


def test_every_change_is_followed_by_reading_only_whom_it_touched(
    store: Store,
    members: list[int],
    add_member: AddMember,
    add_request: AddRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from matcher.model import Brief

    request = add_request(Brief("Nights"))
    before = index_now(store)
    assert len(before) == 6
    read: list[int] = []
    real = everybody._profiles

    def watched(session: object, ids: list[int], stand: object) -> object:
        read.extend(ids)
        return real(session, ids, stand)  # type: ignore[arg-type]

    def ask(member_id: int) -> None:
        with work(store, "ask") as unit:
            unit.session.add(Invitation(request_id=request, member_id=member_id, state=InvitationState.TO_ASK))

    def move(member_id: int) -> None:
        with work(store, "edit") as unit:
            member = member_of(unit.session, member_id)
            member.town, member.region, member.experience_text = "Belfast", "Northern Ireland", "Singing."

    acts: tuple[tuple[Callable[[], object], set[int]], ...] = (
        (lambda: move(members[0]), {members[0]}),
        (lambda: withdraw(store, members[1], Purpose.MEDIA), {members[1]}),
        (lambda: ask(members[2]), {members[2]}),
        (lambda: erase(store, members[4]), {members[4]}),
    )
    for act, touched in acts:
        monkeypatch.setattr(everybody, "_profiles", watched)
        read.clear()
        act()
        after = index_now(store)
        assert set(read) == touched
        monkeypatch.setattr(everybody, "_profiles", real)
        same(after, index_anew(store))
    assert members[4] not in after.ids
    new = add_member(first_name="New", town="Leeds", region="Yorkshire and The Humber")
    assert new in index_now(store).ids
    same(index_now(store), index_anew(store))


def test_merging_and_taking_it_back_are_followed(store: Store, members: list[int]) -> None:
    index_now(store)
    batch = merge_members(store, members[0], members[1]).batch
    assert members[1] not in index_now(store).ids
    same(index_now(store), index_anew(store))
    undo(store, batch)
    same(index_now(store), index_anew(store))


def test_a_yes_that_ends_is_followed_when_its_day_is_over(
    store: Store, members: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    last = date(2026, 11, 25)
    decide(
        store,
        Permission(
            members[0], Purpose.POLICY, Decision.GIVEN, clock.now(), How.PHONE, "on the phone", valid_until=last
        ),
    )
    before = index_now(store)
    monkeypatch.setenv("MATCHER_NOW", "2026-11-26T09:00")
    after = index_now(store)
    row = after.row_of(members[0])
    assert row is not None
    states = [index.columns["states"].values[index.columns["states"].codes[row]][0] for index in (before, after)]
    assert [str(state) for state in states] == ["given", "not_given"]
    same(after, index_anew(store))


def test_what_was_read_before_it_was_broken_off_is_not_read_again(
    store: Store, members: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = index_now(store)
    forget_aside(store)
    everybody._kept.pop(store, None)
    monkeypatch.setattr(everybody, "_ROUND", 2)
    read: list[int] = []
    real = everybody._profiles

    def broken_off(session: object, ids: list[int], stand: object) -> object:
        if len(read) == 4:
            raise Cancelled
        read.extend(ids)
        return real(session, ids, stand)  # type: ignore[arg-type]

    monkeypatch.setattr(everybody, "_profiles", broken_off)
    with pytest.raises(Cancelled):
        index_now(store)
    withdraw(store, members[1], Purpose.MEDIA)
    read.clear()
    again = index_now(store)
    assert sorted(read) == [members[1], *members[4:]]
    monkeypatch.setattr(everybody, "_profiles", real)
    same(again, index_anew(store))
    assert again.ids.tolist() == whole.ids.tolist()


def test_an_index_is_the_same_when_it_was_written_and_read(store: Store, members: list[int]) -> None:
    index = index_now(store)
    again, told = from_bytes(to_bytes(index, {"revision": 3}))
    same(index, again)
    assert told == {"revision": 3}
    assert np.array_equal(index.bm25.weights, again.bm25.weights)


def test_an_index_of_another_vocabulary_is_not_taken(
    store: Store, members: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = to_bytes(index_now(store), {})
    monkeypatch.setattr("matcher.matching.index.saving.fingerprint", lambda: "another")
    with pytest.raises(OtherIndex):
        from_bytes(content)
    with pytest.raises(OtherIndex):
        from_bytes(b"rubbish")


def test_it_is_saved_sealed_found_again_and_gone_with_an_erasure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_NOW", "2026-11-23T09:00")
    monkeypatch.setattr(everybody, "_FEW", 0)
    path = tmp_path / "kept.matcher"
    with create_store(path, "Care Network", "pass", cost=Cost(n=2**4)).store as store:
        with work(store, "add") as unit:
            from matcher.model import Member

            unit.session.add_all(
                Member(created_at=unit.now, first_name="Canary", experience_text="nightingale") for _ in range(3)
            )
        first = index_now(store)
    with open_store(path, "pass") as store:
        monkeypatch.setattr(everybody, "_profiles", None)  # nobody is read again
        same(index_now(store), first)
        monkeypatch.undo()
        assert b"nightingale" not in (path / "aside" / "index").read_bytes()
        assert b"nightingal" in (kept_aside(store, "index") or b"")
        erase(store, int(first.ids[0]))
        assert kept_aside(store, "index") is None
        assert len(index_now(store)) == 2
