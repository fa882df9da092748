"""Pasted replies: who wrote, what they seem to mean, their words. She corrects each and records all in one step."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from matcher import clock
from matcher.errors import UserError
from matcher.model import Answer
from matcher.outreach import Choice, RepliesRead, ReplyProposal, read_replies, record_pasted, trouble_with
from matcher.outreach.answers import Heard
from matcher_ui.dates import day_words
from matcher_ui.models.asks import ANSWERS
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.long_choice import LongChoice
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Workspace

STOPS = (Answer.STOP_KIND, Answer.STOP_ALL)
WITHDRAWS = {
    Answer.STOP_KIND: "Recorded as a withdrawal too: nobody asks them about requests of this kind again.",
    Answer.STOP_ALL: "Recorded as a withdrawal too: nobody asks them about anything again.",
}
MAY_STOP = "They may be asking to be left alone. Read their words and choose."
_MOST_WIDE, _EACH = 860, 280


class ReplyCard(CardFrame):
    """One person's words. ``changed`` when what would be recorded is another, ``corrected`` when she chose it."""

    changed = Signal()
    corrected = Signal()

    def __init__(self, theme: Theme, proposal: ReplyProposal, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.proposal = proposal
        self.take = QCheckBox(proposal.who or "Somebody without a name")
        self.take.setAccessibleName(f"Record the reply of {self.take.text()}")
        self.words = Label(theme, f"“{proposal.evidence}”", "quote", "ink2", wrap=True)
        self.when = Label(theme, when_words(proposal), "second", "ink2")
        self.when.setVisible(proposal.at is not None)
        self._problem = proposal.problem
        self.who, self.answer = LongChoice(), LongChoice()
        self._fill()
        self.care = Banner(theme, "care", "")
        fields = Field(theme, "Who it is", self.who), Field(theme, "What they say", self.answer)
        self._both = Beside(theme, fields, _EACH)
        self._column = QVBoxLayout(self)
        for part in (self.take, self.when, self.words, self._both, self.care):
            self._column.addWidget(part)
        self.take.setChecked(self._is_whole() and not proposal.problem)
        self.who.currentIndexChanged.connect(self._chosen)
        self.answer.currentIndexChanged.connect(self._chosen)
        self.take.toggled.connect(self.changed)
        self._say()
        self.retheme()

    @property
    def said(self) -> Answer | None:
        """The answer as it stands."""
        value = self.answer.currentData()  # Qt keeps the words of an answer only
        return Answer(value) if value else None

    def heard(self) -> Heard | None:
        """What is to be recorded; None when this one is left out. Raises UserError when something is still open."""
        if not self.take.isChecked():
            return None
        return self.proposal.heard(self.said, self.who.currentData())

    def proposed(self) -> Heard | None:
        """What it says, ticked or not; None while something of it is open."""
        return self.proposal.heard(self.said, self.who.currentData()) if self._is_whole() else None

    def show_problem(self, heard: Heard, problem: str) -> None:
        """Say why what she chose cannot be recorded; then it is not ticked. Too late when she chose again since."""
        if heard == self.proposed():
            self._problem = problem
            self.take.setChecked(not problem)
            self._say()
            self.changed.emit()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.M), px(Space.CARD), px(Space.L))
        self._column.setSpacing(px(Space.S))
        super().retheme()

    def _fill(self) -> None:
        proposal = self.proposal
        if proposal.choice is None:
            self.who.add("Choose who it is" if proposal.choices else "Nobody who was asked", None)
        for one in proposal.choices or filter(None, (proposal.choice,)):
            self.who.add(_who_words(one), one)
        self.who.setCurrentIndex(max(self._place_of(proposal.choice), 0))
        if proposal.answer is None:
            self.answer.add("Choose what they say", None)
        for answer, words in ANSWERS.items():
            if answer is not Answer.NO_REPLY:
                self.answer.add(words, answer)
        self.answer.setCurrentIndex(max(self.answer.findData(proposal.answer), 0))

    def _place_of(self, choice: Choice | None) -> int:
        data = [self.who.itemData(place) for place in range(self.who.count())]
        return data.index(choice) if choice in data else 0

    def _is_whole(self) -> bool:
        return self.who.currentData() is not None and self.said is not None

    def _chosen(self) -> None:
        self._problem = ""
        self.take.setChecked(self._is_whole())
        self._say()
        self.changed.emit()
        self.corrected.emit()

    def _say(self) -> None:
        """What she should know before it is recorded."""
        answer, proposal = self.said, self.proposal
        untouched = answer is proposal.answer and self.who.currentData() == proposal.choice
        if self._problem:
            words = self._problem
        elif answer in STOPS:
            words = WITHDRAWS[answer]
        elif proposal.may_stop:
            words = MAY_STOP
        elif proposal.volunteered and answer is Answer.YES:
            words = "They were not asked: they answer the post to the group."
        elif answer is None:
            words = "It is not clear what they mean. Read their words and choose."
        else:
            words = "" if proposal.sure or not untouched else "Matcher is not sure. Check it."
        self.care.set_message("care", words)
        self.care.setVisible(bool(words))


