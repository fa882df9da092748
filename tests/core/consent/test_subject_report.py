"""A subject report tells everything that is held on somebody, of nobody else, and forgets no column."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from sqlalchemy import select

from matcher.consent import erase, requester_report, save_report, subject_report
from matcher.consent.subject_report import Passage, report_html
from matcher.consent.subject_tables import TOLD_OF_MEMBERS, TOLD_OF_REQUESTERS
from matcher.directory import edit_member, merge_members
from matcher.errors import UserError
from matcher.model import Answer, Base, OutFile, Request, Requester, RightsCase
from matcher.outreach import ask, reply, write_requester_sheet
from matcher.storage import Store, reading, work

if TYPE_CHECKING:
    from tests.conftest import Network


def linked_to(table: str) -> dict[str, Any]:
    """Every mapped class with a row about somebody: the class of the person, and those that refer to it."""
    return {
        mapper.class_.__name__: mapper.class_
        for mapper in Base.registry.mappers
        if mapper.local_table.name == table  # type: ignore[attr-defined]
        or any(key.column.table.name == table for key in mapper.local_table.foreign_keys)
    }


@pytest.mark.parametrize(
    ("table", "told"), [("member", TOLD_OF_MEMBERS), ("requester", TOLD_OF_REQUESTERS)], ids=["member", "requester"]
)
def test_every_column_is_told_or_withheld_for_a_reason(table: str, told: dict[type[Base], Any]) -> None:
    assert set(told) == set(linked_to(table).values())
    for mapped, words in told.items():
        columns = {column.name for column in mapped.__table__.columns}
        assert columns == words.columns.keys() | words.withheld.keys(), mapped
        assert not words.columns.keys() & words.withheld.keys(), mapped


def everything(store: Store, member_id: int) -> str:
    report = subject_report(store, member_id)
    return "\n".join(" | ".join(row) for section in report.sections for row in section.rows)


def test_what_happened_to_her_is_all_there(network: "Network", tmp_path: Path) -> None:
    ada = network.willing(
        "Ada", last_name="Stone", phone="07700 900123", experience_text="nights mostly", gender="F"
    )
    edit_member(network.store, ada, {"town": "Leeds"})
    edit_member(network.store, ada, {"town": "Otley"})
    request = network.request(requester="Imogen Farrell", organisation="Calder University")
    network.shortlist(request, ada)
    ask(network.store, request, [ada])
    reply(network.store, request, ada, Answer.YES, "only on a Tuesday")
    write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx")
    with work(network.store, "note a request for her data") as unit:
        unit.session.add(
            RightsCase(kind="access", member_id=ada, received_on=date(2026, 11, 1), due_on=date(2026, 12, 1))
        )
    told = everything(network.store, ada)
    for fact in (
        "Stone", "07700 900123", "nights mostly", "Otley", "said so", "Night shifts", "only on a Tuesday",
        "Imogen Farrell, Calder University", "sheet.xlsx", "Leeds", "access", "Gender | female",
    ):  # fmt: skip
        assert fact in told, fact


def test_others_are_masked_and_she_is_not(network: "Network") -> None:
    network.member("Bea", last_name="Orr", email="bea@example.org", phone="07700 900555")
    ada = network.member(
        "Ada", last_name="Stone", email="ada@example.org",
        experience_text="I work with Bea Orr (bea@example.org, 07700 900555), not Beatrix Orrson. Ada Stone",
    )  # fmt: skip
    told = everything(network.store, ada)
    assert "I work with [another person] ([another person], [another person]), not Beatrix Orrson" in told
    assert "Ada Stone" in told
    assert subject_report(network.store, ada).masked == 3


def test_records_merged_with_hers_are_hers(network: "Network") -> None:
    keep, away = network.willing("Ada", email="one@example.org"), network.willing("Addie", email="two@example.org")
    merge_members(network.store, keep, away)
    for member_id in (keep, away):
        told = everything(network.store, member_id)
        assert "one@example.org" in told
        assert "two@example.org" in told


@pytest.mark.parametrize("suffix", [".xlsx", ".html"])
def test_it_is_written_and_logged(network: "Network", tmp_path: Path, suffix: str) -> None:
    ada = network.willing("Ada", experience_text='=HYPERLINK("http://example.org") <script>alert(1)</script>')
    target = tmp_path / f"report{suffix}"
    save_report(network.store, subject_report(network.store, ada), target)
    with reading(network.store) as session:
        logged = session.scalars(select(OutFile)).one()
    assert (logged.kind, logged.members, logged.state) == ("subject report", [ada], "written")
    if suffix == ".html":
        page = target.read_text(encoding="utf-8")
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script" not in page
        assert "http" not in page.replace("http://example.org", "")
    else:
        cells = [c for sheet in openpyxl.load_workbook(target) for row in sheet.iter_rows() for c in row]
        assert any("HYPERLINK" in str(cell.value) for cell in cells)
        assert all(cell.data_type != "f" for cell in cells)


def test_what_cannot_be_told_is_said(network: "Network", tmp_path: Path) -> None:
    ada = network.willing("Ada")
    report = subject_report(network.store, ada)
    with pytest.raises(UserError, match=r"\.xlsx, \.html or \.pdf"):
        save_report(network.store, report, tmp_path / "report.doc")
    erase(network.store, ada)
    with pytest.raises(UserError, match="nothing is held"):
        subject_report(network.store, ada)


def test_a_requester_is_told_what_is_held_and_sees_no_member(network: "Network") -> None:
    network.member("Bea", last_name="Orr")
    request = network.request()
    with work(network.store, "note who asks") as unit:
        asker = Requester(name="Imogen Farrell", note="Bea Orr knows her", created_at=unit.now)
        unit.session.add(asker)
        unit.session.flush()
        unit.session.get_one(Request, request).requester_id = asker.id
        requester_id = asker.id
    report = requester_report(network.store, requester_id)
    told = "\n".join(" | ".join(row) for section in report.sections for row in section.rows)
    assert "Imogen Farrell" in told
    assert "Night shifts" in told
    assert "[another person] knows her" in told
    with pytest.raises(UserError, match="no such requester"):
        requester_report(network.store, 99)


def test_a_passage_about_somebody_else_is_left_out_and_said_to_be(network: "Network", tmp_path: Path) -> None:
    ada = network.member("Ada", experience_text="My manager shouts", town="Leeds")
    report = subject_report(network.store, ada)
    place = next(
        Passage(s, r, c)
        for s, section in enumerate(report.sections)
        for r, row in enumerate(section.rows)
        for c, cell in enumerate(row)
        if cell == "My manager shouts"
    )
    with pytest.raises(UserError, match="without a reason"):
        report.leaving_out({place: " "})
    looked_through = report.leaving_out({place: "about her manager"}).with_note("Here is all of it.\nAsk me.")
    for suffix in (".html", ".xlsx"):
        target = tmp_path / f"report{suffix}"
        save_report(network.store, looked_through, target)
        if suffix == ".html":
            page = target.read_text(encoding="utf-8")
        else:
            sheets = openpyxl.load_workbook(target)
            page = "\n".join(str(c.value) for sheet in sheets for row in sheet.iter_rows() for c in row)
        assert "shouts" not in page
        for told in ("[left out: about her manager]", "Here is all of it.", "Ask me.", "Leeds"):
            assert told in page, told


def test_a_drawn_page_leaves_as_pdf_and_only_so(network: "Network", tmp_path: Path) -> None:
    report = subject_report(network.store, network.member("Ada"))
    assert b"What is held on Ada" in report_html(report)
    with pytest.raises(UserError, match=r"\.xlsx or \.html"):
        save_report(network.store, report, tmp_path / "report.pdf")
    save_report(network.store, report, tmp_path / "report.pdf", pdf=b"%PDF-1.4")
    assert (tmp_path / "report.pdf").read_bytes() == b"%PDF-1.4"
