"""Last step of the welcome: where to begin."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from matcher_ui.pages.opening.gate import ChoiceRow, GateColumn, OtherWays
from matcher_ui.theme import Theme
from matcher_ui.widgets.banner import Banner

CHOICES = (
    ("import", "spreadsheet", "Start with my spreadsheet", "Columns are recognised; you look before it is saved"),
    ("log", "mail", "Drop in a request", "An e-mail, a document or pasted text"),
    ("sample", "eye", "Look around with sample data", "Made-up people, kept apart from your own store"),
)  # fmt: skip


class NextStep(GateColumn):
    """``chosen`` carries import, log, sample or today. A file dropped on the window begins with that file."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            "Your store is ready",
            "Begin with what you have at hand, or drop a file on this window.",
            icon="check",
            parent=parent,
        )
        self._trouble = Banner(theme, "stop")
        self._trouble.hide()
        self.column.addWidget(self._trouble)
        self.rows: dict[str, ChoiceRow] = {}
        for key, icon, words, more in CHOICES:
            row = ChoiceRow(theme, icon, words, more)
            row.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self.rows[key] = row
            self.column.addWidget(row)
        self.add_gap(8)
        ways = OtherWays(theme, (("today", "Later: go to Today"),))
        ways.chosen.connect(self.chosen)
        self.column.addWidget(ways)

    def show_trouble(self, words: str) -> None:
        """Say in place why what was dropped was not taken."""
        self._trouble.set_message("stop", words)
        self._trouble.show()
