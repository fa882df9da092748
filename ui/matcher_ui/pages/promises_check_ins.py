"""Check-ins: the one message allowed without a permission, to whom and why, and the record that it was sent."""

from PySide6.QtCore import QModelIndex, QRect, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from matcher.consent import record_check_in
from matcher_ui.models.check_ins import LINE_ROLE, CheckInLine, CheckInModel, why_words
from matcher_ui.pages.match.even_list import EvenDelegate, EvenList
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.chip import Chip, chip_size, paint_chip
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.initials import paint_initials
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.paint import hairline, text
from matcher_ui.widgets.rows import Index, RowState
from matcher_ui.workspace import Place, Workspace

RULE = "Once and one reminder, never to anyone who said no."
OPENS = {"WhatsApp": "Open WhatsApp", "E-mail": "Open the e-mail", "Phone": "Call"}
"""Channel -> the button that opens it."""
_PERSON_WIDTH, _MOST_SHARE = 440, 0.5


class CheckInDelegate(EvenDelegate):
    """Paints one member: initials, name, why, and a chip on a reminder."""

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        theme, px = self.theme, self.theme.px
        line: CheckInLine = index.data(LINE_ROLE)
        ready = line.ready
        side = px(32)
        disc = QRect(px(24), rect.y() + (rect.height() - side) // 2, side, side)
        paint_initials(painter, disc, theme, ready.name)
        left, right = disc.right() + 1 + px(12), rect.right() + 1 - self.margin
        end = right
        if ready.reminder:
            size = chip_size(theme, "resting", "Reminder", in_row=True)
            end = right - size.width() - px(12)
            chip = QRect(right - size.width(), rect.center().y() - size.height() // 2, size.width(), size.height())
            paint_chip(painter, chip, theme, "resting", "Reminder")
        room = QRect(left, rect.y() + px(8), end - left, theme.line("name"))
        text(painter, room, ready.name, theme, "name")
        room.translate(0, theme.line("name"))
        text(painter, room, why_words(line), theme, "second", "ink2")
        if not state.selected:
            hairline(painter, left, right, rect.bottom(), theme.color("line"))


class CheckInPerson(Ground):
    """The member shown, with the ready message. ``sent`` records it; ``opened`` goes to their page."""

    sent = Signal()
    opened = Signal()
    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "panel", line_left=True, parent=parent)
        self.setAccessibleName("The member to check in with")
        self._one: CheckInLine | None = None
        self._name = ElidedLabel(theme, "", "panel_title")
        self._why = Label(theme, "", "second", "ink2", wrap=True)
        self._chip = Chip(theme, "resting", "Reminder")
        self.message = QPlainTextEdit()
        self.message.setReadOnly(True)
        self.message.setAccessibleName("The message, ready to send")
        self.copy, self.open = Button(theme, "Copy", icon="copy"), Button(theme, "Open", icon="arrow_right")
        self.record = Button(theme, "Sent", "main", icon="check")
        self.record.setAccessibleName("Record that it was sent")
        self.page = Button(theme, "Open the member’s page", "link")
        self._lay_out()
        self.copy.clicked.connect(self._copy)
        self.open.clicked.connect(self._open)
        self.record.clicked.connect(self.sent)
        self.page.clicked.connect(self.opened)
        self.retheme()

    def show_person(self, one: CheckInLine) -> None:
        """Show one of the list."""
        self._one = one
        ready = one.ready
        self._name.setText(ready.name)
        self._why.setText(f"{why_words(one)}.")
        self._chip.setVisible(ready.reminder)
        self.message.setPlainText(ready.text)
        self.open.setText(OPENS.get(ready.channel, "Open"))
        self.open.set_unavailable(None if ready.link else "No phone or e-mail is known")
        self.open.updateGeometry()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(24), px(16), px(24), px(16))
        self._column.setSpacing(px(8))
        self._send.setSpacing(px(8))
        self.message.setFont(self.theme.font("second"))
        super().retheme()

    def _copy(self) -> None:
        if self._one is not None:
            QGuiApplication.clipboard().setText(self._one.ready.text)
            self.copied.emit()

    def _open(self) -> None:
        if self._one is not None and self._one.ready.link:
            QDesktopServices.openUrl(QUrl(self._one.ready.link))

    def _lay_out(self) -> None:
        self._column, self._send, head = QVBoxLayout(self), FlowLayout(), QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._chip)
        for button in (self.copy, self.open, self.record):
            self._send.addWidget(button)
        self._column.addLayout(head)
        self._column.addWidget(self._why)
        self._column.addWidget(self.page, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.message, 1)
        self._column.addLayout(self._send)


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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.person.setFixedWidth(min(self.theme.px(_PERSON_WIDTH), round(self.width() * _MOST_SHARE)))

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
        outer, both, left, self._top = QVBoxLayout(self), QWidget(), QVBoxLayout(), QVBoxLayout()
        across, self._margin = QHBoxLayout(both), QVBoxLayout(self._around)
        for layout in (outer, across, left):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._top.addWidget(self._note)
        left.addLayout(self._top)
        left.addWidget(self.list, 1)
        across.addLayout(left, 1)
        across.addWidget(self.person)
        self._margin.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self._around)
        self._stack.addWidget(both)
        outer.addWidget(self._stack)
