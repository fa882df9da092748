"""While a backup is being put back: what is happening, and how far it is."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from matcher_ui.jobs import Job
from matcher_ui.pages.opening.gate import GateColumn
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.paint import rounded, smooth


class RestoringPage(GateColumn):
    """It cannot be stopped half-way, and need not be: until the last step the store is as it was."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Putting the backup back", "", icon="undo", parent=parent)
        self.bar = _Bar(theme)
        self.column.addWidget(self.bar)

    def follow(self, job: Job) -> None:
        """Show how far a job is."""
        self.line.setText("Until it is done, everything stays as it is.")
        self.bar.show_share(0)
        job.progressed.connect(self._show)

    def _show(self, done: int, total: int, what: str) -> None:
        self.line.setText(f"{what}…")
        self.bar.show_share(done / total if total else 0)


class _Bar(Part):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._share = 0.0
        self.setAccessibleName("How far it is")

    def show_share(self, share: float) -> None:
        self._share = share
        self.setAccessibleDescription(f"{share:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(480), self.theme.px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, radius = smooth(self), self.height() / 2
        rounded(painter, self.rect(), radius, self.theme.color("rest"))
        filled = self.rect()
        filled.setWidth(round(self.width() * max(self._share, 0.04)))
        rounded(painter, filled, radius, self.theme.color("accent"))
        painter.end()
