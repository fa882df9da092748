"""Pairs of records that may be one person, one pair at a time, side by side."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matcher.directory import MemberPage, Merged, PossiblySame, member_page, merge_members, say_not_the_same
from matcher.storage.store import Store
from matcher_ui.models.compare import compared, values_of
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.choices import Segmented
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
        self._asked_for: PossiblySame | None = None
        theme = self.theme
        self._title = Label(theme, "Are these the same person?", "section")
        self._why = Label(theme, "", "second", "ink2", wrap=True)
        self.sides = SideBySide(theme)
        self.keep = Segmented(theme, "Where they differ, keep", [("one", "the left"), ("other", "the right")])
        self._keep_label = Label(theme, "Where they differ, keep", "second", "ink2")
        self.same = Button(theme, "The same person", "main")
        self.two = Button(theme, "Two people")
        self.later = Button(theme, "Decide later", "quiet")
        self._close = Button(theme, "Back to the table", "link")
        self._lay_out()
        self.same.clicked.connect(self._merge)
        self.two.clicked.connect(self._keep_both)
        self.later.clicked.connect(self._put_off)
        self._close.clicked.connect(self._leave)
        self.retheme()

    @property
    def pair(self) -> PossiblySame | None:
        """The pair shown: the one she asked for, else the next that looks alike."""
        if self._asked_for is not None:
            return self._asked_for
        return next((pair for pair in self._pairs if pair not in self._later), None)

    def set_pairs(self, pairs: Sequence[PossiblySame]) -> None:
        """These are the pairs now; ``closed`` when the last one was decided while they are shown."""
        self._pairs = tuple(pairs)
        if self.isVisible() and self._asked_for is None:
            self.show_next()

    def set_pair(self, pair: PossiblySame) -> None:
        """Show this pair only, which she chose herself."""
        self._asked_for = pair

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
        self._column.setSpacing(px(Space.S))
        self._row.setSpacing(px(Space.M))
        self._kept.setSpacing(px(Space.M))
        super().retheme()

    def _show(self, pair: PossiblySame, one: MemberPage, other: MemberPage) -> None:
        left = len([p for p in self._pairs if p not in self._later])
        rest = f" {left - 1} more after this." if left > 1 and self._asked_for is None else ""
        alike = f"They look alike: {pair.why}." if pair.why else "You chose these two."
        self._why.setText(f"{alike}{rest} Merging can be undone; a no of either stays a no.")
        self.sides.show_records(
            f"{one.name}, M{one.id}", f"{other.name}, M{other.id}", compared(values_of(one), values_of(other))
        )
        self.keep.set_current("other" if _heard(other) > _heard(one) else "one")

    def _merge(self) -> None:
        pair = self.pair
        if pair is None:
            return
        keep, away = (pair.one, pair.other) if self.keep.current == "one" else (pair.other, pair.one)

        def done(merged: Merged) -> None:
            self._decided()
            self.workspace.say(f"M{merged.away} now stands under M{merged.kept}.", merged.batch)

        self._busy(True)
        job = self.workspace.write(
            lambda store, _progress: merge_members(store, keep, away), done, what="Merging two records"
        )
        job.ended.connect(lambda: self._busy(False))

    def _keep_both(self) -> None:
        pair = self.pair
        if pair is None:
            return

        def done(batch: int) -> None:
            self._decided()
            self.workspace.say("Kept as two people. They are not offered again.", batch)

        self._busy(True)
        job = self.workspace.write(
            lambda store, _progress: say_not_the_same(store, pair.one, pair.other), done, what="Keeping two people"
        )
        job.ended.connect(lambda: self._busy(False))

    def _decided(self) -> None:
        """A pair she chose herself is done with; the others follow one by one as they are read again."""
        if self._asked_for is not None:
            self._asked_for = None
            self.closed.emit()

    def _put_off(self) -> None:
        if self._asked_for is not None:
            self._decided()
            return
        if self.pair is not None:
            self._later.add(self.pair)
        self.show_next()

    def _leave(self) -> None:
        self._asked_for = None
        self.closed.emit()

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
        self._kept = QHBoxLayout()
        self._kept.addWidget(self._keep_label)
        self._kept.addWidget(self.keep)
        self._kept.addStretch(1)
        self._column.addLayout(self._kept)
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


def _heard(page: MemberPage) -> str:
    """When they last answered, to compare by; nobody is later than somebody."""
    answer = values_of(page)["last_answer_at"]
    return answer.isoformat() if answer else ""
