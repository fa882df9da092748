"""One request or complaint in the list: by when, what was done, and what can be done next."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher.consent import RightsRow
from matcher.model import RightsKind
from matcher_ui.models.rights import ICONS, due_ink, due_words, fact_words, title_of
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Hairline
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label


class RightsCaseRow(Part):
    """``marked`` carries the field that gets today's day, or "back" to take the answer back; ``extended`` a reason.

    ``opened`` carries page or report.
    """

    marked = Signal(str)
    extended = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, case: RightsRow, today: date, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.case = case
        title, due = title_of(case), due_words(case, today)
        self.setAccessibleName(f"{title}. {due}")
        self.buttons: dict[str, Button] = {}
        self._flow = FlowLayout()
        self.why, self.sure = QLineEdit(), Button(theme, "Take two months more")
        self._longer = QWidget()
        self._column, self._words, self._row = QVBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        ink = due_ink(case, today)
        icon = "warning" if ink == "stop" else ICONS[case.kind]
        self._row.addWidget(IconView(theme, icon, ink, 18), 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._words, 1)
        self._words.addWidget(Label(theme, title, "name", wrap=True))
        self._words.addWidget(Label(theme, due, "second_name", ink, wrap=True))
        self._words.addWidget(Label(theme, fact_words(case, today), "second", "ink2", wrap=True))
        if case.note:
            self._words.addWidget(Label(theme, case.note, "second", wrap=True))
        self._words.addLayout(self._flow)
        self._words.addWidget(self._longer)
        self._column.addLayout(self._row)
        self._column.addWidget(Hairline(theme))
        self._add_buttons()
        self._lay_out_longer()
        self.retheme()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.S), 0, 0)
        self._column.setSpacing(px(Space.M))
        self._row.setSpacing(px(Space.M))
        self._words.setSpacing(px(Space.XS))
        self._flow.setSpacing(px(Space.S))
        super().retheme()

    def _add_buttons(self) -> None:
        case = self.case
        if case.settled is not None:
            self._mark("back", "Not answered after all", "quiet")
            return
        if case.kind is RightsKind.COMPLAINT and case.acknowledged is None:
            self._mark("acknowledged_on", "Acknowledged")
        if case.identity_checked is None:
            self._mark("identity_checked_on", "Identity checked")
        self._mark("settled_on", "Answered")
        if case.kind is not RightsKind.COMPLAINT and case.extended_to is None:
            longer = self._button("longer", "Takes longer…", "quiet")
            longer.clicked.connect(self._ask_why)
        if case.member_id is not None or case.requester_id is not None:
            self._open("page", "Open their page")
        if case.kind is RightsKind.ACCESS and (case.member_id or case.requester_id):
            self._open("report", "Everything held…")

    def _mark(self, key: str, words: str, kind: str = "plain") -> None:
        self._button(key, words, kind).clicked.connect(lambda: self.marked.emit(key))

    def _open(self, key: str, words: str) -> None:
        self._button(key, words, "quiet").clicked.connect(lambda: self.opened.emit(key))

    def _button(self, key: str, words: str, kind: str = "plain") -> Button:
        button = Button(self.theme, words, "quiet" if kind == "quiet" else "plain")
        button.setAccessibleName(f"{words}: {title_of(self.case)}")
        self.buttons[key] = button
        self._flow.addWidget(button)
        return button

    def _ask_why(self) -> None:
        self._longer.show()
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out_longer(self) -> None:
        row = QHBoxLayout(self._longer)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Field(self.theme, "Why it takes longer; they must be told", self.why), 1)
        row.addWidget(self.sure, 0, Qt.AlignmentFlag.AlignBottom)
        self.sure.clicked.connect(lambda: self.extended.emit(self.why.text()))
        self.why.returnPressed.connect(self.sure.click)
        self._longer.hide()
