"""Recording what members decide, under the rules of a no that sticks."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, product
from operator import itemgetter

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from matcher.clock import as_utc
from matcher.consent.aftermath import follow
from matcher.consent.ledger import REFUSALS, Entry, Ledger, Standing, standing, wording_of
from matcher.consent.suppression import digests_of
from matcher.errors import UserError
from matcher.model import (
    ASKING,
    Batch,
    ConsentEvent,
    ConsentProposal,
    ConsentText,
    Decision,
    How,
    Member,
    Purpose,
    State,
)
from matcher.storage import Unit, member_of, member_permission, work
from matcher.storage.journal import note
from matcher.storage.store import Store

_FEW = 500
_LONG_AGO = timedelta(days=3653)
_A_DAY = timedelta(days=1)
_GRANTS = frozenset({Decision.GIVEN, Decision.ASK_FIRST})


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


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What one row of a form says: every purpose it asked about, and the decisions for those she spoke to.

    A purpose asked and not decided was left unticked: no decision, unless she had given it before.
    ``at`` is None when the form has no date; one that is not `is_plausible` says as little about the order.
    """

    member_id: int
    at: datetime | None
    purposes_asked: frozenset[Purpose]
    decisions: Mapping[Purpose, Decision]
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
    valid_until: date | None = None


def record(unit: Unit, *permissions: Permission) -> None:
    """Record decisions by hand, in order. A no counts from the moment it is recorded, whatever came before.

    It counts for every record of that person, those merged into hers among them.
    """
    keys = _keys_of(unit.session, {p.member_id for p in permissions})
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
    _stand_by_noes(unit, ((p.member_id, p.purpose) for p in permissions if p.decision in REFUSALS), keys)


def record_answers(unit: Unit, answers: Sequence[FormAnswer]) -> AnswersRecorded:
    """Record what a form or spreadsheet says; answers of one member in the order in which she gave them.

    Unticking what was given before is a withdrawal. A grant lifts a no only when a form made that no and
    the grant is later; over a no recorded by hand it is queued for the founder to confirm. What is older
    than the decision that stands changes nothing; an older no is written down all the same, in its place, for
    the day on which the later yes is taken back.

    Nobody knows whether an answer without a plausible date is later than anything: its no counts from now, its
    yes fills a blank and lifts nothing, and any no overrides that yes, whatever the date of the no. A yes under
    a date that cannot be right is queued where a no stands; one without any date is a copy of what was known.
    """
    keys = _keys_of(unit.session, {a.member_id for a in answers})
    past = _Past(unit.session)
    now_standing = {
        place: _Heard(s.decision, s.at, s.how is not How.FORM, past.is_dated(s))
        for place, s in standing(unit.session, chain(*keys.values())).items()
    }
    wordings = {wording: wording_of(unit, wording) for wording in {a.wording for a in answers}}
    entries: list[Entry] = []
    counts = Counter[Decision]()
    noes: list[tuple[int, Purpose]] = []
    queued: dict[_Proposed, dict[str, object]] = {}
    older: dict[tuple[str, Purpose, datetime], FormAnswer] = {}
    for at, dated, answer in sorted((_heard_on_form(unit, a) for a in answers), key=itemgetter(0)):
        recorded: set[tuple[Purpose, Decision]] = set()
        for purpose, key in product(
            sorted(answer.purposes_asked | answer.decisions.keys()), keys[answer.member_id]
        ):
            before = now_standing.get((key, purpose))
            decision = _news(before, answer.decisions.get(purpose), at, unit.now)
            if decision is None:
                if before and _is_older_no(answer.decisions.get(purpose), before, at):
                    older[key, purpose, at] = answer
                continue
            if before and _lifts_unproven(before, decision, dated=dated):
                if before.decision in REFUSALS and answer.at is not None:
                    queued[answer.member_id, purpose, decision, at] = {
                        "member_id": answer.member_id, "purpose": purpose, "decision": decision,
                        "at": at, "how": How.FORM, "evidence": answer.evidence,
                    }  # fmt: skip
                continue
            counts_from = max(at, before.at) if before else at
            now_standing[key, purpose] = _Heard(decision, counts_from, by_hand=False, dated=dated)
            recorded.add((purpose, decision))
            wording = wordings[answer.wording]
            entries.append(
                Entry(
                    key, purpose, decision, counts_from, How.FORM, answer.evidence, answer.conditions,
                    recorder="import", wording_id=wording.id, expires_on=wording.ends(counts_from, decision),
                )
            )  # fmt: skip
        counts.update(decision for _, decision in recorded)
        noes += ((answer.member_id, purpose) for purpose, decision in recorded if decision in REFUSALS)
    # In the order of the keys, which say nothing: neighbours in the ledger tell nothing of who stood beside whom
    # in the file, and the index by key grows at one end.
    entries.sort(key=lambda entry: entry.member_key)
    Ledger(unit).append(entries + _older_noes(unit.session, older))
    _stand_by_noes(unit, noes, keys)
    for known in _queued_before(unit.session) if queued else ():
        queued.pop(known, None)
    unit.insert(ConsentProposal, list(queued.values()))
    return AnswersRecorded(
        counts[Decision.GIVEN], counts[Decision.ASK_FIRST], counts[Decision.REFUSED],
        counts[Decision.WITHDRAWN], len(queued),
    )  # fmt: skip


