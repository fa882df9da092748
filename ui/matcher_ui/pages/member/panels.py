"""Recording a permission and withdrawing one: two panels that open in the page itself."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher import clock
from matcher.consent import Permission, WouldFollow, decide, would_follow
from matcher.errors import UserError
from matcher.model import ASKING, Decision, Purpose, State
from matcher_ui.models.member_words import follows_words
from matcher_ui.models.promises import standing_no, things_to_do, withdraw_and_count
from matcher_ui.purposes import HOWS, PURPOSES, SPOKEN_HOWS, decided, spoken
from matcher_ui.theme import Space
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.keyed import save_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.what_is_this import WhatIsThis
from matcher_ui.workspace import Workspace

STACKED = 640
_DECISIONS = ((Decision.GIVEN, "Given"), (Decision.ASK_FIRST, "Ask first"), (Decision.REFUSED, "Refused"))
_MEANS = {
    Decision.GIVEN: "{name} may be asked about {what}.",
    Decision.ASK_FIRST: "{name} may be asked about {what} personally, one at a time, never in bulk.",
    Decision.REFUSED: "{name} will not be asked about {what}. No spreadsheet can change that, only {name}.",
}
_USE = {
    Decision.GIVEN: "{name}’s answer may be used to find who fits.",
    Decision.ASK_FIRST: "Ask {name} each time before using it.",
    Decision.REFUSED: "{name}’s answer is never used to find who fits.",
}


class Panel(CardFrame):
    """What both have in common: who it is about, how they said it, and ``closed``."""

    closed = Signal()

    def __init__(self, workspace: Workspace, title: str, purposes: Sequence[tuple[str, Purpose | None]]) -> None:
        super().__init__(workspace.theme, quiet=True)
        self.workspace = workspace
        self._member_id, self._name = 0, ""
        self.title = Label(self.theme, title, "section")
        self.purpose, self.how, self.evidence = QComboBox(), QComboBox(), QLineEdit()
        for words, purpose in purposes:
            self.purpose.addItem(words, purpose)
        for how in SPOKEN_HOWS:
            self.how.addItem(HOWS[how][:1].upper() + HOWS[how][1:], how)
        self.means = Label(self.theme, "", "second", "ink2", wrap=True)
        self.cancel = Button(self.theme, "Cancel", "quiet")
        self._column, self._fields, self._foot = (
            QVBoxLayout(self),
            QBoxLayout(QBoxLayout.Direction.LeftToRight),
            QHBoxLayout(),
        )
        self.cancel.clicked.connect(self.closed)
        self.purpose.currentIndexChanged.connect(lambda _place: self.say_what_it_means())
        self.setAccessibleName(title)

    @property
    def chosen(self) -> Purpose | None:
        """The purpose it is about; None for every one."""
        found = self.purpose.currentData()
        return None if found is None else Purpose(found)

    def open_for(self, member_id: int, name: str, purpose: Purpose | None) -> None:
        """Start afresh for a member."""
        self._member_id, self._name = member_id, name
        place = self.purpose.findData(purpose)
        self.purpose.setCurrentIndex(max(place, 0))
        self.evidence.clear()
        self.say_what_it_means()
        self.show()
        self.purpose.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_what_it_means(self) -> None:
        """Spell the consequence out."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.L))
        self._column.setSpacing(px(Space.M))
        self._fields.setSpacing(px(Space.L))
        self._foot.setSpacing(px(Space.M))
        self._arrange()
        super().retheme()

    def _arrange(self) -> None:
        way = QBoxLayout.Direction
        self._fields.setDirection(way.TopToBottom if self.width() < self.theme.px(STACKED) else way.LeftToRight)

    def _lay_out(self, fields: Sequence[tuple[QWidget, int]], act: Button) -> None:
        top = Qt.AlignmentFlag.AlignTop
        for field, share in fields:
            self._fields.addWidget(field, share, top)
        self._foot.addWidget(self.means, 1)
        self._foot.addWidget(self.cancel)
        self._foot.addWidget(act)
        self._column.addWidget(self.title)
        self._column.addLayout(self._fields)
        self._column.addLayout(self._foot)
        self.retheme()


