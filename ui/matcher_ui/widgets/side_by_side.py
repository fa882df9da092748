"""Two records beside each other, or one alone; where two differ is said by a mark as well as by weight."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from matcher_ui.models.compare import Compared
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.labels import Label, breakable


class SideBySide(CardFrame):
    """A card with a line for every fact: what it is, and what each record says."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._labels: list[Label] = []
        self.retheme()

    def show_records(self, one: str, other: str, rows: Sequence[Compared]) -> None:
        """``one`` and ``other`` are the headings of the two records; without ``other`` there is only one."""
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels.clear()
        self._add(0, 1, one, "second_name", "ink")
        if other:
            self._add(0, 2, other, "second_name", "ink")
        for place, row in enumerate(rows, start=1):
            self._add(place, 0, row.label, "second", "ink2")
            role = "second_name" if row.differs else "second"
            self._add(place, 1, row.one or "–", role, "ink" if row.one else "ink3")
            if other:
                theirs = (f"≠ {row.other}" if row.differs else row.other) or "–"
                self._add(place, 2, theirs, role, "ink" if row.other else "ink3")
        self._grid.setColumnStretch(2, 1 if other else 0)
        differing = ", ".join(row.label for row in rows if row.differs) or "nothing"
        self.setAccessibleName(f"{one} and {other}" if other else one)
        self.setAccessibleDescription(f"They differ in: {differing}" if other else "")

    def retheme(self) -> None:
        px = self.theme.px
        self._grid.setContentsMargins(px(Space.L), px(Space.M), px(Space.L), px(Space.M))
        self._grid.setHorizontalSpacing(px(Space.L))
        self._grid.setVerticalSpacing(px(Space.XS))
        self._grid.setColumnMinimumWidth(0, px(96))
        super().retheme()

    def _add(self, row: int, column: int, words: str, role: str, ink: str) -> None:
        label = Label(self.theme, breakable(words), role, ink, wrap=True)
        self._labels.append(label)
        self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
