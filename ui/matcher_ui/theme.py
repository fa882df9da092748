"""Colours, type and sizes. A `Theme` is handed to every widget; nothing looks one up."""

import json
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from matcher_resources import path_to
from matcher_ui.stylesheet import stylesheet

Mode = Literal["system", "light", "dark"]

FONT_FILES = (
    "Inter-Regular.ttf",
    "Inter-Medium.ttf",
    "Inter-SemiBold.ttf",
    "Inter-Italic.ttf",
    "InterDisplay-SemiBold.ttf",
)
SMALLEST_SCALE, LARGEST_SCALE = 1.0, 1.5


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, each ``#RRGGBB``. Widgets name them: ``theme.color("ink2")``."""

    window: str
    side: str
    side_selected: str
    panel: str
    card: str
    hover: str
    selected: str
    line: str
    edge: str
    soft_edge: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent_hover: str
    on_accent: str
    tint: str
    good: str
    good_ground: str
    care: str
    care_ground: str
    stop: str
    stop_ground: str
    quiet: str
    track: str
    toast: str
    on_toast: str
    place: str
    experience: str
    interests: str
    turn: str
    rest: str
    place_ground: str
    experience_ground: str
    interests_ground: str
    found_ground: str


@cache
def load_tokens(name: str) -> Tokens:
    """Read the tokens of the theme ``light`` or ``dark``."""
    return Tokens(**json.loads(path_to(f"themes/{name}.json").read_text("utf-8")))


class Space(IntEnum):
    """The spacing scale, in pixels at 100 %: a grid of 8, with half-steps."""

    XS = 4
    S = 8
    M = 12
    L = 16
    CARD = 20
    """What a card keeps between its edge and its words."""
    PAGE = 24
    """What a page keeps at its edges and between its sections."""
    XL = 32
    XXL = 40


@dataclass(frozen=True)
class TypeRole:
    """One step of the type scale, in pixels at 100 %."""

    size: int
    line: int
    weight: QFont.Weight
    italic: bool = False
    tabular: bool = False


_REGULAR, _MEDIUM, _BOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold
DISPLAY_FROM = 20

ROLES = {
    "today_title": TypeRole(26, 36, _BOLD),
    "page_title": TypeRole(20, 28, _BOLD),
    "panel_title": TypeRole(18, 28, _BOLD),
    "section": TypeRole(15, 24, _BOLD),
    "body": TypeRole(14, 20, _REGULAR),
    "running": TypeRole(14, 22, _REGULAR),
    "letter": TypeRole(14, 26, _REGULAR),
    "name": TypeRole(14, 20, _BOLD),
    "medium": TypeRole(14, 20, _MEDIUM),
    "number": TypeRole(14, 20, _BOLD, tabular=True),
    "second": TypeRole(13, 20, _REGULAR),
    "second_name": TypeRole(13, 20, _BOLD),
    "second_running": TypeRole(13, 22, _REGULAR),
    "quote": TypeRole(13, 20, _REGULAR, italic=True),
    "choice": TypeRole(13, 20, _MEDIUM),
    "count": TypeRole(13, 20, _MEDIUM, tabular=True),
    "button": TypeRole(13, 20, _BOLD),
    "label": TypeRole(12, 16, _BOLD),
    "legend": TypeRole(12, 16, _MEDIUM),
    "hint": TypeRole(12, 16, _REGULAR),
    "dot": TypeRole(10, 12, _BOLD, tabular=True),
}


