"""A chaser or an update beside the request it carries on: the facts that differ, each to be taken over or not."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from matcher.triage import FieldChange
from matcher_ui.theme import Space, Theme
from matcher_ui.triage_words import change_words
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label


class MergeCard(CardFrame):
    """``merged`` carries the fields that are ticked; hidden when there is nothing to take over."""

    merged = Signal(list)
    kept = Signal()

    def __init__(self, theme: Theme, *, offers_to_keep: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._lines: list[QWidget] = []
        self.ticks: dict[str, QCheckBox] = {}
        self._title = Label(theme, "", "section", wrap=True)
        self._grid, self._column, self._ways = QGridLayout(), QVBoxLayout(self), FlowLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.merge = Button(theme, "Merge", "main" if offers_to_keep else "plain", icon="check")
        self.keep = Button(theme, "Keep both", "quiet")
        if not offers_to_keep:
            self.keep.hide()
        self._ways.addWidget(self.merge)
        self._ways.addWidget(self.keep)
        self._column.addWidget(self._title)
        self._column.addLayout(self._grid)
        self._column.addLayout(self._ways)
        self.merge.clicked.connect(
            lambda: self.merged.emit([name for name, tick in self.ticks.items() if tick.isChecked()])
        )
        self.keep.clicked.connect(self.kept)
        self.retheme()
        self.hide()

    def show_changes(self, changes: Sequence[FieldChange], into: int | None, title: str = "") -> None:
        """Offer these changes to the request ``into``; None hides the card."""
        for line in self._lines:
            self._grid.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines, self.ticks = [], {}
        if into is None:
            self.hide()
            return
        name = f"R{into}, “{title}”" if title else f"R{into}"
        said = "It changes:" if changes else "It changes no fact."
        self._title.setText(f"This carries on {name}. {said}")
        self.merge.setText(f"Merge into R{into}")
        self.merge.updateGeometry()
        if changes:
            self._add(0, 1, Label(self.theme, "Before", "label", "ink2"))
            self._add(0, 2, Label(self.theme, "Now", "label", "ink2"))
        for row, change in enumerate(changes, start=1):
            label, before, after = change_words(change)
            tick = QCheckBox(label)
            tick.setChecked(True)
            tick.setAccessibleDescription(f"Before: {before or 'not said'}. Now: {after or 'not said'}.")
            self.ticks[change.field] = tick
            self._add(row, 0, tick)
            self._add(row, 1, Label(self.theme, before or "Not said", "second", "ink2", wrap=True))
            self._add(row, 2, Label(self.theme, after or "Not said", "second_name", wrap=True))
        self.show()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.L), px(Space.M), px(Space.L), px(Space.L))
        self._column.setSpacing(px(Space.M))
        self._grid.setHorizontalSpacing(px(Space.L))
        self._grid.setVerticalSpacing(px(Space.S))
        self._ways.setSpacing(px(Space.S))
        super().retheme()

    def _add(self, row: int, column: int, part: QWidget) -> None:
        self._lines.append(part)
        self._grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignTop)
