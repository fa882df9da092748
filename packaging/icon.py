"""Draws the program's icon as the system wants it: ``python packaging/icon.py FOLDER``."""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap

from matcher_ui.icons import paint_icon
from matcher_ui.theme import load_tokens
from matcher_ui.widgets.paint import rounded

SIDE = 256
FORMATS = {"win32": "ico", "darwin": "icns"}


def main(folder: Path) -> int:
    """Write ``matcher.ico``, ``.icns`` or ``.png`` into the folder."""
    _app = QGuiApplication(sys.argv[:1])
    tokens = load_tokens("light")
    picture = QPixmap(SIDE, SIDE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rounded(painter, QRect(0, 0, SIDE, SIDE), SIDE // 4, QColor(tokens.accent))
    inset = SIDE // 6
    inside = QRect(inset, inset, SIDE - 2 * inset, SIDE - 2 * inset)
    paint_icon(painter, inside, "members", QColor(tokens.on_accent))
    painter.end()
    file = folder / f"matcher.{FORMATS.get(sys.platform, 'png')}"
    return 0 if picture.save(str(file)) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
