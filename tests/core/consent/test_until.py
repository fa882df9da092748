"""A yes that ends on a day: hers or the wording's, by the clock of the program. A no never ends."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from matcher.clock import now, today
from matcher.consent import (
    FormAnswer,
    Permission,
    decide,
    history,
    limit_wording,
    record_answers,
    verdicts,
    wordings,
)
from matcher.errors import UserError
from matcher.model import ConsentEvent, Decision, How, Purpose, State
from matcher.storage import reading, request_of, work

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")
MEDIA, YES, NO = Purpose.MEDIA, Decision.GIVEN, Decision.REFUSED
LAST = date(2026, 12, 1)
Clock = Callable[[str], datetime]


def say(network: "Network", member: int, decision: Decision, until: date | None) -> None:
    decide(network.store, Permission(member, MEDIA, decision, now(), How.PHONE, "said so", valid_until=until))


def ends(network: "Network") -> list[date | None]:
    with reading(network.store) as session:
        return list(session.scalars(select(ConsentEvent.expires_on).order_by(ConsentEvent.id)))


def test_a_yes_counts_on_its_last_day_and_no_longer(network: "Network", at: Clock) -> None:
    ada, request = network.member("Ada"), network.request()
    say(network, ada, YES, LAST)
    at("2026-12-01T23:30+00:00")
    assert network.state(ada) is State.GIVEN
    at("2026-12-02T00:30+00:00")
    assert network.state(ada) is State.NOT_GIVEN
    with reading(network.store) as session:
        assert verdicts(session, request_of(session, request), today())[ada].rule == "no_permission"
        assert history(session, ada)[0].valid_until == LAST


def test_the_database_goes_by_the_same_day(network: "Network", at: Clock) -> None:
    ada, request = network.member("Ada"), network.request()
    say(network, ada, YES, LAST)
    invite = text(
        "INSERT INTO invitation (request_id, member_id, state, volunteered, override_reason, session, note)"
        f" VALUES ({request}, {ada}, 'asked', 0, '', '', '')"
    )
    at("2026-12-02T09:00+00:00")
    with pytest.raises(IntegrityError, match="may not be asked"), network.store.writer.begin() as connection:
        connection.execute(invite)
    at("2026-11-30T09:00+00:00")
    with network.store.writer.begin() as connection:
        connection.execute(invite)


def test_a_no_never_ends(network: "Network", at: Clock) -> None:
    ada = network.member("Ada")
    say(network, ada, NO, LAST)
    at("2030-01-01T09:00+00:00")
    assert network.state(ada) is State.REFUSED
    assert ends(network) == [None]


def test_a_yes_that_ended_uncovers_no_older_one(network: "Network", at: Clock) -> None:
    ada = network.member("Ada")
    say(network, ada, YES, None)
    say(network, ada, YES, LAST)
    at("2026-12-02T09:00+00:00")
    assert network.state(ada) is State.NOT_GIVEN


def answer(network: "Network", member: int, decision: Decision, day: int) -> None:
    with work(network.store, "import members") as unit:
        moment = datetime.fromisoformat(f"2026-11-{day:02}T09:00:00+00:00")
        record_answers(unit, [FormAnswer(member, moment, frozenset({MEDIA}), {MEDIA: decision}, "row", "May we?")])


def test_a_wording_can_say_for_how_long(network: "Network", at: Clock) -> None:
    ada, bea, cleo = (network.member(name) for name in ("Ada", "Bea", "Cleo"))
    answer(network, ada, YES, 1)
    (wording,) = wordings(network.store)
    assert wording.lasts_days is None
    limit_wording(network.store, wording.id, 30)
    assert wordings(network.store)[0].lasts_days == 30
    answer(network, bea, YES, 2)
    answer(network, cleo, NO, 2)
    assert ends(network) == [None, date(2026, 12, 2), None]
    at("2026-12-03T09:00+00:00")
    assert [network.state(m) for m in (ada, bea, cleo)] == [State.GIVEN, State.NOT_GIVEN, State.REFUSED]


def test_the_earlier_of_two_ends_counts(network: "Network") -> None:
    ada = network.member("Ada")
    answer(network, ada, YES, 1)
    limit_wording(network.store, wordings(network.store)[0].id, 365)
    said = Permission(ada, MEDIA, YES, now(), How.FORM, "form", wording="May we?", valid_until=LAST)
    decide(network.store, said)
    assert ends(network)[-1] == LAST


def test_no_wording_lasts_no_time(network: "Network") -> None:
    with pytest.raises(UserError, match="at least one day"):
        limit_wording(network.store, 1, 0)
    with pytest.raises(UserError, match="no such wording"):
        limit_wording(network.store, 1, 5)
