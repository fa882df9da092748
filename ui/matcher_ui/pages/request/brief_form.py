"""The form of a brief, tied to the phrases of its original by numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from matcher.clock import today
from matcher.model import Anonymity, Audience, Brief, EthicsStatus, Format, Recording
from matcher.triage import Flag
from matcher_ui.brief_words import ANONYMITY, AUDIENCES, ETHICS, FORMATS, RECORDING, session_words
from matcher_ui.evidence import Found
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.brief_controls import Choice, DayField, MinutesField, PaymentField, PeopleField, Tick
from matcher_ui.widgets.criteria_editor import CriteriaEditor
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flag_list import FlagList
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.sentence_list import SentenceList
from matcher_ui.widgets.session_entry import SessionEntry

TWO_COLUMNS = 420
_LONGEST_PHRASE = 40

_LINES = {
    "title": "Title", "requester": "Who’s asking", "organisation": "Organisation", "places": "Places",
    "regions": "Regions", "requester_role": "Their role", "contact": "How to reach them",
    "topics": "What it is about", "commitment": "What it takes", "who_sees": "Who else will see it",
    "comes_back": "What comes back",
}  # fmt: skip
_TICKS = {
    "remote": "Remote possible",
    "per_place": "This many in each place",
    "involvement": "Advisers or co-researchers",
}
_LISTS = frozenset({"places", "regions", "topics"})
_COMMAS = "Commas between them"
_MOVED_ON = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.MouseFocusReason}
)
"""She looked at a field and went on by herself, rather than to another window or a menu."""


class BriefForm(QScrollArea):
    """The form. ``changed`` fires when something was typed, ``looked`` when an unsure fact was looked at;
    ``chosen`` carries the number of the fact in hand."""

    changed = Signal()
    looked = Signal()
    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.theme = theme
        self._base = Brief("")
        self._facts: dict[str, Found] = {}
        self._seen: set[str] = set()
        self._loading = False
        self.fields: dict[str, Field] = {}
        self.ticks: dict[str, Tick] = {}
        self.lines = {name: QLineEdit() for name in _LINES}
        self.audience, self.format = Choice(AUDIENCES), Choice(FORMATS)
        self.anonymity, self.recording, self.ethics = Choice(ANONYMITY), Choice(RECORDING), Choice(ETHICS)
        self.deadline, self.people, self.payment = DayField(theme), PeopleField(theme), PaymentField(theme)
        self.minutes = MinutesField(theme)
        self.expenses, self.ethics_body, self.ethics_reference = QLineEdit(), QLineEdit(), QLineEdit()
        self.criteria = CriteriaEditor(theme)
        self.sessions = SentenceList(
            theme, "Days to choose from", lambda session: session_words(session, today()),
            lambda session: SessionEntry(theme, session), mark=("calendar", "ink2"), add="Add a day",
        )  # fmt: skip
        self.flags = FlagList(theme)
        self._makes: dict[QObject, str] = {}
        self._make_fields()
        self._lay_out()
        theme.changed.connect(self.retheme)
        self.show_brief(self._base)

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than what was shown in it."""
        return self._read() != self._base

    @property
    def to_check(self) -> int:
        """How many facts are still to be looked at."""
        return sum(not found.sure for name, found in self._facts.items() if name not in self._seen)

    @property
    def found(self) -> int:
        """How many facts the original says outright."""
        return len(self._facts) - self.to_check

    def show_brief(self, brief: Brief, facts: Mapping[str, Found] | None = None, hint: str = "") -> None:
        """Show a brief and where its facts were found; ``hint`` says where the title comes from."""
        self._loading, self._base, self._facts = True, brief, dict(facts or {})
        self._seen = set()
        for name, line in self.lines.items():
            value = getattr(brief, name)
            line.setText(", ".join(value) if name in _LISTS else value)
            line.setCursorPosition(0)
        self.audience.show_value(brief.audience)
        self.format.show_value(brief.format)
        self.anonymity.show_value(brief.anonymity)
        self.recording.show_value(brief.recording)
        self.ethics.show_value(brief.ethics.status)
        self.ethics_body.setText(brief.ethics.body)
        self.ethics_reference.setText(brief.ethics.reference)
        self.deadline.show_day(brief.deadline)
        self.people.show_value(brief.people_wanted)
        self.payment.show_value(brief.payment)
        self.expenses.setText(brief.payment.expenses)
        self.minutes.box.setValue(brief.duration_minutes or 0)
        self.ticks["remote"].box.setChecked(bool(brief.remote))
        self.ticks["involvement"].box.setChecked(brief.involvement)
        self.ticks["per_place"].box.setChecked(brief.people_wanted.per_place)
        self.criteria.show_criteria(brief.criteria, self._numbers("criteria"))
        self.sessions.show_values(brief.sessions, self._numbers("sessions"))
        self.fields["title"].set_hint(hint)
        self._show_facts()
        self._loading = False
        self.verticalScrollBar().setValue(0)

    def typed(self) -> Brief:
        """The brief as it stands, finished or not."""
        return self._read()

    def type_again(self, brief: Brief) -> None:
        """Type a brief over the one that is shown, as she had typed it before."""
        base, facts = self._base, self._facts
        self.show_brief(brief, facts)
        self._base = base
        self.changed.emit()

    def show_flags(self, flags: Sequence[Flag]) -> None:
        """Show what she should know before asking anybody."""
        self.flags.show_flags(flags)

    def brief(self) -> Brief | None:
        """The brief as it stands; None when something is wrong, which is said at the field."""
        wrong = self._mark_wrong()
        if wrong:
            self._bring(wrong)
            return None
        return self._read()

    def select(self, number: int) -> None:
        """Put the keyboard on the first field whose fact has this number."""
        for name, found in self._facts.items():
            target = self._widget(name) if found.number == number else None
            if target is not None:
                self._bring(target)
                return

    def set_current(self, number: int | None) -> None:
        """Mark the sentences whose phrase is shown in the original."""
        self.criteria.set_current(number)
        self.sessions.set_current(number)

    def next_to_check(self) -> None:
        """Go to the first fact that is still to be looked at."""
        for name, found in self._facts.items():
            if not found.sure and name not in self._seen:
                self.select(found.number)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        found = self._facts.get(self._makes.get(watched, ""))
        if found is not None and isinstance(event, QFocusEvent):
            if event.gotFocus():
                self.chosen.emit(found.number)
            elif event.reason() in _MOVED_ON:
                self._look_at((self._makes[watched],))
        return super().eventFilter(watched, event)

    def retheme(self) -> None:
        px = self.theme.px
        self._grid.setContentsMargins(px(Space.XS), 0, px(Space.M), px(Space.PAGE))
        self._grid.setHorizontalSpacing(px(Space.L))
        self._grid.setVerticalSpacing(px(Space.M))
        for line in self.lines.values():
            line.setMinimumWidth(px(48))
        self._arrange()

    def _read(self) -> Brief:
        base = self._base
        deadline, people = self.deadline.day(), self.people.value(base.people_wanted)
        payment = replace(self.payment.value(base.payment), expenses=self.expenses.text().strip())
        return replace(
            base,
            **{name: self._typed(name) for name in _LINES},
            audience=Audience(self.audience.currentData()),
            format=Format(self.format.currentData()),
            anonymity=Anonymity(self.anonymity.currentData()),
            recording=Recording(self.recording.currentData()),
            ethics=replace(
                base.ethics,
                status=EthicsStatus(self.ethics.currentData()),
                body=self.ethics_body.text().strip(),
                reference=self.ethics_reference.text().strip(),
            ),
            deadline=deadline,
            deadline_text=base.deadline_text if deadline == base.deadline else "",
            people_wanted=replace(people, per_place=self.ticks["per_place"].box.isChecked()),
            payment=payment,
            duration_minutes=self.minutes.box.value() or None,
            remote=True if self.ticks["remote"].box.isChecked() else None if base.remote is None else False,
            involvement=self.ticks["involvement"].box.isChecked(),
            criteria=_in_order(base.criteria, self.criteria.criteria()),
            sessions=self.sessions.values(),
        )

    def _typed(self, name: str) -> Any:
        words = self.lines[name].text().strip()
        before = getattr(self._base, name)
        if name not in _LISTS:
            return before if words == before.strip() else words
        # a name may hold a comma of its own: what was not touched stays as it was
        return before if words == ", ".join(before).strip() else _split(words)

    def _mark_wrong(self) -> QWidget | None:
        problems = {
            "title": "" if self.lines["title"].text().strip() else "Give it a short title",
            "people_wanted": self.people.problem(),
            "payment": self.payment.problem(),
        }
        first: QWidget | None = None
        for name, problem in problems.items():
            if problem:
                self.fields[name].set_state("wrong", problem)
                first = first or self.fields[name].control
            elif self.fields[name].state == "wrong":
                self.fields[name].set_state("normal")
        return first

    def _numbers(self, kind: str) -> dict[int, tuple[int, bool]]:
        return {
            int(name.partition(".")[2]): (found.number, found.sure)
            for name, found in self._facts.items()
            if name.startswith(f"{kind}.")
        }

    def _show_facts(self) -> None:
        for name, field in self.fields.items():
            found = self._facts.get(name)
            unsure = found is not None and not found.sure and name not in self._seen
            field.set_number(found.number if found else None, care=unsure)
            if field.state != "wrong":
                field.set_state("check" if unsure else "normal", _check_words(found) if found and unsure else "")
        for name, tick in self.ticks.items():
            found = self._facts.get(name)
            unsure = found is not None and not found.sure and name not in self._seen
            tick.set_number(found.number if found else None, care=unsure)

    def _was_typed(self, name: str) -> None:
        if self._loading:
            return
        self._look_at((name,))
        if name in self.fields:
            self.fields[name].set_state("normal")
        self.changed.emit()

    def _look_at(self, names: Iterable[str]) -> None:
        """What she went through or changed needs no check any more."""
        unseen = {name for name in names if name in self._facts} - self._seen
        unsure = {name for name in unseen if not self._facts[name].sure}
        if unsure:
            self._seen |= unsure
            self._show_facts()
            self.looked.emit()

    def _widget(self, name: str) -> QWidget | None:
        kind, _, index = name.partition(".")
        if index:
            lists = (self.sessions,) if kind == "sessions" else tuple(self.criteria.lists.values())
            number = self._facts[name].number
            return next((row for shown in lists for row in shown.rows if row.number == number), None)
        if name in self.fields:
            return self.fields[name].control
        return self.ticks[name].box if name in self.ticks else None

    def _bring(self, target: QWidget) -> None:
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(target, 0, self.theme.px(40))

    def _make_fields(self) -> None:
        made: list[tuple[str, str, QWidget, Any]] = [
            (name, _LINES[name], line, line.textChanged) for name, line in self.lines.items()
        ]
        made += [
            (name, label, box, box.currentIndexChanged)
            for name, label, box in (
                ("audience", "Audience", self.audience), ("format", "Format", self.format),
                ("ethics", "Ethics", self.ethics), ("anonymity", "How people are named", self.anonymity),
                ("recording", "What is recorded", self.recording),
            )
        ]  # fmt: skip
        made += [
            ("people_wanted", "People wanted", self.people, self.people.changed),
            ("deadline", "Wanted by", self.deadline, self.deadline.changed),
            ("payment", "Payment", self.payment, self.payment.changed),
            ("duration_minutes", "How long it takes", self.minutes, self.minutes.changed),
            ("expenses", "Expenses", self.expenses, self.expenses.textChanged),
            ("ethics_body", "Ethics: who decided", self.ethics_body, self.ethics_body.textChanged),
            ("ethics_number", "Ethics: its number", self.ethics_reference, self.ethics_reference.textChanged),
            ("sessions", "Days to choose from", self.sessions, self.sessions.changed),
        ]
        for name, label, control, changed in made:
            self.fields[name] = Field(self.theme, label, control)
            self._watch(name, control, changed)
        for name, words in _TICKS.items():
            tick = self.ticks[name] = Tick(self.theme, words)
            self._watch(name, tick, tick.changed)
        for name in _LISTS:
            self.lines[name].setPlaceholderText(_COMMAS)
        self._watch("criteria", self.criteria, self.criteria.changed)
        for shown in (self.criteria, self.sessions):
            shown.chosen.connect(self._chose)

    def _watch(self, name: str, control: QWidget, changed: Any) -> None:
        changed.connect(lambda *_value: self._was_typed(name))
        target = control.focusProxy() or control
        self._makes[target] = name
        target.installEventFilter(self)

    def _chose(self, number: int) -> None:
        """A sentence with the keyboard has been looked at."""
        self._look_at(name for name, found in self._facts.items() if found.number == number and "." in name)
        self.chosen.emit(number)

    def _lay_out(self) -> None:
        inside, f = QWidget(), self.fields
        self._grid = QGridLayout(inside)
        more = Label(self.theme, "More about it", "section")
        self._plan: tuple[tuple[QWidget, ...], ...] = (
            (f["title"],), (f["requester"], f["organisation"]), (f["audience"], f["format"]),
            (f["people_wanted"], f["deadline"]), (f["places"], f["regions"]), (f["payment"], f["ethics"]),
            (self.criteria,), (self.ticks["remote"], self.ticks["per_place"]), (self.flags,), (more,),
            (f["topics"],), (f["sessions"],), (f["duration_minutes"], f["commitment"]),
            (f["anonymity"], f["recording"]), (self.ticks["involvement"],), (f["contact"], f["requester_role"]),
            (f["expenses"],), (f["ethics_body"], f["ethics_number"]), (f["who_sees"],), (f["comes_back"],),
        )  # fmt: skip
        for row in self._plan:
            for widget in row:
                widget.setParent(inside)
        self._columns = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self.setAccessibleName("What the request says")
        self.retheme()

    def _arrange(self) -> None:
        """Two columns where there is room, else one."""
        columns = 2 if self.viewport().width() >= self.theme.px(TWO_COLUMNS) else 1
        if columns == self._columns:
            return
        self._columns = columns
        at = 0
        for row in self._plan:
            for place, widget in enumerate(row):
                self._grid.removeWidget(widget)
                span = 1 if len(row) == columns == 2 else 2
                where = Qt.AlignmentFlag(0) if len(row) == 1 else Qt.AlignmentFlag.AlignTop
                self._grid.addWidget(widget, at, place if columns == 2 else 0, 1, span, where)
                at += columns == 1
            at += columns == 2
        self._grid.setRowStretch(at, 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)


def _check_words(found: Found) -> str:
    phrase = " ".join(found.phrase.split())
    short = phrase if len(phrase) <= _LONGEST_PHRASE else f"{phrase[:_LONGEST_PHRASE].rsplit(' ', 1)[0]}…"
    return f"Check: “{short}”"


def _split(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.strip() for item in words.split(",") if item.strip()))


def _in_order(before: tuple[Any, ...], now: tuple[Any, ...]) -> tuple[Any, ...]:
    """What is still there in its old order, then what is new."""
    return (*(value for value in before if value in now), *(value for value in now if value not in before))
