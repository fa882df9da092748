"""How long things are kept: what is due to be deleted is listed, looked through, and deleted in batches by her.

Nothing is deleted by itself. How long is hers to decide and to write into the privacy notice: the law names no
number, only that personal data is kept no longer than its purpose needs (UK GDPR, article 5(1)(e)).
"""

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent.aftermath import OPEN_ASKS
from matcher.consent.erasure import erase
from matcher.errors import UserError
from matcher.files.writers.safe_write import discard, sha256_of
from matcher.knowledge.working_days import months_after
from matcher.model import (
    CLOSED,
    Attendance,
    Base,
    ConsentEvent,
    Decision,
    Enquiry,
    Invitation,
    Meetup,
    MeetupInvitation,
    Member,
    OutFile,
    Request,
    RequestFile,
    RightsCase,
    StageMove,
)
from matcher.storage import forget_changes, put_setting, reading, rows_of, setting, work
from matcher.storage.store import Store

_NAME = "retention"
_MOST_MONTHS = 600
DELETED = "deleted"
"""The state of a file that left, once it was deleted here."""


class Kept(StrEnum):
    """What is kept for a time; the value is the name of its rule."""

    MEMBER = "silent_member_months"
    REQUEST_FILE = "request_file_months"
    QUESTION = "question_months"
    OWN_FILE = "own_file_months"
    RIGHTS = "rights_months"
    WALK_INS = "walk_in_months"


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """For how many months each kind is kept; 0 is for good.

    Members since anything was last heard from them, originals of requests since these were closed, questions and
    requests about data since they were answered, files of her own since they were written, the first names of
    walk-ins since the meet-up they came to.
    """

    silent_member_months: int = 36
    request_file_months: int = 12
    question_months: int = 12
    own_file_months: int = 6
    rights_months: int = 36
    walk_in_months: int = 12


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something kept longer than its rule says; ``since`` is the day the time ran from.

    ``hers`` is what she has to do herself, where Matcher cannot delete it.
    """

    kind: Kept
    id: int
    what: str
    since: date
    hers: str = ""


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many things a batch deleted, and how many it kept because they are not due any more or are hers to do."""

    deleted: int
    kept: int


def rules_in(session: Session) -> RetentionRules:
    """What is set, and the usual number of everything that is not."""
    kept = setting(session, _NAME, {})
    return RetentionRules(**{f.name: kept.get(f.name, f.default) for f in fields(RetentionRules)})


def retention_rules(store: Store) -> RetentionRules:
    """`rules_in` a store."""
    with reading(store) as session:
        return rules_in(session)


def save_retention_rules(store: Store, rules: RetentionRules) -> int | None:
    """Keep other rules; the step, None when nothing differs. Raises UserError for a number out of bounds."""
    if not all(0 <= months <= _MOST_MONTHS for months in asdict(rules).values()):
        raise UserError(f"Something can be kept for 0 to {_MOST_MONTHS} months; 0 is for good.")
    with work(store, "change how long things are kept") as unit:
        if rules_in(unit.session) == rules:
            return None
        put_setting(unit, _NAME, asdict(rules))
        return unit.batch_id


def due_for_deletion(store: Store) -> tuple[Overdue, ...]:
    """Everything kept longer than its rule says, by kind, the longest first. Nothing is changed."""
    with reading(store) as session:
        return _due(session)


def delete_overdue(store: Store, chosen: Collection[tuple[Kept, int]]) -> Deleted:
    """Delete what was looked through, as far as it still is due; it cannot be undone.

    Members are erased, with all that follows; of questions stays that one was asked; originals, files as they were
    written and cases go; of walk-ins stays how many came. A file that was changed since is hers to delete.
    """
    wanted = set(chosen)
    with reading(store) as session:
        still = [one for one in _due(session) if (one.kind, one.id) in wanted]
    doable = [one for one in still if not one.hers]
    for one in doable:
        if one.kind is Kept.MEMBER:
            erase(store, one.id)
    _delete_the_rest(store, {kind: [one.id for one in doable if one.kind is kind] for kind in Kept})
    return Deleted(len(doable), len(wanted) - len(doable))


def _due(session: Session) -> tuple[Overdue, ...]:
    rules, today = rules_in(session), clock.today()
    finders = {
        Kept.MEMBER: _silent, Kept.REQUEST_FILE: _originals, Kept.QUESTION: _questions, Kept.OWN_FILE: _own_files,
        Kept.RIGHTS: _cases, Kept.WALK_INS: _walk_ins,
    }  # fmt: skip
    found = []
    for kind, finder in finders.items():
        months = getattr(rules, kind.value)
        if months:
            before = months_after(today, -months)
            found += sorted((one for one in finder(session) if one.since < before), key=lambda one: one.since)
    return tuple(found)


