"""The plan of a meet-up, and beside it what goes with it: the post, the calendar, its other dates."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from matcher.outreach.meetups import MeetupPage, MeetupRow
from matcher_ui.models.meetups import day_of, people_of
from matcher_ui.pages.meetups.form import MeetupForm
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.scroll_column import ScrollColumn

MORE_DATES, MOST_LISTED = 6, 8
_EACH, _ALONE, _MOST_WIDE = 336, 640, 1080


class MeetupPlanTab(Part):
    """``opened`` carries another date; ``calendar`` whether every date is wanted; ``called_off``, ``more``."""

    opened = Signal(int)
    calendar = Signal(bool)
    called_off = Signal()
    more = Signal(int)
    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.form = MeetupForm(theme)
        self.post = QPlainTextEdit()
        self.post.setAccessibleName("The text for the group and partners")
        self.copy = Button(theme, "Copy the post", icon="copy")
        self.save_one = Button(theme, "Calendar file…", icon="calendar")
        self.save_all = Button(theme, "Calendar file of every date…", icon="calendar")
        self.go_on = Button(theme, f"Plan {MORE_DATES} more dates", icon="plus")
        self.off = Button(theme, "Call it off…", "serious")
        self.dates: list[Button] = []
        self._dates = QVBoxLayout()
        self._scroll, self._body, self._ways = ScrollColumn(theme), QWidget(), FlowLayout()
        self._cards: list[tuple[CardFrame, QVBoxLayout]] = []
        self._lay_out()
        self.copy.clicked.connect(self._copy)
        self.save_one.clicked.connect(lambda: self.calendar.emit(False))
        self.save_all.clicked.connect(lambda: self.calendar.emit(True))
        self.go_on.clicked.connect(lambda: self.more.emit(MORE_DATES))
        self.off.clicked.connect(self.called_off)
        self.retheme()

    def start(self) -> None:
        """Only the form: nothing is planned yet."""
        self._right.hide()
        self._share_width()

    def show_page(self, page: MeetupPage, call: str, partners: Mapping[int, str]) -> None:
        """Show what is planned."""
        self._right.show()
        self._share_width()
        self.form.show_partners(partners)
        self.form.show_plan(page.plan)
        self.post.setPlainText(call)
        repeats = bool(page.row.every_weeks)
        for part in (self.save_all, self.go_on, self._date_card):
            part.setVisible(repeats)
        over = "It is over" if page.row.over else "It is called off already" if page.row.cancelled else None
        self.off.set_unavailable(over)
        self._show_dates(page)

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._share_width()
        self._ways.setSpacing(px(Space.S))
        self._dates.setSpacing(px(Space.XS))
        self._sides.setSpacing(px(Space.L))
        self.post.setFont(self.theme.font("second"))
        self.post.setMinimumHeight(px(200))
        for _card, column in self._cards:
            column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.CARD))
            column.setSpacing(px(Space.M))
        super().retheme()

    def _share_width(self) -> None:
        """Alone the form is no wider than reads well."""
        self._body.setMaximumWidth(self.theme.px(_ALONE if self._right.isHidden() else _MOST_WIDE))

    def _show_dates(self, page: MeetupPage) -> None:
        for button in self.dates:
            self._dates.removeWidget(button)
            button.hide()
            button.deleteLater()
        to_come = [row for row in page.dates if not row.over]
        shown = to_come[:MOST_LISTED] or page.dates[-MOST_LISTED:]
        self.dates = [self._date(row, page.row.id) for row in shown]
        for button in self.dates:
            self._dates.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _date(self, row: MeetupRow, shown: int) -> Button:
        told = "called off" if row.cancelled else people_of(row)
        button = Button(self.theme, f"{day_of(row)}: {told}", "link")
        button.set_unavailable("This one" if row.id == shown else None)
        button.clicked.connect(lambda: self.opened.emit(row.id))
        return button

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.post.toPlainText())
        self.copied.emit()

    def _lay_out(self) -> None:
        theme, outer = self.theme, QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        form = self._card()
        form[1].addWidget(self.form)
        post = self._card("Post for the group and partners")
        post[1].addWidget(Label(theme, "It names nobody but you and who helps.", "second", "ink2", wrap=True))
        post[1].addWidget(self.post)
        for button in (self.copy, self.save_one, self.save_all):
            self._ways.addWidget(button)
        post[1].addLayout(self._ways)
        dates = self._card("Dates")
        dates[1].addLayout(self._dates)
        dates[1].addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignLeft)
        self._date_card = dates[0]
        self._right, self._sides = QWidget(), QVBoxLayout()
        self._right.setLayout(self._sides)
        self._sides.setContentsMargins(0, 0, 0, 0)
        for card, _column in (post, dates):
            self._sides.addWidget(card)
        self._sides.addWidget(self.off, 0, Qt.AlignmentFlag.AlignLeft)
        self._sides.addStretch(1)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        left, left_column = QWidget(), QVBoxLayout()
        left.setLayout(left_column)
        left_column.setContentsMargins(0, 0, 0, 0)
        left_column.addWidget(form[0])
        left_column.addStretch(1)
        column.addWidget(Beside(theme, (left, self._right), _EACH))
        self._scroll.column.addWidget(self._body)
        self._scroll.column.addStretch(1)

    def _card(self, title: str = "") -> tuple[CardFrame, QVBoxLayout]:
        card = CardFrame(self.theme)
        column = QVBoxLayout(card)
        if title:
            column.addWidget(Label(self.theme, title, "section"))
        self._cards.append((card, column))
        return card, column
