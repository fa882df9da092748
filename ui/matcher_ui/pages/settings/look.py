"""How the window looks: following the system, light or dark, and how large its text is; both change at once."""

from typing import cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from matcher_ui.theme import LARGEST_SCALE, SMALLEST_SCALE, Mode, Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.labels import Label

STEP = 10
SETTLE_MS = 60


class LookSection(Part):
    """Changes the theme itself; the window remembers what was chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.mode = Segmented(theme, "Colours", (("system", "As the system"), ("light", "Light"), ("dark", "Dark")))
        self.text_size = QSlider(Qt.Orientation.Horizontal)
        self.text_size.setRange(round(SMALLEST_SCALE * 100 / STEP), round(LARGEST_SCALE * 100 / STEP))
        self.text_size.setPageStep(1)
        self.text_size.setAccessibleName("Text size in per cent")
        self._percent = Label(theme, "", "count", "ink2")
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        size = QWidget()
        self._row = QHBoxLayout(size)
        self._row.addWidget(Label(theme, "Text size", "label", "ink2"))
        self._row.addWidget(self.text_size, 1)
        self._row.addWidget(self._percent)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Beside(theme, (self.mode, size), 240))
        self.retheme()
        self.mode.chosen.connect(lambda key: theme.set(cast(Mode, key), theme.scale))
        self.text_size.valueChanged.connect(self._moved)
        self._settle.timeout.connect(self._resize)

    def retheme(self) -> None:
        super().retheme()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self.theme.px(Space.M))
        self.mode.set_current(self.theme.mode)
        if not self._settle.isActive():
            self.text_size.setValue(round(self.theme.scale * 100 / STEP))
        self._say()

    def _moved(self) -> None:
        self._say()
        self._settle.start()

    def _say(self) -> None:
        self._percent.setText(f"{self.text_size.value() * STEP} %")
        self._percent.setFixedWidth(self.theme.metrics("count").horizontalAdvance("150 %") + 2)

    def _resize(self) -> None:
        scale = self.text_size.value() * STEP / 100
        if scale != self.theme.scale:
            self.theme.set(self.theme.mode, scale)
