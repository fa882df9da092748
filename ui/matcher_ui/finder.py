"""What the search in the sidebar looks through: pages and commands, members, requests and who asked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from matcher.directory import list_partners, members_called
from matcher.knowledge.search_match import nearest_first, nearness
from matcher.knowledge.tables import fold
from matcher.outreach.meetups import meetups
from matcher.storage.store import Store
from matcher.triage import list_questions, list_requesters, list_requests
from matcher_ui.guide import chapters
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
        """The best matches of every word of ``query``, those that begin with it first, on ``pages`` only.

        Accents never count, and where something is misspelt by a slip it comes last.
        """
        words = fold(query).split()
        if not words:
            return ()
        entries = [*self._entries, *(_members(store, query, limit) if "member" in pages else ())]
        near = (
            (nearness(entry.sought, words), entry.found) for entry in entries if entry.found.place.page in pages
        )
        ranked = nearest_first((rank, found) for rank, found in near if rank is not None)
        return tuple(found for _rank, found in ranked[:limit])

    def at(self, store: Store, places: Iterable[Place], limit: int = MOST) -> tuple[Found, ...]:
        """The things at these places, in their order; what is gone since is left out."""
        known = {(entry.found.place.page, entry.found.place.id): entry.found for entry in self._entries}
        found: dict[tuple[PageName, int | None], Found] = {}
        for place in places:
            key = (place.page, place.id)
            here = known.get(key)
            if here is None and place.page == "member" and key not in found:
                here = next((one.found for one in _members(store, f"M{place.id}", 1)), None)
            if here is not None and place.id is not None:
                found.setdefault(key, here)
            if len(found) == limit:
                break
        return tuple(found.values())


def findable(store: Store) -> Findable:
    """Read what can be found but members: a line each."""
    around = (*_requesters(store), *_partners(store), *_questions(store))
    return Findable([*commands(), *_requests(store), *_meetups(store), *around])


def commands() -> Sequence[_Entry]:
    chapters_of_guide = (Found("question", one.title, "Guide", Place("guide", tab=one.key)) for one in chapters())
    return [_entry(found, found.words, found.more) for found in (*COMMANDS, *chapters_of_guide)]


def _entry(found: Found, *words: str) -> _Entry:
    return _Entry(found, fold(" ".join(words)))


def _requests(store: Store) -> Iterable[_Entry]:
    for row in list_requests(store):
        who = ", ".join(part for part in (row.requester, row.organisation) if part)
        found = Found("requests", row.title, who or f"R{row.id}", Place("request", row.id))
        yield _entry(found, row.title, who, f"r{row.id}")


def _meetups(store: Store) -> Iterable[_Entry]:
    for row in meetups(store):
        if not row.cancelled:
            found = Found("calendar", row.title, day_of(row), Place("meetup", row.id))
            yield _entry(found, row.title, row.place, f"e{row.id}")


def _requesters(store: Store) -> Iterable[_Entry]:
    for row in list_requesters(store):
        more = ", ".join(part for part in (row.role, row.organisation) if part) or "Who’s asking"
        found = Found("person", row.name or row.organisation, more, Place("requester", row.id))
        yield _entry(found, row.name, row.organisation, row.contact)


def _partners(store: Store) -> Iterable[_Entry]:
    for row in list_partners(store).partners:
        found = Found("handshake", row.name, row.place or "Partner", Place("partners", row.id))
        yield _entry(found, row.name, row.place, *row.spellings)


def _questions(store: Store) -> Iterable[_Entry]:
    for row in list_questions(store):
        who = row.member or f"Q{row.id}"
        found = Found("question", f"Question about {row.about}", who, Place("questions", row.id))
        yield _entry(found, "question", row.about, who, row.note)


def _members(store: Store, query: str, most: int) -> Iterable[_Entry]:
    for row in members_called(store, query, most):
        where = ", ".join(part for part in (row.town, row.region) if part)
        found = Found("person", row.name, where or f"M{row.id}", Place("member", row.id))
        yield _entry(found, row.name, f"m{row.id} {row.id}")
