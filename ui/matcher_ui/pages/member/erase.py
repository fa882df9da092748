"""Erasing a member, in the page itself: what goes, what stays, whom to tell, and her name typed to confirm."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher.consent import Erased, WouldErase, erase, would_erase
from matcher.errors import UserError
from matcher.outreach import ToTell, retractions
from matcher.storage.store import Store
from matcher_ui.models.promises import things_to_do
from matcher_ui.theme import Space, Theme
from matcher_ui.typed import KEPT_NOWHERE
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.labels import Label, breakable
from matcher_ui.workspace import Workspace

GOES = (
    "Their record with every field and its history, what they said about permissions, what was noted about their "
    "asks, questions and lists. Nobody can bring it back: not Undo, and not a backup that is put back."
)
KEYS_STAY = "A code without their name: it keeps the next spreadsheet from bringing them back in."


class ErasePanel(CardFrame):
    """The consequences, read when it opens; ``erased`` follows the act, ``closed`` her changing her mind."""

    closed = Signal()
    erased = Signal(int)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.theme, quiet=True)
        theme = self.theme
        self.workspace = workspace
        self._member_id, self._name = 0, ""
        self.title = Label(theme, "", "section", wrap=True)
        self.stays = Label(theme, "", "second", wrap=True)
        self.tell = ToTellList(theme)
        self.tell.copied.connect(lambda: workspace.say("Copied. Send it before you erase them."))
        self.left_title, self.left = Label(theme, "What is left for you to do", "label", "ink2"), QVBoxLayout()
        self.typed = QLineEdit()
        self.typed.setProperty(KEPT_NOWHERE, True)
        self.field = Field(theme, "Type their name to confirm", self.typed)
        self.confirm, self.cancel = Button(theme, "Erase for good", "serious"), Button(theme, "Cancel", "quiet")
        self._lines: list[Label] = []
        self._column, self._foot = QVBoxLayout(self), QHBoxLayout()
        self._lay_out()
        self.typed.textChanged.connect(lambda _words: self._mark())
        self.typed.returnPressed.connect(self.confirm.click)
        self.confirm.clicked.connect(self.keep)
        self.cancel.clicked.connect(self.closed)
        self.retheme()

    def open_for(self, member_id: int, name: str) -> None:
        """Start afresh for a member."""
        self._member_id, self._name = member_id, name
        self.title.setText(f"Erase {name}")
        self.setAccessibleName(f"Erase {name}")
        self.field.set_hint(name)
        self.typed.clear()
        self._mark()
        self.show()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

        def look(store: Store) -> tuple[WouldErase, tuple[ToTell, ...]]:
            return would_erase(store, member_id), retractions(store, member_id)

        self.workspace.read("member.would_erase", look, lambda found: self._show(member_id, *found))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def keep(self) -> None:
        """Erase; no message says her name from here on."""
        member_id = self._member_id
        if not self._is_typed():
            return
        self.confirm.set_unavailable("Erasing")

        def done(erased: Erased) -> None:
            self._forget()
            left = f" {things_to_do(erased.to_do)}." if erased.to_do else ""
            self.workspace.say(f"Erased M{erased.member_id}.{left}")
            self.erased.emit(erased.member_id)

        self.workspace.write(
            lambda store, _progress: erase(store, member_id), done, what="Erasing", on_failed=self._failed
        )

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.L))
        self._column.setSpacing(px(Space.S))
        self._foot.setSpacing(px(Space.M))
        self.left.setSpacing(px(Space.XS))
        super().retheme()

    def _show(self, member_id: int, would: WouldErase, to_tell: Sequence[ToTell]) -> None:
        if member_id != self._member_id:
            return
        asks = f"That somebody was asked {_times(would.asks)}, without a name: your counts stay true. "
        self.stays.setText((asks if would.asks else "") + KEYS_STAY)
        self.tell.show_people(to_tell)
        self._clear_lines()
        for words in would.to_do:
            line = Label(self.theme, breakable(f"•  {words}"), "second", wrap=True)
            self.left.addWidget(line)
            self._lines.append(line)
        self.left_title.setVisible(bool(would.to_do))

    def _forget(self) -> None:
        self._name = ""
        self.title.setText("")
        self.setAccessibleName("Erase")
        self.field.set_hint("")
        self.typed.clear()
        self.tell.show_people(())
        self._clear_lines()

    def _clear_lines(self) -> None:
        for line in self._lines:
            self.left.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []

    def _is_typed(self) -> bool:
        def plain(words: str) -> str:
            return " ".join(words.split()).casefold()

        return bool(self._name) and plain(self.typed.text()) == plain(self._name)

    def _mark(self) -> None:
        self.field.set_state("normal")
        self.confirm.set_unavailable(None if self._is_typed() else f"Type “{self._name}” first")

    def _failed(self, error: UserError) -> None:
        self._mark()
        self.field.set_state("wrong", str(error))

    def _lay_out(self) -> None:
        theme = self.theme
        self._column.addWidget(self.title)
        for title, part in (("What goes", Label(theme, GOES, "second", wrap=True)), ("What stays", self.stays)):
            self._column.addWidget(Label(theme, title, "label", "ink2"))
            self._column.addWidget(part)
        self._column.addWidget(self.tell)
        self._column.addWidget(self.left_title)
        self._column.addLayout(self.left)
        self._foot.addStretch(1)
        for button in (self.cancel, self.confirm):
            self._foot.addWidget(button)
        self._column.addWidget(self.field)
        self._column.addLayout(self._foot)


class ToTellList(Part):
    """Requesters who were given her details, each with the message that asks them to delete these."""

    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        words = "Tell them first: afterwards Matcher no longer knows whom to name"
        self._title = Label(theme, words, "label", "ink2", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._title)
        self.rows: list[QWidget] = []
        self.buttons: list[Button] = []
        self.hide()

    def show_people(self, people: Sequence[ToTell]) -> None:
        """Show these; hidden when there is nobody."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows, self.buttons = [], []
        for one in people:
            row, box = QWidget(), QVBoxLayout()
            row.setLayout(box)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(self.theme.px(Space.XS))
            copy = Button(self.theme, "Copy the message", icon="copy")
            copy.setAccessibleName(f"Copy the message to {one.recipient}")
            copy.clicked.connect(lambda _checked=False, words=one.message: self._copy(words))
            box.addWidget(Label(self.theme, breakable(one.recipient), "second", wrap=True))
            box.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
            self.rows.append(row)
            self.buttons.append(copy)
            self._column.addWidget(row)
        self.setVisible(bool(people))

    def _copy(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self.copied.emit()


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
