"""Meet-ups in words: when, how full, and each person on one as a line of a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher import clock
from matcher.model import MeetupKind, MeetupState
from matcher.outreach.meetups import Invitee, MeetupPage, MeetupPart, MeetupPerson, MeetupRow
from matcher_ui.dates import away, day_words
from matcher_ui.models.table import Column
from matcher_ui.widgets.chip import ChipKind

KINDS = {MeetupKind.MEET_UP: "Meet-up", MeetupKind.DROP_IN: "Drop-in"}
STATES: dict[MeetupState | None, tuple[ChipKind, str]] = {
    MeetupState.INVITED: ("neutral", "Invited"),
    MeetupState.COMING: ("given", "Coming"),
    MeetupState.WAITING: ("resting", "Waiting"),
    MeetupState.NO: ("not_given", "Not this time"),
    MeetupState.CANCELLED: ("not_given", "Cannot come after all"),
    None: ("neutral", "Came by"),
}
"""Where somebody stands with a meet-up, as a chip."""
CAME: tuple[ChipKind, str] = ("given", "Came")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person on a meet-up, or who could be; ``state`` None: not invited, or came by."""

    member_id: int
    name: str
    more: str
    chip: tuple[ChipKind, str] | None
    state: MeetupState | None
    may: bool = True
    ask_first: bool = False
    came: bool = False
    reminded: bool = False
    told: bool = False
    first_in_line: bool = False


COLUMNS: tuple[Column[PersonLine], ...] = (
    Column(
        "name", "Name", lambda line: line.name,
        spoken=lambda line: ". ".join(filter(None, (line.name, line.chip[1] if line.chip else "", line.more))),
    ),
)  # fmt: skip


def day_of(row: MeetupRow) -> str:
    """“Wed 9 Dec, in 14 days”; of a past one only the day."""
    today, day = clock.today(), row.starts_at.astimezone(clock.LONDON).date()
    return day_words(day, today) if day < today else f"{day_words(day, today)}, {away(day, today)}"


def times_of(row: MeetupRow) -> str:
    """“16:00 to 17:00”."""
    start, end = (moment.astimezone(clock.LONDON) for moment in (row.starts_at, row.ends_at))
    return f"{start:%H:%M} to {end:%H:%M}"


def where_of(row: MeetupRow) -> str:
    """The place in her words, or that it is online."""
    return "Online" if row.online else ", ".join(filter(None, (row.place, row.postcode)))


def people_of(row: MeetupRow) -> str:
    """How many come, wait and have not answered; of a past one how many came."""
    if row.over and not row.cancelled:
        walked = f", {row.walk_ins} walked in" if row.walk_ins else ""
        return f"{row.came + row.walk_ins} came{walked}" if row.noted else "Who came is not noted yet"
    room = f"{row.coming} of {row.capacity} coming" if row.capacity else f"{row.coming} coming"
    waiting = f"{row.waiting} waiting" if row.waiting else ""
    invited = f"{row.invited} to answer" if row.invited else ""
    return ", ".join(filter(None, (room, waiting, invited)))


def chip_of_row(row: MeetupRow) -> tuple[ChipKind, str]:
    """How a meet-up stands, as a chip."""
    if row.cancelled:
        return "withdrawn", "Called off"
    if row.over:
        return ("given", "Noted") if row.noted else ("care", "Who came?")
    if row.capacity and row.coming >= row.capacity:
        return "resting", "Full"
    return "neutral", KINDS[row.kind]


def invitee_lines(people: Sequence[Invitee]) -> list[PersonLine]:
    """Those who could be invited, as lines; who was invited already stands elsewhere."""
    return [_invitee_line(one) for one in people if one.state is None]


def person_lines(page: MeetupPage) -> list[PersonLine]:
    """Everybody on a meet-up, as lines."""
    return [_person_line(one, page) for one in page.people]


def _invitee_line(one: Invitee) -> PersonLine:
    far = f"{_miles(one.miles)}, about {_minutes(one.minutes)}" if one.miles is not None and one.minutes else ""
    chip: tuple[ChipKind, str] | None = None
    if not one.may:
        chip = ("refused", "May not be invited")
    elif one.ask_first:
        chip = ("ask_first", "Ask first")
    more = "  ·  ".join(filter(None, (one.why_not, one.where, "" if one.why_not else far)))
    return PersonLine(one.member_id, one.name, more, chip, None, one.may, one.ask_first)


def stood_with(part: MeetupPart) -> str:
    """Where a member stood with a meet-up, in a few words."""
    if part.came:
        return CAME[1].lower()
    return "called off" if part.cancelled else STATES[part.state][1].lower()


def _minutes(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _miles(miles: float) -> str:
    return "1 mile" if miles < 1.5 else f"{miles:.0f} miles"


def _person_line(one: MeetupPerson, page: MeetupPage) -> PersonLine:
    chip = STATES[one.state]
    if one.state is MeetupState.WAITING:
        chip = (chip[0], f"Waiting, number {one.place_in_line}")
    done = "reminded" if one.reminded_on and one.state is MeetupState.COMING else ""
    if page.row.cancelled:
        done = "told that it is off" if one.told_on else ""
    return PersonLine(
        one.member_id, one.name, "  ·  ".join(filter(None, (one.where, done))),
        CAME if one.came else chip, one.state,
        came=one.came, reminded=one.reminded_on is not None, told=one.told_on is not None,
        first_in_line=page.next_id == one.member_id,
    )  # fmt: skip
