"""One item of a checklist: its question, where the text answers it, a note, and the four answers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher.model import CheckAnswer
from matcher.triage import CheckState
from matcher_ui.theme import Space, Theme
from matcher_ui.triage_words import ANSWER_MARKS, ANSWERS, check_words, place_words
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import ElidedLabel, Label

BESIDE = 620
LONGEST_NOTE = 400


class CheckRow(Part):
    """``answered`` carries a `CheckAnswer`, or None to go back to what the text says; ``noted`` the note."""

    answered = Signal(object)
    noted = Signal(str)

    def __init__(self, theme: Theme, state: CheckState, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.state = state
        self._mark = IconView(theme, "question", "care", 18)
        self._question = Label(theme, state.item.question, "medium", wrap=True)
        self._optional = Label(theme, "Good to know, not a must", "hint", "ink3")
        self._note = Label(theme, "", "second", "ink2", wrap=True)
        self._place = ElidedLabel(theme, "", "quote", "ink2")
        self.edit = QLineEdit()
        self.edit.setMaxLength(LONGEST_NOTE)
        self.edit.setPlaceholderText("What you found out")
        self.edit.setAccessibleName(f"Note on {state.item.short}")
        self.edit.hide()
        choices = [(answer.value, words) for answer, words in ANSWERS.items()]
        self.answers = Segmented(theme, state.item.short, choices)
        self.pencil = IconButton(theme, "pencil", f"Write a note on {state.item.short}")
        self.as_read = Button(theme, "As read", "link")
        self.as_read.setToolTip("Go back to what the text says")
        self.as_read.setAccessibleName(f"{state.item.short}: back to what the text says")
        self._lay_out()
        self.answers.chosen.connect(lambda key: self.answered.emit(CheckAnswer(key)))
        self.as_read.clicked.connect(lambda: self.answered.emit(None))
        self.pencil.clicked.connect(self.write_note)
        self.edit.editingFinished.connect(self._finish_note)
        self.show_state(state)
        self.retheme()

    def show_state(self, state: CheckState) -> None:
        """Show how the item stands now."""
        self.state = state
        self._mark.set_icon(*ANSWER_MARKS[state.answer])
        self.answers.set_current(state.answer.value)
        self._note.setText(state.note)
        self._note.setVisible(bool(state.note) and self.edit.isHidden())
        words = place_words(state)
        self._place.setText(words)
        self._place.setVisible(bool(words))
        self._optional.setVisible(not state.item.must)
        self.as_read.setVisible(state.by_her)
        self.setAccessibleName(check_words(state))
        self.setAccessibleDescription(words)

    def write_note(self) -> None:
        """Open the line for a note."""
        self.edit.setText(self.state.note)
        self.edit.show()
        self._note.hide()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def retheme(self) -> None:
        px = self.theme.px
        self._row.setContentsMargins(0, px(Space.S), 0, px(Space.S))
        self._row.setSpacing(px(Space.M))
        self._words.setSpacing(px(Space.XS))
        self._both.setSpacing(px(Space.S))
        self._end.setSpacing(px(Space.S))
        self._turn()
        super().retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        beside = self.width() >= self.theme.px(BESIDE)
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._both.direction() != wanted:
            self._both.setDirection(wanted)
            self.updateGeometry()

    def _finish_note(self) -> None:
        if self.edit.isHidden():
            return
        words = self.edit.text().strip()
        self.edit.hide()
        self._note.setVisible(bool(words))
        if words != self.state.note:
            self._note.setText(words)
            self.noted.emit(words)

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._row, self._words, self._end = QHBoxLayout(self), QVBoxLayout(), FlowLayout(one_line=True)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for line in (self._question, self._optional, self._note, self.edit, self._place):
            self._words.addWidget(line)
        for part in (self.answers, self.pencil, self.as_read):
            self._end.addWidget(part)
        self._both.addLayout(self._words, 1)
        self._both.addLayout(self._end)
        self._both.setAlignment(self._end, top)
        self._row.addWidget(self._mark, 0, top)
        self._row.addLayout(self._both, 1)
