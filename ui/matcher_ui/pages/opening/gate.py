"""What the pages before a store is open share: one calm column in the middle, that scrolls when it must."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from matcher_ui.icons import paint_icon
from matcher_ui.shortcuts import keys_called
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part, Pressable
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.paint import focus_ring, rounded, smooth, text

WIDTH = 520


class Mark(Part):
    """Matcher's mark, as in the sidebar, larger."""

    def __init__(self, theme: Theme, icon: str = "members", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(48), self.theme.px(48))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, px = smooth(self), self.theme.px
        rounded(painter, self.rect(), px(12), self.theme.color("accent"))
        inset = px(10)
        paint_icon(
            painter, self.rect().adjusted(inset, inset, -inset, -inset), self._icon, self.theme.color("on_accent")
        )
        painter.end()


class GateColumn(QScrollArea):
    """A mark, a title, a line under it, then what is added to ``column``."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        line: str,
        *,
        icon: str = "members",
        width: int = WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._width = width
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = QWidget()
        self._body = QWidget()
        self._body.setAccessibleName(title)
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self._middle = QHBoxLayout(self._inner)
        self._middle.addStretch(1)
        self._middle.addWidget(self._body, 0, Qt.AlignmentFlag.AlignVCenter)
        self._middle.addStretch(1)
        self.setWidget(self._inner)
        self.title = Label(theme, title, "today_title", wrap=True)
        self.line = Label(theme, line, "running", "ink2", wrap=True)
        for piece in (Mark(theme, icon), self.title, self.line):
            self.column.addWidget(piece)
        self._gap = self.add_gap(8)
        theme.changed.connect(self.retheme)
        self.retheme()

    def add_gap(self, height: int) -> QWidget:
        """Air between groups, in pixels at 100 %."""
        gap = QWidget()
        gap.setFixedHeight(self.theme.px(height))
        self.column.addWidget(gap)
        return gap

    def retheme(self) -> None:
        px = self.theme.px
        self._body.setFixedWidth(px(self._width))
        self._middle.setContentsMargins(px(Space.PAGE), px(Space.XL), px(Space.PAGE), px(Space.XL))
        self.column.setSpacing(px(Space.M))


class ChoiceRow(Pressable):
    """A large row to press: an icon, what it does, a line that says more."""

    def __init__(self, theme: Theme, icon: str, words: str, more: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, words, parent)
        self._icon, self._more = icon, more
        self.setAccessibleDescription(more)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(320), self.theme.px(72))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = smooth(self), self.theme, self.theme.px
        ground = "hover" if self.is_hot or self.isDown() else "card"
        rounded(painter, self.rect(), px(10), theme.color(ground), theme.color("soft_edge"))
        side = px(24)
        paint_icon(
            painter, QRect(px(20), (self.height() - side) // 2, side, side), self._icon, theme.color("accent")
        )
        left, line = px(64), px(20)
        room = QRect(left, self.height() // 2 - line, self.width() - left - px(48), line)
        text(painter, room, self.text(), theme, "name")
        text(painter, room.translated(0, line), self._more, theme, "second", "ink2")
        side = px(16)
        end = QRect(self.width() - px(20) - side, (self.height() - side) // 2, side, side)
        paint_icon(painter, end, "chevron_right", theme.color("ink3"))
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, radius=10)
        painter.end()


class OtherWays(Part):
    """A line of quiet links under a form; ``chosen`` carries the key of the one pressed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, ways: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """``ways`` are (key, words) in their order."""
        super().__init__(theme, parent)
        self._ways: dict[str, Button] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for key, words in ways:
            button = Button(theme, words, "link")
            button.set_keys(keys_called(words))
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._ways[key] = button
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.retheme()

    def retheme(self) -> None:
        self._row.setSpacing(self.theme.px(Space.PAGE))
        super().retheme()
