"""What must not leave: what she shares with nobody, what her conditions forbid, whom nobody may be told of."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from tests.promises.weaken import Scene, Weaken, all_of, put, refused

from matcher.consent import (
    gate,
    release,
    withdraw,
)
from matcher.directory import merge_members
from matcher.files.readers.workbooks import read_workbook
from matcher.model import (
    Answer,
    Change,
    Decision,
    InvitationState,
    Purpose,
    Stage,
    State,
)
from matcher.outreach import (
    ask,
    export_workbook,
    reply,
    willing_counts,
    write_requester_sheet,
)
from matcher.outreach.introduce import introduction
from matcher.storage import reading
from matcher.triage import move_stage

if TYPE_CHECKING:
    from tests.conftest import Network

_counts, _ways, _sheet, _workbook, _merge, _undo, _consent_undo = (
    import_module(f"matcher.{name}")
    for name in (
        "outreach.counts",
        "outreach.channels",
        "outreach.requester_sheet",
        "outreach.workbook",
        "directory.merge",
        "storage.undo",
        "consent.undo",
    )
)
ASK_FIRST = Decision.ASK_FIRST


def agrees(network: "Network", request: int, name: str = "Ada", **fields: Any) -> int:
    ada = network.willing(name, **({"email": "ada@example.org", "phone": "07700900123"} | fields))
    ask(network.store, request, [ada])
    reply(network.store, request, ada, Answer.YES)
    return ada


def shared_with(network: "Network", request: int, folder: Path, *fields: str) -> str:
    """Everything that stands in the sheet of those who agreed."""
    path = folder / "sheet.xlsx"
    if refused(lambda: write_requester_sheet(network.store, request, path, fields)):
        return ""
    rows = (row.cells for sheet in read_workbook(path).sheets for row in sheet.rows)
    return "\n".join(" ".join(str(cell) for cell in cells) for cells in rows)


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


def everybody_is_willing(session: Any, request: Any, on: Any) -> dict[int, gate.Verdict]:
    return dict.fromkeys(gate.verdicts(session, request, on), gate.Verdict(True))


class Given(dict[Any, Any]):
    """Permissions of a program that takes everybody for willing."""

    def get(self, key: Any, default: Any = None) -> Any:
        return State.GIVEN if isinstance(key, Purpose) else self


IN_SHARING: dict[Scene, Weaken] = {
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
    a_log_of_what_left_undone: put(_undo, "LASTING", frozenset()),
}
"""What must not happen -> how to take away the rule that keeps it from happening."""
