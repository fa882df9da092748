"""Facts that are corrected where they stand: a pencil or a double click opens their fields in place."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from matcher.directory import FIELDS, edit_member
from matcher.errors import UserError
from matcher_ui.models.member_words import Fact, as_typed, editor_kind
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.keyed import save_by_key
from matcher_ui.widgets.labels import Label, breakable
from matcher_ui.widgets.paint import focus_ring, rounded, smooth
from matcher_ui.workspace import Workspace

TRUTHS = ("not known", "yes", "no")
LABEL_WIDTH = 88


class FactEditor(Part):
    """The fields of one fact. ``saved`` once the directory took them, ``left`` when she changed her mind."""

    saved = Signal()
    left = Signal()

    def __init__(
        self, workspace: Workspace, member_id: int, fields: Sequence[str], values: Mapping[str, Any],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        self._member_id = member_id
        self._before = {name: as_typed(name, values[name]) for name in fields}
        self.fields = {name: self._field(name) for name in fields}
        self.save = Button(self.theme, "Save", "main")
        self.cancel = Button(self.theme, "Cancel", "quiet")
        self._column, self._row = QVBoxLayout(self), QHBoxLayout()
        for field in self.fields.values():
            self._column.addWidget(field)
        self._row.addStretch(1)
        self._row.addWidget(self.cancel)
        self._row.addWidget(self.save)
        self._column.addLayout(self._row)
        self.save.clicked.connect(self.keep)
        save_by_key(self.save, self)
        self.cancel.clicked.connect(self.left)
        self.retheme()

    def start(self) -> None:
        """Put the keyboard into the first field."""
        control = next(iter(self.fields.values())).control
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(control, QLineEdit):
            control.selectAll()

    def changed(self) -> dict[str, str]:
        """The fields whose text is another now, as typed."""
        return {name: typed for name in self.fields if (typed := self._typed(name)) != self._before[name]}

    def type_again(self, typed: Mapping[str, str]) -> None:
        """Type into the fields what was typed in them before."""
        for name in self.fields.keys() & typed.keys():
            control = self.fields[name].control
            if isinstance(control, QComboBox):
                control.setCurrentText(typed[name] or TRUTHS[0])
            elif isinstance(control, QPlainTextEdit):
                control.setPlainText(typed[name])
            elif isinstance(control, QLineEdit):
                control.setText(typed[name])

    def keep(self) -> None:
        """Save what changed; what could not be read is said at its field."""
        changed = self.changed()
        if not changed:
            self.left.emit()
            return
        for field in self.fields.values():
            field.set_state("normal")
        self.save.set_unavailable("Saving")
        said = ", ".join(FIELDS[name].label.lower() for name in changed)

        def done(batch: int) -> None:
            self.saved.emit()
            self.workspace.say(f"Corrected: {said}.", batch)

        job = self.workspace.write(
            lambda store, _progress: edit_member(store, self._member_id, changed),
            done, what="Saving a correction", on_failed=self._show_trouble,
        )  # fmt: skip
        job.ended.connect(lambda: self.save.set_unavailable(None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.keep()
        else:
            super().keyPressEvent(event)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.M), px(Space.S), px(Space.M), px(Space.M))
        self._column.setSpacing(px(Space.S))
        for field in self.fields.values():
            if isinstance(field.control, QPlainTextEdit):
                field.control.setFixedHeight(px(112))
        super().retheme()

    def _field(self, name: str) -> Field:
        kind, before = editor_kind(name), self._before[name]
        control: QWidget
        if kind == "text":
            words = QPlainTextEdit(before)
            words.setTabChangesFocus(True)
            control = words
        elif kind == "truth":
            choice = QComboBox()
            choice.addItems(TRUTHS[1:] if name == "shared_phone" else TRUTHS)
            choice.setCurrentText(before or TRUTHS[0])
            control = choice
        else:
            line = QLineEdit(before)
            line.returnPressed.connect(self.keep)
            control = line
        return Field(self.theme, FIELDS[name].label, control)

    def _typed(self, name: str) -> str:
        control = self.fields[name].control
        if isinstance(control, QComboBox):
            chosen = control.currentText()
            return "" if chosen == TRUTHS[0] else chosen
        if isinstance(control, QPlainTextEdit):
            return control.toPlainText().strip()
        assert isinstance(control, QLineEdit)
        return control.text().strip()

    def _show_trouble(self, error: UserError) -> None:
        name = error.where if error.where in self.fields else next(iter(self.changed()), next(iter(self.fields)))
        field = self.fields[name]
        field.set_state("wrong", f"{error.what} {error.todo or ''}".strip())
        field.control.setFocus(Qt.FocusReason.OtherFocusReason)


class FactRow(Part):
    """A fact as a line; Enter, a double click or its pencil opens the editor in its place."""

    spoken_as = QAccessible.Role.Button

    def __init__(
        self, workspace: Workspace, fact: Fact, *, label_width: int = LABEL_WIDTH, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace, self.fact = workspace, fact
        self._label_width = label_width
        self._member_id = 0
        self._values: Mapping[str, Any] = {}
        self.editor: FactEditor | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._line = QWidget()
        self._row = QHBoxLayout(self._line)
        self._icon = IconView(self.theme, fact.icon, "ink3", 16) if fact.icon else None
        self._label = Label(self.theme, fact.label, "second", "ink2", wrap=not fact.icon)
        self._words = Label(self.theme, "", "second", wrap=True)
        self.pencil = IconButton(self.theme, "pencil", f"Correct: {fact.label}", outlined=True, parent=self)
        self.pencil.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.pencil.clicked.connect(self.edit)
        self.retheme()

    @property
    def fields(self) -> Sequence[str]:
        """What its editor corrects."""
        return self.fact.fields

    def show_values(self, member_id: int, values: Mapping[str, Any]) -> None:
        """Show a member's values; an editor that is open on the same member stays."""
        if self.editor is not None and member_id != self._member_id:
            self.close_editor()
        self._member_id, self._values = member_id, values
        words = self.fact.words(values)
        self._words.setText(breakable(words) or "Not known")
        self._words.set_look(color="ink" if words else "ink3")
        self.setAccessibleName(f"{self.fact.label}: {words or 'not known'}")
        self.setAccessibleDescription("Press Enter to correct")

    def edit(self) -> None:
        """Open the fields in place."""
        if self.editor is not None or not self._member_id:
            return
        self.editor = FactEditor(self.workspace, self._member_id, self.fact.fields, self._values)
        self.editor.saved.connect(self.close_editor)
        self.editor.left.connect(self.close_editor)
        self._column.addWidget(self.editor)
        self._line.hide()
        self.editor.show()
        self.editor.start()

    def close_editor(self) -> None:
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
            self._line.show()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_pencil()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_pencil()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_pencil()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_pencil()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.editor is None:
            self.edit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.edit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        if self.editor is not None:
            rounded(painter, self.rect(), theme.px(10), theme.color("panel"), theme.color("line"))
        elif self.underMouse():
            rounded(painter, self.rect(), theme.px(8), theme.color("hover"))
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, radius=8)
        painter.end()

    def retheme(self) -> None:
        px = self.theme.px
        self._row.setContentsMargins(px(Space.XS), px(Space.XS), px(Space.XS), px(Space.XS))
        self._row.setSpacing(px(Space.S))
        self._label.setFixedWidth(px(self._label_width))
        self.pencil.setFixedSize(px(26), px(24))
        self._line.setMinimumHeight(px(28))
        self._place_pencil()
        if self._icon is not None:
            self._icon.setFixedSize(px(16), px(20))
        super().retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_pencil()

    def _place_pencil(self) -> None:
        self.pencil.move(self.width() - self.pencil.width() - self.theme.px(2), self.theme.px(2))

    def _show_pencil(self) -> None:
        self.pencil.setVisible(self.editor is None and (self.underMouse() or self.hasFocus()))
        self.pencil.raise_()
        self.update()

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        if self._icon is not None:
            self._row.addWidget(self._icon, 0, top)
        self._row.addWidget(self._label, 0, top)
        self._row.addWidget(self._words, 1, top)
        self.pencil.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._line)
