"""Who must not be asked, invited or written to; and what no permission may be recorded without."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.promises.weaken import Scene, Weaken, all_of, nothing, put, refused

from matcher import clock
from matcher.consent import (
    check_ins,
    decide,
    gate,
    permissions,
    proposals,
    settle,
    waiting,
    withdraw,
)
from matcher.consent.permissions import Permission
from matcher.directory import add_partner
from matcher.model import (
    Anonymity,
    Decision,
    How,
    InvitationState,
    MeetupState,
    Purpose,
    Recording,
    State,
)
from matcher.outreach import (
    ask,
    asks,
    meetups,
)
from matcher.storage import reading, request_of
from matcher.storage.journal import entries

if TYPE_CHECKING:
    from tests.conftest import Network

_asks, _counts, _undo, _consent_undo = (
    import_module(f"matcher.{name}")
    for name in ("outreach.asks", "outreach.counts", "storage.undo", "consent.undo")
)
MEDIA, YES, ASK_FIRST, NO = Purpose.MEDIA, Decision.GIVEN, Decision.ASK_FIRST, Decision.REFUSED


def may(network: "Network", member: int, request: int) -> bool:
    with reading(network.store) as session:
        return gate.verdicts(session, request_of(session, request), clock.today())[member].may


def no_permission(network: "Network", _: Path) -> bool:
    return may(network, network.member("Ada"), network.request())


def asked_by_her_employer(network: "Network", _: Path) -> bool:
    ada = network.willing("Ada", employer="Sunny Care")
    return may(network, ada, network.request(organisation="Sunny Care Ltd"))


def against_her_condition(network: "Network", _: Path) -> bool:
    return may(network, network.willing("Ada", conditions=["no_photo"]), network.request(recording=Recording.PHOTO))


def asked_while_resting(network: "Network", _: Path) -> bool:
    ada = network.willing("Ada")
    ask(network.store, network.request(), [ada])
    return may(network, ada, network.request())


def asked_too_often(network: "Network", _: Path) -> bool:
    ada = network.willing("Ada")
    with pytest.MonkeyPatch.context() as patch:
        for month in range(1, 9):
            patch.setenv("MATCHER_NOW", f"2026-{month:02}-20T09:00:00+00:00")
            ask(network.store, network.request(), [ada])
    return may(network, ada, network.request())


def asked_twice_about_one(network: "Network", _: Path) -> bool:
    ada, request = network.willing("Ada"), network.request()
    ask(network.store, request, [ada])
    return may(network, ada, request)


def asked_in_bulk(network: "Network", _: Path) -> bool:
    ada, bea, request = network.member("Ada"), network.willing("Bea"), network.request()
    network.say(ada, ASK_FIRST)
    network.shortlist(request, ada, bea)
    ask(network.store, request)
    return any(one.member_id == ada for one in asks(network.store, request))


def asked_in_bulk_against_her_condition(network: "Network", _: Path) -> bool:
    ada, bea = network.willing("Ada", conditions=["ask_first_broadcast"]), network.willing("Bea")
    request = network.request(anonymity=Anonymity.ON_CAMERA)
    network.shortlist(request, ada, bea)
    ask(network.store, request)
    return any(one.member_id == ada for one in asks(network.store, request))


def checked_in_after_a_no(network: "Network", _: Path) -> bool:
    ada = network.member("Ada")
    network.say(ada, NO, Purpose.NEWS)
    return bool(check_ins.due_check_ins(network.store, clock.today())) or not refused(
        lambda: check_ins.record_check_in(network.store, ada)
    )


def a_third_check_in(network: "Network", _: Path) -> bool:
    ada = network.member("Ada")
    with pytest.MonkeyPatch.context() as patch:
        for day in ("01", "15", "29"):
            patch.setenv("MATCHER_NOW", f"2026-12-{day}T09:00:00+00:00")
            if refused(lambda: check_ins.record_check_in(network.store, ada)):
                return False
    return True


def a_yes_without_evidence(network: "Network", _: Path) -> bool:
    said = Permission(network.member("Ada"), MEDIA, YES, clock.now(), How.PHONE, " ")
    return not refused(lambda: decide(network.store, said))


def a_yes_again_without_evidence(network: "Network", _: Path) -> bool:
    ada = network.member("Ada")
    network.say(ada, NO, at=clock.now() - timedelta(days=9))
    network.form(ada, clock.now() - timedelta(days=1), {MEDIA: YES})
    for proposal in waiting(network.store):
        refused(lambda number=proposal.id: settle(network.store, number, confirm=True))  # type: ignore[misc]
    return network.state(ada) is not State.REFUSED


def a_no_that_is_not_on_disk_first(network: "Network", _: Path) -> bool:
    withdraw(network.store, network.willing("Ada"))
    return not entries(network.store)


def an_ask_brought_back_with_a_no(network: "Network", _: Path) -> bool:
    ada, request = network.willing("Ada"), network.request()
    ask(network.store, request, [ada])
    stopped = withdraw(network.store, ada)
    network.say(ada, YES)
    _consent_undo.undo(network.store, stopped)
    (one,) = asks(network.store, request)
    return one.state is not InvitationState.NO


def event(network: "Network", **plan: Any) -> int:
    starts = clock.now() + timedelta(days=20)
    return meetups.plan_meetup(network.store, meetups.MeetupPlan("Tea", starts, place="Leeds", **plan)).ids[0]


def comes(network: "Network", name: str = "Ada", decision: Decision = YES, **fields: Any) -> int:
    member = network.member(name, latitude=53.796, longitude=-1.548, **fields)
    network.say(member, decision, Purpose.OWN_EVENTS)
    return member


def invited_without_a_yes(network: "Network", _: Path) -> bool:
    network.willing("Ada", latitude=53.796, longitude=-1.548)
    return any(one.may for one in meetups.invitees(network.store, event(network)).others) or bool(
        meetups.invitees(network.store, event(network)).suggested
    )


def invited_where_her_employer_is(network: "Network", _: Path) -> bool:
    comes(network, employer="Sunny Care")
    sunny = add_partner(network.store, {"name": "Sunny Care Ltd"}).id
    return bool(meetups.invitees(network.store, event(network, partners=(sunny,))).suggested)


def invited_in_bulk_against_her_condition(network: "Network", _: Path) -> bool:
    ada, bea = comes(network, "Ada", conditions=["ask_each_time"]), comes(network, "Bea")
    number = event(network)
    return not refused(lambda: meetups.invite(network.store, number, [ada, bea]))


def reminded_after_she_withdrew(network: "Network", _: Path) -> bool:
    ada, number = comes(network), event(network)
    meetups.answer(network.store, number, ada, coming=True)
    withdraw(network.store, ada)
    return bool(meetups.word_for(network.store, number, ada).message)


IN_ASKING: dict[Scene, Weaken] = {
    no_permission: put(gate, "MAY_BE_ASKED", frozenset(State)),
    asked_by_her_employer: put(gate, "conflict_at", lambda *_: ""),
    against_her_condition: put(gate, "forbidden", lambda *_: ""),
    asked_while_resting: put(gate, "rests_until", nothing),
    asked_too_often: put(gate, "_counts", lambda _ask: False),
    asked_twice_about_one: put(gate, "_asks", lambda *_: {}),
    asked_in_bulk_against_her_condition: put(gate, "asks_first", lambda *_: False),
    asked_in_bulk: put(_asks, "_not_in_bulk", lambda chosen, *_, **__: chosen),
    checked_in_after_a_no: put(check_ins, "_NO", frozenset()),
    a_third_check_in: put(check_ins, "MOST_UNANSWERED", 9),
    a_yes_without_evidence: put(permissions, "insist_on_evidence", nothing),
    a_yes_again_without_evidence: put(proposals, "insist_on_evidence", nothing),
    a_no_that_is_not_on_disk_first: put(permissions, "note", nothing),
    invited_without_a_yes: put(gate, "MAY_BE_ASKED", frozenset(State)),
    invited_where_her_employer_is: put(gate, "conflict_at", lambda *_: ""),
    invited_in_bulk_against_her_condition: put(gate, "asks_first", lambda *_: False),
    reminded_after_she_withdrew: all_of(
        put(meetups.words, "event_verdicts", lambda _session, _meetup, ids: dict.fromkeys(ids, gate.Verdict(True))),
        put(meetups.words, "_TOLD", frozenset(MeetupState)),
    ),
    an_ask_brought_back_with_a_no: put(_undo, "_OF_A_NO", frozenset()),
}
"""What must not happen -> how to take away the rule that keeps it from happening."""
