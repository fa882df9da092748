"""A few numbers in large type, each with what it counts below it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.paint import smooth, text, width_of


class Headline(Part):
    """One number, or a word, and what it counts."""

    def __init__(self, theme: Theme, value: str, counts: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._value, self._counts = value, counts
        self.setAccessibleName(f"{value} {counts}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = max(width_of(self._value, self.theme, "page_title"), width_of(self._counts, self.theme, "second"))
        return QSize(wide + 2, self.theme.line("page_title") + self.theme.line("second"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, line = smooth(self), self.theme.line("page_title")
        text(painter, QRect(0, 0, self.width(), line), self._value, self.theme, "page_title")
        below = QRect(0, line, self.width(), self.theme.line("second"))
        text(painter, below, self._counts, self.theme, "second", "ink2")
        painter.end()


class Headlines(Part):
    """The row of them, which goes on in the next line where there is no room."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.shown: tuple[tuple[str, str], ...] = ()
        self._flow = FlowLayout(self)
        self.setAccessibleName(name)
        self.retheme()

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show (number, what it counts) anew."""
        self.shown = tuple(lines)
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for value, counts in lines:
            self._flow.addWidget(Headline(self.theme, value, counts))
        self.setAccessibleDescription("; ".join(f"{value} {counts}" for value, counts in lines))
        self.updateGeometry()

    def retheme(self) -> None:
        self._flow.setSpacing(self.theme.px(Space.PAGE))
        super().retheme()
