"""What forms and files say: they lift no spoken no, by example and for every history."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from tests.conftest import examples

from matcher.consent import (
    FormAnswer,
    chain_problems,
    history,
    record_answers,
)
from matcher.model import ConsentProposal, Decision, Member, Purpose, State
from matcher.storage import Store, reading, work

if TYPE_CHECKING:
    from tests.conftest import Network, NewNetwork

MEDIA = Purpose.MEDIA
YES, ASK_FIRST, NO, STOP = Decision.GIVEN, Decision.ASK_FIRST, Decision.REFUSED, Decision.WITHDRAWN
T0 = datetime(2026, 1, 1, 12, tzinfo=UTC)


def day(number: int) -> datetime:
    return T0 + timedelta(days=number)


def queued(store: Store) -> list[tuple[int, Purpose, Decision]]:
    with reading(store) as session:
        found = session.scalars(select(ConsentProposal).order_by(ConsentProposal.id))
        return [(p.member_id, p.purpose, p.decision) for p in found]


def merge(network: "Network", keep: int, away: int) -> int:
    with work(network.store, "merge members") as unit:
        unit.session.get_one(Member, away).merged_into = keep
        return unit.batch_id


WRONG_DATES = pytest.mark.parametrize("days", [1, 400, -7_000], ids=["tomorrow", "next year", "a birthday"])


@WRONG_DATES
def test_a_yes_under_a_wrong_date_fills_a_blank_and_any_no_overrides_it(
    network: "Network", frozen: datetime, days: int
) -> None:
    ada = network.member("Ada")
    network.form(ada, frozen + timedelta(days=days), {MEDIA: YES})
    assert network.state(ada) is State.GIVEN
    network.form(ada, frozen - timedelta(days=30), {MEDIA: NO})
    assert network.state(ada) is State.REFUSED


@WRONG_DATES
def test_a_yes_under_a_wrong_date_lifts_no_form_made_no_but_waits(
    network: "Network", frozen: datetime, days: int
) -> None:
    ada = network.member("Ada")
    network.form(ada, frozen - timedelta(days=30), {MEDIA: NO})
    assert network.form(ada, frozen + timedelta(days=days), {MEDIA: YES}).queued == 1
    assert network.state(ada) is State.REFUSED
    assert queued(network.store) == [(ada, MEDIA, YES)]


@WRONG_DATES
def test_a_no_under_a_wrong_date_counts_from_now(network: "Network", frozen: datetime, days: int) -> None:
    ada = network.member("Ada")
    network.form(ada, frozen - timedelta(days=30), {MEDIA: YES})
    network.form(ada, frozen + timedelta(days=days), {MEDIA: NO})
    network.form(ada, frozen - timedelta(days=1), {MEDIA: YES})
    assert network.state(ada) is State.REFUSED


def test_a_yes_under_a_wrong_date_does_not_widen_ask_me_first(network: "Network", frozen: datetime) -> None:
    ada = network.member("Ada")
    network.form(ada, frozen - timedelta(days=30), {MEDIA: ASK_FIRST})
    network.form(ada, frozen + timedelta(days=9), {MEDIA: YES})
    assert network.state(ada) is State.ASK_FIRST
    network.form(ada, frozen - timedelta(days=20), {MEDIA: YES})
    network.form(ada, frozen + timedelta(days=9), {MEDIA: ASK_FIRST})
    assert network.state(ada) is State.ASK_FIRST


def test_a_yes_from_before_the_clock_was_put_back_is_no_later_than_a_no(
    network: "Network", at: Callable[[str], datetime]
) -> None:
    ada = network.member("Ada")
    at("2026-12-20T09:00+00:00")  # the clock ran a month ahead
    network.say(ada, YES)
    at("2026-11-24T09:00+00:00")
    network.member("Bea")
    at("2026-12-28T09:00+00:00")  # by now the wrong date lies in the past
    network.form(ada, datetime(2026, 11, 29, tzinfo=UTC), {MEDIA: NO})
    assert network.state(ada) is State.REFUSED


def test_an_older_file_never_overrides(network: "Network") -> None:
    ada = network.member("Ada")
    network.form(ada, day(5), {MEDIA: NO})
    network.form(ada, day(3), {MEDIA: YES})
    assert network.state(ada) is State.REFUSED
    network.form(ada, day(9), {MEDIA: YES})
    network.form(ada, day(7), {MEDIA: NO})
    assert network.state(ada) is State.GIVEN


def test_a_no_said_again_is_not_undone_by_a_file_in_between(network: "Network") -> None:
    ada = network.member("Ada")
    network.form(ada, day(1), {MEDIA: NO})
    network.form(ada, day(9), {MEDIA: NO})
    network.form(ada, day(5), {MEDIA: YES})
    assert network.state(ada) is State.REFUSED


def test_unticking_what_was_given_is_a_withdrawal(network: "Network") -> None:
    ada = network.member("Ada")
    network.form(ada, day(1), {MEDIA: YES})
    assert network.form(ada, day(2), {}).withdrawn == 1
    assert network.state(ada) is State.WITHDRAWN


def test_a_box_never_ticked_is_no_decision(network: "Network") -> None:
    ada = network.member("Ada")
    recorded = network.form(ada, day(1), {})
    assert (recorded.given, recorded.refused, recorded.withdrawn, recorded.queued) == (0, 0, 0, 0)
    assert network.state(ada) is State.NOT_GIVEN


def test_a_question_not_put_changes_nothing(network: "Network") -> None:
    ada = network.member("Ada")
    network.form(ada, day(1), {MEDIA: YES})
    network.form(ada, day(2), {}, frozenset({Purpose.POLICY}))
    assert network.state(ada) is State.GIVEN


def test_a_later_form_lifts_only_a_no_that_a_form_made(network: "Network") -> None:
    ada, bea = network.member("Ada"), network.member("Bea")
    network.form(ada, day(1), {MEDIA: NO})
    assert network.form(ada, day(2), {MEDIA: YES}).given == 1
    assert network.state(ada) is State.GIVEN
    network.say(bea, NO, at=day(1))
    recorded = network.form(bea, day(2), {MEDIA: YES})
    assert (recorded.given, recorded.queued) == (0, 1)
    assert network.state(bea) is State.REFUSED
    assert queued(network.store) == [(bea, MEDIA, YES)]


def test_a_form_that_repeats_a_spoken_no_does_not_make_it_liftable(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, STOP, at=day(1))
    network.form(ada, day(2), {MEDIA: NO})
    assert network.form(ada, day(3), {MEDIA: YES}).queued == 1
    assert network.state(ada) is State.WITHDRAWN


def test_the_same_yes_is_queued_once(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, NO, at=day(1))
    assert [network.form(ada, day(2), {MEDIA: YES}).queued for _ in range(3)] == [1, 0, 0]
    assert len(queued(network.store)) == 1


def test_one_file_is_heard_in_the_order_of_its_answers(network: "Network") -> None:
    ada = network.member("Ada")
    asked = frozenset({MEDIA})
    with work(network.store, "import") as unit:
        late, early = (
            FormAnswer(ada, at, asked, {MEDIA: decision}, "row") for at, decision in ((day(4), NO), (day(2), YES))
        )
        record_answers(unit, [late, early])
    assert network.state(ada) is State.REFUSED


def test_who_is_made_in_the_same_unit_needs_no_looking_up(network: "Network") -> None:
    ada = network.member("Ada")
    network.form(ada, day(1), {MEDIA: NO})
    made: dict[str, list[object]] = {"created_at": [T0], "shared_phone": [False], "member_key": ["b" * 32]}
    with work(network.store, "import") as unit:
        (bea,) = unit.insert_columns(Member, made)
        answers = [FormAnswer(m, day(0), frozenset({MEDIA}), {MEDIA: YES}, "row") for m in (ada, bea)]
        assert record_answers(unit, answers, {bea: "b" * 32}).given == 1
    assert [network.state(m) for m in (ada, bea)] == [State.REFUSED, State.GIVEN]
    assert chain_problems(network.store) == ()


def test_the_wording_shown_is_kept_once(network: "Network") -> None:
    ada, bea = network.member("Ada"), network.member("Bea")
    with work(network.store, "import") as unit:
        record_answers(
            unit,
            [FormAnswer(m, day(1), frozenset(), {MEDIA: YES}, "row", wording="May we?") for m in (ada, bea)],
        )
    with reading(network.store) as session:
        found = {entry.wording_id for m in (ada, bea) for entry in history(session, m)}
    assert len(found) == 1
    assert None not in found


def test_unticking_after_a_merge_withdraws_what_the_other_record_gave(network: "Network") -> None:
    ada, bea = network.member("Ada"), network.member("Bea")
    network.form(bea, day(1), {MEDIA: YES})
    merge(network, ada, bea)
    assert network.state(ada) is State.GIVEN
    assert network.form(ada, day(2), {}).withdrawn == 1
    assert network.state(ada) is State.WITHDRAWN


def test_a_form_over_a_spoken_no_of_the_other_record_is_queued(network: "Network") -> None:
    ada, bea = network.member("Ada"), network.member("Bea")
    network.say(bea, STOP, at=day(1))
    merge(network, ada, bea)
    network.form(ada, day(2), {MEDIA: YES})
    assert network.state(ada) is State.WITHDRAWN
    assert queued(network.store) == [(ada, MEDIA, YES)]


@dataclass(frozen=True)
class Said:
    """One thing that happened to one member's permission for one purpose."""

    by_hand: bool
    decision: Decision | None
    day: int


