"""What the store already holds that an import has to be compared with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.directory.likeness import Identity
from matcher.model import Batch, Change, Member, MemberSource
from matcher.storage import rows_of

IMPORT = "import members"
"""The name of the unit of work of an import; changes in any other are edits made in Matcher."""

QUESTIONS = "directory.questions"
"""The setting that remembers permission question -> the purposes it was seen to offer."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class KnownMembers:
    """Every member record as an identity, in the order of ``ids``; ``root`` leads from a merged one to its heir."""

    ids: tuple[int, ...]
    identities: tuple[Identity, ...]
    root: Mapping[int, int]

    def together(self) -> tuple[tuple[int, int], ...]:
        """Pairs of places in ``ids`` that are one person because they were merged."""
        place = {member_id: index for index, member_id in enumerate(self.ids)}
        return tuple((place[self.root[i]], place[i]) for i in self.ids if self.root[i] != i)


def known_members(session: Session) -> KnownMembers:
    """Read the identity of every member record, merged ones included."""
    query = select(
        Member.id, Member.first_name, Member.last_name, Member.email, Member.phone,
        Member.postcode_district, Member.town, Member.region, Member.age_band, Member.merged_into,
    ).order_by(Member.merged_into.is_not(None), Member.id)  # fmt: skip
    heirs: dict[int, int | None] = {}
    identities: list[Identity] = []
    for member_id, *identity, heir in rows_of(session, query):
        heirs[member_id] = heir
        identities.append(Identity(*identity))
    return KnownMembers(
        tuple(heirs), tuple(identities), {member_id: heir_of(heirs, member_id) for member_id in heirs}
    )


def heir_of(heirs: Mapping[int, int | None], member_id: int) -> int:
    """Follow ``merged_into`` to the record that stands for this member now."""
    seen = {member_id}
    while (heir := heirs.get(member_id)) is not None and heir not in seen:
        seen.add(heir)
        member_id = heir
    return member_id


def rows_seen(session: Session, digests: Collection[str]) -> dict[str, int]:
    """Digest of a sheet row -> the member it went to, for rows imported before."""
    wanted = set(digests)
    found = rows_of(session, select(MemberSource.digest, MemberSource.member_id))
    return {row.digest: row.member_id for row in found if row.digest in wanted}


def full_values(session: Session, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Member id -> every column as it stands."""
    columns = Member.__table__.columns
    found: dict[int, dict[str, Any]] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(*columns).where(Member.id.in_(wanted[start : start + _AT_ONCE]))
        found.update({row["id"]: dict(row) for row in session.execute(query).mappings()})
    return found


def edited_by_hand(session: Session, ids: Collection[int]) -> dict[tuple[int, str], datetime]:
    """(member id, field) -> when it was last changed in Matcher itself, not by an import."""
    query = (
        select(Change.entity_id, Change.field, func.max(Batch.at))
        .join(Batch, Batch.id == Change.batch_id)
        .where(Change.entity == Member.__tablename__, Change.field != "*", Batch.what != IMPORT)
        .where(Batch.undone_by.is_(None))
        .group_by(Change.entity_id, Change.field)
    )
    wanted = set(ids)
    return {(int(key), field): at for key, field, at in rows_of(session, query) if int(key) in wanted}
