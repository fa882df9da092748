"""One partner: who it is, who came through it, its other spellings; or words that may be a partner."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from matcher.directory import HeardWords, PartnerRow
from matcher.model import PartnerKind
from matcher_ui.models.partner_words import KINDS, members_words
from matcher_ui.shortcuts import SAVE
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.long_choice import LongChoice
from matcher_ui.widgets.scroll_column import ScrollColumn

_AUTO = "As its name tells"

KEPT = ("name", "kind", "place", "contact", "note")
"""What is kept of a partner."""


class PartnerPanel(Ground):
    """``saved`` carries the number (None: a new one) and the values, ``merged`` who is kept and who goes,
    ``linked`` words and a partner, ``left_words`` words and the partner they are not (None: none at all),
    ``wants_new`` a name to begin with, ``wants_members`` the name of a partner whose members she wants to see.
    """

    saved = Signal(object, object)
    merged = Signal(int, int)
    linked = Signal(str, int)
    left_words = Signal(str, object)
    wants_new = Signal(str)
    wants_members = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "panel", line_left=True, parent=parent)
        self.setAccessibleName("The partner shown")
        self.form, self.words = PartnerForm(theme), WordsForm(theme)
        self._stack = QStackedWidget()
        for face in (self.form, self.words):
            self._stack.addWidget(face)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(self._stack)
        self.form.save.clicked.connect(lambda: self.saved.emit(self.form.number, self.form.values()))
        self.form.show_members.clicked.connect(lambda: self.wants_members.emit(self.form.shown_name))
        self.form.merge.clicked.connect(self._merge)
        self.words.same.clicked.connect(lambda: self._link(self.words.heard.may_be if self.words.heard else None))
        self.words.link.clicked.connect(lambda: self._link(self.words.which.currentData()))
        self.words.new.clicked.connect(self._new)
        self.words.other.clicked.connect(lambda: self._leave(this_one=True))
        self.words.none.clicked.connect(lambda: self._leave(this_one=False))

    def acts(self) -> tuple[Button, ...]:
        """The buttons of what is shown, for the menu of its row."""
        words = self.words
        return (self.form.show_members, words.same, words.new, words.other, words.none)

    def set_partners(self, partners: Sequence[PartnerRow]) -> None:
        """These can be merged and linked with."""
        self.form.partners, self.words.partners = tuple(partners), tuple(partners)

    def show_partner(self, row: PartnerRow) -> None:
        """Show a partner; what she is typing about the same one stays."""
        self._stack.setCurrentWidget(self.form)
        self.form.show_partner(row)

    def show_words(self, heard: HeardWords) -> None:
        """Show words that point to no partner."""
        self._stack.setCurrentWidget(self.words)
        self.words.show_words(heard)

    def start(self, name: str) -> None:
        """An empty form, for a partner who is added."""
        self._stack.setCurrentWidget(self.form)
        self.form.start(name)

    def saved_now(self) -> None:
        """What was typed is kept now."""
        self.form.forget_typed()

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        typed = self._stack.currentWidget() is self.form and self.form.is_changed()
        return "the partner you were writing" if typed else ""

    def _merge(self) -> None:
        away = self.form.others.currentData()
        if self.form.number is not None and away is not None:
            self.merged.emit(self.form.number, away)

    def _link(self, number: int | None) -> None:
        if self.words.heard is not None and number is not None:
            self.linked.emit(self.words.heard.words, number)

    def _new(self) -> None:
        if self.words.heard is not None:
            self.wants_new.emit(self.words.heard.words)

    def _leave(self, *, this_one: bool) -> None:
        heard = self.words.heard
        if heard is not None:
            self.left_words.emit(heard.words, heard.may_be if this_one else None)


class PartnerForm(Part):
    """The fields of one partner, and what can be done with it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.number: int | None = None
        self.partners: tuple[PartnerRow, ...] = ()
        self.shown_name = ""
        self._held = dict.fromkeys(KEPT, "")
        self.title, self.came = Label(theme, "", "panel_title", wrap=True), Label(theme, "", "running", wrap=True)
        self.show_members = Button(theme, "Show them", "link")
        self.name, self.place, self.contact = (QLineEdit() for _ in range(3))
        self.kind, self.others, self.note = QComboBox(), LongChoice(), QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.save = Button(theme, "Save changes", "main")
        press_by_key(self.save, SAVE)
        self.merge = Button(theme, "Merge into this one")
        self.spellings = Label(theme, "", "second", "ink2", wrap=True)
        self._merge_part = QWidget()
        self._scroll = ScrollColumn(theme)
        self._lay_out()
        for line in (self.name, self.place, self.contact):
            line.textChanged.connect(self._mark)
            line.returnPressed.connect(self.save.click)
        self.note.textChanged.connect(self._mark)
        self.kind.currentIndexChanged.connect(self._mark)
        self.retheme()

    def show_partner(self, row: PartnerRow) -> None:
        """Show a partner; what she is typing about the same one stays."""
        if self.number != row.id or not self.is_changed():
            self._fill({"name": row.name, "kind": row.kind.value, "place": row.place, "contact": row.contact,
                        "note": row.note})  # fmt: skip
        self.number, self.shown_name = row.id, row.name
        self.title.setText(row.name)
        self.came.setText(f"{members_words(row.members) if row.members else 'Nobody'} came through it.")
        self.show_members.setVisible(bool(row.members))
        self.spellings.setText(f"Also written: {', '.join(row.spellings)}." if row.spellings else "")
        self.spellings.setVisible(bool(row.spellings))
        self.others.clear()
        for other in self.partners:
            if other.id != row.id:
                self.others.addItem(other.name, other.id)
        self._merge_part.setVisible(self.others.count() > 0)
        self.save.setText("Save changes")
        self._mark()

    def start(self, name: str) -> None:
        """An empty form; ``name`` is where to begin."""
        self.number, self.shown_name = None, ""
        self._fill(dict.fromkeys(KEPT, ""))
        self.name.setText(name)
        self.title.setText("A new partner")
        self.came.setText("Members whose words are its name point to it once it is added.")
        for part in (self.show_members, self.spellings, self._merge_part):
            part.hide()
        self.save.setText("Add this partner")
        self._mark()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def values(self) -> dict[str, str]:
        """What is typed; the kind is left out when its name is to tell it."""
        typed = {
            "name": self.name.text(), "kind": self.kind.currentData() or "", "place": self.place.text(),
            "contact": self.contact.text(), "note": self.note.toPlainText(),
        }  # fmt: skip
        return typed if typed["kind"] else {key: words for key, words in typed.items() if key != "kind"}

    def is_changed(self) -> bool:
        """Whether something is typed that is not kept yet."""
        return self.values() != {key: words for key, words in self._held.items() if key != "kind" or words}

    def forget_typed(self) -> None:
        """What is typed is what is kept."""
        self._held = {"kind": "", **self.values()}
        self._mark()

    def retheme(self) -> None:
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._scroll.column.setSpacing(self.theme.px(Space.M))
        self._merging.setSpacing(self.theme.px(Space.S))
        self.note.setFixedHeight(self.theme.px(72))
        super().retheme()

    def _fill(self, held: dict[str, str]) -> None:
        self._held = held
        for line, name in ((self.name, "name"), (self.place, "place"), (self.contact, "contact")):
            line.setText(held[name])
            line.setCursorPosition(0)
        self.note.setPlainText(held["note"])
        self.kind.setCurrentIndex(max(self.kind.findData(held["kind"]), 0))

    def _mark(self) -> None:
        nameless = "Write its name" if not self.name.text().strip() else None
        self.save.set_unavailable(nameless or (None if self.is_changed() else "Nothing was changed"))

    def _lay_out(self) -> None:
        theme, column, left = self.theme, self._scroll.column, Qt.AlignmentFlag.AlignLeft
        self.kind.addItem(_AUTO, "")
        for kind in PartnerKind:
            self.kind.addItem(KINDS[kind], kind.value)
        self.contact.setPlaceholderText("A name, an e-mail or a number")
        for part in (self.title, self.came):
            column.addWidget(part)
        column.addWidget(self.show_members, 0, left)
        column.addWidget(Field(theme, "Name", self.name))
        column.addWidget(Beside(theme, (Field(theme, "Kind", self.kind), Field(theme, "Place", self.place)), 176))
        column.addWidget(Field(theme, "Contact", self.contact))
        column.addWidget(Field(theme, "Note", self.note))
        column.addWidget(self.save, 0, left)
        column.addWidget(self.spellings)
        merging = self._merging = QVBoxLayout(self._merge_part)
        merging.setContentsMargins(0, 0, 0, 0)
        merging.addWidget(Field(theme, "The same as", self.others))
        merging.addWidget(self.merge, 0, left)
        column.addWidget(self._merge_part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)


