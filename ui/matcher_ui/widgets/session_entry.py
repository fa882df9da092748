"""A day to take part on, typed in place: when, what time and where."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QLineEdit, QVBoxLayout

from matcher.clock import today
from matcher.model import Session
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.sentence_list import Entry


class SessionEntry(Entry):
    """The day, its time and its place; what else was read of it is kept."""

    def __init__(self, theme: Theme, session: Session | None) -> None:
        super().__init__(theme)
        self._new, self._before = session is None, session or Session(today())
        on = self._before.on
        self.day, self.time, self.place = QDateEdit(QDate(on.year, on.month, on.day)), QLineEdit(), QLineEdit()
        self.day.setCalendarPopup(True)
        self.time.setText(self._before.time)
        self.place.setText(self._before.place)
        self._lay_out()
        self.setFocusProxy(self.day)

    def accept(self) -> None:
        """Hand over what is typed."""
        shown, before = self.day.date(), self._before
        on = date(shown.year(), shown.month(), shown.day())
        until = before.until if before.until and before.until >= on else None
        made = Session(on, until, self.time.text().strip(), self.place.text().strip(), before.remote, before.label)
        self.done.emit(made)

    def _lay_out(self) -> None:
        column, px = QVBoxLayout(self), self.theme.px
        column.setContentsMargins(px(Space.S), px(Space.S), px(Space.S), px(Space.S))
        column.setSpacing(px(Space.S))
        for label, control in (("Day", self.day), ("Time", self.time), ("Where", self.place)):
            column.addWidget(Field(self.theme, label, control))
        column.addLayout(self.buttons(self.accept, new=self._new))
        for line in (self.time, self.place):
            line.returnPressed.connect(self.accept)
