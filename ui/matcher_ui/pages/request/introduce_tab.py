"""Introduce: counts before anybody agreed; after a yes the contact for the member, or the requester’s sheet."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from matcher import clock
from matcher.errors import UserError
from matcher.outreach import AskFact, SheetWritten, note_fact, small_groups, write_requester_sheet
from matcher.outreach.introduce import Introduced, Introduction
from matcher.progress import Progress
from matcher.storage.store import Store
from matcher_ui.dates import day_words
from matcher_ui.dialogs.choose_file import choose_where
from matcher_ui.models.introduce import IntroduceFacts, read_introduce, shared_lines
from matcher_ui.pages.people_to_write import OPENS
from matcher_ui.pages.request.introduce_sheet import SheetCard
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.dated_list import DatedList
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

ChoosePath = Callable[[QWidget, str], str]
MOST_WIDE, EACH = 1080, 336
NOTHING_YET = (
    "Nobody has said yes to this request yet, so nothing of anybody may be shared. Only counts may go out."
)


def choose_sheet(parent: QWidget, name: str) -> str:
    """Ask where the sheet goes; empty when she changes her mind."""
    path = choose_where(parent, "Write the requester’s sheet", name, "Excel workbook (*.xlsx)")
    return path if not path or Path(path).suffix else f"{path}.xlsx"


class CountsCard(CardFrame):
    """What may be told before a yes, as a sentence to copy."""

    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._title = Label(theme, "What you may tell them now", "section")
        self.sentence = Label(theme, "", "running", wrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hint = Label(theme, "Counts only. Small groups are put together, so nobody can be worked out.",
                           "second", "ink2", wrap=True)  # fmt: skip
        self.copy = Button(theme, "Copy", icon="copy")
        self.copy.setAccessibleName("Copy what you may tell them now")
        self.copy.clicked.connect(self._copy)
        self._column = QVBoxLayout(self)
        for part in (self._title, self.sentence, self._hint):
            self._column.addWidget(part)
        self._column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.retheme()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.L))
        self._column.setSpacing(px(Space.S))
        super().retheme()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.sentence.text())
        self.copied.emit()


class ContactCard(CardFrame):
    """First choice: the member gets the requester's contact. ``brief`` asks to go and add one.

    ``given`` carries the member, and their name, who has it now.
    """

    copied = Signal(str)
    brief = Signal()
    given = Signal(int, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAccessibleName("Give their contact to the member")
        self._people: tuple[Introduced, ...] = ()
        self.who = QComboBox()
        self.field = Field(theme, "Message for", self.who)
        self.opening = Banner(theme, "care", "")
        self.message = QPlainTextEdit()
        self.message.setReadOnly(True)
        self.message.setAccessibleName("The message, ready to send")
        self.copy = Button(theme, "Copy", "main", icon="copy")
        self.open = Button(theme, "Open WhatsApp", icon="arrow_right")
        self.record = Button(theme, "They have it", icon="check")
        self.record.setAccessibleName("Record that they were given the contact")
        self._given: Mapping[int, date] = {}
        self._wanted: int | None = None
        self._since = Label(theme, "", "second", "ink2", wrap=True)
        self.copy_opening = self.opening.add_action("opening", "Copy it")
        self.missing = Banner(theme, "care", "The request does not say how to reach them. Add it to the brief.")
        self.missing.add_action("brief", "Open the brief").clicked.connect(self.brief)
        self._lay_out()
        self.who.currentIndexChanged.connect(self._show)
        self.copy.clicked.connect(self._copy)
        self.copy_opening.clicked.connect(self._copy_opening)
        self.open.clicked.connect(self._open)
        self.record.clicked.connect(self._record)
        self.retheme()

    def show_introduction(self, found: Introduction, given: Mapping[int, date]) -> None:
        """Show the message for each who agreed: the one shown, or once they have it the next who has not."""
        chosen, before = self._wanted or self.who.currentData(), self._given
        self._wanted = None
        if chosen in given and chosen not in before:
            waiting = (one.member_id for one in found.people if one.member_id not in given)
            chosen = next(waiting, chosen)
        self._people, self._given = found.people, given
        self.who.blockSignals(True)
        self.who.clear()
        for one in found.people:
            self.who.addItem(one.name, one.member_id)
        self.who.setCurrentIndex(max(self.who.findData(chosen), 0))
        self.who.blockSignals(False)
        self.missing.setVisible(not found.contact)
        for part in (self.field, self.message, self.copy, self.open, self.record):
            part.setVisible(bool(found.contact))
        self._show()

    def choose(self, member_id: int) -> None:
        """Choose whom the message is for, now or once it was read."""
        place = self.who.findData(member_id)
        self._wanted = member_id if place < 0 else None
        if place >= 0:
            self.who.setCurrentIndex(place)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.CARD))
        self._column.setSpacing(px(Space.M))
        self._send.setSpacing(px(Space.S))
        self.message.setFont(self.theme.font("second"))
        self.message.setMinimumHeight(px(272))
        super().retheme()

    def _shown(self) -> Introduced | None:
        place = self.who.currentIndex()
        return self._people[place] if 0 <= place < len(self._people) else None

    def _show(self) -> None:
        one = self._shown()
        if one is None:
            return
        self.message.setPlainText(one.message)
        self.open.setText(OPENS.get(one.channel, "Open"))
        self.open.set_unavailable(None if one.link else "No phone or e-mail is known")
        self.open.updateGeometry()
        words = f"Others may read it. Open with: “{one.opening}” Send the rest once they answer."
        self.opening.set_message("care", words)
        self.opening.setVisible(bool(one.opening and one.message))
        day = self._given.get(one.member_id)
        self.record.set_unavailable("Recorded already" if day else None)
        self._since.setText(f"{one.name} was given it on {day_words(day, clock.today())}." if day else "")
        self._since.setVisible(day is not None)

    def _record(self) -> None:
        one = self._shown()
        if one is not None:
            self.given.emit(one.member_id, one.name)

    def _copy(self) -> None:
        one = self._shown()
        if one is not None:
            QGuiApplication.clipboard().setText(one.message)
            self.copied.emit(f"Copied the message for {one.name}.")

    def _open(self) -> None:
        one = self._shown()
        if one is not None and one.link:
            QDesktopServices.openUrl(QUrl(one.link))

    def _copy_opening(self) -> None:
        one = self._shown()
        if one is not None:
            QGuiApplication.clipboard().setText(one.opening)
            self.copied.emit(f"Copied the opening for {one.name}.")

    def _lay_out(self) -> None:
        theme = self.theme
        self._column = QVBoxLayout(self)
        words = "They get in touch themselves, when it suits them. Nothing of theirs is shared."
        self._column.addWidget(Label(theme, "Give their contact to the member", "section"))
        self._column.addWidget(Label(theme, words, "second", "ink2", wrap=True))
        for part in (self.missing, self.field, self.opening, self.message):
            self._column.addWidget(part)
        self._send = FlowLayout()
        for button in (self.copy, self.open, self.record):
            self._send.addWidget(button)
        self._column.addLayout(self._send)
        self._column.addWidget(self._since)
        self._column.addStretch(1)


class IntroduceTab(Part):
    """Shows one request; `show_request` also reads again what is shown. ``choose_path`` asks where a file goes."""

    def __init__(
        self, workspace: Workspace, choose_path: ChoosePath = choose_sheet, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        self._choose_path = choose_path
        self.request_id: int | None = None
        theme = self.theme
        self.notice, self.counts = Notice(theme), CountsCard(theme)
        self.nothing_yet = Banner(theme, "quiet", NOTHING_YET, icon="lock")
        self.nothing_yet.add_action("ask", "Go to Ask").clicked.connect(partial(self._go, "ask"))
        self.contact, self.sheet = ContactCard(theme), SheetCard(theme)
        self.agreed = Label(theme, "", "section")
        self._both = Beside(theme, (self.contact, self.sheet), EACH)
        self._log_title = Label(theme, "Shared for this request", "section")
        self.log = DatedList(theme, "Shared for this request")
        self._none = Label(theme, "Nothing was shared so far.", "second", "ink2")
        self._scroll, self._body = ScrollColumn(theme), QWidget()
        self._lay_out()
        self._connect()
        self._body.hide()
        self.retheme()

    def show_request(self, request_id: int) -> None:
        """Read what can be told and shared about a request, in the background."""
        if request_id != self.request_id:
            self.request_id = request_id
            self._body.hide()
            self.notice.clear()
            self.sheet.show_written(None)
        self.workspace.read(
            "request.introduce", lambda store: read_introduce(store, request_id), self.show_facts,
            on_failed=self._failed,
        )  # fmt: skip

    def show_facts(self, facts: IntroduceFacts) -> None:
        """Show what was read."""
        found = facts.introduction
        if found.request_id != self.request_id:
            return
        said_yes = bool(found.people)
        self.counts.sentence.setText(facts.counts)
        self.nothing_yet.setVisible(not said_yes)
        for part in (self.agreed, self._both):
            part.setVisible(said_yes)
        who = "1 person" if len(found.people) == 1 else f"{len(found.people)} people"
        self.agreed.setText(f"{who} said yes")
        self.contact.show_introduction(found, facts.given)
        self.sheet.show_people(found.people)
        self.log.show_lines(shared_lines(facts.shared))
        self._none.setVisible(not facts.shared)
        self.counts.setVisible(not said_yes)
        self._body.show()

    def turn_to(self, _part: str, person: int | None) -> None:
        """Choose whom the contact is for, now or once it was read."""
        if person is not None:
            self.contact.choose(person)

    def write_sheet(self) -> None:
        """Write the requester's sheet where she says."""
        request_id, columns = self.request_id, self.sheet.columns
        if request_id is None or not columns:
            return
        path = self._choose_path(self, f"R{request_id} people who agreed.xlsx")
        without_names, password = self.sheet.without_names.isChecked(), self.sheet.password.text()
        if not path:
            return
        self.notice.clear()

        def write(store: Store, _progress: Progress) -> SheetWritten:
            return write_requester_sheet(
                store, request_id, Path(path), columns, pseudonymous=without_names, password=password
            )

        self.sheet.write.set_unavailable("Writing…")
        job = self.workspace.write(write, self._written, what="Writing the sheet", on_failed=self._failed)
        job.ended.connect(lambda: self.sheet.write.set_unavailable(None))

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(Space.PAGE, Space.CARD, Space.PAGE, Space.PAGE)
        self._body.setMaximumWidth(px(MOST_WIDE))
        self._column.setSpacing(px(Space.L))
        super().retheme()

    def _written(self, written: SheetWritten) -> None:
        people = "1 person" if written.people == 1 else f"{written.people} people"
        self.sheet.show_written(written)
        self.notice.tell("good", f"Wrote {Path(written.path).name}: {people}. It is in the log below.")

    def _warn(self) -> None:
        """Look whom the columns may give away, over all that this requester received."""
        request_id, columns = self.request_id, self.sheet.columns
        without_names = self.sheet.without_names.isChecked()
        if request_id is not None:
            self.workspace.read(
                "request.groups",
                lambda store: small_groups(store, request_id, columns, pseudonymous=without_names),
                self.sheet.show_warnings, on_failed=self._failed,
            )  # fmt: skip

    def _give(self, member_id: int, name: str) -> None:
        request_id = self.request_id
        if request_id is None:
            return
        self.notice.clear()
        self.workspace.write(
            lambda store, _progress: note_fact(store, request_id, [member_id], AskFact.INTRODUCED),
            lambda batch: self.workspace.say(f"Recorded: {name} has their contact.", batch),
            what="Recording", on_failed=self._failed,
        )  # fmt: skip

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _go(self, tab: str) -> None:
        self.workspace.go(Place("request", self.request_id, tab))

    def _connect(self) -> None:
        self.counts.copied.connect(lambda: self.workspace.say("Copied. Paste it where you write to them."))
        self.contact.copied.connect(self.workspace.say)
        self.contact.brief.connect(partial(self._go, "brief"))
        self.sheet.copied.connect(lambda: self.workspace.say("Copied the letter. Attach the sheet to it."))
        self.sheet.changed.connect(self._warn)
        self.contact.given.connect(self._give)
        self.sheet.wanted.connect(self.write_sheet)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        self._column = QVBoxLayout(self._body)
        for layout in (outer, self._column):
            layout.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        parts = (self.counts, self.nothing_yet, self.agreed, self._both, self._log_title, self._none, self.log)
        for part in parts:
            self._column.addWidget(part)
        self._scroll.add_body(self._body)
        outer.addWidget(self.notice)
        outer.addWidget(self._scroll, 1)
