"""Ask: who is on the list, the message ready for each, and what each of them answered."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from matcher.clock import today
from matcher.errors import UserError
from matcher.model import Answer, InvitationState
from matcher.outreach import (
    LOT,
    Exported,
    Places,
    ReadyMessage,
    SessionRow,
    ask,
    pick_session,
    places,
    ready_messages,
    reply,
    sessions_of,
    write_emails,
)
from matcher.progress import Progress
from matcher.storage.store import Store
from matcher.triage import show_request
from matcher_ui.dialogs.choose_file import ChoosePath, choose_folder, choose_workbook
from matcher_ui.incoming_request import last_step
from matcher_ui.models.asks import READY_ROLE, SAID, STOPS_ASKED, AskModel, chip_of, how_words
from matcher_ui.models.drafts import drafts_words
from matcher_ui.pages.people_to_write import ListBesidePanel, PersonDelegate, Told
from matcher_ui.pages.request.ask_next import AskNext
from matcher_ui.pages.request.ask_person import KEYS, AskPerson
from matcher_ui.pages.request.match.even_list import EvenList
from matcher_ui.pages.request.match.the_list import export_list
from matcher_ui.pages.request.session_choice import is_full_for, say_full
from matcher_ui.papers import list_paper
from matcher_ui.printing import Paper
from matcher_ui.shortcuts import EXPORT, PRINT, WRITTEN
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.labels import ElidedLabel
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.row_menu import RowMenu
from matcher_ui.widgets.rows import Index
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

_LOW_BELOW = 400


class AskDelegate(PersonDelegate):
    """Paints one person, how and when, and where the ask stands."""

    def told(self, index: Index) -> Told:
        ready: ReadyMessage = index.data(READY_ROLE)
        return ready.name, how_words(ready), chip_of(ready)


class AskTab(Part):
    """Shows one request's list; `show_request` also reads again what is shown."""

    def __init__(
        self, workspace: Workspace, choose_path: ChoosePath = choose_workbook, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        self._choose_path = choose_path
        self.choose_folder: ChoosePath = choose_folder
        self.request_id: int | None = None
        self._chosen: int | None = None
        self._sessions: tuple[SessionRow, ...] = ()
        theme = self.theme
        self.model, self.notice, self.next = AskModel(self), Notice(theme), AskNext(theme)
        self.list = EvenList(theme, AskDelegate(theme), "The list, in its order")
        self.list.setModel(self.model)
        self.counts = ElidedLabel(theme, "", "second", "ink2")
        self.ask_all = Button(theme, "Record all as asked")
        self.export = Button(theme, "Export the workbook", icon="download")
        self.drafts = Button(theme, "Write e-mail drafts", icon="mail")
        self.print = IconButton(theme, "print", "Print the list", outlined=True)
        self.password = QLineEdit()
        self.password.setPlaceholderText("Password, if wanted")
        self.password.setAccessibleName("A password for the workbook, if wanted")
        self.more = Button(theme, "More", "quiet")
        self.more.setAccessibleName("More: the workbook, and printing the list")
        self._unfolded = False
        self.person = AskPerson(theme)
        self.empty = EmptyPage(
            theme, "outreach", "Nobody is on the list yet", "Choose people under Match, then ask them here.",
            "Go to Match", button_icon="arrow_right",
        )  # fmt: skip
        self.empty.setAcceptDrops(False)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retheme()

    def show_request(self, request_id: int) -> None:
        """Read the list of a request, in the background."""
        if request_id != self.request_id:
            self.request_id, self._chosen = request_id, None
            self.notice.clear()
        self.workspace.read(
            "request.ask",
            lambda store: (
                request_id,
                ready_messages(store, request_id),
                places(store, request_id),
                sessions_of(store, request_id),
            ),
            lambda found: self.show_people(*found),
            on_failed=self._failed,
        )

    def show_people(
        self, request_id: int, people: tuple[ReadyMessage, ...], stand: Places, sessions: tuple[SessionRow, ...]
    ) -> None:
        """Show what was read."""
        if request_id != self.request_id:
            return
        self._sessions = sessions
        self.model.show(people)
        self.next.show_places(stand, next((one.name for one in people if one.member_id == stand.next_reserve), ""))
        self.counts.setText(counts_words(people))
        to_ask = [one for one in people if _in_bulk(one)]
        many = len(to_ask) > LOT
        self.ask_all.setText(f"Record the next {LOT} as asked" if many else "Record all as asked")
        self.ask_all.updateGeometry()
        for button in (self.ask_all, self.drafts):
            button.setVisible(bool(to_ask))
        by_mail = any(one.channel == "E-mail" for one in to_ask)
        self.drafts.set_unavailable(None if by_mail else "Nobody is left to ask who is reached by e-mail")
        if not people:
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        row = self.model.row_of(self._chosen)
        self.list.setCurrentIndex(self.model.index(row or 0))
        self._choose(self.list.currentIndex())

    def choose(self, member_id: int) -> None:
        """Choose somebody of the list, now or once it was read."""
        self._chosen = member_id
        row = self.model.row_of(member_id)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row))

    def record_asked(self) -> None:
        """Record that the person shown was asked now."""
        ready = self._ready()
        if ready is not None:
            self._ask([ready.member_id], f"Asked {ready.name}. Recorded for now.")

    def record_all_asked(self) -> None:
        """Record the next ten of the list as asked, but no reserves and nobody who wants to be asked personally."""
        people = [one for one in self.model.people if _in_bulk(one)][:LOT]
        if people:
            self._ask(
                [one.member_id for one in people],
                f"Asked {len(people)} {'person' if len(people) == 1 else 'people'}. Recorded for now.",
            )

    def ask_next(self, member_id: object) -> None:
        """Ask the next in reserve: open the message for them, and record it. With None, go and choose more."""
        row = self.model.row_of(member_id) if isinstance(member_id, int) else None
        if row is None:
            self.workspace.go(Place("request", self.request_id, "match"))
            return
        ready = self.model.people[row]
        self.list.setCurrentIndex(self.model.index(row))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        QGuiApplication.clipboard().setText(ready.message)
        if ready.link:
            QDesktopServices.openUrl(QUrl(ready.link))
        self._ask([ready.member_id], f"Asked {ready.name}. The message is copied too.")

    def write_drafts(self) -> None:
        """Write a draft for each still to ask who is reached by e-mail, into the folder she chooses."""
        request_id = self.request_id
        folder = self.choose_folder(self, "Where the e-mail drafts go") if request_id is not None else ""
        if folder and request_id is not None:
            self.notice.clear()
            self.workspace.write(
                lambda store, _progress: write_emails(store, request_id, Path(folder)),
                lambda made: self.notice.tell("good", drafts_words(made, Path(folder).name)),
                what="Writing the drafts", on_failed=self._failed,
            )  # fmt: skip

    def record_answer(self, answer: Answer) -> None:
        """Record an answer of the person shown; to stop is asked once more."""
        ready = self._ready()
        if ready is None:
            return
        if answer in STOPS_ASKED:
            self.notice.tell(
                "care", STOPS_ASKED[answer].format(name=ready.name),
                (("Withdraw", lambda: self._reply(ready, answer)), ("Leave it", lambda: None)),
            )  # fmt: skip
        else:
            self._reply(ready, answer)

    def pick_session(self, key: str) -> None:
        """Record which date the person shown picked; a full one only when she wants it all the same."""
        ready = self._ready()
        if ready is None:
            return
        full = is_full_for(self._sessions, ready.member_id, key)
        if full is None:
            self._pick(ready, key)
            return
        self.person.show_person(ready, self._sessions)  # the choice goes back to what stands
        say_full(self.notice, full, ready.name, lambda: self._pick(ready, key, anyway=True))

    def export_workbook(self) -> None:
        """Write the workbook again where she says."""
        request_id = self.request_id
        path = self._choose_path(self, f"Outreach R{request_id}.xlsx") if request_id is not None else ""
        if path and request_id is not None:
            password = self.password.text()
            shown = {one.member_id: one.name for one in self.model.people if not one.trouble}
            self.notice.clear()
            self.workspace.write(
                lambda store, _progress: export_list(store, request_id, path, shown, password),
                self._exported, what="Writing the workbook", on_failed=self._failed,
            )  # fmt: skip

    def print_list(self) -> None:
        """Print the list as it stands at this moment, to tick off by hand."""
        number = self.request_id
        if number is not None:
            self.workspace.read(
                "ask.print", lambda store: self._paper(store, number), self.workspace.printing.emit,
                on_failed=self._failed,
            )  # fmt: skip

    def _paper(self, store: Store, number: int) -> Paper:
        people = ready_messages(store, number)
        html = list_paper(number, show_request(store, number).brief.title, people, today())
        on_it = tuple(one.member_id for one in people if not one.trouble)
        return Paper(f"List of R{number}", html, self.export_workbook, "list", number, on_it)

    def retheme(self) -> None:
        px = self.theme.px
        self._top.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.M))
        self._top.setSpacing(px(Space.S))
        self._do.setSpacing(px(Space.S))
        self._first.setSpacing(px(Space.S))
        self.password.setFixedWidth(px(184))
        super().retheme()
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Where there is little height, what is wanted less often is folded away: the list comes first."""
        low = self.height() < self.theme.px(_LOW_BELOW)
        self.more.setVisible(low)
        for part in (self.export, self.password, self.print):
            part.setVisible(self._unfolded or not low)
        self.more.setText("Less" if self._unfolded else "More")

    def _turn(self) -> None:
        self._unfolded = not self._unfolded
        self._fold()

    def _ask(self, member_ids: list[int], words: str) -> None:
        request_id = self.request_id
        if request_id is None:
            return

        def record(store: Store, _progress: Progress) -> int | None:
            ask(store, request_id, member_ids)
            return last_step(store)

        self._write(record, words, "Recording")

    def _reply(self, ready: ReadyMessage, answer: Answer) -> None:
        request_id = self.request_id
        if request_id is not None:
            words = SAID[answer].format(name=ready.name)
            self._write(lambda store, _p: reply(store, request_id, ready.member_id, answer), words, "Recording")

    def _pick(self, ready: ReadyMessage, key: str, *, anyway: bool = False) -> None:
        request_id = self.request_id
        if request_id is not None:
            self._write(
                lambda store, _p: pick_session(store, request_id, ready.member_id, key, anyway=anyway),
                f"{ready.name}: date recorded.", "Recording",
            )  # fmt: skip

    def _write(self, verb: Callable[[Store, Progress], int | None], words: str, what: str) -> None:
        self.notice.clear()
        self.workspace.write(
            verb, lambda batch: self.workspace.say(words, batch), what=what, on_failed=self._failed
        )

    def _ready(self) -> ReadyMessage | None:
        row = self.model.row_of(self._chosen)
        return None if row is None else self.model.people[row]

    def _choose(self, current: QModelIndex) -> None:
        ready: ReadyMessage | None = current.data(READY_ROLE) if current.isValid() else None
        if ready is not None:
            self._chosen = ready.member_id
            self.person.show_person(ready, self._sessions)

    def _exported(self, exported: Exported) -> None:
        self.password.clear()
        more = f", and {exported.reserves} in reserve" if exported.reserves else ""
        self.notice.tell("good", f"Wrote {Path(exported.path).name}: {exported.people} people{more}.")

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error), (("Look again", self._look_again), ("Close", lambda: None)))

    def _look_again(self) -> None:
        if self.request_id is not None:
            self.show_request(self.request_id)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.ask_all.clicked.connect(self.record_all_asked)
        self.export.clicked.connect(self.export_workbook)
        self.print.clicked.connect(self.print_list)
        self.more.clicked.connect(self._turn)
        self.drafts.clicked.connect(self.write_drafts)
        self.next.pressed.connect(self.ask_next)
        self.person.asked.connect(self.record_asked)
        self.person.answered.connect(self.record_answer)
        self.person.picked.connect(self.pick_session)
        self.person.copied.connect(lambda: self.workspace.say("Copied. Paste it where you write to them."))
        self.empty.pressed.connect(lambda: self.workspace.go(Place("request", self.request_id, "match")))
        self._add_keys()
        person = self.person
        self.menu = RowMenu(self.list, lambda: (person.ask, *person.answers.values(), person.copy, person.open))

    def _add_keys(self) -> None:
        """One key for each answer while the list has the keyboard; what cannot be recorded now does nothing."""
        press_by_key(self.person.ask, WRITTEN, within=self.list)
        for answer, does in KEYS.items():
            press_by_key(self.person.answers[answer], does, within=self.list)
        press_by_key(self.export, EXPORT)
        press_by_key(self.print, PRINT)

    def _lay_out(self) -> None:
        column, around, self._do = QVBoxLayout(self), QWidget(), FlowLayout()
        margin, self._scroll, self._top = QVBoxLayout(around), ScrollColumn(self.theme), QVBoxLayout()
        for layout in (column, self._scroll.column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for part in (self.ask_all, self.drafts, self.export, self.password, self.print):
            self._do.addWidget(part)
        self._first = QHBoxLayout()
        self._first.addWidget(self.counts, 1)
        self._first.addWidget(self.more)
        self._top.addLayout(self._first)
        self._top.addWidget(self.next)
        self._top.addLayout(self._do)
        self._scroll.column.addLayout(self._top)
        self._scroll.column.addWidget(ListBesidePanel(self.theme, self.list, self.person), 1)
        margin.setContentsMargins(*[self.theme.px(Space.PAGE)] * 4)
        margin.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        self.empty.setMinimumHeight(self.theme.px(200))
        self._stack.addWidget(around)
        self._stack.addWidget(self._scroll)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)


def _in_bulk(one: ReadyMessage) -> bool:
    """Whether they may be recorded with the others: who said “ask me first” never is."""
    fresh = one.state is InvitationState.TO_ASK
    return fresh and not (one.reserve or one.trouble or one.ask_first)


def counts_words(people: tuple[ReadyMessage, ...]) -> str:
    """“8 on the list: 3 asked, 1 said yes, 1 no”."""
    listed = sum(not one.reserve for one in people)
    asked = sum(one.state is not InvitationState.TO_ASK for one in people)
    yes = sum(one.state in (InvitationState.YES, InvitationState.DONE) for one in people)
    no = sum(one.state is InvitationState.NO for one in people)
    return f"{listed} on the list: {asked} asked, {yes} said yes, {no} no" if people else ""
