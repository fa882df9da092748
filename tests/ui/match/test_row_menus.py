"""The right mouse button on a row, and the menu key: what the buttons beside a list do, for the row meant."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu
from pytestqt.qtbot import QtBot

from matcher.matching import make_shortlist
from matcher.model import Answer
from matcher.outreach import ask, asks
from matcher.storage.store import Store
from matcher.triage import list_requests
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.shortcuts import KEEP_ON, LEAVE_OFF, keys_of
from matcher_ui.theme import Theme
from matcher_ui.widgets.request_board import RequestBoard

Show = Callable[..., RequestPage]
Settle = Callable[[], None]


def open_menu(view: QAbstractItemView, row: int, reason: QContextMenuEvent.Reason, qtbot: QtBot) -> QMenu:
    """Ask for the menu of a row as Qt does."""
    spot = view.visualRect(view.model().index(row, 0)).center()
    event = QContextMenuEvent(reason, spot, view.viewport().mapToGlobal(spot))
    QApplication.sendEvent(view.viewport(), event)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def words_of(menu: QMenu) -> list[str]:
    """Without the keys at the right."""
    return [action.text().partition("\t")[0] for action in menu.actions() if action.text()]


def test_an_answer_is_recorded_from_the_menu_of_its_row(
    show: Show, sample: Store, request_id: int, settle: Settle, qtbot: QtBot
) -> None:
    make_shortlist(sample, request_id, 4)
    ask(sample, request_id)
    tab = show(request_id, "ask").ask.people
    menu = open_menu(tab.list, 1, QContextMenuEvent.Reason.Mouse, qtbot)
    assert tab.list.currentIndex().row() == 1
    assert tab.person.answers[Answer.YES].text() in words_of(menu)
    yes = menu.actions()[words_of(menu).index(tab.person.answers[Answer.YES].text())]
    assert yes.text().endswith("\tY")
    yes.trigger()
    menu.close()
    settle()
    assert [row.answer for row in asks(sample, request_id)][:3].count(Answer.YES) == 1


def test_the_menu_key_means_the_row_that_is_chosen(
    show: Show, request_id: int, settle: Settle, qtbot: QtBot
) -> None:
    tab = show(request_id).match
    tab.could.list.setCurrentIndex(tab.could.list.model().index(2, 0))
    settle()
    menu = open_menu(tab.could.list, 0, QContextMenuEvent.Reason.Keyboard, qtbot)
    assert tab.could.list.currentIndex().row() == 2
    assert tab.panel.foot.change.text() in words_of(menu)
    menu.close()


@pytest.mark.parametrize("wanted", ["Open", "Move"])
def test_a_card_has_its_menu(sample: Store, theme: Theme, qtbot: QtBot, wanted: str) -> None:
    board = RequestBoard(theme)
    qtbot.addWidget(board)
    rows = list_requests(sample)
    board.show_requests(rows, "")
    card = board.cards()[0]
    opened: list[int] = []
    board.opened.connect(opened.append)
    menu = board.card_menu(card.row)
    assert any(words.startswith(wanted) for words in words_of(menu))
    assert "Close it" in words_of(menu)
    menu.actions()[0].trigger()
    assert opened == [card.row.id]
    card.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(2, 2), QPoint(2, 2)))
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    shown.close()


def test_a_key_keeps_somebody_on_every_list_and_takes_it_back(show: Show, request_id: int, settle: Settle) -> None:
    tab = show(request_id).match
    people = tab.could.list
    people.setFocus()
    settle()
    for key, kept in ((Qt.Key.Key_P, {True}), (Qt.Key.Key_P, set()), (Qt.Key.Key_X, {False})):
        QTest.keyClick(people, key)
        settle()
        assert tab.facts is not None
        assert set(tab.facts.wishes.values()) == kept
    told = {action.text().partition("\t")[2] for action in tab.menu.menu().actions()}
    assert {keys_of(KEEP_ON), keys_of(LEAVE_OFF)} <= told
