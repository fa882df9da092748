"""A list whose rows end under what stands above it, whether or not there is a bar for scrolling."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from matcher_ui.theme import Theme
from matcher_ui.widgets.rows import RowDelegate, RowList

MARGIN = 24


class EvenDelegate(RowDelegate):
    """Keeps ``margin`` pixels free at the right of every row."""

    margin = MARGIN


class EvenList(RowList):
    """Takes what the bar for scrolling takes out of the margin."""

    def __init__(self, theme: Theme, delegate: EvenDelegate, name: str, parent: QWidget | None = None) -> None:
        self._even = delegate
        super().__init__(theme, delegate, name, parent)
        delegate.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._even.margin = max(self.theme.px(MARGIN) - (self.width() - self.viewport().width()), 0)
        self.viewport().update()
