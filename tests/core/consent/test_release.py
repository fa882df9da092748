"""What may be released of whom: only hers, only agreed, only under her own yes to this request."""

from typing import TYPE_CHECKING, Any

import pytest

from matcher.consent import RELEASABLE, releases, withdraw
from matcher.consent.release import Agreed, agreed, hidden_fields, record_release
from matcher.errors import UserError
from matcher.model import BACKGROUND_USE, Answer, Decision, Export, Member, Purpose, fields_of
from matcher.outreach import ask, reply
from matcher.storage import reading, request_of, work

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")


def yes(network: "Network", request: int, name: str = "Ada", **fields: Any) -> int:
    ada = network.willing(name, **({"email": f"{name.lower()}@example.org", "phone": "07700900123"} | fields))
    ask(network.store, request, [ada])
    reply(network.store, request, ada, Answer.YES)
    return ada


def who(network: "Network", request: int, *fields: str) -> tuple[Agreed, ...]:
    with reading(network.store) as session:
        return agreed(session, request_of(session, request), fields)


def test_what_can_be_released_is_said_where_the_field_is_defined() -> None:
    assert set(RELEASABLE) == {n for n, field in fields_of(Member).items() if field.export is Export.REQUESTER}
    assert {"first_name", "last_name", "email", "phone"} <= set(RELEASABLE)
    never = {"employer", "town", "postcode_district", "experience_text", "conditions_text", "safe_contact"}
    assert not (never | set(BACKGROUND_USE)) & set(RELEASABLE)


@pytest.mark.parametrize("field", [*BACKGROUND_USE, "employer", "experience_text", "no such field"])
def test_anything_else_is_refused(network: "Network", field: str) -> None:
    request = network.request()
    yes(network, request)
    with pytest.raises(UserError, match="never shared"):
        who(network, request, field)


def test_a_yes_to_another_request_is_none_to_this(network: "Network") -> None:
    one, other = network.request(), network.request()
    ada = yes(network, one)
    ask(network.store, other, [ada])
    assert [person.member_id for person in who(network, one)] == [ada]
    assert who(network, other) == ()


@pytest.mark.parametrize("answer", [a for a in Answer if a is not Answer.YES])
def test_any_other_answer_takes_the_yes_back(network: "Network", answer: Answer) -> None:
    request = network.request()
    ada = yes(network, request)
    reply(network.store, request, ada, answer)
    assert who(network, request) == ()


def test_a_yes_from_before_a_withdrawal_does_not_come_back(network: "Network") -> None:
    request = network.request()
    ada = yes(network, request)
    withdraw(network.store, ada, Purpose.MEDIA)
    assert who(network, request) == ()
    network.say(ada, Decision.GIVEN)
    assert who(network, request) == ()
    reply(network.store, request, ada, Answer.YES)
    assert len(who(network, request)) == 1


@pytest.mark.parametrize(
    ("fields", "shared"),
    [
        ({}, {"first_name", "last_name", "email", "phone"}),
        ({"never_share": ["phone", "gender"]}, {"first_name", "last_name", "email"}),
        ({"conditions": ["first_name_only"]}, {"first_name", "email", "phone"}),
        ({"conditions": ["first_name_only"], "email": "ada.swift@example.org"}, {"first_name", "phone"}),
        ({"conditions": ["anonymous_only"]}, set()),
        ({"conditions": ["no_email"]}, {"first_name", "last_name", "phone"}),
        ({"shared_phone": True}, {"first_name", "last_name", "email"}),
        ({"phone": None, "last_name": ""}, {"first_name", "email"}),
    ],
)
def test_of_each_only_what_she_lets_be_shared(network: "Network", fields: dict[str, Any], shared: set[str]) -> None:
    request = network.request()
    yes(network, request, **({"last_name": "Swift"} | fields))
    (person,) = who(network, request, "first_name", "last_name", "email", "phone")
    assert set(person.fields) == shared


def test_what_is_hidden_says_why() -> None:
    member = Member(conditions=["first_name_only"], never_share=["role"], shared_phone=True, email="a@example.org")
    assert hidden_fields(member) == {
        "role": "Never to be shared", "last_name": "First name only", "phone": "Somebody else may answer it",
    }  # fmt: skip


def test_the_record_refuses_more_than_was_agreed(network: "Network") -> None:
    request = network.request()
    ada = yes(network, request, last_name="Swift", conditions=["first_name_only"])
    (person,) = who(network, request, "first_name")
    for careless in (
        Agreed(ada, person.invitation_id, ("first_name", "last_name")),
        Agreed(ada, person.invitation_id, ("gender",)),
        Agreed(ada, 99, ("first_name",)),
    ):
        with pytest.raises(UserError, match="no longer agrees"), work(network.store, "share") as unit:
            record_release(unit, request_of(unit.session, request), None, "Sam", [careless])
    assert releases(network.store) == ()
    with work(network.store, "share") as unit:
        record_release(unit, request_of(unit.session, request), None, "Sam", [person])
    (shared,) = releases(network.store, member_id=ada, request_id=request)
    assert (shared.recipient, shared.fields, shared.file) == ("Sam", ("first_name", "conditions"), None)
    assert releases(network.store, member_id=99) == ()
