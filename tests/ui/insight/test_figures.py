"""A chart on the page: by keyboard and pointer, in words, as a table, as a picture."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QHelpEvent, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QToolTip, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.insight.test_plots import PLOTS, SHARES

from matcher.insight.tables import NO_FIGURE, Table
from matcher_ui.charts.figure import Figure
from matcher_ui.charts.figure_card import HIDE, SHOW, FigureCard
from matcher_ui.charts.picture import RATIO, WIDTH, picture_of
from matcher_ui.models.table import SORT_ROLE
from matcher_ui.theme import Theme

TABLE = Table(
    "Who is being heard",
    ("Region", "Members", "Workforce, of 100"),
    (("London", 1027, 14.25), ("Wales", 16, None), ("East Midlands", 35, 10.0)),
    ("From 1 January to 23 November 2026.",),
)
FIGURE = Figure("Who is being heard", "London has 9 of 100 members.", SHARES, TABLE, "Workforce: a report.")
NOTHING = Figure("Who is being heard", "Nobody was asked in this time.", None, Table("Who", ("Region",), ()))


@pytest.fixture
def card(theme: Theme, qtbot: QtBot) -> FigureCard:
    made = FigureCard(theme, "Who is being heard")
    qtbot.addWidget(made)
    made.resize(760, 700)
    made.show_figure(FIGURE)
    made.show()
    return made


def test_the_arrow_keys_go_from_number_to_number(card: FigureCard, qtbot: QtBot) -> None:
    chart = card.chart
    card.activateWindow()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(chart.hasFocus)
    assert chart.current is not None
    heard = [chart.current.words]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up):
        QTest.keyClick(chart, key)
        heard.append(chart.current.words)
    assert [words.partition(":")[0] for words in heard] == [
        "London, members", "London, asked", "Yorkshire and The Humber, asked", "Yorkshire and The Humber, members",
        "London, members", "London, members",
    ]  # fmt: skip
    assert not chart.grab().isNull()


def test_all_that_can_be_pressed_is_reached_by_tab_and_has_a_name(card: FigureCard, qtbot: QtBot) -> None:
    card.show_numbers.click()
    card.activateWindow()
    card.chart.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(card.chart.hasFocus)
    reached: list[QWidget | None] = []
    for _ in range(4):
        QTest.keyClick(card.window(), Qt.Key.Key_Tab)
        reached.append(card.focusWidget())
    assert reached == [card.numbers, card.show_numbers, card.copy, card.export]
    assert card.export.accessibleName() == "Export to Excel: Who is being heard"


def test_screen_readers_hear_what_it_shows(card: FigureCard) -> None:
    interface = QAccessible.queryAccessibleInterface(card.chart)
    assert interface.text(QAccessible.Text.Name) == "Chart: Who is being heard"
    description = interface.text(QAccessible.Text.Description)
    assert description.startswith(FIGURE.sentence)
    assert "from left to right: members, asked, workforce" in description


def test_the_pointer_is_told_what_it_is_on(card: FigureCard) -> None:
    mark = card.chart.marks()[1]
    where = mark.touch.center().toPoint()
    card.chart.event(QHelpEvent(QHelpEvent.Type.ToolTip, where, card.chart.mapToGlobal(where)))
    assert QToolTip.text() == mark.words == "London, asked: 21 of 100 (17 of 80 people)"
    QTest.mouseMove(card.chart, where)
    assert card.chart.mark_at(QPoint(2, 2)) is None
    QToolTip.hideText()


def test_the_numbers_are_a_table(card: FigureCard) -> None:
    assert not card.numbers.isVisible()
    card.show_numbers.click()
    assert card.numbers.isVisible()
    assert card.show_numbers.text() == HIDE
    model = card.numbers.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    heads = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())]
    assert tuple(heads) == TABLE.columns
    shown = [[model.index(row, column).data() for column in range(3)] for row in range(3)]
    assert shown == [["London", "1,027", "14.2"], ["Wales", "16", NO_FIGURE], ["East Midlands", "35", "10.0"]]
    spoken = model.index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"Wales, Workforce, of 100: {NO_FIGURE}"
    card.numbers.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert [model.index(row, 2).data(SORT_ROLE) for row in range(3)] == [14.25, 10.0, None]
    card.show_numbers.click()
    assert not card.numbers.isVisible()
    assert card.show_numbers.text() == SHOW


def test_a_picture_is_copied_and_is_light_in_every_theme(card: FigureCard, theme: Theme, qtbot: QtBot) -> None:
    pictures: list[QImage] = []
    for mode in ("light", "dark"):
        theme.set("dark" if mode == "dark" else "light", 1.0)
        QGuiApplication.clipboard().clear()
        with qtbot.waitSignal(card.said):
            card.copy.click()
        pictures.append(QGuiApplication.clipboard().image())
    light, dark = pictures
    assert light == dark
    assert light.width() == WIDTH * RATIO
    assert light.pixelColor(2, 2) == QColor("#FFFFFF")
    colours = {
        light.pixelColor(x, y).name() for x in range(0, light.width(), 3) for y in range(0, light.height(), 3)
    }
    assert QColor("#24508F").name() in colours


@pytest.mark.parametrize("name", PLOTS)
def test_every_chart_makes_a_picture(theme: Theme, name: str) -> None:
    picture = picture_of(Figure("A title", "What it shows. " * 12, PLOTS[name], TABLE, "A source."))
    assert picture.height() > 200


def test_the_menu_of_the_right_button_does_the_same(card: FigureCard, qtbot: QtBot) -> None:
    menu = card.menu()
    assert [action.text() for action in menu.actions()] == [SHOW, "Copy as picture", "Export to Excel…"]
    with qtbot.waitSignal(card.exported) as asked:
        menu.actions()[2].trigger()
    assert asked.args == [FIGURE]
    menu.actions()[0].trigger()
    assert card.numbers.isVisible()
    menu.deleteLater()


def test_with_too_little_to_draw_it_says_so(card: FigureCard, theme: Theme) -> None:
    card.show_numbers.click()
    card.show_figure(NOTHING)
    assert card.sentence.text() == NOTHING.sentence
    for part in (card.chart, card.numbers, card.source, card.copy, card.export, card.show_numbers):
        assert part.isHidden()
    card.copy_picture()
    with pytest.raises(ValueError, match="nothing to draw"):
        picture_of(NOTHING)
    card.show_figure(FIGURE)
    assert card.numbers.isVisible()  # as she had it
