"""A figure as a picture for a letter or a report: on white, at twice the size it is shown, whatever the theme."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from matcher_ui.charts.figure import Figure
from matcher_ui.charts.plot import paint_wrapped, wrapped_height
from matcher_ui.theme import Look, Paper

WIDTH, RATIO = 880, 2
_MARGIN, _GAP = 24, 10


def picture_of(figure: Figure) -> QImage:
    """Title, sentence, chart and source. Raises ValueError for a figure that has nothing drawn."""
    if figure.plot is None:
        raise ValueError("there is nothing to draw")
    paper, width = Paper(), WIDTH - 2 * _MARGIN
    above = [(figure.title, "section", "ink"), (figure.sentence, "body", "ink")]
    below = [(figure.source, "hint", "ink3")] if figure.source else []
    chart = figure.plot.height(width, paper)
    words = sum(wrapped_height(said, width, paper, role) + _GAP for said, role, _ink in (*above, *below))
    image = QImage(WIDTH * RATIO, (2 * _MARGIN + words + chart + _GAP) * RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(RATIO)
    image.fill(paper.color("card"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    top = _paint_lines(painter, above, _MARGIN, width, paper)
    figure.plot.paint(painter, QRectF(_MARGIN, top, width, chart), paper)
    _paint_lines(painter, below, top + chart + _GAP, width, paper)
    painter.end()
    return image


def _paint_lines(painter: QPainter, lines: list[tuple[str, str, str]], top: int, width: int, look: Look) -> int:
    for said, role, ink in lines:
        height = wrapped_height(said, width, look, role)
        paint_wrapped(painter, QRect(_MARGIN, top, width, height), said, look, role, ink)
        top += height + _GAP
    return top
