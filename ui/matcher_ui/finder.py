"""What the search in the sidebar looks through: pages and commands, members, requests and who asked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from matcher.directory import list_partners, members_called, nearness
from matcher.outreach.meetups import meetups
from matcher.storage.store import Store
from matcher.triage import list_questions, list_requesters, list_requests
from matcher_ui.models.meetups import day_of
from matcher_ui.settings_sections import SECTIONS
from matcher_ui.shortcuts import keys_of
from matcher_ui.workspace import PageName, Place

MOST = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that can be gone to: an icon, its name, a line that tells it from others, and the place."""

    icon: str
    words: str
    more: str
    place: Place


COMMANDS: tuple[Found, ...] = (
    Found("today", "Today", "Page", Place("today")),
    Found("requests", "Requests", "Page", Place("requests")),
    Found("members", "Members", "Page", Place("members")),
    Found("outreach", "Outreach", "Everyone asked, and what comes next", Place("outreach")),
    Found("insight", "Insight", "Who is being heard, turns, answers, growth", Place("insight")),
    Found("calendar", "Meet-ups and drop-ins", "Your own events", Place("outreach", tab="meetups")),
    Found("plus", "Plan a meet-up", "Ctrl M", Place("meetup", tab="plan")),
    Found("plus", "Plan a drop-in", "A meet-up that repeats", Place("meetup", tab="drop-in")),
    Found("settings", "Settings", "Page", Place("settings")),
    Found("shield", "Promises to keep", "Check-ins, withdrawals, details shared", Place("promises")),
    Found("shield", "Rights & complaints", "Who asks about their data, and by when to answer", Place("rights")),
    Found("trash", "What is due to be deleted", "Kept longer than planned", Place("retention")),
    Found("plus", "Log a request", "Ctrl N", Place("log")),
    Found("person", "Who’s asking", "Requesters: promised, paid, given back", Place("requester")),
    Found("question", "Members’ questions", "Where to turn", Place("questions")),
    Found("handshake", "Partners", "Who tells care workers of you", Place("partners")),
    Found("upload", "Bring in a spreadsheet", "Import members", Place("import")),
    Found("plus", "Add a member", keys_of("Add a member"), Place("members", tab="add")),
    Found("question", "Guide", "Help: how things are done, step by step. F1", Place("guide")),
    Found("settings", "Keys", f"Shortcuts of the keyboard. {keys_of('This list of keys')}", Place("keys")),
    *(Found("settings", title, more, Place("settings", tab=tab)) for tab, title, more in SECTIONS),
)


@dataclass(frozen=True, slots=True)
class _Entry:
    found: Found
    sought: str


class Findable:
    """The pages, commands and requests of a store at one moment; members are looked up when they are sought."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self._entries = tuple(entries)

    def find(self, store: Store, query: str, pages: Collection[PageName], limit: int = MOST) -> tuple[Found, ...]:
        """The best matches of every word of ``query``, those that begin with it first, on ``pages`` only."""
        words = query.casefold().split()
        if not words:
            return ()
        entries = [*self._entries, *(_members(store, query, limit) if "member" in pages else ())]
        ranked = [
            (nearness(entry.sought, words), place, entry.found)
            for place, entry in enumerate(entries)
            if entry.found.place.page in pages and all(word in entry.sought for word in words)
        ]
        return tuple(found for _distance, _place, found in sorted(ranked, key=lambda one: one[:2])[:limit])


def findable(store: Store) -> Findable:
    """Read what can be found but members: a line each."""
    around = (*_requesters(store), *_partners(store), *_questions(store))
    return Findable([*commands(), *_requests(store), *_meetups(store), *around])


def commands() -> Sequence[_Entry]:
    return [_Entry(found, f"{found.words} {found.more}".casefold()) for found in COMMANDS]


def _requests(store: Store) -> Iterable[_Entry]:
    for row in list_requests(store):
        who = ", ".join(part for part in (row.requester, row.organisation) if part)
        found = Found("requests", row.title, who or f"R{row.id}", Place("request", row.id))
        yield _Entry(found, f"{row.title} {who} r{row.id}".casefold())


def _meetups(store: Store) -> Iterable[_Entry]:
    for row in meetups(store):
        if not row.cancelled:
            found = Found("calendar", row.title, day_of(row), Place("meetup", row.id))
            yield _Entry(found, f"{row.title} {row.place} e{row.id}".casefold())


def _requesters(store: Store) -> Iterable[_Entry]:
    for row in list_requesters(store):
        more = ", ".join(part for part in (row.role, row.organisation) if part) or "Who’s asking"
        found = Found("person", row.name or row.organisation, more, Place("requester", row.id))
        yield _Entry(found, f"{row.name} {row.organisation} {row.contact}".casefold())


def _partners(store: Store) -> Iterable[_Entry]:
    for row in list_partners(store).partners:
        found = Found("handshake", row.name, row.place or "Partner", Place("partners", row.id))
        yield _Entry(found, " ".join((row.name, row.place, *row.spellings)).casefold())


def _questions(store: Store) -> Iterable[_Entry]:
    for row in list_questions(store):
        who = row.member or f"Q{row.id}"
        found = Found("question", f"Question about {row.about}", who, Place("questions", row.id))
        yield _Entry(found, f"question {row.about} {who} {row.note}".casefold())


def _members(store: Store, query: str, most: int) -> Iterable[_Entry]:
    for row in members_called(store, query, most):
        where = ", ".join(part for part in (row.town, row.region) if part)
        found = Found("person", row.name, where or f"M{row.id}", Place("member", row.id))
        yield _Entry(found, f"{row.name} m{row.id} {row.id}".casefold())
