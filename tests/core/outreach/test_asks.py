"""Asking and hearing back, one by one."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from matcher.consent import undo, withdraw
from matcher.errors import UserError
from matcher.model import ASKING, Answer, Audience, InvitationState, Purpose, Request, Stage, StageMove, State
from matcher.outreach import ask, asks, reply
from matcher.storage import reading
from matcher.storage.journal import entries

if TYPE_CHECKING:
    from tests.conftest import Network


def test_everyone_on_the_list_but_the_reserves_is_asked(network: "Network", frozen: datetime) -> None:
    people = [network.willing(name) for name in ("Ada", "Bea", "Cai")]
    request = network.request()
    network.shortlist(request, *people, reserves=1)
    rows = ask(network.store, request)
    assert [(row.name, row.state, row.asked_at) for row in rows] == [
        ("Ada", InvitationState.ASKED, frozen),
        ("Bea", InvitationState.ASKED, frozen),
    ]
    with reading(network.store) as session:
        assert session.get_one(Request, request).stage is Stage.ASKING
        assert session.scalars(select(StageMove.stage)).all() == [Stage.ASKING]
    assert ask(network.store, request) == rows


def test_nobody_is_asked_when_one_may_not_be(network: "Network") -> None:
    ada, bea = network.willing("Ada"), network.willing("Bea")
    request = network.request()
    withdraw(network.store, bea)
    with pytest.raises(UserError, match=f"M{bea} may not be asked about R{request}"):
        ask(network.store, request, [ada, bea])
    assert asks(network.store, request) == ()


def test_without_a_list_there_is_nobody_to_ask(network: "Network") -> None:
    request = network.request()
    with pytest.raises(UserError, match="no list yet"):
        ask(network.store, request)
    with pytest.raises(UserError, match="no request R99"):
        ask(network.store, 99)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer.YES, InvitationState.YES),
        (Answer.NO_THIS_TIME, InvitationState.NO),
        (Answer.CANNOT_MAKE_DATE, InvitationState.NO),
        (Answer.STOP_KIND, InvitationState.NO),
        (Answer.STOP_ALL, InvitationState.NO),
        (Answer.NO_REPLY, InvitationState.ASKED),
    ],
)
def test_an_answer_is_recorded(network: "Network", answer: Answer, state: InvitationState) -> None:
    ada, request = network.willing("Ada"), network.request()
    ask(network.store, request, [ada])
    reply(network.store, request, ada, answer, "on the phone")
    (row,) = asks(network.store, request)
    assert (row.state, row.answer) == (state, answer)


@pytest.mark.parametrize("answer", [Answer.STOP_KIND, Answer.STOP_ALL])
def test_stop_is_a_withdrawal_and_in_the_journal(network: "Network", answer: Answer) -> None:
    ada, request = network.member("Ada"), network.request(Audience.POLICY)
    for purpose in ASKING:
        network.say(ada, purpose=purpose)
    ask(network.store, request, [ada])
    reply(network.store, request, ada, answer)
    stopped = {p for p in ASKING if network.state(ada, p) is State.WITHDRAWN}
    assert stopped == (set(ASKING) if answer is Answer.STOP_ALL else {Purpose.POLICY})
    assert set(entries(network.store)[-1]["purposes"]) == stopped


def test_undoing_an_answer_of_stop_keeps_the_no(network: "Network") -> None:
    ada, request = network.willing("Ada"), network.request()
    ask(network.store, request, [ada])
    reply(network.store, request, ada, Answer.STOP_ALL)
    kept = " ".join(undo(network.store).kept)
    assert "a no is never undone" in kept
    assert "may not be asked" in kept
    assert network.state(ada) is State.WITHDRAWN
    assert asks(network.store, request)[0].state is InvitationState.NO


def test_declining_changes_no_permission(network: "Network") -> None:
    ada, request = network.willing("Ada"), network.request()
    ask(network.store, request, [ada])
    reply(network.store, request, ada, Answer.NO_THIS_TIME)
    assert network.state(ada) is State.GIVEN


def test_who_was_not_asked_has_no_answer(network: "Network") -> None:
    ada, request = network.willing("Ada"), network.request()
    with pytest.raises(UserError, match=f"M{ada} was not asked about R{request}"):
        reply(network.store, request, ada, Answer.YES)
