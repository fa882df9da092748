"""One requester: who they are, the record in counts, dated facts, and their requests."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher.clock import LONDON, today
from matcher.model import FactKind
from matcher.triage import RequesterPage
from matcher_ui.brief_words import STAGES
from matcher_ui.dates import day_words
from matcher_ui.models.member_words import Dated
from matcher_ui.shortcuts import SAVE
from matcher_ui.theme import Space, Theme
from matcher_ui.triage_words import FACTS, record_words
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame, Ground
from matcher_ui.widgets.dated_list import DatedList
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.scroll_column import ScrollColumn


class RequesterPanel(Ground):
    """``saved`` carries name, role, contact, organisation; ``added`` a fact; ``opened`` a request.

    ``asked_report`` asks for everything held on them.
    """

    saved = Signal(str, str, str, str)
    added = Signal(object, object, str)
    opened = Signal(int)
    asked_report = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "panel", line_left=True, parent=parent)
        self.setAccessibleName("The requester shown")
        self.who: RequesterPage | None = None
        self.name, self.role, self.contact, self.organisation = (QLineEdit() for _ in range(4))
        self.save = Button(theme, "Save changes")
        self._title = Label(theme, "", "panel_title", wrap=True)
        self._record = Label(theme, "", "second_running", wrap=True)
        self._record_card = CardFrame(theme)
        self.facts = DatedList(theme, "Facts on file")
        self.requests = DatedList(theme, "Their requests", leads=True)
        self.kind, self.on, self.words = QComboBox(), QDateEdit(), QLineEdit()
        self.add = Button(theme, "Note it", tall=True)
        self.report = Button(theme, "Everything held…", "quiet", icon="file")
        self._no_facts = Label(theme, "Nothing noted yet.", "second", "ink2")
        self._scroll, self._whole, self._row = ScrollColumn(theme), QVBoxLayout(self), QHBoxLayout()
        self._inside = QVBoxLayout(self._record_card)
        self._lay_out()
        self._connect()
        self.retheme()

    def show_requester(self, who: RequesterPage) -> None:
        """Show a requester; what she is typing about the same one stays."""
        typing = self.who is not None and self.who.id == who.id and bool(self.keeps_unsaved())
        self.who = who
        if not typing:
            for line, words in zip(self._lines(), (who.name, who.role, who.contact, who.organisation), strict=True):
                line.setText(words)
                line.setCursorPosition(0)
        self._title.setText(who.name or who.contact or "Nobody named")
        lines = list(record_words(who.record))
        if who.colleagues:
            lines.append(
                f"Others of {who.organisation}: {', '.join(one.name or one.contact for one in who.colleagues)}."
            )
        self._record.setText("\n".join(lines))
        now = today()
        self.facts.setVisible(bool(who.facts))
        self.facts.show_lines([Dated(day_words(f.on, now), f.words, FACTS[f.kind]) for f in who.facts])
        self._no_facts.setVisible(not who.facts)
        self.requests.show_lines(
            [
                Dated(day_words(row.received.astimezone(LONDON).date(), now), row.title, STAGES[row.stage])
                for row in who.requests
            ]
        )
        self._mark()

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        if self.who is None:
            return ""
        held = (self.who.name, self.who.role, self.who.contact, self.who.organisation)
        changed = tuple(line.text() for line in self._lines()) != held
        return (
            "your change of the requester" if changed else "the fact you were noting" if self.words.text() else ""
        )

    def retheme(self) -> None:
        px = self.theme.px
        self._whole.setContentsMargins(1, 0, 0, 0)
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._scroll.column.setSpacing(px(Space.M))
        self._inside.setContentsMargins(px(Space.L), px(Space.M), px(Space.L), px(Space.M))
        self._row.setSpacing(px(Space.S))
        super().retheme()

    def _lines(self) -> tuple[QLineEdit, ...]:
        return self.name, self.role, self.contact, self.organisation

    def _mark(self) -> None:
        changed = self.keeps_unsaved().startswith("your")
        self.save.set_unavailable(None if changed else "Nothing was changed")
        self.add.set_unavailable(None if self.words.text().strip() else "Write what happened")

    def _save(self) -> None:
        self.saved.emit(*(line.text() for line in self._lines()))

    def _add(self) -> None:
        words, day = self.words.text().strip(), self.on.date()
        if words:
            self.added.emit(FactKind(self.kind.currentData()), date(day.year(), day.month(), day.day()), words)

    def _open(self, place: int) -> None:
        if self.who is not None:
            self.opened.emit(self.who.requests[place].id)

    def _connect(self) -> None:
        for line in (*self._lines(), self.words):
            line.textChanged.connect(self._mark)
        self.save.clicked.connect(self._save)
        press_by_key(self.save, SAVE)
        self.add.clicked.connect(self._add)
        self.words.returnPressed.connect(self._add)
        self.requests.opened.connect(self._open)
        self.report.clicked.connect(self.asked_report)

    def _lay_out(self) -> None:
        theme, column, left = self.theme, self._scroll.column, Qt.AlignmentFlag.AlignLeft
        for kind, words in FACTS.items():
            self.kind.addItem(words, kind.value)
        now = today()
        self.on.setDate(QDate(now.year, now.month, now.day))
        self.on.setMaximumDate(QDate(now.year, now.month, now.day))
        self.on.setCalendarPopup(True)
        self.words.setPlaceholderText("£25 vouchers sent to all six")
        who = (Field(theme, "Name", self.name), Field(theme, "Role", self.role))
        where = (Field(theme, "Contact", self.contact), Field(theme, "Organisation", self.organisation))
        self._inside.addWidget(self._record)
        fact = (Field(theme, "A fact", self.kind), Field(theme, "On", self.on))
        self._row.addWidget(Field(theme, "What happened", self.words), 1)
        self._row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self._title)
        column.addWidget(self._record_card)
        column.addWidget(Label(theme, "Their requests", "section"))
        column.addWidget(self.requests)
        column.addWidget(Label(theme, "Promised, paid, given back", "section"))
        column.addWidget(self.facts)
        column.addWidget(self._no_facts)
        column.addWidget(Beside(theme, fact, 176))
        column.addLayout(self._row)
        column.addWidget(Label(theme, "Who they are", "section"))
        column.addWidget(Beside(theme, who, 176))
        column.addWidget(Beside(theme, where, 176))
        column.addWidget(self.save, 0, left)
        column.addWidget(self.report, 0, left)
        column.addStretch(1)
        self._whole.addWidget(self._scroll)
