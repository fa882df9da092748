"""What is due about a request, reminders to tick off, and a line to add one."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher.triage import Due
from matcher_ui.dates import away, day_words
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.fields import prepare
from matcher_ui.widgets.labels import Label

AHEAD_DAYS = 7


class RemindersCard(CardFrame):
    """``finished`` carries the number of a reminder, ``added`` its day and words."""

    finished = Signal(int)
    added = Signal(object, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, quiet=True, parent=parent)
        self._lines: list[QWidget] = []
        self.about, self.on = QLineEdit(), QDateEdit()
        self.about.setPlaceholderText("Remind me to …")
        self.about.setAccessibleName("What to be reminded of")
        self.on.setAccessibleName("The day of the reminder")
        self.on.setCalendarPopup(True)
        prepare(theme, self.on)
        self.add = Button(theme, "Remind me")
        self._column, self._list, self._row = QVBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        self._column.addWidget(Label(theme, "What is due", "label", "ink2"))
        self._column.addLayout(self._list)
        self._row.addWidget(self.about, 1)
        self._row.addWidget(self.on)
        self._row.addWidget(self.add)
        self._column.addLayout(self._row)
        self.add.clicked.connect(self._add)
        self.about.returnPressed.connect(self._add)
        self.about.textChanged.connect(self._mark)
        self._mark()
        self.retheme()

    def show_due(self, due: Sequence[Due], today: date) -> None:
        """List what is due."""
        for line in self._lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(one, today) for one in due]
        for line in self._lines:
            self._list.addWidget(line)
        if not self.about.text():
            ahead = today + timedelta(days=AHEAD_DAYS)
            self.on.setDate(QDate(ahead.year, ahead.month, ahead.day))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.M), px(Space.M), px(Space.M), px(Space.M))
        self._column.setSpacing(px(Space.S))
        self._list.setSpacing(px(Space.XS))
        self._row.setSpacing(px(Space.S))
        super().retheme()

    def _line(self, due: Due, today: date) -> Part:
        line = Part(self.theme)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.px(Space.S))
        late = due.on < today
        words = f"{day_words(due.on, today)}, {away(due.on, today)}"
        row.addWidget(Label(self.theme, due.what, "second", wrap=True), 1)
        row.addWidget(Label(self.theme, words, "count", "stop" if late else "ink2"), 0, Qt.AlignmentFlag.AlignTop)
        if due.kind == "reminder":
            done = Button(self.theme, "Done", "link")
            done.setAccessibleName(f"Done: {due.what}")
            done.clicked.connect(lambda _on=False, number=due.id: self.finished.emit(number))
            row.addWidget(done, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _mark(self) -> None:
        self.add.set_unavailable(None if self.about.text().strip() else "Write what to be reminded of")

    def _add(self) -> None:
        words, day = self.about.text().strip(), self.on.date()
        if words:
            self.about.clear()
            self.added.emit(date(day.year(), day.month(), day.day()), words)
