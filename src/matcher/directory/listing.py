"""The members as a long table shows them: only what it shows, read at once, and again only for whoever changed."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Text, func, select, type_coerce
from sqlalchemy.orm import Session

from matcher.consent import decided_since, states_on
from matcher.knowledge.search_match import nearest_first, nearness
from matcher.knowledge.tables import fold
from matcher.model import AUDIENCE_PURPOSES, Member, Partner, State
from matcher.storage import changed_since, is_live, names_holding, numbered, rows_of
from matcher.storage.store import Store, reading


class MemberBrief(NamedTuple):
    """A member in a few fields; ``stands`` is where she stands on `AUDIENCE_PURPOSES`, in their order."""

    id: int
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    preferred_channel: str | None
    town: str | None
    postcode_district: str | None
    authority: str | None
    county: str | None
    region: str | None
    role: str | None
    employer_type: str | None
    contract_type: str | None
    start_year: int | None
    care_types: tuple[str, ...]
    languages: tuple[str, ...]
    experience_text: str | None
    interests_text: str | None
    heard_via: str | None
    joined_on: date | None
    stands: tuple[State, ...]

    @property
    def name(self) -> str:
        """First and last name, or a plain stand-in."""
        return _full_name(self.first_name, self.last_name)


class MemberName(NamedTuple):
    """Whom a name belongs to, and the place that tells two of one name apart."""

    id: int
    name: str
    town: str | None
    region: str | None


_SILENT = (State.NOT_GIVEN,) * len(AUDIENCE_PURPOSES)
_LISTS = ("care_types", "languages")
_THROUGH = func.coalesce(
    select(Partner.name).where(Partner.id == Member.partner_id).scalar_subquery(), Member.heard_via
).label("heard_via")
"""The partner somebody came through, else the words they said."""
_COLUMNS = tuple(
    type_coerce(getattr(Member, name), Text).label(name)
    if name in _LISTS
    else _THROUGH
    if name == "heard_via"
    else getattr(Member, name)
    for name in MemberBrief._fields[:-1]
)
_CARE, _TONGUES = (MemberBrief._fields.index(name) for name in _LISTS)
_MOST_IDS = 500
_MOST_FORGIVEN = 100_000
"""Among more members a slip is not looked for: every name would have to be read."""


def _full_name(first: str | None, last: str | None) -> str:
    return " ".join(part for part in (first, last) if part) or "(no name)"


def brief_members(
    session: Session, ids: Collection[int] | None = None, *, first: int | None = None
) -> Iterator[MemberBrief]:
    """Members in the order of their names: all, these, or the ``first`` so many; only those who are live.

    They come a few hundred at a time, so that a long list is never held twice.
    """
    query = select(*_COLUMNS).where(Member.is_live())
    query = query.order_by(Member.last_name, Member.first_name, Member.id)
    if ids is not None:
        query = query.where(Member.id.in_(ids))
    stands = states_on(session, AUDIENCE_PURPOSES, ids) if first is None else {}
    lists: dict[str | None, tuple[str, ...]] = {}
    rows = rows_of(session, query if first is None else query.limit(first))
    if first is not None:
        rows = iter(shown := list(rows))
        stands = states_on(session, AUDIENCE_PURPOSES, [row.id for row in shown])
    for row in rows:
        values = list(row)
        for place in (_CARE, _TONGUES):
            values[place] = _parts(values[place], lists)
        yield MemberBrief._make((*values, stands.get(values[0], _SILENT)))


def _parts(kept: str | None, seen: dict[str | None, tuple[str, ...]]) -> tuple[str, ...]:
    """A list as the store keeps it; the same list is read only once, for many share it."""
    if kept not in seen:
        seen[kept] = tuple(json.loads(kept) or ()) if kept else ()
    return seen[kept]


def member_names(store: Store) -> Sequence[MemberName]:
    """Every member's name and place, in the order of their names; merged records are left out."""
    columns = (Member.id, Member.first_name, Member.last_name, Member.town, Member.region)
    query = select(*columns).where(Member.is_live())
    with reading(store) as session:
        rows = rows_of(session, query.order_by(Member.last_name, Member.first_name, Member.id))
        return list(map(_named, rows))


_MOST_WEIGHED = 5_000
"""Of so many that hold the words at most the nearest are found: who types one letter looks for nobody yet."""


def members_called(store: Store, query: str, most: int) -> Sequence[MemberName]:
    """The ``most`` live members who are meant best by a number (“M12”) or by words of their name (`nearness`).

    Where fewer are called so, those follow whose names are written with accents, or are misspelt by a slip.
    """
    words = query.casefold().split()
    with reading(store) as session:
        number = numbered(query, "M")
        nearest = [number] if number is not None else _weighed(session, words, words)
        ids = list(islice((one for one in nearest if is_live(session, one)), most))
        if number is None and len(ids) < most and _are_few(session):
            others = (one for one in _weighed(session, (), words) if one not in ids and is_live(session, one))
            ids += islice(others, most - len(ids))
        columns = (Member.id, Member.first_name, Member.last_name, Member.town, Member.region)
        found = {row.id: _named(row) for row in session.execute(select(*columns).where(Member.id.in_(ids)))}
        return [found[one] for one in ids]


def member_meant(store: Store, typed: str, *, in_part: bool = False) -> MemberName | None:
    """Whom she means: by a number ("M12", "Ada Stone, M12"), or by a whole name that only one has.

    ``in_part``: a part of a name will do, if only one has it. None where it is nobody, or may be several.
    """
    said = " ".join(typed.split()).casefold()
    if not said:
        return None
    number = numbered(said.rpartition(",")[2], "M")
    with reading(store) as session:
        names = () if number is not None else names_holding(session, said.split())
        found = [(one, name.casefold()) for one, name in names if said in name.casefold() and is_live(session, one)]
        whole = [one for one, name in found if name == said]
        meant = [number] if number is not None else whole or [one for one, _name in found if in_part]
        return _of_number(session, meant[0]) if len(meant) == 1 else None


def _of_number(session: Session, number: int) -> MemberName | None:
    columns = (Member.id, Member.first_name, Member.last_name, Member.town, Member.region)
    row = session.execute(select(*columns).where(Member.id == number, Member.is_live())).one_or_none()
    return _named(row) if row is not None else None


def _are_few(session: Session) -> bool:
    return (session.scalar(select(func.count(Member.id))) or 0) <= _MOST_FORGIVEN


def _weighed(session: Session, held: Sequence[str], words: Sequence[str]) -> list[int]:
    """Whoever is meant by ``words``, the nearest first, of those in whose names ``held`` stand as they are."""
    sought = fold(" ".join(words)).split()
    near = ((nearness(fold(name), sought), one) for one, name in names_holding(session, held))
    meant = islice(((rank, one) for rank, one in near if rank is not None), _MOST_WEIGHED)
    return [one for _rank, one in nearest_first(meant)]


def _named(row: Any) -> MemberName:
    return MemberName(row.id, _full_name(row.first_name, row.last_name), row.town, row.region)


def members_touched(session: Session, revision: int) -> set[int] | None:
    """Who has to be read again after ``revision``: those who changed or decided something. None for very many."""
    changed = changed_since(session, revision, Member)
    if partners := changed_since(session, revision, Partner):
        changed |= set(session.scalars(select(Member.id).where(Member.partner_id.in_(partners))))
    if len(changed) > _MOST_IDS:
        return None
    heirs = session.scalars(select(Member.merged_into).where(Member.id.in_(changed)))
    touched = changed | {heir for heir in heirs if heir is not None} | decided_since(session, revision)
    return touched if len(touched) <= _MOST_IDS else None
