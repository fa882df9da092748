"""Who could be told apart in a sheet without names, looking at all that the requester has received already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.consent.release import RELEASABLE, Agreed, agreed
from matcher.model import Member, Release, Request, Requester, fields_of
from matcher.outreach.counts import SMALLEST_GROUP
from matcher.storage import reading, request_of, setting
from matcher.storage.store import Store

IDENTITY = frozenset({"first_name", "last_name", "email", "phone"})
_Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class GroupWarning:
    """Why a sheet may give somebody away, and whom. ``leave_out``: the column that does most of it, "" for none."""

    sentence: str
    member_ids: tuple[int, ...]
    leave_out: str = ""


def small_groups(
    store: Store, request_id: int, fields: Sequence[str], *, pseudonymous: bool
) -> tuple[GroupWarning, ...]:
    """What to be warned of before these columns of those who agreed go to the requester."""
    with reading(store) as session:
        request = request_of(session, request_id)
        wanted = [name for name in fields if not (pseudonymous and name in IDENTITY)]
        return warnings_of(session, request, agreed(session, request, wanted), pseudonymous=pseudonymous)


def warnings_of(
    session: Session, request: Request, people: Sequence[Agreed], *, pseudonymous: bool
) -> tuple[GroupWarning, ...]:
    """`small_groups` of these people with these fields."""
    before = _received(session, request)
    mine = [person for person in people if person.fields]
    by_name = {one for one, fields in before.items() if fields & IDENTITY}
    if not pseudonymous:
        known_now = tuple(p.member_id for p in mine if p.member_id in before and p.member_id not in by_name)
        return (_recognised_there(known_now),) if known_now else ()
    found = []
    smallest = int(setting(session, "privacy.smallest_group", SMALLEST_GROUP))
    shared = {p.member_id: (set(p.fields) | before.get(p.member_id, set())) - IDENTITY for p in mine}
    others = {one: fields - IDENTITY for one, fields in before.items() if one not in shared}
    values = _values(session, {**shared, **others})
    alone = _told_apart(shared, values, smallest)
    if alone:
        found.append(_told_apart_by(alone, shared, values, smallest))
    named = tuple(one for one in shared if one in by_name)
    if named:
        found.append(_known_by_name(named))
    return tuple(found)


def _received(session: Session, request: Request) -> dict[int, set[str]]:
    """Member -> every field that this requester, or anybody of the same organisation, has received of them."""
    requests = select(Request.id).where(Request.id == request.id)
    if request.requester_id is not None:
        who = session.get_one(Requester, request.requester_id)
        same = Requester.id == who.id
        if who.organisation:
            same = same | (Requester.organisation == who.organisation)
        requests = select(Request.id).where(Request.requester_id.in_(select(Requester.id).where(same)))
    found: dict[int, set[str]] = {}
    for release in session.scalars(select(Release).where(Release.request_id.in_(requests))):
        found.setdefault(release.member_id, set()).update(set(release.shared_fields) & set(RELEASABLE))
    return found


def _values(session: Session, known: Mapping[int, set[str]]) -> dict[int, _Values]:
    members = session.scalars(select(Member).where(Member.id.in_(known)))
    return {
        one.id: {name: value for name in known[one.id] if (value := _plain(getattr(one, name))) is not None}
        for one in members
    }


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value.casefold().strip() or None
    return tuple(value) if isinstance(value, list) else value


def _told_apart(
    shared: Mapping[int, set[str]], values: Mapping[int, _Values], smallest: int, without: str = ""
) -> list[int]:
    """Those of whom fewer than ``smallest`` people the requester knows of have the same values."""
    alone = []
    for one in shared:
        mine = {name: value for name, value in values[one].items() if name != without}
        alike = sum(all(other.get(name) == value for name, value in mine.items()) for other in values.values())
        if mine and alike < smallest:
            alone.append(one)
    return alone


def _told_apart_by(
    alone: list[int], shared: Mapping[int, set[str]], values: Mapping[int, _Values], smallest: int
) -> GroupWarning:
    names = sorted({name for one in alone for name in values[one]}, key=RELEASABLE.index)
    left = {name: len(_told_apart(shared, values, smallest, without=name)) for name in names}
    best = min(names, key=lambda name: left[name])
    labels = [fields_of(Member)[name].label.lower() for name in names]
    advice = ""
    if left[best] < len(alone):
        label = fields_of(Member)[best].label.lower()
        advice = f" Without {label} it would be {left[best] or 'nobody'}."
    return GroupWarning(
        f"{len(alone)} of {len(shared)} could be told apart by {', '.join(labels)}: fewer than {smallest} of those "
        f"this requester knows of are alike.{advice}",
        tuple(alone), best if left[best] < len(alone) else "",
    )  # fmt: skip


def _known_by_name(named: tuple[int, ...]) -> GroupWarning:
    return GroupWarning(
        f"{len(named)} of them were shared with this requester by name before. Whoever compares the two may "
        "recognise them.", named,
    )  # fmt: skip


def _recognised_there(known_now: tuple[int, ...]) -> GroupWarning:
    return GroupWarning(
        f"{len(known_now)} of them stand without a name in what this requester received before. With their name "
        "now, they may be recognised there.", known_now,
    )  # fmt: skip
