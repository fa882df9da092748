"""Parts that show people and their words: score bars, rows, tables, marked texts, labels that fit."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QStringListModel, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from matcher_ui.pages.people_to_write import PersonHead
from matcher_ui.theme import Theme
from matcher_ui.widgets.chip import Chip
from matcher_ui.widgets.data_table import DataTable
from matcher_ui.widgets.initials import initials_of
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.marked_text import Mark, MarkedText
from matcher_ui.widgets.rows import Index, RowDelegate, RowList
from matcher_ui.widgets.score_bar import PARTS, paint_score_bar, score_words

SLOW_START = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


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
    table.grab()
    assert table.first_column == 1
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
