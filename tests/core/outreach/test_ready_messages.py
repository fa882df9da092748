"""The messages ready to send for a list, and where each ask stands."""

from typing import TYPE_CHECKING

import pytest

from matcher.errors import UserError
from matcher.model import Answer, Decision, InvitationState
from matcher.outreach import ask, ready_messages, reply

if TYPE_CHECKING:
    from tests.conftest import Network


def test_each_person_on_the_list_has_a_message_and_a_link(network: "Network") -> None:
    ada = network.willing("Ada", phone="07700 900123")
    bea = network.willing("Bea", email="bea@example.org")
    request = network.request()
    network.shortlist(request, ada, bea, reserves=1)
    first, second = ready_messages(network.store, request)
    assert (first.name, first.channel, first.reserve) == ("Ada", "WhatsApp", False)
    assert first.link.startswith("https://wa.me/447700900123?text=")
    assert (second.name, second.channel, second.reserve) == ("Bea", "E-mail", True)
    assert "Night shifts" in first.message
    assert first.message.startswith("Hi Ada")
    assert first.state is InvitationState.TO_ASK


def test_where_each_ask_stands(network: "Network") -> None:
    ada, bea = network.willing("Ada"), network.willing("Bea")
    request = network.request()
    network.shortlist(request, ada, bea)
    ask(network.store, request, [ada])
    reply(network.store, request, ada, Answer.YES)
    first, second = ready_messages(network.store, request)
    assert (first.state, first.answer, first.trouble) == (InvitationState.YES, Answer.YES, "")
    assert first.asked_at is not None
    assert (second.state, second.answer, second.asked_at) == (InvitationState.TO_ASK, None, None)


def test_who_wants_to_be_asked_personally_is_marked(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, Decision.ASK_FIRST)
    request = network.request()
    network.shortlist(request, ada)
    assert [ready.ask_first for ready in ready_messages(network.store, request)] == [True]


def test_there_is_no_message_for_who_may_not_be_asked(network: "Network") -> None:
    ada = network.willing("Ada", phone="07700 900123", employer="Northgate Radio")
    request = network.request(organisation="Northgate Radio")
    network.shortlist(request, ada)
    (ready,) = ready_messages(network.store, request)
    assert (ready.message, ready.link) == ("", "")
    assert ready.trouble == "The requester is their employer"


def test_who_stopped_after_being_asked_is_still_shown(network: "Network") -> None:
    ada = network.willing("Ada", phone="07700 900123")
    request = network.request()
    network.shortlist(request, ada)
    ask(network.store, request)
    reply(network.store, request, ada, Answer.STOP_ALL)
    (ready,) = ready_messages(network.store, request)
    assert (ready.state, ready.answer, ready.message) == (InvitationState.NO, Answer.STOP_ALL, "")
    assert ready.trouble == "Withdrew from media requests"


def test_without_a_list_there_are_none_and_an_unknown_request_is_said(network: "Network") -> None:
    assert ready_messages(network.store, network.request()) == ()
    with pytest.raises(UserError, match="no request R99"):
        ready_messages(network.store, 99)
