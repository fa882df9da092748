"""Parts side by side while there is room, one under the other when there is not."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part


class Beside(Part):
    """``each`` is the width in pixels at 100 % that one part needs; nothing ever scrolls sideways for it."""

    def __init__(self, theme: Theme, parts: Sequence[QWidget], each: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._count, self._each = len(parts), each
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self._box.addWidget(part, 1)
        self.retheme()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(self._each), self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def retheme(self) -> None:
        self._box.setSpacing(self.theme.px(Space.L))
        self._turn()
        super().retheme()

    def _turn(self) -> None:
        needed = self._count * self.theme.px(self._each) + (self._count - 1) * self._box.spacing()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        wanted = across if self.width() >= needed else down
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            self.updateGeometry()
