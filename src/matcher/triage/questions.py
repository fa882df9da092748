"""Members' own questions: little is kept, urgent ones come first, each with where to send it in its nation."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.files.writers.letters import filled
from matcher.model import Enquiry, Member
from matcher.storage import reading, settings_in, work
from matcher.storage.store import Store
from matcher.triage.reading.enquiry import ABOUT
from matcher.triage.signposts import NATIONS, Signpost, signposts
from matcher_resources import path_to

_LONGEST_NOTE = 400


@dataclass(frozen=True, slots=True)
class Question:
    """A member's question as kept. ``places`` are where to turn, in order; ``answered`` None while it waits."""

    id: int
    received: datetime
    about: str
    nation: str
    urgent: bool
    note: str
    signposted_to: str
    follow_up_on: date | None
    answered: datetime | None
    member_id: int | None
    member: str
    places: tuple[Signpost, ...]
    reply: str


def list_questions(store: Store) -> tuple[Question, ...]:
    """Every question: those that wait before the answered, the urgent before the others, then the oldest first."""
    with reading(store) as session:
        found = [_question(session, one) for one in session.scalars(select(Enquiry))]
    return tuple(sorted(found, key=lambda q: (q.answered is not None, not q.urgent, q.received, q.id)))


def count_urgent(store: Store) -> int:
    """How many urgent questions wait for an answer."""
    waiting = select(func.count()).where(Enquiry.urgent != 0, Enquiry.answered_at.is_(None))
    with reading(store) as session:
        return session.scalar(waiting) or 0


def change_question(
    store: Store, question_id: int, *, about: str, nation: str, urgent: bool, note: str, follow_up_on: date | None
) -> int | None:
    """Correct what is kept on a question; the step made, None when nothing differs.

    Raises UserError for a subject or nation that is none, and for a note that tells too much.
    """
    if nation and nation not in NATIONS:
        raise UserError(f"“{nation}” is not one of {', '.join(NATIONS)}.")
    if about not in ABOUT:
        raise UserError(f"“{about}” is not a subject of questions.", todo=f"Choose one of: {', '.join(ABOUT)}.")
    words = note.strip()
    if len(words) > _LONGEST_NOTE:
        raise UserError(
            f"Keep the note under {_LONGEST_NOTE} letters.", todo="Note only what you need to help; no names."
        )
    with work(store, f"change question Q{question_id}") as unit:
        one = _of(unit.session, question_id)
        one.about, one.nation, one.urgent, one.note = about, nation, int(urgent), words
        one.follow_up_on = follow_up_on
        unit.session.flush()
        return unit.batch_id if unit.has_written() else None


def answer_question(store: Store, question_id: int, signposted_to: str, follow_up_on: date | None = None) -> int:
    """Record where a member was sent. With a day to ask how it went it waits until then; without, it is done."""
    with work(store, f"answer question Q{question_id}") as unit:
        one = _of(unit.session, question_id)
        one.signposted_to = " ".join(signposted_to.split())
        one.follow_up_on = follow_up_on
        one.answered_at = None if follow_up_on else unit.now
        return unit.batch_id


def _of(session: Session, question_id: int) -> Enquiry:
    found = session.get(Enquiry, question_id)
    if found is None:
        raise UserError(f"There is no question Q{question_id}.", todo="Look for it among the questions.")
    return found


def _question(session: Session, one: Enquiry) -> Question:
    member = session.get(Member, one.member_id) if one.member_id else None
    about = one.about if one.about in ABOUT else _OLDER.get(one.about, "other")
    places = signposts(about, one.nation, urgent=bool(one.urgent))
    settings = settings_in(session)
    reply = filled(
        path_to("templates/letters/question.txt").read_text(encoding="utf-8"),
        {
            "name": member.first_name if member and member.first_name else "",
            "places": [place.line for place in places],
            "sender": settings.sender,
            "organisation": settings.organisation,
        },
    )
    return Question(
        one.id, one.received_at, about, one.nation, bool(one.urgent), one.note, one.signposted_to, one.follow_up_on,
        one.answered_at, one.member_id, member.name if member else "", places, reply,
    )  # fmt: skip


_OLDER = {"exploitation": "danger or abuse", "rights at work": "hours and contract"}
"""Subjects as written by hand -> as questions are sorted by."""
