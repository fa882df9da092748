"""Post to the group: the text, where and when it was posted, and who answered it by themselves."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateTimeEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from matcher import clock
from matcher.directory import member_names
from matcher.errors import UserError
from matcher.model import Answer
from matcher.outreach import CallRow, call_text, open_calls, post_call, volunteer
from matcher.progress import Progress
from matcher.storage.store import Store
from matcher_ui.dates import moment_words
from matcher_ui.models.asks import ANSWERS
from matcher_ui.models.member_words import Dated
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.dated_list import DatedList
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Workspace

MOST_WIDE, EACH = 1080, 336
HOW = (
    "For a link to share, or when anybody may come: one text for the whole group. It names nobody of the network "
    "but you. Who answers is added below, and counts apart from those you asked."
)


class OpenCallView(Part):
    """Shows one request's call. ``counted`` tells how often it was posted; ``pasting`` asks to paste replies."""

    counted = Signal(int)
    pasting = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        theme = self.theme
        self.workspace = workspace
        self.request_id: int | None = None
        self.calls: tuple[CallRow, ...] = ()
        self._ids: Mapping[str, int] = {}
        self.notice, self.text = Notice(theme), QPlainTextEdit()
        self.text.setAccessibleName("The text for the group")
        self.copy = Button(theme, "Copy", icon="copy")
        self.where, self.at = QLineEdit(), QDateTimeEdit()
        self.where.setPlaceholderText("Such as: WhatsApp group")
        self.at.setDisplayFormat("ddd d MMM yyyy, HH:mm")
        self.record = Button(theme, "Record as posted", "main", icon="check")
        self.name, self.answer = QLineEdit(), QComboBox()
        self.name.setPlaceholderText("Begin to type a name")
        for answer in list(ANSWERS)[:3]:
            self.answer.addItem(ANSWERS[answer], answer)
        self.add = Button(theme, "Add them", icon="plus")
        self.paste = Button(theme, "Paste replies", "quiet", icon="reply")
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
            self.text.clear()
            self.where.clear()
        self.at.setDateTime(_local(clock.now()))
        self.workspace.read("request.call", lambda store: _read(store, request_id), self._show,
                            on_failed=self._failed)  # fmt: skip

    def record_posted(self) -> None:
        """Record where and when it was posted."""
        request_id, where, words = self.request_id, self.where.text(), self.text.toPlainText()
        if request_id is None:
            return
        at = min(_moment(self.at.dateTime()), clock.now())

        def done(batch: int) -> None:
            self.where.clear()
            self.workspace.say(f"Recorded: posted in {where}.", batch)

        self._write(lambda store, _p: post_call(store, request_id, where, words, at), done)

    def add_volunteer(self) -> None:
        """Record that a member answered the post."""
        request_id, name, answer = self.request_id, self.name.text().strip(), Answer(self.answer.currentData())
        member_id = self._ids.get(name)
        if request_id is None:
            return
        if member_id is None:
            self._failed(UserError(f"“{name}” is no member.", todo="Choose a name from the list."))
            return

        def done(batch: int) -> None:
            self.name.clear()
            self.workspace.say(f"Added {name}: {ANSWERS[answer].lower()}.", batch)

        self._write(lambda store, _p: volunteer(store, request_id, member_id, answer), done)

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(24, 16, 24, 24)
        self._body.setMaximumWidth(px(MOST_WIDE))
        self._column.setSpacing(px(16))
        self.text.setFont(self.theme.font("second"))
        self.text.setMinimumHeight(px(260))
        for _card, column in self._cards:
            column.setContentsMargins(px(20), px(16), px(20), px(20))
            column.setSpacing(px(10))
        self._send.setSpacing(px(8))
        super().retheme()

    def _show(self, found: tuple[int, str, tuple[CallRow, ...], Mapping[str, int]]) -> None:
        request_id, words, calls, self._ids = found
        if request_id != self.request_id:
            return
        if not self.text.toPlainText():
            self.text.setPlainText(words)
        self.calls, today = calls, clock.today()
        self.posted.show_lines([Dated(moment_words(one.posted_at, today), one.posted_in, "") for one in calls])
        self._none.setVisible(not calls)
        self.add.set_unavailable(None if calls else "Record where it was posted first")
        self.counted.emit(len(calls))
        completer = QCompleter(list(self._ids), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name.setCompleter(completer)

    def _write(self, verb: Callable[[Store, Progress], int], done: Callable[[int], None]) -> None:
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

    def _lay_out(self) -> None:
        theme, left = self.theme, Qt.AlignmentFlag.AlignLeft
        outer, across = QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        self._column, self._send = QVBoxLayout(self._body), FlowLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        words, record, who = (self._card(title) for title in ("The text", "Where it was posted", "Who answered"))
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
        right, sides = QWidget(), QVBoxLayout()
        right.setLayout(sides)
        sides.setContentsMargins(0, 0, 0, 0)
        for card, _column in self._cards[1:]:
            sides.addWidget(card)
        sides.addStretch(1)
        self._column.addWidget(Label(theme, HOW, "second", "ink2", wrap=True))
        self._column.addWidget(Beside(theme, (self._cards[0][0], right), EACH))
        across.addWidget(self._body, 1)
        across.addStretch(0)
        self._scroll.column.addLayout(across)
        self._scroll.column.addStretch(1)
        outer.addWidget(self.notice)
        outer.addWidget(self._scroll, 1)

    def _card(self, title: str) -> QVBoxLayout:
        card = CardFrame(self.theme)
        column = QVBoxLayout(card)
        column.addWidget(Label(self.theme, title, "section"))
        self._cards.append((card, column))
        return column


def _read(store: Store, request_id: int) -> tuple[int, str, tuple[CallRow, ...], dict[str, int]]:
    """The request, its text, its posts, and every member by a name that tells them apart."""
    rows = member_names(store)
    names = [row.name for row in rows]
    ids = {row.name if names.count(row.name) == 1 else f"{row.name} (M{row.id})": row.id for row in rows}
    return request_id, call_text(store, request_id), open_calls(store, request_id), ids


def _local(moment: datetime) -> QDateTime:
    local = moment.astimezone(clock.LONDON)
    return QDateTime(local.year, local.month, local.day, local.hour, local.minute, 0)


def _moment(typed: QDateTime) -> datetime:
    day, time = typed.date(), typed.time()
    return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=clock.LONDON)
