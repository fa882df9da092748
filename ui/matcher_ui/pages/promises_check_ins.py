"""Check-ins: the one message allowed without a permission, to whom and why, and the record that it was sent."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from matcher.consent import record_check_in
from matcher_ui.models.check_ins import LINE_ROLE, CheckInLine, CheckInModel, why_words
from matcher_ui.pages.match.even_list import EvenList
from matcher_ui.pages.people_to_write import ListBesidePanel, PersonDelegate, ReadyText, Told, person_column
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.chip import Chip
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.rows import Index
from matcher_ui.workspace import Place, Workspace

RULE = "Once and one reminder, never to anyone who said no."


class CheckInDelegate(PersonDelegate):
    """Paints one member, why, and a chip on a reminder."""

    def told(self, index: Index) -> Told:
        line: CheckInLine = index.data(LINE_ROLE)
        return line.ready.name, why_words(line), ("resting", "Reminder") if line.ready.reminder else None


class CheckInPerson(Ground):
    """The member shown, with the ready message. ``sent`` records it; ``opened`` goes to their page."""

    sent = Signal()
    opened = Signal()
    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "panel", line_left=True, parent=parent)
        self.setAccessibleName("The member to check in with")
        self._name = ElidedLabel(theme, "", "panel_title")
        self._why = Label(theme, "", "second", "ink2", wrap=True)
        self._chip = Chip(theme, "resting", "Reminder")
        self.record = Button(theme, "Sent", "main", icon="check")
        self.record.setAccessibleName("Record that it was sent")
        self.text = ReadyText(theme, self.record)
        self.message, self.copy, self.open = self.text.message, self.text.copy, self.text.open
        self.page = Button(theme, "Open the member’s page", "link")
        self._lay_out()
        self.text.copied.connect(self.copied)
        self.record.clicked.connect(self.sent)
        self.page.clicked.connect(self.opened)
        self.retheme()

    def show_person(self, one: CheckInLine) -> None:
        """Show one of the list."""
        ready = one.ready
        self._name.setText(ready.name)
        self._why.setText(f"{why_words(one)}.")
        self._chip.setVisible(ready.reminder)
        self.text.show_text(ready.text, ready.channel, ready.link)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(24), px(16), px(24), px(16))
        self._column.setSpacing(px(8))
        super().retheme()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        person_column(self._column, self._name, self._chip)
        self._column.addWidget(self._why)
        self._column.addWidget(self.page, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.text, 1)


class CheckInsView(Part):
    """The tab."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        theme = self.theme
        self._row = 0
        self.model = CheckInModel(self)
        self.list = EvenList(theme, CheckInDelegate(theme), "Members to check in with")
        self.list.setModel(self.model)
        self._note, self.person = Label(theme, RULE, "second", "ink2", wrap=True), CheckInPerson(theme)
        self.empty = EmptyPage(
            theme, "check", "No check-in to send.",
            f"Who has not said what they may be asked about, or not for two years, comes up here. {RULE}",
        )  # fmt: skip
        self.empty.setAcceptDrops(False)
        self.empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack, self._around = QStackedWidget(), QWidget()
        self._lay_out()
        self._connect()
        self.retheme()

    def show_people(self, people: tuple[CheckInLine, ...]) -> None:
        """Show whom to check in with; after one was sent, the next comes up in their place."""
        chosen = self.model.people[self._row].ready.member_id if self._row < len(self.model.people) else None
        fallback = self._row
        self.model.show(people)
        self._stack.setCurrentIndex(1 if people else 0)
        if people:
            row = self.model.row_of(chosen)
            self.list.setCurrentIndex(self.model.index(min(fallback, len(people) - 1) if row is None else row))

    def record_sent(self) -> None:
        """Record that the message to the member shown was sent."""
        one = self._shown()
        if one is None:
            return
        what = "reminder" if one.ready.reminder else "check-in"
        said = f"Recorded: {what} sent to {one.ready.name}."
        self.workspace.write(
            lambda store, _progress: record_check_in(store, one.ready.member_id),
            lambda batch: self.workspace.say(said, batch), what="Recording a check-in",
        )  # fmt: skip

    def retheme(self) -> None:
        px = self.theme.px
        self._top.setContentsMargins(px(24), px(12), px(24), px(8))
        self._margin.setContentsMargins(px(24), px(16), px(24), px(24))
        self.empty.setMinimumHeight(px(200))
        super().retheme()

    def _shown(self) -> CheckInLine | None:
        return self.model.people[self._row] if self._row < len(self.model.people) else None

    def _choose(self, current: QModelIndex) -> None:
        one: CheckInLine | None = current.data(LINE_ROLE) if current.isValid() else None
        if one is not None:
            self._row = current.row()
            self.person.show_person(one)

    def _open(self) -> None:
        one = self._shown()
        if one is not None:
            self.workspace.go(Place("member", one.ready.member_id))

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.activated.connect(lambda _index: self._open())
        self.person.sent.connect(self.record_sent)
        self.person.opened.connect(self._open)
        self.person.copied.connect(lambda: self.workspace.say("Copied. Paste it where you write to them."))

    def _lay_out(self) -> None:
        outer, side, self._top = QVBoxLayout(self), QWidget(), QVBoxLayout()
        left, self._margin = QVBoxLayout(side), QVBoxLayout(self._around)
        for layout in (outer, left):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._top.addWidget(self._note)
        left.addLayout(self._top)
        left.addWidget(self.list, 1)
        self._margin.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self._around)
        self._stack.addWidget(ListBesidePanel(self.theme, side, self.person))
        outer.addWidget(self._stack)
