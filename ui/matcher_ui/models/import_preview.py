"""What an import would do, in lines and columns for the screen. Nothing here writes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from matcher.consent import states
from matcher.directory import (
    Decided,
    ImportPlan,
    ImportReport,
    Outcome,
    PlannedPerson,
    PlannedRow,
    SameRow,
    find_member,
    kept_of,
    last_word,
    member_page,
    plan_import,
    targets,
)
from matcher.errors import UserError
from matcher.model import Decision, Purpose, State
from matcher.progress import Progress
from matcher.storage.store import Store, reading
from matcher_ui.models.compare import Compared, changes_in_words, compared, in_words, values_of
from matcher_ui.models.table import Column
from matcher_ui.purposes import PURPOSES, REQUESTS, spoken

NOT_IMPORTED = "ignore"
_NOT_IMPORTED = (NOT_IMPORTED, "says_nothing")
_SURE, _LIKELY = 0.9, 0.65


@dataclass(frozen=True, slots=True)
class Wanted:
    """What she asked for: the file, a sheet, corrections of columns, rows decided, and words that are a partner."""

    path: Path
    sheet: str | None = None
    mapping: Mapping[int | str, str | None] | None = None
    decisions: Mapping[int, Decided] | None = None
    partners: Mapping[str, int | None] | None = None


class PreviewLine(NamedTuple):
    """A row of the sheet in a table of the preview."""

    row: int
    name: str
    words: str
    why: str
    asked: str = ""
    stays: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that may be somebody known: both records side by side, and the decision that they are the same.

    ``other`` is empty for somebody who was erased and signed up again: then there is only the row.
    """

    row: int
    name: str
    reason: str
    same: Decided
    other: str
    facts: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the sheet: its header, what it is taken for, how sure that is, and what stands in it."""

    index: int
    header: str
    target: str
    sure: str
    care: bool
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """All of it, ready to show."""

    wanted: Wanted
    plan: ImportPlan
    tabs: Mapping[Outcome, tuple[PreviewLine, ...]]
    doubts: tuple[Doubt, ...]
    columns: tuple[ColumnLine, ...]
    silent: int
    problem: str = ""
    """What keeps anybody from being found in it, until she says which column is which."""

    @property
    def undecided(self) -> int:
        """How many rows are still left out for her to decide."""
        return self.plan.counts[Outcome.TO_DECIDE]

    @property
    def not_read(self) -> tuple[PreviewLine, ...]:
        """Rows that are nobody's, with the reason."""
        return tuple(line for one in (Outcome.UNREADABLE, Outcome.TEST) for line in self.tabs.get(one, ()))


def preview(store: Store, wanted: Wanted, known: Sequence[Doubt], progress: Progress) -> Preview:
    """Read the file and say what importing it would do; ``known`` are doubts shown before, which stay.

    Raises UserError when the file cannot be read.
    """
    wanted, plan, problem = _first_plan(store, wanted, progress)
    shown = {doubt.row for doubt in known}
    to_decide = [row for row in plan.rows if row.outcome is Outcome.TO_DECIDE]
    people = {answer.row: person for person in plan.people for answer in person.answers}
    said = {answer.row: answer.values for person in plan.people for answer in person.answers}
    said |= {row.row: row.values for row in to_decide}
    doubts = [*known, *(_doubt(store, row, said) for row in to_decide if row.row not in shown)]
    lines = defaultdict(list)
    stands = _stands(store, plan)
    for row in plan.rows:
        lines[row.outcome].append(_line(row, people.get(row.row), stands))
    return Preview(
        wanted, plan, {outcome: tuple(found) for outcome, found in lines.items()},
        tuple(sorted(doubts, key=lambda doubt: doubt.row)), _columns(plan, wanted), _silent(plan), problem,
    )  # fmt: skip


def _first_plan(store: Store, wanted: Wanted, progress: Progress) -> tuple[Wanted, ImportPlan, str]:
    """The plan; of a sheet where nobody is recognised the columns are shown all the same, to be corrected."""
    try:
        return wanted, _plan(store, wanted, progress), ""
    except UserError as error:
        if wanted.mapping:
            raise
        try:
            first = _plan(store, replace(wanted, mapping={0: None}), progress).layout.columns[0]
        except (UserError, IndexError):
            raise error from None
        wanted = replace(wanted, mapping={first.index: first.field})
        return wanted, _plan(store, wanted, progress), str(error)


