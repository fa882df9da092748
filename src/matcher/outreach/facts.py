"""The dated facts beside an ask: reminded, introduced, the date picked, what came of it, paid, thanked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from matcher import clock
from matcher.consent.release import agreed
from matcher.errors import UserError
from matcher.model import Brief, Invitation, InvitationState, Member, Outcome, Request
from matcher.outreach.answers import ask_of
from matcher.outreach.brief_words import spoken_session
from matcher.outreach.capacity import room_of, taken, why_no_room
from matcher.outreach.stages import now_introduced
from matcher.storage import Unit, reading, request_of, work
from matcher.storage.store import Store


class AskFact(StrEnum):
    """A fact with a day; the value is what the history says."""

    NUDGED = "asked again"
    REMINDED = "reminded"
    INTRODUCED = "given the requester's details"
    PAID = "paid"
    PAYMENT_DECLINED = "declined the payment"
    EXPENSES = "paid expenses"
    HEARD_BACK = "told what came of it"
    THANKED = "thanked"


COLUMN_OF = {
    AskFact.NUDGED: "nudged_on", AskFact.REMINDED: "reminded_on", AskFact.INTRODUCED: "introduced_on",
    AskFact.PAID: "paid_on", AskFact.PAYMENT_DECLINED: "payment_declined_on", AskFact.EXPENSES: "expenses_on",
    AskFact.HEARD_BACK: "heard_back_on", AskFact.THANKED: "thanked_on",
}  # fmt: skip
_INSTEAD = {AskFact.PAID: "payment_declined_on", AskFact.PAYMENT_DECLINED: "paid_on"}
"""Either they were paid or they declined it: the later word counts."""
_SAID_YES = (InvitationState.YES, InvitationState.DONE)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A dated occasion of a request and who picked it.

    ``room``: how many are wanted for each, None where the brief does not say; ``full``: that many come already.
    ``gone``: it was picked, and its date is no longer in the brief.
    """

    key: str
    on: date | None
    spoken: str
    member_ids: tuple[int, ...]
    room: int | None = None
    full: bool = False
    gone: bool = False


def note_fact(
    store: Store, request_id: int, member_ids: Sequence[int], fact: AskFact, on: date | None = None, how: str = ""
) -> int:
    """Note that this happened to these members on a day, today by default; return the step.

    ``how``: in what form they were paid. Raises UserError when one of them stands where that cannot have
    happened, or the day is still to come; then nothing is noted.
    """
    day = on or clock.today()
    if day > clock.today():
        raise UserError("That day is still to come.", todo="Note it when it happened.")

    def write(unit: Unit, request: Request, ask: Invitation) -> None:
        _check_may_be(ask, fact)
        setattr(ask, COLUMN_OF[fact], day)
        if instead := _INSTEAD.get(fact):
            setattr(ask, instead, None)
        if fact is AskFact.PAID:
            ask.paid_how = " ".join(how.split())
        if fact is AskFact.PAYMENT_DECLINED:
            ask.paid_how = ""
        if fact is AskFact.INTRODUCED:
            _check_still_agrees(unit, request, ask)
            now_introduced(unit, request)

    return _each(store, request_id, member_ids, f"note “{fact.value}” for R{request_id}", write)


def record_outcome(
    store: Store, request_id: int, member_ids: Sequence[int], outcome: Outcome | None, on: date | None = None
) -> int:
    """Record what came of their yes, or with None that it is not known after all; return the step.

    The day is today unless told. A date the requester cancelled, or a shift that moved, counts neither to their
    rest nor to how often they were asked. Raises UserError when one of them never said yes.
    """
    day = on or clock.today()
    if outcome is not None and day > clock.today():
        raise UserError("That day is still to come.", todo="Record it when it happened.")

    def write(unit: Unit, request: Request, ask: Invitation) -> None:
        if ask.state not in _SAID_YES:
            raise UserError(f"M{ask.member_id} has not said yes to R{request.id}.")
        ask.record_outcome(outcome, day)

    return _each(store, request_id, member_ids, f"record what came of R{request_id}", write)


