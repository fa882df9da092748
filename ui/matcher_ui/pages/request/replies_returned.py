"""The filled workbook read back: what it would change, what she has to decide, and which rows are left out."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.outreach import (
    RepliesPreview,
    RepliesRecorded,
    ReplyChange,
    ReplyConflict,
    needs_password,
    read_replies_file,
    record_replies,
)
from matcher.storage.store import Store
from matcher_ui.models.asks import ANSWERS
from matcher_ui.pages.request.replies_pasted import WITHDRAWS
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.chip import Chip
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Workspace

_MOST_WIDE = 860


class ChangeLine(Part):
    """One answer of the file: the row, whose it is, what they wrote and what it is taken for."""

    def __init__(self, theme: Theme, change: ReplyChange, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.change = change
        head, self._column = QHBoxLayout(), QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)  # the lines of one answer stand closer than two answers
        head.addWidget(Label(theme, f"Row {change.row}", "second", "ink2"))
        head.addWidget(ElidedLabel(theme, change.name, "second_name"), 1)
        head.addWidget(Chip(theme, "withdrawn" if change.stops else "neutral", ANSWERS[change.answer]))
        head.setSpacing(theme.px(Space.M))
        self._column.addLayout(head)
        told = (("It says ", f"“{change.words}”" if change.words else ""), ("Picked ", change.picked),
                ("Note: ", change.note))  # fmt: skip
        said = [f"{what}{words}" for what, words in told if words]
        before = f"Before: {ANSWERS[change.before]}" if change.before else ""
        withdraws = WITHDRAWS.get(change.answer, "")
        for words, ink in ((".  ".join(filter(None, (*said, before))), "ink2"), (withdraws, "stop")):
            if words:
                self._column.addWidget(Label(theme, words, "second", ink, wrap=True))


class ConflictLine(Part):
    """An answer that is another here: she ticks it to take the one of the file."""

    def __init__(self, theme: Theme, conflict: ReplyConflict, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.conflict = conflict
        change = conflict.change
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.take = QCheckBox(f"Take the answer of the file: {ANSWERS[change.answer]}")
        self.take.setAccessibleName(f"{change.name}: take the answer of the file, {ANSWERS[change.answer]}")
        words = f"Row {conflict.row}, {change.name}. {conflict.here}. The file says “{change.words}”."
        self._column.addWidget(Label(theme, words, "second", wrap=True))
        self._column.addWidget(self.take)


class _Card(CardFrame):
    """A heading with lines below it; hidden while there are none."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._column = QVBoxLayout(self)
        self._column.addWidget(Label(theme, title, "section"))
        self.lines: list[QWidget] = []
        self.retheme()

    def show_lines(self, lines: list[QWidget]) -> None:
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = lines
        for line in lines:
            self._column.addWidget(line)
        self.setVisible(bool(lines))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.M), px(Space.CARD), px(Space.L))
        self._column.setSpacing(px(Space.M))
        super().retheme()


