"""Close: what came of it for each, what the requester still owes, thanks and news, and closing the request."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.model import CLOSED, InvitationState, Outcome
from matcher.outreach import (
    AskFact,
    AskRow,
    Closing,
    MessageKind,
    SessionRow,
    close,
    closing,
    note_fact,
    note_feedback,
    note_findings,
    note_requester_feedback,
    pick_session,
    record_outcome,
    sessions_of,
)
from matcher.progress import Progress
from matcher.storage.store import Store
from matcher_ui.pages.outreach.words_due import WordsView
from matcher_ui.pages.request.close_person import OUTCOMES, ClosePerson
from matcher_ui.pages.request.session_choice import is_full_for, say_full
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.choices import Tabs
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Workspace

OUTCOME, WORDS = "outcome", "words"
TABS = ((OUTCOME, "What came of it"), (WORDS, "Thanks and news"))
NOTHING = "nothing"
"""What was promised where it was said that nobody is paid."""
UNPAID = "No payment was promised"
NOBODY = "Nobody said yes to this request."
NOBODY_SHARED = "Nobody is recorded as taking part, and nobody’s details are shared."
MOST_WIDE, EACH = 1080, 336


class RequesterCard(CardFrame):
    """What the requester promised and owes, what came of it, how working with them was."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.promised, self.owed = (
            Label(theme, "", "second", wrap=True),
            Label(theme, "", "second", "care", wrap=True),
        )
        self.findings, self.feedback = QLineEdit(), QLineEdit()
        self.findings.setPlaceholderText("Such as: the report is out, with a link")
        self.feedback.setPlaceholderText("Kept with the requester, for the next time they ask")
        self.keep_findings, self.keep_feedback = (
            Button(theme, "Keep what came of it"),
            Button(theme, "Keep this too"),
        )
        self.known = Label(theme, "", "second", "ink2", wrap=True)
        self._column = QVBoxLayout(self)
        for part in (
            Label(theme, "The requester", "section"), self.promised, self.owed, self.known,
            Field(theme, "What they found or made of it", self.findings), _left(self.keep_findings),
            Field(theme, "How working with them was", self.feedback), _left(self.keep_feedback),
        ):  # fmt: skip
            self._column.addWidget(part)
        self.retheme()

    def show_closing(self, found: Closing) -> None:
        """Show what is promised, owed and known."""
        self.promised.setText(f"Promised: {found.promised}" if is_paid(found) else f"{UNPAID}.")
        self.owed.setText("\n".join(f"{one.sentence}." for one in found.owed))
        self.owed.setVisible(bool(found.owed))
        self.known.setText("\n".join((*found.findings, *found.feedback)))
        self.known.setVisible(bool(self.known.text()))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.CARD))
        self._column.setSpacing(px(Space.S))
        super().retheme()


