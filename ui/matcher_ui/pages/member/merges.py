"""Records merged into this one, and the way to take one apart again; merging with another by its number."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher.directory import MergedRecord, find_member, merged_records, unmerge_members
from matcher.errors import UserError
from matcher.storage import Undone
from matcher.storage.store import Store
from matcher_ui.models.member_words import merged_words
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Place, Workspace

PART = (
    "{away} becomes a record of its own again. What merging filled in goes back, unless it was changed since. "
    "A no said meanwhile stays with both; a yes given meanwhile counts for neither until it is recorded again."
)


class _Panel(CardFrame):
    """A quiet card with a title, a foot of two buttons, and Escape to leave it."""

    closed = Signal()

    def __init__(self, workspace: Workspace, title: str, act: Button) -> None:
        super().__init__(workspace.theme, quiet=True)
        self.workspace = workspace
        self.title = Label(self.theme, title, "section")
        self.act, self.cancel = act, Button(self.theme, "Cancel", "quiet")
        self.column, self._foot = QVBoxLayout(self), QHBoxLayout()
        self.column.addWidget(self.title)
        self._foot.addStretch(1)
        self._foot.addWidget(self.cancel)
        self._foot.addWidget(self.act)
        self.cancel.clicked.connect(self.closed)
        self.setAccessibleName(title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def retheme(self) -> None:
        px = self.theme.px
        self.column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.L))
        self.column.setSpacing(px(Space.M))
        self._foot.setSpacing(px(Space.M))
        super().retheme()


class TakeApartPanel(_Panel):
    """Says what taking a merged record apart means, then does it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "Take apart", Button(workspace.theme, "Take apart", "serious"))
        self._member_id = 0
        self._record: MergedRecord | None = None
        self._means = Label(self.theme, "", "second", "ink2", wrap=True)
        self._trouble = Label(self.theme, "", "second", "stop", wrap=True)
        for part in (self._means, self._trouble):
            self.column.addWidget(part)
        self.column.addLayout(self._foot)
        self.act.clicked.connect(self._part)
        self.retheme()

    def open_for(self, member_id: int, record: MergedRecord) -> None:
        """Ask about this record."""
        self._member_id, self._record = member_id, record
        self.title.setText(f"Take M{record.id} ({record.name}) apart from this record?")
        self._means.setText(PART.format(away=f"M{record.id}"))
        self._trouble.hide()
        self.show()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _part(self) -> None:
        member_id, record = self._member_id, self._record
        if record is None:
            return
        self.act.set_unavailable("Saving")

        def done(undone: Undone) -> None:
            self.closed.emit()
            kept = f" Kept: {'; '.join(undone.kept)}." if undone.kept else ""
            self.workspace.say(f"M{record.id} is a record of its own again.{kept}")

        job = self.workspace.write(
            lambda store, _progress: unmerge_members(store, member_id, record.id), done, what="Taking apart",
            on_failed=self._show_trouble,
        )  # fmt: skip
        job.ended.connect(lambda: self.act.set_unavailable(None))

    def _show_trouble(self, error: UserError) -> None:
        self._trouble.setText(f"{error.what} {error.todo or ''}".strip())
        self._trouble.show()


class MergeWithPanel(_Panel):
    """Asks for the other record, and goes on to see the two side by side. Nothing is merged here."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "Merge with another record", Button(workspace.theme, "Compare the two", "main"))
        self._member_id = 0
        self.other = QLineEdit()
        self.field = Field(self.theme, "The other record", self.other, "Its number, such as M12, or its e-mail")
        self.column.addWidget(self.field)
        self.column.addLayout(self._foot)
        self.other.returnPressed.connect(self._find)
        self.act.clicked.connect(self._find)
        self.retheme()

    def open_for(self, member_id: int) -> None:
        """Ask with whom this member is one person."""
        self._member_id = member_id
        self.other.clear()
        self.field.set_state("normal")
        self.show()
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        self.workspace.read(
            "member.other", partial(_find, self.other.text().strip()), self._go, on_failed=self._show_trouble
        )

    def _go(self, other: int) -> None:
        if other == self._member_id:
            self.field.set_state("wrong", "That is this record itself.")
            return
        self.closed.emit()
        self.workspace.go(Place("members", self._member_id, "compare", (str(other),)))

    def _show_trouble(self, error: UserError) -> None:
        self.field.set_state("wrong", f"{error.what} {error.todo or ''}".strip())


class MergedList(Part):
    """The records that stand under this one, each with its way back. ``asked`` carries the `MergedRecord`."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        self.records: tuple[MergedRecord, ...] = ()
        self.buttons: list[Button] = []
        self._rows: list[QWidget] = []
        self._title = Label(self.theme, "Merged into this record", "section")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._title)
        self.hide()

    def show_member(self, member_id: int, merged: tuple[int, ...]) -> None:
        """Read when these were merged, in the background."""
        if not merged:
            self._show(())
            return
        self.workspace.read("member.merges", lambda store: merged_records(store, member_id), self._show)

    def retheme(self) -> None:
        self._column.setSpacing(self.theme.px(Space.XS))
        self._title.setContentsMargins(0, self.theme.px(Space.PAGE), 0, self.theme.px(Space.XS))
        self._title.setMinimumHeight(self.theme.px(28) + self.theme.line("section"))
        super().retheme()

    def _show(self, records: tuple[MergedRecord, ...]) -> None:
        self.records, self.buttons = records, []
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(record) for record in records]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(records))

    def _row(self, record: MergedRecord) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.theme.px(Space.M))
        button = Button(self.theme, "Take apart…")
        button.setAccessibleName(f"Take M{record.id} apart")
        button.clicked.connect(partial(self.asked.emit, record))
        button.set_unavailable(None if record.batch else "The step that merged them is not known any more")
        line.addWidget(Label(self.theme, f"{merged_words(record)}.", "second", wrap=True), 1)
        line.addWidget(button)
        self.buttons.append(button)
        return row


def _find(words: str, store: Store) -> int:
    return find_member(store, words)
