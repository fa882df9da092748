"""Promise 12: exports are inert and minimal. At full count: ``MATCHER_HOSTILE=1000 pytest`` this file.

So many members, each with a hostile value in every column that an export can hold, leave in the outreach workbook
and in the requester's sheets. What comes out holds no formula, no hidden sheet, no comment, no foreign link and no
personal data in its properties; it reads back unchanged in openpyxl and LibreOffice, and the filled workbook comes
back with every answer.
"""

import os
import random
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from matcher.consent import Permission, record
from matcher.files.writers.workbook import cleaned
from matcher.knowledge.phones import phone
from matcher.model import Answer, Decision, How, Invitation, InvitationState, Member, Purpose, ShortlistEntry
from matcher.outreach import ask, export_workbook, read_replies_file, record_replies, write_requester_sheet
from matcher.storage import Store, reading, work

if TYPE_CHECKING:
    from tests.conftest import Network

COUNT = int(os.environ.get("MATCHER_HOSTILE", "40"))
SOFFICE = shutil.which("soffice")
STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "|", "%", "'=", '"=', " =", "＝", "{=", "=cmd|' /C calc'!A0;")
ENDS = (
    "1+1", 'HYPERLINK("https://x.example","y")', "N/A", "SUM(A1)", "\x00\x1b", "_x003D_1", "é😀", "</c><f>1</f>",
    ", a;b", 'WEBSERVICE("https://x.example")', "\u2028\u2029", "file:///etc/passwd", "javascript:alert(1)",
    "\u202egnp", "1e5", "2026-01-02", "TRUE", "#REF!", "00441632",
)  # fmt: skip
TEXT = ("first_name", "last_name", "email", "town", "region", "role", "employer_type", "conditions_text")
SHARED = ("first_name", "last_name", "email", "phone", "region", "role")
OURS = ("https://wa.me/", "tel:", "mailto:")


def hostile(luck: random.Random) -> str:
    return luck.choice(STARTS) + luck.choice(ENDS) + luck.choice(("", str(luck.random()), luck.choice(ENDS)))


def many_hostile(network: "Network") -> tuple[int, list[int]]:
    """A request and the members on its list; every other one has a number that a sheet could strip of its 0."""
    luck = random.Random(12)
    request = network.request(
        title=hostile(luck), requester=hostile(luck), organisation=hostile(luck), comes_back=hostile(luck)
    )
    rows = [
        {name: hostile(luck) for name in TEXT}
        | {"phone": f"07700{900_000 + place}" if place % 2 else hostile(luck), "shared_phone": False}
        for place in range(COUNT)
    ]
    with work(network.store, "add members") as unit:
        members = [Member(created_at=unit.now, **row) for row in rows]
        unit.session.add_all(members)
        unit.session.flush()
        ids = [member.id for member in members]
        said = (Permission(one, Purpose.MEDIA, Decision.GIVEN, unit.now, How.PHONE, "said so") for one in ids)
        record(unit, *said)
        for place, one in enumerate(ids, start=1):
            unit.session.add(ShortlistEntry(request_id=request, member_id=one, position=place, score=1.0))
    return request, ids


@pytest.fixture
def sent(network: "Network") -> tuple[Store, int, list[int]]:
    request, ids = many_hostile(network)
    ask(network.store, request)
    return network.store, request, ids


