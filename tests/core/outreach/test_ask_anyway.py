"""Asking somebody though she rests: for a reason, for one request, and never against a no."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from matcher.consent import undo, withdraw
from matcher.errors import UserError
from matcher.matching import open_case
from matcher.model import Decision, InvitationState, Purpose
from matcher.outreach import ask, ask_anyway, asked_anyway_because, asks

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Network


def fitting(network: "Network", request: int) -> list[int]:
    return [one.member_id for one in open_case(network.store, request).fitting()]


@pytest.fixture
def resting(network: "Network", frozen: datetime) -> int:
    ada = network.willing("Ada")
    ask(network.store, network.request(), [ada])
    return ada


def test_a_rest_is_set_aside_for_one_request_and_can_be_put_back(network: "Network", resting: int) -> None:
    this, other = network.request(), network.request()
    assert fitting(network, this) == []
    step = ask_anyway(network.store, this, resting, "She asked to be asked")
    assert fitting(network, this) == [resting]
    assert fitting(network, other) == []
    assert asked_anyway_because(network.store, this) == {resting: "She asked to be asked"}
    assert [row.state for row in asks(network.store, this)] == [InvitationState.TO_ASK]
    undo(network.store, step)
    assert fitting(network, this) == []
    assert asks(network.store, this) == ()


def test_who_was_asked_so_is_asked_like_anybody(network: "Network", resting: int) -> None:
    request = network.request()
    ask_anyway(network.store, request, resting, "Nobody else does this work")
    assert [row.state for row in ask(network.store, request, [resting])] == [InvitationState.ASKED]
    assert fitting(network, request) == []
    with pytest.raises(UserError, match="asked about this request already"):
        ask_anyway(network.store, request, resting, "again")


def test_the_most_asks_of_a_year_can_be_set_aside(network: "Network", at: "Callable[[str], datetime]") -> None:
    at("2026-01-05T09:00")
    ada = network.willing("Ada")
    for month in range(1, 9):
        at(f"2026-{month:02}-20T09:00")
        ask(network.store, network.request(), [ada])
    at("2026-11-23T09:00")
    request = network.request()
    assert fitting(network, request) == []
    ask_anyway(network.store, request, ada, "She offered")
    assert fitting(network, request) == [ada]


def test_a_no_is_never_set_aside(network: "Network", resting: int) -> None:
    request = network.request()
    network.say(resting, Decision.REFUSED, Purpose.MEDIA)
    with pytest.raises(UserError, match="Said no to media requests"):
        ask_anyway(network.store, request, resting, "please")
    assert asks(network.store, request) == ()


def test_a_no_that_comes_later_stands_over_it(network: "Network", resting: int) -> None:
    request = network.request()
    ask_anyway(network.store, request, resting, "She offered")
    withdraw(network.store, resting)
    assert fitting(network, request) == []
    with pytest.raises(UserError, match="Withdrew"):
        ask(network.store, request, [resting])


def test_it_needs_a_reason_and_a_rest(network: "Network", resting: int) -> None:
    request = network.request()
    with pytest.raises(UserError, match="no reason"):
        ask_anyway(network.store, request, resting, "  ")
    bea = network.willing("Bea")
    with pytest.raises(UserError, match="may be asked already"):
        ask_anyway(network.store, request, bea, "why not")
