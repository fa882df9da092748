"""Safe contact: the channel that she lets be used, and no topic where somebody else may read it."""

from typing import Any
from urllib.parse import unquote

import pytest

from matcher.model import Brief, Member
from matcher.outreach.messages import Writer
from matcher.outreach.texts import MessageKind, Texts

MOBILE, LANDLINE = "07700 900123", "0115 496 0123"
SECRETS = ("Lantern", "Night", "Channel", "Sam")


def written(sender: str = "Rosa", **fields: Any) -> tuple[str, str, str]:
    member = Member(**({"first_name": "Ada", "shared_phone": False} | fields))
    brief = Brief("Night shifts", requester="Sam", organisation="Channel Seven")
    ask = Writer("Lantern Home Care Network", sender, Texts()).write(MessageKind.ASK, member, brief)
    return ask.channel, ask.message, unquote(ask.link)


@pytest.mark.parametrize(
    ("fields", "channel"),
    [
        ({"phone": LANDLINE}, "Phone"),
        ({"phone": LANDLINE, "conditions": ["text_only"]}, ""),
        ({"phone": LANDLINE, "conditions": ["text_only"], "email": "ada@example.org"}, "E-mail"),
        ({"phone": MOBILE, "conditions": ["text_only"]}, "WhatsApp"),
        ({"phone": MOBILE, "email": "ada@example.org", "preferred_channel": "e-mail"}, "E-mail"),
        (
            {
                "phone": MOBILE,
                "email": "ada@example.org",
                "preferred_channel": "e-mail",
                "conditions": ["no_email"],
            },
            "WhatsApp",
        ),
        ({"email": "ada@example.org", "conditions": ["no_email"]}, ""),
        ({"phone": LANDLINE, "email": "ada@example.org", "conditions": ["text_only", "no_email"]}, ""),
    ],
)
def test_a_channel_she_ruled_out_is_not_used(fields: dict[str, Any], channel: str) -> None:
    used, _message, link = written(**fields)
    assert used == channel
    assert bool(link) == bool(channel)


@pytest.mark.parametrize("fields", [{"phone": MOBILE}, {"phone": LANDLINE}, {"email": "ada@example.org"}])
@pytest.mark.parametrize("sender", ["Rosa", ""])
def test_a_shared_phone_hears_no_topic_on_any_channel(fields: dict[str, Any], sender: str) -> None:
    _channel, message, link = written(sender, shared_phone=True, **fields)
    assert message.startswith("Hi Ada")
    for secret in SECRETS:
        assert secret not in message
        assert secret not in link


def test_an_address_at_work_reads_no_topic() -> None:
    channel, message, link = written(employer="Sunny Care Ltd", email="ada@sunnycare.co.uk")
    assert channel == "E-mail"
    for secret in SECRETS:
        assert secret not in message
        assert secret not in link
    by_phone = written(employer="Sunny Care Ltd", email="ada@sunnycare.co.uk", phone=MOBILE)
    assert "Night shifts" in by_phone[1]
    assert "Night shifts" in written(employer="Sunny Care Ltd", email="ada@example.org")[1]
