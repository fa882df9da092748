"""What just happened, at the bottom right: one at a time, for eight seconds, with Undo where undo is possible."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QHideEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from matcher_ui.icons import paint_icon
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part, Pressable, RingedButton
from matcher_ui.widgets.paint import CENTER, rounded, smooth, text, width_of

SHOWN_MS = 8000
LOOK_MS = 100
WIDEST = 560
_SHADOW, _PAD, _ICON, _GAP = 12, 16, 18, 8


class _ToastButton(Pressable):
    """Undo (underlined words) or the closing cross, in the toast's own colours."""

    def __init__(self, theme: Theme, words: str, icon: str | None, parent: QWidget) -> None:
        super().__init__(theme, words, parent)
        self._icon = icon

    def sizeHint(self) -> QSize:
        px = self.theme.px
        return QSize(px(28) if self._icon else width_of(self.text(), self.theme, "button") + px(12), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        ink = theme.color("on_toast")
        if self._icon:
            inset = theme.px(6)
            paint_icon(painter, self.rect().adjusted(inset, inset, -inset, -inset), self._icon, ink)
        else:
            width = text(painter, self.rect(), self.text(), theme, "button", "on_toast", CENTER)
            base = (self.height() + theme.metrics("button").ascent()) // 2 + 2
            painter.fillRect((self.width() - width) // 2, base, width, 2 if self.is_hot else 1, ink)
        if self.hasFocus():
            rounded(painter, self.rect(), theme.px(6), border=ink, width=2)
        painter.end()


class ToastHost(Part):
    """Lives over ``parent`` at its bottom right. ``undo`` carries the key given with the message.

    ``foot`` tells the height at the foot of the parent that must stay free, whatever page comes up meanwhile.
    """

    undo = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget, foot: Callable[[], int] = lambda: 0) -> None:
        super().__init__(theme, parent)
        self._host, self._foot = parent, foot
        self._words, self._icon, self._above = "", "check", 0
        self._undo_key: object | None = None
        self._undo = _ToastButton(theme, "Undo", None, self)
        self._close = _ToastButton(theme, "", "cross", self)
        self._close.setAccessibleName("Close this message")
        self._undo.clicked.connect(self._take_back)
        self._close.clicked.connect(self.hide)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self._time_is_up)
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._make_way)
        parent.installEventFilter(self)
        for child in (self._undo, self._close):
            child.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """The message shown, or the last one."""
        return self._words

    def say(self, words: str, *, undo_key: object | None = None, icon: str = "check") -> None:
        """Show a message instead of the present one; with ``undo_key`` it offers Undo."""
        self._words, self._icon, self._undo_key, self._above = words, icon, undo_key, self._foot()
        self._undo.setVisible(undo_key is not None)
        self._undo.setAccessibleName(f"Undo: {words}")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        self._looking.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def retheme(self) -> None:
        self._place()
        super().retheme()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host:
            if event.type() == QEvent.Type.Resize:
                self._place()
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._timer.start()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        self._looking.stop()
        super().hideEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = smooth(self), self.theme, self.theme.px
        body = self._body()
        for ring in range(_SHADOW - 3, 0, -1):
            rounded(painter, body.adjusted(-ring, -ring + 3, ring, ring + 3), px(8) + ring, QColor(0, 0, 0, 4))
        rounded(painter, body, px(8), theme.color("toast"))
        mark = QRect(body.x() + px(_PAD), body.center().y() - px(_ICON) // 2 + 1, px(_ICON), px(_ICON))
        paint_icon(painter, mark, self._icon, theme.color("on_toast"))
        left = mark.right() + px(10)
        buttons = self._undo.x() if not self._undo.isHidden() else self._close.x()
        room = QRect(left, body.y(), buttons - left - px(4), body.height())
        text(painter, room, self._words, theme, "button", "on_toast")
        painter.end()

    def _body(self) -> QRect:
        return _inner(self.rect())

    def _place(self) -> None:
        """Set the size for the words and stand 24 from the corner, never wider than the parent."""
        px, host = self.theme.px, self._host
        undo = self._undo.sizeHint().width() + px(8) if self._undo_key is not None else 0
        width = px(_PAD + _ICON + 10 + 20 + 28 + 8) + undo + width_of(self._words, self.theme, "button")
        width = min(max(width, px(280)), px(WIDEST), host.width() - 48) + 2 * _SHADOW
        height = px(48) + 2 * _SHADOW
        top = host.height() - self._above - (8 if self._above else 24) - height + _SHADOW
        self.setGeometry(self._free(QRect(host.width() - 24 - width + _SHADOW, top, width, height)))
        body = self._body()
        right = body.right() - px(8)
        for button in (self._close, self._undo):
            size = button.sizeHint()
            right -= size.width()
            button.setGeometry(QRect(QPoint(right, body.center().y() - size.height() // 2 + 1), size))
            right -= px(4)

    def _free(self, wanted: QRect) -> QRect:
        """Where no button is covered: as wanted, else higher up; as wanted when there is no such place."""
        place, buttons = wanted, self._buttons()
        while covered := [button for button in buttons if button.intersects(_inner(place))]:
            place = place.translated(0, min(button.top() for button in covered) - _GAP - _inner(place).bottom())
            if _inner(place).top() < self._host.height() // 2:
                return wanted
        return place

    def _buttons(self) -> list[QRect]:
        """The buttons in the lower half of the page, where they can be seen and pressed."""
        shown = (one for one in self._host.findChildren(RingedButton) if one.isVisible() and one.isEnabled())
        seen = (one for one in shown if not one.visibleRegion().isEmpty())
        found = (QRect(one.mapTo(self._host, QPoint()), one.size()) for one in seen)
        return [rect for rect in found if rect.bottom() > self._host.height() // 2]

    def _make_way(self) -> None:
        """Step aside when something that can be pressed came up under the message."""
        above = self._foot()
        if above != self._above or any(button.intersects(_inner(self.geometry())) for button in self._buttons()):
            self._above = above
            self._place()

    def _time_is_up(self) -> None:
        if self.underMouse() or self._undo.hasFocus() or self._close.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def _take_back(self) -> None:
        key = self._undo_key
        self.hide()
        self.undo.emit(key)


def _inner(place: QRect) -> QRect:
    """A place without the shadow around it."""
    return place.adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
