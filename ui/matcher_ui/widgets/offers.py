"""What is offered below a line while somebody types into it."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyledItemDelegate

from matcher_ui.theme import Theme


class Offers(QCompleter):
    """Offers those words that hold what is typed, in a list that wears the theme."""

    def __init__(self, theme: Theme, line: QLineEdit) -> None:
        super().__init__(line)
        self.theme = theme
        self._words = QStringListModel(self)
        self.setModel(self._words)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self._shown = QListView()
        self.setPopup(self._shown)
        self._shown.setProperty("offers", True)
        self._shown.setItemDelegate(QStyledItemDelegate(self._shown))  # the usual one ignores the style sheet
        theme.changed.connect(self.retheme)
        self.retheme()
        line.setCompleter(self)

    def offer(self, words: Iterable[str]) -> None:
        """Offer these from now on."""
        self._words.setStringList(list(words))

    def retheme(self) -> None:
        """Its list is a window of its own, which nothing else dresses."""
        self.theme.dress(self._shown)
