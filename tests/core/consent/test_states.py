"""Where members stand: of one, of all, and of two records that are one person."""

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from tests.conftest import examples

from matcher.consent import states as all_states
from matcher.consent import undo, withdraw
from matcher.model import Decision, Member, Purpose, State
from matcher.storage import Store, member_permission, reading, work

if TYPE_CHECKING:
    from tests.conftest import Network, NewNetwork

MEDIA = Purpose.MEDIA
YES, ASK_FIRST, NO, STOP = Decision.GIVEN, Decision.ASK_FIRST, Decision.REFUSED, Decision.WITHDRAWN


def merge(network: "Network", keep: int, away: int) -> int:
    with work(network.store, "merge members") as unit:
        unit.session.get_one(Member, away).merged_into = keep
        return unit.batch_id


def test_nobody_asked_is_not_given(network: "Network") -> None:
    ada = network.member("Ada")
    assert network.state(ada) is State.NOT_GIVEN


def test_purposes_stand_apart(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, YES, Purpose.ACADEMIC)
    network.say(ada, NO, MEDIA)
    assert network.state(ada, Purpose.ACADEMIC) is State.GIVEN
    assert network.state(ada, Purpose.POLICY) is State.NOT_GIVEN


@given(st.permutations([YES, ASK_FIRST, NO, STOP]), st.booleans())
@examples(8)
def test_merging_takes_the_more_restrictive(
    new_network: "NewNetwork", said: list[Decision], other_way: bool
) -> None:
    strict = [STOP, NO, ASK_FIRST, YES]
    with new_network() as network:
        ada, bea = network.member("Ada"), network.member("Bea")
        network.say(ada, said[0])
        network.say(bea, said[1])
        before = {i: network.state(i) for i in (ada, bea)}
        keep, away = (bea, ada) if other_way else (ada, bea)
        step = merge(network, keep, away)
        assert network.state(keep) == min(said[:2], key=strict.index).value
        undo(network.store, step)
        assert {i: network.state(i) for i in (ada, bea)} == before


def test_what_she_says_after_a_merge_counts_for_the_whole_of_her(network: "Network") -> None:
    ada, bea = network.member("Ada"), network.member("Bea")
    network.say(bea, NO)
    step = merge(network, ada, bea)
    network.say(ada, YES)
    assert network.state(ada) is State.GIVEN
    withdraw(network.store, ada, MEDIA)
    assert network.state(ada) is State.WITHDRAWN
    undo(network.store, step)
    assert {network.state(ada), network.state(bea)} == {State.WITHDRAWN}


def test_states_of_all_and_of_some_agree(network: "Network") -> None:
    ids = [network.willing(name) for name in ("Ada", "Bea", "Cai")]
    with reading(network.store) as session:
        everyone = all_states(session)
        assert set(everyone) == set(ids)
        assert all_states(session, {ids[0]}) == {ids[0]: everyone[ids[0]]}
        assert all_states(session, set()) == {}


def test_of_a_few_members_nobody_else_is_looked_at(store: Store) -> None:
    few = select(member_permission).where(member_permission.c.member_id.in_([1, 2]))
    written = str(few.compile(store.reader, compile_kwargs={"literal_binds": True}))
    with reading(store) as session:
        steps = [row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {written}"))]
    assert "SEARCH m USING INDEX ix_member_person (<expr>=?)" in steps
    assert not [step for step in steps if re.match(r"SCAN [melv]\b", step)]
