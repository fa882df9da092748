"""Calendar files (.ics) that any calendar program reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from matcher.clock import as_utc
from matcher.files.writers.letters import one_line

if TYPE_CHECKING:
    from icalendar import Alarm, Event


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole day in a calendar. ``uid`` stays the same for the same thing, so that it is replaced, not doubled."""

    uid: str
    on: date
    title: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something with a beginning and an end, at a place; ``uid`` as of an `Entry`.

    ``cancelled`` tells the calendar that it does not happen after all.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    where: str = ""
    more: str = ""
    cancelled: bool = False


def calendar_bytes(entries: Iterable[Entry | Appointment], *, name: str, made_at: datetime) -> bytes:
    """The entries as one calendar called ``name``; a whole day reminds the day before at nine, else a day ahead."""
    from icalendar import Calendar  # 4 MB, wanted by whoever writes a calendar alone

    calendar = Calendar()
    calendar.add("prodid", "-//Matcher//Requests//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    for entry in entries:
        calendar.add_component(
            _appointment(entry, made_at) if isinstance(entry, Appointment) else _event(entry, made_at)
        )
    return bytes(calendar.to_ical())


def _event(entry: Entry, made_at: datetime) -> "Event":
    event = _begun(entry, made_at)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(entry.title, timedelta(hours=-15)))
    return event


def _appointment(one: Appointment, made_at: datetime) -> "Event":
    event = _begun(one, made_at)
    event.add("dtstart", as_utc(one.starts_at))
    event.add("dtend", as_utc(one.ends_at))
    if one.where:
        event.add("location", one_line(one.where))
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    if not one.cancelled:
        event.add_component(_alarm(one.title, timedelta(days=-1)))
    return event


def _begun(entry: Entry | Appointment, made_at: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", one_line(entry.uid))
    event.add("dtstamp", made_at)
    event.add("summary", one_line(entry.title))
    if entry.more:
        event.add("description", entry.more)
    return event


def _alarm(title: str, before: timedelta) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one_line(title))
    alarm.add("trigger", before)
    return alarm
