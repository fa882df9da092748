"""Add a member in half a minute: a panel beside the table that stays open for the next one."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from matcher.directory import Added
from matcher.errors import UserError
from matcher.model import Decision
from matcher_ui.models.members_table import MemberLine, MemberLines
from matcher_ui.models.new_member import LINES, NewMember, add, alike, place_of, place_words
from matcher_ui.purposes import HOWS, PURPOSES, REQUESTS, SPOKEN_HOWS
from matcher_ui.shortcuts import SAVE
from matcher_ui.theme import Space
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

WIDTH, NARROW = 352, 304


class Words(QPlainTextEdit):
    """A few lines of running text; Tab goes on to the next field."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self.at_100_percent = height
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())


class AddPanel(Ground):
    """``closed`` when she is done; what she typed stays until it is saved."""

    closed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, "panel", line_left=True, parent=parent)
        self.workspace = workspace
        theme = self.theme
        self.lines = MemberLines()
        self._title = Label(theme, "Add a member", "panel_title")
        self._close = IconButton(theme, "cross", "Close")
        self.name, self.contact, self.place, self.since = (QLineEdit() for _ in range(4))
        self.experience, self.interests = Words(64), Words(44)
        self.evidence, self.how = QLineEdit(), QComboBox()
        for how in SPOKEN_HOWS:
            self.how.addItem(HOWS[how][:1].upper() + HOWS[how][1:], how)
        self.ticks = {purpose: QCheckBox(PURPOSES[purpose]) for purpose in REQUESTS}
        self.fields = {
            "name": Field(theme, "Name", self.name),
            "contact": Field(theme, "Phone or e-mail", self.contact),
            "place": Field(theme, "Town or postcode", self.place),
            "since": Field(theme, "In home care since", self.since, "2018, or “6 years”"),
            "experience": Field(theme, "Their experience, in their own words", self.experience),
            "interests": Field(theme, "What they would like to speak about", self.interests),
            "how": Field(theme, "How", self.how),
            "evidence": Field(theme, "What did they say?", self.evidence, "Needed when ticked"),
        }
        self.found = Label(theme, "", "hint", "ink2", wrap=True)
        self._may = Label(theme, "They said they may be asked about", "label", "ink2")
        self.known = Banner(theme, "care", "")
        self._open_known = self.known.add_action("open", "Open", "plain")
        self.trouble = Banner(theme, "stop", "")
        self.save = Button(theme, "Save", "main", tall=True)
        self.another = Button(theme, "Save and add another")
        self._looking = QTimer(self, singleShot=True, interval=200)
        self._alike: MemberLine | None = None
        self._lay_out()
        self._connect()
        self.clear()
        self.retheme()

    def start(self) -> None:
        """Put the keyboard where typing begins."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> NewMember:
        """What is filled in now."""
        return NewMember(
            self.name.text().strip(),
            self.contact.text().strip(),
            self.place.text().strip(),
            self.since.text().strip(),
            self.experience.toPlainText().strip(),
            self.interests.toPlainText().strip(),
            {purpose: Decision.GIVEN for purpose, tick in self.ticks.items() if tick.isChecked()},
            self.evidence.text().strip(),
            self.how.currentData(),
        )

    def clear(self) -> None:
        """Empty every line."""
        for line in (self.name, self.contact, self.place, self.since, self.evidence):
            line.clear()
        for words in (self.experience, self.interests):
            words.clear()
        for tick in self.ticks.values():
            tick.setChecked(False)
        self._forget_trouble()
        self._look()

    def keep(self, *, then_another: bool) -> None:
        """Save what is typed, or say in place what is missing."""
        typed = self.typed()
        self._forget_trouble()
        if not typed.name and not typed.contact:
            self._wrong("name", "A name, a phone or an e-mail is needed")
            return
        if typed.may_ask and not typed.evidence:
            self._wrong("evidence", "Needed: such as “said so on the phone”")
            return
        self._set_busy(True)

        def done(added: Added) -> None:
            self.clear()
            self.workspace.say(f"Added {typed.name or typed.contact}.", added.batch)
            if then_another:
                self.start()
            else:
                self.closed.emit()

        job = self.workspace.write(
            lambda store, _progress: add(store, typed), done, what="Adding a member", on_failed=self._show_trouble
        )
        job.ended.connect(lambda: self._set_busy(False))

    def set_narrow(self, narrow: bool) -> None:
        """Take less room in a small window."""
        self.setFixedWidth(self.theme.px(NARROW if narrow else WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched, 0, self.theme.px(28))
        return super().eventFilter(watched, event)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.PAGE), 0, 0)
        self._top.setContentsMargins(px(Space.PAGE), 0, px(Space.L), 0)
        self._scroll.set_margins(Space.PAGE, Space.S, Space.PAGE, Space.L)
        self._form.setSpacing(px(Space.M))
        self._foot.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.L))
        self._foot.setSpacing(px(Space.S))
        for words in (self.experience, self.interests):
            words.setFixedHeight(px(words.at_100_percent))
        super().retheme()

    def _wrong(self, line: str, words: str) -> None:
        self.fields[line].set_state("wrong", words)
        self.fields[line].control.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(self.fields[line], 0, self.theme.px(8))

    def _show_trouble(self, error: UserError) -> None:
        line = LINES.get(error.where or "")
        if line:
            self._wrong(line, f"{error.what} {error.todo or ''}".strip())
        else:
            self.trouble.set_message("stop", str(error))
            self.trouble.show()

    def _forget_trouble(self) -> None:
        self.trouble.hide()
        for field in self.fields.values():
            field.set_state("normal")

    def _set_busy(self, busy: bool) -> None:
        self.save.set_unavailable("Saving" if busy else None)
        self.another.set_unavailable("Saving" if busy else None)

    def _look(self) -> None:
        """Say which place is meant, and who is alike."""
        typed, lines = self.typed(), self.lines
        self.workspace.read(
            "members.typed",
            lambda _store: (place_words(place_of(typed.place)), alike(lines, typed)),
            lambda answer: self._show_look(typed, *answer),
        )

    def _show_look(self, typed: NewMember, where: str, same: MemberLine | None) -> None:
        unknown = "Not a place Matcher knows; it is kept as you wrote it" if typed.place else ""
        self.found.setText(where or unknown)
        self.found.setVisible(bool(self.found.text()))
        self._alike = same
        if same is not None:
            self.known.set_message("care", f"Already a member: M{same.id}, {same.place or same.name}.")
        self.known.setVisible(same is not None)

    def _go_to_known(self) -> None:
        if self._alike is not None:
            self.workspace.go(Place("member", self._alike.id))

    def _connect(self) -> None:
        for line in (self.name, self.contact, self.place):
            line.textChanged.connect(lambda _text: self._looking.start())
        for line in (self.name, self.contact, self.place, self.since, self.evidence):
            line.returnPressed.connect(lambda: self.keep(then_another=False))
        self._looking.timeout.connect(self._look)
        self.save.clicked.connect(lambda: self.keep(then_another=False))
        self.another.clicked.connect(lambda: self.keep(then_another=True))
        self._close.clicked.connect(self.closed)
        self._open_known.clicked.connect(self._go_to_known)
        press_by_key(self.save, SAVE)
        press_by_key(self.another, "Save, and add another member")

    def _lay_out(self) -> None:
        self.setAccessibleName("Add a member")
        self._top = QHBoxLayout()
        self._top.addWidget(self._title, 1)
        self._top.addWidget(self._close)
        self._scroll = ScrollColumn(self.theme)
        self._form = self._scroll.column
        for key in ("name", "contact", "place"):
            self._form.addWidget(self.fields[key])
        self._form.addWidget(self.found)
        self._form.addWidget(self.known)
        for key in ("since", "experience", "interests"):
            self._form.addWidget(self.fields[key])
        self._form.addWidget(self._may)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        for place, tick in enumerate(self.ticks.values()):
            grid.addWidget(tick, place // 2, place % 2)
        self._form.addLayout(grid)
        for key in ("how", "evidence"):
            self._form.addWidget(self.fields[key])
        self._form.addStretch(1)
        for field in self.fields.values():
            field.control.installEventFilter(self)
        self._column = QVBoxLayout()
        self._column.addLayout(self._top)
        self._column.addWidget(self._scroll, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._column, 1)
        outer.addWidget(self.trouble)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.another)
        self._foot.addStretch(1)
        self._foot.addWidget(self.save)
        outer.addLayout(self._foot)
