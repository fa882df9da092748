"""Outreach workbooks that still lie on this computer: which are not needed any more, and deleting them."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from matcher import clock
from matcher.errors import UserError
from matcher.outreach import Deleted, OldWorkbook, delete_workbooks, old_workbooks
from matcher.outreach.old_files import CHANGED
from matcher_ui.dates import moment_words
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Workspace

WHY = (
    "A workbook holds names and contacts outside Matcher. Once its answers are read back, it is better gone. What "
    "was changed since it was read is kept: it may hold answers."
)
MOST_WIDE = 860


class WorkbookCard(CardFrame):
    """One file: where it is, of how many people, and why it is not needed any more."""

    def __init__(self, theme: Theme, one: OldWorkbook, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.one = one
        self.take = QCheckBox(Path(one.path).name)
        changed = one.standing == CHANGED
        self.take.setChecked(bool(one.why) and not changed)
        self.take.setEnabled(not changed)
        people = "1 person" if one.people == 1 else f"{one.people} people"
        when = moment_words(one.written_at, clock.today())
        why = "It was changed since. Read it back first." if changed else one.why or "It may still be needed."
        facts = f"{people} of R{one.request_id}, written {when}, in {Path(one.path).parent}"
        self._column = QVBoxLayout(self)
        for part in (
            self.take,
            Label(theme, facts, "second", "ink2", wrap=True),
            Label(theme, why, "second", wrap=True),
        ):
            self._column.addWidget(part)
        self.retheme()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.M), px(Space.CARD), px(Space.L))
        self._column.setSpacing(px(Space.XS))
        super().retheme()


class OldWorkbooksView(Part):
    """The tab. ``counted`` tells how many are not needed any more."""

    counted = Signal(int)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        theme = self.theme
        self.workspace = workspace
        self.cards: list[WorkbookCard] = []
        self.notice, self.delete = Notice(theme), Button(theme, "Delete", "serious", icon="trash")
        self.empty = EmptyPage(theme, "file", "No workbook lies about", WHY)
        self.empty.setAcceptDrops(False)
        self.empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._why, self._scroll = Label(theme, WHY, "second", "ink2", wrap=True), ScrollColumn(theme)
        self._lay_out()
        self.delete.clicked.connect(self.ask_to_delete)
        self.retheme()

    def look(self) -> None:
        """Read which are there, in the background."""
        self.workspace.read("outreach.files", old_workbooks, self.show_files)

    def show_files(self, files: tuple[OldWorkbook, ...]) -> None:
        """Show them."""
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [WorkbookCard(self.theme, one) for one in files]
        for card in self.cards:
            card.take.toggled.connect(self._count)
            self._list.addWidget(card)
        for part in (self._why, self.delete):
            part.setVisible(bool(files))
        self.empty.setVisible(not files)
        self.counted.emit(sum(bool(one.why) for one in files))
        self._count()

    def ask_to_delete(self) -> None:
        """Say what deleting does, and do it when she confirms."""
        files = _files(len(self._ticked()))
        words = f"Delete {files} from this computer? That cannot be undone. What was recorded stays in Matcher."
        self.notice.tell("care", words, (("Delete", self.delete_ticked), ("Leave them", lambda: None)))

    def delete_ticked(self) -> None:
        """Delete those that are ticked."""
        ids = [card.one.id for card in self._ticked()]
        self.workspace.write(
            lambda store, _progress: delete_workbooks(store, ids), self._deleted, what="Deleting workbooks",
            on_failed=self._failed,
        )  # fmt: skip

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._list.setSpacing(px(Space.M))
        self._body.setMaximumWidth(px(MOST_WIDE))
        self.empty.setMinimumHeight(px(200))
        super().retheme()

    def _ticked(self) -> list[WorkbookCard]:
        return [card for card in self.cards if card.take.isChecked()]

    def _count(self) -> None:
        count = len(self._ticked())
        self.delete.setText(f"Delete {_files(count)}…" if count else "Delete")
        self.delete.updateGeometry()
        self.delete.set_unavailable(None if count else "Tick the files to delete")

    def _deleted(self, deleted: Deleted) -> None:
        self.look()
        if deleted.kept:
            self.notice.tell("care", " ".join(deleted.kept))
        if deleted.paths:
            self.workspace.say(f"Deleted {_files(len(deleted.paths))}.")

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _lay_out(self) -> None:
        outer, self._body = QVBoxLayout(self), QWidget()
        outer.setContentsMargins(0, 0, 0, 0)
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.addWidget(self._why)
        self._list.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        self._scroll.column.addWidget(self.empty)
        self._scroll.column.addWidget(self._body)
        self._scroll.column.addStretch(1)
        outer.addWidget(self.notice)
        outer.addWidget(self._scroll, 1)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"
