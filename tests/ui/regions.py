"""A few steady parts of the window, to be compared with the pictures kept of them in ``regions``.

``python tests/ui/regions.py`` draws those anew after a change of the look that was meant; look at them before they
are committed. They are drawn with the bundled typeface, without hinting and without a screen, so they are the same
everywhere but for the finest shades of an edge; `difference` lets those pass.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from matcher.model import Purpose, State
from matcher_ui.purposes import MARKS, PURPOSES, STATES
from matcher_ui.theme import Mode, Theme
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.chip import Chip
from matcher_ui.widgets.permission_matrix import MatrixRow, PermissionMatrix
from matcher_ui.widgets.score_bar import ScoreBar
from matcher_ui.widgets.sidebar import NavItem, Sidebar
from matcher_ui.widgets.step_bar import StepBar

PICTURES = Path(__file__).parent / "regions"
SIDE = tuple(NavItem(key, key, key.capitalize()) for key in ("today", "requests", "members", "outreach", "insight"))
MODES: tuple[Mode, ...] = ("light", "dark")
BLOCK = 4
MOST_MEAN, MOST_BLOCK = 1.0, 40.0
"""How far a picture may be from the one kept, of 255: on average, and in the worst block of 4 by 4 pixels."""


class Difference(NamedTuple):
    """How far two pictures of one size are apart, of 255."""

    mean: float
    worst_block: float

    @property
    def is_small(self) -> bool:
        return self.mean <= MOST_MEAN and self.worst_block <= MOST_BLOCK


def sidebar(theme: Theme) -> QWidget:
    """The pages with counts, one of them shown."""
    side = Sidebar(theme, "Lantern Network", SIDE)
    side.set_current("requests")
    for key, count in (("today", 7), ("requests", 9), ("outreach", 14)):
        side.set_count(key, count)
    side.setFixedHeight(460)
    return side


def matrix(theme: Theme) -> QWidget:
    """Permissions in all five states."""
    shown = PermissionMatrix(theme)
    asked = (Purpose.POLICY, Purpose.ACADEMIC, Purpose.MEDIA, Purpose.SECTOR, Purpose.OWN_EVENTS)
    rows = [
        MatrixRow(purpose, PURPOSES[purpose], state, "" if state is State.NOT_GIVEN else "1 Sep 2026, form")
        for purpose, state in zip(asked, STATES, strict=True)
    ]
    shown.set_rows(rows, [MatrixRow(Purpose.USE_GENDER, PURPOSES[Purpose.USE_GENDER])])
    shown.resize(720, shown.sizeHint().height())
    return shown


def scores(theme: Theme) -> QWidget:
    """Bars with four parts, with two, and nearly none."""
    each = ({"place": 22.0, "experience": 35.0, "interests": 20.0, "turn": 9.0}, {"place": 18.0, "interests": 24.0})
    bars = [ScoreBar(theme, parts) for parts in (*each, {"experience": 4.0})]
    for bar in bars:
        bar.setFixedSize(240, 12)
    return _column(theme, *bars)


def steps(theme: Theme) -> QWidget:
    """Two steps done, the third shown."""
    words = ("Brief", "Checks", "Match", "Ask", "Introduce", "Close")
    bar = StepBar(theme, [(word.lower(), word) for word in words])
    for key in ("brief", "checks"):
        bar.set_state(key, "done")
    bar.set_state("match", "current")
    bar.resize(620, bar.sizeHint().height())
    return bar


def chips(theme: Theme) -> QWidget:
    """Every state of a permission, a rest and something to mind."""
    told = [Chip(theme, MARKS[state], words) for state, words in STATES.items()]
    return _column(
        theme, *told, Chip(theme, "resting", "Resting until 4 Dec"), Chip(theme, "care", "Ask about nights")
    )


def buttons(theme: Theme) -> QWidget:
    """Every kind of button, and one that cannot be pressed."""
    every = [Button(theme, "Suggest a list", kind) for kind in ("main", "plain", "serious", "quiet", "link")]
    off = Button(theme, "Save", "main")
    off.set_unavailable("Nothing was changed")
    return _column(theme, *every, off)


REGIONS: dict[str, Callable[[Theme], QWidget]] = {
    "sidebar": sidebar, "matrix": matrix, "scores": scores, "steps": steps, "chips": chips, "buttons": buttons,
}  # fmt: skip


def draw(build: Callable[[Theme], QWidget], theme: Theme) -> QImage:
    """The region on the ground of a page, at one device pixel a point."""
    part = build(theme)
    part.ensurePolished()
    layout = part.layout()
    if layout is not None:
        layout.activate()
    size = part.size() if part.testAttribute(Qt.WidgetAttribute.WA_Resized) else part.sizeHint()
    part.resize(size.expandedTo(QSize(part.minimumWidth(), part.minimumHeight())))
    picture = QImage(part.size(), QImage.Format.Format_RGB32)
    picture.fill(theme.color("window"))
    part.render(picture)
    part.deleteLater()
    return picture


def difference(one: QImage, other: QImage) -> Difference:
    """Compare two pictures of one size; blocks even out what a font's finest edges do elsewhere."""
    apart = np.abs(_values(one) - _values(other)).max(axis=2)
    high, wide = (side - side % BLOCK for side in apart.shape)
    blocks = apart[:high, :wide].reshape(high // BLOCK, BLOCK, wide // BLOCK, BLOCK).mean(axis=(1, 3))
    return Difference(float(apart.mean()), float(blocks.max()))


def kept(name: str, mode: Mode) -> Path:
    """Where the picture of a region is kept."""
    return PICTURES / f"{name}-{mode}.png"


def _values(picture: QImage) -> NDArray[np.float64]:
    plain = picture.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).astype(np.float64)


def _column(theme: Theme, *parts: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setSpacing(theme.px(8))
    for part in parts:
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
    return holder


def main() -> int:
    """Draw every picture anew; return 0."""
    app = QApplication(sys.argv[:1])
    PICTURES.mkdir(exist_ok=True)
    theme = Theme(app, "light", 1.0)
    theme.changed.connect(lambda: theme.dress(app))
    for mode in MODES:
        theme.set(mode, 1.0)
        for name, build in REGIONS.items():
            draw(build, theme).save(str(kept(name, mode)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
