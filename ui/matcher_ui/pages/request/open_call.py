"""Post to the group: the text or a link to share, where and when it was posted, and who answered by themselves."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from matcher import clock
from matcher.directory import member_meant
from matcher.errors import UserError
from matcher.model import Answer
from matcher.outreach import CallRow, CallWords, call_words, open_calls, post_call, volunteer
from matcher.progress import Progress
from matcher.storage.store import Store
from matcher_ui.dates import day_words
from matcher_ui.models.asks import ANSWERS
from matcher_ui.models.member_words import Dated
from matcher_ui.pages.member_offers import MemberOffers
from matcher_ui.shortcuts import COPY
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.dated_list import DatedList
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.widgets.what_is_this import Explained
from matcher_ui.workspace import Place, Workspace

MOST_WIDE, EACH = 1080, 336
TO_HER, BY_LINK = "her", "link"
WAYS = ((TO_HER, "They write to you"), (BY_LINK, "They follow a link"))
HOW = {
    TO_HER: "When anybody may come: one text for the whole group. It names nobody of the network but you. Who "
    "answers is added here, and counts apart from those you asked.",
    BY_LINK: "For a survey or a form: one text with the link. People answer there by themselves. Nobody is put "
    "forward, and nobody’s details are shared.",
}
ENDS = (
    "Nobody has to be chosen, asked or introduced. When the link has run its time, close the request: where and "
    "when it was posted is kept with it."
)

T = TypeVar("T")


class OpenCallView(Part):
    """Shows one request's call. ``counted`` tells how often it was posted; ``pasting`` asks to paste replies.

    ``wants_link``: the request just shown is answered by a link.
    """

    counted = Signal(int)
    pasting = Signal()
    wants_link = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        theme = self.theme
        self.workspace = workspace
        self.request_id: int | None = None
        self.calls: tuple[CallRow, ...] = ()
        self._words: CallWords | None = None
        self.way, self.how = (
            Segmented(theme, "How people answer", WAYS),
            Label(theme, "", "second", "ink2", wrap=True),
        )
        self.link = QLineEdit()
        self.link.setPlaceholderText("Such as: https://www.example.org/survey")
        self.notice, self.text = Notice(theme), QPlainTextEdit()
        self.text.setAccessibleName("The text for the group")
        self.copy = Button(theme, "Copy", icon="copy")
        press_by_key(self.copy, COPY)
        self.where, self.at = QLineEdit(), QDateTimeEdit()
        self.where.setPlaceholderText("Such as: WhatsApp group")
        self.at.setDisplayFormat("ddd d MMM yyyy, HH:mm")
        self.record = Button(theme, "Record as posted", "main", icon="check")
        self.name, self.answer = QLineEdit(), QComboBox()
        self._offers = MemberOffers(workspace, self.name)
        self.name.setPlaceholderText("Begin to type a name")
        for answer in list(ANSWERS)[:3]:
            self.answer.addItem(ANSWERS[answer], answer)
        self.add = Button(theme, "Add them", icon="plus")
        self.paste = Button(theme, "Paste replies", "quiet", icon="reply")
        self.to_close = Button(theme, "Go to Close", icon="arrow_right")
        self.posted, self._none = (
            DatedList(theme, "Where it was posted"),
            Label(theme, "Not posted yet.", "second", "ink2"),
        )
        self._cards: list[tuple[CardFrame, QVBoxLayout]] = []
        self._scroll, self._body = ScrollColumn(theme), QWidget()
        self._lay_out()
        self._connect()
        self.retheme()

    def show_request(self, request_id: int) -> None:
        """Read the text and where it was posted, in the background."""
        if request_id != self.request_id:
            self.request_id = request_id
            self.notice.clear()
            self._words = None
            for part in (self.text, self.where, self.link):
                part.clear()
        self.at.setDateTime(_local(clock.now()))
        link = self.link.text()
        self.workspace.read("request.call", lambda store: _read(store, request_id, link), self._show,
                            on_failed=self._failed)  # fmt: skip

    def turn_to(self, way: str) -> None:
        """Show one of the two ways; a text that she changed stays."""
        before = self._ready()
        self.way.set_current(way)
        self._fill(before)
        self.how.setText(HOW[way])
        for card, shown in ((self._who, way == TO_HER), (self._ends, way == BY_LINK)):
            card.setVisible(shown)
        self.link_field.setVisible(way == BY_LINK)

    def record_posted(self) -> None:
        """Record where and when it was posted."""
        request_id, where, words = self.request_id, self.where.text(), self.text.toPlainText()
        if request_id is None:
            return
        if self.way.current == BY_LINK and not ("://" in words or "www." in words):
            self._failed(UserError("The text has no link in it.", todo="Put the link in, then record it."))
            self.link.setFocus()
            return
        at = min(_moment(self.at.dateTime()), clock.now())

        def done(batch: int) -> None:
            self.where.clear()
            self.workspace.say(f"Recorded: posted in {where}.", batch)

        self._write(lambda store, _p: post_call(store, request_id, where, words, at), done)

    def add_volunteer(self) -> None:
        """Record that a member answered the post."""
        request_id, name, answer = self.request_id, self.name.text().strip(), Answer(self.answer.currentData())
        if request_id is None:
            return

        def verb(store: Store, _progress: Progress) -> tuple[str, int]:
            meant = member_meant(store, name)
            if meant is None:
                raise UserError(f"“{name}” is no member.", todo="Choose a name from the list.")
            return meant.name, volunteer(store, request_id, meant.id, answer)

        def done(added: tuple[str, int]) -> None:
            self.name.clear()
            self.workspace.say(f"Added {added[0]}: {ANSWERS[answer].lower()}.", added[1])

        self._write(verb, done)

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._body.setMaximumWidth(px(MOST_WIDE))
        self._column.setSpacing(px(Space.L))
        self.text.setFont(self.theme.font("second"))
        self.text.setMinimumHeight(px(260))
        for _card, column in self._cards:
            column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.CARD))
            column.setSpacing(px(Space.M))
        self._send.setSpacing(px(Space.S))
        super().retheme()

    def _show(self, found: tuple[int, CallWords, tuple[CallRow, ...]]) -> None:
        request_id, words, calls = found
        if request_id != self.request_id:
            return
        before, first = self._ready(), self._words is None
        self._words = words
        if first:
            self.link.setText(words.link)
            self.turn_to(BY_LINK if words.by_link else TO_HER)
            if words.by_link:
                self.wants_link.emit()
        self._fill(before)
        self.calls, today = calls, clock.today()
        self.posted.show_lines([posted_line(one, today) for one in calls])
        self._none.setVisible(not calls)
        self.add.set_unavailable(None if calls else "Record where it was posted first")
        self.counted.emit(len(calls))

    def _ready(self) -> str:
        """The text as it is filled in for the way that is shown; "" before anything was read."""
        if self._words is None:
            return ""
        return self._words.share if self.way.current == BY_LINK else self._words.call

    def _fill(self, before: str) -> None:
        """Fill the text in, unless she changed it since it was ``before``."""
        if self.text.toPlainText() in ("", before):
            self.text.setPlainText(self._ready())

    def _link_given(self) -> None:
        if self.request_id is not None and self._words is not None and self.link.text() != self._words.link:
            self.show_request(self.request_id)

    def _write(self, verb: Callable[[Store, Progress], T], done: Callable[[T], None]) -> None:
        self.notice.clear()
        self.workspace.write(verb, done, what="Recording", on_failed=self._failed)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.workspace.say("Copied. Paste it in the group.")

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _connect(self) -> None:
        self.copy.clicked.connect(self._copy)
        self.record.clicked.connect(self.record_posted)
        self.where.returnPressed.connect(self.record_posted)
        self.add.clicked.connect(self.add_volunteer)
        self.paste.clicked.connect(self.pasting)
        self.way.chosen.connect(self.turn_to)
        self.link.editingFinished.connect(self._link_given)
        self.to_close.clicked.connect(lambda: self.workspace.go(Place("request", self.request_id, "close")))

    def _lay_out(self) -> None:
        theme, left = self.theme, Qt.AlignmentFlag.AlignLeft
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._column, self._send = QVBoxLayout(self._body), FlowLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        titles = ("The text", "Where it was posted", "Who answered", "How it ends")
        words, record, who, ends = (self._card(title) for title in titles)
        self._who, self._ends = self._cards[2][0], self._cards[3][0]
        self.link_field = Field(theme, "The link", self.link)
        words.addWidget(self.link_field)
        words.addWidget(self.text, 1)
        words.addWidget(self.copy, 0, left)
        for part in (self._none, self.posted, Field(theme, "Where", self.where), Field(theme, "When", self.at)):
            record.addWidget(part)
        record.addWidget(self.record, 0, left)
        for field in (Field(theme, "Member", self.name), Field(theme, "What they said", self.answer)):
            who.addWidget(field)
        for button in (self.add, self.paste):
            self._send.addWidget(button)
        who.addLayout(self._send)
        ends.addWidget(Label(theme, ENDS, "second", wrap=True))
        ends.addWidget(self.to_close, 0, left)
        right, sides = QWidget(), QVBoxLayout()
        right.setLayout(sides)
        sides.setContentsMargins(0, 0, 0, 0)
        for card, _column in self._cards[1:]:
            sides.addWidget(card)
        sides.addStretch(1)
        self._column.addWidget(self.way, 0, left)
        self._column.addWidget(self.how)
        self._column.addWidget(Beside(theme, (self._cards[0][0], right), EACH))
        self._scroll.add_body(self._body)
        outer.addWidget(self.notice)
        outer.addWidget(self._scroll, 1)

    def _card(self, title: str) -> QVBoxLayout:
        card = CardFrame(self.theme)
        column = QVBoxLayout(card)
        label = Label(self.theme, title, "section")
        column.addWidget(label if self._cards else Explained(self.theme, label, "open_call"))
        self._cards.append((card, column))
        return column


def _read(store: Store, request_id: int, link: str) -> tuple[int, CallWords, tuple[CallRow, ...]]:
    """The request, its texts and its posts."""
    return request_id, call_words(store, request_id, link), open_calls(store, request_id)


def posted_line(one: CallRow, today: date) -> Dated:
    """One post as a line: the day, where, and at what time."""
    local = one.posted_at.astimezone(clock.LONDON)
    return Dated(day_words(local.date(), today), one.posted_in, f"{local:%H:%M}")


def _local(moment: datetime) -> QDateTime:
    local = moment.astimezone(clock.LONDON)
    return QDateTime(local.year, local.month, local.day, local.hour, local.minute, 0)


def _moment(typed: QDateTime) -> datetime:
    day, time = typed.date(), typed.time()
    return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=clock.LONDON)
