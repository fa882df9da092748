"""One meet-up: whom to invite, who comes, the day itself, and the plan."""

from functools import cached_property
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher.clock import LONDON, today
from matcher.errors import UserError
from matcher.model import MeetupKind, MeetupState
from matcher.outreach.meetups import (
    Invitees,
    MeetupPlan,
    MeetupWord,
    Planned,
    cancel_meetup,
    change_meetup,
    give_place,
    plan_meetup,
    plan_more_dates,
    understood,
    word_for,
)
from matcher.outreach.meetups import (
    MeetupPage as Facts,
)
from matcher_ui.models.meetup_found import Found, Near, partners_of, read_meetup, read_near
from matcher_ui.models.meetups import (
    KINDS,
    chip_of_row,
    day_of,
    invitee_lines,
    people_of,
    person_lines,
    times_of,
    where_of,
)
from matcher_ui.pages.meetups.day import MeetupDay
from matcher_ui.pages.meetups.papers import MeetupPapers
from matcher_ui.pages.meetups.people import MeetupPeople
from matcher_ui.pages.meetups.plan import MeetupPlanTab
from matcher_ui.pages.page import Page
from matcher_ui.shortcuts import PRINT, SAVE
from matcher_ui.theme import Space
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.choices import Tabs
from matcher_ui.widgets.keyed import press_by_key, walk_by_key
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.room_bar import RoomBar
from matcher_ui.widgets.views import Views
from matcher_ui.workspace import Place, Workspace

INVITE, PEOPLE, OTHERS, DAY, PLAN = "invite", "people", "others", "day", "plan"
TABS = (
    (INVITE, "To invite"), (PEOPLE, "Who comes"), (OTHERS, "Others"), (DAY, "The day"), (PLAN, "Plan"),
)  # fmt: skip
DROP_IN = "drop-in"
OFF_ASKED = (
    "This calls off “{title}”. Those who were to come are then told one by one: the messages are ready under "
    "Who comes."
)
NEAR_ONLINE = "It is online: everybody who said they may be told of your own events."
NOT_KNOWN = "Matcher does not know where this is. Name the town, or add a postcode, under Plan."


