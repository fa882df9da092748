"""The reusable parts: pressed by mouse and keyboard, named for screen readers, in every state and size."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from matcher.progress import Progress
from matcher_ui.jobs import Jobs
from matcher_ui.theme import Theme
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.job_bar import JobBar
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.row_menu import open_below
from matcher_ui.widgets.sidebar import Sidebar
from matcher_ui.widgets.toast import ToastHost


@pytest.fixture(scope="module")
def gallery() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("gallery", Path(__file__).with_name("gallery.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["gallery"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["gallery"]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_every_part_is_drawn_and_named(
    theme: Theme, qtbot: QtBot, gallery: ModuleType, mode: str, scale: float
) -> None:
    theme.set("dark" if mode == "dark" else "light", scale)
    sheet = gallery.Gallery(theme)
    qtbot.addWidget(sheet)
    sheet.show()
    assert not sheet.grab().isNull()
    shown = [w for w in sheet.findChildren(QWidget) if w.isVisible()]
    reached = [w for w in shown if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(reached) > 25
    nameless = [type(w).__name__ for w in reached if not _name(w)]
    assert not nameless
    theme.set("light", 1.0)


def _name(widget: QWidget) -> str:
    words = getattr(widget, "text", None)
    spoken = widget.accessibleName() or (words() if callable(words) else "")
    # a field's inner line edit, a list inside a combo box and sample sliders are named by their owner
    return spoken or ("inner" if type(widget).__module__.startswith("PySide6") else "")


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_buttons_answer_the_keyboard(theme: Theme, qtbot: QtBot, key: Qt.Key) -> None:
    pressed: list[str] = []
    for button in (Button(theme, "Save", "main"), IconButton(theme, "more", "More")):
        qtbot.addWidget(button)
        button.show()
        button.setFocus()
        button.clicked.connect(lambda _on=False, b=button: pressed.append(b.accessibleName() or b.text()))
        QTest.keyClick(button, key)
    assert pressed == ["Save", "More"]


def test_a_button_not_yet_available_says_why(theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, "Go on to Ask", "main")
    qtbot.addWidget(button)
    button.set_unavailable("Finish the checks first")
    assert not button.isEnabled()
    assert button.toolTip() == button.accessibleDescription() == "Finish the checks first"
    button.set_unavailable(None)
    assert button.isEnabled()


def test_focus_is_drawn_outside_a_button(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = QVBoxLayout(page)
    first, second = Button(theme, "One"), Button(theme, "Two")
    row.addWidget(first)
    row.addWidget(second)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    edge = first.geometry().left() - 1
    shown = page.grab().toImage().pixelColor(edge, first.geometry().center().y())
    assert shown == theme.color("accent")
    second.setFocus()
    shown = page.grab().toImage().pixelColor(edge, first.geometry().center().y())
    assert shown != theme.color("accent")


def test_an_empty_page_takes_files_and_pasted_text(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    page = EmptyPage(theme, "requests", "No requests yet", "Drop an e-mail here.", "Log a request")
    qtbot.addWidget(page)
    page.show()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "voices.eml")), QUrl("https://example.org/")])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(page.dropped) as got:
        page.dropEvent(drop)
    assert got.args == [[tmp_path / "voices.eml"]]
    QGuiApplication.clipboard().setText("Dear Ruth, can you help?")
    page.setFocus()
    with qtbot.waitSignal(page.pasted) as got:
        QTest.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert got.args == ["Dear Ruth, can you help?"]
    with qtbot.waitSignal(page.pressed):
        page.button.click()


def test_a_toast_stays_while_used_and_offers_undo(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 600)
    host = ToastHost(theme, page)
    page.show()
    host.say("Asked Joyce.", undo_key="batch 7")
    assert host.isVisible()
    assert page.rect().contains(host.geometry().adjusted(0, 0, -12, -12))
    undo = next(w for w in host.findChildren(QWidget) if w.accessibleName() == "Undo: Asked Joyce.")
    page.activateWindow()
    undo.setFocus()
    qtbot.waitUntil(undo.hasFocus)
    host._time_is_up()
    assert host.isVisible()
    undo.clearFocus()
    host._time_is_up()
    assert not host.isVisible()
    host.say("Asked Bev.", undo_key="batch 8")
    with qtbot.waitSignal(host.undo) as got:
        QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert got.args == ["batch 8"]
    host.say("Closed.")
    assert undo.isHidden()
    page.resize(400, 300)
    assert host.x() >= 0


def test_a_toast_covers_no_button_and_makes_way_for_one_that_comes(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 600)
    below, above = (Button(theme, words, parent=page) for words in ("Open in mail", "Save as e-mail"))
    for button, top in ((below, 540), (above, 480)):
        button.setGeometry(700, top, 160, 32)
    above.hide()
    host = ToastHost(theme, page)
    page.show()
    host.say("Copied the letter.")

    def covers(button: Button) -> bool:
        return host.geometry().adjusted(12, 12, -12, -12).intersects(button.geometry())

    assert not covers(below)
    above.show()
    qtbot.waitUntil(lambda: not covers(above))
    assert not covers(below)
    everywhere = Button(theme, "All of it", parent=page)
    everywhere.setGeometry(0, 0, 900, 600)
    everywhere.show()
    host.say("Nowhere else to be.")
    assert host.isVisible()


def test_the_job_bar_follows_long_work_and_cancels_it(theme: Theme, qtbot: QtBot) -> None:
    jobs, bar = Jobs(), JobBar(theme)
    qtbot.addWidget(bar)
    bar.follow(jobs)
    cancelled: list[bool] = []

    def verb(progress: Progress) -> None:
        for row in range(100_000):
            progress(row, 100_000, "Reading sign-ups.xlsx")
            QTest.qSleep(1)

    jobs.run(verb, on_done=lambda _: None, on_cancelled=lambda: cancelled.append(True), what="Reading", writes=True)
    assert not bar.isVisible()
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: " of 100,000" in bar.accessibleName())
    QTest.mouseClick(bar.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: cancelled == [True])
    assert not bar.isVisible()
    jobs.shutdown()


def test_the_sidebar_leads_to_pages_search_and_lock(theme: Theme, qtbot: QtBot) -> None:
    side = Sidebar(theme, "Lantern Network")
    qtbot.addWidget(side)
    side.show()
    side.activateWindow()
    pages: list[str] = []
    side.chosen.connect(pages.append)
    side.set_count("requests", 9)
    buttons = {w.accessibleName() or w.text(): w for w in side._buttons.values()}
    buttons["Requests, 9"].click()
    buttons["Settings"].click()
    assert pages == ["requests", "settings"]
    qtbot.waitUntil(side.isActiveWindow)
    QTest.keyClick(side, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert side.search.hasFocus()
    with qtbot.waitSignal(side.locked):
        QTest.keyClick(side, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_the_page_header_leads_back(theme: Theme, qtbot: QtBot) -> None:
    head = PageHeader(theme, "Night visits", back="Requests")
    qtbot.addWidget(head)
    head.set_facts(("Academic", "8 people"))
    back = next(w for w in head.findChildren(QWidget) if w.accessibleName() == "Back to Requests")
    with qtbot.waitSignal(head.went_back):
        QTest.keyClick(back, Qt.Key.Key_Return)


@pytest.mark.parametrize(("left", "aligned"), [(40, "left"), (700, "right")])
def test_a_menu_opens_under_its_button_and_inside_the_window(
    theme: Theme, qtbot: QtBot, left: int, aligned: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 300)
    button = Button(theme, "More", parent=window)
    button.setGeometry(left, 20, 80, 32)
    window.show()
    menu = QMenu(window)
    menu.addAction("Save what is due as a calendar file")
    open_below(menu, button)
    box, at = menu.geometry(), button.mapToGlobal(QPoint(0, 0))
    assert box.top() >= at.y() + button.height()
    ends = (box.left(), at.x()) if aligned == "left" else (box.right() + 1, at.x() + button.width())
    assert abs(ends[0] - ends[1]) <= 1
    menu.close()
