"""Pasted replies: who, what, and what stays for her to decide."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from matcher.consent import undo
from matcher.errors import UserError
from matcher.model import Answer, Audience, InvitationState, Purpose, State
from matcher.outreach import ask, asks, post_call, read_replies, record_pasted
from matcher.outreach.chat_text import messages_in
from matcher.storage import put_setting, work

if TYPE_CHECKING:
    from tests.conftest import Network

CHAT = """\
12/11/2026, 18:00 - Messages and calls are end-to-end encrypted.
[24/11/2026, 18:01] Rosa: Hi, it's Rosa. No is fine. Reply STOP and I won't ask again.
[24/11/2026, 19:03] Dilys P: yes love count me in
[24/11/2026, 19:04:10] ~ Eve Marsh: sorry cant do it
x
[24/11/2026, 7:05 pm] +44 7700 900125: Stop please
[19:06, 24/11/2026] Ann: maybe
[24/11/2026, 19:07] Ann: \u200eimage omitted
[24/11/2026, 19:08] Somebody Else: yes"""


@pytest.fixture
def asked(network: "Network", frozen: datetime) -> tuple["Network", int, dict[str, int]]:
    """Five people who were asked on the 23rd, two of whom are called Ann."""
    people = {
        "dilys": network.willing("Dilys", last_name="Price", phone="07700 900123", email="dilys@example.org"),
        "eve": network.willing("Eve", last_name="Marsh", phone="07700 900124"),
        "fay": network.willing("Fay", last_name="Reed", phone="07700900125"),
        "ann": network.willing("Ann", last_name="Lee"),
        "ann2": network.willing("Ann", last_name="Cole"),
    }
    request = network.request()
    network.shortlist(request, *people.values())
    with work(network.store, "who signs") as unit:
        put_setting(unit, "organisation.sender", "Rosa")
    ask(network.store, request)
    return network, request, people


def test_who_and_what(asked: tuple["Network", int, dict[str, int]]) -> None:
    network, request, people = asked
    found = read_replies(network.store, CHAT, request).proposals
    told = [(one.choice.member_id if one.choice else None, one.answer, one.sure) for one in found]
    assert told == [
        (people["dilys"], Answer.YES, True),
        (people["eve"], Answer.NO_THIS_TIME, True),
        (people["fay"], Answer.STOP_ALL, True),
        (None, None, False),
        (None, Answer.YES, False),
    ]
    assert {choice.member_id for choice in found[3].choices} == {people["ann"], people["ann2"]}
    assert found[4].choices == ()
    assert found[1].evidence == "sorry cant do it\nx"
    assert [row.answer for row in asks(network.store, request)] == [None] * 5, "nothing is recorded yet"


def test_an_answer_has_the_moment_it_was_written_at(
    asked: tuple["Network", int, dict[str, int]], at: Callable[[str], datetime]
) -> None:
    network, request, people = asked
    at("2026-11-27T09:00+00:00")
    found = read_replies(network.store, CHAT, request).proposals
    record_pasted(network.store, [one.heard() for one in found if one.sure])
    written = {row.member_id: row.answered_at for row in asks(network.store, request)}
    assert written[people["dilys"]] == datetime(2026, 11, 24, 19, 3, tzinfo=UTC)
    undo(network.store)
    early = replace(found[0].heard(), at=datetime(2026, 1, 1, tzinfo=UTC))
    record_pasted(network.store, [early])
    (dilys,) = (row for row in asks(network.store, request) if row.member_id == people["dilys"])
    assert dilys.answered_at == dilys.asked_at, "nobody answers before they were asked"


def test_what_she_confirms_is_recorded_in_one_step(asked: tuple["Network", int, dict[str, int]]) -> None:
    network, request, people = asked
    found = read_replies(network.store, CHAT).proposals
    heard = [one.heard() for one in found if one.sure]
    heard.append(found[3].heard(Answer.YES, next(c for c in found[3].choices if c.member_id == people["ann"])))
    record_pasted(network.store, heard)
    states = {row.member_id: row.state for row in asks(network.store, request)}
    assert states == {
        people["dilys"]: InvitationState.YES, people["eve"]: InvitationState.NO, people["fay"]: InvitationState.NO,
        people["ann"]: InvitationState.YES, people["ann2"]: InvitationState.ASKED,
    }  # fmt: skip
    assert network.state(people["fay"]) is State.WITHDRAWN
    assert network.state(people["fay"], Purpose.ACADEMIC) is State.WITHDRAWN, "a bare stop means everything"


def test_what_is_open_cannot_be_recorded(asked: tuple["Network", int, dict[str, int]]) -> None:
    network, request, _ = asked
    found = read_replies(network.store, CHAT, request).proposals
    with pytest.raises(UserError, match="Who is “Somebody Else”"):
        found[4].heard()
    with pytest.raises(UserError, match="Who is “Ann”"):
        found[3].heard(Answer.YES)
    with pytest.raises(UserError, match="What does"):
        found[3].heard(choice=found[3].choices[0])
    with pytest.raises(UserError, match="nothing to record"):
        record_pasted(network.store, [])


@pytest.mark.parametrize(
    ("lines", "answer", "may_stop"),
    [
        (["Hi lovely", "yes please"], Answer.YES, False),
        (["yes count me in", "actually can't do Tuesday sorry"], None, False),
        (["yes count me in", "stop"], None, True),
        (["stop", "thanks"], Answer.STOP_ALL, False),
        (["yes", "is it paid?"], None, False),
        (["no sorry", "not this time"], Answer.NO_THIS_TIME, False),
    ],
)
def test_several_messages_of_one_person(
    asked: tuple["Network", int, dict[str, int]], lines: list[str], answer: Answer | None, may_stop: bool
) -> None:
    network, request, _ = asked
    text = "\n".join(f"[24/11/2026, 19:0{place}] Dilys Price: {line}" for place, line in enumerate(lines))
    (found,) = read_replies(network.store, text, request).proposals
    assert (found.answer, found.may_stop) == (answer, may_stop)


def test_what_was_said_before_the_ask_is_no_answer_but_an_old_stop_is_shown(
    asked: tuple["Network", int, dict[str, int]],
) -> None:
    network, request, _ = asked
    text = "[01/11/2026, 10:00] Dilys Price: yes\n[01/11/2026, 10:01] Eve Marsh: stop texting me"
    read = read_replies(network.store, text, request)
    assert read.older == 1
    assert [(one.choice.name if one.choice else "", one.answer) for one in read.proposals] == [
        ("Eve Marsh", Answer.STOP_ALL)
    ]


def test_copied_emails(asked: tuple["Network", int, dict[str, int]]) -> None:
    network, request, people = asked
    text = (
        "From: D. Price <dilys@example.org>\nSent: 24 November 2026\nTo: Rosa\n\nYes please, count me in.\n\n"
        "On Mon, 23 Nov 2026 at 18:00, Rosa wrote:\n> Reply STOP and I won't ask again.\n"
    )
    (found,) = read_replies(network.store, text, request).proposals
    assert found.choice
    assert (found.choice.member_id, found.answer, found.sure, found.by_email) == (
        people["dilys"], Answer.YES, True, True,
    )  # fmt: skip


def test_words_of_nobody_named_wait_for_her_to_say_whose_they_are(
    asked: tuple["Network", int, dict[str, int]],
) -> None:
    network, request, _ = asked
    (found,) = read_replies(network.store, "yes please", request).proposals
    assert (found.choice, found.answer, found.sure) == (None, Answer.YES, False)


@pytest.mark.parametrize("who", ["You", "Rosa", "Rosa Thorne"])
def test_what_she_wrote_herself_is_no_reply(asked: tuple["Network", int, dict[str, int]], who: str) -> None:
    network, request, _ = asked
    assert read_replies(network.store, f"{who}: yes please", request).proposals == ()


def test_a_member_of_the_same_name_as_who_signs_is_heard(asked: tuple["Network", int, dict[str, int]]) -> None:
    network, request, _ = asked
    rosa = network.willing("Rosa", last_name="Hill")
    ask(network.store, request, [rosa])
    (found,) = read_replies(network.store, "Rosa: stop", request).proposals
    assert (found.choice.member_id if found.choice else None, found.answer) == (rosa, Answer.STOP_ALL)


def test_two_open_asks_of_one_person_are_not_sure(asked: tuple["Network", int, dict[str, int]]) -> None:
    network, request, people = asked
    second = network.request(Audience.MEDIA, title="Pay")
    ask(network.store, second, [people["dilys"]])
    (found,) = read_replies(network.store, "Dilys Price: yes please").proposals
    assert not found.sure
    assert {choice.request_id for choice in found.choices} == {request, second}


def test_who_withdrew_meanwhile_cannot_say_yes(asked: tuple["Network", int, dict[str, int]]) -> None:
    from matcher.consent import withdraw

    network, request, people = asked
    withdraw(network.store, people["dilys"])
    (found,) = read_replies(network.store, "Dilys Price: yes please", request).proposals
    assert not found.sure
    assert "may not be asked" in found.problem


def test_answers_to_an_open_call(network: "Network") -> None:
    zoe, request = network.willing("Zoe", last_name="Hall"), network.request()
    network.member("Yan", last_name="Hall")
    post_call(network.store, request, "WhatsApp group", "Who wants to?")
    zoes, yans = read_replies(
        network.store, "Zoe Hall: me please, count me in\nYan Hall: me too, yes", request
    ).proposals
    assert (zoes.sure, zoes.volunteered) == (True, True)
    assert "may not be asked" in yans.problem
    record_pasted(network.store, [zoes.heard()])
    (row,) = asks(network.store, request)
    assert (row.member_id, row.state, row.volunteered) == (zoe, InvitationState.YES, True)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 300_000])
def test_what_cannot_be_read(network: "Network", text: str) -> None:
    with pytest.raises(UserError):
        read_replies(network.store, text)


def test_times_day_first_with_their_half_of_the_day() -> None:
    (said,) = messages_in("[3/7/26, 7:05 pm] Ann: yes")
    assert said.at is not None
    assert said.at.isoformat() == "2026-07-03T18:05:00+00:00"
