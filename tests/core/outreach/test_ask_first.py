"""“Ask me first” is asked personally; an answer needs a permission that still stands, under whichever record."""

from typing import TYPE_CHECKING

import pytest

from matcher.consent import withdraw
from matcher.directory import merge_members
from matcher.errors import UserError
from matcher.model import Answer, Decision, InvitationState
from matcher.outreach import ask, asks, reply

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")


def first(network: "Network", name: str = "Bea") -> int:
    member = network.member(name)
    network.say(member, Decision.ASK_FIRST)
    return member


def test_a_list_passes_them_over_and_one_is_asked_alone(network: "Network") -> None:
    ada, bea, request = network.willing("Ada"), first(network), network.request()
    network.shortlist(request, ada, bea)
    assert [row.member_id for row in ask(network.store, request)] == [ada]
    assert [row.member_id for row in ask(network.store, request, [bea])] == [ada, bea]


def test_naming_them_among_others_is_refused(network: "Network") -> None:
    ada, bea, request = network.willing("Ada"), first(network), network.request()
    with pytest.raises(UserError, match=f"M{bea} wants to be asked personally"):
        ask(network.store, request, [ada, bea])
    assert asks(network.store, request) == ()


def test_a_list_of_them_alone_asks_nobody(network: "Network") -> None:
    bea, cleo, request = first(network), first(network, "Cleo"), network.request()
    network.shortlist(request, bea, cleo)
    with pytest.raises(UserError, match="personally"):
        ask(network.store, request)
    one = network.request()
    network.shortlist(one, bea)
    assert len(ask(network.store, one)) == 1


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO_REPLY])
def test_a_yes_after_a_withdrawal_needs_the_permission_first(network: "Network", answer: Answer) -> None:
    ada, request = network.willing("Ada"), network.request()
    ask(network.store, request, [ada])
    withdraw(network.store, ada)
    with pytest.raises(UserError, match="may not be asked about media requests now"):
        reply(network.store, request, ada, answer)
    reply(network.store, request, ada, Answer.NO_THIS_TIME)
    network.say(ada, Decision.GIVEN)
    reply(network.store, request, ada, Answer.YES)
    assert asks(network.store, request)[0].state is InvitationState.YES


def test_an_ask_made_before_a_merge_can_still_be_answered(network: "Network") -> None:
    ada, bea, request = network.willing("Ada"), network.willing("Bea"), network.request()
    ask(network.store, request, [bea])
    merge_members(network.store, ada, bea)
    reply(network.store, request, ada, Answer.YES)
    (row,) = asks(network.store, request)
    assert (row.member_id, row.state) == (bea, InvitationState.YES)
    reply(network.store, request, bea, Answer.STOP_ALL)
    assert asks(network.store, request)[0].state is InvitationState.NO
    assert network.state(ada).value == "withdrawn"