class ClosingCard(CardFrame):
    """What is still open, and the button that closes the request all the same."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.left, self.note = Label(theme, "", "second", wrap=True), QLineEdit()
        self.posted = Label(theme, "", "second", wrap=True)
        self.note.setPlaceholderText("Kept in the history of this request")
        self.button = Button(theme, "Close the request", "main", icon="check")
        self._column = QVBoxLayout(self)
        title, note = Label(theme, "Close the request", "section"), Field(theme, "A note", self.note)
        for part in (title, self.posted, self.left, note, _left(self.button)):
            self._column.addWidget(part)
        self.retheme()

    def show_closing(self, found: Closing) -> None:
        """Show what is left to do."""
        self.posted.setText("\n".join(f"Posted in {where}." for where in found.posted_in))
        self.posted.setVisible(bool(found.posted_in))
        left = "\n".join(f"•  {sentence}" for sentence in found.left)
        self.left.setText(
            f"Still open; it can be closed all the same:\n{left}" if left else "Nothing is left to do."
        )
        self.button.set_unavailable("It is closed already" if found.stage in CLOSED else None)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.CARD))
        self._column.setSpacing(px(Space.S))
        super().retheme()


class CloseTab(Part):
    """Shows one request; `show_request` also reads again what is shown."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        theme = self.theme
        self.workspace = workspace
        self.request_id: int | None = None
        self.people: list[ClosePerson] = []
        self._found: Closing | None = None
        self._sessions: tuple[SessionRow, ...] = ()
        self._person: int | None = None
        self.tabs, self.notice = Tabs(theme, TABS), Notice(theme)
        self.tabs.setMinimumWidth(1)
        self.requester, self.closing = RequesterCard(theme), ClosingCard(theme)
        self.words = WordsView(
            workspace, (MessageKind.THANKS, MessageKind.OUTCOME), "Nobody waits for thanks or news.",
            "Who took part comes up here to be thanked, and to hear what came of it once you noted that.",
        )  # fmt: skip
        self.nobody = Banner(theme, "quiet", NOBODY)
        self.all_took_part = Button(theme, "Everyone else took part", icon="check")
        self.all_paid = Button(theme, "Everyone who took part was paid", icon="check")
        self._stack, self._scroll, self._body = QStackedWidget(), ScrollColumn(theme), QWidget()
        self._lay_out()
        self._connect()
        self.retheme()

    def show_request(self, request_id: int) -> None:
        """Read what came of a request, in the background."""
        if request_id != self.request_id:
            self.request_id = request_id
            self.turn_to(OUTCOME)
            self.notice.clear()
            for line in self.lines().values():
                line.clear()
        self.workspace.read(
            "request.close", lambda store: (closing(store, request_id), sessions_of(store, request_id)),
            lambda found: self.show_closing(*found), on_failed=self._failed,
        )  # fmt: skip
        self.words.look(request_id)

    def show_closing(self, found: Closing, sessions: Sequence[SessionRow]) -> None:
        """Show what was read."""
        if found.request_id != self.request_id:
            return
        self._found, self._sessions = found, tuple(sessions)
        self._show_people()
        self.nobody.setVisible(not found.people)
        for part in (self._people_side, self.all_took_part, self.all_paid):
            part.setVisible(bool(found.people))
        self.nobody.set_message("quiet", NOBODY_SHARED if found.posted_in else NOBODY)
        self.requester.show_closing(found)
        self.closing.show_closing(found)
        self.all_took_part.set_unavailable(None if self._open_ones() else "Recorded for everyone")
        nobody = None if self._unpaid() else "Nobody who took part waits to be paid"
        self.all_paid.set_unavailable(nobody if is_paid(found) else UNPAID)

    def turn_to(self, key: str, person: int | None = None) -> None:
        """Show one of the tabs, and a person in it."""
        key = key if key in dict(TABS) else OUTCOME
        self.tabs.set_current(key)
        self._stack.setCurrentWidget(self.words if key == WORDS else self._scroll)
        if person is not None:
            self.words.choose(person)
            self._person = person
            self._show_person()

    def _show_person(self) -> None:
        """Bring the card of the person wanted into sight, once it is there."""
        card = next((one for one in self.people if one.row.member_id == self._person), None)
        if card is not None:
            self._person = None
            QTimer.singleShot(0, card, lambda: self._scroll.ensureWidgetVisible(card))
            card.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def lines(self) -> dict[str, QLineEdit]:
        """What she may be typing here, each kept with a button of its own."""
        side = self.requester
        return {"findings": side.findings, "feedback": side.feedback, "note": self.closing.note}

    def take_words(self, request_id: int, words: Mapping[str, str]) -> None:
        """Type again what she had typed about a request."""
        self.show_request(request_id)
        for name, line in self.lines().items():
            line.setText(words.get(name, ""))

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        return "what you wrote under Close" if any(line.text().strip() for line in self.lines().values()) else ""

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._body.setMaximumWidth(px(MOST_WIDE))
        self._head.setContentsMargins(px(Space.PAGE), px(Space.S), px(Space.PAGE), 0)
        for box in (self._column, self._cards, self._side):
            box.setSpacing(px(Space.M))
        self._do.setSpacing(px(Space.S))
        super().retheme()

    def _show_people(self) -> None:
        """A card each; those that are not there yet are made in turns of their own."""
        rows = self._rows()
        for card in self.people[len(rows) :]:
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        del self.people[len(rows) :]
        for card, row in zip(self.people, rows, strict=False):
            self._show_row(card, row)
        self._show_person()
        self._make_others()

    def _make_others(self) -> None:
        if len(self.people) < len(self._rows()):
            self.workspace.jobs.in_turn(self, self._make_next)

    def _make_next(self) -> None:
        rows, place = self._rows(), len(self.people)
        if place < len(rows):
            card = ClosePerson(self.theme, rows[place])
            self.people.append(card)
            self._cards.insertWidget(place, card)
            card.ended.connect(lambda outcome: self._end([card.row.member_id], card.row.name, outcome))
            card.noted.connect(lambda fact, how: self._note([card.row.member_id], card.row.name, fact, how))
            card.picked.connect(lambda key: self._pick(card.row.member_id, card.row.name, key))
            card.told.connect(lambda words: self._tell(card.row.member_id, card.row.name, words))
            self._show_row(card, rows[place])
            self._show_person()
            self._make_others()

    def _show_row(self, card: ClosePerson, row: AskRow) -> None:
        card.show_row(row, self._sessions, unpaid=self._found is not None and self._found.promised == NOTHING)

    def _rows(self) -> Sequence[AskRow]:
        return self._found.people if self._found is not None else ()

    def _open_ones(self) -> list[int]:
        return [row.member_id for row in self._rows() if row.state is InvitationState.YES]

    def _unpaid(self) -> list[int]:
        took_part = (row for row in self._rows() if row.outcome is Outcome.TOOK_PART)
        return [row.member_id for row in took_part if not (row.paid_on or row.payment_declined_on)]

    def _end(self, members: list[int], name: str, outcome: object) -> None:
        ended = outcome if isinstance(outcome, Outcome) else None
        words = OUTCOMES[ended].lower() if ended else "not known yet"
        self._write(lambda store, one: record_outcome(store, one, members, ended), f"{name}: {words}.")

    def _note(self, members: list[int], name: str, fact: object, how: str) -> None:
        noted = AskFact(str(fact))
        self._write(lambda store, one: note_fact(store, one, members, noted, how=how), f"{name}: {noted.value}.")

    def _pick(self, member_id: int, name: str, key: str) -> None:
        """Record the date picked; a full one is said, and only taken when she wants it all the same."""
        full = is_full_for(self._sessions, member_id, key)
        if full is None:
            self._put(member_id, name, key)
            return
        self.look_again()  # the choice goes back to what stands until she says so
        say_full(self.notice, full, name, lambda: self._put(member_id, name, key, anyway=True))

    def _put(self, member_id: int, name: str, key: str, *, anyway: bool = False) -> None:
        self._write(
            lambda store, one: pick_session(store, one, member_id, key, anyway=anyway), f"{name}: date recorded."
        )

    def _tell(self, member_id: int, name: str, words: str) -> None:
        self._write(lambda store, one: note_feedback(store, one, member_id, words), f"Kept what {name} said.")

    def _keep(self, line: QLineEdit, verb: Callable[[Store, int, str], int]) -> None:
        words = line.text()
        self._write(lambda store, one: verb(store, one, words), "Kept with the requester.", line.clear)

    def _close(self) -> None:
        note = self.closing.note.text()
        self._write(lambda store, one: close(store, one, note), "Closed.", self.closing.note.clear)

    def _write(self, verb: Callable[[Store, int], int], words: str, then: Callable[[], None] | None = None) -> None:
        request_id = self.request_id
        if request_id is None:
            return

        def write(store: Store, _progress: Progress) -> int:
            return verb(store, request_id)

        def done(batch: int) -> None:
            if then is not None:
                then()
            self.workspace.say(words, batch)

        self.notice.clear()
        self.workspace.write(write, done, what="Recording", on_failed=self._failed)

    def look_again(self) -> None:
        """Read again: what was chosen but not recorded goes back to what stands."""
        if self.request_id is not None:
            self.show_request(self.request_id)

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))
        self.look_again()

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda key: self.turn_to(key))
        self.words.counted.connect(lambda count: self.tabs.set_count(WORDS, count or None))
        self.all_took_part.clicked.connect(lambda: self._end(self._open_ones(), "Everyone else", Outcome.TOOK_PART))
        self.all_paid.clicked.connect(lambda: self._note(self._unpaid(), "Everyone", AskFact.PAID, ""))
        self.closing.button.clicked.connect(self._close)
        keep = self.requester
        for button, line, verb in (
            (keep.keep_findings, keep.findings, note_findings),
            (keep.keep_feedback, keep.feedback, note_requester_feedback),
        ):
            button.clicked.connect(partial(self._keep, line, verb))
            line.returnPressed.connect(button.click)

    def _lay_out(self) -> None:
        outer, left, right = QVBoxLayout(self), QWidget(), QWidget()
        self._people_side = left
        self._head, self._column, self._do = QVBoxLayout(), QVBoxLayout(self._body), FlowLayout()
        self._cards, self._side = QVBoxLayout(left), QVBoxLayout(right)
        for layout in (outer, self._column, self._cards, self._side):
            layout.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._head.addWidget(self.tabs)
        for button in (self.all_took_part, self.all_paid):
            self._do.addWidget(button)
        self._cards.addStretch(1)
        for part in (self.requester, self.closing):
            self._side.addWidget(part)
        self._side.addStretch(1)
        self._column.addWidget(self.nobody)
        self._column.addLayout(self._do)
        self._column.addWidget(Beside(self.theme, (left, right), EACH))
        self._scroll.add_body(self._body)
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.words)
        outer.addLayout(self._head)
        outer.addWidget(self.notice)
        outer.addWidget(self._stack, 1)


def is_paid(found: Closing) -> bool:
    """Whether the requester promised anything."""
    return found.promised not in ("", NOTHING)


def _left(button: Button) -> QWidget:
    """A button at the left, as wide as its words."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(button)
    row.addStretch(1)
    return holder
