"""An empty page says what is missing and what to do, and takes what is dropped or pasted."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from matcher_ui.icons import paint_icon
from matcher_ui.shortcuts import keys_called
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.paint import focus_ring, rounded, smooth

MEASURE = 520
"""How wide a sentence runs before it goes on in the next line, in pixels at 100 %."""


class IconView(Part):
    """An icon standing alone beside words; it has no name of its own for screen readers."""

    def __init__(
        self, theme: Theme, icon: str, color: str = "ink2", size: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._icon, self._color, self._size = icon, color, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, color: str) -> None:
        self._icon, self._color = icon, color
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(self._size), self.theme.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        paint_icon(painter, self.rect(), self._icon, self.theme.color(self._color))
        painter.end()


class DropArea(Part):
    """Takes files and text, by dropping or with Ctrl+V while the keyboard is on it."""

    spoken_as = QAccessible.Role.Grouping
    dropped = Signal(list)
    pasted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._over = False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        event.acceptProposedAction()
        self._take(event.mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        ground = theme.color("tint") if self._over else None
        edge = theme.color("accent" if self._over else "edge")
        rounded(painter, self.rect(), theme.px(12), ground, edge, style=Qt.PenStyle.DashLine)
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, radius=12)
        painter.end()

    def _take(self, data: QMimeData) -> None:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.dropped.emit(paths)
        elif data.hasText() and data.text().strip():
            self.pasted.emit(data.text())

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()


class EmptyPage(DropArea):
    """One line icon, what is missing, what to do and one button (``pressed``); ``dropped`` carries paths."""

    pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        missing: str,
        todo: str,
        button: str = "",
        *,
        button_icon: str | None = "plus",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(missing)
        self.setAccessibleDescription(todo)
        self._column, self._gap = QVBoxLayout(self), QSpacerItem(0, 0)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._column.addStretch(1)
        self._column.addWidget(IconView(theme, icon, "ink2", 28), 0, middle)
        self._column.addWidget(Label(theme, missing, "section"), 0, middle)
        self._words = Label(theme, todo, "second", "ink2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._words, MEASURE)
        across.addStretch(1)
        self._column.addLayout(across)
        if button:
            self.button = Button(theme, button, "main", icon=button_icon)
            self.button.set_keys(keys_called(button))
            self.button.clicked.connect(self.pressed)
            self._column.addItem(self._gap)
            self._column.addWidget(self.button, 0, middle)
        self._column.addStretch(1)
        self.retheme()

    def retheme(self) -> None:
        self._words.setMaximumWidth(self.theme.px(MEASURE))
        self._column.setSpacing(self.theme.px(Space.XS))
        self._gap.changeSize(0, self.theme.px(12))
        self._column.setContentsMargins(*[self.theme.px(Space.M)] * 4)
        super().retheme()
