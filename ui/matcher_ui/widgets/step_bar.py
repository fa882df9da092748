"""Where a request stands: Brief, Checks, Match, Ask, Introduce, Close."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from matcher_ui.icons import BOLD_STROKE, paint_icon
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Pressable, Walk
from matcher_ui.widgets.paint import focus_ring, number_dot, rounded, smooth, text, width_of

StepState = Literal["done", "current", "todo"]
_DOT, _GAP, _PAD, _BETWEEN, _HEIGHT = 16, 8, 4, Space.XL, 40
_SPOKEN: dict[StepState, str] = {"done": "done", "current": "shown now", "todo": "to do"}


class Step(Pressable):
    """One step; pressing it shows its page."""

    def __init__(self, theme: Theme, number: int, label: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, label, parent)
        self.number = number
        self.set_state("todo")

    def set_state(self, state: StepState) -> None:
        self.state: StepState = state
        self.setAccessibleName(f"Step {self.number}, {self.text()}, {_SPOKEN[state]}")
        self.update()

    def sizeHint(self) -> QSize:
        words = width_of(self.text(), self.theme, "second_name")
        return QSize(words + self.theme.px(_DOT + _GAP + 2 * _PAD) + 1, self.theme.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the bar moves along the steps
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = smooth(self), self.theme, self.theme.px
        self._paint_dot(painter)
        left = px(_PAD + _DOT + _GAP)
        room = QRect(left, 0, self.width() - left, self.height())
        current = self.state == "current"
        ink = "ink" if current or self.is_hot else "ink2"
        text(painter, room, self.text(), theme, "second_name" if current else "choice", ink)
        if current:
            rounded(painter, QRect(0, self.height() - 3, self.width(), 3), 1.5, theme.color("accent"))
        if self.hasFocus():
            focus_ring(painter, self.rect().adjusted(0, px(4), 0, -px(5)), theme)
        painter.end()

    def _paint_dot(self, painter: QPainter) -> None:
        theme, side = self.theme, self.theme.px(_DOT)
        disc = QRect(self.theme.px(_PAD), (self.height() - side) // 2, side, side)
        if self.state == "done":
            rounded(painter, disc, side / 2, theme.color("tint"))
            inset = theme.px(2)
            mark = disc.adjusted(inset, inset, -inset, -inset)
            paint_icon(painter, mark, "check", theme.color("accent"), BOLD_STROKE)
        elif self.state == "current":
            number_dot(painter, QPointF(disc.toRectF().center()), self.number, theme, "accent", "on_accent")
        else:
            number_dot(painter, QPointF(disc.toRectF().center()), self.number, theme, "window", "ink2")
            rounded(painter, disc, side / 2, border=theme.color("edge"))


class StepBar(Walk):
    """All steps from left to right; ``chosen`` carries the key of the one pressed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, steps: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """``steps`` are (key, label) in their order."""
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._steps: dict[str, Step] = {}
        for number, (key, label) in enumerate(steps, start=1):
            step = Step(theme, number, label, self)
            step.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._steps[key] = step
            self._row.addWidget(step)
        self.retheme()

    @property
    def stations(self) -> Sequence[Step]:
        return tuple(self._steps.values())

    @property
    def here(self) -> Step:
        shown = (step for step in self._steps.values() if step.state == "current")
        return next(shown, self.stations[0])

    def set_state(self, key: str, state: StepState) -> None:
        self._steps[key].set_state(state)

    def set_unavailable(self, key: str, reason: str | None) -> None:
        """A step that cannot be shown yet says why; None makes it available."""
        self._steps[key].setEnabled(reason is None)
        self._steps[key].setToolTip(reason or self.hint)
        self._steps[key].setAccessibleDescription(reason or "")

    def retheme(self) -> None:
        self._row.setSpacing(self.theme.px(_BETWEEN))
        super().retheme()

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = self.theme.px(12)
        if self._row.spacing() < side:
            return  # steps this near go without a mark between them
        painter = smooth(self)
        for step in list(self._steps.values())[:-1]:
            middle = step.geometry().right() + self._row.spacing() // 2
            where = QRect(middle - side // 2, (self.height() - side) // 2, side, side)
            paint_icon(painter, where, "chevron_right", self.theme.color("edge"))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk along the steps."""
        moves: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        order = list(self._steps.values())
        here = next((i for i, step in enumerate(order) if step.hasFocus()), None)
        move = moves.get(event.key())
        if here is None or move is None:
            super().keyPressEvent(event)
        elif 0 <= here + move < len(order):
            order[here + move].setFocus(Qt.FocusReason.TabFocusReason)
