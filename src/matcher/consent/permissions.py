"""Recording what members decide, under the rules of a no that sticks."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.consent.ledger import REFUSALS, Entry, Ledger, standing, wording_id
from matcher.errors import UserError
from matcher.model import (
    ASKING,
    ConsentEvent,
    ConsentProposal,
    ConsentText,
    Decision,
    How,
    Member,
    Purpose,
    State,
)
from matcher.storage import Unit, member_of, member_permission, reading, work
from matcher.storage.journal import note
from matcher.storage.store import Store

_FEW = 500


@dataclass(frozen=True, slots=True)
class Permission:
    """One decision of a member, as the founder records it."""

    member_id: int
    purpose: Purpose
    decision: Decision
    at: datetime
    how: How
    evidence: str
    conditions: str = ""
    recorder: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What one row of a form says: every purpose it asked about, and the decisions for those she spoke to.

    A purpose asked and not decided was left unticked: no decision, unless she had given it before.
    """

    member_id: int
    at: datetime
    purposes_asked: frozenset[Purpose]
    decisions: dict[Purpose, Decision]
    evidence: str
    wording: str = ""
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class AnswersRecorded:
    """How many decisions of each kind were recorded, and how many wait to be confirmed."""

    given: int
    ask_first: int
    refused: int
    withdrawn: int
    queued: int


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


def record(unit: Unit, *permissions: Permission) -> None:
    """Record decisions by hand, in order. A no counts from the moment it is recorded, whatever came before."""
    keys = {p.member_id: member_of(unit.session, p.member_id).member_key for p in permissions}
    latest = standing(unit.session, keys.values())
    entries = []
    for p in permissions:
        before = latest.get((keys[p.member_id], p.purpose))
        at = max(p.at, before.at) if before else p.at
        entries.append(
            Entry(
                keys[p.member_id], p.purpose, p.decision, at, p.how, p.evidence, p.conditions, p.recorder,
                wording_id(unit, p.wording),
            )
        )  # fmt: skip
    Ledger(unit).append(entries)


def record_answers(unit: Unit, answers: Sequence[FormAnswer]) -> AnswersRecorded:
    """Record what a form or spreadsheet says; answers of one member in the order in which she gave them.

    Unticking what was given before is a withdrawal. A grant lifts a no only when a form made that no and
    the grant is later; over a no recorded by hand it is queued for the founder to confirm. What is older
    than the decision that stands changes nothing.
    """
    found = unit.session.execute(select(Member.id, Member.member_key))
    wanted = {a.member_id for a in answers}
    keys = {row.id: row.member_key for row in found if row.id in wanted}
    now_standing = {key: (s.decision, s.at, s.how) for key, s in standing(unit.session, keys.values()).items()}
    wordings = {wording: wording_id(unit, wording) for wording in {a.wording for a in answers}}
    entries: list[Entry] = []
    queued: list[dict[str, object]] = []
    counts: Counter[Decision] = Counter()
    for answer in sorted(answers, key=lambda a: a.at):
        key = keys[answer.member_id]
        for purpose in sorted(answer.purposes_asked | answer.decisions.keys()):
            before = now_standing.get((key, purpose))
            decision = answer.decisions.get(purpose)
            if decision is None and before and before[0] not in REFUSALS:
                decision = Decision.WITHDRAWN
            if decision is None or (before and (before[0] is decision or answer.at <= before[1])):
                continue
            if before and before[0] in REFUSALS and before[2] is not How.FORM and decision not in REFUSALS:
                queued.append(
                    {
                        "member_id": answer.member_id, "purpose": purpose, "decision": decision,
                        "at": answer.at, "how": How.FORM, "evidence": answer.evidence,
                    }
                )  # fmt: skip
                continue
            now_standing[key, purpose] = (decision, answer.at, How.FORM)
            counts[decision] += 1
            entries.append(
                Entry(
                    key, purpose, decision, answer.at, How.FORM, answer.evidence, answer.conditions,
                    recorder="import", wording_id=wordings[answer.wording],
                )
            )  # fmt: skip
    Ledger(unit).append(entries)
    unit.insert(ConsentProposal, queued)
    return AnswersRecorded(
        counts[Decision.GIVEN], counts[Decision.ASK_FIRST], counts[Decision.REFUSED],
        counts[Decision.WITHDRAWN], len(queued),
    )  # fmt: skip


def states(session: Session, member_ids: Collection[int] | None = None) -> dict[int, dict[Purpose, State]]:
    """Member id -> purpose -> where she stands now; a purpose that is missing is *not given*.

    A member merged into another counts for that one, and the more restrictive of their decisions speaks.
    """
    found: dict[int, dict[Purpose, State]] = {}
    query = select(member_permission.c.member_id, member_permission.c.purpose, member_permission.c.state)
    if member_ids is not None and len(member_ids) < _FEW:
        query = query.where(member_permission.c.member_id.in_(member_ids))
    for member_id, purpose, state in session.execute(query):
        if member_ids is None or member_id in member_ids:
            found.setdefault(member_id, {})[Purpose(purpose)] = State(state)
    return found


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
    purposes = (purpose,) if purpose else ASKING
    with work(store, "withdraw") as unit:
        key = member_of(unit.session, member_id).member_key
        note(store, {"withdraw": key, "purposes": list(purposes), "at": unit.now.isoformat()})
        record(
            unit,
            *(
                Permission(member_id, p, Decision.WITHDRAWN, unit.now, how, evidence, recorder=recorder)
                for p in purposes
            ),
        )
        return unit.batch_id


def decide(store: Store, permission: Permission) -> int:
    """Record one decision by hand as a step of its own; return the step."""
    if permission.decision in REFUSALS:
        with reading(store) as session:
            key = member_of(session, permission.member_id).member_key
        note(store, {"withdraw": key, "purposes": [permission.purpose], "at": permission.at.isoformat()})
    if permission.decision not in REFUSALS and not permission.evidence.strip():
        raise UserError(
            "A permission needs its evidence.", todo="Say how she told you, such as “said so on the phone”."
        )
    with work(store, "record a permission") as unit:
        record(unit, permission)
        return unit.batch_id


def history(session: Session, member_id: int) -> tuple[DatedDecision, ...]:
    """Every decision a member made, newest first, with its evidence where it was not erased."""
    rows = session.execute(
        select(ConsentEvent, ConsentText)
        .outerjoin(ConsentText, ConsentText.event_id == ConsentEvent.id)
        .where(ConsentEvent.member_key == member_of(session, member_id).member_key)
        .order_by(ConsentEvent.at.desc(), ConsentEvent.id.desc())
    )
    return tuple(
        DatedDecision(
            event.id, Purpose(event.purpose), Decision(event.decision), event.at, How(event.how),
            event.recorder, words.evidence if words else "", words.conditions if words else "",
            event.wording_id,
        )
        for event, words in rows
    )  # fmt: skip
