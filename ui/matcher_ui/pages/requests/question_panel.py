"""One question: where to turn, a reply to copy, and the few things kept about it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from matcher.triage import ABOUT, NATIONS, Question, Signpost, about_words
from matcher_ui.shortcuts import COPY
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame, Ground
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.paint import RIGHT
from matcher_ui.widgets.scroll_column import ScrollColumn

URGENT = "This may be danger, abuse or exploitation: these numbers first."
UNKNOWN = "Not known"
IN_DOUBT = "Look these up before you send them, their numbers could not be checked: {names}."


class QuestionPanel(Ground):
    """``changed`` carries the question as corrected; ``copied`` fires when the reply was copied."""

    changed = Signal(Question)
    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "panel", line_left=True, parent=parent)
        self.setAccessibleName("The question shown")
        self.question: Question | None = None
        self._filling = False
        self.urgent_note = Banner(theme, "stop", URGENT, icon="warning")
        self.places = PlacesCard(theme)
        self.about, self.nation, self.note = QComboBox(), QComboBox(), QLineEdit()
        self.urgent = QCheckBox("Urgent: danger or abuse")
        self.urgent.setToolTip("Also exploitation: whoever asks may need help now")
        self.note.setMaxLength(400)
        self.note.setPlaceholderText("Only what you need to help; no names")
        self.reply = QPlainTextEdit()
        self.reply.setTabChangesFocus(True)
        self.reply_field = Field(theme, "A reply to copy", self.reply)
        self.copy = Button(theme, "Copy the reply", "main", icon="copy")
        self.done = Button(theme, "Answered", icon="check")
        self.later = Button(theme, "Ask again in a week", icon="clock")
        self._went = Label(theme, "", "second", "ink2", wrap=True)
        self._scroll, self._ways, self._whole = ScrollColumn(theme), FlowLayout(), QVBoxLayout(self)
        self._fill_choices()
        self._lay_out()
        self._connect()
        self.retheme()

    def show_question(self, question: Question) -> None:
        """Show a question; a reply that was changed stays while it is the same one."""
        same = self.question is not None and self.question.id == question.id
        typed = same and self.question is not None and self.reply.toPlainText() != self.question.reply
        self.question, self._filling = question, True
        self.urgent_note.setVisible(question.urgent)
        self.places.show_places(question.places)
        self.about.setCurrentText(about_words(question.about))
        self.nation.setCurrentText(question.nation or UNKNOWN)
        self.urgent.setChecked(question.urgent)
        self.note.setText(question.note)
        if not typed:
            self.reply.setPlainText(question.reply)
        went = f"Sent to: {question.signposted_to}" if question.signposted_to else ""
        self._went.setText(went)
        self._went.setVisible(bool(went))
        answered = "Answered already" if question.answered else None
        for button in (self.done, self.later):
            button.set_unavailable(answered)
        self._filling = False

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        changed = self.question is not None and self.reply.toPlainText() != self.question.reply
        return "the reply you were changing" if changed else ""

    def where(self) -> str:
        """Where the reply sends them: the first places of the list."""
        return "; ".join(place.name for place in self.question.places[:3]) if self.question else ""

    def retheme(self) -> None:
        px = self.theme.px
        self._whole.setContentsMargins(1, 0, 0, 0)
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._scroll.column.setSpacing(px(Space.M))
        self._ways.setSpacing(px(Space.S))
        self.reply.setFont(self.theme.font("second"))
        self.reply.setMinimumHeight(px(160))
        super().retheme()

    def _save(self, _how: object = None) -> None:
        if self.question is None or self._filling:
            return
        about = next(one for one in ABOUT if about_words(one) == self.about.currentText())
        nation = "" if self.nation.currentText() == UNKNOWN else self.nation.currentText()
        now = replace(
            self.question, about=about, nation=nation, urgent=self.urgent.isChecked(), note=self.note.text().strip()
        )
        if now != self.question:
            self.changed.emit(now)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.reply.toPlainText())
        self.copied.emit()

    def _fill_choices(self) -> None:
        self.about.addItems([about_words(one) for one in ABOUT])
        self.nation.addItems([UNKNOWN, *NATIONS])

    def _connect(self) -> None:
        for choice in (self.about, self.nation):
            choice.activated.connect(self._save)
        self.urgent.clicked.connect(self._save)
        self.note.editingFinished.connect(self._save)
        self.copy.clicked.connect(self._copy)
        press_by_key(self.copy, COPY)

    def _lay_out(self) -> None:
        theme, column = self.theme, self._scroll.column
        facts = Beside(theme, (Field(theme, "About", self.about), Field(theme, "Nation", self.nation)), 160)
        for button in (self.copy, self.done, self.later):
            self._ways.addWidget(button)
        column.addWidget(self.urgent_note)
        column.addWidget(facts)
        column.addWidget(self.urgent)
        column.addWidget(self.places)
        column.addWidget(self.reply_field)
        column.addLayout(self._ways)
        column.addWidget(self._went)
        column.addWidget(Field(theme, "A note of your own", self.note))
        column.addStretch(1)
        self._whole.addWidget(self._scroll)


class PlacesCard(CardFrame):
    """Where to turn, in the order in which to try; each with its number and its source in the tip."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.addWidget(Label(theme, "Where to turn", "label", "ink2"))
        self.setAccessibleName("Where to turn")
        self.retheme()

    def show_places(self, places: tuple[Signpost, ...]) -> None:
        """List these places."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [_PlaceLine(self.theme, place) for place in places]
        if doubtful := [place.name for place in places if place.is_in_doubt]:
            self._lines.append(
                Label(self.theme, IN_DOUBT.format(names=", ".join(doubtful)), "hint", "ink2", wrap=True)
            )
        for line in self._lines:
            self._column.addWidget(line)
        self.setAccessibleDescription(" ".join(place.line for place in places))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.L), px(Space.M), px(Space.L), px(Space.L))
        self._column.setSpacing(px(Space.S))
        super().retheme()


class _PlaceLine(Part):
    """One place: name and number, and below them what for."""

    def __init__(self, theme: Theme, place: Signpost) -> None:
        super().__init__(theme)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(Space.M))
        grid.setVerticalSpacing(0)
        name = f"{place.name} ({place.nation})" if place.nation else place.name
        contact = Label(theme, place.contact, "second_name", "stop" if place.first else "ink", wrap=True)
        contact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        contact.setAlignment(RIGHT)
        for column, part in enumerate((Label(theme, name, "second_name", wrap=True), contact)):
            grid.addWidget(part, 0, column, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(theme, place.what_for, "second", "ink2", wrap=True), 1, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        read = f". Checked on {place.checked.day} {place.checked:%B %Y}" if place.checked else ""
        self.setToolTip(f"Taken from {place.source}{read}")
