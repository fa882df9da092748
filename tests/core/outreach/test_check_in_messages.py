"""Check-ins ready to send: what is held, what would be asked, on a channel that is safe."""

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from matcher.consent import record_check_in, withdraw
from matcher.model import Decision, Member, Purpose, fields_of
from matcher.outreach import ReadyCheckIn, check_in_messages, check_ins
from matcher.storage import put_setting, work

if TYPE_CHECKING:
    from tests.conftest import Network


@pytest.fixture(autouse=True)
def _sender(network: "Network", frozen: object) -> None:
    with work(network.store, "settings") as unit:
        put_setting(unit, "organisation.sender", "Rosa")


def only(network: "Network") -> ReadyCheckIn:
    (one,) = check_in_messages(network.store)
    return one


def test_what_is_held_and_what_would_be_asked(network: "Network") -> None:
    network.member("Ada", phone="07700 900123", town="Leeds", gender="woman", experience_text="I love nights")
    one = only(network)
    for said in (
        "Hi Ada, it's Rosa from Lantern Network", "your name", "how to reach you", "roughly where you are",
        "what you wrote about your work", "your gender",
        "policy and government", "research", "journalists", "Is that still right?", "STOP",
    ):  # fmt: skip
        assert said in one.text
    for value in ("Leeds", "woman", "I love nights", "900123"):
        assert value not in one.text
    assert (one.channel, one.reason, one.reminder) == ("WhatsApp", "Has not said yet", False)
    assert unquote(one.link).endswith(one.text)


def test_what_was_given_is_asked_back(network: "Network", at: object) -> None:
    ada = network.member("Ada", email="ada@example.org")
    assert callable(at)
    at("2024-01-01T09:00+00:00")
    network.say(ada, Decision.GIVEN, Purpose.ACADEMIC)
    at("2026-11-23T09:00+00:00")
    one = only(network)
    assert "You said I may ask you about: research." in one.text
    assert "journalists" not in one.text
    assert (one.channel, one.reason) == ("E-mail", "Said so more than two years ago")


def test_a_shared_phone_hears_no_topic(network: "Network") -> None:
    network.member("Ada", phone="07700 900123", shared_phone=True)
    one = only(network)
    assert one.text.startswith("Hi Ada, it's Rosa. I have something to check with you.")
    for secret in ("Lantern", "care", "research", "STOP", "hold"):
        assert secret not in one.text
        assert secret not in unquote(one.link)


def test_a_reminder_says_that_it_is_the_last(network: "Network", at: object) -> None:
    ada = network.member("Ada", phone="07700 900123")
    record_check_in(network.store, ada)
    assert check_in_messages(network.store) == ()
    assert callable(at)
    at("2026-12-10T09:00+00:00")
    one = only(network)
    assert one.reminder
    assert "only ask once more" in one.text


def test_nobody_who_said_no(network: "Network") -> None:
    withdraw(network.store, network.member("Ada", phone="07700 900123"))
    assert check_in_messages(network.store) == ()


def test_everything_held_on_somebody_is_told_in_her_words() -> None:
    told = {name for _, names in check_ins._HELD for name in names}
    known = set(fields_of(Member))
    assert told <= known
    assert known - told == {"never_share", "last_answer_at", "shared_phone"}
