"""Who came to a meet-up: members, and walk-ins who are none yet. It counts to history, never to rest."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.directory import Added, add_member
from matcher.errors import UserError
from matcher.files.writers.letters import one_line
from matcher.knowledge.names import split_name
from matcher.model import Attendance, Decision, Meetup, Member, Purpose
from matcher.outreach.meetups.plan import meetup_of
from matcher.storage import Unit, member_of, reading, work
from matcher.storage.store import Store

MOST_WALK_INS = 500


def note_came(store: Store, meetup_id: int, member_id: int, *, came: bool = True) -> int:
    """Note that a member came, or that she did not after all; return the step.

    Whoever came counts, also uninvited. Raises UserError before its day.
    """
    with work(store, "note who came") as unit:
        _begun(unit, meetup_id)
        person = member_of(unit.session, member_id)
        if person.erased_at:
            raise UserError(f"M{member_id} was erased.")
        found = _attendance_of(unit.session, meetup_id, member_id)
        if came and not found:
            unit.session.add(Attendance(meetup_id=meetup_id, member_id=person.merged_into or member_id))
        for one in () if came else found:
            unit.session.delete(one)
        return unit.batch_id


def add_walk_ins(store: Store, meetup_id: int, first_name: str = "", count: int = 1) -> int:
    """Note a walk-in by the first name she gave, or so many without a name; return the step."""
    if not 1 <= count <= MOST_WALK_INS:
        raise UserError(f"How many came by? 1 to {MOST_WALK_INS}.")
    with work(store, "note walk-ins") as unit:
        _begun(unit, meetup_id)
        name = one_line(first_name)
        for _ in range(1 if name else count):
            unit.session.add(Attendance(meetup_id=meetup_id, first_name=name))
        return unit.batch_id


def remove_walk_in(store: Store, attendance_id: int) -> int:
    """Take back a walk-in that was noted by mistake; return the step."""
    with work(store, "take back a walk-in") as unit:
        unit.session.delete(_walk_in(unit, attendance_id))
        return unit.batch_id


def walk_in_is(store: Store, attendance_id: int, member_id: int) -> int:
    """A walk-in signed up, or was a member all along: it is her who came; return the step."""
    with work(store, "sign up a walk-in") as unit:
        walk_in, person = _walk_in(unit, attendance_id), member_of(unit.session, member_id)
        own = person.merged_into or member_id
        if _attendance_of(unit.session, walk_in.meetup_id, own):
            unit.session.delete(walk_in)
        else:
            walk_in.member_id, walk_in.first_name = own, ""
        return unit.batch_id


def sign_up_walk_in(
    store: Store, attendance_id: int, name: str, contact: str = "", *, may_tell: bool = False
) -> Added:
    """Make a member of a walk-in, in two steps: she is added, and it is she who came. Returns her and the second.

    ``may_tell``: she said there that she may be told of the network's own events. Raises UserError when neither
    name nor contact can be read.
    """
    with reading(store) as session:
        walk_in = session.get(Attendance, attendance_id)
        meetup = meetup_of(session, walk_in.meetup_id) if walk_in else None
        said = f"said so at “{meetup.title}”" if meetup else ""
    parts = split_name(name)
    values = {
        "first_name": parts.first, "last_name": parts.last, "email" if "@" in contact else "phone": contact.strip(),
        "heard_via": "A meet-up",
    }  # fmt: skip
    given = {Purpose.OWN_EVENTS: Decision.GIVEN} if may_tell else {}
    added = add_member(store, {key: value for key, value in values.items() if value}, given, said)
    return Added(added.id, walk_in_is(store, attendance_id, added.id))


def everybody_noted(store: Store, meetup_id: int, *, noted: bool = True) -> int:
    """Note that everybody who came is noted, or that somebody is missing still; return the step."""
    with work(store, "note that everybody is noted") as unit:
        meetup = _begun(unit, meetup_id)
        meetup.noted_on = clock.today() if noted else None
        return unit.batch_id


def _attendance_of(session: Session, meetup_id: int, member_id: int) -> list[Attendance]:
    own = member_of(session, member_id).merged_into or member_id
    mine = select(Member.id).where((Member.id == own) | (Member.merged_into == own))
    query = select(Attendance).where(Attendance.meetup_id == meetup_id, Attendance.member_id.in_(mine))
    return list(session.scalars(query))


def _walk_in(unit: Unit, attendance_id: int) -> Attendance:
    found = unit.session.get(Attendance, attendance_id)
    if found is None or found.member_id is not None:
        raise UserError("There is no such walk-in.")
    return found


def _begun(unit: Unit, meetup_id: int) -> Meetup:
    meetup = meetup_of(unit.session, meetup_id)
    if meetup.cancelled_at:
        raise UserError("It was called off, so nobody came.")
    if meetup.starts_at.astimezone(clock.LONDON).date() > clock.today():
        raise UserError("It is still to come.", todo="Note who came on its day, or after.")
    return meetup
