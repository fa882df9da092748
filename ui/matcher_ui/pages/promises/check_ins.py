"""Check-ins: the one message allowed without a permission, to whom and why, and the record that it was sent."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher.consent import record_check_in
from matcher_ui.models.check_ins import LINE_ROLE, CheckInLine, CheckInModel, why_words
from matcher_ui.pages.people_to_write import (
    OneByOne,
    PersonDelegate,
    PersonHead,
    ReadyText,
    SendPanel,
    Told,
)
from matcher_ui.pages.request.match.even_list import EvenList
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.chip import Chip
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.rows import Index
from matcher_ui.widgets.what_is_this import Explained
from matcher_ui.workspace import Place, Workspace

RULE = "Once and one reminder, never to anyone who said no."


class CheckInDelegate(PersonDelegate):
    """Paints one member, why, and a chip on a reminder."""

    def told(self, index: Index) -> Told:
        line: CheckInLine = index.data(LINE_ROLE)
        return line.ready.name, why_words(line), ("resting", "Reminder") if line.ready.reminder else None


class CheckInPerson(SendPanel):
    """The member shown, with the ready message; ``opened`` goes to their page."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "The member to check in with", parent)
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

    def _lay_out(self) -> None:
        self.column.addWidget(PersonHead(self.theme, self._name, self._chip))
        self.column.addWidget(self._why)
        self.column.addWidget(self.page, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.text, 1)


class CheckInsView(OneByOne):
    """The tab."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        theme = workspace.theme
        self.model = CheckInModel()
        people = EvenList(theme, CheckInDelegate(theme), "Members to check in with")
        people.setModel(self.model)
        self.person = CheckInPerson(theme)
        empty = EmptyPage(
            theme, "check", "No check-in to send",
            f"Who has not said what they may be asked about, or not for two years, comes up here. {RULE}",
        )  # fmt: skip
        side, self._top = QWidget(), QVBoxLayout()
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        note = Label(theme, RULE, "second", "ink2", wrap=True)
        self._top.addWidget(Explained(theme, note, "check_in"))
        left.addLayout(self._top)
        left.addWidget(people, 1)
        super().__init__(workspace, people, self.person, empty, side, parent)
        self.model.setParent(self)
        people.activated.connect(lambda _index: self.open_shown())
        self.retheme()

    def show_people(self, people: tuple[CheckInLine, ...]) -> None:
        """Show whom to check in with; after one was sent, the next comes up in their place."""
        shown = self._shown()
        self.model.show(people)
        self.show_rows(len(people), self.model.row_of(shown.ready.member_id if shown else None))

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

    def show_row(self, row: int) -> None:
        self.person.show_person(self.model.people[row])

    def open_shown(self) -> None:
        one = self._shown()
        if one is not None:
            self.workspace.go(Place("member", one.ready.member_id))

    def retheme(self) -> None:
        px = self.theme.px
        self._top.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.S))
        super().retheme()

    def _shown(self) -> CheckInLine | None:
        return self.model.people[self.row] if self.row < len(self.model.people) else None