def _plan(store: Store, wanted: Wanted, progress: Progress) -> ImportPlan:
    return plan_import(
        store,
        wanted.path,
        sheet=wanted.sheet,
        mapping=wanted.mapping,
        decisions=wanted.decisions,
        partners=wanted.partners,
        progress=progress,
    )


def _doubt(store: Store, row: PlannedRow, said: Mapping[int, Mapping[str, Any]]) -> Doubt:
    if row.member_id is not None:
        known = member_page(store, find_member(store, row.member_id))
        same: Decided = known.id
        values, other = values_of(known), f"{known.name}, M{known.id}"
    elif row.other is not None:
        same = SameRow(row.other)
        values, other = dict(said.get(row.other, {})), f"Row {row.other}"
    else:  # somebody who was erased and signed up again: nothing is left to compare with
        same, values, other = None, {}, ""
    name = row.name or "no name"
    reason = row.reason[:1].upper() + row.reason[1:]
    return Doubt(row.row, name, reason, same, other, compared(said.get(row.row, {}), values))


Stands = Mapping[int, Mapping[Purpose, State]]
"""Member -> where she stands on what she was asked about."""


def _stands(store: Store, plan: ImportPlan) -> Stands:
    known = {person.member_id for person in plan.people if person.member_id is not None}
    with reading(store) as session:
        return states(session, known) if known else {}


def _line(row: PlannedRow, person: PlannedPerson | None, stands: Stands) -> PreviewLine:
    why = row.reason[:1].upper() + row.reason[1:]
    asked = _asked_words(person, stands) if person is not None else ""
    if row.outcome is Outcome.NEW:
        return PreviewLine(row.row, row.name, _new_words(person.write if person else {}), why, asked)
    written = [(change.label, change.before, change.after) for change in row.changes if not change.kept]
    kept = "; ".join(
        f"{one.label} stays {in_words(one.here)} (this row says {in_words(one.said)})" for one in kept_of(row)
    )
    words = changes_in_words(written) or ("Permissions only" if row.outcome is Outcome.UPDATED else "")
    return PreviewLine(row.row, row.name, words, why, asked, kept)


_SAID = {
    Decision.VOID: "No longer", Decision.WITHDRAWN: "Withdrawn", Decision.REFUSED: "No",
    Decision.ASK_FIRST: "Ask first", Decision.GIVEN: "Yes",
}  # fmt: skip
"""The stricter first: where a line has no room, it is a yes that is cut off."""


def _asked_words(person: PlannedPerson, stands: Stands) -> str:
    """What counts of her answers about being asked: “No longer: media  ·  Yes: policy, sector”."""
    last = last_word(person) or next((answer for answer in reversed(person.answers) if answer.asked), None)
    said = dict(last.decisions) if last is not None else {}
    if last is not None and last.answered_at and last.row not in person.seen_before:
        before = stands.get(person.member_id or 0, {})
        unticked = (p for p in last.asked - said.keys() if before.get(p) in (State.GIVEN, State.ASK_FIRST))
        said |= dict.fromkeys(unticked, Decision.VOID)
    parts = [(words, [spoken(p) for p in PURPOSES if said.get(p) is decision]) for decision, words in _SAID.items()]
    told = "  ·  ".join(f"{words}: {', '.join(purposes)}" for words, purposes in parts if purposes)
    return told or "Nothing said"


def _new_words(write: Mapping[str, Any]) -> str:
    place = ", ".join(str(write[f]) for f in ("town", "postcode_district", "region") if write.get(f))
    since = f"since {write['start_year']}" if write.get("start_year") else ""
    contact = in_words(write.get("email") or write.get("phone"))
    return "  ·  ".join(part for part in (place, since, in_words(write.get("role")), contact) if part)


def _silent(plan: ImportPlan) -> int:
    """How many of the new people have not said that they may be asked about any request."""
    yes = (Decision.GIVEN, Decision.ASK_FIRST)

    def spoke(person: Any) -> bool:
        return any(answer.decisions.get(purpose) in yes for answer in person.answers for purpose in REQUESTS)

    return sum(1 for person in plan.people if person.member_id is None and not spoke(person))


