"""Everybody as matching sees them: an index of the store, kept in step by reading only who changed."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent import (
    Everybody,
    Rest,
    Workplaces,
    decided_since,
    everybody,
    expiring_between,
    rest_rules,
)
from matcher.matching.facts import Facts
from matcher.matching.names import called
from matcher.matching.profile import COLUMNS, Profile, profile_of
from matcher.model import BACKGROUND_USE, Batch, Change, Invitation, Member, State
from matcher.progress import Progress, silent
from matcher.storage import Store, changed_since, is_live, keep_aside, kept_aside, names_holding, revision
from matcher.turns import in_turn

if TYPE_CHECKING:
    from matcher.matching.index import Busy, Index

_NO = frozenset({State.REFUSED, State.WITHDRAWN})
_AT_ONCE = 400
_FILE = "index"
_FEW, _SAVED_SHARE = 1_000, 50
"""It is saved when more than so many changed, and more than one in so many of all."""
_ROUND = 100_000
"""Of many so many are read and saved at a time: what was read is not lost when the program is closed meanwhile."""
_REMEMBERED = 500
"""So many members are kept as they were read, for explaining them again."""


@dataclass(eq=False)
class People:
    """The index of a store and its rules of rest, as of one revision and day."""

    index: "Index"
    rules: Rest
    revision: int
    day: date
    unsaved: int = 0
    """So many members changed since it was last saved."""
    until: int | None = None
    """The last member that was read when not everybody was yet."""
    _known: OrderedDict[int, Facts] = field(default_factory=OrderedDict)

    @cached_property
    def workplaces(self) -> Workplaces:
        """The workplaces of the index, in their order."""
        return Workplaces(self.index.columns["workplace"].values)

    @cached_property
    def busy(self) -> "Busy":
        """Who was asked about what and when, by the rules of rest."""
        from matcher.matching.index import Busy

        return Busy(self.index.columns["asks"].values, self.rules)

    def facts(self, session: Session, member_ids: Sequence[int]) -> dict[int, Facts]:
        """What is read of these members, by id. Who is gone from the store since is left out."""
        missing = [member_id for member_id in member_ids if member_id not in self._known]
        for profile in _profiles(session, missing, everybody(session, missing)) if missing else ():
            self._known[profile.id] = Facts(profile)
        found = {member_id: self._known[member_id] for member_id in member_ids if member_id in self._known}
        for member_id in found:
            self._known.move_to_end(member_id)
        while len(self._known) > max(_REMEMBERED, len(found)):
            self._known.popitem(last=False)
        return found

    def remembered(self, without: Collection[int]) -> OrderedDict[int, Facts]:
        """The members kept as read, but for these."""
        return OrderedDict((key, facts) for key, facts in self._known.items() if key not in without)


_kept: WeakKeyDictionary[Store, People] = WeakKeyDictionary()


def people_of(store: Store, session: Session, progress: Progress = silent) -> People:
    """Everybody as they stand now. After a change only who it touched is read; it goes when the store is closed."""
    now, day = revision(session), clock.today()
    kept = _kept.get(store)
    if kept is None or (kept.revision, kept.day) != (now, day):
        kept = _caught_up(session, kept or _saved(store, session), now, day, progress)
        while kept.until is not None:
            _save(store, session, kept)
            kept = _caught_up(session, kept, now, day, progress)
        _kept[store] = kept
        if kept.unsaved > max(_FEW, len(kept.index) // _SAVED_SHARE):
            _save(store, session, kept)
    return kept


def _save(store: Store, session: Session, people: People) -> None:
    from matcher.matching.index.saving import to_bytes

    told = {
        "revision": people.revision, "day": people.day.isoformat(), "stamp": _stamp(session, people.revision),
        "until": people.until,
    }  # fmt: skip
    keep_aside(store, _FILE, to_bytes(people.index, told))
    people.unsaved = 0


def _saved(store: Store, session: Session) -> People | None:
    """Everybody as they were saved; None when nothing that fits this store and program was."""
    content = kept_aside(store, _FILE)
    if content is None:
        return None
    from matcher.matching.index.saving import OtherIndex, from_bytes

    try:
        index, told = from_bytes(content)
    except OtherIndex:
        return None
    if told["stamp"] != _stamp(session, told["revision"]):
        return None  # of a store that was put back since
    day = date.fromisoformat(told["day"])
    return People(index, rest_rules(session), told["revision"], day, until=told["until"])


def _stamp(session: Session, step: int) -> str:
    """What tells a step from another of the same number."""
    found = session.execute(select(Batch.at, Batch.what).where(Batch.id == step)).first()
    return f"{found.at.isoformat()} {found.what}" if found else ""


def _caught_up(session: Session, kept: People | None, now: int, day: date, progress: Progress) -> People:
    """Everybody as of now; where many were never read, the next round of them."""
    from matcher.matching.index import Builder

    touched = _touched(session, kept, day) if kept else set()
    known: OrderedDict[int, Facts] = kept.remembered(touched) if kept else OrderedDict()
    builder = Builder()
    unread, left = _unread(session, kept.until if kept else 0)
    wanted = sorted(touched.union(unread))
    done = len(kept.index) if kept and unread else 0
    for start in range(0, len(wanted), _AT_ONCE):
        progress(done + start, done + len(wanted) + left, "Getting everybody ready to match")
        some = wanted[start : start + _AT_ONCE]
        stand = everybody(session, some)
        for profile in _profiles(session, some, stand):
            facts = Facts(profile)
            builder.add(facts, stand.standings[profile.id], stand.workplaces[profile.id])
            if len(known) < _REMEMBERED:
                known[profile.id] = facts
    index = kept.index.changed(touched, builder) if kept and wanted else kept.index if kept else builder.index()
    if not left:
        index.ready()
    unsaved = len(wanted) + (kept.unsaved if kept else 0)
    return People(index, rest_rules(session), now, day, unsaved, unread[-1] if left else None, known)


def _unread(session: Session, until: int | None) -> tuple[list[int], int]:
    """The next records after ``until`` (none when that is None), and how many are left to be read after them."""
    if until is None:
        return [], 0
    after = list(session.scalars(select(Member.id).where(Member.id > until).order_by(Member.id)))
    return after[:_ROUND], max(0, len(after) - _ROUND)


def _touched(session: Session, kept: People, day: date) -> set[int]:
    """Who has to be read again since ``kept``: those who changed, decided, were asked, or whose yes ran out."""
    changed = changed_since(session, kept.revision, Member)
    heirs = _among(session, changed, lambda some: select(Member.merged_into).where(Member.id.in_(some)))
    touched = changed | {heir for heir in heirs if heir is not None} | _former_heirs(session, kept.revision)
    touched |= decided_since(session, kept.revision)
    asks = changed_since(session, kept.revision, Invitation)
    person = Member.person()
    asked = select(Invitation.id, person).join(Member)
    found = dict(_among(session, asks, lambda some: asked.where(Invitation.id.in_(some)), pairs=True))
    touched.update(found.values())
    if len(found) < len(asks):  # an ask that is gone no longer says whose it was
        touched.update(_ever_asked(kept.index))
    if day != kept.day:
        touched |= expiring_between(session, *sorted((kept.day, day)))
    return touched


def _former_heirs(session: Session, since: int) -> set[int]:
    """Whom a record was merged into that is so no more: what it brought no longer counts for them."""
    query = select(Change.before).where(
        Change.batch_id > since, Change.entity == Member.__tablename__, Change.field == Member.merged_into.key
    )
    return {int(before) for before in session.scalars(query) if before is not None}


def _ever_asked(index: "Index") -> Iterator[int]:
    column = index.columns["asks"]
    for member_id, code in zip(index.ids.tolist(), column.codes.tolist(), strict=True):
        if column.values[code]:
            yield member_id


def members_called(session: Session, words: str, most: int) -> list[int]:
    """The first ``most`` live members by name who are called so (`names.called`)."""
    named = (number for number, name in names_holding(session, words.split()) if called(name, words))
    return list(islice((number for number in named if is_live(session, number)), most))


def _among(session: Session, ids: Collection[int], query: Any, *, pairs: bool = False) -> Iterator[Any]:
    """What a query finds for ids, so many at a time."""
    listed = sorted(ids)
    for start in range(0, len(listed), _AT_ONCE):
        rows = session.execute(query(listed[start : start + _AT_ONCE]))
        yield from ((row[0], row[1]) for row in rows) if pairs else (row[0] for row in rows)


def _profiles(session: Session, member_ids: Sequence[int], stand: Everybody) -> Iterable[Profile]:
    """These members, as far as they live, with only the background they let be used."""
    columns = [getattr(Member, name) for name in COLUMNS]
    live = select(*columns).where(Member.is_live())
    for start in range(0, len(member_ids), _AT_ONCE):
        some = live.where(Member.id.in_(member_ids[start : start + _AT_ONCE]))
        for row in in_turn(session.execute(some).mappings()):
            mine = stand.permissions.get(row["id"], {})
            used = {name for name, purpose in BACKGROUND_USE.items() if mine.get(purpose) is State.GIVEN}
            refused = {name for name, purpose in BACKGROUND_USE.items() if mine.get(purpose) in _NO}
            yield profile_of(dict(row), used, refused)
