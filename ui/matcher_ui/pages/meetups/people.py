"""People and a meet-up: the nearest to invite, who was invited and what they said, and why not the others."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from matcher.consent import withdraw
from matcher.model import MeetupState, Purpose
from matcher.outreach import MessageKind
from matcher.outreach.asks import LOT
from matcher.outreach.meetups import (
    Answered,
    MeetupPage,
    MeetupWord,
    answer,
    give_place,
    invite,
    note_sent,
    take_answer_back,
    word_for,
    write_drafts,
)
from matcher_ui.dialogs.choose_file import ChoosePath, choose_folder
from matcher_ui.models.drafts import drafts_words
from matcher_ui.models.meetups import COLUMNS, PersonLine
from matcher_ui.models.table import ROW_ROLE, SortFilter, TableModel
from matcher_ui.pages.meetups.part import MeetupPart
from matcher_ui.pages.meetups.person import MeetupPerson
from matcher_ui.pages.people_to_write import ListBesidePanel, PersonDelegate, Told
from matcher_ui.pages.request.match.even_list import EvenList
from matcher_ui.shortcuts import WRITTEN
from matcher_ui.theme import Space
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.filter_box import FilterBox
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import press_by_key, search_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.row_menu import Entry, RowMenu
from matcher_ui.widgets.rows import Index
from matcher_ui.workspace import Place, Workspace

LOOKING = "Looking who is near…"
STOP_ASKED = "This withdraws {name} from your own events: they will not be told of them again."


class LineDelegate(PersonDelegate):
    """Paints one person of a meet-up."""

    def told(self, index: Index) -> Told:
        line: PersonLine = index.data(ROW_ROLE)
        return line.name, line.more, line.chip


class MeetupPeople(MeetupPart):
    """Some people of one meet-up beside the one chosen. ``inviting`` offers to record the next few as invited."""

    def __init__(
        self, workspace: Workspace, nothing: str, why: str, *, inviting: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self.page: MeetupPage | None = None
        self.lines: Sequence[PersonLine] = ()
        self.panel = MeetupPerson(theme)
        self.model = TableModel(COLUMNS, self)
        self.rows = SortFilter(self.model, self)
        self.list = EvenList(theme, LineDelegate(theme), "People")
        self.list.setModel(self.rows)
        self.filter = FilterBox(theme, "Filter these people", "Name or town")
        self.lot = Button(theme, f"Record the next {LOT}", icon="check")
        self.lot.setAccessibleName(f"Record that the next {LOT} were invited")
        self.drafts = Button(theme, "Write e-mail drafts", icon="mail")
        self.choose_folder: ChoosePath = choose_folder
        self.hint = Label(theme, "", "second", "ink2", wrap=True)
        self.empty = EmptyPage(theme, "person", nothing, why)
        self.empty.setAcceptDrops(False)
        self.empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack, self._around = QStackedWidget(), QWidget()
        self._looking = Label(theme, LOOKING, "second", "ink2")
        self._looking.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = 0
        self._lay_out()
        self.drafts.setVisible(inviting)
        self.lot.setVisible(inviting)  # only now: shown without a parent it would be a window of its own
        self._connect()
        self.retheme()

    def show_people(self, page: MeetupPage, lines: Sequence[PersonLine], hint: str = "") -> None:
        """Show these; who was chosen stays chosen, or the next takes their place."""
        chosen, place = self._shown(), self._row
        self.page, self.lines = page, lines
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.model.set_rows(lines)
        self._stack.setCurrentIndex(1 if lines else 0)
        self._filter(chosen.member_id if chosen else None, place)
        self.lot.set_unavailable(self._why_no_lot())

    def wait(self) -> None:
        """Show that these people are being looked for."""
        self.page, self.lines = None, ()
        self.model.set_rows(())
        self._stack.setCurrentWidget(self._looking)

    def choose(self, member_id: int) -> None:
        """Choose somebody."""
        for place in range(self.rows.rowCount()):
            if self.rows.row_at(place).member_id == member_id:
                self.list.setCurrentIndex(self.rows.index(place, 0))

    def record(self) -> None:
        """Record that the message shown was sent."""
        line, word, page = self._shown(), self.panel.word, self.page
        if line is None or page is None or word is None or not self.panel.record.isEnabled():
            return
        number, one = page.row.id, line.member_id
        if word.kind is MessageKind.MEETUP_INVITE:
            self._write(lambda store, _p: invite(store, number, [one]), f"{line.name} is invited.")
        elif word.kind is MessageKind.MEETUP_PLACE:
            self._write(lambda store, _p: give_place(store, number, one), f"{line.name} has the place.")
        else:
            said = "told" if word.kind is MessageKind.MEETUP_CANCELLED else "reminded"
            self._write(lambda store, _p: note_sent(store, number, [one], word.kind), f"{line.name}: {said}.")

    def record_lot(self) -> None:
        """Record the next few, nearest first, as invited."""
        page, chosen = self.page, self._lot()
        if page is None or not chosen:
            return
        number = page.row.id
        said = f"{len(chosen)} {'person is' if len(chosen) == 1 else 'people are'} invited."
        self._write(lambda store, _p: invite(store, number, chosen), said)

    def write_drafts(self) -> None:
        """Write the invitation to everybody near who is reached by e-mail, as drafts."""
        page = self.page
        folder = self.choose_folder(self, "Where the e-mail drafts go") if page is not None else ""
        if folder and page is not None:
            self.notice.clear()
            self.workspace.write(
                lambda store, _p: write_drafts(store, page.row.id, Path(folder)),
                lambda made: self.notice.tell("good", drafts_words(made, Path(folder).name)),
                what="Writing the drafts", on_failed=self._failed,
            )  # fmt: skip

    def record_answer(self, coming: bool) -> None:
        """Record whether the one chosen comes."""
        line, page = self._shown(), self.page
        button = self.panel.coming if coming else self.panel.cannot
        if line is None or page is None or not button.isEnabled():
            return
        self.notice.clear()

        def done(heard: Answered) -> None:
            self.workspace.say(_heard_words(line.name, heard), heard.batch)
            self.changed.emit()

        self.workspace.write(
            lambda store, _p: answer(store, page.row.id, line.member_id, coming=coming), done, what="Recording",
            on_failed=self._failed,
        )  # fmt: skip

    def take_back(self) -> None:
        """Put the one chosen back to invited."""
        line, page = self._shown(), self.page
        if line is not None and page is not None and self.panel.back.isEnabled():
            number, one = page.row.id, line.member_id
            self._write(
                lambda store, _p: take_answer_back(store, number, one), f"{line.name} has not answered yet."
            )

    def stop(self) -> None:
        """Ask once more before their permission is withdrawn."""
        line = self._shown()
        if line is not None and self.panel.stop.isEnabled():
            one, said = line.member_id, f"{line.name} will not be told of your own events again."
            act = partial(self._write, lambda store, _p: withdraw(store, one, Purpose.OWN_EVENTS), said)
            self.notice.tell(
                "care", STOP_ASKED.format(name=line.name), (("Withdraw", act), ("Leave it", lambda: None))
            )  # fmt: skip

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_word()

    def retheme(self) -> None:
        px = self.theme.px
        self._margin.setContentsMargins(px(Space.PAGE), px(Space.L), px(Space.PAGE), px(Space.PAGE))
        self._bar_around.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.S))
        self._bar_around.setSpacing(px(Space.S))
        self._bar.setSpacing(px(Space.S))
        self.filter.setMaximumWidth(px(320))
        self.empty.setMinimumHeight(px(200))
        super().retheme()

    def _filter(self, chosen: int | None = None, place: int = 0) -> None:
        words = self.filter.text().casefold().split()
        sought = (f"{line.name} {line.more}".casefold() for line in self.lines)
        shown = [n for n, told in enumerate(sought) if all(word in told for word in words)]
        self.rows.show_only(shown)
        if shown:
            same = next((at for at, n in enumerate(shown) if self.lines[n].member_id == chosen), None)
            self.list.setCurrentIndex(self.rows.index(same if same is not None else min(place, len(shown) - 1), 0))

    def _shown(self) -> PersonLine | None:
        index = self.list.currentIndex()
        line = index.data(ROW_ROLE) if index.isValid() else None
        return line if isinstance(line, PersonLine) else None

    def _choose(self, index: QModelIndex) -> None:
        line = self._shown()
        if line is not None and self.page is not None:
            self._row = index.row()
            self.panel.show_person(line, self.page.row)
            self._read_word()

    def _read_word(self) -> None:
        line, page = self._shown(), self.page
        if line is None or page is None or not self.isVisible():
            return

        def show(word: MeetupWord) -> None:
            now = self._shown()
            if now is not None and self.page is not None and now.member_id == word.member_id:
                self.panel.show_word(word, now, self.page.row)

        self.workspace.read(
            f"meetup.word.{id(self)}", lambda store: word_for(store, page.row.id, line.member_id), show,
            on_failed=self._failed,
        )  # fmt: skip

    def _lot(self) -> list[int]:
        free = (line for line in self.lines if line.state is None and line.may and not line.ask_first)
        return [line.member_id for line in free][:LOT]

    def _why_no_lot(self) -> str | None:
        if self.page is not None and (self.page.row.cancelled or self.page.row.over):
            return "It is called off" if self.page.row.cancelled else "It is over"
        return None if self._lot() else "Nobody is left who may be invited together with others"

    def _copied(self) -> None:
        self.workspace.say("Copied. Paste it where you write to them.")

    def _into_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open(self) -> None:
        line = self._shown()
        if line is not None:
            self.workspace.go(Place("member", line.member_id))

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.activated.connect(lambda _index: self._open())
        self.filter.textChanged.connect(lambda _words: self._filter())
        self.filter.went_down.connect(self._into_list)
        self.lot.clicked.connect(self.record_lot)
        self.drafts.clicked.connect(self.write_drafts)
        panel = self.panel
        panel.recorded.connect(self.record)
        panel.answered.connect(self.record_answer)
        panel.taken_back.connect(self.take_back)
        panel.stopping.connect(self.stop)
        panel.copied.connect(self._copied)
        text = panel.text
        self.menu = RowMenu(
            self.list,
            lambda: (panel.record, panel.coming, panel.cannot, panel.back, panel.stop, text.copy, text.open),
            lambda: (Entry("Open the member’s page", self._open, "Enter"),),
        )
        for button, does in (
            (panel.record, WRITTEN), (panel.coming, "Said yes"), (panel.cannot, "No this time"),
            (panel.back, "Take the answer back"), (panel.stop, "Stop this kind of request"),
        ):  # fmt: skip
            press_by_key(button, does, within=self.list)
        search_by_key(self.filter)

    def _lay_out(self) -> None:
        left, column = QWidget(), QVBoxLayout()
        outer, self._margin = QVBoxLayout(self), QVBoxLayout(self._around)
        for layout in (outer, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        left.setLayout(column)
        self._bar_around, self._bar = QVBoxLayout(), FlowLayout(one_line=True)
        for button in (self.lot, self.drafts):
            self._bar.addWidget(button)
        self._bar_around.addWidget(self.hint)
        # a column is measured no wider than its narrowest part may be: the buttons would count as folded
        across = QHBoxLayout()
        across.addWidget(self.filter, 1)
        across.addStretch(0)
        self._bar_around.addLayout(across)
        self._bar_around.addLayout(self._bar)
        column.addLayout(self._bar_around)
        column.addWidget(self.list, 1)
        self._margin.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self._around)
        self._stack.addWidget(ListBesidePanel(self.theme, left, self.panel))
        self._stack.addWidget(self._looking)
        outer.addWidget(self.notice)
        outer.addWidget(self._stack, 1)


def _heard_words(name: str, heard: Answered) -> str:
    if heard.state is MeetupState.WAITING:
        return f"It is full: {name} is number {heard.place_in_line} on the waiting list."
    said = f"{name} is coming." if heard.state is MeetupState.COMING else f"Recorded that {name} cannot come."
    return f"{said} A place is free: {heard.next_name} is next." if heard.next_id else said
