"""Colours that can be read, fonts that are ours, sizes that follow the scale, icons that take their colour."""

import re
from dataclasses import fields

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from matcher_resources import path_to
from matcher_ui.icons import icon, pixmap
from matcher_ui.stylesheet import stylesheet
from matcher_ui.theme import ROLES, Mode, Theme, Tokens, load_tokens
from matcher_ui.widgets.chip import CHIP_LOOKS
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.marked_text import LOOKS as MARK_LOOKS
from matcher_ui.widgets.score_bar import PARTS

TEXT = 4.5
MARK = 3.0
GROUNDS = ("window", "side", "panel", "card", "hover", "selected")
ICONS = sorted(path.stem for path in path_to("icons").glob("*.svg"))


def _light_of(color: QColor) -> float:
    rgb = (color.redF(), color.greenF(), color.blueF())
    parts: list[float] = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((_light_of(QColor(one)), _light_of(QColor(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_and_marks_can_be_read_on_every_ground(name: str) -> None:
    t = load_tokens(name)
    poor = {
        (ink, ground): round(contrast(getattr(t, ink), getattr(t, ground)), 2)
        for inks, least in ((("ink", "ink2", "ink3", "accent"), TEXT), (("edge", "place", "interests"), MARK))
        for ink in inks
        for ground in GROUNDS
        if contrast(getattr(t, ink), getattr(t, ground)) < least
    }
    pairs = [("good", "good_ground"), ("care", "care_ground"), ("stop", "stop_ground"), ("ink3", "quiet")]
    pairs += [("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_toast", "toast"), ("accent", "tint")]
    poor |= {pair: 0.0 for pair in pairs if contrast(getattr(t, pair[0]), getattr(t, pair[1])) < TEXT}
    assert not poor


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_token_is_a_colour(name: str) -> None:
    tokens = load_tokens(name)
    assert all(QColor.isValidColorName(getattr(tokens, field.name)) for field in fields(Tokens))


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_is_drawn_in_the_bundled_font(theme: Theme, role: str) -> None:
    info = QFontInfo(theme.font(role))
    assert info.family() == ("Inter Display" if ROLES[role].size >= 20 else "Inter")
    assert info.weight() == ROLES[role].weight.value
    assert info.italic() == ROLES[role].italic
    assert info.pixelSize() == ROLES[role].size


def test_figures_in_columns_are_equally_wide(theme: Theme) -> None:
    metrics = theme.metrics("number")
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")
    assert theme.metrics("name").horizontalAdvance("1111") < theme.metrics("name").horizontalAdvance("8888")


def test_a_change_reaches_what_is_shown(theme: Theme, qtbot: QtBot) -> None:
    label = Label(theme, "Today", "section", "ink2")
    qtbot.addWidget(label)
    with qtbot.waitSignal(theme.changed):
        theme.set("dark", 1.5)
    assert theme.is_dark
    assert label.font().pixelSize() == round(15 * 1.5)
    assert label.palette().windowText().color() == QColor(load_tokens("dark").ink2)
    assert label.minimumHeight() == 36


class TwoSides(QWidget):
    """A part with a label, which can be moved from one side to the other."""

    def __init__(self, label: Label) -> None:
        super().__init__()
        row, self.sides, self._part = QHBoxLayout(self), (QWidget(), QWidget()), QWidget()
        self._columns = [QVBoxLayout(side) for side in self.sides]
        for side in self.sides:
            row.addWidget(side)
        QVBoxLayout(self._part).addWidget(label)
        self.move_to(0)

    def move_to(self, side: int) -> None:
        self._columns[side].addWidget(self._part)


def test_a_label_that_moves_elsewhere_keeps_the_text_size(theme: Theme, qtbot: QtBot) -> None:
    label = Label(theme, "Your answer", "section")
    window = TwoSides(label)
    qtbot.addWidget(window)
    window.show()
    theme.changed.connect(turn := lambda: window.move_to(int(theme.scale > 1)))
    for scale in (1.5, 1.0, 1.5):
        theme.set("light", scale)
        QApplication.processEvents()
        assert window.sides[int(scale > 1)].isAncestorOf(label)
        assert label.font().pixelSize() == round(15 * scale)
    theme.changed.disconnect(turn)


def test_a_label_that_moves_elsewhere_keeps_its_colour(theme: Theme, qtbot: QtBot) -> None:
    label = Label(theme, "Your answer", "section", "ink2")
    window = TwoSides(label)
    qtbot.addWidget(window)
    window.show()
    window.hide()
    theme.set("dark", 1.0)
    window.move_to(1)
    window.show()
    QApplication.processEvents()
    assert label.palette().windowText().color() == QColor(load_tokens("dark").ink2)


@pytest.mark.parametrize(("asked", "given"), [(0.2, 1.0), (1.25, 1.25), (9.0, 1.5)])
def test_the_scale_stays_between_100_and_150_percent(theme: Theme, asked: float, given: float) -> None:
    theme.set("light", asked)
    assert theme.scale == given


def test_system_mode_follows_the_computer(theme: Theme, qapp: QApplication) -> None:
    theme.set("system", 1.0)
    system = QGuiApplication.styleHints().colorScheme()
    assert theme.is_dark == (system == Qt.ColorScheme.Dark)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_arrows_of_the_dialog_for_files_are_seen(mode: Mode, theme: Theme, qtbot: QtBot) -> None:
    theme.set(mode, 1.0)
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    for name in ("backButton", "forwardButton", "toParentButton"):
        button = dialog.findChild(QToolButton, name)
        assert isinstance(button, QToolButton)
        picture = button.icon().pixmap(16, 16).toImage()
        drawn = [picture.pixelColor(x, y) for x in range(16) for y in range(16)]
        ink = max(drawn, key=QColor.alpha)
        assert contrast(ink.name(), theme.color("window").name()) >= MARK


def test_labels_take_text_as_text(theme: Theme, qtbot: QtBot) -> None:
    label = Label(theme, "<b>Bev</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert isinstance(label, QLabel)


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_a_line_drawing_in_the_colour_asked_for(theme: Theme, name: str) -> None:
    text = path_to(f"icons/{name}.svg").read_text("utf-8")
    assert 'viewBox="0 0 24 24"' in text
    assert 'fill="none"' in text
    assert "#" not in text
    image = pixmap(name, QColor("#ff0000"), 24, 2.0).toImage()
    solid = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    inked = [color for color in solid if color.alpha() > 200]
    assert inked
    assert all(color.red() > 200 and color.green() < 40 for color in inked)


def test_an_icon_is_sharp_at_every_ratio(theme: Theme) -> None:
    drawn = icon(theme, "mail", "ink2", 16)
    for ratio in (1.0, 2.0, 3.0):
        assert drawn.pixmap(QSize(16, 16), ratio).width() == round(16 * ratio)


def test_an_unknown_icon_is_an_error(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        icon(theme, "sparkles")


def _sheet_pairs(sheet: str) -> list[tuple[str, str, str]]:
    """(rule, colour of the words, ground) of every rule of a style sheet that sets both."""
    found = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        said = dict(re.findall(r"(?:^|;)\s*([\w-]+):\s*(#[0-9A-Fa-f]{6})\b", body))
        for ink, ground in (("color", "background"), ("selection-color", "selection-background-color")):
            if ink in said and ground in said:
                found.append((selector.strip(), said[ink], said[ground]))
    return found


@pytest.mark.parametrize("name", ["light", "dark"])
def test_words_of_the_style_sheet_can_be_read(name: str) -> None:
    pairs = _sheet_pairs(stylesheet(load_tokens(name), round, path_to(f"themes/{name}")))
    assert len(pairs) >= 6
    assert {ground for _rule, _ink, ground in pairs} >= {load_tokens(name).card, load_tokens(name).accent}
    assert not [
        (rule, round(contrast(ink, ground), 2)) for rule, ink, ground in pairs if contrast(ink, ground) < TEXT
    ]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_of_the_palette_can_be_read(theme: Theme, qapp: QApplication, mode: Mode) -> None:
    theme.set(mode, 1.0)
    role, palette = QPalette.ColorRole, qapp.palette()
    pairs = (
        (role.WindowText, role.Window), (role.Text, role.Base), (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button), (role.HighlightedText, role.Highlight), (role.Link, role.Window),
        (role.PlaceholderText, role.Base), (role.ToolTipText, role.ToolTipBase),
    )  # fmt: skip
    poor = [
        (ink.name, ground.name)
        for ink, ground in pairs
        if contrast(palette.color(ink).name(), palette.color(ground).name()) < TEXT
    ]
    assert not poor


@pytest.mark.parametrize("name", ["light", "dark"])
def test_chips_and_marked_words_can_be_read(name: str) -> None:
    t = load_tokens(name)
    pairs = [(look.ink, look.ground) for look in CHIP_LOOKS.values()]
    pairs += [("ink", look.ground) for look in MARK_LOOKS.values()]
    poor = [pair for pair in pairs if contrast(getattr(t, pair[0]), getattr(t, pair[1])) < TEXT]
    lines = [(look.line, look.ground) for look in MARK_LOOKS.values()]
    faint = [pair for pair in lines if contrast(getattr(t, pair[0]), getattr(t, pair[1])) < MARK]
    assert not poor
    assert not faint


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_parts_of_a_score_stand_out_from_the_row_and_from_the_rest_of_the_bar(name: str) -> None:
    t = load_tokens(name)
    pairs = [(part, ground) for part in PARTS for ground in ("window", "card", "hover", "selected", "rest")]
    faint = [
        (*pair, round(contrast(getattr(t, pair[0]), getattr(t, pair[1])), 2))
        for pair in pairs
        if contrast(getattr(t, pair[0]), getattr(t, pair[1])) < MARK
    ]
    assert not faint


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_ring_of_the_keyboard_stands_out(name: str) -> None:
    t = load_tokens(name)
    assert all(contrast(t.accent, getattr(t, ground)) >= MARK for ground in (*GROUNDS, "quiet", "track", "tint"))
    assert contrast(t.on_toast, t.toast) >= MARK


def test_a_flow_knows_its_height_anew_when_a_part_changes(theme: Theme, qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    flow = FlowLayout(ground)
    parts = [Label(theme, "A few words") for _ in range(4)]
    for part in parts:
        flow.addWidget(part)
    ground.show()
    width = parts[0].sizeHint().width()
    column = flow.heightForWidth(width)
    assert column > flow.heightForWidth(width * 5)
    parts[0].hide()
    assert flow.heightForWidth(width) < column
    parts[0].show()
    parts[1].setText("A great many more words than there were, in two lines\nor even\nin three")
    assert flow.heightForWidth(width * 20) > parts[0].sizeHint().height()
