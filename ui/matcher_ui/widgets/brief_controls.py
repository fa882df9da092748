"""The controls of a brief's form that are more than one box: a day that may be missing, people, money, ticks."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from matcher.clock import today
from matcher.model import Payment, PeopleWanted
from matcher_ui.brief_words import amount_words
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import IconButton
from matcher_ui.widgets.fields import NumberDot, prepare
from matcher_ui.widgets.labels import Label

E = TypeVar("E", bound=StrEnum)
NO_DAY = QDate(1900, 1, 1)
MOST_PEOPLE, MOST_MINUTES = 9_999, 10_000
FIELD_HEIGHT = 36
PAYMENT_KINDS = ("", "voucher", "bank transfer", "cash", "fee", "prize draw", "expenses", "unpaid")


class Choice(QComboBox):
    """One of a closed list, in plain words."""

    def __init__(self, words: Mapping[E, str]) -> None:
        super().__init__()
        for value, label in words.items():
            self.addItem(label, value)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def show_value(self, value: StrEnum) -> None:
        self.setCurrentIndex(self.findData(value))


class _DayEdit(QDateEdit):
    """A date box that may be empty; the first key or step starts from today."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().isdigit() or event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if typed and self.date() == NO_DAY:
            self.setDate(_as_qdate(today()))
            self.setSelectedSection(QDateEdit.Section.DaySection)
            if not event.text().isdigit():
                return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves an empty box at once: Qt looks for day, month and year in its words, and would stay."""
        if self.date() == NO_DAY:
            return QWidget.focusNextPrevChild(self, forward)
        return super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.date() == NO_DAY:
            self.calendarWidget().setCurrentPage(today().year, today().month)

    def stepBy(self, steps: int) -> None:
        if self.date() == NO_DAY:
            self.setDate(_as_qdate(today()))
        else:
            super().stepBy(steps)


class DayField(Part):
    """A day, or “No date given”."""

    changed = Signal()

    def __init__(self, theme: Theme, none: str = "No date given", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.edit = _DayEdit()
        self.edit.setCalendarPopup(True)
        self.edit.setMinimumDate(NO_DAY)
        self.edit.setSpecialValueText(none)
        self._clear = IconButton(theme, "cross", none)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        _fill(self.edit)
        self._row.addWidget(self.edit, 1)
        self._row.addWidget(self._clear)
        self.setFocusProxy(self.edit)
        self._clear.clicked.connect(lambda: self.show_day(None))
        self.edit.dateChanged.connect(self._changed)
        self.show_day(None)
        self.retheme()

    def day(self) -> date | None:
        shown = self.edit.date()
        return None if shown == NO_DAY else date(shown.year(), shown.month(), shown.day())

    def show_day(self, day: date | None) -> None:
        self.edit.setDate(_as_qdate(day) if day else NO_DAY)
        self._clear.setVisible(day is not None)

    def retheme(self) -> None:
        self.setFixedHeight(self.theme.px(FIELD_HEIGHT))
        self._clear.setFixedWidth(self.theme.px(24))
        super().retheme()

    def _changed(self) -> None:
        self._clear.setVisible(self.day() is not None)
        self.changed.emit()


class PeopleField(Part):
    """From how many to how many people; “–” where it is not said."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.least, self.most = QSpinBox(), QSpinBox()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.least, 1)
        self._row.addWidget(Label(theme, "to", "second", "ink2"))
        self._row.addWidget(self.most, 1)
        for box, name in ((self.least, "People wanted, at least"), (self.most, "People wanted, at most")):
            box.setRange(0, MOST_PEOPLE)
            box.setSpecialValueText("–")
            _fill(box)
            box.valueChanged.connect(self.changed)
            prepare(theme, box)
            box.setAccessibleName(name)
        self.setFocusProxy(self.least)
        self.retheme()

    def value(self, before: PeopleWanted) -> PeopleWanted:
        """What stands here, with what ``before`` said besides."""
        least, most = self.least.value() or None, self.most.value() or None
        same = (least, most) == (before.min, before.max)
        return PeopleWanted(least, most, before.per_place, before.text if same else "")

    def show_value(self, people: PeopleWanted) -> None:
        self.least.setValue(people.min or 0)
        self.most.setValue(people.max or 0)

    def problem(self) -> str:
        """What is wrong with it, in a few words; empty when nothing is."""
        both = self.least.value() and self.most.value()
        return "The first number is the larger one" if both and self.least.value() > self.most.value() else ""

    def retheme(self) -> None:
        self._row.setSpacing(self.theme.px(Space.S))
        self.setFixedHeight(self.theme.px(FIELD_HEIGHT))
        super().retheme()


