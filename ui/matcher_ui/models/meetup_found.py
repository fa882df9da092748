"""What the page of a meet-up reads: quickly the meet-up itself, and beside it who is near."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from matcher.directory import list_partners, member_names
from matcher.outreach.meetups import Invitees, call_for, invitees, meetup_page
from matcher.outreach.meetups import MeetupPage as Facts
from matcher.storage.store import Store


@dataclass(frozen=True, slots=True)
class Found:
    """One meet-up, the partners there are, and the post."""

    page: Facts
    partners: Mapping[int, str]
    call: str


@dataclass(frozen=True, slots=True)
class Near:
    """Who could be invited to the meet-up of this number, and everybody by name: it takes longer to read."""

    number: int
    invitees: Invitees
    members: Mapping[str, int]


def partners_of(store: Store) -> dict[int, str]:
    """Every partner by number."""
    return {row.id: row.name for row in list_partners(store).partners}


def read_meetup(store: Store, number: int) -> Found:
    """What is planned, and who is on it."""
    return Found(meetup_page(store, number), partners_of(store), call_for(store, number))


def read_near(store: Store, number: int) -> Near:
    """Who could be invited, and every member by a name that tells them apart."""
    rows = member_names(store)
    alike = Counter(row.name for row in rows)
    members = {row.name if alike[row.name] == 1 else f"{row.name} (M{row.id})": row.id for row in rows}
    return Near(number, invitees(store, number), members)
