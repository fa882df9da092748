"""What was promised to members and is still to be done, as the page of promises shows it. No Qt here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path, PurePath

from matcher import clock
from matcher.consent import (
    REFUSALS,
    DatedDecision,
    Proposal,
    ToDo,
    due_check_ins,
    history,
    releases,
    states,
    to_do,
    waiting,
    withdraw,
)
from matcher.consent.aftermath import CORRECT, STALE, STOPPED, TELL
from matcher.directory import FIELDS
from matcher.model import Decision, How, Purpose, State
from matcher.storage import member_of, reading, request_of
from matcher.storage.store import Store
from matcher_ui.dates import day_words
from matcher_ui.models.table import Column
from matcher_ui.purposes import HOWS, PURPOSES, spoken

KIND_ICONS = {TELL: "mail", CORRECT: "pencil", STALE: "file", STOPPED: "no_entry"}
_NOES = (State.REFUSED, State.WITHDRAWN)
KIND_WORDS = {
    TELL: "Whom to tell", CORRECT: "Whom to tell what changed", STALE: "Files to delete",
    STOPPED: "Asks that stopped",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AfterOne:
    """What is left to do after one member withdrew, was corrected or erased."""

    member_id: int
    name: str
    since: datetime
    items: tuple[ToDo, ...]


@dataclass(frozen=True, slots=True)
class After:
    """Everything to tell and delete, member by member, and what was ticked off, the latest first."""

    open: tuple[AfterOne, ...]
    done: tuple[AfterOne, ...]
    titles: Mapping[int, str]

    @property
    def count(self) -> int:
        """How many things are left to do."""
        return sum(len(one.items) for one in self.open)


@dataclass(frozen=True, slots=True)
class Again:
    """A yes that came back, and what that person had said before it (None when that was erased)."""

    proposal: Proposal
    before: DatedDecision | None


@dataclass(frozen=True, slots=True)
class SharedLine:
    """One line of the log of details shared, in words but for its day."""

    at: datetime
    member_id: int
    name: str
    fields: str
    recipient: str
    request_id: int
    title: str
    file: str


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """How many things wait: people to tell and files to delete, yeses to confirm, check-ins due today."""

    after: int
    again: int
    due: int


def read_counts(store: Store) -> PromiseCounts:
    """What Today tells of promises."""
    return PromiseCounts(len(to_do(store)), len(waiting(store)), len(due_check_ins(store, clock.today())))


def withdraw_and_count(store: Store, member_id: int, purpose: Purpose | None, how: How, evidence: str) -> int:
    """Withdraw, and return how many things that leaves to do for this member."""
    before = {item.id for item in to_do(store, member_id)}
    withdraw(store, member_id, purpose, how=how, evidence=evidence)
    return sum(item.id not in before for item in to_do(store, member_id))


def standing_no(store: Store, member_id: int, purpose: Purpose) -> str:
    """“Withdrew on Thu 2 Apr, phone” when such a no stands; empty when none does."""
    with reading(store) as session:
        if states(session, {member_id}).get(member_id, {}).get(purpose) not in _NOES:
            return ""
        said = history(session, member_id)
    return _no_words(next((one for one in said if one.purpose is purpose and one.decision in REFUSALS), None))


def things_to_do(count: int) -> str:
    """“2 things to do”."""
    return f"{count:,} {'thing' if count == 1 else 'things'} to do"


def read_after(store: Store) -> After:
    """What withdrawals, corrections and erasures left to do, and what of it was done."""
    every = to_do(store, done=True)
    numbers = {item.request_id for item in every if item.request_id is not None}
    left = _by_member([item for item in every if item.done_at is None])
    done = _by_member([item for item in every if item.done_at is not None])
    return After(left, tuple(reversed(done)), titles_of(store, numbers))


def _by_member(items: Iterable[ToDo]) -> tuple[AfterOne, ...]:
    """Members in the order of their first withdrawal; of each, whom to tell first, then files, then asks."""
    order = list(KIND_ICONS)
    ordered = sorted(items, key=lambda item: (item.member_id, order.index(item.kind), item.id))
    found = []
    for member_id, group in groupby(ordered, key=lambda item: item.member_id):
        of_member = tuple(group)
        found.append(AfterOne(member_id, of_member[0].name, min(item.made_at for item in of_member), of_member))
    return tuple(sorted(found, key=lambda one: one.since))


def titles_of(store: Store, request_ids: Iterable[int]) -> dict[int, str]:
    """The titles of these requests."""
    with reading(store) as session:
        return {number: request_of(session, number).title for number in request_ids}


def read_again(store: Store) -> tuple[Again, ...]:
    """Every yes that waits, with the decision it would lift."""
    proposals = waiting(store)
    with reading(store) as session:
        said = {one.member_id: history(session, one.member_id) for one in proposals}
    return tuple(Again(one, _before(one, said[one.member_id])) for one in proposals)


def _before(proposal: Proposal, said: Sequence[DatedDecision]) -> DatedDecision | None:
    mine = (one for one in said if one.purpose is proposal.purpose and one.decision is not Decision.VOID)
    return next(mine, None)


def read_shared(store: Store) -> tuple[SharedLine, ...]:
    """The log of details shared, newest first."""
    log = releases(store)
    titles = titles_of(store, {shared.request_id for shared in log})
    with reading(store) as session:
        names = {number: member_of(session, number).name for number in {shared.member_id for shared in log}}
    return tuple(
        SharedLine(
            shared.at, shared.member_id, names[shared.member_id], field_words(shared.fields), shared.recipient,
            shared.request_id, titles[shared.request_id], Path(shared.file).name if shared.file else "",
        )
        for shared in log
    )  # fmt: skip


def field_words(fields: Iterable[str]) -> str:
    """“First name, e-mail”."""
    words = ", ".join(FIELDS[name].label.lower() if name in FIELDS else name for name in fields)
    return words[:1].upper() + words[1:]


def local_day(moment: datetime) -> str:
    """“Tue 12 May”, in her own time."""
    return day_words(moment.astimezone(clock.LONDON).date(), clock.today())


def after_words(one: AfterOne) -> str:
    """The words beside a name: since when it is to be done."""
    return f"withdrew on {local_day(one.since)}"


def says_now(again: Again) -> str:
    """What the yes says: “Media: ask first, on Thu 19 Nov”."""
    given = "may be asked" if again.proposal.decision is Decision.GIVEN else "ask first"
    return f"{PURPOSES[again.proposal.purpose]}: {given}, on {local_day(again.proposal.at)}"


def said_before(again: Again) -> str:
    """What stands until she confirms: “Withdrew on Thu 2 Apr, phone”."""
    return _no_words(again.before)


def _no_words(before: DatedDecision | None) -> str:
    if before is None:
        return "A no, recorded by hand"
    verb = {Decision.WITHDRAWN: "Withdrew", Decision.REFUSED: "Said no"}.get(before.decision, "Said something else")
    return f"{verb} on {local_day(before.at)}, {HOWS[before.how]}"


def evidence_words(evidence: str) -> str:
    """Evidence in quotes; where there is none, so much."""
    return f"“{evidence}”" if evidence.strip() else "No words kept"


def settled_words(again: Again, *, confirmed: bool) -> str:
    """What the toast says."""
    name, what = again.proposal.name, spoken(again.proposal.purpose)
    if not confirmed:
        return f"Left the no. {name} is not asked about {what}."
    personally = "" if again.proposal.decision is Decision.GIVEN else ", personally"
    return f"Confirmed. {name} may be asked about {what} again{personally}."


def last_said(day: date | None) -> str:
    """“last on Tue 12 May 2024”; empty when they never said anything."""
    return f"last on {day_words(day, clock.today())}" if day else ""


def _found_in(line: SharedLine) -> str:
    parts = (line.name, line.fields, line.recipient, line.title, line.file, local_day(line.at))
    return " ".join(parts).casefold()


def lines_with(lines: Sequence[SharedLine], words: str) -> list[int]:
    """The places of the lines in which every word is found."""
    wanted = words.casefold().split()
    return [place for place, line in enumerate(lines) if all(word in _found_in(line) for word in wanted)]


def _file_words(line: SharedLine) -> str:
    return PurePath(line.file).name or "No file"


def _column(key: str, title: str, words: Callable[[SharedLine], str], width: int) -> Column[SharedLine]:
    return Column(key, title, words, width=width)


SHARED_COLUMNS: tuple[Column[SharedLine], ...] = (
    Column("at", "When", lambda line: local_day(line.at), sort=lambda line: line.at, width=128),
    _column("name", "Whose", lambda line: line.name, 136),
    _column("fields", "What", lambda line: line.fields, 152),
    _column("recipient", "To whom", lambda line: line.recipient, 184),
    _column("title", "For which request", lambda line: line.title, 208),
    _column("file", "File", _file_words, 120),
)
