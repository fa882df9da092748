"""Parts that she chooses or types in: steps, tabs, choices, fields, initials; by mouse, keyboard and wheel."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from matcher_ui.theme import Theme
from matcher_ui.widgets.choices import Segmented, Tabs
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.keyed import walk_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.step_bar import Step, StepBar


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
    field.set_hint("")
    field.set_state("normal")
    assert len(field.findChildren(QWidget)) == before
    field.set_state("check", "Read as two")
    assert [label.text() for label in field.findChildren(Label) if label.isVisible()] == ["Sessions", "Read as two"]
    field.set_hint("From mid-January")
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