class MinutesField(Part):
    """How many minutes it takes, or “Not said”."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.box = QSpinBox()
        self.box.setRange(0, MOST_MINUTES)
        self.box.setSuffix(" minutes")
        self.box.setSpecialValueText("Not said")
        _fill(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.valueChanged.connect(self.changed)
        self.retheme()

    def retheme(self) -> None:
        self.setFixedHeight(self.theme.px(FIELD_HEIGHT))
        super().retheme()


class PaymentField(Part):
    """A sum and what kind of payment it is."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.amount, self.kind = QLineEdit(), QComboBox()
        self.amount.setPlaceholderText("£")
        self.kind.setEditable(True)
        self.kind.addItems(list(PAYMENT_KINDS))
        self.kind.setMinimumContentsLength(3)
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        prepare(theme, self.kind)
        self.kind.setAccessibleName("Kind of payment")
        line = self.kind.lineEdit()
        if line is not None:
            line.setAccessibleName("Kind of payment")
            line.setPlaceholderText("Kind")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.amount)
        self._row.addWidget(self.kind, 1)
        self.setFocusProxy(self.amount)
        self.amount.textChanged.connect(self.changed)
        self.kind.currentTextChanged.connect(self.changed)
        self.retheme()

    def value(self, before: Payment) -> Payment:
        """What stands here, with what ``before`` said besides."""
        amount, kind = self._number(), self.kind.currentText().strip()
        same = (amount, kind) == (before.amount, before.kind)
        text = before.text if same else ""
        return Payment(amount, before.currency, kind, before.per, before.expenses, text)

    def show_value(self, payment: Payment) -> None:
        self.amount.setText(amount_words(payment))
        self.kind.setCurrentText(payment.kind)
        line = self.kind.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def problem(self) -> str:
        """What is wrong with it, in a few words; empty when nothing is."""
        return "Not a sum: write it like £25" if self._digits() and self._number() is None else ""

    def retheme(self) -> None:
        self._row.setSpacing(self.theme.px(Space.S))
        self.amount.setFixedWidth(self.theme.px(60))
        self.kind.setMinimumWidth(self.theme.px(64))
        super().retheme()

    def _digits(self) -> str:
        words = self.amount.text().replace(",", "").strip()
        return words.strip("£€$ ").removesuffix("EUR").removesuffix("USD").removesuffix("GBP").strip()

    def _number(self) -> float | None:
        try:
            number = float(self._digits())
        except ValueError:
            return None
        return number if 0 <= number < float("inf") else None


class Tick(Part):
    """A tick box with the dot of the phrase it was read from."""

    changed = Signal()

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.box, self._dot = QCheckBox(words), NumberDot(theme)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.box)
        self._row.addWidget(self._dot)
        self._row.addStretch(1)
        self.setFocusProxy(self.box)
        self.box.toggled.connect(self.changed)
        self.retheme()

    def retheme(self) -> None:
        self._row.setSpacing(self.theme.px(Space.S))
        super().retheme()

    def set_number(self, number: int | None, *, care: bool = False) -> None:
        self._dot.set_number(number, care=care)


def _fill(box: QWidget) -> None:
    """Let a box take the height of its field and any width: the style sheet keeps only its least height."""
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)


def _as_qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
