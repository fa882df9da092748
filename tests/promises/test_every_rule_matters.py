"""Promise 10, rule by rule: what each guard outside the ledger keeps from happening does happen without it.

The histories beside this cover who is asked and shared at all; here stand the guards of how, how often and what.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from matcher import clock
from matcher.consent import (
    check_ins,
    decide,
    form_answers,
    gate,
    permissions,
    proposals,
    release,
    settle,
    waiting,
    withdraw,
)
from matcher.consent.permissions import Permission
from matcher.directory import add_partner, list_members, merge_members, plan_import
from matcher.directory import import_members as bring_in
from matcher.errors import UserError
from matcher.files.readers.workbooks import read_workbook
from matcher.model import (
    Anonymity,
    Answer,
    Change,
    Decision,
    How,
    InvitationState,
    MeetupState,
    Purpose,
    Recording,
    Stage,
    State,
)
from matcher.outreach import (
    ask,
    asks,
    export_workbook,
    meetups,
    reply,
    willing_counts,
    write_requester_sheet,
)
from matcher.outreach.introduce import introduction
from matcher.storage import reading, request_of
from matcher.storage.journal import entries
from matcher.triage import move_stage

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")

_asks, _counts, _introduce, _ways, _sheet, _workbook, _merge, _undo, _rows, _import, _consent_undo = (
    import_module(f"matcher.{name}")
    for name in (
        "outreach.asks", "outreach.counts", "outreach.introduce", "outreach.ways", "outreach.requester_sheet",
        "outreach.workbook", "directory.merge", "storage.undo", "directory.rows", "directory.import_members",
        "consent.undo",
    )
)  # fmt: skip
_said, _taken = (import_module(f"matcher.directory.{name}") for name in ("permissions", "taken_back"))

_NOTHING, _ANYTHING = re.compile("(?!)"), re.compile("(?s).*")
MEDIA, YES, ASK_FIRST, NO = Purpose.MEDIA, Decision.GIVEN, Decision.ASK_FIRST, Decision.REFUSED
Scene = Callable[["Network", Path], bool]
"""Something that must not happen; whether it did."""


def may(network: "Network", member: int, request: int) -> bool:
    with reading(network.store) as session:
        return gate.verdicts(session, request_of(session, request), clock.today())[member].may


def agrees(network: "Network", request: int, name: str = "Ada", **fields: Any) -> int:
    ada = network.willing(name, **({"email": "ada@example.org", "phone": "07700900123"} | fields))
    ask(network.store, request, [ada])
    reply(network.store, request, ada, Answer.YES)
    return ada


def refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except UserError:
        return True
    return False


def shared_with(network: "Network", request: int, folder: Path, *fields: str) -> str:
    """Everything that stands in the sheet of those who agreed."""
    path = folder / "sheet.xlsx"
    if refused(lambda: write_requester_sheet(network.store, request, path, fields)):
        return ""
    rows = (row.cells for sheet in read_workbook(path).sheets for row in sheet.rows)
    return "\n".join(" ".join(str(cell) for cell in cells) for cells in rows)


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


def counted_before_she_said_yes(network: "Network", _: Path) -> bool:
    for number in range(6):
        network.say(network.member(f"P{number}"), ASK_FIRST)
    return willing_counts(network.store, network.request()).willing is not None


def a_small_group_counted(network: "Network", _: Path) -> bool:
    for number in range(9):
        network.willing(f"P{number}", region="Wales" if number < 3 else "London")
    return "Wales" in willing_counts(network.store, network.request()).by_region


def a_private_field_shared(network: "Network", folder: Path) -> bool:
    request = network.request()
    agrees(network, request, employer="Sunny Care")
    return "Sunny" in shared_with(network, request, folder, "employer")


def what_is_never_shared(network: "Network", folder: Path) -> bool:
    request = network.request()
    agrees(network, request, region="Wales", never_share=["region"])
    return "Wales" in shared_with(network, request, folder, "first_name", "region")


def a_surname_against_her_condition(network: "Network", folder: Path) -> bool:
    request = network.request()
    agrees(network, request, last_name="Swift", conditions=["first_name_only"])
    return "Swift" in shared_with(network, request, folder, "first_name", "last_name")


def a_surname_within_an_address(network: "Network", folder: Path) -> bool:
    request = network.request()
    agrees(network, request, last_name="Swift", email="ada.swift@example.org", conditions=["first_name_only"])
    return "swift" in shared_with(network, request, folder, "first_name", "email")


def a_condition_of_her_other_record(network: "Network", folder: Path) -> bool:
    request = network.request()
    bea = network.member("Bea", conditions=["first_name_only"])
    ada = agrees(network, request, last_name="Swift", conditions=["no_photo"])
    merge_members(network.store, ada, bea)
    return "Swift" in shared_with(network, request, folder, "first_name", "last_name")


def conditions_that_do_not_travel(network: "Network", folder: Path) -> bool:
    request = network.request()
    agrees(network, request, conditions=["no_photo"])
    return "No photo" not in shared_with(network, request, folder, "first_name")


def conditions_missing_in_the_workbook(network: "Network", folder: Path) -> bool:
    request = network.request()
    network.shortlist(request, network.willing("Ada", conditions=["no_photo"]))
    export_workbook(network.store, request, folder / "out.xlsx")
    (sheet,) = read_workbook(folder / "out.xlsx").sheets
    return not any("No photo" in str(cell) for row in sheet.rows for cell in row.cells)


def names_in_a_pseudonymous_sheet(network: "Network", folder: Path) -> bool:
    request = network.request()
    agrees(network, request, "Zephyrine", region="Wales")
    made = folder / "sheet.xlsx"
    write_requester_sheet(network.store, request, made, ["first_name", "region"], pseudonymous=True)
    return any("Zephyrine" in str(cell) for row in read_workbook(made).sheets[0].rows for cell in row.cells)


def introduced_without_her_yes(network: "Network", _: Path) -> bool:
    request = network.request(contact="sam@channel.example")
    ask(network.store, request, [network.willing("Ada")])
    return bool(introduction(network.store, request).people)


def introduced_after_she_withdrew(network: "Network", _: Path) -> bool:
    request = network.request(contact="sam@channel.example")
    ada = agrees(network, request)
    withdraw(network.store, ada)
    with network.store.writer.begin() as connection:  # as if nothing had stopped the ask
        connection.exec_driver_sql("DROP TRIGGER ask_again_needs_permission")
        connection.exec_driver_sql("UPDATE invitation SET state = 'yes'")
    return bool(introduction(network.store, request).people)


def a_topic_on_a_shared_phone(network: "Network", _: Path) -> bool:
    request = network.request(contact="sam@channel.example")
    agrees(network, request, shared_phone=True)
    (ada,) = introduction(network.store, request).people
    return "Night" in ada.link or not ada.opening


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


def brought_in(network: "Network", folder: Path, *rows: str) -> dict[Purpose, State]:
    path = folder / "list.csv"
    path.write_text("\n".join(["Timestamp,First name,Email,Happy to talk to journalists?,Notes,Conditions", *rows]))
    bring_in(network.store, plan_import(network.store, path))
    return {} if not (found := list_members(network.store)) else dict(found[0].consent)


def a_yes_over_leave_me_out(network: "Network", folder: Path) -> bool:
    said = brought_in(network, folder, "01/11/2026 09:00,Ada,ada@example.org,Yes,,please take me off your list")
    return said.get(MEDIA) is State.GIVEN


def a_yes_over_a_note_that_she_left(network: "Network", folder: Path) -> bool:
    said = brought_in(network, folder, "01/11/2026 09:00,Ada,ada@example.org,Yes,rang - asked to be removed 3/9")
    return said.get(MEDIA) is State.GIVEN


def yes_beside(network: "Network", folder: Path, header: str, cell: str, name: str = "Ada Lee") -> bool:
    """Whether somebody of a sheet has a yes, although this stands beside it."""
    path = folder / "list.csv"
    path.write_text(f"Name,Email,OK for media?,{header}\n{name},ada@example.org,Yes,{cell}")
    bring_in(network.store, plan_import(network.store, path))
    return dict(list_members(network.store)[0].consent).get(MEDIA) is State.GIVEN


def a_yes_of_somebody_on_hold(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Status", "on hold")


def a_yes_of_somebody_not_active(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Active?", "No")


def a_yes_beside_the_day_it_was_taken_back(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Consent withdrawn on", "14/02/2026")


def a_yes_that_ran_out(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Consent expires", "31/12/2025")


def a_yes_not_given_again(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Re-consented 2025?", "no reply")


def a_yes_under_a_mark_in_her_name(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Town", "Derby", "Ada Lee (do not contact)")


def a_yes_over_a_tag(network: "Network", folder: Path) -> bool:
    return yes_beside(network, folder, "Tags", "no media")


def a_wrong_date_over_a_no_in_one_file(network: "Network", folder: Path) -> bool:
    rows = ("01/11/2031 09:00,Ada,ada@example.org,Yes,", "02/11/2026 09:00,Ada,ada@example.org,No,")
    return brought_in(network, folder, *rows).get(MEDIA) is not State.REFUSED


def a_no_under_a_wrong_date_forgotten(network: "Network", folder: Path) -> bool:
    rows = ("01/11/2026 09:00,Ada,ada@example.org,Yes,", "02/11/2031 09:00,Ada,ada@example.org,No,")
    return brought_in(network, folder, *rows).get(MEDIA) is not State.REFUSED


def an_undated_list_lifting_a_no(network: "Network", folder: Path) -> bool:
    brought_in(network, folder, "02/11/2026 09:00,Ada,ada@example.org,No,")
    return brought_in(network, folder, ",Ada,ada@example.org,Yes,later").get(MEDIA) is not State.REFUSED


def somebody_who_said_no_forgotten_by_undo(network: "Network", folder: Path) -> bool:
    brought_in(network, folder, "02/11/2026 09:00,Ada,ada@example.org,No,")
    _consent_undo.undo(network.store)
    return not list_members(network.store)


def a_log_of_what_left_undone(network: "Network", folder: Path) -> bool:
    request = network.request()
    agrees(network, request)
    move_stage(network.store, request, Stage.INTRODUCED)
    write_requester_sheet(network.store, request, folder / "sheet.xlsx")
    with reading(network.store) as session:
        wrote = session.scalar(select(func.min(Change.batch_id)).where(Change.entity == "release"))
    with network.store.writer.begin() as connection:  # as if the database did not refuse it too
        connection.exec_driver_sql("DROP TRIGGER share_stays_logged")
    undone = _consent_undo.undo(network.store, wrote)
    return not release.releases(network.store) or bool(undone.reverted)


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


Weaken = Callable[[pytest.MonkeyPatch], object]


def put(owner: Any, name: str, value: Any) -> Weaken:
    return lambda patch: patch.setattr(owner, name, value)


def all_of(*weaken: Weaken) -> Weaken:
    return lambda patch: [one(patch) for one in weaken]


def nothing(*_: Any, **__: Any) -> None:
    return None


def everybody_is_willing(session: Any, request: Any, on: Any) -> dict[int, gate.Verdict]:
    return dict.fromkeys(gate.verdicts(session, request, on), gate.Verdict(True))


class Given(dict[Any, Any]):
    """Permissions of a program that takes everybody for willing."""

    def get(self, key: Any, default: Any = None) -> Any:
        return State.GIVEN if isinstance(key, Purpose) else self


RULES: dict[Scene, Weaken] = {
    no_permission: put(gate, "MAY_BE_ASKED", frozenset(State)),
    asked_by_her_employer: put(gate, "conflict_at", lambda *_: ""),
    against_her_condition: put(gate, "forbidden", lambda *_: ""),
    asked_while_resting: put(gate, "rests_until", nothing),
    asked_too_often: put(gate, "_counts", lambda _ask: False),
    asked_twice_about_one: put(gate, "_asks", lambda *_: {}),
    asked_in_bulk_against_her_condition: put(gate, "asks_first", lambda *_: False),
    asked_in_bulk: put(_asks, "_not_in_bulk", lambda chosen, *_, **__: chosen),
    counted_before_she_said_yes: put(_counts, "verdicts", everybody_is_willing),
    a_small_group_counted: put(_counts, "merge_small", lambda groups, _k: dict(groups)),
    a_private_field_shared: put(release, "RELEASABLE", (*release.RELEASABLE, "employer")),
    what_is_never_shared: put(release, "hidden_fields", lambda _member: {}),
    a_surname_against_her_condition: put(release, "_HIDES", {}),
    a_surname_within_an_address: put(release, "_tells", lambda *_: False),
    a_condition_of_her_other_record: put(_merge, "_OF_BOTH", ()),
    conditions_that_do_not_travel: put(release, "FOR_THE_REQUESTER", frozenset()),
    conditions_missing_in_the_workbook: put(_workbook, "as_put", lambda *_: ""),
    names_in_a_pseudonymous_sheet: put(_sheet, "IDENTITY", frozenset()),
    introduced_without_her_yes: put(release, "_AGREED", tuple(InvitationState)),
    introduced_after_she_withdrew: all_of(
        put(release, "states", lambda _session: Given()), put(release, "_said_no_since", lambda *_: False)
    ),
    a_topic_on_a_shared_phone: put(_ways, "_others_may_read", lambda *_: False),
    checked_in_after_a_no: put(check_ins, "_NO", frozenset()),
    a_third_check_in: put(check_ins, "MOST_UNANSWERED", 9),
    a_yes_without_evidence: put(permissions, "insist_on_evidence", nothing),
    a_yes_again_without_evidence: put(proposals, "insist_on_evidence", nothing),
    a_no_that_is_not_on_disk_first: put(permissions, "note", nothing),
    a_yes_over_leave_me_out: put(_taken, "leaves", lambda _text: False),
    a_yes_over_a_note_that_she_left: put(_taken, "noted_as_left", lambda _text: False),
    a_yes_of_somebody_on_hold: put(_taken, "not_now", lambda _text: False),
    a_yes_of_somebody_not_active: put(_taken, "_ACTIVE", _NOTHING),
    a_yes_that_ran_out: put(_taken, "_UNTIL", _NOTHING),
    a_yes_not_given_again: put(_taken, "_AGAIN", _NOTHING),
    a_yes_under_a_mark_in_her_name: put(_taken, "_marks", lambda _name: []),
    a_yes_over_a_tag: put(_taken, "_NO_TO", _NOTHING),
    a_yes_beside_the_day_it_was_taken_back: put(_said, "_NOT_SO", _ANYTHING),
    a_wrong_date_over_a_no_in_one_file: put(_rows, "is_plausible", lambda *_: True),
    a_no_under_a_wrong_date_forgotten: put(_import, "_last_word", lambda person: person.answers[-1]),
    an_undated_list_lifting_a_no: put(form_answers, "_lifts_unproven", lambda *_, **__: False),
    somebody_who_said_no_forgotten_by_undo: put(_undo, "_said_no", lambda *_: False),
    a_log_of_what_left_undone: put(_undo, "LASTING", frozenset()),
    invited_without_a_yes: put(gate, "MAY_BE_ASKED", frozenset(State)),
    invited_where_her_employer_is: put(gate, "conflict_at", lambda *_: ""),
    invited_in_bulk_against_her_condition: put(gate, "asks_first", lambda *_: False),
    reminded_after_she_withdrew: all_of(
        put(meetups.words, "event_verdicts", lambda _session, _meetup, ids: dict.fromkeys(ids, gate.Verdict(True))),
        put(meetups.words, "_TOLD", frozenset(MeetupState)),
    ),
    an_ask_brought_back_with_a_no: put(_undo, "_OF_A_NO", frozenset()),
}


@pytest.mark.parametrize("wrong", RULES, ids=lambda scene: scene.__name__)
def test_a_rule(wrong: Scene, network: "Network", tmp_path: Path) -> None:
    assert not wrong(network, tmp_path)


@pytest.mark.parametrize("wrong", RULES, ids=lambda scene: scene.__name__)
def test_without_the_rule(
    wrong: Scene, network: "Network", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    RULES[wrong](monkeypatch)
    assert wrong(network, tmp_path)
