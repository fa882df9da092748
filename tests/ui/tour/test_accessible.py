"""On every page: each control has a name and a role; the keyboard reaches it, leaves it, and is seen on it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QScrollArea,
    QWidget,
)

from matcher_ui.pages.page import Page

from .conftest import NAMES, Tour, shown

Role = QAccessible.Role
WORKED = {
    Role.Button, Role.ButtonMenu, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.EditableText, Role.SpinBox,
    Role.Slider, Role.Table, Role.List, Role.Tree, Role.Link, Role.PageTab, Role.Chart,
}  # fmt: skip
SECTIONS_OF_A_DATE = 4
"""Tab stays in a field of day, month and year so often, and then leaves it."""
MOST_STOPS = 400
RING = 6
KNOWN_SEEN: set[str] = set()
"""Kinds of control whose focus was seen already: each is looked at once."""


def test_every_page_there_is_is_walked(tour: Tour) -> None:
    assert set(NAMES) <= set(tour.places)
    assert {place.page for place in tour.places.values()} == {tour.places[name].page for name in NAMES}


def test_every_control_has_a_name_and_a_role(page: Page) -> None:
    face = QAccessible.queryAccessibleInterface(page)
    nameless, roleless = [], []
    count = 0
    for told, widget in _told(face):
        if not (told.role() in WORKED or _takes_keyboard(widget)) or isinstance(widget, QScrollArea):
            continue
        count += 1
        if not told.text(QAccessible.Text.Name).strip():
            nameless.append(_way_to(widget))
        if told.role() in (Role.NoRole, Role.Client):
            roleless.append(_way_to(widget))
    assert count
    assert not nameless
    assert not roleless


def test_tab_reaches_every_control_is_seen_on_it_and_leaves_it(page: Page, tour: Tour) -> None:
    stops = _walk(page, tour)
    missed = [
        _way_to(widget)
        for widget in shown(page)
        if widget.isEnabled() and _takes_keyboard(widget) and widget not in stops and not _by_arrows(widget, stops)
    ]
    assert not missed
    assert not [
        _way_to(widget) for widget in stops if page.isAncestorOf(widget) and not _is_seen(widget, page, tour)
    ]


@pytest.mark.parametrize("name", ["insight"])
def test_every_chart_has_its_numbers_as_a_table(name: str, tour: Tour) -> None:
    from matcher_ui.charts.figure_card import FigureCard

    cards = shown(tour.go(name), FigureCard)
    assert cards
    for card in cards:
        assert isinstance(card, FigureCard)
        card.show_numbers.click()
        tour.settle()
        table = QAccessible.queryAccessibleInterface(card.numbers)
        assert card.numbers.isVisible()
        assert table.text(QAccessible.Text.Name).strip()
        card.show_numbers.click()


def _walk(page: Page, tour: Tour) -> list[QWidget]:
    """Where Tab comes, from the page on until it is back; nothing holds the keyboard for good."""
    window = tour.window
    page.setFocus(Qt.FocusReason.OtherFocusReason)
    stops: list[QWidget] = []
    stays = 0
    for _ in range(MOST_STOPS):
        before = window.focusWidget()
        assert before is not None
        QTest.keyClick(before, Qt.Key.Key_Tab)
        now = window.focusWidget()
        assert now is not None
        stays = stays + 1 if now is before else 0
        assert stays < SECTIONS_OF_A_DATE, f"Tab never leaves {_way_to(now)}"
        if not stays:
            if now in stops:
                return stops
            stops.append(now)
    raise AssertionError("Tab never comes back")


def _told(face: QAccessibleInterface) -> Iterator[tuple[QAccessibleInterface, QWidget]]:
    """What a screen reader is told of, without the cells of tables and lists."""
    widget = face.object()
    if not isinstance(widget, QWidget) or not widget.isVisible():
        return
    yield face, widget
    if not isinstance(widget, QAbstractItemView):
        for number in range(face.childCount()):
            below = face.child(number)
            if below is not None:
                yield from _told(below)


def _takes_keyboard(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractScrollArea) and isinstance(widget, QScrollArea):
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _by_arrows(widget: QWidget, stops: list[QWidget]) -> bool:
    """One of several of which one is chosen: Tab comes to the chosen one, the arrow keys to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and any(button in stops for button in group.buttons())


def _is_seen(widget: QWidget, page: Page, tour: Tour) -> bool:
    """Whether the window looks otherwise with the keyboard on it; each kind of control is looked at once."""
    kind = type(widget).__name__
    if kind in KNOWN_SEEN or not widget.isVisible():
        return True
    KNOWN_SEEN.add(kind)
    _bring_into_sight(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    with_it = _picture(tour.window, widget)
    page.setFocus(Qt.FocusReason.OtherFocusReason)
    return with_it != _picture(tour.window, widget)


def _bring_into_sight(widget: QWidget) -> None:
    at = widget.parentWidget()
    while at is not None:
        if isinstance(at, QScrollArea):
            at.ensureWidgetVisible(widget, 2 * RING, 2 * RING)
        at = at.parentWidget()


def _picture(window: QWidget, widget: QWidget) -> QImage:
    QApplication.processEvents()
    where = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-RING, -RING, RING, RING)
    return window.grab(where).toImage()


def _way_to(widget: QWidget) -> str:
    """The widget with what it lies in, to find it in the code."""
    chain: list[str] = [widget.accessibleName() or "no name"]
    at: QWidget | None = widget
    while at is not None and len(chain) < 5:
        chain.append(type(at).__name__)
        at = at.parentWidget()
    return " in ".join(chain)
