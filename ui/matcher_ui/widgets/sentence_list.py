"""A short list of sentences in a card: each can be changed in place, removed and put back, and one added."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.fields import NumberDot
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.paint import focus_ring, rounded, smooth


class Entry(Part):
    """What is typed into to change or add a sentence. ``done`` carries the new value; Escape is ``left``."""

    done = Signal(object)
    left = Signal()
    removed = Signal()

    def buttons(self, accept: Callable[[], None], *, new: bool) -> QHBoxLayout:
        """Done, Cancel and, for what is there already, Remove."""
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(Space.XS))
        done, leave = Button(self.theme, "Done"), Button(self.theme, "Cancel", "quiet")
        done.clicked.connect(accept)
        leave.clicked.connect(self.left)
        row.addWidget(done)
        row.addWidget(leave)
        row.addStretch(1)
        if not new:
            remove = IconButton(self.theme, "trash", "Remove this")
            remove.clicked.connect(self.removed)
            row.addWidget(remove)
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SentenceRow(Part):
    """One sentence with its mark and number. Enter changes it, Delete removes it or puts it back."""

    spoken_as = QAccessible.Role.Button
    wanted_edit = Signal()
    changed = Signal()
    chosen = Signal(int)

    def __init__(self, theme: Theme, words: str, value: Any, mark: tuple[str, str], number: int | None) -> None:
        super().__init__(theme)
        self.value, self.removed, self.number = value, False, number
        self._spoken, self._mark_look = words, mark
        self._mark = IconView(theme, *mark, size=14)
        self._words = Label(theme, words, "second", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self._dot = NumberDot(theme)
        self._back = Button(theme, "Put back", "link")
        self._edit = IconButton(theme, "pencil", f"Change: {words}")
        self._current = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self.set_number(number, care=False)
        self._show()
        self.retheme()

    def set_number(self, number: int | None, *, care: bool) -> None:
        self.number = number
        self._dot.set_number(number, care=care)

    def set_current(self, on: bool) -> None:
        """Mark it as the one whose phrase is shown in the original."""
        self._current = on
        self.update()

    def toggle_removed(self) -> None:
        self.removed = not self.removed
        self._show()
        self.changed.emit()

    def retheme(self) -> None:
        px = self.theme.px
        self._row.setContentsMargins(px(Space.S), px(Space.S), px(Space.XS), px(Space.S))
        self._row.setSpacing(px(Space.S))
        self._edit.setFixedSize(px(24), px(20))
        self._dot.setFixedSize(px(16), px(20))
        self._mark.setFixedHeight(px(20))
        super().retheme()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not self.removed:
            self.wanted_edit.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.toggle_removed()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.number is not None:
            self.chosen.emit(self.number)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        if not self.removed:
            self.wanted_edit.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.number is not None:
            self.chosen.emit(self.number)
        self._show_tool()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_tool()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_tool()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_tool()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_tool()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        ground = "selected" if self._current else "hover" if self.underMouse() else None
        if ground:
            rounded(painter, self.rect(), theme.px(6), theme.color(ground))
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme)
        painter.end()

    def _show(self) -> None:
        self._words.setText(f"Removed: {self._spoken}" if self.removed else self._spoken)
        self._words.set_look(color="ink3" if self.removed else "ink")
        self._mark.set_icon("minus" if self.removed else self._mark_look[0], self._mark_look[1])
        self._back.setVisible(self.removed)
        self._dot.setVisible(self.number is not None and not self.removed)
        self.setAccessibleName(self._words.text())
        keys = "Delete puts it back" if self.removed else "Enter changes it, Delete removes it"
        self.setAccessibleDescription(keys)
        self._show_tool()

    def _show_tool(self) -> None:
        wanted = self.hasFocus() or self.underMouse() or self._edit.hasFocus()
        self._edit.setVisible(wanted and not self.removed)
        self.update()

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        top = Qt.AlignmentFlag.AlignTop
        self._row.addWidget(self._mark, 0, top)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._dot, 0, top)
        self._row.addWidget(self._back, 0, top)
        self._row.addWidget(self._edit, 0, top)
        self._back.setAccessibleName(f"Put back: {self._spoken}")
        self._back.clicked.connect(self.toggle_removed)
        kept = self._edit.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._edit.setSizePolicy(kept)
        self._edit.clicked.connect(self.wanted_edit)
        self._edit.installEventFilter(self)


class SentenceList(CardFrame):
    """The list. ``changed`` fires when its values did, ``chosen`` carries the number of the row with the keyboard.

    ``entry`` makes what a value, or None for a new one, is typed into; ``moved`` carries an entered value that
    ``belongs`` says is for another list.
    """

    changed = Signal()
    chosen = Signal(int)
    moved = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        words: Callable[[Any], str],
        entry: Callable[[Any | None], Entry],
        *,
        mark: tuple[str, str] = ("check", "accent"),
        add: str = "Add one",
        belongs: Callable[[Any], bool] = lambda _value: True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        self._words, self._make_entry, self._mark, self._belongs = words, entry, mark, belongs
        self.setAccessibleName(name)
        self._rows: list[SentenceRow] = []
        self._entry: Entry | None = None
        self._column = QVBoxLayout(self)
        self.add_button = Button(theme, add, "link", icon="plus")
        self.add_button.setAccessibleName(f"{name}: {add.lower()}")
        self.add_button.clicked.connect(lambda: self.edit(None))
        self._adding = QHBoxLayout()
        self._adding.addWidget(self.add_button)
        self._adding.addStretch(1)
        self._column.addLayout(self._adding)
        self._column.addStretch(1)
        self.retheme()

    @property
    def rows(self) -> tuple[SentenceRow, ...]:
        return tuple(self._rows)

    def values(self) -> tuple[Any, ...]:
        """What the list holds, removed ones left out."""
        return tuple(row.value for row in self._rows if not row.removed)

    def show_values(self, values: tuple[Any, ...], numbers: dict[int, tuple[int, bool]] | None = None) -> None:
        """Show other values; ``numbers`` gives for an index the number of its phrase and whether it is sure."""
        self._close_entry()
        for row in self._rows:
            self._drop(row)
        self._rows = []
        for index, value in enumerate(values):
            number, sure = (numbers or {}).get(index, (None, True))
            self._insert(index, value, number, sure=sure)

    def append(self, value: Any) -> None:
        """Add a value at the end."""
        self._insert(len(self._rows), value, None).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def set_current(self, number: int | None) -> None:
        """Mark the rows whose phrase has this number."""
        for row in self._rows:
            row.set_current(number is not None and row.number == number)

    def edit(self, row: SentenceRow | None) -> None:
        """Open the entry in the place of a row, or at the end for a new one."""
        self._close_entry()
        entry = self._make_entry(row.value if row else None)
        entry.done.connect(lambda value: self._take(row, value))
        entry.left.connect(lambda: self._leave(row))
        entry.removed.connect(lambda: self._remove(row))
        if row is not None:
            row.hide()
        self._column.insertWidget(self._rows.index(row) if row else len(self._rows), entry)
        self.add_button.setVisible(row is not None)
        self._entry = entry
        entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.XS), px(Space.XS), px(Space.XS), px(Space.S))
        self._column.setSpacing(0)
        self._adding.setContentsMargins(px(Space.S), px(Space.S), px(Space.S), px(Space.S))
        super().retheme()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(120), super().minimumSizeHint().height())

    def _take(self, row: SentenceRow | None, value: Any) -> None:
        self._close_entry()
        if not self._belongs(value):
            if row is not None:
                self._rows.remove(row)
                self._drop(row)
            self.moved.emit(value)
        elif row is None:
            self._insert(len(self._rows), value, None).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            index = self._rows.index(row)
            self._rows.remove(row)
            self._drop(row)
            self._insert(index, value, row.number).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _leave(self, row: SentenceRow | None) -> None:
        """Leave all as it was; the keyboard stays here."""
        self._close_entry()
        (row or self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, row: SentenceRow | None) -> None:
        self._close_entry()
        if row is not None:
            row.toggle_removed()
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _insert(self, index: int, value: Any, number: int | None, *, sure: bool = True) -> SentenceRow:
        row = SentenceRow(self.theme, self._words(value), value, self._mark, number)
        row.set_number(number, care=not sure)
        row.changed.connect(self.changed)
        row.chosen.connect(self.chosen)
        row.wanted_edit.connect(lambda: self.edit(row))
        self._rows.insert(index, row)
        self._column.insertWidget(index, row)
        row.show()  # a layout shows it only later, and what is hidden cannot take the keyboard
        return row

    def _drop(self, row: SentenceRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _close_entry(self) -> None:
        if self._entry is None:
            return
        self._column.removeWidget(self._entry)
        self._entry.hide()
        self._entry.deleteLater()
        self._entry = None
        self.add_button.show()
        for row in self._rows:
            row.show()
