"""Answers as they are recorded: typed in, read from a filled workbook or from pasted messages, all by one door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent import Permission, record, states
from matcher.errors import UserError
from matcher.model import (
    ASKING,
    MAY_BE_ASKED,
    STATE_AFTER,
    Answer,
    Decision,
    How,
    Invitation,
    InvitationState,
    Member,
    Purpose,
    Request,
    State,
    purpose_of,
)
from matcher.outreach.capacity import why_no_room
from matcher.storage import Unit, member_of, reading, request_of, work
from matcher.storage.store import Store

_FREE = ("", "")


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer of one member. ``evidence``: their own words, kept where the answer is a withdrawal.

    ``request_id`` None: a “stop everything” that answers no ask. ``session``: the key of the occasion they picked.
    ``volunteered``: they answered an open call, so there may be no ask yet. ``at``: when they wrote it, None for
    now.
    """

    request_id: int | None
    member_id: int
    answer: Answer
    note: str = ""
    evidence: str = ""
    session: str = ""
    how: How = How.WHATSAPP
    volunteered: bool = False
    at: datetime | None = None


def reply(
    store: Store, request_id: int, member_id: int, answer: Answer, note_text: str = "", session: str = ""
) -> int:
    """Record a member's answer to an ask; a “stop” is also a withdrawal. Returns the step.

    ``session``: the key of the occasion they picked, of the brief's. Raises UserError when she was never asked
    about this request, may not be asked now, or there is no such occasion.
    """
    heard = Heard(request_id, member_id, answer, note=note_text, session=session)
    return record_heard(store, [heard], f"record an answer to R{request_id}")


def record_heard(store: Store, heard: Sequence[Heard], what: str) -> int:
    """Record these answers in one step, which is returned.

    Raises UserError for the first that cannot be recorded; then none is.
    """
    with work(store, what) as unit:
        for one in heard:
            record_one(unit, one)
        return unit.batch_id


def record_one(unit: Unit, heard: Heard) -> None:
    """Record one answer within a unit of work. Raises UserError when it cannot be."""
    why, todo = _bar(unit.session, heard)
    if why:
        raise UserError(why, todo=todo)
    if heard.request_id is None:
        _withdraw(unit, heard, ASKING, "no ask")
        return
    request = request_of(unit.session, heard.request_id)
    ask = ask_of(unit.session, heard.request_id, heard.member_id)
    if ask is None:
        ask = Invitation(
            request_id=heard.request_id, member_id=heard.member_id, state=InvitationState.TO_ASK, volunteered=True,
            channel="open call", note="",
        )  # fmt: skip
        unit.session.add(ask)
    if ask.state is not InvitationState.DONE:  # after that, a stop only takes back the permission
        ask.record_answer(heard.answer, _when(heard, ask, unit.now))
    ask.session = heard.session or ask.session or ""
    ask.note = heard.note or ask.note
    purposes = {Answer.STOP_ALL: ASKING, Answer.STOP_KIND: (purpose_of(request.audience),)}.get(heard.answer, ())
    _withdraw(unit, heard, purposes, f"R{request.id}")


def _when(heard: Heard, ask: Invitation, now: datetime) -> datetime:
    """When they answered: never before they were asked, whatever the clock of a phone says, and never later on."""
    return min(max(heard.at, ask.asked_at or heard.at), now) if heard.at else now


def _withdraw(unit: Unit, heard: Heard, purposes: Sequence[Purpose], about: str) -> None:
    if not purposes:
        return
    unit.session.flush()
    written = f" on {heard.at.astimezone(clock.LONDON):%d %b %Y}" if heard.at else ""
    said = f"answered “{heard.answer.value}” to {about}{written}"
    said += f": {heard.evidence}" if heard.evidence else ""
    own = member_of(unit.session, heard.member_id).merged_into or heard.member_id
    record(unit, *(Permission(own, one, Decision.WITHDRAWN, unit.now, heard.how, said) for one in purposes))


def trouble_with(store: Store, heard: Heard) -> str:
    """Why this answer cannot be recorded as things stand, in a sentence; "" when it can."""
    with reading(store) as session:
        return why_not(session, heard)


def why_not(session: Session, heard: Heard) -> str:
    """Why this answer cannot be recorded, in a sentence; "" when it can."""
    return _bar(session, heard)[0]


def _bar(session: Session, heard: Heard) -> tuple[str, str]:
    """Why an answer cannot be recorded and what to do about it; both "" when it can."""
    member_of(session, heard.member_id)
    if heard.request_id is None:
        return _FREE if heard.answer is Answer.STOP_ALL else ("It answers no request.", "Choose the request.")
    request = request_of(session, heard.request_id)
    ask = ask_of(session, heard.request_id, heard.member_id)
    if ask is None and not heard.volunteered:
        return f"M{heard.member_id} was not asked about R{heard.request_id}.", "Record first that they were asked."
    if heard.session and heard.session not in {one.key for one in request.brief.sessions}:
        return f"“{heard.session}” is not one of the dates of R{heard.request_id}.", "Choose one of its dates."
    keeps = ask is not None and ask.session == heard.session
    if not keeps and (full := why_no_room(session, request, heard.session, ask)):
        return full, "Choose another date, or record the yes without one."
    if ask is not None and ask.state is InvitationState.DONE and heard.answer is not Answer.YES:
        settled = ("What came of their yes is recorded already.", "Take that back first.")
        return _FREE if _is_stop(heard.answer) else settled
    if STATE_AFTER[heard.answer] is InvitationState.NO:
        return _FREE
    return _not_permitted(session, request, heard.member_id)


def _is_stop(answer: Answer) -> bool:
    return answer in (Answer.STOP_KIND, Answer.STOP_ALL)


def _not_permitted(session: Session, request: Request, member_id: int) -> tuple[str, str]:
    """Why nothing but a no may be recorded: they took back, since the ask, that they may be asked."""
    own = member_of(session, member_id).merged_into or member_id
    state = states(session, {own}).get(own, {}).get(purpose_of(request.audience), State.NOT_GIVEN)
    if state in MAY_BE_ASKED:
        return _FREE
    return (
        f"M{own} may not be asked about {request.audience.value} requests now: the answer cannot be recorded.",
        "When they told you that they may be, record that permission first.",
    )


def ask_of(session: Session, request_id: int, member_id: int) -> Invitation | None:
    """The ask of this person, under whichever of their records; their own first."""
    own = func.coalesce(Member.merged_into, Member.id)
    person = select(own).where(Member.id == member_id).scalar_subquery()
    return session.scalar(
        select(Invitation)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.request_id == request_id, own == person)
        .order_by(Member.merged_into.is_not(None), Invitation.id)
        .limit(1)
    )