class PastedView(Part):
    """The text, then the proposals. ``left`` when she is done or changes her mind."""

    left = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        theme = self.theme
        self.workspace = workspace
        self.request_id: int | None = None
        self.notice, self.text = Notice(theme), QPlainTextEdit()
        self.text.setAccessibleName("The messages they sent")
        self.text.setPlaceholderText("Copy the messages in WhatsApp or in your e-mail, and paste them here.")
        self.read, self.cancel = Button(theme, "Read them", "main"), Button(theme, "Cancel", "quiet")
        self.record, self.again = Button(theme, "Record", "main", icon="check"), Button(theme, "Back to the text")
        self.leave = Button(theme, "Cancel", "quiet")
        self.summary = Label(theme, "", "section", wrap=True)
        self.cards: list[ReplyCard] = []
        self._older = 0
        self._stack, self._scroll, self._inner = QStackedWidget(), ScrollColumn(theme), QWidget()
        self._list = QVBoxLayout(self._inner)
        self._lay_out()
        self.read.clicked.connect(self.read_text)
        self.record.clicked.connect(self.record_all)
        self.again.clicked.connect(lambda: self._stack.setCurrentIndex(0))
        for button in (self.cancel, self.leave):
            button.clicked.connect(self._leave)
        self.retheme()

    def begin(self, request_id: int | None, words: str = "") -> None:
        """Start anew, about one request or all that are asked about; words that are here are read at once."""
        self.request_id = request_id
        self.notice.clear()
        self._stack.setCurrentIndex(0)
        self.text.setPlainText(words)
        if words.strip():
            self.read_text()
        else:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        return "replies that are not recorded" if self.text.toPlainText().strip() else ""

    def _leave(self) -> None:
        self.text.clear()
        self.left.emit()

    def read_text(self) -> None:
        """Read what is pasted; nothing is recorded."""
        words, request_id = self.text.toPlainText(), self.request_id
        self.notice.clear()
        self.workspace.read(
            "replies.pasted", lambda store: read_replies(store, words, request_id), self.show_replies,
            what="Reading the messages", on_failed=self._failed,
        )  # fmt: skip

    def show_replies(self, found: RepliesRead) -> None:
        """Show the proposals."""
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [ReplyCard(self.theme, one) for one in found.proposals]
        for card in self.cards:
            card.changed.connect(self._count)
            card.corrected.connect(partial(self._check, card))
            self._list.addWidget(card)
        if not self.cards:
            older = " Messages from before they were asked were passed over." if found.older else ""
            self.notice.tell("care", f"No reply was found in it.{older}")
            return
        self._older = found.older
        self._stack.setCurrentIndex(1)
        self._count()

    def _check(self, card: ReplyCard) -> None:
        """Look at once whether what she chose can be recorded."""
        heard = card.proposed()
        if heard is not None:
            self.workspace.read(
                f"replies.check.{self.cards.index(card)}", lambda store: trouble_with(store, heard),
                partial(card.show_problem, heard), on_failed=self._failed,
            )  # fmt: skip

    def record_all(self) -> None:
        """Record those that are ticked, in one step with Undo."""
        self.notice.clear()
        try:
            heard = [one for card in self.cards if (one := card.heard()) is not None]
        except UserError as error:
            self._failed(error)
            return

        def done(batch: int) -> None:
            self.text.clear()
            self.workspace.say(f"Recorded {_replies(len(heard))}.", batch)
            self.left.emit()

        self.workspace.write(
            lambda store, _progress: record_pasted(store, heard), done, what="Recording the replies",
            on_failed=self._failed,
        )  # fmt: skip

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._text_box.setContentsMargins(px(Space.PAGE), px(Space.L), px(Space.PAGE), px(Space.PAGE))
        self._text_box.setSpacing(px(Space.M))
        self._list.setSpacing(px(Space.M))
        self._inner.setMaximumWidth(px(_MOST_WIDE))
        self.text.setMaximumWidth(px(_MOST_WIDE))
        for flow in self._flows:
            flow.setSpacing(px(Space.S))
        super().retheme()

    def _count(self) -> None:
        taken = [card for card in self.cards if card.take.isChecked()]
        stops = sum(card.said in STOPS for card in taken)
        more = f", {stops} of them a withdrawal" if stops else ""
        older = f" {self._older} older messages were passed over." if self._older else ""
        self.summary.setText(f"{_replies(len(self.cards))} found; {len(taken)} ticked{more}.{older}")
        self.record.setText(f"Record {_replies(len(taken))}" if taken else "Record")
        self.record.updateGeometry()
        self.record.set_unavailable(None if taken else "Tick the replies to record")

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _lay_out(self) -> None:
        outer, first = QVBoxLayout(self), QWidget()
        outer.setContentsMargins(0, 0, 0, 0)
        self._text_box = QVBoxLayout(first)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._flows = (FlowLayout(), FlowLayout())
        for flow, buttons in zip(
            self._flows, ((self.read, self.cancel), (self.record, self.again, self.leave)), strict=True
        ):
            for button in buttons:
                flow.addWidget(button)
        self._text_box.addWidget(Label(self.theme, "Paste the replies", "section"))
        self._text_box.addWidget(self.text, 1)
        self._text_box.addLayout(self._flows[0])
        self._list.addWidget(self.summary)
        self._list.addLayout(self._flows[1])
        self._scroll.add_body(self._inner)
        self._stack.addWidget(first)
        self._stack.addWidget(self._scroll)
        outer.addWidget(self.notice)
        outer.addWidget(self._stack, 1)


def when_words(proposal: ReplyProposal) -> str:
    """“Written on Tue 24 Nov, 19:03”; empty where the message does not say."""
    if proposal.at is None:
        return ""
    local = proposal.at.astimezone(clock.LONDON)
    return f"Written on {day_words(local.date(), clock.today())}, {local:%H:%M}"


def _who_words(one: Choice) -> str:
    return f"{one.name}  ·  {one.title}"


def _replies(count: int) -> str:
    return "1 reply" if count == 1 else f"{count} replies"
