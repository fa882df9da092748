"""Own line icons, coloured from the theme and drawn from their vectors at the screen's own resolution."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from matcher_resources import path_to
from matcher_ui.theme import Theme

STROKE, BOLD_STROKE = 1.6, 2.2
_RATIOS = (1.0, 1.25, 1.5, 2.0, 3.0)


@cache
def source(name: str) -> str:
    """The drawing of an icon as SVG text. Raises FileNotFoundError for a name that has none."""
    return path_to(f"icons/{name}.svg").read_text("utf-8")


def pixmap(name: str, color: QColor, size: int, ratio: float = 1.0, stroke: float = STROKE) -> QPixmap:
    """An icon of ``size`` by ``size`` points for a screen with ``ratio`` device pixels a point."""
    key = f"matcher/{name}/{color.name()}/{size}/{ratio}/{stroke}"
    picture = QPixmap()
    if QPixmapCache.find(key, picture):
        return picture
    drawing = _renderer(name, color, stroke)
    picture = QPixmap(QSize(size, size) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    QPixmapCache.insert(key, picture)
    return picture


def paint_icon(painter: QPainter, rect: QRect, name: str, color: QColor, stroke: float = STROKE) -> None:
    """Draw an icon centred in ``rect``, as large as its shorter side."""
    size = min(rect.width(), rect.height())
    left, top = rect.x() + (rect.width() - size) // 2, rect.y() + (rect.height() - size) // 2
    ratio = painter.deviceTransform().m11()
    painter.drawPixmap(left, top, pixmap(name, color, size, ratio, stroke))


def icon(theme: Theme, name: str, color: str = "ink2", size: int = 16) -> QIcon:
    """An icon for menus and fields, in a colour token of the theme; make it anew when the theme changes."""
    result = QIcon()
    for ratio in _RATIOS:
        result.addPixmap(pixmap(name, theme.color(color), theme.px(size), ratio))
        off = pixmap(name, theme.color("edge"), theme.px(size), ratio)
        result.addPixmap(off, QIcon.Mode.Disabled)
    return result


def _renderer(name: str, color: QColor, stroke: float) -> QSvgRenderer:
    text = source(name).replace("currentColor", color.name())
    text = text.replace(f'stroke-width="{STROKE}"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(text.encode()))
