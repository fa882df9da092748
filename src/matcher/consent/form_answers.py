"""What forms and spreadsheets say of permissions, under the rules of a no that sticks."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain, product
from operator import itemgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.clock import as_utc
from matcher.consent.ledger import REFUSALS, Entry, Ledger, Standing, Wording, standing, wordings_of
from matcher.consent.permissions import stand_by_noes
from matcher.consent.states import keys_of
from matcher.model import Batch, ConsentEvent, ConsentProposal, Decision, How, Purpose
from matcher.storage import Unit

_FEW = 500
_LONG_AGO = timedelta(days=3653)
_A_DAY = timedelta(days=1)
_GRANTS = frozenset({Decision.GIVEN, Decision.ASK_FIRST})


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What one row of a form says: every purpose it asked about, and the decisions for those she spoke to.

    A purpose asked and not decided was left unticked: no decision, unless she had given it before.
    ``at`` is None when the form has no date; one that is not `is_plausible` says as little about the order.
    ``ends`` is the last day on which a yes holds, where she limited it.
    """

    member_id: int
    at: datetime | None
    purposes_asked: frozenset[Purpose]
    decisions: Mapping[Purpose, Decision]
    evidence: str
    wording: str = ""
    conditions: str = ""
    ends: Mapping[Purpose, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswersRecorded:
    """How many decisions of each kind were recorded, and how many wait to be confirmed."""

    given: int
    ask_first: int
    refused: int
    withdrawn: int
    queued: int


def record_answers(
    unit: Unit,
    answers: Sequence[FormAnswer],
    new: Mapping[int, str] | None = None,
    wordings: Mapping[str, Wording] | None = None,
) -> AnswersRecorded:
    """Record what a form or spreadsheet says; answers of one member in the order in which she gave them.

    Unticking what was given before is a withdrawal. A grant lifts a no only when a form made that no and
    the grant is later; over a no recorded by hand it is queued for the founder to confirm. What is older
    than the decision that stands changes nothing; an older no is written down all the same, in its place, for
    the day on which the later yes is taken back.

    Nobody knows whether an answer without a plausible date is later than anything: its no counts from now, its
    yes fills a blank and lifts nothing, and any no overrides that yes, whatever the date of the no. A yes under
    a date that cannot be right is queued where a no stands; one without any date is a copy of what was known.

    ``new`` are the members whom the unit itself has made, with their keys: of them nothing stands yet. ``wordings``
    are those of the answers, where the unit has looked them up.
    """
    made = new or {}
    before_them = keys_of(unit.session, {a.member_id for a in answers} - made.keys())
    keys = {member_id: [key] for member_id, key in made.items()} | before_them
    past = _Past(unit.session)
    now_standing = {
        place: _Heard(s.decision, s.at, s.how is not How.FORM, past.is_dated(s))
        for place, s in standing(unit.session, chain(*before_them.values())).items()
    }
    heard = _Hearing(now_standing, wordings or wordings_of(unit, {a.wording for a in answers}), unit.now)
    for at, dated, answer in sorted((_heard_on_form(unit, a) for a in answers), key=itemgetter(0)):
        heard.take(answer, keys[answer.member_id], at, dated=dated)
    # In the order of the keys, which say nothing: neighbours in the ledger tell nothing of who stood beside whom
    # in the file, and the index by key grows at one end.
    heard.entries.sort(key=lambda entry: entry.member_key)
    Ledger(unit).append(heard.entries + _older_noes(unit.session, heard.older))
    stand_by_noes(unit, heard.noes, keys)
    for known in _queued_before(unit.session) if heard.queued else ():
        heard.queued.pop(known, None)
    unit.insert(ConsentProposal, list(heard.queued.values()))
    counts = heard.counts
    return AnswersRecorded(
        counts[Decision.GIVEN], counts[Decision.ASK_FIRST], counts[Decision.REFUSED],
        counts[Decision.WITHDRAWN], len(heard.queued),
    )  # fmt: skip


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


class _Hearing:
    """Gone through answer by answer, the earliest first: what stands by then, and what is to be written down.

    ``queued`` are yeses that wait for the founder; ``older`` noes from before a yes that stands.
    """

    def __init__(
        self, now_standing: dict[tuple[str, Purpose], _Heard], wordings: Mapping[str, Wording], now: datetime
    ) -> None:
        self._standing = now_standing
        self._wordings = wordings
        self._now = now
        self.entries: list[Entry] = []
        self.counts = Counter[Decision]()
        self.noes: list[tuple[int, Purpose]] = []
        self.queued: dict[_Proposed, dict[str, object]] = {}
        self.older: dict[tuple[str, Purpose, datetime], FormAnswer] = {}

    def take(self, answer: FormAnswer, keys: Sequence[str], at: datetime, *, dated: bool) -> None:
        """Go through an answer given at a moment, for each of the ``keys`` of whoever gave it."""
        recorded: set[tuple[Purpose, Decision]] = set()
        for purpose, key in product(sorted(answer.purposes_asked | answer.decisions.keys()), keys):
            before, said = self._standing.get((key, purpose)), answer.decisions.get(purpose)
            decision = _news(before, said, at, self._now)
            if decision is None:
                if before and _is_older_no(said, before, at):
                    self.older[key, purpose, at] = answer
            elif before and _lifts_unproven(before, decision, dated=dated):
                if before.decision in REFUSALS and answer.at is not None:
                    self._queue(answer, purpose, decision, at)
            else:
                counts_from = max(at, before.at) if before else at
                self._standing[key, purpose] = _Heard(decision, counts_from, by_hand=False, dated=dated)
                self.entries.append(self._entry(answer, key, purpose, decision, counts_from))
                recorded.add((purpose, decision))
        self.counts.update(decision for _, decision in recorded)
        self.noes += ((answer.member_id, purpose) for purpose, decision in recorded if decision in REFUSALS)

    def _queue(self, answer: FormAnswer, purpose: Purpose, decision: Decision, at: datetime) -> None:
        self.queued[answer.member_id, purpose, decision, at] = {
            "member_id": answer.member_id, "purpose": purpose, "decision": decision,
            "at": at, "how": How.FORM, "evidence": answer.evidence,
        }  # fmt: skip

    def _entry(self, answer: FormAnswer, key: str, purpose: Purpose, decision: Decision, at: datetime) -> Entry:
        wording = self._wordings[answer.wording]
        return Entry(
            key, purpose, decision, at, How.FORM, answer.evidence, answer.conditions,
            recorder="import", wording_id=wording.id,
            expires_on=wording.ends(at, decision, answer.ends.get(purpose)),
        )  # fmt: skip


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