def _silent(session: Session) -> Iterator[Overdue]:
    """Members by the day something was last heard from them; not those whose answer is awaited.

    Of whom nothing was ever heard, the day they joined counts, else the day they were written down.
    """
    own = Member.person()
    heard: dict[int, date] = {}
    spoke = (
        select(own, func.max(Member.last_answer_at)),
        select(own, func.max(ConsentEvent.at))
        .join(ConsentEvent, ConsentEvent.member_key == Member.member_key)
        .where(ConsentEvent.decision != Decision.VOID),
        select(own, func.max(Invitation.answered_at)).join(Invitation, Invitation.member_id == Member.id),
        select(own, func.max(Enquiry.received_at)).join(Enquiry, Enquiry.member_id == Member.id),
        select(own, func.max(MeetupInvitation.answered_at)).join(
            MeetupInvitation, MeetupInvitation.member_id == Member.id
        ),
        select(own, func.max(Meetup.starts_at))
        .join(Attendance, Attendance.member_id == Member.id)
        .join(Meetup, Meetup.id == Attendance.meetup_id),
    )
    for query in spoke:
        for member_id, moment in rows_of(session, query.group_by(own)):
            if moment is not None:
                heard[member_id] = max(heard.get(member_id, date.min), _day(moment))
    awaited = set(
        session.scalars(
            select(own).join(Invitation, Invitation.member_id == Member.id).where(Invitation.state.in_(OPEN_ASKS))
        )
    )
    columns = select(Member.id, Member.first_name, Member.last_name, Member.joined_on, Member.created_at)
    for row in rows_of(session, columns.where(Member.is_live())):
        if row.id not in awaited:
            name = " ".join(filter(None, (row.first_name, row.last_name))) or f"M{row.id}"
            yield Overdue(Kept.MEMBER, row.id, name, heard.get(row.id) or row.joined_on or _day(row.created_at))


def _originals(session: Session) -> Iterator[Overdue]:
    closed = dict(
        session.execute(
            select(StageMove.request_id, func.max(StageMove.at))
            .where(StageMove.stage.in_(CLOSED))
            .group_by(StageMove.request_id)
        ).all()
    )
    rows = session.execute(
        select(RequestFile, Request)
        .join(Request, Request.id == RequestFile.request_id)
        .where(Request.stage.in_(CLOSED))
    )
    for file, request in rows:
        since = closed.get(request.id, request.received_at)
        yield Overdue(Kept.REQUEST_FILE, file.id, f"{file.name}, of R{request.id} “{request.title}”", _day(since))


def _questions(session: Session) -> Iterator[Overdue]:
    for one in session.scalars(select(Enquiry).where(Enquiry.answered_at.is_not(None))):
        if one.answered_at is not None and (one.note or one.member_id):
            yield Overdue(Kept.QUESTION, one.id, f"Question Q{one.id}, about {one.about}", _day(one.answered_at))


def _own_files(session: Session) -> Iterator[Overdue]:
    """Files that hold members, by what is there now."""
    for out in session.scalars(select(OutFile).where(OutFile.state == "written")):
        if out.members:
            path = Path(out.path)
            yield Overdue(Kept.OWN_FILE, out.id, f"{path.name}, {out.kind}", _day(out.at), _hers(path, out.sha256))


def _cases(session: Session) -> Iterator[Overdue]:
    for case in session.scalars(select(RightsCase).where(RightsCase.settled_on.is_not(None))):
        if case.settled_on is not None:
            yield Overdue(Kept.RIGHTS, case.id, f"The answered {case.kind} number {case.id}", case.settled_on)


def _walk_ins(session: Session) -> Iterator[Overdue]:
    """Meet-ups at which walk-ins left their first names."""
    named = select(Attendance.meetup_id).where(_named_walk_in())
    for meetup in session.scalars(select(Meetup).where(Meetup.id.in_(named))):
        yield Overdue(
            Kept.WALK_INS, meetup.id, f"First names of walk-ins, “{meetup.title}”", _day(meetup.starts_at)
        )


def _named_walk_in() -> ColumnElement[bool]:
    return and_(Attendance.member_id.is_(None), Attendance.first_name != "")


def _hers(path: Path, digest: str) -> str:
    try:
        unchanged = not path.is_file() or sha256_of(path.read_bytes()) == digest
    except OSError:
        unchanged = False
    return "" if unchanged else "It was changed since it was written: look at it, and delete it yourself."


def _delete_the_rest(store: Store, chosen: dict[Kept, list[int]]) -> None:
    if not any(ids for kind, ids in chosen.items() if kind is not Kept.MEMBER):
        return
    with work(store, "delete what was kept long enough") as unit:
        session = unit.session
        files = [session.get_one(RequestFile, number) for number in chosen[Kept.REQUEST_FILE]]
        outs = [session.get_one(OutFile, number) for number in chosen[Kept.OWN_FILE]]
        questions = [session.get_one(Enquiry, number) for number in chosen[Kept.QUESTION]]
        cases = [session.get_one(RightsCase, number) for number in chosen[Kept.RIGHTS]]
        at_those = Attendance.meetup_id.in_(chosen[Kept.WALK_INS])
        walk_ins = session.scalars(select(Attendance).where(_named_walk_in(), at_those)).all()
        gone = [store.files / file.stored_as for file in files] + [Path(out.path) for out in outs]
        touched: dict[type[Base], set[int]] = {
            RequestFile: {file.id for file in files}, Enquiry: {one.id for one in questions},
            RightsCase: {case.id for case in cases}, Attendance: {one.id for one in walk_ins},
        }  # fmt: skip
        for row in (*files, *cases):
            session.delete(row)
        for out in outs:
            out.state = DELETED
        for question in questions:
            question.note, question.member_id = "", None
        for walk_in in walk_ins:
            walk_in.first_name = ""
        forget_changes(unit, touched, ())
    for path in gone:
        discard(path)


def _day(moment: datetime) -> date:
    return clock.as_utc(moment).astimezone(clock.LONDON).date()
