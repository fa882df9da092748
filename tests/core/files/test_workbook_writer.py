"""What leaves is inert: no value becomes a formula, a link or a secret, in any reader."""

import io
import random
import shutil
import subprocess
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import load_workbook

from matcher.files.writers.workbook import (
    CUT_MARK,
    LONGEST_TEXT,
    Column,
    Kind,
    Link,
    SheetSpec,
    Value,
    cleaned,
    workbook_bytes,
)

KINDS: tuple[Kind, ...] = ("text", "number", "date", "phone", "link", "choice", "long")
ANSWERS = ("Yes", "No this time", "Can't make the date", "No - stop this kind", "No - stop everything", "No reply")
STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "|", "%", "'=", '"=', " =", "＝", "{=", "=cmd|' /C calc'!A0")
ENDS = ("1+1", 'HYPERLINK("https://x.example")', "N/A", "SUM(A1)", "\x00\x1b", "\ud800", "_x003D_1", "é😀")
PLAIN = ("#N/A", "#REF!", "TRUE", "1e5", "07700 900123", "00441632", "2026-01-02", "  ", "a\r\nb")


def hostile_values(count: int) -> list[str]:
    luck = random.Random(3)
    made = [luck.choice(STARTS) + luck.choice(ENDS) + str(number) for number in range(count - len(PLAIN) - 2)]
    return [*PLAIN, *made, "x" * 40_000, "😀" * 20_000]


def written(values: list[Any], kinds: tuple[Kind, ...] = KINDS) -> bytes:
    columns = tuple(Column(kind.title(), 12, kind) for kind in kinds)
    return workbook_bytes([SheetSpec("List", columns, ([value] * len(kinds) for value in values))], title="List")


