"""The members as a long table shows them: only what it shows, read at once, and again only for whoever changed."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.consent import decided_since, states_on
from matcher.model import AUDIENCE_PURPOSES, Member, State
from matcher.storage import changed_since
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
    care_types: list[str] | None
    languages: list[str] | None
    experience_text: str | None
    interests_text: str | None
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


_COLUMNS = tuple(getattr(Member, name) for name in MemberBrief._fields[:-1])
_SILENT = (State.NOT_GIVEN,) * len(AUDIENCE_PURPOSES)
_MOST_IDS = 500


def _full_name(first: str | None, last: str | None) -> str:
    return " ".join(part for part in (first, last) if part) or "(no name)"


def brief_members(
    session: Session, ids: Collection[int] | None = None, *, first: int | None = None
) -> Sequence[MemberBrief]:
    """Members in the order of their names: all, these, or the ``first`` so many; merged records are left out."""
    query = select(*_COLUMNS).where(Member.is_live())
    query = query.order_by(Member.last_name, Member.first_name, Member.id)
    if ids is not None:
        query = query.where(Member.id.in_(ids))
    rows = session.execute(query if first is None else query.limit(first)).all()
    few = [row.id for row in rows] if ids is not None or first is not None else None
    stands = states_on(session, AUDIENCE_PURPOSES, few)
    return [MemberBrief._make((*row, stands.get(row.id, _SILENT))) for row in rows]


def member_names(store: Store) -> Sequence[MemberName]:
    """Every member's name and place, in the order of their names; merged records are left out."""
    columns = (Member.id, Member.first_name, Member.last_name, Member.town, Member.region)
    query = select(*columns).where(Member.merged_into.is_(None))
    with reading(store) as session:
        rows = session.execute(query.order_by(Member.last_name, Member.first_name, Member.id)).all()
    return [MemberName(row.id, _full_name(row.first_name, row.last_name), row.town, row.region) for row in rows]


def members_touched(session: Session, revision: int) -> set[int] | None:
    """Who has to be read again after ``revision``: those who changed or decided something. None for very many."""
    changed = changed_since(session, revision, Member)
    if len(changed) > _MOST_IDS:
        return None
    heirs = session.scalars(select(Member.merged_into).where(Member.id.in_(changed)))
    touched = changed | {heir for heir in heirs if heir is not None} | decided_since(session, revision)
    return touched if len(touched) <= _MOST_IDS else None
