"""What the page of a meet-up reads: quickly the meet-up itself, and beside it who is near."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.directory import list_partners
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
    """Who could be invited to the meet-up of this number: it takes longer to read."""

    number: int
    invitees: Invitees


def partners_of(store: Store) -> dict[int, str]:
    """Every partner by number."""
    return {row.id: row.name for row in list_partners(store).partners}


def read_meetup(store: Store, number: int) -> Found:
    """What is planned, and who is on it."""
    return Found(meetup_page(store, number), partners_of(store), call_for(store, number))


def read_near(store: Store, number: int) -> Near:
    """Who could be invited."""
    return Near(number, invitees(store, number))