def opened(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_a_thousand_hostile_values_in_every_column_come_back_as_text() -> None:
    values = hostile_values(1000)
    data = written(values)
    expected = [cleaned(value) for value in values]
    for row, text in zip(opened(data).iter_rows(min_row=2), expected, strict=True):
        for cell in row:
            assert (cell.value or "") == text
            assert cell.data_type in ("s", "n" if not text else "s")
            assert cell.hyperlink is None
    rows = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
    assert rows == [[text] * len(KINDS) for text in expected]


@given(text=st.text(max_size=50))
@settings(max_examples=40, deadline=None)
def test_any_text_round_trips_and_is_no_formula(text: str) -> None:
    cell = opened(written([text], ("text",)))["A2"]
    assert (cell.value or "") == cleaned(text)
    assert cell.data_type != "f"


@given(text=st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


def test_long_text_is_cut_with_a_mark_and_never_inside_a_letter() -> None:
    cut = cleaned("😀" * 20_000)
    assert cut.endswith("😀" + CUT_MARK)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert cleaned("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT


def test_the_package_holds_no_formula_comment_macro_hidden_sheet_or_foreign_link() -> None:
    rows: list[list[Value]] = [["=1+1", "=1+1", Link("Chat", "https://wa.me/447700900123?text=Hello%20there")]]
    columns = (Column("=A", 5), Column("B", 5, "choice", ANSWERS), Column("Chat", 5, "link"))
    data = workbook_bytes([SheetSpec("List", columns, rows)], title="R12")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        everything = {name: archive.read(name).decode() for name in names}
    assert not [
        name for name in names for word in ("comment", "vba", "external", "drawing") if word in name.lower()
    ]
    assert "<f>" not in everything["xl/worksheets/sheet1.xml"]
    assert 'state="hidden"' not in everything["xl/workbook.xml"]
    links = [text for name, text in everything.items() if name.endswith("sheet1.xml.rels")]
    assert len(links) == 1
    assert links[0].count("External") == 1
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert (book.properties.creator, book.properties.lastModifiedBy) == ("Matcher", "Matcher")


def test_layout_header_filter_freeze_widths_and_choices() -> None:
    columns = (Column("Row id", 8, locked=True), Column("Name", 24), Column("Response", 20, "choice", ANSWERS))
    sheet = opened(workbook_bytes([SheetSpec("List", columns, [["1", "Ada", None]], freeze=2)], title="t"))
    assert sheet["A1"].font.b
    assert sheet["A1"].fill.fgColor.rgb != "00000000"
    assert sheet.auto_filter.ref == "A1:C2"
    assert sheet.freeze_panes == "C2"
    assert sheet.column_dimensions["B"].width == 24
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"' + ",".join(ANSWERS) + '"'
    assert str(rule.sqref) == "C2"
    assert sheet.protection.sheet
    assert sheet["A2"].protection.locked
    assert not sheet["B2"].protection.locked


def test_choices_with_commas_stand_on_a_visible_sheet() -> None:
    columns = (Column("When", 10, "choice", ("Mon, 4 May", "Tue, 5 May")),)
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes([SheetSpec("Choices", columns, [])], title="t")))
    assert book.sheetnames == ["Choices", "Choices 2"]
    assert book["Choices 2"].sheet_state == "visible"
    assert book["Choices"].data_validations.dataValidation[0].formula1 == "'Choices 2'!$A$1:$A$2"


def test_numbers_dates_and_phones() -> None:
    columns = (Column("N", 5, "number"), Column("D", 5, "date"), Column("P", 5, "phone"))
    rows: list[list[Value]] = [
        [1.5, date(2026, 3, 4), "07700900123"],
        [10**20, datetime(2026, 7, 1, 8, 0, tzinfo=UTC), 7700900123],
        [float("nan"), date(1800, 1, 1), None],
        [True, "soon", "+44 7700 900123"],
    ]
    sheet = opened(workbook_bytes([SheetSpec("L", columns, rows)], title="t"))
    assert [cell.value for cell in sheet[2]] == [1.5, datetime(2026, 3, 4), "07700900123"]  # noqa: DTZ001 - cells have no zone
    assert [cell.value for cell in sheet[3]] == [str(10**20), datetime(2026, 7, 1, 9, 0), "7700900123"]  # noqa: DTZ001 - cells have no zone
    assert [cell.value for cell in sheet[4]] == ["nan", "1800-01-01", None]
    assert [cell.value for cell in sheet[5]] == ["Yes", "soon", "+44 7700 900123"]
    assert sheet["C2"].number_format == "@"


@pytest.mark.parametrize(
    "url", ["https://wa.me/447700900123", "tel:+447700900123", "mailto:ada@example.org?subject=Hi"]
)
def test_our_own_links_are_links(url: str) -> None:
    cell = opened(written([Link("Open", url)], ("link",)))["A2"]
    assert cell.hyperlink is not None
    assert (cell.value, cell.hyperlink.target) == ("Open", url)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example",
        "javascript:alert(1)",
        "https://wa.me.x.example/4477",
        "file:///etc/passwd",
        "tel:+44\n1",
        "mailto:a@b.example,c@d.example",
        "https://wa.me/447700900123#x",
        "=HYPERLINK(1)",
        "",
    ],
)
def test_any_other_link_is_a_bug(url: str) -> None:
    with pytest.raises(ValueError, match="links"):
        written([Link("Open", url)], ("link",))


def test_a_link_too_long_for_excel_opens_the_chat_without_the_message() -> None:
    cell = opened(written([Link("Chat", "https://wa.me/447700900123?text=" + "a" * 3000)], ("link",)))["A2"]
    assert cell.hyperlink is not None
    assert cell.hyperlink.target == "https://wa.me/447700900123"


def test_sheet_titles_are_made_acceptable_and_unique() -> None:
    specs = [SheetSpec(title, (Column("A", 5),), []) for title in ("R12: a/b", "r12  a b", "History", "", "x" * 40)]
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(specs, title="t")))
    assert len({name.casefold() for name in book.sheetnames}) == 5
    assert all(len(name) <= 31 for name in book.sheetnames)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_values_and_no_formula(tmp_path: Path) -> None:
    values = [value for value in hostile_values(200) if "\ud800" not in value and len(value) < 1000]
    source = tmp_path / "out.xlsx"
    source.write_bytes(written(values, ("text", "phone")))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "back", source],
        check=True,
        capture_output=True,
        timeout=60,
    )
    sheet = openpyxl.load_workbook(tmp_path / "back" / "out.xlsx").worksheets[0]
    found = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert found == [[cleaned(value)] * 2 for value in values]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} == {"s"}
