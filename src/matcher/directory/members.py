"""Members one by one and all together: list, page, find, add, edit."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent import (
    DatedDecision,
    Permission,
    follow_corrections,
    history,
    record,
    replaced,
    resting_until,
    states,
)
from matcher.directory.editing import validated
from matcher.directory.known import heir_of
from matcher.directory.partners import came_through
from matcher.errors import UserError
from matcher.model import (
    Batch,
    Change,
    Decision,
    Field,
    How,
    Invitation,
    Member,
    MemberSource,
    Purpose,
    Request,
    State,
    fields_of,
    new_member_key,
)
from matcher.storage import Store, reading, work

FIELDS: Mapping[str, Field] = fields_of(Member)
"""Every field of a member that people see, in the order of the form."""


@dataclass(frozen=True, slots=True)
class Source:
    """A row of a spreadsheet that spoke of her; ``row`` is the number a spreadsheet shows."""

    file: str
    sheet: str
    row: int
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as lists show her: every field, where she stands on each purpose, and where she came from."""

    id: int
    name: str
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    preferred_channel: str | None
    safe_contact: str | None
    shared_phone: bool
    town: str | None
    postcode_district: str | None
    authority: str | None
    county: str | None
    region: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    role: str | None
    employer_type: str | None
    contract_type: str | None
    hours: str | None
    start_year: int | None
    start_year_earliest: int | None
    start_year_latest: int | None
    care_types: list[str] | None
    languages: list[str] | None
    experience_text: str | None
    interests_text: str | None
    avoid_text: str | None
    availability_text: str | None
    online_ok: bool | None
    in_person_ok: bool | None
    travel_miles: int | None
    conditions_text: str | None
    conditions: list[str] | None
    employer: str | None
    age_band: str | None
    gender: str | None
    ethnicity: str | None
    migration_status: str | None
    never_share: list[str] | None
    heard_via: str | None
    partner_id: int | None
    joined_on: date | None
    last_answer_at: datetime | None
    consent: Mapping[Purpose, State]
    sources: tuple[Source, ...]


_SHOWN = tuple(field.name for field in fields(MemberRow) if field.name not in ("id", "name", "consent", "sources"))


@dataclass(frozen=True, slots=True)
class PageField:
    """One field of a member's page: its value, and the words that show it ("" when unknown)."""

    name: str
    label: str
    value: Any
    shown: str


@dataclass(frozen=True, slots=True)
class TookPart:
    """One ask of hers and what came of it."""

    request_id: int
    title: str
    audience: str
    state: str
    asked_at: datetime | None
    answer: str | None
    outcome: str | None
    outcome_on: date | None


@dataclass(frozen=True, slots=True)
class FieldChanged:
    """One dated change of a field, in which step, and whether that was undone since."""

    at: datetime
    what: str
    field: str
    before: Any
    after: Any
    batch: int
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class MemberPage:
    """Everything held on one member; ``merged`` are the records that she stands for.

    ``resting_until`` is the day her rest after an ask ends; None when she is rested.
    """

    id: int
    name: str
    fields: tuple[PageField, ...]
    consent: Mapping[Purpose, State]
    permissions: tuple[DatedDecision, ...]
    participation: tuple[TookPart, ...]
    sources: tuple[Source, ...]
    changes: tuple[FieldChanged, ...]
    merged: tuple[int, ...]
    resting_until: date | None


class ErasedError(UserError):
    """The member was erased: nothing is held on them."""


def list_members(store: Store) -> tuple[MemberRow, ...]:
    """Every member, in the order of their names; merged records are not listed."""
    with reading(store) as session:
        return _rows(session, None)


def member_page(store: Store, member: int | str) -> MemberPage:
    """Everything held on a member. Raises UserError when there is none, ErasedError when they were erased."""
    with reading(store) as session:
        member_id = find_member(session, member)
        merged = tuple(session.scalars(select(Member.id).where(Member.merged_into == member_id)))
        everyone = (member_id, *merged)
        permissions = sorted(
            (decision for one in everyone for decision in history(session, one)),
            key=lambda d: (d.at, d.event_id), reverse=True,
        )  # fmt: skip
        erased_at = session.scalar(select(Member.erased_at).where(Member.id == member_id))
        if erased_at is not None:
            raise ErasedError(f"M{member_id} was erased on {erased_at.astimezone(clock.LONDON):%d %b %Y}.")
        row = _rows(session, {member_id})[0]
        return MemberPage(
            member_id, row.name, _page_fields(row), row.consent, tuple(permissions),
            _participation(session, everyone), row.sources, _changes(session, everyone), merged,
            resting_until(session, member_id, clock.today()),
        )  # fmt: skip


def _page_fields(row: MemberRow) -> tuple[PageField, ...]:
    values = {name: getattr(row, name) for name in FIELDS}
    return tuple(
        PageField(name, info.label, values[name], _in_words(values[name])) for name, info in FIELDS.items()
    )


def _in_words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(clock.LONDON):%d %b %Y %H:%M}"
    return f"{value:%d %b %Y}" if isinstance(value, date) else str(value)


def _rows(session: Session, ids: Collection[int] | None) -> tuple[MemberRow, ...]:
    columns = [getattr(Member, name) for name in _SHOWN]
    query = select(Member.id, *columns).where(Member.is_live())
    query = query.order_by(Member.last_name, Member.first_name, Member.id)
    if ids is not None:
        query = query.where(Member.id.in_(ids))
    consents = states(session, ids)
    sources = _sources(session, ids)
    found = session.execute(query).mappings()
    return tuple(_row(row["id"], row, consents.get(row["id"], {}), sources.get(row["id"], ())) for row in found)


