"""What is recorded by hand: the last word counts, and a no sticks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from matcher.consent import (
    Permission,
    decide,
    history,
    record,
    withdraw,
)
from matcher.errors import UserError
from matcher.model import ASKING, Decision, How, Purpose, State
from matcher.storage import reading, work
from matcher.storage.journal import entries

if TYPE_CHECKING:
    from tests.conftest import Network

MEDIA = Purpose.MEDIA
YES, ASK_FIRST, NO, STOP = Decision.GIVEN, Decision.ASK_FIRST, Decision.REFUSED, Decision.WITHDRAWN
T0 = datetime(2026, 1, 1, 12, tzinfo=UTC)


def day(number: int) -> datetime:
    return T0 + timedelta(days=number)


@pytest.mark.parametrize("decision", [YES, ASK_FIRST, NO, STOP])
def test_the_last_word_by_hand_counts(network: "Network", decision: Decision) -> None:
    ada = network.member("Ada")
    for before in (YES, ASK_FIRST, NO, STOP):
        network.say(ada, before)
        network.say(ada, decision)
        assert network.state(ada) == decision.value


def test_a_no_counts_from_when_it_is_recorded_whatever_its_date(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, YES, at=day(50))
    network.say(ada, NO, at=day(1))
    assert network.state(ada) is State.REFUSED


def test_a_no_in_the_same_breath_as_a_later_dated_yes_counts(network: "Network") -> None:
    ada = network.member("Ada")
    with work(network.store, "both") as unit:
        yes, no = (
            Permission(ada, MEDIA, decision, at, How.PHONE, "x") for decision, at in ((YES, day(9)), (NO, day(1)))
        )
        record(unit, yes, no)
    assert network.state(ada) is State.REFUSED


def test_a_no_counts_even_after_the_clock_ran_ahead(network: "Network", at: Callable[[str], datetime]) -> None:
    ada = network.member("Ada")
    at("2031-01-01T00:00+00:00")
    network.say(ada, YES)
    at("2026-11-23T09:00+00:00")
    network.say(ada, STOP)
    assert network.state(ada) is State.WITHDRAWN


def test_an_answer_from_the_future_counts_as_of_now(network: "Network", frozen: datetime) -> None:
    ada = network.member("Ada")
    network.form(ada, frozen + timedelta(days=400), {MEDIA: YES})
    network.say(ada, YES, Purpose.POLICY, at=frozen + timedelta(days=400))
    with reading(network.store) as session:
        assert {entry.at for entry in history(session, ada)} == {frozen}


def test_withdrawing_without_a_purpose_means_every_one_of_being_asked(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, YES, Purpose.USE_GENDER)
    withdraw(network.store, ada, evidence="wrote STOP")
    assert {network.state(ada, purpose) for purpose in ASKING} == {State.WITHDRAWN}
    assert network.state(ada, Purpose.USE_GENDER) is State.GIVEN
    assert set(entries(network.store)[-1]["purposes"]) == set(ASKING)


def test_every_no_is_in_the_journal_before_it_is_committed(
    network: "Network", monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = network.member("Ada")
    withdraw(network.store, ada, MEDIA)
    decide(network.store, Permission(ada, Purpose.POLICY, NO, day(1), How.PHONE, ""))
    assert [entry["purposes"] for entry in entries(network.store)] == [["media"], ["policy"]]

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UserError, match="could not be written"):
        withdraw(network.store, ada, Purpose.ACADEMIC)
    assert network.state(ada, Purpose.ACADEMIC) is State.NOT_GIVEN


def test_a_yes_by_hand_needs_its_evidence_and_a_no_does_not(network: "Network") -> None:
    ada = network.member("Ada")
    with pytest.raises(UserError, match="needs its evidence"):
        decide(network.store, Permission(ada, MEDIA, YES, day(1), How.PHONE, "  "))
    decide(network.store, Permission(ada, MEDIA, NO, day(1), How.PHONE, ""))
    assert network.state(ada) is State.REFUSED


def test_nobody_unknown_decides(network: "Network") -> None:
    for action in (
        lambda: decide(network.store, Permission(99, MEDIA, NO, day(1), How.PHONE, "")),
        lambda: withdraw(network.store, 99),
        lambda: network.say(99),
        lambda: network.form(99, day(1), {MEDIA: YES}),
    ):
        with pytest.raises(UserError, match="no member M99"):
            action()
