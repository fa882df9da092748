"""Spreadsheets in every shape she may hold: values, hidden parts, encodings, row numbers."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from matcher.errors import Cancelled, UserError
from matcher.files.readers.columns_named import letters_of
from matcher.files.readers.delimited import rows_of
from matcher.files.readers.encoding import decode_text
from matcher.files.readers.hidden import Hidden, hidden_in_xls
from matcher.files.readers.workbooks import Row, read_workbook

GOLD = Path(__file__).parents[4] / "shared" / "gold" / "members"


def saved(path: Path, fill: Callable[[Worksheet], Any]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Members"
    fill(sheet)
    book.save(path)
    return path


def test_values_keep_their_kind_and_rows_their_number(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B3"], sheet["C3"], sheet["D3"] = "Ada", 7700900269.0, 1.5
        sheet["B6"], sheet["C6"], sheet["D6"] = datetime(2026, 3, 4, 5, 6), True, time(9, 30)  # noqa: DTZ001 - cells have no zone
        sheet["B7"], sheet["C7"], sheet["D7"] = "#N/A", date(2026, 1, 2), timedelta(hours=30)
        sheet["B7"].data_type = "e"
        sheet["B8"] = "=1+1"

    sheet = read_workbook(saved(tmp_path / "a.xlsx", fill)).sheets[0]
    assert sheet.letters == ("B", "C", "D")
    assert list(sheet.rows) == [
        Row(3, ("Ada", 7700900269, 1.5)),
        Row(6, (datetime(2026, 3, 4, 5, 6), True, time(9, 30))),  # noqa: DTZ001 - cells have no zone
        Row(7, (None, date(2026, 1, 2), "1 day, 6:00:00")),
    ]
    assert type(sheet.rows[0].cells[1]) is int
    assert sheet.rows[-1].number == 7
    assert [row.number for row in sheet.rows[1:]] == [6, 7]
    with pytest.raises(IndexError):
        sheet.rows[3]


def test_hidden_parts_are_left_out_and_named_without_their_content(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in range(1, 5):
            sheet.append([f"a{row}", f"secret-column{row}", f"c{row}", f"secret-width{row}"])
        sheet.column_dimensions["B"].hidden = True
        sheet.column_dimensions["D"].width = 0.001
        sheet.row_dimensions[3].hidden = True
        assert sheet.parent is not None
        for title, state in (("Old", "hidden"), ("Older", "veryHidden")):
            extra = sheet.parent.create_sheet(title)
            extra["A1"] = "secret-sheet"
            extra.sheet_state = state

    book = read_workbook(saved(tmp_path / "a.xlsx", fill))
    (sheet,) = book.sheets
    assert list(sheet.rows) == [Row(1, ("a1", "c1")), Row(2, ("a2", "c2")), Row(4, ("a4", "c4"))]
    assert (sheet.letters, sheet.columns_hidden, sheet.rows_hidden) == (("A", "C"), 2, 1)
    assert set(book.left_out) == {
        "Columns B and D of sheet “Members” are hidden and were not read.",
        "1 hidden row of sheet “Members” was not read.",
        "Sheet “Old” is hidden and was not read.",
        "Sheet “Older” is hidden and was not read.",
    }
    assert "secret" not in repr(book)


def test_hidden_columns_of_an_xls_are_in_its_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def record(kind: int, body: bytes) -> bytes:
        return kind.to_bytes(2, "little") + len(body).to_bytes(2, "little") + body

    def words(*values: int) -> bytes:
        return b"".join(value.to_bytes(2, "little") for value in values)

    name = b"\x03\x00Old"
    bof, eof = record(0x809, words(0x600, 5) + bytes(12)), record(0x0A, b"")
    size = len(bof) + 4 + 6 + len(name) + len(eof)
    globals_part = bof + record(0x85, size.to_bytes(4, "little") + bytes(2) + name) + eof
    sheet = bof + record(0x7D, words(2, 3, 2048, 15, 1, 0)) + record(0x7D, words(5, 5, 0, 15, 0, 0))
    sheet += (
        record(0x208, words(7, 0, 4, 300, 0, 0, 0x20, 15)) + record(0x208, words(8, 0, 4, 300, 0, 0, 0, 15)) + eof
    )

    class Ole:
        def __enter__(self) -> "Ole":
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def exists(self, stream: str) -> bool:
            return stream == "Workbook"

        def openstream(self, _: str) -> Any:
            import io

            return io.BytesIO(globals_part + sheet)

    monkeypatch.setattr("matcher.files.readers.hidden.open_ole", lambda _: Ole())
    assert hidden_in_xls(tmp_path / "a.xls", "a.xls") == {"Old": Hidden(frozenset({2, 3, 5}), frozenset({8}))}


def members_with_hidden_parts(sheet: Worksheet) -> None:
    for row in range(1, 5):
        sheet.append([f"a{row}", f"secret-column{row}", f"c{row}"])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    assert sheet.parent is not None
    old = sheet.parent.create_sheet("Old")
    old["A1"] = "secret-sheet"
    old.sheet_state = "hidden"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_hidden_parts_stay_out_of_ods_and_xls_too(tmp_path: Path) -> None:
    source = saved(tmp_path / "a.xlsx", members_with_hidden_parts)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for ending in ("ods", "xls"):
        convert = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", tmp_path, source]
        subprocess.run(convert, check=True, capture_output=True, timeout=60)
        book = read_workbook(tmp_path / f"a.{ending}")
        (sheet,) = book.sheets
        assert list(sheet.rows) == [Row(1, ("a1", "c1")), Row(2, ("a2", "c2")), Row(4, ("a4", "c4"))]
        assert (sheet.columns_hidden, sheet.rows_hidden, len(book.left_out)) == (1, 1, 3)


def ods_file(path: Path, table: str) -> Path:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        body = f'<table:table table:name="S">{table}</table:table>'
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def test_repeated_and_grouped_parts_of_an_ods_are_counted(tmp_path: Path) -> None:
    twice = ods_cell("a", 'table:number-columns-repeated="2"')
    secret = ods_cell("secret")
    table = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        f"<table:table-row>{twice}{secret}</table:table-row>"
        '<table:table-row-group table:display="false"><table:table-row table:number-rows-repeated="2">'
        f"{secret}</table:table-row></table:table-row-group>"
        f"<table:table-row>{ods_cell('b')}</table:table-row>"
    )
    book = read_workbook(ods_file(tmp_path / "a.ods", table))
    assert list(book.sheets[0].rows) == [Row(1, ("a", "a")), Row(4, ("b", None))]
    gap = '<table:table-cell table:number-columns-repeated="9999"/>'
    far = f"<table:table-row>{gap}{ods_cell('x')}</table:table-row>"
    with pytest.raises(UserError, match=r"b\.ods, sheet “S”: .*beyond 702 columns"):
        read_workbook(ods_file(tmp_path / "b.ods", far))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_tables_are_read_in_their_own_encoding_and_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    lines = [
        ["Name", "Town", "Words"],
        ["Zoë", "Hull", f'"one\ntwo{delimiter} ""three"""'],
        [],
        ["José", "", "£20"],
    ]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    rows = list(read_workbook(path).sheets[0].rows)
    assert rows == [
        Row(1, ("Name", "Town", "Words")),
        Row(2, ("Zoë", "Hull", f'one\ntwo{delimiter} "three"')),
        Row(4, ("José", None, "£20")),
    ]


