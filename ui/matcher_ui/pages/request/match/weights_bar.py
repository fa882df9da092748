"""How much place, experience and interests count: three sliders under More, and the way back to the usual."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QSlider, QWidget

from matcher.matching import Weights
from matcher_ui.models.candidates import BAR_PART
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.legend import PartKey
from matcher_ui.widgets.score_bar import PARTS

_MOST = 100
_ROOM_FOR_WORDS = 560
_USUAL = "Back to the usual"


class WeightsBar(Ground):
    """``moved`` carries the weights while a slider moves."""

    moved = Signal(Weights)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "panel", line_above=True, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._usual = self._weights = Weights(1, 1, 1)
        self._sliders: dict[str, QSlider] = {}
        self._points: dict[str, Label] = {}
        self.usual = Button(theme, _USUAL, "quiet", icon="undo")
        self.usual.clicked.connect(self._go_back)
        self._grid = QGridLayout(self)
        for row, (part, key) in enumerate(BAR_PART.items()):
            self._add_slider(row, part, key)
        self._hint = Label(theme, "How much each part counts", "hint", "ink2")
        self._grid.setColumnStretch(2, 1)
        self._grid.addWidget(self._hint, 0, 4)
        self._grid.addWidget(self.usual, 1, 4, 2, 1)
        self.retheme()

    @property
    def weights(self) -> Weights:
        """The weights as the sliders stand."""
        return self._weights

    def slider(self, part: str) -> QSlider:
        """The slider of “region”, “experience” or “interests”."""
        return self._sliders[part]

    def set_weights(self, usual: Weights, weights: Weights) -> None:
        """Show weights without announcing them."""
        self._usual, self._weights = usual, weights
        for part, slider in self._sliders.items():
            if not slider.isSliderDown() and not slider.hasFocus():
                slider.blockSignals(True)
                slider.setValue(round(getattr(weights, part)))
                slider.blockSignals(False)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """Shorter words where the sliders need the room."""
        narrow = self.width() < self.theme.px(_ROOM_FOR_WORDS)
        self._hint.setVisible(not narrow)
        words = "Usual" if narrow else _USUAL
        if self.usual.text() != words:
            self.usual.setText(words)
            self.usual.setAccessibleName(_USUAL)
            self.usual.updateGeometry()

    def retheme(self) -> None:
        px = self.theme.px
        self._grid.setContentsMargins(px(Space.PAGE), px(Space.S), px(Space.PAGE), px(Space.S))
        self._grid.setHorizontalSpacing(px(Space.M))
        self._grid.setVerticalSpacing(px(Space.XS))
        super().retheme()

    def _add_slider(self, row: int, part: str, key: str) -> None:
        theme = self.theme
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, _MOST)
        slider.setPageStep(10)
        slider.setAccessibleName(f"How much {PARTS[key].lower()} counts")
        slider.valueChanged.connect(lambda value, part=part: self._moved(part, value))
        self._sliders[part] = slider
        self._points[part] = Label(theme, "", "count", "ink2")
        for column, widget in enumerate(
            (PartKey(theme, key), Label(theme, PARTS[key], "second"), slider, self._points[part])
        ):
            self._grid.addWidget(widget, row, column)

    def _moved(self, part: str, value: int) -> None:
        self._weights = replace(self._weights, **{part: float(value)})
        self._tell()
        self.moved.emit(self._weights)

    def _tell(self) -> None:
        for part, points in self._weights.points().items():
            self._points[part].setText(f"{points:.0f} of 100")
            self._points[part].setMinimumWidth(self.theme.px(64))
        same = self._weights == self._usual
        self.usual.set_unavailable("These are the usual weights" if same else None)

    def _go_back(self) -> None:
        self._weights = self._usual
        for part, slider in self._sliders.items():
            slider.blockSignals(True)
            slider.setValue(round(getattr(self._usual, part)))
            slider.blockSignals(False)
        self._tell()
        self.moved.emit(self._weights)
