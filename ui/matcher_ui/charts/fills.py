"""How what a chart shows is told apart: by order and by how it is filled, never by colour alone."""

from typing import Literal, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from matcher_ui.theme import Look
from matcher_ui.widgets.paint import hatch, rounded

_LIGHTEST = 0.05
"""What WCAG adds to each luminance before it compares two."""


class Fill(NamedTuple):
    """A colour token and how an area is filled with it."""

    token: str
    kind: Literal["solid", "rising", "falling", "outline"] = "solid"


def paint_fill(painter: QPainter, rect: QRectF, fill: Fill, look: Look) -> None:
    """Fill ``rect``; what is not solid has an outline, so that its end can be seen."""
    color = look.color(fill.token)
    if fill.kind == "solid":
        painter.fillRect(rect, color)
        return
    if fill.kind != "outline":
        hatch(painter, rect, color, falling=fill.kind == "falling")
    rounded(painter, rect, 0, border=color)


def ink_on(fill: Fill, look: Look) -> str:
    """The token of the ink that can be read best on this fill."""
    ground = _luminance(look.color(fill.token))
    return max(("ink", "window"), key=lambda token: _contrast(_luminance(look.color(token)), ground))


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + _LIGHTEST) / (min(one, other) + _LIGHTEST)


def _luminance(color: QColor) -> float:
    """Relative luminance, 0 to 1 (WCAG 2)."""
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
