"""What came of one person's yes: which date, did they take part, were they paid, what did they say of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher import clock
from matcher.model import Outcome
from matcher.outreach import AskFact, AskRow, SessionRow
from matcher_ui.dates import day_words
from matcher_ui.pages.request.session_choice import SessionChoice
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.labels import ElidedLabel, Label

OUTCOMES = {
    Outcome.TOOK_PART: "Took part",
    Outcome.NOT_PICKED: "Was not picked",
    Outcome.CANCELLED_BY_REQUESTER: "The requester cancelled",
    Outcome.COULD_NOT_ATTEND: "Could not come, and said so",
    Outcome.DID_NOT_ATTEND: "Did not come",
}
_PAYMENTS = {AskFact.PAID: "Paid", AskFact.PAYMENT_DECLINED: "Did not want it"}
_EACH = 200


class ClosePerson(CardFrame):
    """``ended`` carries an Outcome or None, ``noted`` a fact and how, ``picked`` a date's key, ``told`` words."""

    ended = Signal(object)
    noted = Signal(object, str)
    picked = Signal(str)
    told = Signal(str)

    def __init__(self, theme: Theme, row: AskRow, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.row = row
        self._name = ElidedLabel(theme, "", "section")
        self.outcome, self.payment, self.session = QComboBox(), QComboBox(), SessionChoice()
        self.how, self.feedback = QLineEdit(), QLineEdit()
        self.how.setPlaceholderText("Such as: voucher by e-mail")
        self.feedback.setPlaceholderText("In their own words")
        self.expenses = Button(theme, "Expenses paid", icon="check")
        self.facts = Label(theme, "", "second", "ink2", wrap=True)
        self.session_field = Field(theme, "Which date", self.session)
        self._paid = Beside(
            theme, (Field(theme, "Payment", self.payment), Field(theme, "Paid how", self.how)), _EACH
        )
        self.outcome.addItem("Not known yet", None)
        for outcome, words in OUTCOMES.items():
            self.outcome.addItem(words, outcome)
        self._lay_out()
        self._connect()
        self.retheme()

    def show_row(self, row: AskRow, sessions: Sequence[SessionRow], *, unpaid: bool = False) -> None:
        """Show where it stands. ``unpaid``: it was said that nobody is paid, so nothing is asked about it."""
        another, self.row = row.id != self.row.id, row
        self.setAccessibleName(row.name)
        self._name.setText(row.name)
        for combo in (self.outcome, self.payment):
            combo.blockSignals(True)
        self.outcome.setCurrentIndex(max(self.outcome.findData(row.outcome), 0))
        self._show_payment(row)
        self.session.show_sessions(sessions, row.member_id)
        self.session_field.setVisible(bool(sessions))
        for combo in (self.outcome, self.payment):
            combo.blockSignals(False)
        took_part = row.outcome is Outcome.TOOK_PART
        for part in (self._paid, self.feedback_field, self.expenses):
            part.setVisible(took_part)
        self._paid.setVisible(took_part and (not unpaid or row.paid_on is not None))
        self.expenses.set_unavailable("Recorded already" if row.expenses_on else None)
        if another or not self.how.hasFocus():
            self.how.setText(row.paid_how)
        if another or not self.feedback.hasFocus():
            self.feedback.setText(row.feedback)
        self.facts.setText(facts_words(row))
        self.facts.setVisible(bool(self.facts.text()))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.L))
        self._column.setSpacing(px(Space.S))
        super().retheme()

    def _show_payment(self, row: AskRow) -> None:
        now = AskFact.PAID if row.paid_on else AskFact.PAYMENT_DECLINED if row.payment_declined_on else None
        self.payment.clear()
        if now is None:
            self.payment.addItem("Not yet", None)
        for fact, words in _PAYMENTS.items():
            self.payment.addItem(words, fact)
        self.payment.setCurrentIndex(max(self.payment.findData(now), 0))

    def _connect(self) -> None:
        self.outcome.activated.connect(self._end)
        self.payment.activated.connect(self._pay)
        self.session.picked.connect(self.picked)
        self.how.editingFinished.connect(self._say_how)
        self.feedback.editingFinished.connect(self._tell)
        self.expenses.clicked.connect(lambda: self.noted.emit(AskFact.EXPENSES, ""))

    def _end(self) -> None:
        value = self.outcome.currentData()
        self.ended.emit(Outcome(value) if value else None)

    def _pay(self) -> None:
        if value := self.payment.currentData():
            self.noted.emit(AskFact(value), self.how.text())

    def _say_how(self) -> None:
        if self.row.paid_on and self.how.text().strip() != self.row.paid_how:
            self.noted.emit(AskFact.PAID, self.how.text())

    def _tell(self) -> None:
        if self.feedback.text().strip() != self.row.feedback:
            self.told.emit(self.feedback.text())

    def _lay_out(self) -> None:
        theme = self.theme
        self._column, foot = QVBoxLayout(self), QHBoxLayout()
        self.feedback_field = Field(theme, "What they said of it", self.feedback)
        self._column.addWidget(self._name)
        self._column.addWidget(self.facts)
        came = Beside(theme, (self.session_field, Field(theme, "What came of it", self.outcome)), _EACH)
        for part in (came, self._paid, self.feedback_field):
            self._column.addWidget(part)
        foot.addWidget(self.expenses)
        foot.addStretch(1)
        self._column.addLayout(foot)


def facts_words(row: AskRow) -> str:
    """The dated facts: “Introduced on Tue 12 May. Paid on ….”."""
    today = clock.today()
    facts = (
        ("Introduced", row.introduced_on), ("Paid", row.paid_on),
        ("Did not want the payment", row.payment_declined_on), ("Expenses paid", row.expenses_on),
        ("Thanked", row.thanked_on), ("Told what came of it", row.heard_back_on),
    )  # fmt: skip
    return " ".join(f"{what} on {day_words(day, today)}." for what, day in facts if day)
