"""On every page: a button that has a key tells it, each key presses its button, and no key is bound twice."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QWidget

from matcher_ui.pages.page import Page
from matcher_ui.shortcuts import ALL, ANYWHERE, keys_of
from matcher_ui.widgets import keyed
from matcher_ui.widgets.base import Pressable

from .conftest import Tour, shown

Context = Qt.ShortcutContext
CALLED = {one.does: one.keys for one in ALL if one.where == ANYWHERE} | {
    "Import a spreadsheet": keys_of("Bring in a spreadsheet")
}
"""What a button may say -> its key."""
WITHOUT_A_MENU = {"Permissions", "Contents", "What is held in this part", "New members"}
"""Lists in whose rows nothing can be done that is not done by choosing one."""


def _at_work(tour: Tour) -> list[QShortcut]:
    """The keys that work while a page is shown."""
    found = []
    for one in tour.window.findChildren(QShortcut):
        owner = one.parent()
        assert isinstance(owner, QWidget)
        if owner.isVisible() and owner.isEnabled():
            found.append(one)
    return found


def test_a_button_with_a_key_tells_it_in_its_tip(page: Page) -> None:
    for button in shown(page, Pressable):
        assert isinstance(button, Pressable)
        wanted = button.keys or CALLED.get(button.text(), "")
        if wanted and button.isEnabled():
            assert f"({wanted})" in button.toolTip(), button.text()


def test_no_key_is_bound_twice_on_a_page(page: Page, tour: Tour) -> None:
    keys = _at_work(tour)
    everywhere = Counter(one.key().toString() for one in keys if one.context() == Context.WindowShortcut)
    assert max(everywhere.values()) == 1
    alone = Counter((one.key().toString(), one.parent()) for one in keys if one.context() != Context.WindowShortcut)
    assert not alone or max(alone.values()) == 1
    assert not everywhere.keys() & {key for key, _owner in alone}


def test_each_key_presses_the_button_that_tells_it(page: Page, tour: Tour, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed: list[Pressable] = []
    monkeypatch.setattr(keyed, "press", pressed.append)
    for button in shown(page, Pressable):
        assert isinstance(button, Pressable)
        if button.keys and button.isEnabled() and button.text() not in CALLED:
            pressed.clear()
            for owner in _owners(button.keys, page, tour):
                owner.setFocus(Qt.FocusReason.OtherFocusReason)
                QTest.keySequence(owner, QKeySequence(button.keys))
            assert button in pressed, (button.text(), button.keys)


def _owners(keys: str, page: Page, tour: Tour) -> Iterator[QWidget]:
    """Where the keyboard has to be for these keys: in the list or form they belong to, or anywhere on the page."""
    for one in _at_work(tour):
        owner = one.parent()
        if one.key() == QKeySequence(keys) and isinstance(owner, QWidget):
            if one.context() == Context.WindowShortcut:
                yield page
            elif one.context() == Context.WidgetShortcut:
                yield owner
            else:
                yield next(child for child in shown(owner) if child.isEnabled() and _by_tab(child))


def _by_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def test_the_menu_key_opens_a_menu_on_each_list(page: Page, tour: Tour) -> None:
    for view in shown(page, QAbstractItemView):
        assert isinstance(view, QAbstractItemView)
        if isinstance(view, QHeaderView) or view.accessibleName() in WITHOUT_A_MENU or not view.model().rowCount():
            continue
        if not view.currentIndex().isValid():
            view.setCurrentIndex(view.model().index(0, 0))
        tour.settle()
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClick(view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), view.accessibleName()
        assert menu.actions()
        menu.close()
        tour.settle()
