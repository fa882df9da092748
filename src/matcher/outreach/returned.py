"""The outreach workbook comes back: a preview of what its answers would change, and one step that records them.

Each row is known by its sealed id. What cannot be trusted is named by its row and left out; an answer that was
changed in Matcher since the workbook was written is a conflict for her to decide. A “stop” always counts.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.files.writers.safe_write import sha256_of
from matcher.knowledge.emails import email
from matcher.knowledge.phones import phone
from matcher.model import (
    CLOSED,
    Answer,
    Audience,
    Change,
    How,
    Invitation,
    InvitationState,
    Member,
    OutFile,
    Request,
)
from matcher.outreach.answers import Heard, ask_of, record_one, why_not
from matcher.outreach.brief_words import picked_words, spoken_session
from matcher.outreach.capacity import why_no_room
from matcher.outreach.reply_meaning import meaning_of
from matcher.outreach.returned_rows import Filled, FilledRow, read_filled
from matcher.outreach.row_ids import SHAPE, RowId, is_elsewhere, unseal
from matcher.progress import Progress, silent
from matcher.storage import reading, revision, work
from matcher.storage.store import Store

WORKBOOK = "outreach workbook"
LARGEST_OF_OURS = 4_000_000
"""No workbook of asks is larger, in bytes: a larger file is not read only to find out whose it is."""
_LIKE = 60
_STOPS = (Answer.STOP_KIND, Answer.STOP_ALL)
_SENT = frozenset(
    {"sent", "asked", "messaged", "texted", "waiting", "no answer", "no reply yet", "nothing yet", "no response"}
)
_WRITTEN = {answer.value.casefold(): answer for answer in Answer}


@dataclass(frozen=True, slots=True)
class ReplyChange:
    """An answer that would be recorded: of whom, what stood before, and the words in the file.

    ``picked``: the date that ``session`` is the key of, as people write it.
    """

    row: int
    request_id: int
    member_id: int
    name: str
    before: Answer | None
    answer: Answer
    words: str
    note: str = ""
    session: str = ""
    before_state: InvitationState = InvitationState.TO_ASK
    picked: str = ""

    @property
    def stops(self) -> bool:
        """Whether it is also a withdrawal."""
        return self.answer in _STOPS


@dataclass(frozen=True, slots=True)
class ReplyConflict:
    """An answer in the file that is not the one recorded in Matcher since the workbook was written."""

    row: int
    change: ReplyChange
    here: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that is left out, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class RepliesPreview:
    """What reading a filled workbook back would do. ``same``: answers that are recorded already; ``empty``: rows
    without one. ``revision`` is the store's when it was looked at; ``sha256`` and ``path`` are the file's."""

    path: str
    sha256: str
    request_id: int | None
    changes: tuple[ReplyChange, ...]
    conflicts: tuple[ReplyConflict, ...]
    rejected: tuple[RejectedRow, ...]
    same: int
    empty: int
    notes: tuple[str, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class RepliesRecorded:
    """How many answers one step recorded, and how many of them are withdrawals."""

    batch: int
    recorded: int
    stops: int


def _may_stop(words: str) -> bool:
    """Whether words ask to be left alone, or may do so, whatever it is that they were asked about."""
    meaning = meaning_of(words, Audience.SECTOR)
    return meaning.may_stop or meaning.answer in _STOPS


@dataclass(slots=True)
class _Looked:
    """What was found so far."""

    changes: dict[int, ReplyChange] = field(default_factory=dict)
    conflicts: dict[int, ReplyConflict] = field(default_factory=dict)
    rejected: list[RejectedRow] = field(default_factory=list)
    same: int = 0
    empty: int = 0
    spoken: dict[int, tuple[FilledRow, Answer]] = field(default_factory=dict)

    def reject(self, row: FilledRow, reason: str) -> None:
        said = next((words for words in (row.response, row.note) if _may_stop(words)), "")
        if said and "stop" not in reason:
            reason = f"{reason} “{said}” may ask you to stop: find out who says so, and record it by hand."
        self.rejected.append(RejectedRow(row.number, reason))


def read_replies_file(
    store: Store, path: Path, request_id: int | None = None, *, password: str = "", progress: Progress = silent
) -> RepliesPreview:
    """Look at a filled workbook; nothing is recorded.

    ``request_id``: the request it should be of; without it, the one most rows are of. Raises UserError when the
    file cannot be read or is no workbook of Matcher's.
    """
    filled = read_filled(path, password, progress)
    digest = sha256_of(path.read_bytes())
    with reading(store) as session:
        request_id = request_id or _most(store, filled.rows)
        looked = _Looked()
        request = session.get(Request, request_id) if request_id else None
        for row in filled.rows:
            _look(store, session, request, row, looked)
        notes = _notes(filled, request)
        at = revision(session)
    return RepliesPreview(
        str(path), digest, request.id if request else None, tuple(looked.changes.values()),
        tuple(looked.conflicts.values()), tuple(sorted(looked.rejected, key=lambda one: one.row)), looked.same,
        looked.empty, notes, at,
    )  # fmt: skip


def request_of_workbook(store: Store, paths: Sequence[str]) -> int | None:
    """The request whose asks a single file holds; None for any other file, which is somebody else's to explain."""
    path = Path(paths[0])
    try:
        if len(paths) != 1 or path.suffix.lower() != ".xlsx" or path.stat().st_size > LARGEST_OF_OURS:
            return None
        return _most(store, read_filled(path).rows)
    except (OSError, UserError):
        return None