class WordsForm(Part):
    """Words that point to no partner: which one they are, a new one, or none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.heard: HeardWords | None = None
        self.partners: tuple[PartnerRow, ...] = ()
        self.title, self.said = Label(theme, "", "panel_title", wrap=True), Label(theme, "", "running", wrap=True)
        self.same = Button(theme, "", "main", icon="handshake")
        self.other = Button(theme, "Not this one")
        self.which = LongChoice()
        self.link = Button(theme, "It is this one")
        self.new = Button(theme, "Make it a partner", icon="plus")
        self.none = Button(theme, "Leave it as words", "quiet")
        self._which_part = QWidget()
        self._scroll, self._near, self._ways = ScrollColumn(theme), FlowLayout(), FlowLayout()
        self._lay_out()
        self.retheme()

    def show_words(self, heard: HeardWords) -> None:
        """Show these words and what they may be."""
        self.heard = heard
        names = {row.id: row.name for row in self.partners}
        self.title.setText(f"“{heard.words}”")
        self.said.setText(f"{members_words(heard.members)} said so. It points to no partner.")
        near = names.get(heard.may_be) if heard.may_be is not None else None
        self.same.setText(f"It is {near}")
        self.same.updateGeometry()
        for button in (self.same, self.other):
            button.setVisible(near is not None)
        self.which.clear()
        for number, name in names.items():
            self.which.addItem(name, number)
        self._which_part.setVisible(bool(names))

    def retheme(self) -> None:
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._scroll.column.setSpacing(self.theme.px(Space.M))
        super().retheme()

    def _lay_out(self) -> None:
        column = self._scroll.column
        for part in (self.title, self.said):
            column.addWidget(part)
        for button in (self.same, self.other):
            self._near.addWidget(button)
        column.addLayout(self._near)
        whole = QVBoxLayout(self._which_part)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Field(self.theme, "A partner", self.which))
        whole.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._which_part)
        for button in (self.new, self.none):
            self._ways.addWidget(button)
        column.addLayout(self._ways)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
