"""Second step of the welcome: the twelve recovery words, to be written down, printed or saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from matcher_ui.pages.opening.gate import GateColumn
from matcher_ui.theme import Theme
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.word_sheet import WordSheet

NOT_YET = "Tick that you have them first"


class WordsStep(GateColumn):
    """``written`` fires when she has the words and goes on."""

    written = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            "Twelve words that open your store",
            "If the passphrase is ever forgotten, only these words help. They are shown this once: write them down "
            "and keep them away from this computer.",
            icon="key",
            parent=parent,
        )
        self.sheet = WordSheet(theme)
        self.have_them = QCheckBox("I have written them down")
        self.go_on = Button(theme, "Go on", "main", tall=True)
        self._lay_out()
        self.have_them.toggled.connect(self._may_go_on)
        self.go_on.clicked.connect(self._leave)

    def show_words(self, words: str, organisation: str) -> None:
        """Show the words of a store just made."""
        self.sheet.show_words(words, organisation)
        self.have_them.setChecked(False)
        self._may_go_on(False)

    def _may_go_on(self, on: bool) -> None:
        self.go_on.set_unavailable(None if on else NOT_YET)

    def _leave(self) -> None:
        self.sheet.clear()
        self.written.emit()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.have_them)
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        self.column.addWidget(self.sheet)
        self.add_gap(4)
        self.column.addLayout(foot)