def check_inert(path: Path, store: Store) -> Worksheet:
    """Nothing in the file can run, hide or reach out; return its first sheet."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        properties = b"".join(archive.read(name) for name in names if name.startswith("docProps"))
    assert not [
        name for name in names if "external" in name or "vba" in name or "comments" in name or "embed" in name
    ]
    with reading(store) as session:
        told = {member.first_name for member in session.query(Member)} | {"x.example", "07700"}
    assert not [word for word in told if word and len(word) > 4 and word.encode() in properties]
    book = openpyxl.load_workbook(path)
    assert all(sheet.sheet_state == "visible" for sheet in book.worksheets)
    assert not book.defined_names
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "inlineStr"), (cell.coordinate, cell.data_type)
                assert cell.comment is None
                assert cell.hyperlink is None or str(cell.hyperlink.target).startswith(OURS)
    return book.worksheets[0]


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def said(value: object) -> str:
    return cleaned(str(value or ""))


def number_of(member: Member) -> str:
    found = phone(member.phone)
    return found.national if found else said(member.phone)


def members_of(store: Store, ids: list[int]) -> list[Member]:
    with reading(store) as session:
        found = {one.id: one for one in session.query(Member)}
        session.expunge_all()
    return [found[one] for one in ids]


def through_libreoffice(path: Path, folder: Path) -> Worksheet:
    assert SOFFICE
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder / "office"), str(path)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    book = openpyxl.load_workbook(folder / "office" / path.name)
    for sheet in book.worksheets:
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return book.worksheets[0]


def by_office(text: str) -> str:
    """What LibreOffice itself changes in a text: nothing but how a line ends and the blanks at an end of it."""
    return " ".join(text.split())


def test_the_outreach_workbook(sent: tuple[Store, int, list[int]], tmp_path: Path) -> None:
    store, request, ids = sent
    path = tmp_path / "out.xlsx"
    export_workbook(store, request, path)
    rows = table(check_inert(path, store))
    for row, member in zip(rows, members_of(store, ids), strict=True):
        assert said(row["Name"]) == said(member.name)
        assert said(row["E-mail"]) == said(member.email)
        assert said(row["Phone"]) == number_of(member)
        assert said(row["Please respect"]) == said(member.conditions_text)
    assert sum(str(row["Phone"]).startswith("07700 9") for row in rows) >= COUNT // 2


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_it_reads_the_same_in_libreoffice(sent: tuple[Store, int, list[int]], tmp_path: Path) -> None:
    store, request, _ = sent
    path = tmp_path / "out.xlsx"
    export_workbook(store, request, path)
    before, after = table(check_inert(path, store)), table(through_libreoffice(path, tmp_path))
    for one, other in zip(before, after, strict=True):
        for column in ("Name", "Phone", "E-mail", "Please respect", "Message", "Row id"):
            assert by_office(said(one[column])) == by_office(said(other[column])), column
    found = read_replies_file(store, tmp_path / "office" / "out.xlsx")
    assert (found.empty, found.rejected) == (COUNT, ())


def test_the_filled_workbook_comes_back(sent: tuple[Store, int, list[int]], tmp_path: Path) -> None:
    store, request, ids = sent
    path, luck = tmp_path / "out.xlsx", random.Random(13)
    export_workbook(store, request, path)
    book = openpyxl.load_workbook(path)
    sheet = book["Outreach"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Response")
    answers = [luck.choice(list(Answer)) for _ in ids]
    for row, answer in enumerate(answers, start=2):
        sheet.cell(row, column).value = answer.value
    book.save(path)
    found = read_replies_file(store, path)
    assert found.rejected == ()
    assert {change.member_id: change.answer for change in found.changes} == dict(zip(ids, answers, strict=True))
    record_replies(store, found)
    with reading(store) as session:
        assert [ask.answer for ask in session.query(Invitation).order_by(Invitation.member_id)] == answers


@pytest.mark.parametrize("pseudonymous", [False, True])
def test_the_requesters_sheet(sent: tuple[Store, int, list[int]], tmp_path: Path, pseudonymous: bool) -> None:
    store, request, ids = sent
    with work(store, "all say yes") as unit:
        for ask_ in unit.session.query(Invitation):
            ask_.record_answer(Answer.YES, unit.now)
            assert ask_.state is InvitationState.YES
    path = tmp_path / "sheet.xlsx"
    write_requester_sheet(store, request, path, SHARED, pseudonymous=pseudonymous)
    rows = table(check_inert(path, store))
    members = members_of(store, ids)
    assert sorted(said(row["Region"]) for row in rows) == sorted(said(one.region) for one in members)
    if pseudonymous:
        assert not {"First name", "Last name", "E-mail", "Phone"} & set(rows[0])
        assert sorted(str(row["Person"]) for row in rows) == sorted(f"P{place}" for place in range(1, COUNT + 1))
    else:
        assert [said(row["First name"]) for row in rows] == [said(one.first_name) for one in members]