class RecordPanel(Panel):
    """Record one permission: about what, the decision, how they said it, and their words."""

    def __init__(self, workspace: Workspace) -> None:
        names = [(PURPOSES[purpose], purpose) for purpose in PURPOSES]
        super().__init__(workspace, "Record a permission", names)
        theme = self.theme
        self.decision = Segmented(theme, "What they decided", [(key.value, words) for key, words in _DECISIONS])
        self.decision.make_tall()
        self.save = Button(theme, "Save", "main")
        self.evidence_field = Field(theme, "What did they say?", self.evidence, "Or where it is written")
        column = QVBoxLayout()
        column.addWidget(Label(theme, "Decision", "label", "ink2"))
        column.addWidget(self.decision)
        column.setContentsMargins(0, 0, 0, 0)
        self._decided = QWidget()
        self._decided.setLayout(column)
        column.setSpacing(theme.px(Space.XS))
        self.decision.chosen.connect(lambda _key: self.say_what_it_means())
        self.evidence.returnPressed.connect(self.keep)
        self.save.clicked.connect(self.keep)
        save_by_key(self.save, self)
        fields = (
            (Field(theme, "About", self.purpose), 2), (self._decided, 0),
            (Field(theme, "How", self.how), 2), (self.evidence_field, 4),
        )  # fmt: skip
        self._lay_out(fields, self.save)
        self.ask_first = WhatIsThis(theme, "ask_first")
        self._foot.insertWidget(1, self.ask_first)

    def open_with(self, member_id: int, name: str, purpose: Purpose, state: State) -> None:
        """Start with what was picked in the matrix."""
        known = {key.value for key, _words in _DECISIONS}
        self.decision.set_current(state.value if state.value in known else Decision.GIVEN.value)
        self.evidence_field.set_state("normal")
        self.open_for(member_id, name, purpose)

    def say_what_it_means(self) -> None:
        self.ask_first.setVisible(self.decision.current == Decision.ASK_FIRST.value)
        if self.chosen is not None:
            means = _USE if self.chosen not in ASKING else _MEANS
            words = means[Decision(self.decision.current)]
            self._explain(words.format(name=self._name, what=spoken(self.chosen)))

    def _explain(self, words: str) -> None:
        """Say it; and when it would lift a no that stands, that first."""
        member_id, purpose, decision = self._member_id, self.chosen, Decision(self.decision.current)
        self.means.setText(words)
        if not member_id or purpose is None or decision is Decision.REFUSED:
            return

        def show(said: str) -> None:
            if said and self.means.text() == words:
                self.means.setText(f"{said}: this lifts it. {words} Only when they said so themselves.")

        self.workspace.read("member.standing_no", lambda store: standing_no(store, member_id, purpose), show)

    def keep(self) -> None:
        """Save it, or say in place what is missing."""
        purpose, decision, evidence = self.chosen, Decision(self.decision.current), self.evidence.text().strip()
        if purpose is None:
            return
        if not evidence and decision is not Decision.REFUSED:
            self._wrong("Needed: such as “said so on the phone”")
            return
        self.evidence_field.set_state("normal")
        permission = Permission(self._member_id, purpose, decision, clock.now(), self.how.currentData(), evidence)
        name = self._name
        self.save.set_unavailable("Saving")

        def done(batch: int) -> None:
            self.closed.emit()
            said = decided(decision, [purpose])
            # a no is never taken back by Undo, so none is offered
            undone_by = None if decision is Decision.REFUSED else batch
            self.workspace.say(f"{name}: {said[:1].lower()}{said[1:]}.", undone_by)

        job = self.workspace.write(
            lambda store, _progress: decide(store, permission), done, what="Recording a permission",
            on_failed=self._show_trouble,
        )  # fmt: skip
        job.ended.connect(lambda: self.save.set_unavailable(None))

    def _show_trouble(self, error: UserError) -> None:
        self._wrong(str(error))

    def _wrong(self, words: str) -> None:
        self.evidence_field.set_state("wrong", words)
        self.evidence.setFocus(Qt.FocusReason.OtherFocusReason)


class WithdrawPanel(Panel):
    """Withdraw everything, or one purpose; the consequence stands beside the button that does it."""

    def __init__(self, workspace: Workspace) -> None:
        names = [("Everything", None), *((PURPOSES[purpose], purpose) for purpose in PURPOSES)]
        super().__init__(workspace, "Withdraw", names)
        theme = self.theme
        self.confirm = Button(theme, "Withdraw everything", "serious")
        self.means.set_look("second_name", "stop")
        self.follows = Label(theme, "", "second", "ink2", wrap=True)
        self._trouble = Field(theme, "What did they say?", self.evidence, "May stay empty")
        self.confirm.clicked.connect(self.keep)
        self.evidence.returnPressed.connect(lambda: self.confirm.setFocus(Qt.FocusReason.OtherFocusReason))
        fields = ((Field(theme, "From", self.purpose), 2), (Field(theme, "How", self.how), 2), (self._trouble, 4))
        self._lay_out(fields, self.confirm)
        self._column.insertWidget(self._column.indexOf(self._foot), self.follows)
        self.follows.hide()

    def open_for(self, member_id: int, name: str, purpose: Purpose | None) -> None:
        super().open_for(member_id, name, purpose)
        self._trouble.set_state("normal")
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_what_it_means(self) -> None:
        purpose, name = self.chosen, self._name
        if purpose is None:
            words, act = f"This stops every message to {name}.", "Withdraw everything"
        elif purpose in ASKING:
            words, act = (
                f"This stops every message about {spoken(purpose)} to {name}.",
                f"Withdraw from {spoken(purpose)}",
            )
        else:
            words, act = f"{name}’s answer is no longer used to find who fits.", f"Withdraw {spoken(purpose)}"
        self.means.setText(f"{words} It cannot be undone; only {name} can say yes again.")
        self.confirm.setText(act)
        self.confirm.updateGeometry()
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Say beforehand who would have to be told and what would be stale."""
        member_id, purpose = self._member_id, self.chosen

        def show(would: WouldFollow) -> None:
            self.follows.setText(follows_words(would))
            self.follows.setVisible(bool(self.follows.text()))

        if member_id:
            self.workspace.read("member.follows", lambda store: would_follow(store, member_id, purpose), show)

    def keep(self) -> None:
        """Withdraw."""
        member_id, purpose, name = self._member_id, self.chosen, self._name
        how, evidence = self.how.currentData(), self.evidence.text().strip()
        self.confirm.set_unavailable("Saving")

        def done(left: int) -> None:
            self.closed.emit()
            what = f"about {spoken(purpose)}" if purpose in ASKING else ""
            said = f"Withdrawn. {name} gets no more messages {what}".strip()
            said = said if purpose in (*ASKING, None) else f"Withdrawn: {spoken(purpose)}"
            self.workspace.say(f"{said}. {things_to_do(left)}." if left else f"{said}.")

        job = self.workspace.write(
            lambda store, _progress: withdraw_and_count(store, member_id, purpose, how, evidence),
            done, what="Withdrawing", on_failed=lambda error: self._trouble.set_state("wrong", str(error)),
        )  # fmt: skip
        job.ended.connect(lambda: self.confirm.set_unavailable(None))
