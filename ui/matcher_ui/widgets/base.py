"""What all painted parts share: they keep the theme, follow it, and show where the keyboard is."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAccessibleWidget,
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from matcher_ui.shortcuts import tip
from matcher_ui.theme import Theme
from matcher_ui.widgets.paint import FOCUS_WIDTH, rounded, smooth


class Part(QWidget):
    """A painted widget that repaints and measures itself anew when the theme changes.

    ``spoken_as``: what a screen reader is told that it is; needed by whatever takes the keyboard.
    """

    spoken_as: ClassVar[QAccessible.Role | None] = None

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        theme.changed.connect(self.retheme)

    def retheme(self) -> None:
        self.updateGeometry()
        self.update()


class Walk(Part):
    """A row of buttons that are gone along by key; ``hint`` is the tip that tells it."""

    hint = ""

    @property
    def stations(self) -> Sequence[QAbstractButton]:
        """The buttons in their order."""
        raise NotImplementedError

    @property
    def here(self) -> QAbstractButton:
        """The one of what is shown."""
        raise NotImplementedError

    def walk(self, by: int) -> None:
        """Press the next (1) or the one before (-1) that can be pressed; at the end nothing happens."""
        order = [one for one in self.stations if one is self.here or (one.isVisible() and one.isEnabled())]
        place = order.index(self.here) + by
        if 0 <= place < len(order):
            order[place].click()


def tell_screen_readers() -> None:
    """From now on parts are told as what they say they are; Qt takes painted widgets for mere areas."""
    QAccessible.installFactory(_as_spoken)


def _as_spoken(_class_name: str, told: QObject) -> QAccessibleInterface | None:
    if isinstance(told, Part) and told.spoken_as is not None:
        return QAccessibleWidget(told, told.spoken_as, "")
    return None


class Pressable(QAbstractButton):
    """A painted button: hover, focus, Enter as well as Space. Its tip tells the keys that press it."""

    keys = ""
    """The keys that press it, as the list of keys writes them; see `widgets.keyed`."""
    _tip = ""

    def __init__(self, theme: Theme, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setText(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.retheme)

    def retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def set_keys(self, keys: str) -> None:
        """Tell by which keys it is pressed."""
        self.keys = keys
        self._tell()

    def setText(self, words: str) -> None:
        super().setText(words)
        self._tell()

    def setToolTip(self, words: str) -> None:
        self._tip = words
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._tell()

    def _tell(self) -> None:
        keys = self.keys if self.isEnabled() else ""
        super().setToolTip(tip(self._tip or self.text(), keys) if keys else self._tip)

    @property
    def is_hot(self) -> bool:
        """Under the pointer and able to be pressed."""
        return self.underMouse() and self.isEnabled()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class _AboveAll(QProxyStyle):
    """Lets a focus frame lie over the whole window instead of being cut off where the button's parent ends.

    ``aside``: how much farther it lies off at the left and right, in pixels.
    """

    def __init__(self, aside: int) -> None:
        super().__init__()
        self._aside = aside

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        usual = super().pixelMetric(metric, option, widget)
        return usual + self._aside if metric == QStyle.PixelMetric.PM_FocusFrameHMargin else usual

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        return_data: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, return_data)


class FocusFrame(QFocusFrame):
    """The ring around a button, outside it, drawn over whatever lies beside it."""

    def __init__(self, theme: Theme, target: QWidget, aside: int = 0) -> None:
        super().__init__(target)
        self.theme = theme
        self._above = _AboveAll(aside)
        self._above.setParent(self)
        self.setStyle(self._above)
        self.setWidget(target)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.mask().isEmpty():
            # Qt cuts the frame out in straight lines, which clips the round corners
            self.clearMask()
        painter = smooth(self)
        radius = self.theme.px(6) + FOCUS_WIDTH
        rounded(painter, self.rect(), radius, border=self.theme.color("accent"), width=FOCUS_WIDTH)
        painter.end()


class RingedButton(Pressable):
    """A button whose focus ring lies outside its body, unless it paints one itself."""

    ring_around, ring_aside = True, 0
    _frame: FocusFrame | None = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.ring_around:
            self._frame = FocusFrame(self.theme, self, self.theme.px(self.ring_aside))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._frame is not None:
            self._frame.hide()
            self._frame.deleteLater()
            self._frame = None
        super().focusOutEvent(event)