def record_replies(store: Store, preview: RepliesPreview, take: Collection[int] = ()) -> RepliesRecorded:
    """Record the changes of a preview in one step, and of its conflicts those whose rows are in ``take``.

    A file of which no row was left out is then known as read, so that it can be deleted. Consent is checked again.
    Raises UserError when something a row speaks of has changed since the preview; then nothing is recorded.
    """
    taken = [*preview.changes, *(one.change for one in preview.conflicts if one.row in take)]
    if not taken and preview.rejected:
        raise UserError("There is nothing to record.", where=Path(preview.path).name)
    with work(store, f"read replies to R{preview.request_id}") as unit:
        for change in sorted(taken, key=lambda one: one.row):
            _check_as_seen(unit.session, change)
            heard = _heard(change)
            if why := why_not(unit.session, heard):
                raise UserError(f"Row {change.row}: {why}", todo="Read the file again.")
            record_one(unit, heard)
        for out in () if preview.rejected else _written_there(unit.session, preview.path):
            out.returned_at, out.returned_sha256 = unit.now, preview.sha256
        return RepliesRecorded(unit.batch_id, len(taken), sum(one.stops for one in taken))


def _heard(change: ReplyChange) -> Heard:
    return Heard(
        change.request_id, change.member_id, change.answer, note=change.note, evidence=change.words,
        session=change.session, how=How.WHATSAPP,
    )  # fmt: skip


def _look(store: Store, session: Session, request: Request | None, row: FilledRow, looked: _Looked) -> None:
    """Put one row where it belongs."""
    if not row.id:
        looked.reject(row, "It has no row id, so it cannot be told whose answer this is.")
        return
    row_id = unseal(store, row.id)
    if row_id is None:
        if row.response or SHAPE.search(row.id):
            looked.reject(row, _bad_id(store, row.id))
        return
    if request is None or row_id.request_id != request.id:
        looked.reject(row, f"It belongs to R{row_id.request_id}, not to {f'R{request.id}' if request else 'this'}.")
        return
    member = session.get(Member, row_id.member_id)
    if member is None or member.erased_at:
        looked.reject(row, f"M{row_id.member_id} is no member any more.")
    elif _is_somebody_else(row, member):
        looked.reject(row, f"It names “{row.name}”, but its row id is that of {member.name} (M{member.id}).")
    elif not row.response and not row.note:
        looked.empty += 1
    else:
        _read_answer(session, request, row, row_id, member, looked)


def _bad_id(store: Store, text: str) -> str:
    if is_elsewhere(store, text):
        return "It comes from another network's workbook."
    return "Its row id was changed, so it cannot be told whose answer this is."


def _is_somebody_else(row: FilledRow, member: Member) -> bool:
    """Whether what stands beside an id is another person: somebody sorted a part of the columns."""
    if not row.name or row.name.casefold() == " ".join(member.name.split()).casefold():
        return False
    said, held = phone(row.phone), phone(member.phone)
    contacts = [
        (said.e164, held.e164) if said and held else None,
        (email(row.email), email(member.email)) if row.email and member.email else None,
    ]
    known = [one == other for one, other in filter(None, contacts)]
    if known:
        return not any(known)
    return fuzz.ratio(row.name.casefold(), member.name.casefold()) < _LIKE


def _read_answer(
    session: Session, request: Request, row: FilledRow, row_id: RowId, member: Member, looked: _Looked
) -> None:
    read = _answer(row, request)
    if not isinstance(read, Answer):
        looked.reject(row, read)
        return
    ask = ask_of(session, request.id, member.id)
    if ask is None:
        looked.reject(row, f"{member.name} (M{member.id}) was not asked about R{request.id}.")
        return
    picked = _session(row, request, read)
    if picked is None:
        looked.reject(row, f"“{row.date}” is not one of the dates of R{request.id}.")
        return
    change = ReplyChange(
        row.number, request.id, ask.member_id, member.name, ask.answer, read, row.response, row.note, picked,
        InvitationState(ask.state), picked_words(request.brief, picked),
    )  # fmt: skip
    given = sum(one.session == picked for one in looked.changes.values()) if picked else 0
    if why := why_not(session, _heard(change)) or why_no_room(session, request, picked, ask, given):
        looked.reject(row, why)
    elif _speaks_once(row, member, read, looked):
        _place(session, ask, change, row_id, looked)


