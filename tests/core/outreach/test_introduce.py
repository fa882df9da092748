"""Introducing who said yes: only they, with the requester's contact, and what of theirs stays hidden."""

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from matcher.consent import withdraw
from matcher.errors import UserError
from matcher.model import Answer, Purpose
from matcher.outreach import ask, reply
from matcher.outreach.introduce import introduction

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")

CONTACT = "i.farrell@calder.example.org"


def say_yes(network: "Network", request_id: int, *member_ids: int) -> None:
    network.shortlist(request_id, *member_ids)
    ask(network.store, request_id)
    for member_id in member_ids:
        reply(network.store, request_id, member_id, Answer.YES)


def request(network: "Network", contact: str = CONTACT) -> int:
    return network.request(
        title="Night\nvisits", requester="Imogen Farrell", organisation="Calder University", contact=contact
    )


def test_only_those_who_said_yes_and_still_may_be_asked_are_introduced(network: "Network") -> None:
    request_id = request(network)
    ada, bea, cleo = (network.willing(name) for name in ("Ada", "Bea", "Cleo"))
    network.shortlist(request_id, ada, bea, cleo)
    ask(network.store, request_id)
    reply(network.store, request_id, ada, Answer.YES)
    reply(network.store, request_id, bea, Answer.NO_THIS_TIME)
    reply(network.store, request_id, cleo, Answer.YES)
    withdraw(network.store, cleo, Purpose.MEDIA)
    assert [one.name for one in introduction(network.store, request_id).people] == ["Ada"]


def test_the_message_gives_the_requesters_contact_and_nothing_of_the_member_but_her_first_name(
    network: "Network",
) -> None:
    request_id = request(network)
    member_id = network.willing("Ada", last_name="Obi", email="ada@example.org", phone="07700 900123")
    say_yes(network, request_id, member_id)
    (ada,) = introduction(network.store, request_id).people
    assert "Hi Ada, it's Lantern Network." in ada.message
    assert f"Imogen Farrell, Calder University\n{CONTACT}" in ada.message
    assert "“Night visits”" in ada.message
    assert not any(word in ada.message for word in ("Obi", "ada@example.org", "07700"))


def test_a_shared_phone_gets_an_opening_without_a_topic(network: "Network") -> None:
    request_id = request(network)
    shared = network.willing("Ada", phone="07700 900123", shared_phone=True)
    say_yes(network, request_id, shared, network.willing("Bea", phone="07700 900145"))
    ada, bea = introduction(network.store, request_id).people
    assert "Hi Ada" in ada.opening
    assert not any(word in ada.opening + ada.link for word in ("Night", "Farrell", "Calder", "Lantern", CONTACT))
    assert CONTACT in ada.message
    assert bea.opening == ""
    assert quote(bea.message) in bea.link


def test_without_a_contact_there_is_no_message(network: "Network") -> None:
    request_id = request(network, contact="")
    say_yes(network, request_id, network.willing())
    found = introduction(network.store, request_id)
    (ada,) = found.people
    assert (found.contact, ada.message, ada.link) == ("", "", "")


def test_what_stays_hidden_is_told_with_the_reason(network: "Network") -> None:
    request_id = request(network)
    say_yes(
        network, request_id,
        network.willing("Ada", conditions=["anonymous_only"]),
        network.willing("Bea", never_share=["phone", "migration_status"]),
        network.willing("Cleo"),
    )  # fmt: skip
    ada, bea, cleo = introduction(network.store, request_id).people
    assert dict(ada.hidden) == dict.fromkeys(("first_name", "last_name", "email", "phone"), "Anonymous only")
    assert dict(bea.hidden) == {"phone": "Never to be shared"}
    assert dict(cleo.hidden) == {}


def test_an_unknown_request_is_named(network: "Network") -> None:
    with pytest.raises(UserError, match="R9"):
        introduction(network.store, 9)
