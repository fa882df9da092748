"""The members offered below a line: looked up while she types, in a list that wears the theme."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from matcher.directory import add_member
from matcher_ui.pages.member_offers import MemberOffers
from matcher_ui.theme import Theme


@pytest.fixture
def line(empty_desk: Any) -> QLineEdit:
    line = QLineEdit()
    empty_desk.qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    line.setFocus()
    empty_desk.qtbot.waitUntil(line.hasFocus)
    for first, last in (("Ada", "Stone"), ("Bo", "Lane"), ("Cy", "Lane")):
        add_member(empty_desk.store, {"first_name": first, "last_name": last})
    return line


def popup_of(offers: MemberOffers) -> QAbstractItemView:
    popup = offers.popup()
    assert popup is not None
    return popup


def test_those_who_are_meant_are_offered_and_chosen_by_key(empty_desk: Any, line: QLineEdit) -> None:
    offers = MemberOffers(empty_desk.workspace, line)
    QTest.keyClicks(line, "lane")
    empty_desk.settle()
    popup, shown = popup_of(offers), offers.completionModel()
    empty_desk.qtbot.waitUntil(popup.isVisible)
    assert [shown.index(row, 0).data() for row in range(shown.rowCount())] == ["Bo Lane, M2", "Cy Lane, M3"]
    popup.setCurrentIndex(shown.index(1, 0))
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert line.text() == "Cy Lane, M3"
    line.clear()
    QTest.keyClicks(line, "x")
    empty_desk.settle()
    assert not popup.isVisible()


def test_the_list_wears_the_theme_and_follows_it(empty_desk: Any, line: QLineEdit, theme: Theme) -> None:
    popup = popup_of(MemberOffers(empty_desk.workspace, line))
    assert theme.tokens.soft_edge in popup.styleSheet()
    theme.set("dark", 1.0)
    assert theme.tokens.soft_edge in popup.styleSheet()
