"""The calm page after a fault in the program: what happened, what was kept, and how to go on."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from matcher_ui.dialogs.choose_file import choose_where
from matcher_ui.pages.opening.gate import GateColumn
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.labels import Label

TITLE = "Matcher met something it did not expect"
ALL_THERE_IS = (
    "This is the whole report: what kind of fault, where in the program, and which versions. No names, no messages,"
    " nothing you typed. It stays on this computer until you send it to whoever helps you with Matcher."
)
REPORT = "matcher-report.txt"
_REPORT_HEIGHT = 180


class FaultPage(GateColumn):
    """``went_on`` and ``closed`` carry her choice; the report is written only where she says."""

    went_on = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        choose: Callable[[QWidget, str, str, str], str] = choose_where,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, TITLE, "", icon="info", width=600, parent=parent)
        self._choose = choose
        self.kept = Label(theme, "", "running", wrap=True)
        self.go_on = Button(theme, "Go on", "main", tall=True)
        self.close_all = Button(theme, "Close Matcher", tall=True)
        self.look_at = Button(theme, "Save a report…", "quiet", tall=True)
        self.explained = Label(theme, ALL_THERE_IS, "second_running", "ink2", wrap=True)
        self.report = QPlainTextEdit(readOnly=True)
        self.report.setAccessibleName("The report")
        self.report.setTabChangesFocus(True)
        self.save = Button(theme, "Save this report", icon="download")
        self.said = Label(theme, "", "second_running", wrap=True)
        self._buttons = QHBoxLayout()
        for button in (self.go_on, self.close_all, self.look_at):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self.column.addWidget(self.kept)
        self.add_gap(8)
        self.column.addLayout(self._buttons)
        self.column.addWidget(self.explained)
        self.column.addWidget(self.report)
        self.column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.said)
        self.go_on.clicked.connect(self.went_on)
        self.close_all.clicked.connect(self.closed)
        self.look_at.clicked.connect(self._look_at_report)
        self.save.clicked.connect(self._save)
        self.retheme()

    def show_fault(self, happened: str, kept: str, report: str, *, can_go_on: bool = True) -> None:
        """Say in plain words what happened and what was kept; ``report`` is shown before it can be saved."""
        self.line.setText(happened)
        self.kept.setText(kept)
        self.report.setPlainText(report)
        self.go_on.setVisible(can_go_on)
        for part in (self.explained, self.report, self.save, self.said):
            part.hide()
        self.look_at.show()

    def take_keyboard(self) -> None:
        """To the button that goes on."""
        (self.close_all if self.go_on.isHidden() else self.go_on).setFocus()

    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "_buttons"):
            self._buttons.setSpacing(self.theme.px(Space.S))
            self.report.setFixedHeight(self.theme.px(_REPORT_HEIGHT))

    def _look_at_report(self) -> None:
        self.look_at.hide()
        for part in (self.explained, self.report, self.save):
            part.show()
        self.save.setFocus()

    def _save(self) -> None:
        path = self._choose(self, "Save the report", REPORT, "Text (*.txt)")
        if not path:
            return
        try:
            Path(path).write_text(self.report.toPlainText(), encoding="utf-8")
        except OSError:
            self.said.setText("It could not be written there. Choose another folder.")
        else:
            self.said.setText(f"Saved as “{Path(path).name}”.")
        self.said.show()
