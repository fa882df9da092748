"""Calendar files and invitations (.ics) as text."""

from datetime import date, datetime

from icalendar import Calendar

from matcher.clock import LONDON
from matcher.files.readers.encoding import decode_text
from matcher.files.readers.faults import damaged
from matcher.files.readers.tidy import tidy


def calendar_to_text(data: bytes, name: str) -> str:
    """The events in ``data``, one paragraph each: title, when (London time), where, organiser, description.

    Raises UserError when it is not a calendar.
    """
    try:
        calendar = Calendar.from_ical(decode_text(data))
    except (ValueError, IndexError, KeyError, TypeError) as error:
        raise damaged(name, "calendar entry") from error
    events = [part for part in calendar.walk() if part.name in ("VEVENT", "VTODO")]
    return tidy("\n\n".join(_event_text(event) for event in events))


def _event_text(event: object) -> str:
    get = getattr(event, "get", lambda key: None)
    lines = [f"Event: {get('SUMMARY')}"] if get("SUMMARY") else []
    begins, ends = (_when(get(key)) for key in ("DTSTART", "DTEND"))
    day, _, time = ends.rpartition(", ")
    if day and begins.startswith(f"{day}, "):
        ends = time
    if begins:
        lines.append(f"When: {begins}" + (f" to {ends}" if ends else ""))
    if get("LOCATION"):
        lines.append(f"Where: {get('LOCATION')}")
    if get("ORGANIZER"):
        lines.append(f"Organiser: {str(get('ORGANIZER')).removeprefix('mailto:').removeprefix('MAILTO:')}")
    return "\n".join([*lines, str(get("DESCRIPTION") or "")])


def _when(value: object) -> str:
    moment = getattr(value, "dt", None)
    if isinstance(moment, datetime):
        local = moment.astimezone(LONDON) if moment.tzinfo else moment
        return f"{local:%A} {local.day} {local:%B %Y, %H:%M}"
    return f"{moment:%A} {moment.day} {moment:%B %Y}" if isinstance(moment, date) else ""
