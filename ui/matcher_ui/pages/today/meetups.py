"""The network's own events on Today: the next one, who to remind or to tell, a free place, and who came."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import groupby

from matcher.clock import LONDON
from matcher.outreach import MessageKind
from matcher.outreach.meetups import MeetupRow, MeetupWord, meetups, to_send
from matcher.storage.store import Store
from matcher_ui.dates import away
from matcher_ui.models.meetups import day_of, people_of, times_of, where_of
from matcher_ui.pages.today.outreach import Row, names
from matcher_ui.widgets.today_rows import TodayItem
from matcher_ui.workspace import PageName, Place

NEXT_DAYS, ASKED_DAYS = 14, 30
"""For how many days ahead one is shown, and after it for how many who came is asked for."""
_TITLES = {
    MessageKind.MEETUP_REMINDER: "To remind of your meet-up",
    MessageKind.MEETUP_CANCELLED: "To tell that a meet-up is off",
}

Section = tuple[str, list[Row], PageName]
"""A title, a row each, and where all of it is."""
MeetupsFacts = tuple[tuple[MeetupRow, ...], tuple[MeetupWord, ...]]
"""Every meet-up, and who is due a word about one."""


def read_meetups(store: Store) -> MeetupsFacts:
    """Read them."""
    return meetups(store), to_send(store)


def meetup_sections(facts: MeetupsFacts, today: date) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """The sections with something in them: those that need her now, and those that only say what comes."""
    rows, words = facts
    now: list[Section] = [
        (title, _words([one for one in words if one.kind is kind]), "outreach") for kind, title in _TITLES.items()
    ]
    now.append(("A place is free", _some(rows, _has_place_for_somebody, _free), "outreach"))
    now.append(("Who came?", _some(rows, lambda row: _to_note(row, today), _noting), "outreach"))
    soon = _some(rows, lambda row: _soon(row, today), lambda row: _next(row, today))
    coming: list[Section] = [("Your next meet-ups", soon, "outreach")]
    return _filled(now), _filled(coming)


def _filled(sections: Sequence[Section]) -> tuple[Section, ...]:
    return tuple(section for section in sections if section[1])


def _some(
    rows: Sequence[MeetupRow], which: Callable[[MeetupRow], bool], line: Callable[[MeetupRow], Row]
) -> list[Row]:
    return [line(row) for row in rows if which(row)]


def _words(words: Sequence[MeetupWord]) -> list[Row]:
    """One row for each meet-up: whom it is about, and how many messages are ready."""
    rows = []
    for (number, title), group in groupby(words, lambda one: (one.meetup_id, one.title)):
        people = [one.name for one in group]
        ready = "1 message ready" if len(people) == 1 else f"{len(people)} messages ready"
        item = TodayItem("calendar", title, names(people), ready, button="Write")
        rows.append((item, Place("meetup", number, "people")))
    return rows


def _has_place_for_somebody(row: MeetupRow) -> bool:
    full = row.capacity is not None and row.coming >= row.capacity
    return bool(row.waiting) and not (full or row.over or row.cancelled)


def _free(row: MeetupRow) -> Row:
    waiting = "1 person waits" if row.waiting == 1 else f"{row.waiting} people wait"
    return TodayItem("person", row.title, waiting, day_of(row), button="Tell them"), Place(
        "meetup", row.id, "people"
    )


def _to_note(row: MeetupRow, today: date) -> bool:
    recent = _day(row) >= today - timedelta(days=ASKED_DAYS)
    return row.over and recent and not (row.noted or row.cancelled)


def _noting(row: MeetupRow) -> Row:
    item = TodayItem("check", row.title, where_of(row), day_of(row), button="Note who came")
    return item, Place("meetup", row.id, "day")


def _soon(row: MeetupRow, today: date) -> bool:
    return not (row.over or row.cancelled) and _day(row) <= today + timedelta(days=NEXT_DAYS)


def _next(row: MeetupRow, today: date) -> Row:
    far = away(_day(row), today)
    facts = "  ·  ".join((times_of(row), where_of(row), people_of(row)))
    return TodayItem("calendar", row.title, facts, day_of(row), far, "ink2"), Place("meetup", row.id)


def _day(row: MeetupRow) -> date:
    return row.starts_at.astimezone(LONDON).date()
