"""The head of a page: a way back, the title, a line of facts, and what can be done at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from matcher_ui.icons import paint_icon
from matcher_ui.shortcuts import keys_called
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part, RingedButton
from matcher_ui.widgets.labels import ElidedLabel
from matcher_ui.widgets.paint import smooth, text, width_of

_TALL = 36
"""A tall button, in pixels at 100 %."""


class BackLink(RingedButton):
    """A chevron and the name of the page one comes from."""

    def sizeHint(self) -> QSize:
        px = self.theme.px
        return QSize(width_of(self.text(), self.theme, "choice") + px(14) + 1, px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, px = smooth(self), self.theme.px
        ink = "ink" if self.is_hot else "ink2"
        side = px(14)
        # the drawing has air around it: its point, not its box, stands where the title begins
        mark = QRect(-px(5), (self.height() - side) // 2, side, side)
        paint_icon(painter, mark, "chevron_left", self.theme.color(ink))
        left = px(14)
        room = QRect(left, 0, self.width() - left, self.height())
        text(painter, room, self.text(), self.theme, "choice", ink)
        painter.end()


class PageHeader(Part):
    """Back link (hidden when ``back`` is empty), title, facts joined by dots, and actions."""

    went_back = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str = "",
        *,
        back: str = "",
        role: str = "page_title",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._back = BackLink(theme, back)
        self._back.setAccessibleName(f"Back to {back}")
        self._back.set_keys(keys_called(back))
        self._back.clicked.connect(self.went_back)
        self._title = ElidedLabel(theme, title, role)
        self._facts = ElidedLabel(theme, "", "second", "ink2")
        for line in (self._title, self._facts):
            line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._actions = QHBoxLayout()
        self._words = QVBoxLayout()
        self._lines = QHBoxLayout()
        self._columns = QVBoxLayout(self)
        self._lay_out()
        self._has_back, self._role = bool(back), role
        self._back.setVisible(bool(back))  # only now: shown without a parent it would be a window of its own
        self.set_title(title)
        self.set_facts(())
        self.retheme()

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_facts(self, facts: Sequence[str]) -> None:
        """The second line: short facts, joined by dots."""
        self._facts.setText("  ·  ".join(facts))
        self._facts.setVisible(bool(facts))

    def set_leading(self, widget: QWidget) -> None:
        """Put something before the title, such as a member's initials."""
        self._lines.insertWidget(0, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_action(self, widget: QWidget) -> None:
        """Add a button at the right, after those already there."""
        self._actions.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def retheme(self) -> None:
        px = self.theme.px
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(px(Space.XS))
        self._lines.setSpacing(px(Space.L))
        self._words.setSpacing(px(Space.XS))
        # titles stand at one height on every page, whether a button or a second line stands beside them or not
        above = 0 if self._has_back else max(px(_TALL) - self.theme.line(self._role), 0) // 2
        self._words.setContentsMargins(0, above, 0, 0)
        self._actions.setSpacing(px(Space.S))
        super().retheme()

    def _lay_out(self) -> None:
        self._columns.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._words.addWidget(self._title)
        self._words.addWidget(self._facts)
        self._words.addStretch(1)
        self._lines.addLayout(self._words, 1)
        self._lines.addLayout(self._actions)
        self._columns.addLayout(self._lines)
