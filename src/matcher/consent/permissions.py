"""Recording what members decide by hand; a no sticks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from sqlalchemy import select

from matcher.clock import as_utc
from matcher.consent.aftermath import follow
from matcher.consent.ledger import REFUSALS, Entry, Ledger, standing, wording_of
from matcher.consent.states import keys_of
from matcher.consent.suppression import digests_of
from matcher.errors import UserError
from matcher.model import ASKING, Decision, How, Member, Purpose
from matcher.storage import Unit, work
from matcher.storage.journal import note
from matcher.storage.store import Store

_FEW = 500


@dataclass(frozen=True, slots=True)
class Permission:
    """One decision of a member, as the founder records it. ``valid_until``: the last day of a yes she limited."""

    member_id: int
    purpose: Purpose
    decision: Decision
    at: datetime
    how: How
    evidence: str
    conditions: str = ""
    recorder: str = ""
    wording: str = ""
    valid_until: date | None = None


def record(unit: Unit, *permissions: Permission) -> None:
    """Record decisions by hand, in order. A no counts from the moment it is recorded, whatever came before.

    It counts for every record of that person, those merged into hers among them.
    """
    keys = keys_of(unit.session, {p.member_id for p in permissions})
    latest = {place: s.at for place, s in standing(unit.session, chain(*keys.values())).items()}
    entries = []
    for p in permissions:
        for key in keys[p.member_id]:
            at = _heard_at(unit, p.at)
            # Later than what stands, even when that was recorded under a clock that ran ahead.
            latest[key, p.purpose] = at = max(at, latest.get((key, p.purpose), at))
            wording = wording_of(unit, p.wording)
            entries.append(
                Entry(
                    key, p.purpose, p.decision, at, p.how, p.evidence, p.conditions, p.recorder,
                    wording.id, wording.ends(at, p.decision, p.valid_until),
                )
            )  # fmt: skip
    Ledger(unit).append(entries)
    stand_by_noes(unit, ((p.member_id, p.purpose) for p in permissions if p.decision in REFUSALS), keys)


def withdraw(
    store: Store,
    member_id: int,
    purpose: Purpose | None = None,
    *,
    how: How = How.PHONE,
    evidence: str = "",
    recorder: str = "",
) -> int:
    """Withdraw a member's permission for ``purpose``, or for every purpose of being asked; return the step.

    It is in the journal, on disk, before it is committed.
    """
    with work(store, "withdraw") as unit:
        record(
            unit,
            *(
                Permission(member_id, p, Decision.WITHDRAWN, unit.now, how, evidence, recorder=recorder)
                for p in ((purpose,) if purpose else ASKING)
            ),
        )
        return unit.batch_id


def decide(store: Store, permission: Permission) -> int:
    """Record one decision by hand as a step of its own; return the step."""
    if permission.decision not in REFUSALS:
        insist_on_evidence(permission.evidence)
    with work(store, "record a permission") as unit:
        record(unit, permission)
        return unit.batch_id


def insist_on_evidence(evidence: str) -> None:
    """Raise UserError when a permission would be recorded without a word on how it was given."""
    if not evidence.strip():
        raise UserError(
            "A permission needs its evidence.", todo="Say how they told you, such as “said so on the phone”."
        )


def stand_by_noes(unit: Unit, noes: Iterable[tuple[int, Purpose]], keys: Mapping[int, Sequence[str]]) -> None:
    """Put every no in the journal before it is committed, and do what follows from it."""
    found: defaultdict[int, set[Purpose]] = defaultdict(set)
    for member_id, purpose in noes:
        found[member_id].add(purpose)
    who = _known_again_by(unit, sorted(found))
    note(
        unit.store,
        *(
            {"withdraw": key, "purposes": sorted(purposes), "at": unit.now.isoformat(), "who": who[member_id]}
            for member_id, purposes in found.items()
            for key in keys[member_id]
        ),
    )
    follow(unit, found)


def _known_again_by(unit: Unit, member_ids: Sequence[int]) -> dict[int, list[str]]:
    """Member id -> the digests by which she is known again, should a backup be restored that has never met her."""
    found: dict[int, list[str]] = {}
    for start in range(0, len(member_ids), _FEW):
        some = select(Member).where(Member.id.in_(member_ids[start : start + _FEW]))
        found |= {member.id: digests_of(unit.store, member) for member in unit.session.scalars(some)}
    return found


def _heard_at(unit: Unit, at: datetime) -> datetime:
    """The moment in UTC; one in the future is a skewed clock and counts as now."""
    return min(as_utc(at), unit.now)
