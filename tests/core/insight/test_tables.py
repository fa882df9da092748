"""The numbers of a chart as a workbook: what stands in it is what was counted, and that it left is on record."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from matcher.errors import UserError
from matcher.insight.tables import FIGURES, NO_FIGURE, OWN_USE, Table, export_table
from matcher.model import OutFile
from matcher.storage import Store, reading

TABLE = Table(
    "Who is being heard, by region",
    ("Region", "Members", "Members, of 100", "Workforce, of 100"),
    (("London", 27, 9.0, 14.2), ("Wales", 16, 5.3, None), ('=HYPERLINK("https://example.org")', 0, 0.0, None)),
    ("From 1 January to 23 November 2026.", "Source: a report."),
)


@pytest.mark.usefixtures("frozen")
def test_a_table_is_written_and_its_leaving_logged(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    number = export_table(store, TABLE, path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert rows[0] == TABLE.columns
    assert rows[1] == ("London", 27, 9.0, 14.2)
    assert rows[2] == ("Wales", 16, 5.3, NO_FIGURE)
    assert sheet.cell(4, 1).data_type == "s"
    assert rows[3][0] == TABLE.rows[2][0]
    said = [row[0].value for row in book["About"].iter_rows(min_row=2)]
    assert said == [TABLE.title, *TABLE.notes, OWN_USE]
    with reading(store) as session:
        out = session.scalars(select(OutFile)).one()
        assert (out.id, out.kind, out.state, out.members) == (number, FIGURES, "written", [])
        assert Path(out.path) == path.resolve()


def test_another_kind_of_file_is_refused_and_nothing_is_left(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.xlsx"):
        export_table(store, TABLE, tmp_path / "figures.csv")
    assert not list(tmp_path.glob("figures*"))


def test_a_folder_that_is_not_there_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        export_table(store, TABLE, tmp_path / "gone" / "figures.xlsx")
    with reading(store) as session:
        assert not session.scalars(select(OutFile).where(OutFile.state == "written")).all()
