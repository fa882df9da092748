"""The ready message: one person each, one line a fact, neutral where somebody else may read it."""

from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.errors import UserError
from matcher.files.writers.workbook import Column, Link, SheetSpec, workbook_bytes
from matcher.model import Anonymity, Brief, Format, Member, Payment, Session
from matcher.outreach.messages import Ask, Writer
from matcher.outreach.texts import MessageKind, Texts

BRIEF = Brief(
    "Night shifts",
    requester="Sam Okoro",
    organisation="Channel Seven",
    format=Format.RECORDED_BROADCAST,
    duration_minutes=40,
    places=("Leeds",),
    deadline=date(2026, 12, 4),
    sessions=(Session(date(2026, 12, 8), time="10:00", place="Leeds"),),
    payment=Payment(amount=50, kind="voucher"),
    anonymity=Anonymity.FIRST_NAME,
)
BREAKS = "\r\n\u2028\u2029\x0b\x0c\x85\x1c"


def written(member: Member, brief: Brief = BRIEF, sender: str = "Rosa") -> Ask:
    return Writer("Lantern Network", sender, Texts()).write(MessageKind.ASK, member, brief)


def someone(**fields: object) -> Member:
    return Member(**({"first_name": "Ada", "phone": "07700 900123", "shared_phone": False} | fields))


def test_it_says_who_what_when_and_what_it_means_for_her() -> None:
    message = written(someone()).message
    for said in (
        "Hi Ada, it's Rosa from Lantern Network.", "Sam Okoro, Channel Seven", "Night shifts", "recorded broadcast",
        "about 40 minutes", "Where: Leeds", "Fri 4 Dec", "Tue 8 Dec 10:00 Leeds", "£50 voucher.",
        "by first name only", "unless you say yes", "STOP",
    ):  # fmt: skip
        assert said in message
    assert "None" not in message


@pytest.mark.parametrize(
    ("payment", "says", "warns"),
    [
        (Payment(amount=25.5), "Payment: £25.50.", True),
        (Payment(amount=1000, currency="EUR"), "Payment: EUR 1,000.", True),
        (Payment(amount=0), "Payment: none.", False),
        (Payment(amount=0, expenses="travel"), "Payment: none. Expenses: travel.", False),
        (
            Payment(amount=0, text="travel booked and lunch", expenses="bus fares."),
            "Payment: travel booked and lunch. Expenses: bus fares.",
            False,
        ),
        (Payment(), "Payment: they have not said.", False),
    ],
)
def test_paid_work_comes_with_its_warning(payment: Payment, says: str, warns: bool) -> None:
    message = written(someone(), Brief("x", payment=payment)).message
    assert says in message
    assert ("Universal Credit" in message) == warns
    assert ("sponsored visa" in message) == warns


def test_a_shared_phone_gets_no_topic() -> None:
    ask = written(someone(shared_phone=True))
    for secret in ("Lantern", "Night", "Channel", "care", "£", "STOP", "Sam"):
        assert secret not in ask.message
        assert secret not in unquote(ask.link)
    assert ask.message.startswith("Hi Ada, it's Rosa.")


def test_without_a_senders_name_a_shared_phone_still_hears_no_topic() -> None:
    assert "home" not in written(someone(shared_phone=True)).message.casefold()


@pytest.mark.parametrize(
    ("member", "channel", "link"),
    [
        (someone(), "WhatsApp", "https://wa.me/447700900123?text=Hi%20Ada"),
        (someone(phone="0115 496 0123"), "Phone", "tel:+441154960123"),
        (someone(preferred_channel="email", email="ada@example.org"), "E-mail", "mailto:ada@example.org?subject="),
        (someone(phone=None, email="ada@example.org"), "E-mail", "mailto:ada@example.org?subject="),
        (someone(preferred_channel="email"), "WhatsApp", "https://wa.me/447700900123"),
        (someone(preferred_channel="WhatsApp, or email", email="ada@example.org"), "WhatsApp", "https://wa.me/"),
        (someone(preferred_channel="E-mail please", email="ada@example.org"), "E-mail", "mailto:ada@example.org"),
        (someone(phone=None, email="not an address"), "E-mail", ""),
        (someone(phone=None), "", ""),
    ],
)
def test_the_channel_and_its_link(member: Member, channel: str, link: str) -> None:
    ask = written(member)
    assert ask.channel == channel
    assert ask.link.startswith(link)


@given(
    st.text(alphabet=BREAKS + "ab,;@&?=%:<>\"' ", max_size=20),
    st.text(alphabet=BREAKS + "Bcc: ,@x", max_size=20),
    st.booleans(),
)
def test_no_name_adds_a_line_a_header_or_a_recipient(name: str, title: str, shared: bool) -> None:
    brief = Brief(title or "x", requester=name, organisation=title, places=(name,))
    member = someone(first_name=name, phone=None, email="ada@example.org", shared_phone=shared)
    plain = written(someone(phone=None, email="ada@example.org", shared_phone=shared), Brief("x", places=("y",)))
    ask = Writer("Org" + name, title, Texts()).write(MessageKind.ASK, member, brief)
    assert "\r" not in ask.message
    assert all(bad not in ask.message for bad in BREAKS.replace("\n", ""))
    assert ask.message.count("\n") <= plain.message.count("\n")
    address = urlsplit(ask.link)
    assert (address.scheme, address.path) == ("mailto", "ada@example.org")
    assert set(parse_qs(address.query)) == {"subject", "body"}
    assert not set(ask.link) & set(BREAKS + " <>\"'")


@pytest.mark.parametrize(
    "email", ["ada@example.org,bea@example.org", "ada@example.org?bcc=x@example.org", "a\nb@c.org"]
)
def test_an_address_is_one_recipient_or_none(email: str) -> None:
    link = written(someone(phone=None, email=email)).link
    address = urlsplit(link)
    assert not link or unquote(address.path) in ("ada@example.org", "b@c.org")
    assert not link or set(parse_qs(address.query)) == {"subject", "body"}


@given(st.emails())
def test_every_link_is_one_the_workbook_takes(email: str) -> None:
    ask = written(someone(phone=None, email=email))
    assume(ask.link)
    assert workbook_bytes([SheetSpec("s", [Column("Open", 9, "link")], [[Link("Open", ask.link)]])], title="t")


def test_words_in_a_name_are_not_a_template() -> None:
    assert "{{ 7*7 }}" in written(someone(first_name="{{ 7*7 }}")).message


def test_a_field_the_template_misses_stops_the_run() -> None:
    writer = Writer("Lantern Network", "Rosa", Texts({"messages.ask..": "Hi {{ nickname }}"}))
    with pytest.raises(UserError, match="nickname"):
        writer.write(MessageKind.ASK, someone(), BRIEF)
