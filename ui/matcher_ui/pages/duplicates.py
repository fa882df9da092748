"""Pairs of records that may be one person, one pair at a time, side by side."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matcher.directory import MemberPage, Merged, PossiblySame, member_page, merge_members, say_not_the_same
from matcher.storage.store import Store
from matcher_ui.models.compare import compared, values_of
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.widgets.side_by_side import SideBySide
from matcher_ui.workspace import Workspace


class DuplicatesView(Part):
    """``closed`` when she wants to go back, or when no pair is left."""

    closed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        self._pairs: tuple[PossiblySame, ...] = ()
        self._later: set[PossiblySame] = set()
        theme = self.theme
        self._title = Label(theme, "Are these the same person?", "section")
        self._why = Label(theme, "", "second", "ink2", wrap=True)
        self.sides = SideBySide(theme)
        self.same = Button(theme, "The same person", "main")
        self.two = Button(theme, "Two people")
        self.later = Button(theme, "Decide later", "quiet")
        self._close = Button(theme, "Back to the table", "link")
        self._lay_out()
        self.same.clicked.connect(self._merge)
        self.two.clicked.connect(self._keep_both)
        self.later.clicked.connect(self._put_off)
        self._close.clicked.connect(self.closed)
        self.retheme()

    @property
    def pair(self) -> PossiblySame | None:
        """The pair shown."""
        return next((pair for pair in self._pairs if pair not in self._later), None)

    def set_pairs(self, pairs: Sequence[PossiblySame]) -> None:
        """These are the pairs now; ``closed`` when the last one was decided while they are shown."""
        self._pairs = tuple(pairs)
        if self.isVisible():
            self.show_next()

    def show_next(self) -> None:
        """Read the next pair and show it."""
        pair = self.pair
        if pair is None:
            self._later.clear()
            self.closed.emit()
            return
        self._busy(False)
        self.workspace.read("members.pair", partial(_both, pair), lambda pages: self._show(pair, *pages))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setSpacing(px(8))
        self._row.setSpacing(px(12))
        super().retheme()

    def _show(self, pair: PossiblySame, one: MemberPage, other: MemberPage) -> None:
        left = len([p for p in self._pairs if p not in self._later])
        rest = f" {left - 1} more after this." if left > 1 else ""
        self._why.setText(f"They look alike: {pair.why}.{rest} Merging can be undone; a no of either stays a no.")
        self.sides.show_records(
            f"{one.name}, M{one.id}", f"{other.name}, M{other.id}", compared(values_of(one), values_of(other))
        )

    def _merge(self) -> None:
        pair = self.pair
        if pair is None:
            return

        def done(merged: Merged) -> None:
            self.workspace.say(f"M{merged.away} now stands under M{merged.kept}.", merged.batch)

        self._busy(True)
        job = self.workspace.write(
            lambda store, _progress: merge_members(store, pair.one, pair.other), done, what="Merging two records"
        )
        job.ended.connect(lambda: self._busy(False))

    def _keep_both(self) -> None:
        pair = self.pair
        if pair is None:
            return
        self._busy(True)
        job = self.workspace.write(
            lambda store, _progress: say_not_the_same(store, pair.one, pair.other),
            lambda _none: self.workspace.say("Kept as two people. They are not offered again."),
            what="Keeping two people",
        )
        job.ended.connect(lambda: self._busy(False))

    def _put_off(self) -> None:
        if self.pair is not None:
            self._later.add(self.pair)
        self.show_next()

    def _busy(self, busy: bool) -> None:
        for button in (self.same, self.two, self.later):
            button.set_unavailable("Saving" if busy else None)

    def _lay_out(self) -> None:
        scroll = ScrollColumn(self.theme)
        scroll.set_margins(0, 0, 0, 0)
        self._column = scroll.column
        self._column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._title)
        self._column.addWidget(self._why)
        self._column.addWidget(self.sides)
        self._row = QHBoxLayout()
        for button in (self.same, self.two, self.later):
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._column.addLayout(self._row)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)


def _both(pair: PossiblySame, store: Store) -> tuple[MemberPage, MemberPage]:
    return member_page(store, pair.one), member_page(store, pair.other)
