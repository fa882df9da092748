"""Where members stand: what each allows now, and what she said before."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, product
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from matcher.consent.ledger import REFUSALS, standing
from matcher.model import ConsentEvent, ConsentText, Decision, How, Member, Purpose, State
from matcher.storage import member_of, member_permission, rows_of

_FEW = 500


@dataclass(frozen=True, slots=True)
class DatedDecision:
    """One entry of a member's dated history of permissions."""

    event_id: int
    purpose: Purpose
    decision: Decision
    at: datetime
    how: How
    recorder: str
    evidence: str
    conditions: str
    wording_id: int | None
    valid_until: date | None = None


def states(session: Session, member_ids: Collection[int] | None = None) -> dict[int, dict[Purpose, State]]:
    """Member id -> purpose -> where she stands now; a purpose that is missing is *not given*.

    A member merged into another counts for that one, and the more restrictive of their decisions speaks. Of some
    members nobody else's entries are looked at.
    """
    found: dict[int, dict[Purpose, State]] = {}
    query = select(member_permission.c.member_id, member_permission.c.purpose, member_permission.c.state)
    for member_id, purpose, state in of_members(session, query, member_permission.c.member_id, member_ids):
        found.setdefault(member_id, {})[Purpose(purpose)] = State(state)
    return found


def states_on(
    session: Session, purposes: Sequence[Purpose], member_ids: Collection[int] | None = None
) -> dict[int, tuple[State, ...]]:
    """Member id -> where she stands on each of ``purposes``, in their order; whoever said nothing is missing."""
    of = member_permission.c
    each = (func.max(case((of.purpose == purpose.value, of.state))) for purpose in purposes)
    query = select(of.member_id, *each).where(of.purpose.in_([purpose.value for purpose in purposes]))
    known = {state.value: state for state in State} | {None: State.NOT_GIVEN}
    shared: dict[tuple[str | None, ...], tuple[State, ...]] = {}
    found: dict[int, tuple[State, ...]] = {}
    for row in of_members(session, query.group_by(of.member_id), of.member_id, member_ids):
        said = tuple(row[1:])
        stands = shared.get(said) or shared.setdefault(said, tuple(known[state] for state in said))
        found[row[0]] = stands
    return found


def decided_since(session: Session, revision: int) -> set[int]:
    """The members of whom the ledger tells anything new in a step after ``revision``."""
    newer = select(ConsentEvent.member_key).where(ConsentEvent.batch_id > revision)
    return set(session.scalars(select(Member.person()).where(Member.member_key.in_(newer))))


def expiring_between(session: Session, after: date, until: date) -> set[int]:
    """The members one of whose permissions has its last day from ``after`` up to the day before ``until``."""
    query = select(Member.person()).join(ConsentEvent, ConsentEvent.member_key == Member.member_key)
    return set(session.scalars(query.where(ConsentEvent.expires_on.between(after, until))))


def lasting_noes(session: Session, member_ids: Set[int]) -> dict[tuple[int, Purpose], datetime]:
    """(member, purpose) -> since when her no stands, the latest of all her records; only where one stands."""
    keys = keys_of(session, member_ids)
    found = standing(session, chain(*keys.values()))
    noes: dict[tuple[int, Purpose], datetime] = {}
    for member_id, purpose in product(sorted(member_ids), Purpose):
        spoken = [found[key, purpose] for key in keys[member_id] if (key, purpose) in found]
        refused = [one.at for one in spoken if one.decision in REFUSALS]
        if refused:
            noes[member_id, purpose] = max(refused)
    return noes


def history(session: Session, member_id: int) -> tuple[DatedDecision, ...]:
    """Every decision a member made, newest first, with its evidence where it was not erased.

    Those of records merged with hers are hers; what was recorded for all of them at once is told once.
    """
    rows = session.execute(
        select(ConsentEvent, ConsentText)
        .outerjoin(ConsentText, ConsentText.event_id == ConsentEvent.id)
        .where(ConsentEvent.member_key.in_(keys_of(session, {member_id})[member_id]))
        .order_by(ConsentEvent.at.desc(), ConsentEvent.id.desc())
    )
    told = {
        (event.batch_id, event.purpose, event.decision, event.at): DatedDecision(
            event.id, Purpose(event.purpose), Decision(event.decision), event.at, How(event.how),
            event.recorder, words.evidence if words else "", words.conditions if words else "",
            event.wording_id, event.expires_on,
        )
        for event, words in rows
    }  # fmt: skip
    return tuple(told.values())


def keys_of(session: Session, member_ids: Set[int]) -> dict[int, list[str]]:
    """Member id -> the ledger keys of every record of that person: her own, and those merged with it.

    Raises UserError when there is no such member.
    """
    person = Member.person()
    people = {row[0]: row[1] for row in of_members(session, select(Member.id, person), Member.id, member_ids)}
    for unknown in member_ids - people.keys():
        member_of(session, unknown)
    keys: defaultdict[int, list[str]] = defaultdict(list)
    for own, key in of_members(session, select(person, Member.member_key), person, set(people.values())):
        keys[own].append(key)
    return {member_id: keys[people[member_id]] for member_id in member_ids}


def of_members(session: Session, query: Any, member: Any, ids: Collection[int] | None) -> Iterator[Any]:
    """The rows of a query, or with ``ids`` those of these members, so many at a time."""
    if ids is None:
        yield from rows_of(session, query)
        return
    wanted = sorted(ids)
    for start in range(0, len(wanted), _FEW):
        yield from rows_of(session, query.where(member.in_(wanted[start : start + _FEW])))
