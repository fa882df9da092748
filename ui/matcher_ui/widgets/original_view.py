"""The original of a request beside its form: what it is called, who sent it when, its text, what came with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.card import CardFrame, Hairline
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.marked_text import Mark, original


@dataclass(frozen=True, slots=True)
class Letter:
    """What is shown of an original; ``enclosed`` are (name, what was read of it)."""

    title: str
    text: str
    sender: str = ""
    when: str = ""
    enclosed: tuple[tuple[str, str], ...] = ()


class OriginalView(CardFrame):
    """The card. ``chosen`` carries the number of a phrase that was pressed."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._title = ElidedLabel(theme, "", "section")
        self._sender, self._when = ElidedLabel(theme, "", "second", "ink2"), Label(theme, "", "second", "ink2")
        self.text = original(theme)
        self._enclosed = _Enclosed(theme)
        self._column, self._head = QVBoxLayout(self), QVBoxLayout()
        for line in (self._title, self._sender, self._when):
            self._head.addWidget(line)
        self._line = QHBoxLayout()
        self._line.addWidget(Hairline(theme))
        self._column.addLayout(self._head)
        self._column.addLayout(self._line)
        self._column.addWidget(self.text, 1)
        self._column.addWidget(self._enclosed)
        self.text.chosen.connect(self.chosen)
        self.retheme()

    def show_letter(self, letter: Letter, marks: Sequence[Mark]) -> None:
        """Show another original from its beginning."""
        self._title.setText(letter.title)
        for line, words in ((self._sender, letter.sender), (self._when, letter.when)):
            line.setText(words)
            line.setVisible(bool(words))
        self._title.setVisible(bool(letter.title))
        self.text.show_text(letter.text, marks)
        self.text.verticalScrollBar().setValue(0)
        self._enclosed.show_files(letter.enclosed)

    def set_current(self, number: int | None) -> None:
        """Ring the phrase with this number."""
        self.text.set_current(number)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.S), px(Space.S))
        self._column.setSpacing(px(Space.XS))
        # the text itself stands as far in
        self._head.setContentsMargins(px(Space.XS), 0, px(Space.S), px(Space.S))
        self._line.setContentsMargins(px(Space.XS), 0, px(Space.S), 0)
        self._head.setSpacing(0)
        super().retheme()


class _Enclosed(Part):
    """What came with it and whether it could be read."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, theme.px(Space.M), 0)
        self._lines: list[QWidget] = []
        self.setAccessibleName("What came with it")

    def show_files(self, files: Sequence[tuple[str, str]]) -> None:
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [Hairline(self.theme), *(_File(self.theme, *file) for file in files)] if files else []
        for line in self._lines:
            self._column.addWidget(line)
        self.setAccessibleDescription("; ".join(f"{name}: {read}" for name, read in files))
        self.setVisible(bool(files))


class _File(Part):
    """An attachment with what was read of it."""

    def __init__(self, theme: Theme, name: str, read: str) -> None:
        super().__init__(theme)
        row, words = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(0, theme.px(Space.XS), 0, theme.px(Space.XS))
        row.setSpacing(theme.px(Space.M))
        words.setSpacing(0)
        row.addWidget(IconView(theme, "file", "ink2", 16), 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(ElidedLabel(theme, name, "second_name"))
        words.addWidget(Label(theme, read, "hint", "ink2", wrap=True))
        row.addLayout(words, 1)
