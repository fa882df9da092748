"""Undo and permissions: grants of the step are voided, every no stays, and stays with its person."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from matcher.consent import FormAnswer, chain_problems, record_answers, redo, undo, withdraw
from matcher.directory import edit_member, merge_members
from matcher.errors import UserError
from matcher.model import Decision, Member, Purpose, State
from matcher.storage import Store, reading, work

if TYPE_CHECKING:
    from tests.conftest import Network

MEDIA, YES, NO = Purpose.MEDIA, Decision.GIVEN, Decision.REFUSED
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def bring_in(store: Store, *decisions: Decision | None) -> tuple[int, list[int]]:
    """Import one new member for each decision; return the step and their ids."""
    with work(store, "import members") as unit:
        ids = unit.insert(
            Member, [{"first_name": "N", "created_at": WHEN, "shared_phone": False} for _ in decisions]
        )
        said = zip(ids, decisions, strict=True)
        record_answers(
            unit, [FormAnswer(i, WHEN, frozenset({MEDIA}), {MEDIA: d} if d else {}, "row") for i, d in said]
        )
        return unit.batch_id, ids


def members(store: Store) -> list[int]:
    with reading(store) as session:
        return list(session.scalars(select(Member.id).order_by(Member.id)))


def test_undoing_an_import_voids_its_grants_and_keeps_its_noes(network: "Network") -> None:
    step, (yes, no, silent) = bring_in(network.store, YES, NO, None)
    undone = undo(network.store, step)
    assert members(network.store) == [no]
    assert network.state(no) is State.REFUSED
    assert network.state(yes) is network.state(silent) is State.NOT_GIVEN
    assert "1 times no: a no is never undone" in undone.kept
    assert chain_problems(network.store) == ()


def test_a_no_spoken_after_the_import_outlives_its_undo(network: "Network") -> None:
    step, (ada, bea) = bring_in(network.store, YES, YES)
    withdraw(network.store, ada)
    undo(network.store, step)
    assert members(network.store) == [ada]
    assert network.state(ada) is State.WITHDRAWN
    assert network.state(bea) is State.NOT_GIVEN


def test_a_voided_grant_lets_the_earlier_word_speak(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, Decision.ASK_FIRST)
    network.say(ada, YES)
    undo(network.store)
    assert network.state(ada) is State.ASK_FIRST


def test_a_voided_grant_over_a_no_brings_the_no_back(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, NO)
    network.say(ada, YES)
    undo(network.store)
    assert network.state(ada) is State.REFUSED


def test_a_no_is_never_undone(network: "Network") -> None:
    ada = network.willing("Ada")
    step = withdraw(network.store, ada, MEDIA)
    undone = undo(network.store)
    assert (undone.batch_id, undone.reverted) == (step, 0)
    assert undone.kept == ("1 times no: a no is never undone",)
    assert network.state(ada) is State.WITHDRAWN
    assert network.state(ada) is State.WITHDRAWN
    undo(network.store)
    assert network.state(ada) is State.WITHDRAWN


def test_taking_an_undo_back_does_not_bring_a_voided_yes_back(network: "Network") -> None:
    ada = network.willing("Ada")
    undo(network.store)
    with reading(network.store) as session:
        latest = session.connection().exec_driver_sql("SELECT max(id) FROM batch").scalar_one()
    undo(network.store, latest)
    assert network.state(ada) is State.NOT_GIVEN


def test_what_was_undone_last_is_done_again_and_can_be_undone_again(network: "Network") -> None:
    ada = network.member("Ada", town="Leeds")
    edit_member(network.store, ada, {"town": "Otley"})
    undone = undo(network.store)
    again = redo(network.store, undone.step)
    assert town_of(network.store, ada) == "Otley"
    assert (again.batch_id, again.what) == (undone.batch_id, "edit a member")
    undo(network.store, again.batch_id)
    assert town_of(network.store, ada) == "Leeds"


def test_nothing_is_done_again_after_another_step_or_twice(network: "Network") -> None:
    ada = network.member("Ada", town="Leeds")
    edit_member(network.store, ada, {"town": "Otley"})
    undone = undo(network.store)
    edit_member(network.store, ada, {"town": "York"})
    with pytest.raises(UserError, match="nothing to do again"):
        redo(network.store, undone.step)
    with pytest.raises(UserError, match="nothing to do again"):
        redo(network.store, undone.batch_id)
    undone = undo(network.store)
    redo(network.store, undone.step)
    with pytest.raises(UserError, match="nothing to do again"):
        redo(network.store, undone.step)
    assert town_of(network.store, ada) == "York"


def test_a_permission_is_never_given_again_by_doing_again(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, YES)
    undone = undo(network.store)
    with pytest.raises(UserError, match="permission is not given again"):
        redo(network.store, undone.step)
    assert network.state(ada) is State.NOT_GIVEN


def test_two_records_are_not_made_one_again_by_doing_again(network: "Network") -> None:
    ada, double = network.member("Ada"), network.member("Ada")
    merge_members(network.store, ada, double)
    undone = undo(network.store)
    with pytest.raises(UserError, match="not made one again"):
        redo(network.store, undone.step)


def town_of(store: Store, member_id: int) -> str | None:
    with reading(store) as session:
        return session.get_one(Member, member_id).town