def _row(
    member_id: int, row: Mapping[Any, Any], consent: Mapping[Purpose, State], sources: Sequence[Source]
) -> MemberRow:
    values: dict[str, Any] = {name: row[name] for name in _SHOWN}
    name = " ".join(part for part in (values["first_name"], values["last_name"]) if part) or "(no name)"
    return MemberRow(id=member_id, name=name, **values, consent=consent, sources=tuple(sources))


def _sources(session: Session, ids: Collection[int] | None) -> dict[int, list[Source]]:
    query = (
        select(
            MemberSource.member_id, Member.merged_into, MemberSource.file_name, MemberSource.sheet,
            MemberSource.row, MemberSource.answered_at,
        )
        .join(Member, Member.id == MemberSource.member_id)
        .order_by(MemberSource.id)
    )  # fmt: skip
    if ids is not None:
        query = query.where(Member.id.in_(ids) | Member.merged_into.in_(ids))
    found: dict[int, list[Source]] = defaultdict(list)
    for row in session.execute(query):
        found[row.merged_into or row.member_id].append(Source(row.file_name, row.sheet, row.row, row.answered_at))
    return found


def _participation(session: Session, ids: Collection[int]) -> tuple[TookPart, ...]:
    rows = session.execute(
        select(
            Request.id, Request.title, Request.audience, Invitation.state, Invitation.asked_at,
            Invitation.answer, Invitation.outcome, Invitation.outcome_on,
        )
        .join(Request, Request.id == Invitation.request_id)
        .where(Invitation.member_id.in_(ids))
        .order_by(Invitation.asked_at.desc(), Invitation.id.desc())
    )  # fmt: skip
    return tuple(TookPart(*row) for row in rows)


def _changes(session: Session, ids: Collection[int]) -> tuple[FieldChanged, ...]:
    rows = session.execute(
        select(
            Batch.at, Batch.what, Change.field, Change.before, Change.after, Batch.id, Batch.undone_by.is_not(None)
        )
        .join(Batch, Batch.id == Change.batch_id)
        .where(Change.entity == Member.__tablename__, Change.entity_id.in_([str(one) for one in ids]))
        .order_by(Change.id.desc())
    )
    return tuple(FieldChanged(*row) for row in rows)


def find_member(at: Store | Session, member: int | str) -> int:
    """The id of a member, from an id, “M123”, or an e-mail that only one has.

    A merged record leads to the one that stands for it. Raises UserError when nobody or several are meant.
    """
    if isinstance(at, Store):
        with reading(at) as session:
            return find_member(session, member)
    text = str(member).strip()
    bare = text[1:] if text[:1] in "Mm" else text
    if bare.isdigit():
        return _heir(at, int(bare))
    found = list(at.scalars(select(Member.id).where(Member.email == text.casefold(), Member.is_live())))
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(f"M{one}" for one in found)
        raise UserError(f"{len(found)} members share this e-mail.", todo=f"Say which one: {several}.")
    raise UserError("No member has this e-mail.", todo="Give an id such as M12, or an e-mail that one of them has.")


def _heir(session: Session, member_id: int) -> int:
    """The record that stands for this one now. Raises UserError when there is no such record."""
    own = select(Member.id, Member.merged_into)
    found = session.execute(own.where(Member.id == member_id)).first()
    if found is None:
        raise UserError(f"There is no member M{member_id}.", todo="Look for them among the members.")
    heirs: dict[int, int | None] = {}
    while found is not None and found.id not in heirs:
        heirs[found.id] = found.merged_into
        found = session.execute(own.where(Member.id == found.merged_into)).first()
    return heir_of(heirs, member_id)


@dataclass(frozen=True, slots=True)
class Added:
    """A member who was added by hand, and the step that takes it back."""

    id: int
    batch: int


def add_member(
    store: Store,
    values: Mapping[str, Any],
    permissions: Mapping[Purpose, Decision] | None = None,
    evidence: str = "",
    how: How = How.IN_PERSON,
) -> Added:
    """Add a member by hand.

    ``values`` are fields as typed; ``permissions`` need ``evidence`` in words, and ``how`` they were told.
    Raises UserError naming the field that could not be read, or when there is no name, e-mail or phone.
    """
    read = validated(values, {})
    if not any(read.get(name) for name in ("first_name", "last_name", "email", "phone")):
        raise UserError("A member needs a name, an e-mail or a phone.", todo="Fill in one of them.")
    if permissions and not evidence.strip():
        raise UserError(
            "A permission needs its evidence.", todo="Say how they told you, such as “said so on the phone”."
        )
    with work(store, "add a member") as unit:
        read |= came_through(unit.session, read)
        row = {"member_key": new_member_key(), "created_at": unit.now, "joined_on": clock.today(), **read}
        member_id = unit.insert(Member, [row])[0]
        given = (permissions or {}).items()
        record(unit, *(Permission(member_id, p, d, unit.now, how, evidence) for p, d in given))
        return Added(member_id, unit.batch_id)


def edit_member(store: Store, member: int | str, values: Mapping[str, Any]) -> int:
    """Change fields of a member, as typed; an empty value makes the field unknown. Return the step, to undo.

    Raises UserError naming the field that is unknown or could not be read; nothing is changed then.
    """
    with work(store, "edit a member") as unit:
        found = unit.session.get_one(Member, find_member(unit.session, member))
        before = {name: getattr(found, name) for name in _SHOWN}
        typed = validated(values, before)
        for name, value in (typed | came_through(unit.session, typed)).items():
            if value != before[name]:
                setattr(found, name, value)
        if not any((found.first_name, found.last_name, found.email, found.phone)):
            raise UserError("A member needs a name, an e-mail or a phone.", where=f"M{found.id}")
        follow_corrections(unit, {found.id: replaced(before, typed)})
        return unit.batch_id
