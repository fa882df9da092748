"""The gate: every rule says its reason, and the database refuses what the gate refuses."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from matcher.clock import today
from matcher.consent import Verdict, check_may_ask, rest_rules, verdicts, withdraw
from matcher.errors import UserError
from matcher.model import (
    Answer,
    Audience,
    Decision,
    Invitation,
    InvitationState,
    Member,
    Outcome,
    Purpose,
    Release,
)
from matcher.outreach import record_outcome
from matcher.storage import Store, put_setting, reading, request_of, work

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")


def verdict(network: "Network", request_id: int, member_id: int, on: date | None = None) -> Verdict:
    with reading(network.store) as session:
        return verdicts(session, request_of(session, request_id), on or today())[member_id]


def asked(network: "Network", request_id: int, member_id: int, days_ago: int, **facts: Any) -> int:
    """An ask of some days ago; return its id."""
    with work(network.store, "ask") as unit:
        facts = {"state": InvitationState.ASKED} | facts
        ask = Invitation(
            request_id=request_id, member_id=member_id, asked_at=unit.now - timedelta(days=days_ago), **facts
        )
        unit.session.add(ask)
        unit.session.flush()
        return ask.id


@pytest.mark.parametrize(
    ("decision", "may", "ask_first", "rule", "says"),
    [
        (None, False, False, "no_permission", "Has not said that they may be asked about media requests"),
        (Decision.GIVEN, True, False, "", ""),
        (Decision.ASK_FIRST, True, True, "", ""),
        (Decision.REFUSED, False, False, "refused", "Said no to media requests"),
        (Decision.WITHDRAWN, False, False, "withdrawn", "Withdrew from media requests"),
    ],
)
def test_permission_comes_first(
    network: "Network", decision: Decision | None, may: bool, ask_first: bool, rule: str, says: str
) -> None:
    ada, request = network.member("Ada"), network.request()
    network.say(ada, Decision.GIVEN, Purpose.POLICY)
    if decision:
        network.say(ada, decision)
    found = verdict(network, request, ada)
    assert (found.may, found.ask_first, found.rule, found.reason) == (may, ask_first, rule, says)
    assert not found.overridable


def test_the_networks_own_requests_need_their_own_permission(network: "Network") -> None:
    ada, request = network.willing("Ada"), network.request(Audience.OWN)
    assert "the network's own requests" in verdict(network, request, ada).reason
    network.say(ada, Decision.GIVEN, Purpose.OWN_EVENTS)
    assert verdict(network, request, ada).may


def test_every_live_member_has_a_verdict_and_nobody_else(network: "Network") -> None:
    ada, bea, cai = (network.member(name) for name in ("Ada", "Bea", "Cai"))
    request = network.request()
    with work(network.store, "merge") as unit:
        unit.session.get_one(Member, bea).merged_into = ada
    with reading(network.store) as session:
        assert set(verdicts(session, request_of(session, request), today())) == {ada, cai}


def test_asked_about_this_already(network: "Network") -> None:
    ada, request = network.willing("Ada"), network.request()
    asked(network, request, ada, 1)
    assert verdict(network, request, ada).rule == "already_asked"


def test_an_ask_not_yet_sent_is_no_reason(network: "Network") -> None:
    ada, request = network.willing("Ada"), network.request()
    with work(network.store, "export") as unit:
        unit.session.add(Invitation(request_id=request, member_id=ada))
    assert verdict(network, request, ada).may


def test_rest_after_an_ask_ends_on_its_day(network: "Network") -> None:
    ada, other, request = network.willing("Ada"), network.request(), network.request()
    asked(network, other, ada, 5)
    found = verdict(network, request, ada)
    assert (found.may, found.rule, found.overridable) == (False, "resting", True)
    assert found.until == today() + timedelta(days=16)
    assert found.reason == "Resting until Wed 9 Dec"
    assert not verdict(network, request, ada, found.until - timedelta(days=1)).may
    assert verdict(network, request, ada, found.until).may


def test_rest_after_taking_part_is_longer(network: "Network") -> None:
    ada, other, request = network.willing("Ada"), network.request(), network.request()
    ended = today() - timedelta(days=10)
    asked(network, other, ada, 50, state=InvitationState.DONE, outcome=Outcome.TOOK_PART, outcome_on=ended)
    assert verdict(network, request, ada).until == ended + timedelta(days=60)


@pytest.mark.parametrize(
    "facts",
    [
        {"state": InvitationState.NO, "answer": Answer.CANNOT_MAKE_DATE},
        {"state": InvitationState.DONE, "outcome": Outcome.CANCELLED_BY_REQUESTER},
        {"state": InvitationState.DONE, "outcome": Outcome.COULD_NOT_ATTEND},
    ],
)
def test_a_cancelled_slot_or_a_moved_shift_is_not_held_against_her(
    network: "Network", facts: dict[str, Any]
) -> None:
    ada, request = network.willing("Ada"), network.request()
    with work(network.store, "rules") as unit:
        put_setting(unit, "rest.most_a_year", 1)
    asked(network, network.request(), ada, 3, **facts)
    assert verdict(network, request, ada) == Verdict(True)


def test_declining_costs_nothing_but_the_rest_of_any_ask(network: "Network") -> None:
    ada, bea, request = network.willing("Ada"), network.willing("Bea"), network.request()
    other = network.request()
    asked(network, other, ada, 5, state=InvitationState.NO, answer=Answer.NO_THIS_TIME)
    asked(network, other, bea, 5, state=InvitationState.YES, answer=Answer.YES)
    assert verdict(network, request, ada) == verdict(network, request, bea)


def test_the_most_asks_a_year(network: "Network") -> None:
    ada, bea, request = network.willing("Ada"), network.willing("Bea"), network.request()
    with work(network.store, "rules") as unit:
        put_setting(unit, "rest.most_a_year", 2)
    for days_ago in (100, 200):
        asked(network, network.request(), ada, days_ago)
        asked(network, network.request(), bea, days_ago, volunteered=True)
    asked(network, network.request(), bea, 400)
    found = verdict(network, request, ada)
    assert (found.rule, found.overridable) == ("cap", True)
    assert found.reason == "Asked 2 times in the last year"
    assert verdict(network, request, bea).may
    with reading(network.store) as session:
        assert rest_rules(session).most_a_year == 2


def test_who_answered_a_call_rests_only_after_taking_part(network: "Network") -> None:
    ada, request = network.willing("Ada"), network.request()
    other = network.request()
    asked(network, other, ada, 5, volunteered=True, state=InvitationState.YES, answer=Answer.YES)
    assert verdict(network, request, ada).may
    record_outcome(network.store, other, [ada], Outcome.TOOK_PART)
    assert verdict(network, request, ada).rule == "resting"


def test_asks_under_a_merged_record_count(network: "Network") -> None:
    ada, bea, request = network.willing("Ada"), network.willing("Bea"), network.request()
    asked(network, request, bea, 1)
    with work(network.store, "merge") as unit:
        unit.session.get_one(Member, bea).merged_into = ada
    assert verdict(network, request, ada).rule == "already_asked"


@pytest.mark.parametrize(
    ("member", "brief", "conflict"),
    [
        ({"employer": "Sunny Care Ltd"}, {"organisation": "SUNNY CARE"}, True),
        ({"employer": "Sunny Care"}, {"organisation": "Rainy Care"}, False),
        ({"employer": "Home Care Ltd"}, {"organisation": "Care Group"}, False),
        ({"email": "ada@sunny.example.net"}, {"contact": "Jo <jo@sunny.example.net>"}, True),
        ({"email": "ada@gmail.com"}, {"contact": "jo@gmail.com"}, False),
        ({"employer": ""}, {"organisation": ""}, False),
    ],
)
def test_a_requester_who_is_the_employer(
    network: "Network", member: dict[str, str], brief: dict[str, Any], conflict: bool
) -> None:
    ada, request = network.willing("Ada", **member), network.request(**brief)
    found = verdict(network, request, ada)
    assert (found.rule == "conflict") == conflict
    assert found.may != conflict
    assert not found.overridable


def test_the_check_before_asking_names_who_and_why(network: "Network") -> None:
    ada, bea, request = network.willing("Ada"), network.willing("Bea"), network.request()
    asked(network, network.request(), ada, 2)
    with reading(network.store) as session:
        check_may_ask(session, request_of(session, request), [ada, bea], today())
    withdraw(network.store, bea, Purpose.MEDIA)
    with (
        reading(network.store) as session,
        pytest.raises(UserError, match=f"M{bea} may not .* Withdrew from media"),
    ):
        check_may_ask(session, request_of(session, request), [ada, bea], today())
    with reading(network.store) as session, pytest.raises(UserError, match="M99 may not"):
        check_may_ask(session, request_of(session, request), [99], today())


INVITE = "INSERT {how} INTO invitation (request_id, member_id, state, volunteered, override_reason, session, note)"


def raw(store: Store, statement: str, **values: object) -> None:
    with store.writer.begin() as connection:
        connection.execute(text(statement), values)


@pytest.mark.parametrize("how", ["", "OR REPLACE", "OR IGNORE"])
@pytest.mark.parametrize("decision", [None, Decision.REFUSED, Decision.WITHDRAWN])
@pytest.mark.parametrize("state", ["to_ask", "asked", "yes"])
def test_raw_sql_cannot_ask_without_permission(
    network: "Network", how: str, decision: Decision | None, state: str
) -> None:
    ada, bea, request = network.member("Ada"), network.willing("Bea"), network.request()
    if decision:
        network.say(ada, decision)
    statement = INVITE.format(how=how) + " VALUES (:request, :member, :state, 0, '', '', '')"
    raw(network.store, statement, request=request, member=bea, state=state)
    with pytest.raises(IntegrityError, match="may not be asked"):
        raw(network.store, statement, request=request, member=ada, state=state)


def test_raw_sql_cannot_turn_an_ask_into_one_without_permission(network: "Network") -> None:
    ada, bea, request = network.willing("Ada"), network.member("Bea"), network.request()
    policy = network.request(Audience.POLICY)
    ask = asked(network, request, ada, 1, state=InvitationState.NO)
    for change in (f"member_id = {bea}", f"request_id = {policy}"):
        with pytest.raises(IntegrityError, match="may not be asked"):
            raw(network.store, f"UPDATE invitation SET {change} WHERE id = {ask}")
    withdraw(network.store, ada)
    for change in ("state = 'asked'", "state = 'to_ask'"):
        with pytest.raises(IntegrityError, match="may not be asked"):
            raw(network.store, f"UPDATE invitation SET {change} WHERE id = {ask}")
    raw(network.store, f"UPDATE invitation SET note = 'x', state = 'no' WHERE id = {ask}")


def test_raw_sql_cannot_share_without_her_own_yes(network: "Network") -> None:
    ada, request = network.willing("Ada"), network.request()
    ask = asked(network, request, ada, 1)
    share = (
        "INSERT {how} INTO release (id, request_id, member_id, invitation_id, recipient, shared_fields, at)"
        f" VALUES (:id, {request}, {ada}, {ask}, 'Sam', '[]', '2026-11-23')"
    )
    with pytest.raises(IntegrityError, match="only after her own yes"):
        raw(network.store, share.format(how=""), id=1)
    raw(network.store, "UPDATE invitation SET state = 'yes'")
    raw(network.store, share.format(how=""), id=1)
    for forbidden in (
        "DELETE FROM release",
        "UPDATE release SET recipient = 'nobody'",
        share.format(how="OR REPLACE"),
    ):
        with pytest.raises(IntegrityError, match="stays logged"):
            raw(network.store, forbidden, id=1)
    network.say(ada, Decision.WITHDRAWN)
    with pytest.raises(IntegrityError, match="only after her own yes"):
        raw(network.store, share.format(how=""), id=2)
    with reading(network.store) as session:
        assert session.query(Release).count() == 1


def test_the_gate_sees_a_clock_that_is_moved(network: "Network", at: Callable[[str], datetime]) -> None:
    ada, request = network.willing("Ada"), network.request()
    asked(network, network.request(), ada, 0)
    assert verdict(network, request, ada).rule == "resting"
    at("2026-12-14T08:00+00:00")
    assert verdict(network, request, ada).may
