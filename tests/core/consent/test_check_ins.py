"""Check-ins: when permissions are missing or old, once and one reminder, never to anyone who said no."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from matcher.clock import today
from matcher.consent import due_check_ins, record_check_in, undo, withdraw
from matcher.directory import merge_members
from matcher.errors import UserError
from matcher.model import Decision, Purpose, State

if TYPE_CHECKING:
    from tests.conftest import Network

Clock = Callable[[str], datetime]


def due(network: "Network", on: date | None = None) -> list[tuple[int, bool]]:
    return [(one.member_id, one.reminder) for one in due_check_ins(network.store, on or today())]


@pytest.fixture(autouse=True)
def _autumn(at: Clock) -> None:
    at("2026-10-01T09:00+00:00")


def test_missing_and_old_and_neither(network: "Network", at: Clock) -> None:
    at("2024-09-01T09:00+00:00")
    old = network.willing("Old")
    at("2026-10-01T09:00+00:00")
    missing, fresh = network.member("Missing"), network.willing("Fresh")
    found = {one.member_id: one.reason for one in due_check_ins(network.store, today())}
    assert found == {old: "Said so more than two years ago", missing: "Has not said yet"}
    assert network.state(old) is State.GIVEN
    assert fresh not in found


def test_news_alone_is_not_an_answer_about_requests(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, Decision.GIVEN, Purpose.NEWS)
    assert due(network) == [(ada, False)]


@pytest.mark.parametrize("purpose", [Purpose.MEDIA, Purpose.NEWS, Purpose.USE_GENDER])
@pytest.mark.parametrize("decision", [Decision.REFUSED, Decision.WITHDRAWN])
def test_never_after_a_no(network: "Network", purpose: Purpose, decision: Decision) -> None:
    ada = network.member("Ada")
    network.say(ada, decision, purpose)
    assert due(network) == []
    with pytest.raises(UserError, match="said no"):
        record_check_in(network.store, ada)


def test_once_and_one_reminder_two_weeks_later(network: "Network", at: Clock) -> None:
    ada = network.member("Ada")
    record_check_in(network.store, ada)
    assert due(network) == []
    with pytest.raises(UserError, match="no reason"):
        record_check_in(network.store, ada)
    at("2026-10-14T09:00+00:00")
    assert due(network) == []
    at("2026-10-15T09:00+00:00")
    assert due(network) == [(ada, True)]
    record_check_in(network.store, ada)
    at("2029-10-15T09:00+00:00")
    assert due(network) == []


def test_who_answered_leaves_the_list_until_that_is_old_too(network: "Network", at: Clock) -> None:
    ada = network.member("Ada")
    record_check_in(network.store, ada)
    at("2026-10-03T09:00+00:00")
    network.say(ada, Decision.GIVEN, Purpose.OWN_EVENTS)
    at("2026-11-03T09:00+00:00")
    assert due(network) == []
    at("2028-11-03T09:00+00:00")
    assert due(network) == [(ada, False)]
    record_check_in(network.store, ada)
    at("2028-11-20T09:00+00:00")
    assert due(network) == [(ada, True)]


def test_a_stop_in_answer_ends_it(network: "Network", at: Clock) -> None:
    ada = network.member("Ada")
    record_check_in(network.store, ada)
    withdraw(network.store, ada)
    at("2029-11-03T09:00+00:00")
    assert due(network) == []


def test_what_was_undone_was_not_said(network: "Network", at: Clock) -> None:
    ada = network.member("Ada")
    undo(network.store, network.say(ada))
    assert due(network) == [(ada, False)]


def test_two_records_of_one_person_get_one_message(network: "Network", at: Clock) -> None:
    ada, bea = network.member("Ada"), network.member("Bea")
    record_check_in(network.store, bea)
    merge_members(network.store, ada, bea)
    assert due(network) == []
    at("2026-11-03T09:00+00:00")
    assert due(network) == [(ada, True)]
    record_check_in(network.store, bea)
    at("2026-12-03T09:00+00:00")
    assert due(network) == []
    cleo = network.member("Cleo")
    network.say(cleo, Decision.REFUSED)
    merge_members(network.store, network.member("Dee"), cleo)
    with pytest.raises(UserError, match="said no"):
        record_check_in(network.store, cleo)


def test_nobody_unknown(network: "Network") -> None:
    with pytest.raises(UserError, match="no member M9"):
        record_check_in(network.store, 9)