def _stand_by_noes(unit: Unit, noes: Iterable[tuple[int, Purpose]], keys: Mapping[int, Sequence[str]]) -> None:
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


_Proposed = tuple[int, Purpose, Decision, datetime]


@dataclass(frozen=True, slots=True)
class _Heard:
    """What stands for one record and purpose while a form is read. ``dated``: its date can be relied on."""

    decision: Decision
    at: datetime
    by_hand: bool
    dated: bool

    @property
    def is_spoken_no(self) -> bool:
        """Whether it is a no that was recorded by hand: no form lifts it, or takes its place."""
        return self.by_hand and self.decision in REFUSALS


def _lifts_unproven(before: _Heard, decision: Decision, *, dated: bool) -> bool:
    """Whether a form's yes would allow more than what stands without being known to be her later word."""
    if decision is Decision.ASK_FIRST and before.decision is Decision.GIVEN:
        return False
    return decision in _GRANTS and (before.is_spoken_no or not dated)


def _is_dated(at: datetime | None, now: datetime) -> bool:
    """Whether a form's date says when she answered: one still to come does not, nor does one long ago."""
    return at is not None and is_plausible(at, now) and as_utc(at) < now


class _Past:
    """What the store itself knows of the moments at which entries were recorded."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ran_ahead: dict[int, bool] = {}

    def is_dated(self, entry: Standing) -> bool:
        """Whether the date of an entry can be relied on.

        Not when a form had none, so that it was recorded as of its import; nor when the clock under which it was
        recorded was put back since: it had run ahead.
        """
        if entry.how is How.FORM and entry.at >= entry.recorded_at:
            return False
        if entry.batch_id not in self._ran_ahead:
            earlier = select(Batch.id).where(Batch.id > entry.batch_id, Batch.at < entry.recorded_at).limit(1)
            self._ran_ahead[entry.batch_id] = self._session.scalar(earlier) is not None
        return not self._ran_ahead[entry.batch_id]


def _news(before: _Heard | None, decision: Decision | None, at: datetime, now: datetime) -> Decision | None:
    """What an answer of a form changes about what stands; None when nothing.

    What stands from a day still to come was recorded under a clock that ran ahead: a no counts over it.
    """
    if decision is None and before and before.decision not in REFUSALS:
        decision = Decision.WITHDRAWN
    if decision is None or before is None:
        return decision
    repeats_a_no = before.is_spoken_no and decision in REFUSALS
    if decision in REFUSALS and before.decision not in REFUSALS:
        is_older = before.dated and at < before.at <= now
    else:
        is_older = at <= before.at
    return None if is_older or repeats_a_no else decision


def _is_older_no(said: Decision | None, before: _Heard, at: datetime) -> bool:
    """Whether an answer that changes nothing now is a no, or an unticked box, from before a yes."""
    return before.dated and said not in _GRANTS and before.decision in _GRANTS and at < before.at


def _older_noes(session: Session, older: Mapping[tuple[str, Purpose, datetime], FormAnswer]) -> list[Entry]:
    """The entries of answers that came to light after a later yes. A box left unticked is a no only of somebody
    who had given that permission before."""
    if not older:
        return []
    said: defaultdict[tuple[str, Purpose], list[tuple[datetime, Decision]]] = defaultdict(list)
    for key, purpose, at, decision in _told_by(session, {key for key, _, _ in older}):
        said[key, purpose].append((at, decision))
    entries = []
    for (key, purpose, at), answer in older.items():
        told = said[key, purpose]
        decision = answer.decisions.get(purpose, Decision.WITHDRAWN)
        had_given = any(when < at and what in _GRANTS for when, what in told)
        if (at, decision) not in told and (purpose in answer.decisions or had_given):
            entries.append(
                Entry(key, purpose, decision, at, How.FORM, answer.evidence, answer.conditions, recorder="import")
            )
    return entries


def _told_by(session: Session, keys: Set[str]) -> Iterator[tuple[str, Purpose, datetime, Decision]]:
    listed = sorted(keys)
    columns = (ConsentEvent.member_key, ConsentEvent.purpose, ConsentEvent.at, ConsentEvent.decision)
    for start in range(0, len(listed), _FEW):
        query = select(*columns).where(ConsentEvent.member_key.in_(listed[start : start + _FEW]))
        yield from ((row.member_key, row.purpose, row.at, row.decision) for row in session.execute(query))


def _heard_at(unit: Unit, at: datetime) -> datetime:
    """The moment in UTC; one in the future is a skewed clock and counts as now."""
    return min(as_utc(at), unit.now)


def is_plausible(at: datetime | None, now: datetime) -> bool:
    """Whether an answer may have been given at this moment: none is, or it is within ten years and no day ahead."""
    return at is None or now - _LONG_AGO <= as_utc(at) <= now + _A_DAY


def _heard_on_form(unit: Unit, answer: FormAnswer) -> tuple[datetime, bool, FormAnswer]:
    """The moment from which a form's answer counts, now where its date does not say; and whether it did."""
    dated = _is_dated(answer.at, unit.now)
    return as_utc(answer.at) if dated and answer.at is not None else unit.now, dated, answer


