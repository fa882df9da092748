"""Buttons: main, plain, serious, quiet and link; a bare icon; and the round add / on-the-list button."""

from typing import Literal, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from matcher_ui.icons import BOLD_STROKE, STROKE, paint_icon
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import RingedButton
from matcher_ui.widgets.paint import rounded, smooth, text, width_of

Kind = Literal["main", "plain", "serious", "quiet", "link"]


class _Look(NamedTuple):
    ink: str
    ground: str | None
    hover: str | None
    border: str | None


_LOOKS: dict[Kind, _Look] = {
    "main": _Look("on_accent", "accent", "accent_hover", None),
    "plain": _Look("ink", "card", "hover", "soft_edge"),
    "serious": _Look("stop", "card", "stop_ground", "soft_edge"),
    "quiet": _Look("ink2", None, "quiet", None),
    "link": _Look("accent", None, None, None),
}
_NOT_YET = _Look("ink3", "quiet", "quiet", None)
_ICON, _GAP = 16, 8


class Button(RingedButton):
    """A button with words, an optional icon before them and one after. ``tall`` is the main one of a page."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        kind: Kind = "plain",
        *,
        icon: str | None = None,
        trailing: str | None = None,
        tall: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, words, parent)
        self._kind: Kind = kind
        self._icon = icon
        self._trailing = trailing
        self._tall = tall

    @property
    def is_link(self) -> bool:
        """Whether it stands among words, as high as a line of them."""
        return self._kind == "link"

    def set_kind(self, kind: Kind) -> None:
        """Make it another kind of button: a page has one main button at a time."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    def set_unavailable(self, reason: str | None) -> None:
        """Grey it out and say why in the tip and to screen readers; None makes it available again."""
        self.setEnabled(reason is None)
        self.setToolTip(reason or "")
        self.setAccessibleDescription(reason or "")
        self.setCursor(Qt.CursorShape.ArrowCursor if reason else Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        icons = sum(1 for name in (self._icon, self._trailing) if name)
        width = width_of(self.text(), self.theme, "button") + icons * self.theme.px(_ICON + _GAP)
        width += 2 * self.theme.px(0 if self._kind == "link" else 12)
        height = self.theme.px(20 if self._kind == "link" else 36 if self._tall else 32)
        return QSize(width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = _LOOKS[self._kind] if self.isEnabled() or self._kind == "link" else _NOT_YET
        painter = smooth(self)
        ground = look.hover if self.is_hot or self.isDown() else look.ground
        # one pixel of the page shows between the body and the ring outside it
        body = self.rect().adjusted(1, 1, -1, -1) if self.hasFocus() else self.rect()
        if ground or look.border:
            rounded(
                painter,
                body,
                self.theme.px(6),
                self.theme.color(ground) if ground else None,
                self.theme.color(look.border) if look.border else None,
            )
        self._paint_words(painter, look.ink if self.isEnabled() else "ink3")
        painter.end()

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        theme, side = self.theme, self.theme.px(_ICON)
        room = self.width() - (0 if self._kind == "link" else 2 * theme.px(8))
        icons = [name for name in (self._icon, self._trailing) if name]
        words = min(width_of(self.text(), theme, "button"), room - len(icons) * (side + theme.px(_GAP)))
        left = (self.width() - words - len(icons) * (side + theme.px(_GAP))) // 2
        if self._icon:
            where = QRect(left, (self.height() - side) // 2, side, side)
            paint_icon(painter, where, self._icon, theme.color(ink))
            left += side + theme.px(_GAP)
        text(painter, QRect(left, 0, words + 1, self.height()), self.text(), theme, "button", ink)
        if self._kind == "link" and self.is_hot:
            base = (self.height() + theme.metrics("button").ascent()) // 2 + 1
            painter.fillRect(left, base, words, 1, theme.color(ink))
        if self._trailing:
            left += words + theme.px(_GAP) // 2
            where = QRect(left, (self.height() - side) // 2, side, side)
            paint_icon(painter, where, self._trailing, theme.color(ink))


class IconButton(RingedButton):
    """An icon alone, 32 by 32; its name is spoken and shown as a tip."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        color: str = "ink2",
        outlined: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", parent)
        self._icon = icon
        self._color = color
        self._outlined = outlined
        self.set_name(name)

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def set_name(self, name: str) -> None:
        """What it is called aloud and in its tip."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(36 if self._outlined else 32), self.theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        ground = "hover" if self.is_hot else "card" if self._outlined else None
        border = theme.color("soft_edge") if self._outlined else None
        rounded(painter, self.rect(), theme.px(6), theme.color(ground) if ground else None, border)
        side = theme.px(_ICON)
        where = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        paint_icon(painter, where, self._icon, theme.color(self._color if self.isEnabled() else "ink3"))
        painter.end()


def paint_round_button(painter: QPainter, rect: QRect, theme: Theme, on: bool, *, hot: bool = False) -> None:
    """Draw what adds to the list, or says that one is on it, centred in ``rect``."""
    side = theme.px(24)
    disc = QRect(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, side, side)
    ground = ("accent_hover" if hot else "accent") if on else ("tint" if hot else None)
    border = None if on else theme.color("accent" if hot else "edge")
    rounded(painter, disc, side / 2, theme.color(ground) if ground else None, border)
    mark = disc.adjusted(theme.px(5), theme.px(5), -theme.px(5), -theme.px(5))
    ink = theme.color("on_accent" if on else "accent" if hot else "ink2")
    paint_icon(painter, mark, "check" if on else "plus", ink, BOLD_STROKE if on else STROKE)
