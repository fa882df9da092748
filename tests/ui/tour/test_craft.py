"""On every page, at 100 % and enlarged and small: nothing overlaps or is cut; one scale of type, one of space."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QGridLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QStackedLayout,
    QWidget,
)

from matcher_ui.pages.page import Page
from matcher_ui.theme import ROLES, Space
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.labels import ElidedLabel
from matcher_ui.widgets.paint import FOCUS_WIDTH

from .conftest import NAMES, Tour, shown

LARGE, SMALL = QSize(1280, 800), QSize(1024, 700)
SIZES = ((LARGE, 1.0), (SMALL, 1.5))
WALKED = (*NAMES, "promises-check_ins", "log-pasted", "import-dropped")
HAIR = 1
"""A pixel that two parts may share: a border or a line drawn under a row of tabs."""


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_every_page_is_well_made(tour: Tour, size: QSize, scale: float) -> None:
    tour.window.resize(size)
    tour.window.theme.set("light", scale)
    poor = [f"{name}: {flaw}" for name in WALKED for flaw in _flaws(tour.go(name), tour)]
    tour.window.resize(LARGE)
    assert not poor, "\n".join(poor)


def _flaws(page: Page, tour: Tour) -> list[str]:
    return [
        *_overlaps(page),
        *_cut_off_at_the_side(page),
        *_cut_words(page),
        *_uneven_buttons(page),
        *_odd_sizes(page, tour),
        *_odd_spaces(page, tour),
    ]


def _overlaps(page: Page) -> Iterator[str]:
    for parent in (page, *shown(page)):
        for one, other in _laid_out_pairs(parent):
            if one.geometry().adjusted(HAIR, HAIR, -HAIR, -HAIR).intersects(other.geometry()):
                yield f"{_way_to(one)} {_rect(one)} lies over {_way_to(other)} {_rect(other)}"


def _cut_off_at_the_side(page: Page) -> Iterator[str]:
    for one in shown(page):
        inner = one.widget() if isinstance(one, QScrollArea) else None
        if isinstance(one, QScrollArea) and inner is not None and inner.width() > one.viewport().width():
            yield f"{_way_to(inner)} is {inner.width()} wide in {one.viewport().width()}"


def _cut_words(page: Page) -> Iterator[str]:
    for one in shown(page):
        cut = (
            _is_cut(one)
            if isinstance(one, QLabel)
            else isinstance(one, Button) and one.sizeHint().boundedTo(one.size()) != one.sizeHint()
        )
        if cut:
            yield f"cut: {_way_to(one)} {_rect(one)}"


def _uneven_buttons(page: Page) -> Iterator[str]:
    for parent in (page, *shown(page)):
        row = [one for one in parent.children() if isinstance(one, Button) and one.isVisible() and not one.is_link]
        for number, one in enumerate(row):
            for other in row[number + 1 :]:
                beside = one.y() < other.geometry().bottom() and other.y() < one.geometry().bottom()
                if beside and one.height() != other.height():
                    yield f"{_way_to(one)} is {one.height()} high beside {other.height()} of {_way_to(other)}"


def _odd_sizes(page: Page, tour: Tour) -> Iterator[str]:
    sizes = {tour.window.theme.px(role.size) for role in ROLES.values()}
    for one in shown(page, QLabel):
        if isinstance(one, QLabel) and one.text() and one.font().pixelSize() not in sizes:
            yield f"{_way_to(one)} is {one.font().pixelSize()} pixels high"


def _odd_spaces(page: Page, tour: Tour) -> Iterator[str]:
    steps = {0, HAIR, FOCUS_WIDTH, *(tour.window.theme.px(step) for step in Space)}
    for one in (page, *shown(page)):
        for layout in _layouts_of(one.layout()):
            spaces = {"its margins": _sides(layout), "between its parts": _gaps(layout)}
            for where, found in spaces.items():
                if odd := sorted(set(found) - steps):
                    yield f"{_way_to(one)} has {odd} pixels {where}"


def _layouts_of(layout: QLayout | None) -> Iterator[QLayout]:
    """A layout and those within it, where they set things apart."""
    if layout is None or isinstance(layout, QStackedLayout):
        return
    yield layout
    for number in range(layout.count()):
        item = layout.itemAt(number)
        yield from _layouts_of(item.layout() if item is not None else None)


def _sides(layout: QLayout) -> tuple[int, ...]:
    around = layout.contentsMargins()
    return around.left(), around.top(), around.right(), around.bottom()


def _gaps(layout: QLayout) -> tuple[int, ...]:
    items = (layout.itemAt(number) for number in range(layout.count()))
    if sum(item is not None and not item.isEmpty() for item in items) < 2:
        return ()
    if isinstance(layout, QGridLayout):
        across, down = layout.columnCount() > 1, layout.rowCount() > 1
        return (layout.horizontalSpacing(),) * across + (layout.verticalSpacing(),) * down
    return (layout.spacing(),)


def _laid_out_pairs(parent: QWidget) -> Iterator[tuple[QWidget, QWidget]]:
    """Each two parts that one layout, or one within it, has put beside each other."""
    layout = parent.layout()
    if layout is None or isinstance(parent, QAbstractScrollArea):
        return
    parts = [one for one in _widgets_of(layout) if one.isVisible()]
    for number, one in enumerate(parts):
        for other in parts[number + 1 :]:
            yield one, other


def _widgets_of(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        if (item := layout.itemAt(number)) is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _widgets_of(inner)


def _is_cut(label: QLabel) -> bool:
    if isinstance(label, ElidedLabel):
        return label.shown_text() != label.text() and not label.toolTip()
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width())
    return label.width() < label.fontMetrics().horizontalAdvance(label.text()) and "\n" not in label.text()


def _rect(widget: QWidget) -> str:
    box = QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())
    return f"{box.x()},{box.y()} {box.width()}x{box.height()}"


def _way_to(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    chain = [words or widget.accessibleName() or "no name"]
    at: QWidget | None = widget
    while at is not None and len(chain) < 5:
        chain.append(type(at).__name__)
        at = at.parentWidget()
    return " in ".join(str(part) for part in chain)
