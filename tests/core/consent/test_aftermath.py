"""What follows from a no: whom to tell, which files are stale, which asks stop."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from matcher.consent import tick_off, to_do, undo, withdraw
from matcher.directory import import_members, merge_members, plan_import
from matcher.errors import UserError
from matcher.model import Answer, Audience, Decision, InvitationState, Purpose, ShortlistEntry, State
from matcher.outreach import ask, asks, export_workbook, reply, write_requester_sheet
from matcher.storage import reading

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")
YES, NO = Decision.GIVEN, Decision.REFUSED


def agreed(network: "Network", name: str = "Ada", **fields: Any) -> tuple[int, int]:
    """A member who said yes to a request; (member, request)."""
    ada = network.willing(name, **({"email": f"{name.lower()}@example.org"} | fields))
    request = network.request(requester="Sam Okoro")
    ask(network.store, request, [ada])
    reply(network.store, request, ada, Answer.YES)
    return ada, request


def kinds(network: "Network", member_id: int | None = None) -> list[str]:
    return sorted(one.kind for one in to_do(network.store, member_id))


def listed(network: "Network") -> list[int]:
    with reading(network.store) as session:
        return list(session.scalars(select(ShortlistEntry.member_id)))


def test_recipients_files_and_asks(network: "Network", tmp_path: Path) -> None:
    ada, request = agreed(network)
    network.shortlist(request, ada)
    export_workbook(network.store, request, tmp_path / "list.xlsx")
    write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx")
    assert to_do(network.store) == ()
    withdraw(network.store, ada)
    found = to_do(network.store, ada)
    assert kinds(network) == ["ask_stopped", "stale_file", "stale_file", "tell"]
    words = " / ".join(one.about for one in found)
    for said in ("Tell Sam Okoro", "first name, e-mail", "list.xlsx", "sheet.xlsx", "tell the requester"):
        assert said in words
    assert str(tmp_path) not in words
    assert asks(network.store, request)[0].state is InvitationState.NO
    assert listed(network) == []


def test_saying_no_twice_leaves_no_second_list(network: "Network", tmp_path: Path) -> None:
    ada, request = agreed(network)
    write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx")
    withdraw(network.store, ada, Purpose.MEDIA)
    before = to_do(network.store)
    withdraw(network.store, ada)
    network.say(ada, NO)
    assert to_do(network.store) == before
    tick_off(network.store, before[0].id)
    network.say(ada, NO)
    assert len(to_do(network.store)) == len(before) - 1


def test_only_what_the_no_is_about(network: "Network") -> None:
    ada, media = agreed(network)
    network.say(ada, YES, Purpose.POLICY)
    policy = network.request(Audience.POLICY)
    ask(network.store, policy, [ada])
    withdraw(network.store, ada, Purpose.POLICY)
    assert asks(network.store, media)[0].state is InvitationState.YES
    assert asks(network.store, policy)[0].state is InvitationState.NO


def test_somebody_never_asked_leaves_nothing_to_do(network: "Network") -> None:
    agreed(network)
    bea = network.willing("Bea")
    withdraw(network.store, bea)
    assert to_do(network.store) == ()


def test_a_no_that_a_file_brings_has_the_same_consequences(network: "Network", tmp_path: Path) -> None:
    ada, request = agreed(network, "Ada", last_name="Swift")
    network.form(ada, datetime.fromisoformat("2026-11-01T09:00:00+00:00"), {Purpose.MEDIA: YES})
    network.shortlist(request, ada)
    path = tmp_path / "form.csv"
    path.write_text(
        "Timestamp,First name,Last name,Email address,Are you happy to talk to journalists?\n"
        "2026-11-24 09:00:00,Ada,Swift,ada@example.org,No\n",
        encoding="utf-8",
    )
    report = import_members(network.store, plan_import(network.store, path))
    assert (report.new, report.updated) == (0, 1)
    assert network.state(ada) is State.REFUSED
    assert kinds(network, ada) == ["ask_stopped"]
    assert listed(network) == []


def test_a_no_of_one_record_stops_the_asks_of_the_other(network: "Network") -> None:
    ada, request = agreed(network)
    bea = network.member("Bea")
    merge_members(network.store, bea, ada)
    withdraw(network.store, bea)
    assert asks(network.store, request)[0].state is InvitationState.NO
    assert kinds(network, bea) == ["ask_stopped"]


def test_merging_with_somebody_who_said_no_stops_the_asks(network: "Network") -> None:
    ada, request = agreed(network)
    bea = network.member("Bea")
    network.say(bea, NO)
    merge_members(network.store, ada, bea)
    assert asks(network.store, request)[0].state is InvitationState.NO
    assert kinds(network, ada) == ["ask_stopped"]


def test_undoing_the_step_keeps_the_no_the_list_and_what_stopped(network: "Network", tmp_path: Path) -> None:
    ada, request = agreed(network)
    network.shortlist(request, ada)
    write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx")
    step = withdraw(network.store, ada)
    before = to_do(network.store)
    network.say(ada, YES)
    kept = " ".join(undo(network.store, step).kept)
    assert "a no is never undone" in kept
    assert to_do(network.store) == before
    assert asks(network.store, request)[0].state is InvitationState.NO
    assert listed(network) == []
    with pytest.raises(UserError, match="Nobody has said yes"):
        write_requester_sheet(network.store, request, tmp_path / "again.xlsx")


def test_undoing_a_later_yes_stops_what_it_allowed(network: "Network") -> None:
    ada, request = network.member("Ada"), network.request()
    network.say(ada, NO)
    step = network.say(ada, YES)
    ask(network.store, request, [ada])
    undo(network.store, step)
    assert network.state(ada) is State.REFUSED
    assert asks(network.store, request)[0].state is InvitationState.NO
    assert kinds(network, ada) == ["ask_stopped"]


def test_ticking_off(network: "Network", at: Callable[[str], datetime]) -> None:
    ada, _request = agreed(network)
    withdraw(network.store, ada)
    (one,) = to_do(network.store)
    moment = at("2026-11-24T08:00+00:00")
    tick_off(network.store, one.id)
    assert to_do(network.store) == ()
    assert [done.done_at for done in to_do(network.store, done=True)] == [moment]
    with pytest.raises(UserError, match="no such thing"):
        tick_off(network.store, 99)
