"""The outreach workbook: read back as she will see it, with nobody in it who may not be asked."""

import contextlib
import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from matcher.consent import undo, withdraw
from matcher.errors import UserError
from matcher.files.writers.workbook import workbook_bytes
from matcher.model import Answer, Decision, Invitation, InvitationState, Member, OutFile, Purpose
from matcher.outreach import export_workbook
from matcher.outreach.row_ids import unseal
from matcher.outreach.workbook import COLUMNS
from matcher.storage import Store, reading, work

if TYPE_CHECKING:
    from tests.conftest import Network

HEADERS = [column.header for column in COLUMNS]


def sheet_of(path: Path) -> Worksheet:
    book = load_workbook(path)
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"] * len(book.worksheets)
    sheet = book["Outreach"]
    assert isinstance(sheet, Worksheet)
    return sheet


def rows_of(path: Path) -> list[dict[str, Any]]:
    rows = [[cell.value for cell in row] for row in sheet_of(path).iter_rows()]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]  # type: ignore[arg-type]


def out_files(store: Store) -> list[tuple[str, list[int]]]:
    with reading(store) as session:
        return [(out.state, out.members) for out in session.scalars(select(OutFile).order_by(OutFile.id))]


@pytest.fixture
def ready(network: "Network") -> tuple["Network", int, list[int]]:
    """A network, a request and the three people on its list, the last one in reserve."""
    people = [
        network.willing("Ada", last_name="Stone", phone="07700 900123", email="ada@example.org"),
        network.willing("Bea", phone="7700900456", conditions_text="first name only"),
        network.willing("Cai", email="cai@example.org"),
    ]
    request = network.request()
    network.shortlist(request, *people, reserves=1)
    return network, request, people


def test_it_reads_back_in_both_readers(ready: tuple["Network", int, list[int]], tmp_path: Path) -> None:
    network, request, people = ready
    path = tmp_path / "out.xlsx"
    exported = export_workbook(network.store, request, path)
    assert (exported.people, exported.reserves) == (2, 1)
    rows = rows_of(path)
    assert [row["Name"] for row in rows] == ["Ada Stone", "Bea", "Cai"]
    assert [row["Phone"] for row in rows] == ["07700 900123", "07700 900456", None]
    assert [row["Channel"] for row in rows] == ["WhatsApp", "WhatsApp", "E-mail"]
    assert rows[1]["Please respect"] == "first name only"
    assert rows[2]["Place"] == "reserve 3"
    assert all(row["Response"] is None and row["Note"] is None for row in rows)
    assert all(row["Message"].startswith(f"Hi {row['Name'].split()[0]}") for row in rows)
    ids = [found for row in rows if (found := unseal(network.store, row["Row id"]))]
    assert [(one.request_id, one.member_id) for one in ids] == [(request, member) for member in people]
    fast = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Outreach").to_python()
    assert fast[0] == HEADERS
    assert [row[HEADERS.index("Phone")] for row in fast[1:]] == ["07700 900123", "07700 900456", ""]
    assert [row[HEADERS.index("Row id")] for row in fast[1:]] == [row["Row id"] for row in rows]


def test_it_is_ready_to_work_in(ready: tuple["Network", int, list[int]], tmp_path: Path) -> None:
    network, request, _ = ready
    path = tmp_path / "out.xlsx"
    export_workbook(network.store, request, path)
    sheet = sheet_of(path)
    assert [cell.value for cell in sheet[1]] == HEADERS
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.auto_filter.ref == "A1:L4"
    assert str(sheet.freeze_panes).endswith("2")
    letters = [get_column_letter(place) for place in range(1, len(COLUMNS) + 1)]
    assert [sheet.column_dimensions[letter].width for letter in letters] == [c.width for c in COLUMNS]
    (rule,) = sheet.data_validations.dataValidation
    response = letters[HEADERS.index("Response")]
    assert str(rule.sqref) == f"{response}2:{response}4"
    choices = str(rule.formula1)
    if not choices.startswith('"'):
        name, cells = choices.split("!")
        choices = ",".join(
            str(row[0].value) for row in load_workbook(path)[name.strip("'")][cells.replace("$", "")]
        )
    assert choices.strip('"').split(",") == [answer.value for answer in Answer]
    phone = sheet.cell(2, HEADERS.index("Phone") + 1)
    assert (phone.data_type, phone.number_format) == ("s", "@")
    links = [row[HEADERS.index("Open")].hyperlink for row in sheet.iter_rows(min_row=2)]
    assert [str(link.target).split(":")[0] for link in links if link] == ["https", "https", "mailto"]


HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "@SUM(A1)",
    "-2",
    "\t=1",
    "#N/A",
    "a\x00\x07b",
    "x" * 40_000,
    "<b>&",
]


def test_no_value_becomes_a_formula(network: "Network", tmp_path: Path) -> None:
    people = [network.willing(v, last_name=v, email=v, conditions_text=v) for v in HOSTILE]
    request = network.request(title=HOSTILE[0], requester=HOSTILE[1])
    network.shortlist(request, *people)
    path = tmp_path / "out.xlsx"
    export_workbook(network.store, request, path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"<f>" in part or b"<f " in part for name, part in parts.items() if "sheet" in name)
    assert not any("comment" in name or "vba" in name.casefold() for name in parts)
    sheet = sheet_of(path)
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    assert {row["Name"] for row in rows_of(path)} >= {f"{v} {v}" for v in HOSTILE[:1] + HOSTILE[1:4]}


