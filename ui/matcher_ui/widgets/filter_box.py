"""The field that filters a table: a glass at its left, Esc empties it, Down goes on to the table."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from matcher_ui.icons import paint_icon
from matcher_ui.theme import Theme
from matcher_ui.widgets.paint import smooth


class FilterBox(QLineEdit):
    """``went_down`` asks to go on to what was found."""

    went_down = Signal()

    def __init__(self, theme: Theme, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setClearButtonEnabled(True)
        theme.changed.connect(self.retheme)
        self.retheme()

    def retheme(self) -> None:
        self.setFont(self.theme.font("second"))
        self.setTextMargins(self.theme.px(20), 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, px = smooth(self), self.theme.px
        mark = QRect(px(9), (self.height() - px(16)) // 2, px(16), px(16))
        paint_icon(painter, mark, "search", self.theme.color("ink2"))
        painter.end()
