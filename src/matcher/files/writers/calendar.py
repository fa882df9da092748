"""Calendar files (.ics) that any calendar program reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from matcher.files.writers.letters import one_line


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole day in a calendar. ``uid`` stays the same for the same thing, so that it is replaced, not doubled."""

    uid: str
    on: date
    title: str
    more: str = ""


def calendar_bytes(entries: Iterable[Entry], *, name: str, made_at: datetime) -> bytes:
    """The entries as one calendar called ``name``; each reminds the day before at nine."""
    calendar = Calendar()
    calendar.add("prodid", "-//Matcher//Requests//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    return bytes(calendar.to_ical())


def _event(entry: Entry, made_at: datetime) -> Event:
    event, alarm = Event(), Alarm()
    event.add("uid", one_line(entry.uid))
    event.add("dtstamp", made_at)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", one_line(entry.title))
    if entry.more:
        event.add("description", entry.more)
    event.add("transp", "TRANSPARENT")
    alarm.add("action", "DISPLAY")
    alarm.add("description", one_line(entry.title))
    alarm.add("trigger", timedelta(hours=-15))
    event.add_component(alarm)
    return event