def test_its_properties_name_nobody(ready: tuple["Network", int, list[int]], tmp_path: Path) -> None:
    network, request, _ = ready
    path = tmp_path / "out.xlsx"
    export_workbook(network.store, request, path)
    with zipfile.ZipFile(path) as archive:
        properties = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("docProps"))
    for word in (b"Ada", b"Bea", b"Lantern", b"Night"):
        assert word not in properties


def test_employer_background_and_reasons_never_leave(network: "Network", tmp_path: Path) -> None:
    secrets = {
        "employer": "Zenith Agency", "gender": "Qgender", "ethnicity": "Qethnicity", "migration_status": "Qvisa",
        "age_band": "Q45", "experience_text": "Qexperience", "interests_text": "Qinterests", "avoid_text": "Qavoid",
        "safe_contact": "Qsafe", "postcode_district": "QS18",
    }  # fmt: skip
    ada, request = network.willing("Ada", phone="07700 900123", **secrets), network.request()
    network.shortlist(request, ada)
    path = tmp_path / "out.xlsx"
    export_workbook(network.store, request, path)
    with zipfile.ZipFile(path) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert [value for value in secrets.values() if value in whole] == []


def test_whom_to_ask_first_is_marked(network: "Network", tmp_path: Path) -> None:
    ada, request = network.member("Ada", phone="07700 900123"), network.request()
    network.say(ada, Decision.ASK_FIRST)
    network.shortlist(request, ada)
    export_workbook(network.store, request, tmp_path / "out.xlsx")
    assert rows_of(tmp_path / "out.xlsx")[0]["Ask first"] == "personally"


def test_each_person_becomes_an_ask_to_ask_once(ready: tuple["Network", int, list[int]], tmp_path: Path) -> None:
    network, request, people = ready
    for name in ("a.xlsx", "b.xlsx"):
        export_workbook(network.store, request, tmp_path / name)
    with reading(network.store) as session:
        found = session.execute(select(Invitation.member_id, Invitation.state, Invitation.asked_at)).all()
    assert [tuple(row) for row in found] == [(m, InvitationState.TO_ASK, None) for m in people]
    assert out_files(network.store) == [("written", people)] * 2


def test_undo_after_an_export_takes_the_asks_back_and_keeps_the_log(
    ready: tuple["Network", int, list[int]], tmp_path: Path
) -> None:
    network, request, people = ready
    export_workbook(network.store, request, tmp_path / "a.xlsx")
    undone = undo(network.store)
    assert undone.what == f"export outreach workbook R{request}"
    assert out_files(network.store) == [("written", people)]
    with reading(network.store) as session:
        assert session.scalars(select(Invitation)).all() == []


@pytest.mark.parametrize("how", ["withdrawn", "refused", "voided", "merged"])
def test_who_may_no_longer_be_asked_stops_the_export(network: "Network", tmp_path: Path, how: str) -> None:
    ada, bea, request = network.willing("Ada"), network.willing("Bea"), network.request()
    step = network.say(bea)
    if how == "withdrawn":
        withdraw(network.store, bea)
    elif how == "refused":
        network.say(bea, Decision.REFUSED)
    elif how == "voided":
        undo(network.store, step)
        undo(network.store, step - 2)
    else:
        with work(network.store, "merge") as unit:
            unit.session.get_one(Member, bea).merged_into = ada
    network.shortlist(request, ada, bea)
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"older")
    with pytest.raises(UserError, match=f"M{bea} may not be asked about R{request}"):
        export_workbook(network.store, request, path)
    assert path.read_bytes() == b"older"
    assert out_files(network.store) == []
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["out.xlsx"]


@pytest.mark.parametrize("position", [0, 1, 2])
def test_who_withdraws_after_the_list_was_made_is_in_no_workbook(
    ready: tuple["Network", int, list[int]], tmp_path: Path, position: int
) -> None:
    network, request, people = ready
    withdraw(network.store, people[position])
    path = tmp_path / "out.xlsx"
    with contextlib.suppress(UserError):
        export_workbook(network.store, request, path)
    written = [unseal(network.store, row["Row id"]) for row in rows_of(path)] if path.exists() else []
    assert people[position] not in [row.member_id for row in written if row]


def test_a_withdrawal_while_the_file_is_being_made_stops_it(
    ready: tuple["Network", int, list[int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matcher.outreach import workbook

    network, request, people = ready
    make = workbook_bytes

    def make_and_hear_stop(*given: Any, **named: Any) -> bytes:
        content = make(*given, **named)
        withdraw(network.store, people[0], Purpose.MEDIA)
        return content

    monkeypatch.setattr(workbook, "workbook_bytes", make_and_hear_stop)
    with pytest.raises(UserError, match="Withdrew from media"):
        export_workbook(network.store, request, tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()
    assert out_files(network.store) == []


@pytest.mark.parametrize(
    ("name", "says"), [("out.csv", "an Excel file"), ("out", "an Excel file"), ("no/out.xlsx", "does not exist")]
)
def test_a_target_that_cannot_be(
    ready: tuple["Network", int, list[int]], tmp_path: Path, name: str, says: str
) -> None:
    network, request, _ = ready
    with pytest.raises(UserError, match=says):
        export_workbook(network.store, request, tmp_path / name)
    assert out_files(network.store) == []


def test_without_a_list_there_is_no_workbook(network: "Network", tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no list"):
        export_workbook(network.store, network.request(), tmp_path / "out.xlsx")


def test_the_log_is_dated(
    ready: tuple["Network", int, list[int]], tmp_path: Path, at: Callable[[str], datetime]
) -> None:
    network, request, _ = ready
    moment = at("2027-01-05T10:00+00:00")
    exported = export_workbook(network.store, request, tmp_path / "out.xlsx")
    with reading(network.store) as session:
        assert session.get_one(OutFile, exported.file_id).at == moment