class ReturnedView(Part):
    """A preview; nothing is recorded before Accept. ``left`` when she is done or changes her mind."""

    left = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        theme = self.theme
        self.workspace = workspace
        self.preview: RepliesPreview | None = None
        self._path, self._request_id = Path(), 0
        self.notice, self.summary = Notice(theme), Label(theme, "", "section", wrap=True)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password_field = Field(theme, "The password of this workbook", self.password)
        self.accept, self.cancel = Button(theme, "Accept", "main", icon="check"), Button(theme, "Cancel", "quiet")
        self.open = Button(theme, "Read it", "main")
        self.changes = _Card(theme, "To record")
        self.conflicts = _Card(theme, "For you to decide: answered here since")
        self.rejected = _Card(theme, "Left out")
        self.notes = _Card(theme, "To know")
        self._scroll, self._inner = ScrollColumn(theme), QWidget()
        self._lay_out()
        self.accept.clicked.connect(self.record)
        self.cancel.clicked.connect(self.left)
        self.open.clicked.connect(self._read)
        self.password.returnPressed.connect(self._read)
        self.retheme()

    def begin(self, request_id: int, path: Path) -> None:
        """Look at a file; where it is locked, ask for its password first."""
        self._path, self._request_id, self.preview = path, request_id, None
        self.notice.clear()
        self.password.clear()
        for card in (self.changes, self.conflicts, self.rejected, self.notes):
            card.show_lines([])
        self.summary.setText(f"Reading {path.name}")
        self.accept.hide()
        locked = needs_password(path)
        self._ask_password(locked=locked)
        if locked:
            self.summary.setText(f"{path.name} is locked")
        else:
            self._read()

    def show_preview(self, preview: RepliesPreview) -> None:
        """Show what the file would change."""
        theme = self.theme
        self.preview = preview
        self._ask_password(locked=False)
        self.changes.show_lines([ChangeLine(theme, one) for one in preview.changes])
        self.conflicts.show_lines([self._conflict(one) for one in preview.conflicts])
        self.rejected.show_lines(
            [Label(theme, f"Row {one.row}: {one.reason}", "second", wrap=True) for one in preview.rejected]
        )
        self.notes.show_lines([Label(theme, one, "second", wrap=True) for one in preview.notes])
        self.summary.setText(f"{Path(preview.path).name}: {summary_of(preview)}")
        self.accept.show()
        self._count()

    def record(self) -> None:
        """Record the changes and the conflicts that are ticked, in one step with Undo."""
        preview = self.preview
        if preview is None:
            return
        take = self._taken()
        self.notice.clear()

        def done(recorded: RepliesRecorded) -> None:
            stops = f", {_times(recorded.stops, 'withdrawal')} among them" if recorded.stops else ""
            self.workspace.say(f"Recorded {_times(recorded.recorded, 'answer')}{stops}.", recorded.batch)
            self.left.emit()

        self.workspace.write(
            lambda store, _progress: record_replies(store, preview, take), done, what="Recording the answers",
            on_failed=self._failed,
        )  # fmt: skip

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._column.setSpacing(px(Space.M))
        self._do.setSpacing(px(Space.S))
        self._inner.setMaximumWidth(px(_MOST_WIDE))
        self.password_field.setMaximumWidth(px(360))
        super().retheme()

    def _conflict(self, conflict: ReplyConflict) -> ConflictLine:
        line = ConflictLine(self.theme, conflict)
        line.take.toggled.connect(self._count)
        return line

    def _taken(self) -> list[int]:
        lines = (line for line in self.conflicts.lines if isinstance(line, ConflictLine))
        return [line.conflict.row for line in lines if line.take.isChecked()]

    def _count(self) -> None:
        count = (len(self.preview.changes) if self.preview else 0) + len(self._taken())
        self.accept.setText(f"Accept {_times(count, 'answer')}" if count else "Accept")
        self.accept.updateGeometry()
        self.accept.set_unavailable(None if count else "There is nothing to record")

    def _ask_password(self, *, locked: bool) -> None:
        self.password_field.setVisible(locked)
        self.open.setVisible(locked)

    def _read(self) -> None:
        path, request_id, password = self._path, self._request_id, self.password.text()

        def verb(store: Store) -> RepliesPreview:
            return read_replies_file(store, path, request_id, password=password)

        self.notice.clear()
        self.workspace.read(
            "replies.file", verb, self.show_preview, what="Reading the workbook", on_failed=self._failed
        )

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._column, self._do = QVBoxLayout(self._inner), FlowLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        for button in (self.accept, self.open, self.cancel):
            self._do.addWidget(button)
        self._column.addWidget(self.summary)
        self._column.addWidget(self.password_field)
        self._column.addLayout(self._do)
        for card in (self.conflicts, self.changes, self.rejected, self.notes):
            self._column.addWidget(card)
        self._scroll.add_body(self._inner)
        outer.addWidget(self.notice)
        outer.addWidget(self._scroll, 1)


def summary_of(preview: RepliesPreview) -> str:
    """“5 answers to record, 1 to decide, 2 rows left out, 3 recorded already”."""
    parts = [f"{_times(len(preview.changes), 'answer')} to record"]
    if preview.conflicts:
        parts.append(f"{len(preview.conflicts)} to decide")
    if preview.rejected:
        parts.append(f"{_times(len(preview.rejected), 'row')} left out")
    if preview.same:
        parts.append(f"{preview.same} recorded already")
    if preview.empty:
        parts.append(f"{preview.empty} without an answer")
    return ", ".join(parts)


def _times(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