class Look:
    """What every painted thing reads: colours, fonts and sizes."""

    _tokens: Tokens
    _scale: float
    _colors: dict[str, QColor]
    _inks: dict[str, QPalette]
    _fonts: dict[str, QFont]
    _metrics: dict[str, QFontMetrics]

    @property
    def scale(self) -> float:
        """How much larger than usual text is, 1.0 to 1.5."""
        return self._scale

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    def color(self, token: str) -> QColor:
        """The colour of a token named in `Tokens`."""
        if token not in self._colors:
            self._colors[token] = QColor(getattr(self._tokens, token))
        return self._colors[token]

    def ink(self, token: str) -> QPalette:
        """A palette that gives a text widget the colour of a token, so that the style sheet stays small."""
        if token not in self._inks:
            palette = self._inks[token] = QPalette()
            for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
                palette.setColor(role, self.color(token))
        return self._inks[token]

    def font(self, role: str) -> QFont:
        """The font of a role named in `ROLES`."""
        if role not in self._fonts:
            self._fonts[role] = self._make_font(ROLES[role])
        return self._fonts[role]

    def metrics(self, role: str) -> QFontMetrics:
        if role not in self._metrics:
            self._metrics[role] = QFontMetrics(self.font(role))
        return self._metrics[role]

    def px(self, at_100_percent: float) -> int:
        """A size in pixels at the present text size. Hairlines stay 1 and never pass through here."""
        return round(at_100_percent * self._scale)

    def widest_space(self, room: int) -> int:
        """The widest step of `Space` that takes no more than ``room`` pixels; 0 when none does."""
        return max((step for step in map(self.px, Space) if step <= room), default=0)

    def line(self, role: str) -> int:
        """The line height of a role in pixels."""
        return self.px(ROLES[role].line)

    def _dress(self, tokens: Tokens, scale: float) -> None:
        self._tokens, self._scale = tokens, scale
        self._colors, self._inks, self._fonts, self._metrics = {}, {}, {}, {}

    def _make_font(self, role: TypeRole) -> QFont:
        font = QFont("Inter Display" if role.size >= DISPLAY_FROM else "Inter")
        font.setPixelSize(self.px(role.size))
        font.setWeight(role.weight)
        font.setItalic(role.italic)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if role.tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font


class Paper(Look):
    """The light look at 100 %, whatever the window wears: for what goes into a letter or a report."""

    def __init__(self) -> None:
        load_fonts()
        self._dress(load_tokens("light"), 1.0)


class Theme(QObject, Look):
    """The look of the window. ``changed`` fires when any of it did."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode = "system", scale: float = 1.0) -> None:
        super().__init__()
        load_fonts()
        self._app = app
        self._mode: Mode = mode
        self._dress(load_tokens(self._wanted()), _within(scale))
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._install()

    @property
    def mode(self) -> Mode:
        """What she chose: to follow the system, light or dark."""
        return self._mode

    @property
    def is_dark(self) -> bool:
        return self._tokens is load_tokens("dark")

    def set(self, mode: Mode, scale: float) -> None:
        """Change theme or text size; everything shown follows at once."""
        self._mode = mode
        self._dress(load_tokens(self._wanted()), _within(scale))
        self._install()
        self.changed.emit()

    def dress(self, wearer: QWidget | QApplication) -> None:
        """Give a window the style sheet; what opens out of it wears it too. To be called again after a change.

        The application wears none: each part that is put into another would then be dressed again with all that
        is in it, again at every step up to the window, which is half of the time that building a page takes.
        """
        wearer.setStyleSheet("")  # from one sheet straight to another Qt takes three times as long
        wearer.setStyleSheet(self._sheet)

    def _wanted(self) -> str:
        if self._mode != "system":
            return self._mode
        scheme = self._app.styleHints().colorScheme()
        return "dark" if scheme == Qt.ColorScheme.Dark else "light"

    def _follow_system(self) -> None:
        if self._mode == "system" and load_tokens(self._wanted()) is not self._tokens:
            self.set(self._mode, self._scale)

    def _install(self) -> None:
        self._app.setPalette(self._palette())
        self._app.setFont(self.font("second"))
        pictures = path_to(f"themes/{'dark' if self.is_dark else 'light'}")
        self._sheet = stylesheet(self._tokens, self.px, pictures)

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        for target, token in {
            role.Window: "window",
            role.WindowText: "ink",
            role.Base: "card",
            role.AlternateBase: "panel",
            role.Text: "ink",
            role.Button: "card",
            role.ButtonText: "ink",
            role.BrightText: "on_accent",
            role.Highlight: "accent",
            role.HighlightedText: "on_accent",
            role.Link: "accent",
            role.LinkVisited: "accent",
            role.ToolTipBase: "toast",
            role.ToolTipText: "on_toast",
            role.PlaceholderText: "ink3",
            role.Light: "card",
            role.Midlight: "line",
            role.Mid: "soft_edge",
            role.Dark: "edge",
            role.Shadow: "edge",
            role.Accent: "accent",
        }.items():
            palette.setColor(target, self.color(token))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.color("ink3"))
        return palette


def _within(scale: float) -> float:
    return min(max(scale, SMALLEST_SCALE), LARGEST_SCALE)


@cache
def load_fonts() -> None:
    """Make the bundled fonts known to Qt, once. Raises RuntimeError when one cannot be read."""
    for name in FONT_FILES:
        if QFontDatabase.addApplicationFont(str(path_to(f"fonts/{name}"))) < 0:
            raise RuntimeError(f"the bundled font {name} cannot be read")