SAID = st.builds(
    Said,
    st.booleans(),
    st.sampled_from([YES, ASK_FIRST, NO, STOP, None]),
    st.integers(0, 30),
).filter(lambda said: said.decision is not None or not said.by_hand)


@given(st.lists(SAID, min_size=1, max_size=8))
@examples(12)
def test_no_history_of_forms_lifts_a_spoken_no(new_network: "NewNetwork", told: list[Said]) -> None:
    with new_network() as network:
        ada = network.member("Ada")
        spoken_no = False
        for said in told:
            if said.by_hand:
                assert said.decision is not None
                network.say(ada, said.decision, at=day(said.day))
                spoken_no = said.decision in (NO, STOP)
                assert network.state(ada) == said.decision.value
            else:
                network.form(ada, day(said.day), {MEDIA: said.decision} if said.decision else {})
            if spoken_no:
                assert network.state(ada) in (State.REFUSED, State.WITHDRAWN)
        assert chain_problems(network.store) == ()


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from([YES, ASK_FIRST, NO])), min_size=1, max_size=7,
                unique_by=lambda answer: answer[0]))  # fmt: skip
@examples(12)
def test_files_in_any_order_say_what_her_latest_answer_said(
    new_network: "NewNetwork", answers: list[tuple[int, Decision]]
) -> None:
    with new_network() as network:
        ada = network.member("Ada")
        for number, decision in answers:
            network.form(ada, day(number), {MEDIA: decision})
        assert network.state(ada) == max(answers)[1].value