class MeetupPage(Page):
    """Shows ``place.id`` on one of the tabs; without an id an empty plan, of a drop-in where the tab says so."""

    LATER = (INVITE, PEOPLE, OTHERS, DAY, PLAN)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self.header = PageHeader(theme, back="Meet-ups")
        self.print = IconButton(theme, "print", "Print the sheet for the table", outlined=True)
        self.sheet = Button(theme, "Sheet for the table…", icon="download")
        for button in (self.print, self.sheet):
            self.header.add_action(button)
        self.room, self.tabs, self.notice, self.next = (
            RoomBar(theme),
            Tabs(theme, TABS),
            Notice(theme),
            Notice(theme),
        )
        self.tabs.setMinimumWidth(1)
        self.found: Found | None = None
        self.near: Near | None = None
        self._first = False
        self._stack = Views()
        self._papers = MeetupPapers(self, self._failed)
        self._lay_out()
        self._connect()
        self.retheme()

    @cached_property
    def invite(self) -> MeetupPeople:
        why = "Everybody near who said they may be told of your own events is invited. The others say why not."
        return self._waiting(MeetupPeople(self.workspace, "Nobody is left to invite.", why, inviting=True))

    @cached_property
    def people(self) -> MeetupPeople:
        why = "Those you invite stand here, with what they answered."
        return self._stack.put(MeetupPeople(self.workspace, "Nobody was invited yet.", why))

    @cached_property
    def others(self) -> MeetupPeople:
        why = "Whoever is not suggested is here, and why."
        return self._waiting(MeetupPeople(self.workspace, "Nobody else.", why))

    @cached_property
    def day(self) -> MeetupDay:
        return self._stack.put(MeetupDay(self.workspace))

    @cached_property
    def plan(self) -> MeetupPlanTab:
        plan, work = self._stack.put(MeetupPlanTab(self.theme)), self.workspace
        press_by_key(plan.form.save, SAVE)
        plan.form.saved.connect(self._save)
        plan.form.placed.connect(self._look_up)
        plan.calendar.connect(self._papers.save_calendar)
        plan.called_off.connect(self._ask_off)
        plan.more.connect(self._more)
        plan.opened.connect(lambda number: work.go(Place("meetup", number, PLAN)))
        plan.copied.connect(lambda: work.say("Copied. Paste it in the group, or send it to a partner."))
        return plan

    def _waiting(self, view: MeetupPeople) -> MeetupPeople:
        view.wait()
        return self._stack.put(view)

    def show_place(self, place: Place) -> None:
        afresh = self.place is None or self.place.id != place.id
        if place.id is None:
            self._start(MeetupKind.DROP_IN if place.tab == DROP_IN else MeetupKind.MEET_UP, afresh=afresh)
        elif afresh:
            self.found = self.near = None
            for view in self._built(INVITE, OTHERS):
                view.wait()
            for plan in self._built(PLAN):
                plan.form.forget_typed()
            self.header.set_title("")
            self._first = place.tab not in dict(TABS)
            self.turn_to(INVITE if self._first else place.tab)
        elif place.tab in dict(TABS):
            self.turn_to(place.tab)
        self.notice.clear()
        super().show_place(place)

    def refresh(self) -> None:
        number = self.place.id if self.place else None
        if number is None:
            self.workspace.read("meetup.partners", partners_of, self.plan.form.show_partners)
            return
        self.workspace.read(
            "meetup", lambda store: read_meetup(store, number), self.show_found, on_failed=self._failed
        )
        self.workspace.read("meetup.near", lambda store: read_near(store, number), self.show_near, aside=True,
                            on_failed=lambda _error: None)  # fmt: skip

    def show_found(self, found: Found) -> None:
        """Show what was read."""
        row = found.page.row
        if self.place is None or row.id != self.place.id:
            return
        self.found = found
        self.header.set_title(row.title)
        self.header.set_facts((KINDS[row.kind], day_of(row), times_of(row), where_of(row)))
        words = chip_of_row(row)[1] if row.cancelled else people_of(row)
        self.room.show_room(row.coming, row.capacity, words)
        for part in (self.tabs, self.room, self.sheet, self.print):
            part.show()
        self._show_next(found.page)
        self.sheet.set_unavailable(None if row.coming else "Nobody is coming yet")
        self.print.setEnabled(bool(row.coming))
        for show in (self._show_people, self._show_day, self._show_others, self._show_plan):
            self.workspace.jobs.in_turn(self, show)

    def show_near(self, near: Near) -> None:
        """Show who could be invited."""
        self.near = near
        self.workspace.jobs.in_turn(self, self._show_others)

    def turn_to(self, key: str) -> None:
        """Show one of the tabs."""
        self.tabs.set_current(key)
        self._stack.setCurrentWidget(getattr(self, key))

    def keeps_unsaved(self) -> str:
        return "the plan of a meet-up" if any(plan.form.is_changed() for plan in self._built(PLAN)) else ""

    def draft(self) -> dict[str, Any]:
        return self.plan.form.draft()

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.plan.form.take_draft(draft)

    def tell_next(self) -> None:
        """Copy the message for who is first in line, and give them the place."""
        found = self.found
        if found is None or found.page.next_id is None:
            return
        number, one, name = found.page.row.id, found.page.next_id, found.page.next_name

        def copied(word: MeetupWord) -> None:
            if word.trouble:
                self._failed(UserError(f"{name}: {word.trouble}."))
                return
            QGuiApplication.clipboard().setText(word.message)
            self.workspace.write(
                lambda store, _p: give_place(store, number, one),
                lambda batch: self.workspace.say(f"Copied. {name} has the place: paste it where you write.", batch),
                what="Recording", on_failed=self._failed,
            )  # fmt: skip

        self.workspace.read(
            "meetup.next", lambda store: word_for(store, number, one), copied, on_failed=self._failed
        )

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.L), 0, 0)
        self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._head.setSpacing(px(Space.S))
        super().retheme()

    def _start(self, kind: MeetupKind, *, afresh: bool) -> None:
        if afresh or not self.plan.form.is_changed():
            self.plan.form.start(kind)
        self.found = None
        self.header.set_title("Plan a drop-in" if kind is MeetupKind.DROP_IN else "Plan a meet-up")
        self.header.set_facts(("What, when and where; whom to invite comes next",))
        self.plan.start()
        self.turn_to(PLAN)
        for part in (self.tabs, self.room, self.sheet, self.print):
            part.hide()
        self.next.clear()
        self.plan.form.title.setFocus()

    def _show_people(self) -> None:
        if self.found is not None:
            people = person_lines(self.found.page)
            self.people.show_people(self.found.page, people)
            self.tabs.set_count(PEOPLE, len(people) or None)

    def _show_day(self) -> None:
        """Who said no is looked for by name; on the day only those who may come stand in the list."""
        if self.found is not None:
            said_no = (MeetupState.NO, MeetupState.CANCELLED)
            lines = [one for one in person_lines(self.found.page) if one.came or one.state not in said_no]
            self.day.show_people(self.found.page, lines)

    def _show_plan(self) -> None:
        if self.found is not None:
            self.plan.show_page(self.found.page, self.found.call, self.found.partners)

    def _show_others(self) -> None:
        """Whom to invite, and who is not suggested; who was invited meanwhile is not there any more."""
        if self.found is None or self.near is None or self.near.number != self.found.page.row.id:
            return
        page, found = self.found.page, self.near.invitees
        there = {one.member_id for one in page.people if one.state is not None}
        hint = NEAR_ONLINE if found.online else NOT_KNOWN
        within = f"Within an hour of {found.place}, the nearest first." if found.place else hint
        shown = ((INVITE, self.invite, found.suggested, within), (OTHERS, self.others, found.others, ""))
        for key, view, people, words in shown:
            lines = [line for line in invitee_lines(people) if line.member_id not in there]
            view.show_people(page, lines, words)
            self.tabs.set_count(key, len(lines) or None)
        if self._first:
            self._first = False
            self.turn_to(_first_tab(page, found))

    def _show_next(self, page: Facts) -> None:
        if page.next_id is None:
            self.next.clear()
            return
        words = f"A place is free, and {page.next_name} is next on the waiting list."
        if self.next.words != words:
            self.next.tell("care", words, ((f"Copy the message for {page.next_name}", self.tell_next),))

    def _save(self, plan: MeetupPlan, every: int, dates: int) -> None:
        number = self.place.id if self.place else None
        if number is None:
            self.workspace.write(
                lambda store, _p: plan_meetup(store, plan, every_weeks=every, dates=dates), self._planned,
                what="Planning", on_failed=self._failed,
            )  # fmt: skip
        else:
            self.workspace.write(
                lambda store, _p: change_meetup(store, number, plan), self._changed, what="Saving",
                on_failed=self._failed,
            )  # fmt: skip

    def _planned(self, made: Planned) -> None:
        self.plan.form.forget_typed()
        dates = f" {len(made.ids)} dates." if len(made.ids) > 1 else ""
        self.workspace.say(f"Planned.{dates}", made.batch)
        self.workspace.go(Place("meetup", made.ids[0], INVITE))

    def _changed(self, batch: int | None) -> None:
        self.plan.form.forget_typed()
        self.workspace.say("Changed.", batch)

    def _ask_off(self) -> None:
        if self.found is not None:
            number, title = self.found.page.row.id, self.found.page.row.title

            def call_off() -> None:
                self.workspace.write(
                    lambda store, _p: cancel_meetup(store, number), self._off, what="Calling it off",
                    on_failed=self._failed,
                )  # fmt: skip

            asked = OFF_ASKED.format(title=title)
            self.notice.tell("care", asked, (("Call it off", call_off), ("Leave it", lambda: None)))

    def _off(self, batch: int) -> None:
        self.workspace.say("Called off.", batch)
        self.turn_to(PEOPLE)

    def _more(self, dates: int) -> None:
        number = self.place.id if self.place else None
        if number is not None:
            self.workspace.write(
                lambda store, _p: plan_more_dates(store, number, dates),
                lambda made: self.workspace.say(f"Planned {len(made.ids)} more dates.", made.batch),
                what="Planning", on_failed=self._failed,
            )  # fmt: skip

    def _look_up(self, place: str, code: str) -> None:
        self.workspace.read("meetup.place", lambda _store: understood(place, code), self.plan.form.show_understood)

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _connect(self) -> None:
        work = self.workspace
        self.header.went_back.connect(lambda: work.go(Place("outreach", tab="meetups")))
        self.tabs.chosen.connect(self.turn_to)
        self.sheet.clicked.connect(self._papers.save_sheet)
        self.print.clicked.connect(self._papers.print_sheet)
        press_by_key(self.print, PRINT)
        walk_by_key(self.tabs)

    def _lay_out(self) -> None:
        self._column, self._head = QVBoxLayout(self), QVBoxLayout()
        self._column.setSpacing(0)
        for part in (self.header, self.room, self.tabs):
            self._head.addWidget(part)
        self._column.addLayout(self._head)
        self._column.addWidget(self.notice)
        self._column.addWidget(self.next)
        self._column.addWidget(self._stack, 1)


def _first_tab(page: Facts, near: Invitees) -> str:
    """Where she goes on with it: its day, else whom to invite while there is somebody, else who comes."""
    if page.row.starts_at.astimezone(LONDON).date() <= today():
        return DAY
    free = any(one.state is None for one in near.suggested)
    return INVITE if free or not page.people else PEOPLE
