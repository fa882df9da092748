"""Second step of the welcome: the twelve recovery words, to be written down, printed or saved."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from matcher_ui.dialogs.choose_file import choose_where
from matcher_ui.pages.gate import GateColumn
from matcher_ui.theme import Theme
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.labels import Label

COLUMNS = 3
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
        self._sheet = ""
        self._card = CardFrame(theme)
        self._grid = QGridLayout(self._card)
        self._numbers: list[Label] = []
        self._words: list[Label] = []
        self.print_button = Button(theme, "Print…", icon="print")
        self.save_button = Button(theme, "Save…", icon="download")
        self.have_them = QCheckBox("I have written them down")
        self.go_on = Button(theme, "Go on", "main", tall=True)
        self.told = Banner(theme, "quiet")
        self._lay_out()
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.have_them.toggled.connect(self._may_go_on)
        self.go_on.clicked.connect(self._leave)

    def show_words(self, words: str, organisation: str) -> None:
        """Show the words of a store just made."""
        single = words.split()
        self._sheet = recovery_sheet(organisation, single)
        self._clear()
        rows = -(-len(single) // COLUMNS)
        for place, word in enumerate(single):
            number = Label(self.theme, f"{place + 1}", "number", "ink3")
            label = Label(self.theme, word, "panel_title")
            label.setAccessibleName(f"Word {place + 1}: {word}")
            row, column = place % rows, 2 * (place // rows)
            self._grid.addWidget(number, row, column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(label, row, column + 1)
            self._numbers.append(number)
            self._words.append(label)
        for column in range(1, 2 * COLUMNS, 2):
            self._grid.setColumnStretch(column, 1)
        self.have_them.setChecked(False)
        self._may_go_on(False)
        self.told.hide()

    def save_to(self, path: Path) -> None:
        """Write the words as a plain text file and say what that means."""
        try:
            path.write_text(self._sheet, encoding="utf-8")
        except OSError as error:
            self._tell("stop", f"That could not be saved: {error.strerror}. Choose another place.")
        else:
            self._tell(
                "care", f"Saved “{path.name}”. Anyone with that file can open your store: keep it elsewhere."
            )

    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "_grid"):
            px = self.theme.px
            self._grid.setContentsMargins(px(24), px(16), px(24), px(16))
            self._grid.setHorizontalSpacing(px(12))
            self._grid.setVerticalSpacing(px(8))

    def _tell(self, kind: str, words: str) -> None:
        self.told.set_message("stop" if kind == "stop" else "care", words)
        self.told.show()

    def _may_go_on(self, on: bool) -> None:
        self.go_on.set_unavailable(None if on else NOT_YET)

    def _leave(self) -> None:
        self._clear()
        self._sheet = ""
        self.written.emit()

    def _clear(self) -> None:
        for label in (*self._numbers, *self._words):
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._numbers.clear()
        self._words.clear()

    def _save(self) -> None:
        name = choose_where(self, "Save the recovery words", "Matcher recovery words.txt", "Text (*.txt)")
        if name:
            self.save_to(Path(name))

    def _print(self) -> None:
        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            page = QTextDocument()
            page.setPlainText(self._sheet)
            page.setDefaultFont(self.theme.font("panel_title"))
            page.print_(printer)

    def _lay_out(self) -> None:
        buttons, foot = QHBoxLayout(), QHBoxLayout()
        for button in (self.print_button, self.save_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        foot.addWidget(self.have_them)
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        for piece in (self._card, self.told):
            self.column.addWidget(piece)
        self.column.addLayout(buttons)
        self.add_gap(4)
        self.column.addLayout(foot)
        self.retheme()


def recovery_sheet(organisation: str, words: list[str]) -> str:
    """What is printed or saved."""
    lines = "\n".join(f"{number:>2}  {word}" for number, word in enumerate(words, start=1))
    return (
        f"Matcher: recovery words of {organisation}\n\n{lines}\n\n"
        "Typed in this order in place of the passphrase, they open the store.\n"
        "Keep this sheet away from the computer and show it to nobody.\n"
    )
