"""A chip that narrows a list down: at rest an outline with its words, tinted when something is chosen."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matcher_ui.icons import paint_icon
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Pressable
from matcher_ui.widgets.paint import focus_ring, rounded, smooth, text, width_of

HEIGHT, PAD, ICON, GAP, WIDEST = 28, 9, 14, 4, 264


class FilterChip(Pressable):
    """``clicked`` opens its list or switches it; ``taken_off`` is its cross, or Delete on the keyboard.

    ``opens`` says whether it has a list: then an arrow stands at its end until something is chosen.
    """

    taken_off = Signal()

    def __init__(self, theme: Theme, words: str, *, opens: bool, parent: QWidget | None = None) -> None:
        super().__init__(theme, words, parent)
        self._opens, self._count = opens, ""
        self.is_on = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    def show_state(self, words: str, count: int | None, *, on: bool) -> None:
        """Say what is chosen (or what could be), and how many that are."""
        shown = "" if count is None else f"{count:,}"
        if (words, shown, on) != (self.text(), self._count, self.is_on):
            self.setText(words)
            self._count, self.is_on = shown, on
            self._say()
            self.retheme()

    def sizeHint(self) -> QSize:
        px = self.theme.px
        count = width_of(self._count, self.theme, "label") + px(GAP) if self._count else 0
        end = px(ICON + GAP) if self._opens or self.is_on else 0
        return QSize(min(self._words_wide() + count + end + 2 * px(PAD), px(WIDEST)), px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = smooth(self), self.theme, self.theme.px
        ground = "tint" if self.is_on else "hover" if self.is_hot else "card"
        border = "accent" if self.is_on else "soft_edge"
        rounded(painter, self.rect(), self.height() / 2, theme.color(ground), theme.color(border))
        ink = "accent" if self.is_on else "ink"
        end, left = self.width() - px(PAD), px(PAD)
        if self._opens or self.is_on:
            mark = QRect(end - px(ICON), (self.height() - px(ICON)) // 2, px(ICON), px(ICON))
            paint_icon(painter, mark, "cross" if self.is_on else "chevron_down",
                       theme.color("accent" if self.is_on else "ink2"))  # fmt: skip
            end = mark.left() - px(GAP)
        count = width_of(self._count, theme, "label")
        room = end - left - (count + px(GAP) if count else 0)
        used = text(painter, QRect(left, 0, room + 1, self.height()), self.text(), theme, "label", ink)
        if count:
            where = QRect(left + used + px(GAP), 0, count + 1, self.height())
            text(painter, where, self._count, theme, "label", "accent" if self.is_on else "ink3")
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, radius=HEIGHT / 2)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cross = self.width() - self.theme.px(PAD + ICON + GAP // 2)
        if self.is_on and self._opens and self.isDown() and event.position().x() >= cross:
            self.setDown(False)
            self.taken_off.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_on and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.taken_off.emit()
        elif self._opens and event.key() == Qt.Key.Key_Down:
            self.click()
        else:
            super().keyPressEvent(event)

    def _words_wide(self) -> int:
        return width_of(self.text(), self.theme, "label") + 1

    def _say(self) -> None:
        state = "chosen" if self.is_on else "not chosen"
        self.setAccessibleName(
            f"{self.text()}, {self._count}, {state}" if self._count else f"{self.text()}, {state}"
        )
        how = "Opens a list. " if self._opens else ""
        self.setAccessibleDescription(f"{how}Delete takes it off." if self.is_on else how.strip())
        self.setToolTip(self.text() if self.is_on else "")
