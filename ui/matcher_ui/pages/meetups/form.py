"""A meet-up as it is planned: what, when, where, how many, who helps and who tells people of it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from matcher import clock
from matcher.model import MeetupKind
from matcher.outreach.meetups import MeetupPlan
from matcher_ui.models.meetups import KINDS
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.labels import Label

REPEATS = ((0, "One date"), (1, "Every week"), (2, "Every 2 weeks"), (4, "Every 4 weeks"))
NOT_UNDERSTOOD = "Matcher does not know this place: name its town, or add a postcode, to find who is near."
ONLINE = "Without a place it is online."
_FIRST_TIME, _LASTS, _AHEAD_DAYS, _LARGEST_ROOM = time(16), timedelta(hours=1), 14, 500
_EACH = 176


class MeetupForm(Part):
    """``saved`` carries the plan, every how many weeks it repeats (0: once), and on how many dates.

    ``placed`` carries the place and the postcode, whenever they changed.
    """

    saved = Signal(MeetupPlan, int, int)
    placed = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._held: MeetupPlan | None = None
        self._new = True
        self.title, self.place, self.postcode, self.link, self.helpers = (QLineEdit() for _ in range(5))
        self.kind, self.repeats = QComboBox(), QComboBox()
        self.day, self.begins, self.ends = QDateEdit(), QTimeEdit(), QTimeEdit()
        self.room, self.dates, self.about = QSpinBox(), QSpinBox(), QPlainTextEdit()
        self.partners: dict[int, QCheckBox] = {}
        self.understood = Label(theme, "", "hint", "ink2", wrap=True)
        self.save = Button(theme, "Plan it", "main", icon="check")
        self._partners, self._no_partners = (
            QVBoxLayout(),
            Label(theme, "No partners yet.", "second", "ink2", wrap=True),
        )
        self._column = QVBoxLayout(self)
        self._repeating = Beside(
            theme, (Field(theme, "Repeats", self.repeats), Field(theme, "On how many dates", self.dates)), _EACH
        )
        self._lay_out()
        self._connect()
        self.start(MeetupKind.MEET_UP)
        self.retheme()

    def start(self, kind: MeetupKind) -> None:
        """An empty form, for one that is planned."""
        day = clock.today() + timedelta(days=_AHEAD_DAYS)
        begins = datetime.combine(day, _FIRST_TIME, clock.LONDON)
        self._new = True
        self._fill(MeetupPlan("", begins, begins + _LASTS, kind))
        self.repeats.setCurrentIndex(2 if kind is MeetupKind.DROP_IN else 0)
        self._repeating.show()
        self.save.setText("Plan it")
        self._mark()

    def show_plan(self, plan: MeetupPlan) -> None:
        """Show one that is planned; what she is typing about the same one stays."""
        if self._new or self._held is None or not self.is_changed():
            self._new = False
            self._fill(plan)
        self._held = plan
        self._repeating.hide()
        self.save.setText("Save changes")
        self._mark()

    def show_partners(self, partners: Mapping[int, str]) -> None:
        """Offer these partners; those ticked stay ticked."""
        ticked = {number for number, box in self.partners.items() if box.isChecked()}
        if self._held is not None and not self.partners:
            ticked = set(self._held.partners)
        for box in self.partners.values():
            self._partners.removeWidget(box)
            box.deleteLater()
        self.partners = {}
        for number, name in partners.items():
            box = QCheckBox(name)
            box.setChecked(number in ticked)
            box.toggled.connect(self._mark)
            self.partners[number] = box
            self._partners.addWidget(box)
        self._no_partners.setVisible(not partners)
        self._mark()

    def show_understood(self, words: str) -> None:
        """Say what the place was understood as."""
        typed = self.place.text().strip() or self.postcode.text().strip()
        self.understood.setText(f"Understood as {words}." if words else NOT_UNDERSTOOD if typed else ONLINE)

    def plan(self) -> MeetupPlan:
        """What is typed."""
        day = self.day.date()
        on = date(day.year(), day.month(), day.day())
        start, end = (_at(on, box.time()) for box in (self.begins, self.ends))
        return MeetupPlan(
            self.title.text().strip(), start, end if end > start else end + timedelta(days=1),
            MeetupKind(self.kind.currentData()), self.place.text().strip(), self.postcode.text().strip(),
            self.link.text().strip(), self.about.toPlainText().strip(), self.room.value() or None,
            tuple(name.strip() for name in self.helpers.text().split(",") if name.strip()),
            tuple(number for number, box in self.partners.items() if box.isChecked()),
        )  # fmt: skip

    def is_changed(self) -> bool:
        """Whether something is typed that is not kept."""
        held, typed = self._held, self.plan()
        return held is not None and _told(typed) != _told(held)

    def forget_typed(self) -> None:
        """What is typed is what is kept."""
        self._held = self.plan()
        self._mark()

    def draft(self) -> dict[str, Any]:
        """What is typed, as plain values."""
        return {"title": self.title.text(), "place": self.place.text(), "about": self.about.toPlainText()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Type it again."""
        self.title.setText(draft["title"])
        self.place.setText(draft["place"])
        self.about.setPlainText(draft["about"])

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(Space.M))
        self._partners.setSpacing(px(Space.S))
        self.about.setFont(self.theme.font("second"))
        self.about.setFixedHeight(px(88))
        super().retheme()

    def _fill(self, plan: MeetupPlan) -> None:
        self._held = plan
        start = plan.starts_at.astimezone(clock.LONDON)
        end = (plan.ends_at or plan.starts_at + _LASTS).astimezone(clock.LONDON)
        self.title.setText(plan.title)
        self.kind.setCurrentIndex(self.kind.findData(plan.kind.value))
        self.day.setDate(QDate(start.year, start.month, start.day))
        for box, moment in ((self.begins, start), (self.ends, end)):
            box.setTime(QTime(moment.hour, moment.minute))
        for line, words in (
            (self.place, plan.place), (self.postcode, plan.postcode), (self.link, plan.link),
            (self.helpers, ", ".join(plan.co_organisers)),
        ):  # fmt: skip
            line.setText(words)
            line.setCursorPosition(0)
        self.about.setPlainText(plan.about)
        self.room.setValue(plan.capacity or 0)
        for number, tick in self.partners.items():
            tick.setChecked(number in plan.partners)
        self.placed.emit(plan.place, plan.postcode)

    def _mark(self) -> None:
        nameless = None if self.title.text().strip() else "Write what it is called"
        self.save.set_unavailable(nameless or (None if self._new or self.is_changed() else "Nothing was changed"))

    def _save(self) -> None:
        if self.save.isEnabled():
            self.saved.emit(self.plan(), self.repeats.currentData(), self.dates.value())

    def _placed(self) -> None:
        self.placed.emit(self.place.text().strip(), self.postcode.text().strip())

    def _connect(self) -> None:
        for line in (self.title, self.place, self.postcode, self.link, self.helpers):
            line.textChanged.connect(self._mark)
            line.returnPressed.connect(self._save)
        for line in (self.place, self.postcode):
            line.editingFinished.connect(self._placed)
        for box in (self.kind, self.repeats):
            box.currentIndexChanged.connect(self._mark)
        self.repeats.currentIndexChanged.connect(lambda at: self.dates.setEnabled(at > 0))
        self.day.dateChanged.connect(self._mark)
        for clock_box in (self.begins, self.ends):
            clock_box.timeChanged.connect(self._mark)
        self.room.valueChanged.connect(self._mark)
        self.about.textChanged.connect(self._mark)
        self.save.clicked.connect(self._save)

    def _lay_out(self) -> None:
        theme = self.theme
        for kind, words in KINDS.items():
            self.kind.addItem(words, kind.value)
        for weeks, words in REPEATS:
            self.repeats.addItem(words, weeks)
        self.title.setPlaceholderText("Such as: Tea and talk")
        self.place.setPlaceholderText("Such as: Nottingham Central Library")
        self.postcode.setPlaceholderText("Such as: NG1 7FF")
        self.link.setPlaceholderText("Where to join online")
        self.helpers.setPlaceholderText("Names, with commas between them")
        self.about.setPlaceholderText("What it is about, as the invitation says it")
        self.about.setTabChangesFocus(True)
        self.day.setCalendarPopup(True)
        for box in (self.begins, self.ends):
            box.setDisplayFormat("HH:mm")
        self.room.setRange(0, _LARGEST_ROOM)
        self.room.setSpecialValueText("Everybody")
        self.dates.setRange(1, 26)
        self.dates.setValue(6)
        self.dates.setEnabled(False)
        times = Beside(theme, (Field(theme, "From", self.begins), Field(theme, "Until", self.ends)), 80)
        rows: tuple[QWidget, ...] = (
            Beside(theme, (Field(theme, "What it is called", self.title), Field(theme, "Kind", self.kind)), _EACH),
            Beside(theme, (Field(theme, "Day", self.day), times), _EACH),
            self._repeating,
            Beside(theme, (Field(theme, "Place", self.place), Field(theme, "Postcode", self.postcode)), _EACH),
            self.understood,
            Beside(theme, (Field(theme, "Room for", self.room), Field(theme, "Link", self.link)), _EACH),
            Field(theme, "What it is about", self.about),
            Field(theme, "Who helps", self.helpers),
            Label(theme, "Partners who tell people of it", "label", "ink2"),
            self._no_partners,
        )  # fmt: skip
        for row in rows:
            self._column.addWidget(row)
        self._column.addLayout(self._partners)
        self._column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)


def _at(on: date, moment: QTime) -> datetime:
    return datetime.combine(on, time(moment.hour(), moment.minute()), clock.LONDON)


def _told(plan: MeetupPlan) -> tuple[object, ...]:
    """A plan as far as it can be typed."""
    start = plan.starts_at.astimezone(clock.LONDON)
    end = plan.ends_at.astimezone(clock.LONDON) if plan.ends_at else start + _LASTS
    return (
        plan.title, start, end, plan.kind, plan.place, plan.postcode, plan.link, plan.about, plan.capacity,
        tuple(plan.co_organisers), frozenset(plan.partners),
    )  # fmt: skip
