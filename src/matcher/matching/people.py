"""Everybody as matching sees them: read from the store once, and kept for as long as nothing in it changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent import Everybody, everybody
from matcher.matching.facts import Facts
from matcher.matching.profile import COLUMNS, Profile, profile_of
from matcher.matching.words import WordIndex, index_of
from matcher.model import BACKGROUND_USE, Member, Purpose, State
from matcher.storage import Store, revision

_NO = frozenset({State.REFUSED, State.WITHDRAWN})


@dataclass(frozen=True, eq=False)
class People:
    """Members by id, each read once, with the index of what they say; row for row in the same order."""

    facts: tuple[Facts, ...]
    index: WordIndex

    def row_of(self, member_id: int) -> int | None:
        """The row of a member; None when they are not among them."""
        return next((row for row, facts in enumerate(self.facts) if facts.profile.id == member_id), None)


def people(profiles: Iterable[Profile], before: People | None = None) -> People:
    """Gather profiles. What ``before`` knows of a member who did not change since is taken over."""
    known = {facts.profile.id: facts for facts in before.facts} if before else {}
    gathered = []
    for profile in sorted(profiles, key=lambda profile: profile.id):
        facts = known.get(profile.id)
        gathered.append(facts if facts and facts.profile == profile else Facts(profile))
    if before and gathered == list(before.facts):
        return before
    return People(tuple(gathered), index_of([facts.stems for facts in gathered]))


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The people of a store and the gate, as of one revision and day."""

    revision: int
    day: date
    people: People
    gate: Everybody


_kept: WeakKeyDictionary[Store, Snapshot] = WeakKeyDictionary()


def snapshot_of(store: Store, session: Session) -> Snapshot:
    """Everybody as they stand now. Read anew when the store has changed; it goes when the store is closed."""
    now, day = revision(session), clock.today()
    kept = _kept.get(store)
    if kept is None or (kept.revision, kept.day) != (now, day):
        gate = everybody(session)
        found = people(_profiles(session, gate.permissions), kept.people if kept else None)
        kept = _kept[store] = Snapshot(now, day, found, gate)
    return kept


def _profiles(session: Session, permissions: Mapping[int, Mapping[Purpose, State]]) -> Iterable[Profile]:
    """Every live member, with only the background they let be used."""
    columns = (getattr(Member, name) for name in COLUMNS)
    for row in session.execute(select(*columns).where(Member.merged_into.is_(None))).mappings():
        mine = permissions.get(row["id"], {})
        used = {field for field, purpose in BACKGROUND_USE.items() if mine.get(purpose) is State.GIVEN}
        refused = {field for field, purpose in BACKGROUND_USE.items() if mine.get(purpose) in _NO}
        yield profile_of(dict(row), used, refused)
