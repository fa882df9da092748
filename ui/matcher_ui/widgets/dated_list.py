"""A short dated list: the day, what happened, how; hairlines between, no scrolling of its own."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from matcher_ui.models.member_words import Dated
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part, Pressable
from matcher_ui.widgets.paint import RIGHT, focus_ring, hairline, rounded, smooth, text, width_of

ROW = 33


class DatedRow(Pressable):
    """One line of it; one that leads somewhere can be pressed."""

    def __init__(
        self, theme: Theme, line: Dated, *, leads: bool, short: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, line.what, parent)
        self._line, self._short = line, short
        self.how_width = 0
        self.setEnabled(leads)
        said = ". ".join(part for part in (line.day, line.what, line.how) if part)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if not leads:
            self.unsetCursor()

    def wanted_how(self) -> int:
        """How wide the last words are in pixels."""
        return width_of(self._line.how, self.theme, "second") + 1

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(28 if self._short else ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(80), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = smooth(self), self.theme, self.theme.px
        if self.is_hot:
            rounded(painter, self.rect(), px(8), theme.color("hover"))
        day = px(76 if self._short else 96)
        text(painter, QRect(0, 0, day - px(8), self.height()), self._line.day, theme, "second", "ink2")
        room = self.width() - day
        how = min(self.how_width if not self._short else self.wanted_how(), room // 2)
        what = QRect(day, 0, room - how - px(12), self.height())
        text(painter, what, self._line.what, theme, "second_name")
        align = {"align": RIGHT} if self._short else {}
        text(
            painter,
            QRect(self.width() - how, 0, how, self.height()),
            self._line.how,
            theme,
            "second",
            "ink2",
            **align,
        )
        if not self._short:
            hairline(painter, 0, self.width(), self.height() - 1, theme.color("line"))
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, radius=6)
        painter.end()


class DatedList(Part):
    """``opened`` carries the place of a line that was pressed, when lines lead somewhere."""

    opened = Signal(int)

    def __init__(
        self, theme: Theme, name: str, *, leads: bool = False, short: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._leads, self._short = leads, short
        self._rows: list[DatedRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName(name)

    def show_lines(self, lines: Sequence[Dated], leading: Collection[int] | None = None) -> None:
        """Show these lines. ``leading``: the places of those that lead somewhere, where not all do."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [
            DatedRow(
                self.theme, line, leads=self._leads and (leading is None or place in leading), short=self._short
            )
            for place, line in enumerate(lines)
        ]
        for place, row in enumerate(self._rows):
            row.clicked.connect(lambda _on=False, place=place: self.opened.emit(place))
            self._column.addWidget(row)
        self._align()

    def retheme(self) -> None:
        self._align()
        super().retheme()

    def _align(self) -> None:
        """The last words begin under each other."""
        widest = max((row.wanted_how() for row in self._rows), default=0)
        for row in self._rows:
            row.how_width = widest
