"""How a list was made: when, by which rules, what each place was given for, whose lot came up, what it cost."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher.clock import LONDON, today
from matcher.matching.fair import Share
from matcher.matching.fair.history import Checked, PastDraw
from matcher_ui.dates import day_words
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Hairline
from matcher_ui.widgets.fields import Field, prepare
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.scroll_column import ScrollColumn

REASONS = (
    "Somebody on it cannot take part",
    "The request has changed",
    "Members joined or changed since",
    "I made it with the wrong settings",
)
_OTHER = "Another reason"
_SHARES = {Share.OFF: "off", Share.SOME: "some", Share.STRONG: "strong"}
_MARGINS = (Space.PAGE, Space.M, Space.PAGE, Space.CARD)


class HowMadeView(Part):
    """``checking`` asks to draw one once more (its number); ``redrawn`` carries the reason for other lots."""

    checking = Signal(int)
    redrawn = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._draws: tuple[PastDraw, ...] | None = None
        self._whole = False
        self.checked: dict[int, Label] = {}
        self.checks: dict[int, Button] = {}
        self.reason, self.own = QComboBox(), QLineEdit()
        self.redraw = Button(theme, "Draw the lots again", icon="undo")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._room: ScrollColumn | None = None
        self.show_draws(())

    def show_draws(self, draws: Sequence[PastDraw]) -> None:
        """Show every draw of a request, the newest first."""
        if tuple(draws) != self._draws:
            self._draws, self._whole = tuple(draws), False
            self._build()

    def show_checked(self, checked: Checked) -> None:
        """Say whether a draw gave the same list once more."""
        label = self.checked.get(checked.draw)
        if label is not None:
            words = "It was drawn once more from what was kept: the same list."
            label.setText(words if checked.same else "Not the same: " + " ".join(checked.differences))
            label.set_look(color="good" if checked.same else "stop")
            label.show()

    def retheme(self) -> None:
        super().retheme()
        self._build()

    def _build(self) -> None:
        self.checked, self.checks = {}, {}
        room, old = ScrollColumn(self.theme), self._room
        room.set_margins(*_MARGINS)
        room.column.setSpacing(self.theme.px(Space.XS))
        draws = self._draws or ()
        if not draws:
            words = "No list was drawn yet. “Suggest a list” draws one; how it was made is then told here."
            room.column.addWidget(Label(self.theme, words, "second", "ink2", wrap=True))
        for number, one in enumerate(draws if self._whole else draws[:1]):
            self._add_draw(room, one, newest=not number)
        if len(draws) > 1 and not self._whole:
            older = Button(self.theme, f"Earlier lists ({len(draws) - 1})", "link")
            older.clicked.connect(self._show_whole)
            room.column.addSpacing(self.theme.px(Space.S))
            room.column.addWidget(older, 0, Qt.AlignmentFlag.AlignLeft)
        room.column.addStretch(1)
        self._column.addWidget(room)
        self._room = room
        held = self.focusWidget()
        if old is not None and held is not None and old.isAncestorOf(held) and draws:
            self.checks[draws[0].id].setFocus(Qt.FocusReason.OtherFocusReason)
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _show_whole(self) -> None:
        self._whole = True
        self._build()

    def _add_draw(self, room: ScrollColumn, one: PastDraw, *, newest: bool) -> None:
        theme, column, px = self.theme, room.column, self.theme.px
        if not newest:
            column.addSpacing(px(Space.M))
            column.addWidget(Hairline(theme))
            column.addSpacing(px(Space.S))
        column.addWidget(Label(theme, when_words(one), "section", wrap=True))
        for sentence in sentences_of(one):
            column.addWidget(Label(theme, sentence, "second", "ink2", wrap=True))
        cost = Label(theme, cost_words(one), "second", "care" if one.warns else "ink2", wrap=True)
        column.addWidget(cost)
        column.addSpacing(px(Space.S))
        then = {seat.told[-1] for seat in one.seats if seat.told}
        for place, seat in enumerate(one.seats, start=1):
            column.addWidget(Label(theme, f"{place}. {seat.name}", "second_name", wrap=True))
            told = seat.told[:-1] if len(then) == 1 else seat.told
            column.addWidget(Label(theme, " ".join(told), "second", "ink2", wrap=True))
        if len(then) == 1 and one.reserves:
            words = f"If one of them cannot, {one.reserves[0]} comes next."
            column.addWidget(Label(theme, words, "second", "ink2", wrap=True))
        for name, why in one.skipped:
            words = f"The lot fell on {name} in vain: {why}."
            column.addWidget(Label(theme, words, "second", "ink2", wrap=True))
        self._add_check(column, one)
        if newest and one.lots and one.share is not Share.OFF:
            self._add_redraw(column)

    def _add_check(self, column: QVBoxLayout, one: PastDraw) -> None:
        told = Label(self.theme, "", "second", "good", wrap=True)
        told.hide()
        check = Button(self.theme, "Check that it holds", icon="check")
        check.clicked.connect(lambda: self.checking.emit(one.id))
        if not one.can_be_checked:
            check.set_unavailable("It was drawn by an earlier Matcher, which did not keep what it was drawn from")
        self.checked[one.id], self.checks[one.id] = told, check
        column.addSpacing(self.theme.px(Space.S))
        column.addWidget(check, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(told)

    def _add_redraw(self, column: QVBoxLayout) -> None:
        theme, px = self.theme, self.theme.px
        self.reason, self.own = QComboBox(), QLineEdit()
        self.redraw = Button(theme, "Draw the lots again", icon="undo")
        self.reason.addItems((*REASONS, _OTHER))
        self.reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.setMinimumContentsLength(18)
        self.own.setPlaceholderText("The reason, in a few words")
        self.own.setAccessibleName("Another reason to draw the lots again")
        why = Field(theme, "Why the lots are drawn again", self.reason, "Kept with the list")
        prepare(theme, self.own)
        self.own.hide()
        self.reason.currentTextChanged.connect(lambda _words: self._show_own())
        self.own.textChanged.connect(lambda _words: self._show_own())
        self.redraw.clicked.connect(self._draw_again)
        column.addSpacing(px(Space.L))
        column.addWidget(why)
        column.addWidget(self.own)
        row = QHBoxLayout()
        row.addWidget(self.redraw)
        row.addStretch(1)
        column.addLayout(row)

    def _show_own(self) -> None:
        own = self.reason.currentText() == _OTHER
        self.own.setVisible(own)
        missing = own and not self.own.text().strip()
        self.redraw.set_unavailable("Write the reason first" if missing else None)

    def _draw_again(self) -> None:
        chosen = self.reason.currentText()
        self.redrawn.emit(self.own.text().strip() if chosen == _OTHER else chosen)


def when_words(one: PastDraw) -> str:
    """“Drawn today at 09:00 for 8 people”."""
    at = one.at.astimezone(LONDON)
    people = "1 person" if one.people == 1 else f"{one.people} people"
    return f"Drawn {day_words(at.date(), today())} at {at:%H:%M} for {people}"


def sentences_of(one: PastDraw) -> tuple[str, ...]:
    """What a list was drawn by, one sentence each."""
    lots = "no place" if not one.lots or one.share is Share.OFF else f"{one.lots} place{'s'[: one.lots > 1]}"
    found = [f"{one.could:,} people fitted well enough. Share turns: {_SHARES[one.share]}; by lot: {lots}."]
    found.append(f"Rules: {'; '.join(one.rules)}." if one.rules else "No rules.")
    if one.reason:
        found.append(f"The lots were drawn again: {one.reason[:1].lower()}{one.reason[1:]}.")
    if one.kept:
        found.append(f"You kept on it: {', '.join(one.kept)}.")
    if one.left_off:
        found.append(f"You left off: {', '.join(one.left_off)}.")
    if one.short_by:
        found.append(f"{one.short_by} fewer than wanted: nobody else could be asked and fitted.")
    if one.reserves:
        found.append(f"In reserve: {', '.join(one.reserves)}.")
    return tuple(found)


def cost_words(one: PastDraw) -> str:
    """What was given up for turns and lots, in plain words."""
    if one.loss < 0.005:
        return "It fits as well as any list could."
    much = "That is a lot: more than a tenth." if one.warns else "Up to a tenth is usual."
    return f"Turns and lots cost {one.loss:.0%} of the best fit. {much}"
