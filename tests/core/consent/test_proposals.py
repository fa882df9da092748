"""“Said yes again”: waits over a no by hand, is settled one by one, and is overtaken by what comes later."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from matcher.consent import settle, undo, waiting
from matcher.errors import UserError
from matcher.model import Decision, How, Purpose, State

if TYPE_CHECKING:
    from tests.conftest import Network

MEDIA, YES, NO = Purpose.MEDIA, Decision.GIVEN, Decision.REFUSED


def day(number: int) -> datetime:
    return datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)


def waits(network: "Network") -> int:
    """A member whose yes of day 5 waits over a no of day 1; return her."""
    ada = network.member("Ada")
    network.say(ada, NO, at=day(1))
    assert network.form(ada, day(5), {MEDIA: YES}).queued == 1
    return ada


def test_confirming_needs_evidence_and_gives(network: "Network") -> None:
    ada = waits(network)
    (one,) = waiting(network.store)
    assert (one.member_id, one.name, one.purpose, one.decision, one.at) == (ada, "Ada", MEDIA, YES, day(5))
    with pytest.raises(UserError, match="needs its evidence"):
        settle(network.store, one.id, confirm=True, evidence=" ")
    step = settle(network.store, one.id, confirm=True, how=How.WHATSAPP, evidence="rang on Tuesday")
    assert network.state(ada) is State.GIVEN
    assert waiting(network.store) == ()
    with pytest.raises(UserError, match="settled already"):
        settle(network.store, one.id, confirm=True, evidence="again")
    undo(network.store, step)
    assert network.state(ada) is State.REFUSED
    assert waiting(network.store) == (one,)


def test_setting_aside_keeps_the_no(network: "Network") -> None:
    ada = waits(network)
    settle(network.store, waiting(network.store)[0].id, confirm=False)
    assert (network.state(ada), waiting(network.store)) == (State.REFUSED, ())


def test_a_later_no_overtakes_it(network: "Network") -> None:
    ada = waits(network)
    (one,) = waiting(network.store)
    network.say(ada, Decision.WITHDRAWN, at=day(9))
    assert waiting(network.store) == ()
    with pytest.raises(UserError, match="decided after this yes"):
        settle(network.store, one.id, confirm=True, evidence="rang")
    assert network.state(ada) is State.WITHDRAWN
    settle(network.store, one.id, confirm=False)


def test_a_yes_given_by_hand_makes_it_needless(network: "Network") -> None:
    ada = waits(network)
    network.say(ada, Decision.ASK_FIRST, at=day(6))
    assert waiting(network.store) == ()
    assert network.state(ada) is State.ASK_FIRST


def test_an_old_note_of_the_same_no_does_not_overtake_it(network: "Network") -> None:
    ada = waits(network)
    network.say(ada, NO, at=day(2))
    assert len(waiting(network.store)) == 1