def _queued_before(session: Session) -> Iterator[_Proposed]:
    for p in session.scalars(select(ConsentProposal)):
        yield p.member_id, p.purpose, p.decision, p.at


def _keys_of(session: Session, member_ids: Set[int]) -> dict[int, list[str]]:
    """Member id -> the ledger keys of every record of that person: her own, and those merged with it.

    Raises UserError when there is no such member.
    """
    person = func.coalesce(Member.merged_into, Member.id)
    query = select(Member.id, person, Member.member_key)
    if len(member_ids) < _FEW:
        people = select(person).where(Member.id.in_(member_ids))
        query = query.where(Member.id.in_(people) | Member.merged_into.in_(people))
    roots: dict[int, int] = {}
    keys: defaultdict[int, list[str]] = defaultdict(list)
    for member_id, root, key in session.execute(query):
        roots[member_id] = root
        keys[root].append(key)
    for unknown in member_ids - roots.keys():
        member_of(session, unknown)
    return {member_id: keys[roots[member_id]] for member_id in member_ids}


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


def states_on(
    session: Session, purposes: Sequence[Purpose], member_ids: Collection[int] | None = None
) -> dict[int, tuple[State, ...]]:
    """Member id -> where she stands on each of ``purposes``, in their order; whoever said nothing is missing."""
    of = member_permission.c
    each = (func.max(case((of.purpose == purpose.value, of.state))) for purpose in purposes)
    query = select(of.member_id, *each).where(of.purpose.in_([purpose.value for purpose in purposes]))
    if member_ids is not None:
        query = query.where(of.member_id.in_(member_ids))
    known = {state.value: state for state in State} | {None: State.NOT_GIVEN}
    shared: dict[tuple[str | None, ...], tuple[State, ...]] = {}
    found: dict[int, tuple[State, ...]] = {}
    query = query.group_by(of.member_id).execution_options(yield_per=_FEW)
    for row in session.execute(query):
        said = tuple(row[1:])
        stands = shared.get(said) or shared.setdefault(said, tuple(known[state] for state in said))
        found[row[0]] = stands
    return found


def decided_since(session: Session, revision: int) -> set[int]:
    """The members of whom the ledger tells anything new in a step after ``revision``."""
    person = func.coalesce(Member.merged_into, Member.id)
    newer = select(ConsentEvent.member_key).where(ConsentEvent.batch_id > revision)
    return set(session.scalars(select(person).where(Member.member_key.in_(newer))))


def expiring_between(session: Session, after: date, until: date) -> set[int]:
    """The members one of whose permissions has its last day from ``after`` up to the day before ``until``."""
    person = func.coalesce(Member.merged_into, Member.id)
    ends = ConsentEvent.expires_on.between(after, until)
    return set(
        session.scalars(select(person).join(ConsentEvent, ConsentEvent.member_key == Member.member_key).where(ends))
    )


def lasting_noes(session: Session, member_ids: Set[int]) -> dict[tuple[int, Purpose], datetime]:
    """(member, purpose) -> since when her no stands, the latest of all her records; only where one stands."""
    keys = _keys_of(session, member_ids)
    found = standing(session, chain(*keys.values()))
    noes: dict[tuple[int, Purpose], datetime] = {}
    for member_id, purpose in product(sorted(member_ids), Purpose):
        spoken = [found[key, purpose] for key in keys[member_id] if (key, purpose) in found]
        refused = [one.at for one in spoken if one.decision in REFUSALS]
        if refused:
            noes[member_id, purpose] = max(refused)
    return noes


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


def history(session: Session, member_id: int) -> tuple[DatedDecision, ...]:
    """Every decision a member made, newest first, with its evidence where it was not erased.

    Those of records merged with hers are hers; what was recorded for all of them at once is told once.
    """
    rows = session.execute(
        select(ConsentEvent, ConsentText)
        .outerjoin(ConsentText, ConsentText.event_id == ConsentEvent.id)
        .where(ConsentEvent.member_key.in_(_keys_of(session, {member_id})[member_id]))
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
