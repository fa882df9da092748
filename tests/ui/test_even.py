"""What is alike looks alike: titles at one height, fields of one height, words that begin on one line."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.ui.insight.test_figures import FIGURE

from matcher_ui.charts.figure_card import FigureCard
from matcher_ui.guide import chapters
from matcher_ui.models.import_preview import CHANGED_COLUMNS, PreviewLine
from matcher_ui.pages.importing.preview import LinesTable
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import FocusFrame
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.choices import Segmented, Tab, Tabs
from matcher_ui.widgets.empty_page import MEASURE, EmptyPage
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.guide_text import GuideText
from matcher_ui.widgets.labels import Label, breakable
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.scroll_column import ScrollColumn


def shown(qtbot: QtBot, widget: QWidget, width: int = 760, height: int = 400) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.mark.parametrize("back", ["", "Members"])
def test_titles_stand_at_one_height(theme: Theme, qtbot: QtBot, back: str) -> None:
    tops = set()
    for button, facts in ((False, ()), (True, ()), (True, ("Nothing is saved yet",)), (False, ("One", "Two"))):
        header = PageHeader(theme, "Page", back=back)
        header.set_facts(facts)
        if button:
            header.add_action(Button(theme, "Act", "main", tall=True))
        page = QWidget()
        column = QVBoxLayout(page)
        column.addWidget(header)
        column.addStretch(1)
        shown(qtbot, page)
        title = next(label for label in header.findChildren(QLabel) if label.text() == "Page")
        tops.add(title.mapTo(header, QPoint(0, 0)).y())
    assert len(tops) == 1


def test_a_label_is_lower_again_once_the_text_is_smaller(theme: Theme, qtbot: QtBot) -> None:
    label = Label(theme, "Place", "second")
    qtbot.addWidget(label)
    usual = label.sizeHint().height()
    theme.set("light", 1.5)
    assert label.sizeHint().height() == theme.line("second")
    theme.set("light", 1.0)
    assert label.sizeHint().height() == usual
    label.setMinimumHeight(3 * usual)
    label.setText("Places")
    assert label.sizeHint().height() > usual
    label.retheme()
    assert label.sizeHint().height() == usual


def test_words_of_tabs_are_no_figures(theme: Theme, qtbot: QtBot) -> None:
    """Tabular figures widen the hyphen of “Meet-ups”."""
    tabs = Tabs(theme, (("meetups", "Meet-ups"),))
    qtbot.addWidget(tabs)
    spare = 24
    assert tabs.sizeHint().width() <= theme.metrics("second_name").horizontalAdvance("Meet-ups") + spare
    assert theme.metrics("choice").horizontalAdvance("-") < theme.metrics("count").horizontalAdvance("-")


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_switch_among_fields_is_as_high_as_they_are(theme: Theme, qtbot: QtBot, scale: float) -> None:
    theme.set("light", scale)
    switch, line = Segmented(theme, "Decision", (("a", "Given"), ("b", "Refused"))), QLineEdit()
    page = QWidget()
    column = QVBoxLayout(page)
    for control in (switch, line):
        column.addWidget(Field(theme, "Label", control))
    column.addStretch(1)
    shown(qtbot, page)
    assert abs(switch.height() - line.height()) <= 1


def test_numbers_begin_where_words_begin(theme: Theme, qtbot: QtBot) -> None:
    line, number = QLineEdit("8"), QSpinBox()
    number.setValue(8)
    page = QWidget()
    column = QVBoxLayout(page)
    for control in (line, number):
        column.addWidget(Field(theme, "Label", control))
    column.addStretch(1)
    shown(qtbot, page)
    inside = number.findChild(QLineEdit)
    assert inside is not None
    for edit in (line, inside):
        edit.setCursorPosition(0)
    starts = [edit.mapTo(page, edit.cursorRect().center()).x() for edit in (line, inside)]
    assert abs(starts[0] - starts[1]) <= 1


def test_a_sentence_on_an_empty_page_runs_no_wider_than_can_be_read(theme: Theme, qtbot: QtBot) -> None:
    page = EmptyPage(theme, "file", "Nothing", "A workbook holds names and contacts outside Matcher. " * 4)
    shown(qtbot, page, 1600)
    words = next(label for label in page.findChildren(QLabel) if label.wordWrap())
    assert words.width() == theme.px(MEASURE)
    assert abs(words.geometry().center().x() - page.rect().center().x()) <= 1


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_words_drawing_and_buttons_of_a_figure_begin_on_one_line(theme: Theme, qtbot: QtBot, scale: float) -> None:
    theme.set("light", scale)
    card = FigureCard(theme, "Who is being heard")
    card.show_figure(FIGURE)
    shown(qtbot, card, 1100, 700)
    words = card.title.mapTo(card, QPoint(0, 0)).x()
    drawing = card.chart.mapTo(card, QPoint(0, 0)).x() + theme.px(4)
    button = card.show_numbers.mapTo(card, QPoint(0, 0)).x() + theme.px(12)
    assert max(words, drawing, button) - min(words, drawing, button) <= 1


def test_a_chart_higher_than_the_window_follows_the_arrow_keys(theme: Theme, qtbot: QtBot) -> None:
    card = FigureCard(theme, "Who is being heard")
    card.show_figure(FIGURE)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(card)
    shown(qtbot, area, 700, 120)
    area.activateWindow()
    chart = card.chart
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(chart.hasFocus)
    rows = {mark.row for mark in chart.marks()}
    for _ in rows:
        QTest.keyClick(chart, Qt.Key.Key_Down)
        assert chart.current is not None
        touch = chart.current.touch.toRect()
        top = chart.mapTo(area.viewport(), touch.topLeft()).y()
        assert top >= 0
        assert top + touch.height() <= area.viewport().height()
    assert chart.current is not None
    assert chart.current.row == max(rows)


def test_the_scroll_bar_of_a_long_text_stands_at_its_edge(theme: Theme, qtbot: QtBot) -> None:
    text = QPlainTextEdit("\n".join("Hi Amina, it's Lantern Network." for _ in range(99)))
    shown(qtbot, text)
    bar = text.verticalScrollBar()
    assert bar.isVisible()
    assert text.width() - bar.mapTo(text, QPoint(bar.width(), 0)).x() <= theme.px(4)


def test_what_was_high_before_leaves_no_scroll_bar(theme: Theme, qtbot: QtBot) -> None:
    column = ScrollColumn(theme)
    high, low = Label(theme, "Many words " * 400, wrap=True), Label(theme, "Few words")
    for part in (high, low):
        column.column.addWidget(part)
    shown(qtbot, column, 300, 200)
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)
    high.hide()
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() == 0)


def test_lines_of_links_may_stand_nearer_than_the_links(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    flow = FlowLayout(holder)
    flow.setSpacing(12)
    flow.set_line_spacing(4)
    parts = [Button(theme, "A link with many words", "link") for _ in range(2)]
    for part in parts:
        flow.addWidget(part)
    shown(qtbot, holder, parts[0].sizeHint().width() + 20, 100)
    assert parts[1].y() - parts[0].geometry().bottom() - 1 == 4


def test_an_address_goes_on_after_its_at(theme: Theme) -> None:
    assert breakable("E-mail, samuel.acheampong@example.org") == "E-\u200bmail, samuel.acheampong@\u200bexample.org"
    assert breakable("https://example.org/a_b") == "https:/\u200b/\u200bexample.\u200borg/\u200ba_\u200bb".replace(
        "/\u200b/", "//"
    )


def test_a_drop_down_opens_as_a_list_under_its_field(theme: Theme, qtbot: QtBot) -> None:
    """Not as a menu laid over it, with arrows to scroll."""
    choice = QComboBox()
    shown(qtbot, choice)
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    assert choice.style().styleHint(QStyle.StyleHint.SH_ComboBox_Popup, option, choice) == 0


def test_the_ring_of_a_tab_lies_around_its_words(theme: Theme, qtbot: QtBot) -> None:
    tabs = Tabs(theme, (("new", "New"), ("updated", "Updated")))
    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(tabs)
    shown(qtbot, page)
    page.activateWindow()
    tab = tabs.findChildren(Tab)[1]
    tab.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(tab.hasFocus)
    (ring,) = page.findChildren(FocusFrame)
    qtbot.waitUntil(ring.isVisible)
    where = QRect(ring.mapToGlobal(QPoint(0, 0)), ring.size())
    assert where.contains(QRect(tab.mapToGlobal(QPoint(0, 0)), tab.size()).adjusted(-6, -2, 6, 2))


def test_a_column_with_nothing_in_it_gives_its_room_to_the_others(theme: Theme, qtbot: QtBot) -> None:
    table = LinesTable(theme, "Members updated", CHANGED_COLUMNS)
    shown(qtbot, table, 800)
    line = PreviewLine(3, "Ada Obi", "Phone: 07700 900123", "The same name", "No: media")
    table.show_lines([line])
    assert [table.isColumnHidden(place) for place in range(len(CHANGED_COLUMNS))] == [
        column.key == "stays" for column in CHANGED_COLUMNS
    ]
    table.show_lines([line._replace(stays="Town: Leeds")])
    assert not any(table.isColumnHidden(place) for place in range(len(CHANGED_COLUMNS)))


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_headings_of_the_guide_are_of_the_type_scale(theme: Theme, qtbot: QtBot, scale: float) -> None:
    theme.set("light", scale)
    text = GuideText(theme)
    shown(qtbot, text)
    text.show_chapter(chapters()[0])
    wanted = {1: theme.px(20), 2: theme.px(15)}
    block, seen = text.document().begin(), set[int]()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        if level:
            run = block.begin().fragment()
            assert run.charFormat().font().pixelSize() == wanted[level]
            assert not run.charFormat().intProperty(QTextFormat.Property.FontSizeAdjustment)
            seen.add(level)
        block = block.next()
    assert 1 in seen
