"""What stands on every page is in her words: none that only code should use, and none of the code's own signs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from matcher_ui.pages.page import Page

from .conftest import shown

OF_CODE = tuple((Path(__file__).parents[2] / "words_of_code.txt").read_text("utf-8").split())
"""Words that no screen says: those that the domain forbids, and those that only a programmer would use."""
MEANT = {"settings": {"purpose"}, "import": {"timestamp"}, "meetup-plan": {"invitation"}}
"""Page -> words that are right there: of the law, of the heading in her own sheet, of a meet-up."""
SIGNS = re.compile(
    r"(?:^|[:,(] )None$|\bTrue\b|\bFalse\b|\{(?:[a-z_]*\}|[{%])|%[sd]|"
    r"<[a-z]+[ >]|\b[a-z]+_[a-z]+\b|[a-z]\(\)|\bnan\b"
)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\S+\.(?:example|org|xlsx|csv|eml|pdf)\b")
_ROWS = 12


def _texts(page: QWidget) -> Iterator[str]:
    """Every text on a page that the program wrote, with the tips and what a screen reader is told."""
    for widget in shown(page):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _of_model(widget.model())


def _of_model(model: QAbstractItemModel) -> Iterator[str]:
    top = QModelIndex()
    for column in range(model.columnCount(top) if isinstance(model, QAbstractTableModel) else 1):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(top), _ROWS)):
            yield str(model.index(row, column, top).data() or "")


def _said(page: Page) -> set[str]:
    """The same without addresses and names of files, which are hers."""
    return {_ADDRESS.sub("", text) for text in _texts(page) if text.strip()}


def test_no_word_of_the_code_is_on_a_page(page: Page, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.params["page"]
    found = {
        (word, text)
        for text in _said(page)
        for word in OF_CODE
        if re.search(rf"\b{word}\b", text, re.IGNORECASE) and word not in MEANT.get(name, set())
    }
    assert not found


def test_no_sign_of_the_code_is_on_a_page(page: Page) -> None:
    said = _said(page)
    assert said
    assert not {text for text in said if SIGNS.search(text)}