def _answer(row: FilledRow, request: Request) -> Answer | str:
    """The answer a row gives, or why it gives none."""
    said = row.response.replace("’", "'").casefold().rstrip(" .!")
    noted = meaning_of(row.note, request.audience)
    if not row.response:
        return "It has a note but no response, so nothing of it is recorded."
    found = _WRITTEN.get(said) or (Answer.NO_REPLY if said in _SENT else None)
    if found is None:
        understood = meaning_of(row.response, request.audience)
        if understood.may_stop:
            return f"“{row.response}” may ask you to stop. Choose from the list what is meant."
        found = understood.answer
    if found is None:
        return f"“{row.response}” can mean several things. Choose an answer from the list."
    if found not in _STOPS and (noted.may_stop or noted.answer in _STOPS):
        return f"Its note may ask you to stop: “{row.note}”. Choose the response that is meant."
    return found


def _session(row: FilledRow, request: Request, answer: Answer) -> str | None:
    """The key of the occasion a yes picked; "" for none, None for one that does not exist."""
    if not row.date or answer is not Answer.YES:
        return ""
    known = {spoken_session(one).casefold(): one.key for one in request.brief.sessions}
    known |= {one.key.casefold(): one.key for one in request.brief.sessions}
    days = [one.key for one in request.brief.sessions if one.on.isoformat() == row.date]
    return known.get(row.date.casefold()) or (days[0] if len(days) == 1 else None)


def _speaks_once(row: FilledRow, member: Member, answer: Answer, looked: _Looked) -> bool:
    """Whether this row is the one that counts for a person; two answers that differ count for nothing.

    But a “stop” counts, whatever else was said, and “stop everything” more than “stop this kind”.
    """
    own = member.merged_into or member.id
    if own not in looked.spoken:
        looked.spoken[own] = (row, answer)
        return True
    first, said = looked.spoken[own]
    if said is answer:
        looked.same += 1
        return False
    if said in _STOPS and answer is not Answer.STOP_ALL:
        looked.reject(row, f"Row {first.number} says “{said.value}” for the same person, and that counts.")
        return False
    gone = looked.changes.pop(own, None) or looked.conflicts.pop(own, None)
    if answer in _STOPS:
        looked.reject(first, f"Row {row.number} says “{answer.value}” for the same person, and that counts.")
        looked.spoken[own] = (row, answer)
        return True
    if gone:
        looked.reject(first, f"Row {row.number} gives another answer for the same person.")
    looked.reject(row, f"Row {first.number} gives another answer for the same person.")
    return False


def _place(session: Session, ask: Invitation, change: ReplyChange, row_id: RowId, looked: _Looked) -> None:
    own = session.get_one(Member, ask.member_id).merged_into or ask.member_id
    new_note = bool(change.note) and change.note != " ".join(ask.note.split())
    if ask.answer is change.answer and not new_note and change.session in ("", ask.session):
        looked.same += 1
    elif not change.stops and ask.answer is not change.answer and _answered_since(session, ask, row_id.revision):
        when = f"{ask.answered_at:%d %b}" if ask.answered_at else ""
        here = f"In Matcher since: {ask.answer.value if ask.answer else 'no answer'} {when}".strip()
        looked.conflicts[own] = ReplyConflict(change.row, change, here)
    else:
        looked.changes[own] = change


def _answered_since(session: Session, ask: Invitation, since: int) -> bool:
    """Whether a real answer was recorded, or taken back, after the workbook was written."""
    if ask.answer in (None, Answer.NO_REPLY) and ask.state is not InvitationState.NO:
        return False
    found = select(Change.id).where(
        Change.entity == Invitation.__tablename__, Change.entity_id == str(ask.id),
        Change.field.in_(("answer", "state", "*")), Change.batch_id > since,
    )  # fmt: skip
    return session.scalar(found.limit(1)) is not None


def _check_as_seen(session: Session, change: ReplyChange) -> None:
    ask = ask_of(session, change.request_id, change.member_id)
    if ask is None or (ask.answer, ask.state) != (change.before, change.before_state):
        raise UserError(
            f"Row {change.row}: {change.name} was changed in Matcher since you looked at the file.",
            todo="Read the file again.",
        )


def _most(store: Store, rows: Iterable[FilledRow]) -> int | None:
    counts = Counter(found.request_id for row in rows if (found := unseal(store, row.id)))
    return counts.most_common(1)[0][0] if counts else None


def _notes(filled: Filled, request: Request | None) -> tuple[str, ...]:
    closed = request is not None and request.stage in CLOSED
    return (*filled.notes, *((f"R{request.id} is closed.",) if request and closed else ()))


def _written_there(session: Session, path: str) -> list[OutFile]:
    here = str(Path(path).resolve())
    query = select(OutFile).where(OutFile.kind == WORKBOOK, OutFile.path == here, OutFile.state == "written")
    return list(session.scalars(query))
