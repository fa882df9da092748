"""How evenly something is shared: the curve of the shares of those who got least, and the line of equal shares."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from matcher_ui.charts.plot import Mark, Plot, line_of_text, of_a_hundred, paint_wrapped, wrapped_height
from matcher_ui.theme import Look
from matcher_ui.widgets.paint import RIGHT, hatch, width_of

_SIDE, _LEAST_NOTES, _GAP, _AXIS = 264, 232, 32, 36
_TENTHS = 10
EVEN = "if everyone were asked equally often"
AS_IT_IS = "as it is"

Point = tuple[float, float]


class LorenzCurve(Plot):
    """``points`` go from (0, 0) to (1, 1): the share of members, those asked least first, and their share of asks.

    ``notes`` are sentences that stand beside the curve.
    """

    def __init__(self, points: Sequence[Point], notes: Sequence[str]) -> None:
        self.points = tuple(points)
        self._notes = tuple(notes)

    @property
    def how_to_read(self) -> str:
        return (
            "From left to right stand the members, those asked least often first; upwards the share of all asks "
            f"that went to them. The straight line is how it would be {EVEN}; the further the curve "
            "sags, the fewer people are asked again and again."
        )

    def height(self, width: int, look: Look) -> int:
        below = 0 if self._is_beside(width, look) else self._notes_height(width, look) + look.px(12)
        return self._side(width, look) + look.px(_AXIS) + below

    def marks(self, rect: QRectF, look: Look) -> list[Mark]:
        square = self._square(rect, look)
        slot = square.width() / _TENTHS
        found = []
        for place in range(1, _TENTHS + 1):
            members = place / _TENTHS
            at = self._at(square, (members, self.share_at(members)))
            touch = QRectF(at.x() - slot / 2, square.top(), slot, square.height())
            dot = QRectF(at.x() - look.px(3), at.y() - look.px(3), look.px(6), look.px(6))
            got = of_a_hundred(self.share_at(members))
            words = f"The {of_a_hundred(members)} members asked least often got {got} asks"
            found.append(Mark(dot, touch, words, 0, place - 1))
        return found

    def paint(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        square = self._square(rect, look)
        curve = QPolygonF([self._at(square, point) for point in self.points])
        self._paint_gap(painter, curve, look)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(square.left(), square.bottom(), square.width(), 1), look.color("soft_edge"))
        painter.fillRect(QRectF(square.left(), square.top(), 1, square.height()), look.color("soft_edge"))
        painter.setPen(QPen(look.color("edge"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(square.bottomLeft(), square.topRight()))
        painter.setPen(QPen(look.color("place"), 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(curve)
        self._paint_words(painter, square, look)
        self._paint_notes(painter, rect, square, look)

    def share_at(self, members: float) -> float:
        """The share of asks that went to the given share of members, those asked least first."""
        before = self.points[0]
        for point in self.points[1:]:
            if point[0] >= members - 1e-12:
                run = point[0] - before[0]
                return before[1] + (point[1] - before[1]) * ((members - before[0]) / run if run else 1)
            before = point
        return 1.0

    def _paint_gap(self, painter: QPainter, curve: QPolygonF, look: Look) -> None:
        outline = QPainterPath()
        outline.addPolygon(curve)
        outline.closeSubpath()
        painter.save()
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        hatch(painter, curve.boundingRect(), look.color("soft_edge"), spacing=6, falling=True)
        painter.restore()

    def _paint_words(self, painter: QPainter, square: QRectF, look: Look) -> None:
        line = look.line("legend")
        painter.save()
        painter.translate(square.center())
        painter.rotate(-45)
        above = QRectF(-square.width() / 2, -line - look.px(3), square.width(), line)
        line_of_text(painter, above, EVEN, look, "legend", "ink3", Qt.AlignmentFlag.AlignCenter)
        painter.restore()
        at = self._at(square, (0.72, self.share_at(0.72)))
        top = min(at.y(), square.bottom() - line - look.px(2))
        below = QRectF(at.x() + look.px(8), top, square.right() - at.x(), line)
        line_of_text(painter, below, AS_IT_IS, look, "legend", "place")
        axis = QRectF(square.left(), square.bottom() + look.px(6), square.width(), line)
        line_of_text(painter, axis, "asked least often", look, "hint", "ink3")
        line_of_text(painter, axis, "asked most often", look, "hint", "ink3", RIGHT)
        up = QRectF(square.left() + look.px(6), square.top() - look.px(2), square.width(), line)
        line_of_text(painter, up, "all asks", look, "hint", "ink3")

    def _paint_notes(self, painter: QPainter, rect: QRectF, square: QRectF, look: Look) -> None:
        if self._is_beside(round(rect.width()), look):
            left, top = square.right() + look.px(_GAP), rect.top() + look.px(8)
        else:
            left, top = rect.left(), square.bottom() + look.px(_AXIS) + look.px(12)
        width = round(rect.right() - left)
        for place, note in enumerate(self._notes):
            role, ink = ("name", "ink") if not place else ("second_running", "ink2")
            height = wrapped_height(note, width, look, role)
            paint_wrapped(painter, QRectF(left, top, width, height).toRect(), note, look, role, ink)
            top += height + look.px(8)

    def _notes_height(self, width: int, look: Look) -> int:
        roles = ("name", *["second_running"] * len(self._notes))
        return sum(
            wrapped_height(note, width, look, role) + look.px(8)
            for note, role in zip(self._notes, roles, strict=False)
        )

    def _is_beside(self, width: int, look: Look) -> bool:
        return width >= look.px(_SIDE + _GAP + _LEAST_NOTES)

    def _side(self, width: int, look: Look) -> int:
        widest = max(width_of(EVEN, look, "legend"), look.px(_SIDE))
        return min(widest, width)

    def _square(self, rect: QRectF, look: Look) -> QRectF:
        side = self._side(round(rect.width()), look)
        return QRectF(round(rect.left()), round(rect.top()), side, side)

    def _at(self, square: QRectF, point: Point) -> QPointF:
        return QPointF(square.left() + point[0] * square.width(), square.bottom() - point[1] * square.height())
