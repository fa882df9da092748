"""Said yes again: every yes that came back over a no recorded by hand, settled one by one."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher.consent import settle
from matcher.errors import UserError
from matcher.model import How
from matcher_ui.models.promises import Again, evidence_words, said_before, says_now, settled_words
from matcher_ui.purposes import HOWS, SPOKEN_HOWS
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.initials import Initials
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

MOST_WIDE = 880
MOST = 40
"""So many at once; the next ones come up as these are settled."""
NEEDED = "Needed: such as “rang on Tuesday”"


class AgainCard(CardFrame):
    """One yes that waits. ``confirmed`` carries how she made sure and her words; ``left`` leaves the no."""

    confirmed = Signal(How, str)
    left = Signal()
    opened = Signal()

    def __init__(self, theme: Theme, again: Again, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        name = again.proposal.name
        self.setAccessibleName(f"{name} said yes again")
        self.name = Button(theme, name, "link")
        self.name.setAccessibleName(f"Open the page of {name}")
        self.confirm = Button(theme, "Confirm…")
        self.confirm.setAccessibleName(f"Confirm… {name}: {says_now(again)}")
        self.leave = Button(theme, "Leave the no")
        self.leave.setAccessibleName(f"Leave the no of {name}: {says_now(again)}")
        self.how, self.evidence = QComboBox(), QLineEdit()
        for how in SPOKEN_HOWS:
            self.how.addItem(HOWS[how][:1].upper() + HOWS[how][1:], how)
        self.evidence_field = Field(theme, "How did you make sure?", self.evidence, "In your own words")
        self.save, self.cancel = Button(theme, "Confirm", "main"), Button(theme, "Cancel", "quiet")
        self._asks = Part(theme)
        self._lay_out(again)
        self._connect()
        self._asks.hide()
        self.retheme()

    def submit(self) -> None:
        """Confirm, or say in place what is missing."""
        words = self.evidence.text().strip()
        if not words:
            self.show_trouble(NEEDED)
            return
        self.evidence_field.set_state("normal")
        self.confirmed.emit(How(self.how.currentData()), words)

    def type_again(self, words: str) -> None:
        """Open the words that confirming needs, as she had typed them before."""
        self._ask(True)
        self.evidence.setText(words)

    def show_trouble(self, words: str) -> None:
        """Say what is wrong beside the words."""
        self.evidence_field.set_state("wrong", words)
        self.evidence.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._asks.isHidden():
            self._ask(False)
        else:
            super().keyPressEvent(event)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.M), px(Space.L), px(Space.L))
        self._column.setSpacing(px(Space.S))
        self._head.setSpacing(px(Space.M))
        self._facts.setHorizontalSpacing(px(Space.L))
        self._facts.setVerticalSpacing(px(Space.XS))
        self._asks_column.setSpacing(px(Space.M))
        self._asks_column.setContentsMargins(0, px(Space.S), 0, 0)
        super().retheme()

    def _ask(self, on: bool) -> None:
        """Open or close the words that confirming needs."""
        self._asks.setVisible(on)
        self.evidence_field.set_state("normal")
        self.confirm.set_unavailable("Say below how you made sure" if on else None)
        (self.evidence if on else self.confirm).setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.name.clicked.connect(self.opened)
        self.confirm.clicked.connect(partial(self._ask, True))
        self.cancel.clicked.connect(partial(self._ask, False))
        self.leave.clicked.connect(self.left)
        self.save.clicked.connect(self.submit)
        self.evidence.returnPressed.connect(self.submit)

    def _lay_out(self, again: Again) -> None:
        theme = self.theme
        self._column, self._head, self._facts = QVBoxLayout(self), QHBoxLayout(), QGridLayout()
        self._head.addWidget(Initials(theme, again.proposal.name))
        self._head.addWidget(self.name)
        self._head.addStretch(1)
        self._head.addWidget(self.leave)
        self._head.addWidget(self.confirm)
        before = again.before.evidence if again.before else ""
        lines = (
            ("Says now", says_now(again), evidence_words(again.proposal.evidence)),
            ("Before", said_before(again), evidence_words(before)),
        )
        for row, (label, said, words) in enumerate(lines):
            top = Qt.AlignmentFlag.AlignTop
            self._facts.addWidget(Label(theme, label, "second", "ink2"), 2 * row, 0, top)
            self._facts.addWidget(Label(theme, said, "second_name", wrap=True), 2 * row, 1)
            self._facts.addWidget(Label(theme, words, "second", "ink2", wrap=True), 2 * row + 1, 1)
        self._facts.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        self._asks_column = QVBoxLayout(self._asks)
        self._asks_column.addWidget(Beside(theme, (Field(theme, "How", self.how), self.evidence_field), 240))
        self._asks_column.addLayout(foot)
        self._column.addLayout(self._head)
        self._column.addLayout(self._facts)
        self._column.addWidget(self._asks)


class AgainView(Part):
    """The tab."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        theme = self.theme
        self.cards: dict[int, AgainCard] = {}
        words = "These said yes in a form after a no. It counts once you made sure with them, one by one."
        self._note = Label(theme, words, "second", "ink2", wrap=True)
        self._more = Label(theme, "", "second", "ink2")
        self.empty = EmptyPage(theme, "check", "Nobody waits for you to confirm a yes", words)
        self.empty.setAcceptDrops(False)
        self.empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll, self._body = ScrollColumn(theme), QWidget()
        self._lay_out()
        self.retheme()

    def show_again(self, found: tuple[Again, ...]) -> None:
        """Show who waits; a card that is open with words in it stays as it is."""
        wanted = {again.proposal.id: again for again in found[:MOST]}
        for number in [number for number in self.cards if number not in wanted]:
            self._remove(number)
        for again in wanted.values():
            if again.proposal.id not in self.cards:
                self._add(again)
        self.empty.setVisible(not found)
        self._note.setVisible(bool(found))
        self._more.setText(f"{len(found) - MOST} more; they come up as these are settled.")
        self._more.setVisible(len(found) > MOST)

    def keeps_unsaved(self) -> str:
        """What is typed and not confirmed yet."""
        typed = any(card.evidence.text().strip() for card in self.cards.values())
        return "how you made sure of a yes" if typed else ""

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._body.setMaximumWidth(px(MOST_WIDE))
        self._column.setSpacing(px(Space.M))
        self.empty.setMinimumHeight(px(200))
        super().retheme()

    def _add(self, again: Again) -> None:
        card = AgainCard(self.theme, again)
        place = Place("member", again.proposal.member_id)
        card.opened.connect(lambda: self.workspace.go(place))
        card.left.connect(lambda: self._settle(again))
        card.confirmed.connect(lambda how, words: self._settle(again, how, words))
        self.cards[again.proposal.id] = card
        self._column.insertWidget(self._column.count() - 1, card)

    def _remove(self, number: int) -> None:
        card = self.cards.pop(number)
        had_keyboard = card.isAncestorOf(self.focusWidget() or self)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()
        if had_keyboard and self.cards:
            next(iter(self.cards.values())).confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self, again: Again, how: How | None = None, words: str = "") -> None:
        number, confirm = again.proposal.id, how is not None

        def failed(error: UserError) -> None:
            if number in self.cards:
                self.cards[number].show_trouble(str(error))

        self.workspace.write(
            lambda store, _progress: settle(store, number, confirm=confirm, how=how or How.PHONE, evidence=words),
            lambda batch: self.workspace.say(settled_words(again, confirmed=confirm), batch),
            what="Settling a yes that came back", on_failed=failed if confirm else None,
        )  # fmt: skip

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        self._column = QVBoxLayout(self._body)
        for layout in (outer, self._column):
            layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.empty, self._note, self._more):
            self._column.addWidget(part)
        self._scroll.add_body(self._body)
        outer.addWidget(self._scroll)