def note_feedback(store: Store, request_id: int, member_id: int, words: str) -> int:
    """Keep what a member said of taking part, in her own words; return the step."""

    def write(unit: Unit, request: Request, ask: Invitation) -> None:
        ask.feedback = words.strip()

    return _each(store, request_id, [member_id], f"note feedback on R{request_id}", write)


def pick_session(store: Store, request_id: int, member_id: int, key: str, *, anyway: bool = False) -> int:
    """Record which occasion a member who said yes picked, or with "" none; return the step.

    Raises UserError when they have not said yes, there is no such occasion, or it is full and not to be ``anyway``.
    """

    def write(unit: Unit, request: Request, ask: Invitation) -> None:
        if ask.state not in _SAID_YES:
            raise UserError(f"M{ask.member_id} has not said yes to R{request.id}.")
        if key and key not in {one.key for one in request.brief.sessions}:
            raise UserError(f"“{key}” is not one of the dates of R{request.id}.", todo="Choose one of its dates.")
        why = "" if anyway else why_no_room(unit.session, request, key, ask)
        if why:
            raise UserError(why, todo="Choose another date, or make more room in the brief.")
        ask.session = key

    return _each(store, request_id, [member_id], f"note a date for R{request_id}", write)


def sessions_of(store: Store, request_id: int) -> tuple[SessionRow, ...]:
    """The dated occasions of a request with who picked each; last those picked that are no longer planned."""
    with reading(store) as session:
        request = request_of(session, request_id)
        query = (
            select(Invitation)
            .join(Member, Member.id == Invitation.member_id)
            .where(Invitation.request_id == request_id, Invitation.session != "")
            .where(Invitation.state.in_(_SAID_YES))
            .order_by(Invitation.id)
        )
        chose = session.scalars(query).all()
        picked: dict[str, list[int]] = {}
        for ask in chose:
            picked.setdefault(ask.session, []).append(ask.member_id)
        room = room_of(request.brief)
        rows = [
            SessionRow(
                key, on, said, tuple(picked.pop(key, ())), room,
                full=room is not None and taken(chose, key) >= room,
            )
            for key, (on, said) in _planned(request.brief).items()
        ]  # fmt: skip
        return (*rows, *(SessionRow(key, None, key, tuple(ids), gone=True) for key, ids in picked.items()))


def _planned(brief: Brief) -> dict[str, tuple[date, str]]:
    return {one.key: (one.on, spoken_session(one)) for one in brief.sessions}


def _check_may_be(ask: Invitation, fact: AskFact) -> None:
    if fact is AskFact.NUDGED:
        if ask.state is not InvitationState.ASKED:
            raise UserError(f"M{ask.member_id} is not waiting to answer R{ask.request_id}.")
    elif ask.state not in _SAID_YES:
        raise UserError(f"M{ask.member_id} has not said yes to R{ask.request_id}.")


def _check_still_agrees(unit: Unit, request: Request, ask: Invitation) -> None:
    if ask.id not in {one.invitation_id for one in agreed(unit.session, request, ())}:
        raise UserError(f"M{ask.member_id} no longer agrees to R{request.id}.")


def _each(
    store: Store, request_id: int, member_ids: Sequence[int], what: str,
    write: Callable[[Unit, Request, Invitation], None],
) -> int:  # fmt: skip
    if not member_ids:
        raise UserError("Nobody was chosen.")
    with work(store, what) as unit:
        request = request_of(unit.session, request_id)
        for member_id in member_ids:
            ask = ask_of(unit.session, request_id, member_id)
            if ask is None:
                raise UserError(f"M{member_id} was not asked about R{request_id}.")
            write(unit, request, ask)
        return unit.batch_id
