"""What is due when: deadlines, sessions, reminders and follow-ups, and the calendar file that holds them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.errors import UserError
from matcher.files.writers.calendar import Entry, calendar_bytes
from matcher.model import CLOSED, Enquiry, Reminder, Request, RequestKind
from matcher.storage import reading, request_of, send_out, settings_in, work
from matcher.storage.store import Store

_FARTHEST = 5 * 366


@dataclass(frozen=True, slots=True)
class Due:
    """Something on a day. ``kind`` is deadline, session, reminder or question; ``key`` is its own for good.

    ``id`` is the reminder's or question's number; ``request_id`` the request it is about, if any.
    """

    key: str
    kind: str
    on: date
    what: str
    id: int
    request_id: int | None
    title: str


def add_reminder(store: Store, request_id: int, on: date, about: str) -> int:
    """Remind her on a day of something about a request; the step made.

    Raises UserError when it says nothing, or the day is over or far away.
    """
    words = " ".join(about.split())
    if not words:
        raise UserError("The reminder says nothing.", todo="Write what to do on that day.")
    if not clock.today() <= on <= clock.today() + timedelta(days=_FARTHEST):
        far = "over" if on < clock.today() else "more than five years away"
        raise UserError(f"{on:%d %B %Y} is {far}.", todo="Choose today or a day to come.")
    with work(store, f"set a reminder for R{request_id}") as unit:
        request_of(unit.session, request_id)
        unit.session.add(Reminder(request_id=request_id, on_day=on, about=words, made_at=unit.now))
        return unit.batch_id


def finish_reminder(store: Store, reminder_id: int) -> int | None:
    """Mark a reminder as done; the step made, None when it was already. Raises UserError when there is none."""
    with work(store, "finish a reminder") as unit:
        reminder = unit.session.get(Reminder, reminder_id)
        if reminder is None:
            raise UserError("There is no such reminder any more.")
        if reminder.done_at is not None:
            return None
        reminder.done_at = unit.now
        return unit.batch_id


def what_is_due(store: Store, *, until: date | None = None) -> tuple[Due, ...]:
    """Everything that is due, the earliest first; with ``until`` nothing after that day."""
    with reading(store) as session:
        return tuple(due for due in _all_due(session) if until is None or due.on <= until)


def due_of(session: Session, request_id: int) -> tuple[Due, ...]:
    """What is due about one request, the earliest first."""
    return tuple(due for due in _all_due(session) if due.request_id == request_id)


def write_calendar(store: Store, path: Path) -> int:
    """Write everything that is due from today on to a calendar file (.ics); returns how many entries it holds.

    Written again, the entries replace the earlier ones. It names requests and never a member. Raises UserError
    when nothing is due or the file cannot be written.
    """
    today = clock.today()
    with reading(store) as session:
        entries = [_entry(due) for due in _all_due(session) if due.on >= today and due.kind != "question"]
        name = settings_in(session).organisation or "Matcher"
    if not entries:
        raise UserError("Nothing is due from today on, so there is nothing to put into a calendar.")
    content = calendar_bytes(entries, name=f"{name}: requests", made_at=clock.now())
    send_out(
        store, path, content, what="save the calendar", kind="calendar", request_id=None, members=[],
        check=lambda _unit, _out: None,
    )  # fmt: skip
    return len(entries)


def _all_due(session: Session) -> list[Due]:
    return sorted(
        (*_of_requests(session), *_reminders(session), *_questions(session)), key=lambda due: (due.on, due.key)
    )


def _of_requests(session: Session) -> Iterator[Due]:
    running = select(Request).where(Request.kind == RequestKind.REQUEST, Request.stage.not_in(CLOSED))
    for request in session.scalars(running):
        if request.deadline is not None:
            yield Due(
                f"R{request.id}-deadline",
                "deadline",
                request.deadline,
                "Names wanted",
                0,
                request.id,
                request.title,
            )
        for number, one in enumerate(request.brief.sessions):
            where = ", ".join(part for part in (one.time, one.place) if part)
            what = f"Session: {where}" if where else "Session"
            yield Due(f"R{request.id}-session-{number}", "session", one.on, what, 0, request.id, request.title)


def _reminders(session: Session) -> Iterator[Due]:
    found = session.execute(
        select(Reminder, Request.title)
        .join(Request, Reminder.request_id == Request.id)
        .where(Reminder.done_at.is_(None))
    )
    for reminder, title in found:
        yield Due(
            f"reminder-{reminder.id}",
            "reminder",
            reminder.on_day,
            reminder.about,
            reminder.id,
            reminder.request_id,
            title,
        )


def _questions(session: Session) -> Iterator[Due]:
    waiting = select(Enquiry).where(Enquiry.follow_up_on.is_not(None), Enquiry.answered_at.is_(None))
    for one in session.scalars(waiting):
        if one.follow_up_on is not None:
            yield Due(
                f"question-{one.id}", "question", one.follow_up_on, "Ask how it went", one.id, None, one.about
            )


def _entry(due: Due) -> Entry:
    more = f"R{due.request_id}" if due.request_id else ""
    return Entry(f"{due.key}@matcher", due.on, f"{due.what}: {due.title}", more)