def _columns(plan: ImportPlan, wanted: Wanted) -> tuple[ColumnLine, ...]:
    lines = []
    for guess in plan.layout.columns:
        target = plan.mapping.get(guess.index, NOT_IMPORTED)
        sure, care = _sureness(guess.field, guess.confidence, target, chosen=guess.index in (wanted.mapping or {}))
        lines.append(ColumnLine(guess.index, guess.header, target, sure, care, guess.samples))
    return tuple(lines)


def _sureness(guess: str | None, confidence: float, target: str, *, chosen: bool) -> tuple[str, bool]:
    if chosen:
        return "Your choice", False
    if target != (guess or NOT_IMPORTED):
        return "As last time", False
    if guess is None:
        return "Not recognised", True
    if target in _NOT_IMPORTED:
        return "Left out", False
    if confidence >= _SURE:
        return "Sure", False
    return ("Likely", False) if confidence >= _LIKELY else ("A guess", True)


def choices() -> list[tuple[str, str]]:
    """(target, words) of everything a column may be taken for; not imported comes first."""
    known = targets()
    return [
        *((key, known[key]) for key in _NOT_IMPORTED),
        *((key, words) for key, words in known.items() if key not in _NOT_IMPORTED),
    ]


def summary(plan: ImportPlan) -> str:
    """“212 new, 27 updated, 3 to decide, 2 rows unreadable”."""
    counts = plan.counts
    unreadable = counts[Outcome.UNREADABLE] + counts[Outcome.TEST]
    parts = [f"{counts[Outcome.NEW]:,} new", f"{counts[Outcome.UPDATED]:,} updated"]
    if counts[Outcome.DUPLICATE]:
        parts.append(f"{counts[Outcome.DUPLICATE]:,} the same")
    parts.append(f"{counts[Outcome.TO_DECIDE]:,} to decide")
    if unreadable:
        parts.append(f"{unreadable:,} row{'s' if unreadable > 1 else ''} unreadable")
    return ", ".join(parts)


def silent_words(count: int) -> str:
    """“61 have not said what they may be asked about.”"""
    if not count:
        return ""
    return f"{count:,} {'has' if count == 1 else 'have'} not said what they may be asked about."


def done_words(report: ImportReport) -> str:
    """“Added 212 members, updated 27. 3 rows wait for you to decide.”"""
    added = f"Added {report.new:,} member{'' if report.new == 1 else 's'}"
    updated = f", updated {report.updated:,}" if report.updated else ""
    left = len(report.to_decide)
    undecided = f" {left:,} row{'s were' if left > 1 else ' was'} left out." if left else ""
    waiting = report.permissions_waiting
    queued = f" {waiting:,} permission{'s' if waiting > 1 else ''} to confirm." if waiting else ""
    return f"{added}{updated}.{undecided}{queued}"


NEW_COLUMNS: tuple[Column[PreviewLine], ...] = (
    Column("row", "Row", lambda line: str(line.row), lambda line: line.row, 72),
    Column("name", "Name", lambda line: line.name, width=220),
    Column("asked", "May be asked", lambda line: line.asked, width=220),
    Column("words", "What is written", lambda line: line.words, width=460),
)
_STAYS: Column[PreviewLine] = Column("stays", "Newer here, so it stays", lambda line: line.stays, width=240)
CHANGED_COLUMNS: tuple[Column[PreviewLine], ...] = (
    *NEW_COLUMNS[:2],
    Column("asked", "May be asked", lambda line: line.asked, width=180),
    Column("words", "What changes", lambda line: line.words, width=320),
    _STAYS,
    Column("why", "Recognised by", lambda line: line.why, width=220),
)
SAME_COLUMNS: tuple[Column[PreviewLine], ...] = (
    *NEW_COLUMNS[:2],
    _STAYS,
    Column("why", "Why", lambda line: line.why, width=260),
)
REASON_COLUMNS: tuple[Column[PreviewLine], ...] = (
    *NEW_COLUMNS[:2],
    Column("why", "Why", lambda line: line.why, width=600),
)
