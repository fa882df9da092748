"""The requester's sheet: the agreed columns of those who agreed, logged as it was written, and nothing else."""

import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from matcher.consent import releases, withdraw
from matcher.errors import UserError
from matcher.files.readers.workbooks import read_workbook
from matcher.model import Answer, OutFile
from matcher.outreach import ask, reply, write_requester_sheet
from matcher.storage import notes_on_files, reading

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")


def yes(network: "Network", request: int, name: str = "Ada", **fields: Any) -> int:
    known = {"last_name": "Swift", "email": f"{name.lower()}@example.org", "phone": "07700900123", "role": "Carer"}
    ada = network.willing(name, **(known | fields))
    ask(network.store, request, [ada])
    reply(network.store, request, ada, Answer.YES)
    return ada


def cells(path: Path) -> list[list[str]]:
    (sheet,) = read_workbook(path).sheets
    return [["" if cell is None else str(cell) for cell in row.cells] for row in sheet.rows]


def test_the_file_is_what_the_log_says(network: "Network", tmp_path: Path) -> None:
    request = network.request(requester="Sam Okoro", organisation="Channel Seven")
    ada = yes(network, request, gender="woman", employer="Sunny Care", experience_text="my own words")
    network.willing("Bea", email="bea@example.org")
    path = tmp_path / "sheet.xlsx"
    made = write_requester_sheet(network.store, request, path)
    assert (made.people, made.left_out) == (1, 0)
    header, row = cells(path)
    assert header == ["First name", "E-mail", "Phone", "Please respect"]
    assert row[:3] == ["Ada", "ada@example.org", "07700 900123"]
    (log,) = releases(network.store)
    assert (log.member_id, log.recipient, log.fields) == (
        ada, "Sam Okoro, Channel Seven", ("first_name", "email", "phone"),
    )  # fmt: skip
    assert (log.file, log.sha256) == (str(path), hashlib.sha256(path.read_bytes()).hexdigest())
    with reading(network.store) as session:
        out = session.scalars(select(OutFile)).one()
    assert (out.kind, out.state, out.members) == ("requester's sheet", "written", [ada])


def test_conditions_go_along_and_private_ones_do_not(network: "Network", tmp_path: Path) -> None:
    request = network.request()
    yes(network, request, conditions=["no_photo", "union_rep", "text_only"], conditions_text="my back is bad")
    write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx")
    assert cells(tmp_path / "sheet.xlsx")[1][-1] == "No photo; Text only, no calls"
    assert releases(network.store)[0].fields[-1] == "conditions"


def test_a_pseudonymous_sheet_names_nobody(network: "Network", tmp_path: Path) -> None:
    request = network.request()
    for number in range(6):
        yes(network, request, f"Zephyrine{number}", region="East Midlands", start_year=2001 + number)
    made = write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx", pseudonymous=True)
    header, *rows = cells(tmp_path / "sheet.xlsx")
    assert made.people == 6
    assert header == ["Person", "Region", "Role", "In home care since", "Please respect"]
    assert [row[0] for row in rows] == [f"P{number}" for number in range(1, 7)]
    for row in rows:
        for secret in ("Zephyrine", "Swift", "@", "07700"):
            assert secret not in " ".join(row)
    for log in releases(network.store):
        assert set(log.fields) <= {"region", "role", "start_year"}


def test_labels_are_fresh_in_every_file(network: "Network", tmp_path: Path) -> None:
    request = network.request()
    for number in range(8):
        yes(network, request, f"P{number}", start_year=2001 + number)
    orders = set()
    for number in range(4):
        path = tmp_path / f"{number}.xlsx"
        write_requester_sheet(network.store, request, path, ["start_year"], pseudonymous=True)
        orders.add(tuple(row[1] for row in cells(path)[1:]))
    assert len(orders) > 1


def test_whoever_lets_nothing_be_shared_is_not_in_it(network: "Network", tmp_path: Path) -> None:
    request = network.request()
    yes(network, request, conditions=["anonymous_only"])
    with pytest.raises(UserError, match="lets any of this be shared") as nobody:
        write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx")
    assert nobody.value.todo == "Give them the requester's details instead."
    yes(network, request, "Bea")
    made = write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx")
    assert (made.people, made.left_out) == (1, 1)
    assert [row[0] for row in cells(tmp_path / "sheet.xlsx")[1:]] == ["Bea"]


def test_withdrawn_between_the_yes_and_the_sheet(network: "Network", tmp_path: Path) -> None:
    request = network.request()
    ada = yes(network, request)
    withdraw(network.store, ada)
    with pytest.raises(UserError, match="Nobody has said yes"):
        write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []
    assert releases(network.store) == ()


def test_withdrawn_while_the_sheet_is_made(
    network: "Network", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import import_module

    module = import_module("matcher.outreach.requester_sheet")
    request = network.request()
    ada, write = yes(network, request), module.workbook_bytes

    def slowly(*sheets: Any, **about: Any) -> bytes:
        withdraw(network.store, ada)
        return bytes(write(*sheets, **about))

    monkeypatch.setattr(module, "workbook_bytes", slowly)
    with pytest.raises(UserError, match=f"M{ada} no longer agrees"):
        write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []
    assert releases(network.store) == ()


def test_the_covering_note_says_for_what_and_until_when(network: "Network", tmp_path: Path) -> None:
    request = network.request(deadline=date(2027, 1, 10))
    yes(network, request)
    note = write_requester_sheet(network.store, request, tmp_path / "one.xlsx").covering_note
    for said in (
        "This person agreed",
        "Night shifts",
        "this request only",
        "nobody else",
        "Delete",
        "10 April 2027",
    ):
        assert said in note
    yes(network, request, "Bea")
    assert "These 2 people" in write_requester_sheet(network.store, request, tmp_path / "two.xlsx").covering_note


def test_files_that_were_moved_or_changed_are_noted_by_name(network: "Network", tmp_path: Path) -> None:
    request = network.request()
    yes(network, request)
    for name in ("kept.xlsx", "changed.xlsx", "gone.xlsx"):
        write_requester_sheet(network.store, request, tmp_path / name)
    assert notes_on_files(network.store) == ()
    (tmp_path / "changed.xlsx").write_bytes(b"x")
    (tmp_path / "gone.xlsx").unlink()
    assert notes_on_files(network.store) == (
        "changed.xlsx was changed since it was written", "gone.xlsx is no longer where it was written",
    )  # fmt: skip
