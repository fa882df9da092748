"""Undo: values go back where nothing happened since; where something did, it says so."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from tests.conftest import examples

from matcher.consent import undo
from matcher.errors import UserError
from matcher.model import Base, Batch, Member, MemberSource, OutFile, Request, Requester, Setting
from matcher.storage import Store, last_batch, put_setting, reading, work
from matcher.storage.unit_of_work import UNLOGGED, snapshot

if TYPE_CHECKING:
    from tests.conftest import Network, NewNetwork

LOGGED = [m.class_ for m in Base.registry.mappers if m.class_ not in UNLOGGED]
WHEN = datetime(2026, 1, 1, 9, 30, 0, 5, tzinfo=UTC)


def everything(store: Store) -> dict[str, list[str]]:
    """All rows of the store but the log of changes and the ledger."""
    with reading(store) as session:
        return {
            mapped.__tablename__: sorted(str(snapshot(row)) for row in session.scalars(select(mapped)))
            for mapped in LOGGED
        }


def test_an_edit_goes_back(network: "Network") -> None:
    member_id = network.member("Ada", town="Leeds", languages=["Polish"])
    before = everything(network.store)
    with work(network.store, "edit member") as unit:
        member = unit.session.get_one(Member, member_id)
        member.town, member.languages, member.joined_on, member.last_answer_at = (
            "York",
            None,
            date(2026, 1, 2),
            WHEN,
        )
    undone = undo(network.store)
    assert (undone.what, undone.reverted, undone.kept) == ("edit member", 4, ())
    assert everything(network.store) == before


def test_an_import_goes_back_whole(network: "Network") -> None:
    before = everything(network.store)
    with work(network.store, "import members") as unit:
        rows = [{"first_name": f"N{i}", "created_at": WHEN, "shared_phone": False} for i in range(20)]
        ids = unit.insert(Member, rows)
        source = {"file_name": "f.xlsx", "sheet": "s", "digest": "d", "imported_at": WHEN}
        unit.insert(MemberSource, [source | {"member_id": i, "row": i} for i in ids])
    assert undo(network.store).kept == ()
    assert everything(network.store) == before


def test_parents_and_children_of_one_flush_go_and_come_back(store: Store) -> None:
    empty = everything(store)
    with work(store, "log a request") as unit:
        request = Request(title="t", audience="media", brief_json={}, received_at=WHEN, created_at=WHEN)
        request.requester = Requester(name="Sam", created_at=WHEN)
        unit.session.add(request)
    full = everything(store)
    with work(store, "remove both") as unit:
        unit.session.delete(unit.session.get_one(Request, 1))
        unit.session.delete(unit.session.get_one(Requester, 1))
    assert undo(store).kept == ()
    assert everything(store) == full
    assert undo(store).kept == ()
    assert everything(store) == empty


def test_what_was_changed_since_is_kept_and_said(network: "Network") -> None:
    member_id = network.member("Ada", town="Leeds", county="Yorks")
    edit(network, member_id, town="York", county="North Yorks")
    step = latest(network.store)
    edit(network, member_id, town="Hull")
    undone = undo(network.store, step)
    assert undone.kept == (f"member {member_id}: town was changed since",)
    assert undone.reverted == 1
    assert fields(network, member_id, "town", "county") == ("Hull", "Yorks")


def test_a_new_row_that_was_used_since_is_kept(network: "Network") -> None:
    changed, referred, untouched = (network.member(name) for name in ("Ada", "Bea", "Cai"))
    steps = [latest(network.store) - back for back in (2, 1, 0)]
    edit(network, changed, town="York")
    with work(network.store, "refer") as unit:
        unit.session.get_one(Member, untouched).merged_into = referred
    assert undo(network.store, steps[0]).kept == (f"member {changed}: it was changed since",)
    assert undo(network.store, steps[1]).kept == (f"member {referred}: something else refers to it",)
    with reading(network.store) as session:
        assert session.scalars(select(Member.id)).all() == [changed, referred, untouched]


def test_steps_go_back_one_after_the_other(network: "Network") -> None:
    before = everything(network.store)
    member_id = network.member("Ada", town="Leeds")
    edit(network, member_id, town="York")
    edit(network, member_id, town="Hull")
    assert [undo(network.store).kept for _ in range(3)] == [(), (), ()]
    assert everything(network.store) == before
    with pytest.raises(UserError, match="nothing to undo"):
        undo(network.store)


def test_an_undo_can_be_taken_back_and_done_again(network: "Network") -> None:
    member_id = network.member("Ada", town="Leeds")
    edit(network, member_id, town="York")
    step = latest(network.store)
    undo(network.store)
    undo(network.store, latest(network.store))
    assert fields(network, member_id, "town") == ("York",)
    undo(network.store, step)
    assert fields(network, member_id, "town") == ("Leeds",)


def test_a_row_edited_again_after_redo_is_not_removed(network: "Network") -> None:
    member_id = network.member("Ada")
    made = latest(network.store)
    edit(network, member_id, town="York")
    undo(network.store)
    undo(network.store, latest(network.store))
    assert undo(network.store, made).kept == (f"member {member_id}: it was changed since",)


def test_a_removed_row_that_is_there_again_stays_as_it_is(store: Store) -> None:
    with work(store, "set") as unit:
        put_setting(unit, "rest.after_ask_days", 10)
    with work(store, "unset") as unit:
        unit.session.delete(unit.session.get_one(Setting, "rest.after_ask_days"))
    step = latest(store)
    with work(store, "set again") as unit:
        put_setting(unit, "rest.after_ask_days", 30)
    assert undo(store, step).kept == ("setting rest.after_ask_days: it is there again",)


def test_no_step_is_undone_twice_or_made_up(network: "Network") -> None:
    network.member("Ada")
    step = latest(network.store)
    undo(network.store, step)
    with pytest.raises(UserError, match=f"Step {step} was undone already"):
        undo(network.store, step)
    for unknown in (0, -1, 999):
        with pytest.raises(UserError, match=f"no step {unknown} to undo"):
            undo(network.store, unknown)


def test_notes_of_what_left_are_no_step_to_undo_and_stay(network: "Network") -> None:
    member_id = network.member("Ada", town="Leeds")
    with work(network.store, "note a file that left") as unit:
        unit.session.add(OutFile(kind="w", path="p", beside="b", sha256="0", at=unit.now, members=[member_id]))
    step = latest(network.store)
    with reading(network.store) as session:
        assert last_batch(session) == step - 1
    assert undo(network.store, step).kept == ("out_file 1: what has left the program stays logged",)
    with reading(network.store) as session:
        assert session.scalar(select(OutFile.id)) == 1


TOWNS = st.sampled_from(["Leeds", "York", "Hull", None])
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), TOWNS),
        st.tuples(st.just("edit"), st.integers(0, 5), TOWNS, st.none() | st.lists(st.text(max_size=3), max_size=2)),
        st.tuples(st.just("remove"), st.integers(0, 5)),
        st.tuples(st.just("set"), st.sampled_from(["a", "b"]), st.integers(0, 2) | st.none() | st.text(max_size=3)),
    ),
    min_size=1,
    max_size=4,
)


def play(store: Store, actions: list[tuple[Any, ...]]) -> None:
    """One unit of work that does several things."""
    with work(store, "step") as unit:
        for what, *how in actions:
            members = list(unit.session.scalars(select(Member).order_by(Member.id)))
            if what == "add":
                unit.session.add(Member(first_name="N", town=how[0], created_at=unit.now))
            elif what == "set":
                put_setting(unit, how[0], how[1])
            elif members and what == "edit":
                member = members[how[0] % len(members)]
                member.town, member.languages = how[1], how[2]
            elif members:
                unit.session.delete(members[how[0] % len(members)])
            unit.session.flush()


@given(st.lists(ACTIONS, min_size=1, max_size=5))
@examples(10)
def test_undo_restores_every_earlier_moment_exactly(
    new_network: "NewNetwork", histories: list[list[tuple[Any, ...]]]
) -> None:
    with new_network() as network:
        store = network.store
        moments = []
        for actions in histories:
            before, step = everything(store), latest(store)
            play(store, actions)
            if latest(store) != step:
                moments.append(before)
        for moment in reversed(moments):
            assert undo(store).kept == ()
            assert everything(store) == moment


@given(st.lists(ACTIONS, min_size=2, max_size=5), st.data())
@examples(10)
def test_undo_of_any_step_never_fails_and_never_half_does(
    new_network: "NewNetwork", histories: list[list[tuple[Any, ...]]], data: st.DataObject
) -> None:
    with new_network() as network:
        store = network.store
        for actions in histories:
            play(store, actions)
        with reading(store) as session:
            steps = list(session.scalars(select(Batch.id).where(Batch.undoes.is_(None))))
        for step in data.draw(st.permutations(steps)):
            undone = undo(store, step)
            assert undone.batch_id == step
            assert undone.reverted + len(undone.kept) > 0


def edit(network: "Network", member_id: int, **values: Any) -> None:
    with work(network.store, "edit member") as unit:
        member = unit.session.get_one(Member, member_id)
        for name, value in values.items():
            setattr(member, name, value)


def fields(network: "Network", member_id: int, *names: str) -> tuple[Any, ...]:
    with reading(network.store) as session:
        member = session.get_one(Member, member_id)
        return tuple(getattr(member, name) for name in names)


def latest(store: Store) -> int:
    with reading(store) as session:
        return session.scalar(select(Batch.id).order_by(Batch.id.desc()).limit(1)) or 0
