"""The reusable parts: pressed by mouse and keyboard, named for screen readers, in every state and size."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, QRect, QStringListModel, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDropEvent,
    QGuiApplication,
    QImage,
    QPainter,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from matcher.progress import Progress
from matcher_ui.jobs import Jobs
from matcher_ui.pages.people_to_write import PersonHead
from matcher_ui.theme import Theme
from matcher_ui.widgets.buttons import Button, IconButton, RoundButton
from matcher_ui.widgets.chip import Chip
from matcher_ui.widgets.choices import Segmented, Tabs
from matcher_ui.widgets.data_table import DataTable
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.initials import initials_of
from matcher_ui.widgets.job_bar import JobBar
from matcher_ui.widgets.keyed import walk_by_key
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.marked_text import Mark, MarkedText
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.row_menu import open_below
from matcher_ui.widgets.rows import Index, RowDelegate, RowList
from matcher_ui.widgets.score_bar import PARTS, paint_score_bar, score_words
from matcher_ui.widgets.sidebar import Sidebar
from matcher_ui.widgets.step_bar import Step, StepBar
from matcher_ui.widgets.toast import ToastHost

SLOW_START = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


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
    for button in (Button(theme, "Save", "main"), IconButton(theme, "more", "More"), RoundButton(theme, "Add Bev")):
        qtbot.addWidget(button)
        button.show()
        button.setFocus()
        button.clicked.connect(lambda _on=False, b=button: pressed.append(b.accessibleName() or b.text()))
        QTest.keyClick(button, key)
    assert pressed == ["Save", "More", "Add Bev"]


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


POINTS = st.fixed_dictionaries({name: st.floats(0, 30) for name in PARTS})


@SLOW_START
@given(POINTS)
def test_the_bar_keeps_its_order_and_stays_inside(theme: Theme, parts: dict[str, float]) -> None:
    image = QImage(240, 20, QImage.Format.Format_RGB32)
    ground = QColor("#123456")
    image.fill(ground)
    painter = QPainter(image)
    paint_score_bar(painter, QRect(20, 4, 200, 12), parts, theme)
    painter.end()
    colors = [image.pixelColor(x, 10) for x in range(240)]
    assert all(color == ground for color in colors[:20] + colors[220:])
    drawn = [theme.color(name) for name in ("place", "experience", "interests")]
    firsts = [colors.index(color) for color in drawn if color in colors]
    assert firsts == sorted(firsts)
    for name in ("place", "experience", "interests"):
        if parts[name] >= 3:
            assert theme.color(name) in colors


def test_the_bar_is_told_in_words() -> None:
    words = score_words({"place": 22, "experience": 35, "interests": 20, "turn": 9})
    assert words == "Place 22, Experience 35, Interests 20, Turn 9. Together 86 of 100."


def test_steps_are_chosen_and_walked_with_arrows(theme: Theme, qtbot: QtBot) -> None:
    bar = StepBar(theme, [("brief", "Brief"), ("checks", "Checks"), ("match", "Match")])
    qtbot.addWidget(bar)
    bar.show()
    bar.set_state("brief", "done")
    bar.set_unavailable("match", "Finish the checks first")
    steps = bar.findChildren(Step)
    assert [s.accessibleName() for s in steps][:2] == ["Step 1, Brief, done", "Step 2, Checks, to do"]
    with qtbot.waitSignal(bar.chosen) as got:
        steps[1].click()
    assert got.args == ["checks"]
    bar.activateWindow()
    steps[0].setFocus()
    qtbot.waitUntil(steps[0].hasFocus)
    QTest.keyClick(steps[0], Qt.Key.Key_Right)
    assert steps[1].hasFocus()
    assert steps[2].toolTip() == "Finish the checks first"


def test_one_choice_holds_and_only_hers_is_announced(theme: Theme, qtbot: QtBot) -> None:
    turns = Segmented(theme, "Share turns", [("off", "Off"), ("some", "Some"), ("strong", "Strong")])
    qtbot.addWidget(turns)
    heard: list[str] = []
    turns.chosen.connect(heard.append)
    assert turns.current == "off"
    turns.set_current("some")
    assert (turns.current, heard) == ("some", [])
    buttons = {b.text(): b for b in turns.findChildren(QWidget) if hasattr(b, "text")}
    QTest.mouseClick(buttons["Strong"], Qt.MouseButton.LeftButton)
    assert (turns.current, heard) == ("strong", ["strong"])


def test_tabs_speak_their_counts(theme: Theme, qtbot: QtBot) -> None:
    tabs = Tabs(theme, [("fit", "Could fit"), ("not_now", "Not now")])
    qtbot.addWidget(tabs)
    tabs.set_count("not_now", 1037)
    assert "Not now, 1037" in [w.accessibleName() for w in tabs.findChildren(QWidget)]


def test_a_field_says_what_is_wrong_in_words(theme: Theme, qtbot: QtBot) -> None:
    line = QLineEdit()
    field = Field(theme, "Sessions", line, "From mid-January")
    qtbot.addWidget(field)
    field.show()
    assert (line.accessibleName(), line.accessibleDescription()) == ("Sessions", "From mid-January")
    field.set_state("wrong", "There is no 31 February")
    assert line.accessibleDescription() == "There is no 31 February"
    border = _middle_left(line)
    assert border == theme.color("stop")
    field.set_state("normal")
    assert _middle_left(line) == theme.color("edge")


def test_what_a_field_seldom_shows_is_made_when_it_is_shown(theme: Theme, qtbot: QtBot) -> None:
    field = Field(theme, "Sessions", QLineEdit())
    qtbot.addWidget(field)
    field.show()
    before = len(field.findChildren(QWidget))
    field.set_number(None)
    field.set_state("check", "Read as two")
    field.set_hint("From mid-January")
    assert len(field.findChildren(QWidget)) == before
    field.set_number(3)
    field.set_state("wrong", "There is no 31 February")
    told = [label.text() for label in field.findChildren(Label) if label.isVisible()]
    assert told == ["Sessions", "From mid-January", "There is no 31 February"]
    assert "Found at 3 in the original" in [part.accessibleName() for part in field.findChildren(QWidget)]
    field.set_state("normal")
    assert "There is no 31 February" not in [one.text() for one in field.findChildren(Label) if one.isVisible()]


def _middle_left(line: QLineEdit) -> QColor:
    return line.grab().toImage().pixelColor(0, line.height() // 2)


def test_the_wheel_does_not_change_a_field_it_passes_over(theme: Theme, qtbot: QtBot) -> None:
    combo = QComboBox()
    combo.addItems(["Policy", "Academic"])
    field = Field(theme, "Audience", combo)
    qtbot.addWidget(field)
    field.show()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(combo, wheel)
    assert combo.currentText() == "Policy"


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
    qtbot.waitUntil(bar.isVisible, timeout=3000)
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


def test_long_text_is_elided_and_kept_in_the_tip(theme: Theme, qtbot: QtBot) -> None:
    label = ElidedLabel(theme, "Roundtable on delegated healthcare, 10:30, Sheffield", "name")
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.shown_text().endswith("…")
    assert theme.metrics("name").horizontalAdvance(label.shown_text()) <= 120
    assert label.toolTip() == label.text()
    label.resize(900, 20)
    assert not label.toolTip()


@pytest.mark.parametrize(
    ("name", "initials"), [("Amina Yusuf", "AY"), ("Bev", "B"), ("Mary Jane de Souza", "MS"), ("", ""), ("  ", "")]
)
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


LETTERS = st.text(st.sampled_from(list("ab c\n\r\t😀é")), min_size=1, max_size=120)


@SLOW_START
@given(text=LETTERS, data=st.data())
def test_marks_cover_their_own_phrase(theme: Theme, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    view = MarkedText(theme, "The original", role="letter")
    view.show_text(text, [Mark(start, end, "found", data.draw(st.sampled_from([None, 3])))])
    run = view._runs[0]
    shown = view.document().toRawText()
    inside = shown.encode("utf-16-le")[2 * run.start : 2 * run.end].decode("utf-16-le")
    wanted = text[start:end].replace("\r", "")
    assert inside.replace("\u2029", "\n").replace("\xa0", "") == wanted
    view.deleteLater()


def test_marks_are_drawn_over_several_lines_and_read_aloud(theme: Theme, qtbot: QtBot) -> None:
    view = MarkedText(theme, "In their own words")
    qtbot.addWidget(view)
    words = "I do sleep-ins four nights a week and settle my lady. " * 4
    view.resize(220, 10)
    view.show()
    view.show_text(words, [Mark(5, 120, "experience"), Mark(130, 139, "interests")])
    assert len(view._boxes(view._runs[0])) >= 3
    assert view.height() >= 22 * 5
    assert view.accessibleDescription().startswith("Experience: “sleep-ins")
    image = view.viewport().grab().toImage()
    box = view._boxes(view._runs[0])[0]
    assert image.pixelColor(int(box.left()) + 1, int(box.center().y())) == theme.color("experience_ground")


def test_marks_outside_the_text_do_no_harm(theme: Theme, qtbot: QtBot) -> None:
    view = MarkedText(theme, "The original")
    qtbot.addWidget(view)
    outside = [Mark(70, 90, "place"), Mark(2, 2, "place")]
    view.show_text("short", [Mark(-5, 3, "found", 1), Mark(4, 99, "check"), *outside])
    assert [(r.mark.start, r.mark.end) for r in view._runs] == [(0, 3), (4, 5)]
    view.show_text("")
    assert view._runs == []


class _Rows(RowDelegate):
    def hit_areas(self, rect: QRect, index: Index) -> dict[str, QRect]:
        return {"add": QRect(rect.x(), rect.y(), 40, rect.height())}


def test_rows_are_pressed_walked_and_opened(theme: Theme, qtbot: QtBot) -> None:
    rows = RowList(theme, _Rows(theme), "Members who could fit")
    qtbot.addWidget(rows)
    rows.setModel(QStringListModel(["Amina", "Bev", "Rita"], rows))
    rows.resize(400, 300)
    rows.show()
    hits: list[tuple[int, str]] = []
    rows.hit.connect(lambda index, name: hits.append((index.row(), name)))
    second = rows.visualRect(rows.model().index(1, 0))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=second.topLeft() + QPoint(20, 20))
    assert hits == [(1, "add")]
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert hits == [(1, "add"), (1, "add")]
    assert second.height() == theme.px(56)
    theme.set("light", 1.5)
    qtbot.waitUntil(lambda: rows.visualRect(rows.model().index(0, 0)).height() == 84)


def test_a_table_sorts_opens_and_chooses_columns(theme: Theme, qtbot: QtBot) -> None:
    model = QStandardItemModel(0, 2)
    model.setHorizontalHeaderLabels(["Name", "Place"])
    for name, place in (("Rita", "Leeds"), ("Amina", "Otley")):
        model.appendRow([QStandardItem(name), QStandardItem(place)])
    table = DataTable(theme, "Members")
    qtbot.addWidget(table)
    table.setModel(model)
    table.show()
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert model.item(0, 0).text() == "Amina"
    table.setCurrentIndex(model.index(1, 0))
    with qtbot.waitSignal(table.activated) as got:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert isinstance(got.args[0], QModelIndex)
    assert got.args[0].row() == 1
    menu = table.column_menu()
    with qtbot.waitSignal(table.columns_changed):
        menu.actions()[0].trigger()
    assert table.isColumnHidden(0)
    assert table.is_first_column(1)
    assert not table.column_menu().actions()[1].isEnabled()
    assert table.rowHeight(0) == 40
    theme.set("light", 1.5)
    assert table.rowHeight(0) == 60


def test_the_hovered_row_is_shown_whole(theme: Theme, qtbot: QtBot) -> None:
    model = QStandardItemModel(2, 2)
    table = DataTable(theme, "Members")
    qtbot.addWidget(table)
    table.setModel(model)
    table.show()
    QTest.mouseMove(table.viewport(), QPoint(150, 60))
    qtbot.waitUntil(lambda: table.hovered_row == 1)
    table.leaveEvent(QEvent(QEvent.Type.Leave))
    assert table.hovered_row == -1


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_wrapped_words_have_the_line_height_of_their_role(theme: Theme, qtbot: QtBot, scale: float) -> None:
    theme.set("light", scale)
    label = Label(theme, "One\nOne\nOne", "second", wrap=True)
    qtbot.addWidget(label)
    label.setContentsMargins(0, 4, 0, 4)
    label.resize(200, label.heightForWidth(200))
    assert label.height() == 3 * theme.line("second") + 8
    image = label.grab().toImage()
    inked = [y for y in range(image.height()) if any(image.pixelColor(x, y).lightness() < 128 for x in range(40))]
    firsts = [y for y in inked if y - 1 not in inked]
    assert firsts[1] - firsts[0] == theme.line("second")
    theme.set("light", 1.0)


@pytest.mark.parametrize("kind", [Tabs, StepBar])
def test_keys_go_along_tabs_and_steps_and_stop_at_the_ends(
    theme: Theme, qtbot: QtBot, kind: type[Tabs] | type[StepBar]
) -> None:
    bar = kind(theme, [("brief", "Brief"), ("checks", "Checks"), ("match", "Match")])
    qtbot.addWidget(bar)
    walk_by_key(bar)
    went: list[str] = []

    def come(key: str) -> None:
        went.append(key)
        if isinstance(bar, StepBar):
            for one in ("brief", "checks", "match"):
                bar.set_state(one, "current" if one == key else "todo")

    bar.chosen.connect(come)
    come("brief")
    bar.stations[1].setEnabled(False)
    bar.show()
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp):
        QTest.keyClick(bar, key, Qt.KeyboardModifier.ControlModifier)
    assert went == ["brief", "match", "brief"]


@pytest.mark.parametrize(("width", "beside"), [(400, True), (200, False)])
def test_a_chip_never_cuts_the_name_it_belongs_to(theme: Theme, qtbot: QtBot, width: int, beside: bool) -> None:
    name, chip = ElidedLabel(theme, "Precious Nkomazana", "panel_title"), Chip(theme, "given", "Yes")
    head = PersonHead(theme, name, chip)
    qtbot.addWidget(head)
    head.resize(width, head.heightForWidth(width))
    head.show()
    assert name.shown_text() == "Precious Nkomazana"
    assert (chip.y() < name.geometry().bottom()) is beside
    assert head.rect().contains(chip.geometry())


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
