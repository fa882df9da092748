"""Promises to keep, on Today: a line for each kind that waits, leading to its tab."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from matcher_ui.icons import paint_icon
from matcher_ui.models.promises import PromiseCounts, read_counts
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Pressable
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.paint import focus_ring, rounded, smooth, text
from matcher_ui.workspace import Place, Workspace


class Promise(NamedTuple):
    """One line: its icon, what waits, how pressing that is, and the tab of the page of promises."""

    icon: str
    words: str
    more: str
    tab: str


def promises_of(counts: PromiseCounts) -> tuple[Promise, ...]:
    """A line for each kind of which something waits."""
    lines = (
        (counts.after, Promise("shield", _thing(counts.after), "the sooner the better", "after")),
        (counts.again, Promise("reply", f"{counts.again:,} said yes again", "make sure, one by one", "again")),
        (counts.due, Promise("members", _check_in(counts.due), "when you like", "check_ins")),
    )
    return tuple(promise for count, promise in lines if count)


def _thing(count: int) -> str:
    return f"{count:,} {'thing' if count == 1 else 'things'} to tell or delete"


def _check_in(count: int) -> str:
    return f"{count:,} {'check-in' if count == 1 else 'check-ins'} to send"


class PromiseRow(Pressable):
    """A line of the card; the whole of it is the target."""

    def __init__(self, theme: Theme, promise: Promise, parent: QWidget | None = None) -> None:
        super().__init__(theme, promise.words, parent)
        self._promise = promise
        self.setAccessibleName(f"{promise.words}, {promise.more}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.line("second") + self.theme.line("hint") + self.theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = smooth(self), self.theme, self.theme.px
        if self.is_hot:
            rounded(painter, self.rect(), px(8), theme.color("hover"))
        side, first, second = px(18), theme.line("second"), theme.line("hint")
        mark = QRect(px(8), (self.height() - side) // 2, side, side)
        paint_icon(painter, mark, self._promise.icon, theme.color("ink2"))
        left = mark.right() + 1 + px(10)
        room = QRect(left, (self.height() - first - second) // 2, self.width() - left - px(8), first)
        text(painter, room, self._promise.words, theme, "choice")
        room = QRect(left, room.bottom() + 1, room.width(), second)
        text(painter, room, self._promise.more, theme, "hint", "ink2")
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, radius=8)
        painter.end()


class PromisesCard(CardFrame):
    """Hidden while nothing waits."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, quiet=True, parent=parent)
        self._workspace = workspace
        self.setAccessibleName("Promises to keep")
        self.rows: list[PromiseRow] = []
        self._column = QVBoxLayout(self)
        self._title = Label(self.theme, "Promises to keep", "section")
        self._column.addWidget(self._title)
        self.hide()
        self.retheme()

    def refresh(self) -> None:
        """Read the counts, in the background."""
        self._workspace.read("today.promises", read_counts, self.show_counts, aside=True)

    def show_counts(self, counts: PromiseCounts) -> None:
        """Show a line for each kind that waits."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for promise in promises_of(counts):
            row = PromiseRow(self.theme, promise)
            row.clicked.connect(partial(self._go, promise.tab))
            self.rows.append(row)
            self._column.addWidget(row)
        self.setVisible(bool(self.rows))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.M), px(Space.M), px(Space.M), px(Space.M))
        self._column.setSpacing(0)
        self._title.setIndent(px(8))
        super().retheme()

    def _go(self, tab: str, _checked: bool = False) -> None:
        self._workspace.go(Place("promises", tab=tab))