def test_a_table_keeps_leading_zeros_and_believes_sep(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nPhone;Name\n07700900123;Ada, of Hull\n")
    assert read_workbook(path).sheets[0].rows[1] == Row(2, ("07700900123", "Ada, of Hull"))


def test_a_cell_that_never_ends_is_named_by_its_row() -> None:
    with pytest.raises(UserError, match=r"a\.csv, row 2: A cell never ends"):
        list(rows_of(b'a,b\n1,"' + b"x" * 1_100_000, "a.csv"))


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_never_misread(text: str) -> None:
    assert decode_text(text.encode()) == text.removeprefix("\ufeff")


@given(
    data=st.binary(max_size=300), charset=st.sampled_from([None, "ascii", "utf-8", "koi8-r", "no-such", "base64"])
)
def test_any_bytes_are_some_text(data: bytes, charset: str | None) -> None:
    assert isinstance(decode_text(data, charset), str)


def test_other_alphabets_are_recognised() -> None:
    russian = "Здравствуйте, мы ищем сиделок для интервью о работе на дому. Оплата за участие. " * 3
    assert decode_text(russian.encode("cp1251"), "windows-1251") == russian
    assert "ищем" in decode_text(russian.encode("cp1251"))


@given(
    table=st.lists(
        st.lists(st.text(st.sampled_from('ab0é,;"\n '), max_size=6), min_size=2, max_size=4), min_size=1, max_size=8
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_a_table_written_by_a_spreadsheet_comes_back(table: list[list[str]]) -> None:
    width = max(map(len, table))
    rows = [row + [""] * (width - len(row)) for row in table]
    header = [f"Column {number}" for number in range(width)]
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [header] * 20 + rows)
    found = [cells for _, cells in rows_of(text.encode(), "a.csv")][20:]
    assert found == [[cell if cell.strip() else None for cell in row] for row in rows]


def test_letters_are_those_of_a_spreadsheet() -> None:
    assert letters_of([0, 25, 26, 51, 701, 702]) == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]


def test_progress_is_told_and_a_cancel_stops_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(f"{row},Ada" for row in range(1500)))
    calls: list[tuple[int, int]] = []
    read_workbook(path, lambda done, total, what: calls.append((done, total)))
    assert calls[-1] == (1500, 1500)

    def cancel(done: int, total: int, what: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_workbook(path, cancel)


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.exists(), reason="the graded examples are not here")
def test_the_gold_sheets_are_read_without_the_hidden_notes() -> None:
    book = read_workbook(GOLD / "google_form_export.xlsx")
    assert book.sheets[0].letters[-1] == "W"
    assert "NOTES" not in str(book.sheets[0].rows[1])
    assert any("Column X" in sentence for sentence in book.left_out)
    assert len(read_workbook(GOLD / "mailchimp_export.csv").sheets[0].rows) > 30
