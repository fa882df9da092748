"""A page of HTML drawn as a PDF, by Qt itself."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextDocument,
    QTextTable,
)

from matcher_ui.theme import load_fonts

_MARGINS = QMarginsF(16, 16, 16, 16)
"""In millimetres."""
_DPI = 96


def _plain_font() -> QFont:
    """The font without its drawn variants of signs: a time copied out of the file stays that time."""
    font = QFont("Inter")
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def pdf_without_window(html: bytes) -> bytes:
    """`pdf_of` where no window is open: with an application of its own."""
    application = QGuiApplication.instance() or QGuiApplication(["matcher"])
    load_fonts()
    drawn = pdf_of(html)
    del application
    return drawn


def pdf_of(html: bytes) -> bytes:
    """The page on A4, ready to read and print. It names nothing in the properties of the file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("Matcher")
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(_MARGINS, QPageLayout.Unit.Millimeter)
    _draw(html, writer)
    buffer.close()
    return bytes(content.data())


def draw_on(printer: QPagedPaintDevice, html: bytes) -> None:
    """The same page on a printer, on the paper that was chosen for it."""
    printer.setPageMargins(_MARGINS, QPageLayout.Unit.Millimeter)
    _draw(html, printer)


def _draw(html: bytes, device: QPagedPaintDevice) -> None:
    laid_out(html, device.pageLayout().paintRectPixels(_DPI).size().toSizeF()).print_(device)


def laid_out(html: bytes, page: QSizeF) -> QTextDocument:
    """The page of HTML on pages of that size. No table leaves its last row alone on a new one."""
    document = QTextDocument()
    document.setDefaultFont(_plain_font())
    document.setHtml(html.decode("utf-8"))
    document.setDocumentMargin(0)
    document.setPageSize(page)
    for table in document.rootFrame().childFrames():
        if isinstance(table, QTextTable) and table.rows() > table.format().toTableFormat().headerRowCount() + 1:
            _keep_company(document, table)
    return document


def _keep_company(document: QTextDocument, table: QTextTable) -> None:
    """Move a table down by so much that the last row but one goes along with the last to the next page."""
    before, last = (row_top(document, table, row) for row in (table.rows() - 2, table.rows() - 1))
    height = document.pageSize().height()
    if last // height > before // height:
        look = table.format().toTableFormat()
        look.setTopMargin(look.topMargin() + height - before % height + look.cellPadding() + 1)
        table.setFormat(look)


def row_top(document: QTextDocument, table: QTextTable, row: int) -> float:
    """How far down the whole document a row of a table begins."""
    block = table.cellAt(row, 0).firstCursorPosition().block()
    return document.documentLayout().blockBoundingRect(block).top()
