"""How a report falls on its pages: no table leaves its last row alone on a new one."""

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QTextDocument, QTextTable

from matcher_ui import pdf
from matcher_ui.theme import Theme

PAGE = QSizeF(600, 500)


def page_with(lines: int, rows: int = 12) -> bytes:
    """Some lines of text, and a table of some rows under them."""
    body = "".join(f"<tr><td>row {number}</td><td>{number}</td></tr>" for number in range(rows))
    head = "<thead><tr><th colspan='2'>By region</th></tr><tr><th>Region</th><th>Members</th></tr></thead>"
    style = "<style>td { padding: 5px 10px 5px 0; }</style>"
    return f"{style}{'<p>A line</p>' * lines}<table cellspacing='0'>{head}{body}</table><p>End</p>".encode()


def last_rows_alone() -> list[int]:
    """After how many lines of text the table's last row stands alone on its page."""
    found = []
    for lines in range(36):
        document = pdf.laid_out(page_with(lines), PAGE)
        (table,) = (one for one in document.rootFrame().childFrames() if isinstance(one, QTextTable))
        before, last = (
            pdf.row_top(document, table, row) // PAGE.height() for row in (table.rows() - 2, table.rows() - 1)
        )
        if before != last:
            found.append(lines)
    return found


def test_the_last_row_takes_the_one_before_along(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    assert last_rows_alone() == []

    def leave(_document: QTextDocument, _table: QTextTable) -> None:
        """As Qt breaks pages by itself."""

    monkeypatch.setattr(pdf, "_keep_company", leave)
    assert last_rows_alone()


def test_a_table_of_one_row_stays_where_it_is(theme: Theme) -> None:
    assert pdf.laid_out(page_with(2, rows=1), PAGE).pageCount() == 1
