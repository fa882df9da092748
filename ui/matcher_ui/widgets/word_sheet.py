"""Twelve recovery words on a card, to be written down, printed or saved; they are forgotten with `clear`."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from matcher.files.writers.plain_documents import html_document
from matcher_ui.dialogs.choose_file import choose_where
from matcher_ui.pdf import draw_on
from matcher_ui.printing import NO_PRINTER, choose_printer, has_printer
from matcher_ui.shortcuts import PRINT
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.labels import Label

COLUMNS = 3


class WordSheet(Part):
    """The words in columns, with Print and Save under them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._sheet = ""
        self._card = CardFrame(theme)
        self._grid = QGridLayout(self._card)
        self._labels: list[Label] = []
        self.print_button = Button(theme, "Print…", icon="print")
        self.save_button = Button(theme, "Save…", icon="download")
        self.told = Banner(theme, "quiet")
        self._lay_out()
        self.print_button.clicked.connect(self._print)
        press_by_key(self.print_button, PRINT)
        self.save_button.clicked.connect(self._save)

    @property
    def words(self) -> str:
        """The words shown, in order."""
        return " ".join(label.text() for label in self._labels[1::2])

    def show_words(self, words: str, organisation: str) -> None:
        """Show words that were just made."""
        self.clear()
        single = words.split()
        self._sheet = recovery_sheet(organisation, single)
        rows = -(-len(single) // COLUMNS)
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, word in enumerate(single):
            number, label = (
                Label(self.theme, f"{place + 1}", "number", "ink3"),
                Label(self.theme, word, "panel_title"),
            )
            label.setAccessibleName(f"Word {place + 1}: {word}")
            row, column = place % rows, 2 * (place // rows)
            self._grid.addWidget(number, row, column, Qt.AlignmentFlag.AlignRight | middle)
            self._grid.addWidget(label, row, column + 1)
            self._labels += [number, label]
        for column in range(1, 2 * COLUMNS, 2):
            self._grid.setColumnStretch(column, 1)

    def clear(self) -> None:
        """Forget the words."""
        self._sheet = ""
        self.told.hide()
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels.clear()

    def save_to(self, path: Path) -> None:
        """Write the words as a plain text file and say what that means."""
        try:
            path.write_text(self._sheet, encoding="utf-8")
        except OSError as error:
            self.told.set_message("stop", f"That could not be saved: {error.strerror}. Choose another place.")
        else:
            words = f"Saved “{path.name}”. Anyone with that file can open your store: keep it elsewhere."
            self.told.set_message("care", words)
        self.told.show()

    def retheme(self) -> None:
        super().retheme()
        px = self.theme.px
        self._grid.setContentsMargins(px(Space.PAGE), px(Space.L), px(Space.PAGE), px(Space.L))
        self._grid.setHorizontalSpacing(px(Space.M))
        self._grid.setVerticalSpacing(px(Space.S))
        self._column.setSpacing(px(Space.M))

    def _save(self) -> None:
        name = choose_where(self, "Save the recovery words", "Matcher recovery words.txt", "Text (*.txt)")
        if name:
            self.save_to(Path(name))

    def _print(self) -> None:
        if not has_printer():
            self.told.set_message("care", f"{NO_PRINTER} Write the words down, or save them.")
            self.told.show()
        elif (printer := choose_printer(self, "Recovery words")) is not None:
            draw_on(printer, html_document(self._sheet))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.print_button, self.save_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._card)
        self._column.addWidget(self.told)
        self._column.addLayout(buttons)
        self.told.hide()
        self.retheme()


def recovery_sheet(organisation: str, words: list[str]) -> str:
    """What is printed or saved."""
    lines = "\n".join(f"{number:>2}  {word}" for number, word in enumerate(words, start=1))
    return (
        f"Matcher: recovery words of {organisation}\n\n{lines}\n\n"
        "Typed in this order in place of the passphrase, they open the store.\n"
        "Keep this sheet away from the computer and show it to nobody.\n"
    )
