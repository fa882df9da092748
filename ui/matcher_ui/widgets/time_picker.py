"""Which days figures are about: this year, the last twelve months, everything, or from one day to another."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QWidget

from matcher import clock
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.fields import prepare
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label

SHORT = "d MMM yyyy"
YEAR, TWELVE, EVERYTHING, BETWEEN = "year", "twelve", "everything", "between"
_CHOICES = ((YEAR, "This year"), (TWELVE, "Last 12 months"), (EVERYTHING, "Everything"), (BETWEEN, "From – to"))
_IN_WORDS = {YEAR: "this year", TWELVE: "in the last 12 months", EVERYTHING: "so far", BETWEEN: "in this time"}


class TimePicker(Part):
    """``changed`` fires when other days are chosen."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.choice = Segmented(theme, "Which time", _CHOICES)
        self.since, self.until = QDateEdit(), QDateEdit()
        self._to = Label(theme, "to", "second", "ink2")
        self._flow = FlowLayout(self)
        for field, name in ((self.since, "First day"), (self.until, "Last day")):
            field.setCalendarPopup(True)
            field.setAccessibleName(name)
            prepare(theme, field)
            field.setDisplayFormat(SHORT)
        for part in (self.choice, self.since, self._to, self.until):
            self._flow.addWidget(part)
        self._between(date(clock.today().year, 1, 1), clock.today())
        self.choice.chosen.connect(self._turn)
        for field in (self.since, self.until):
            field.dateChanged.connect(lambda _day: self.changed.emit())
        self._show_days()
        self.retheme()

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first day, None for the very beginning, and the last, None for today."""
        today = clock.today()
        if self.choice.current == YEAR:
            return date(today.year, 1, 1), None
        if self.choice.current == TWELVE:
            return first_of_twelve_months(today), None
        if self.choice.current == EVERYTHING:
            return None, None
        return _day(self.since), _day(self.until)

    @property
    def in_words(self) -> str:
        """The time in a sentence: “asked this year”."""
        return _IN_WORDS[self.choice.current]

    def retheme(self) -> None:
        self._flow.setSpacing(self.theme.px(Space.S))
        for field in (self.since, self.until):
            field.setFixedWidth(self.theme.px(148))
        super().retheme()

    def _turn(self, _key: str) -> None:
        self._show_days()
        self.changed.emit()

    def _show_days(self) -> None:
        for part in (self.since, self._to, self.until):
            part.setVisible(self.choice.current == BETWEEN)
        self.updateGeometry()

    def _between(self, first: date, last: date) -> None:
        for field, day in ((self.since, first), (self.until, last)):
            field.setMaximumDate(QDate(last.year, last.month, last.day))
            field.setDate(QDate(day.year, day.month, day.day))


def first_of_twelve_months(day: date) -> date:
    """The first of the twelve months that end on a day."""
    after = day + timedelta(days=1)
    leap_day = (after.month, after.day) == (2, 29)
    return date(after.year - 1, 3, 1) if leap_day else after.replace(year=after.year - 1)


def _day(field: QDateEdit) -> date:
    found = field.date()
    return date(found.year(), found.month(), found.day())
