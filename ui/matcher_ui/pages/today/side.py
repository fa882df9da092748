"""The right side of Today: the last things done with their Undo."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from matcher.storage import BatchRow
from matcher_ui.dates import short_moment
from matcher_ui.step_words import done_words
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.workspace import Workspace


class LastThings(Part):
    """The last steps, each with Undo where it can be taken back."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.theme)
        self._workspace = workspace
        self._column = QVBoxLayout(self)
        self._column.addWidget(Label(self.theme, "Last things done", "section"))
        self._rows: list[_Step] = []
        self.retheme()

    def show_steps(self, steps: Sequence[BatchRow], titles: Mapping[str, str], today: date) -> None:
        """List the steps, the newest first."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_Step(self._workspace, step, done_words(step.what, titles), today) for step in steps]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(steps))

    @property
    def undo_buttons(self) -> list[Button]:
        """The Undo of each step that has one, the newest first."""
        return [row.undo for row in self._rows if row.undo is not None]

    def retheme(self) -> None:
        super().retheme()
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.S), px(Space.M), 0)
        self._column.setSpacing(px(Space.XS))


class _Step(Part):
    def __init__(self, workspace: Workspace, step: BatchRow, words: str, today: date) -> None:
        super().__init__(workspace.theme)
        theme = self.theme
        self.undo: Button | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(Space.S))
        self._when = Label(theme, short_moment(step.at, today), "hint", "ink2")
        row.addWidget(self._when)
        row.addWidget(ElidedLabel(theme, words, "second", "ink3" if step.undone else "ink"), 1)
        if step.can_undo:
            self.undo = Button(theme, "Undo", "link")
            self.undo.setAccessibleName(f"Undo: {words}")
            self.undo.clicked.connect(lambda: workspace.undo(step.id))
            row.addWidget(self.undo)
        elif step.undone:
            row.addWidget(Label(theme, "Undone", "hint", "ink3"))
        self.retheme()

    def retheme(self) -> None:
        self._when.setFixedWidth(self.theme.px(40))
        self.setMinimumHeight(self.theme.px(28))
        super().retheme()
