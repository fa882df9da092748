"""Small drawing helpers shared by widgets and delegates. Strokes are offset by half their width to stay sharp."""

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from matcher_ui.theme import Look

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
FOCUS_WIDTH = 2


def smooth(widget: QWidget) -> QPainter:
    """A painter with soft edges; call ``end()`` on it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def rounded(
    painter: QPainter,
    rect: QRect | QRectF,
    radius: float,
    fill: QColor | None = None,
    border: QColor | None = None,
    width: float = 1,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    """A rounded box with an optional ground and an optional border drawn wholly inside it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    half = width / 2 if border is not None else 0
    painter.setPen(Qt.PenStyle.NoPen if border is None else QPen(border, width, style))
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius - half, radius - half)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRect, theme: Look, radius: float = 6) -> None:
    """The 2-pixel ring that shows where the keyboard is, just inside ``rect``."""
    rounded(painter, rect, theme.px(radius), border=theme.color("accent"), width=FOCUS_WIDTH)


def hairline(painter: QPainter, left: int, right: int, y: int, color: QColor) -> None:
    """A horizontal line of exactly one pixel."""
    painter.fillRect(QRect(left, y, right - left, 1), color)


def hatch(painter: QPainter, rect: QRectF, color: QColor, *, spacing: float = 4, falling: bool = False) -> None:
    """Fill ``rect`` with slanting lines ``spacing`` pixels apart, rising or falling to the right."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(color, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    low, high = rect.bottom() + 1, rect.top() - 1
    start, end = (high, low) if falling else (low, high)
    x = rect.left() - rect.height()
    while x < rect.right() + rect.height():
        painter.drawLine(QLineF(x, start, x + rect.height() + 2, end))
        x += spacing
    painter.restore()


def text(
    painter: QPainter,
    rect: QRect,
    words: str,
    theme: Look,
    role: str,
    color: str = "ink",
    align: Qt.AlignmentFlag = LEFT,
) -> int:
    """Draw one line, elided at the right when it does not fit; returns the width used in pixels."""
    metrics, room = theme.metrics(role), rect.width()
    used, shown = metrics.horizontalAdvance(words), words
    if used > room:
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        used = min(metrics.horizontalAdvance(shown), room)
    painter.setFont(theme.font(role))
    painter.setPen(theme.color(color))
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)
    return used


def width_of(words: str, theme: Look, role: str) -> int:
    """How wide one line of text is in pixels."""
    return theme.metrics(role).horizontalAdvance(words)


def number_dot(painter: QPainter, center: QPointF, number: int, theme: Look, ground: str, ink: str) -> None:
    """A filled dot with a small number, tying a phrase to its field."""
    radius = theme.px(16) / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ground))
    painter.drawEllipse(center, radius, radius)
    painter.setFont(theme.font("dot"))
    painter.setPen(theme.color(ink))
    box = QRectF(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))
    painter.restore()
