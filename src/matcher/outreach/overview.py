"""Everybody asked and not settled, across requests; one request's timeline; one member's history of taking part."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.model import (
    CLOSED,
    Audience,
    Invitation,
    InvitationState,
    Letter,
    ListDraw,
    Member,
    OpenCall,
    Outcome,
    OutFile,
    Release,
    Request,
    Stage,
    StageMove,
    fields_of,
)
from matcher.outreach.asks import AskRow, row_of
from matcher.outreach.brief_words import picked_words
from matcher.outreach.facts import COLUMN_OF, AskFact
from matcher.storage import member_of, reading, request_of
from matcher.storage.store import Store

_UNSETTLED = (InvitationState.ASKED, InvitationState.YES, InvitationState.DONE)


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """An ask that is not settled, of which request, and in a few words what comes next."""

    ask: AskRow
    title: str
    audience: Audience
    deadline: date | None
    next_step: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a request: when, what, and to whom of the members, if to one."""

    at: datetime
    what: str
    member_id: int | None = None
    name: str = ""

    @property
    def sentence(self) -> str:
        """What happened, with who it happened to: “Ada Obi was paid”."""
        if not self.name:
            return self.what
        if self.what.startswith(_SHARED):
            return f"{self.what} of {self.name}"
        what, colon, more = self.what.partition(": ")
        told = _TOLD.get(what, f"{{name}} {what[:1].lower()}{what[1:]}").format(name=self.name)
        return f"{told}{colon}{more}"


_SHARED = "Shared with "
_TOLD = {
    "Asked": "{name} was asked", "Not picked": "{name} was not picked",
    "Cancelled by requester": "The requester cancelled the place of {name}",
    "Could not attend": "{name} could not come", "Did not attend": "{name} did not come",
} | {
    fact.value.capitalize(): f"{{name}} was {fact.value}"
    for fact in AskFact if fact is not AskFact.PAYMENT_DECLINED
}  # fmt: skip
"""What happened to somebody, where it is no sentence yet with their name before it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One request a member was asked about, what came of it, and which of their details went to whom.

    ``facts``: what happened, dated, the oldest first. ``session``: the date they picked, as people write it.
    """

    ask: AskRow
    title: str
    audience: Audience
    organisation: str
    shared: tuple[str, ...]
    facts: tuple[Event, ...] = ()
    session: str = ""


def unsettled(store: Store) -> tuple[OpenAsk, ...]:
    """Everybody who was asked and is not settled, of every request that is not closed; the most urgent first."""
    with reading(store) as session:
        rows = session.execute(
            select(Invitation, Member, Request)
            .join(Member, Member.id == Invitation.member_id)
            .join(Request, Request.id == Invitation.request_id)
            .where(Invitation.state.in_(_UNSETTLED), Request.stage.not_in(CLOSED))
            .order_by(Request.deadline.is_(None), Request.deadline, Request.id, Invitation.id)
        )
        given = {tuple(pair) for pair in session.execute(select(Release.request_id, Release.member_id))}
        payers: dict[int, bool] = {}
        found = []
        for ask, member, request in rows:
            pays = payers.setdefault(request.id, bool(request.brief.payment.amount))
            introduced = ask.introduced_on is not None or (request.id, member.id) in given
            if step := _next_step(ask, pays=pays, introduced=introduced):
                row = row_of(ask, member)
                found.append(OpenAsk(row, request.title, Audience(request.audience), request.deadline, step))
        return tuple(found)


def _next_step(ask: Invitation, *, pays: bool, introduced: bool) -> str:
    """What comes next for an ask; "" when it is settled. ``introduced``: by their contact or in a sheet."""
    if ask.state is InvitationState.ASKED:
        return "waiting, asked again" if ask.nudged_on else "waiting for an answer"
    if ask.state is InvitationState.YES:
        return "record what came of it" if introduced else "introduce"
    if ask.outcome is not Outcome.TOOK_PART:
        return ""
    if pays and not (ask.paid_on or ask.payment_declined_on):
        return "waiting to be paid"
    return "" if ask.thanked_on else "thank"


def timeline(store: Store, request_id: int) -> tuple[Event, ...]:
    """What happened to a request, the oldest first. Raises UserError for an unknown one."""
    with reading(store) as session:
        request = request_of(session, request_id)
        events = [*_of_request(session, request), *_of_people(session, request_id)]
        return tuple(sorted(events, key=lambda one: one.at))


def _of_request(session: Session, request: Request) -> Iterator[Event]:
    yield Event(request.received_at, "Arrived")
    for move in session.scalars(select(StageMove).where(StageMove.request_id == request.id)):
        stage = Stage(move.stage).value.replace("_", " ")
        yield Event(
            move.at,
            ("Logged" if move.stage == Stage.NEW else f"Now {stage}") + (f": {move.note}" if move.note else ""),
        )
    for letter in session.scalars(select(Letter).where(Letter.request_id == request.id)):
        yield Event(letter.sent_at, f"Answered: {letter.subject}")
    for draw in session.scalars(select(ListDraw).where(ListDraw.request_id == request.id)):
        yield Event(draw.drawn_at, f"A list of {draw.people} was drawn")
    for call in session.scalars(select(OpenCall).where(OpenCall.request_id == request.id)):
        yield Event(call.posted_at, f"Posted in {call.posted_in}")
    written = OutFile.state.in_(("written", "deleted"))
    for out in session.scalars(select(OutFile).where(OutFile.request_id == request.id, written)):
        yield Event(out.at, f"Wrote the {out.kind}")
        if out.returned_at:
            yield Event(out.returned_at, "Read the filled workbook back")


def _of_people(session: Session, request_id: int) -> Iterator[Event]:
    rows = session.execute(
        select(Invitation, Member)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.request_id == request_id)
    )
    for ask, member in rows:
        for at, what in _of_ask(ask):
            yield Event(at, what, member.id, member.name)
    shared = session.execute(
        select(Release, Member).join(Member, Member.id == Release.member_id).where(Release.request_id == request_id)
    )
    for release, member in shared:
        what = f"{_SHARED}{release.recipient}: {_labels(release.shared_fields)}"
        yield Event(release.at, what, member.id, member.name)


def _of_ask(ask: Invitation) -> Iterator[tuple[datetime, str]]:
    if ask.asked_at:
        yield ask.asked_at, "Answered the call" if ask.volunteered else "Asked"
    if ask.answered_at and ask.answer:
        yield ask.answered_at, f"Answered “{ask.answer.value}”"
    if ask.outcome and ask.outcome_on:
        yield _evening(ask.outcome_on), ask.outcome.value.replace("_", " ").capitalize()
    for fact, column in COLUMN_OF.items():
        if day := getattr(ask, column):
            how = f": {ask.paid_how}" if fact is AskFact.PAID and ask.paid_how else ""
            yield _evening(day), f"{fact.value.capitalize()}{how}"


def _evening(day: date) -> datetime:
    """What is known by its day only comes after what has a time on it."""
    return datetime.combine(day, time(23, 59), tzinfo=clock.LONDON)


def participation(store: Store, member_id: int) -> tuple[Part, ...]:
    """What a member was asked about and took part in, the newest first; of all their records."""
    with reading(store) as session:
        own = member_of(session, member_id).merged_into or member_id
        mine = select(Member.id).where((Member.id == own) | (Member.merged_into == own))
        shared: dict[int, list[str]] = {}
        for release in session.scalars(select(Release).where(Release.member_id.in_(mine)).order_by(Release.id)):
            words = f"{release.recipient}, {release.at:%d %b %Y}: {_labels(release.shared_fields)}"
            shared.setdefault(release.request_id, []).append(words)
        rows = session.execute(
            select(Invitation, Member, Request)
            .join(Member, Member.id == Invitation.member_id)
            .join(Request, Request.id == Invitation.request_id)
            .where(Invitation.member_id.in_(mine), Invitation.state != InvitationState.TO_ASK)
            .order_by(Invitation.asked_at.desc(), Invitation.id.desc())
        )
        return tuple(
            Part(
                row_of(ask, member), request.title, Audience(request.audience), request.brief.organisation,
                tuple(shared.get(request.id, ())),
                tuple(sorted((Event(at, what) for at, what in _of_ask(ask)), key=lambda one: one.at)),
                picked_words(request.brief, ask.session or ""),
            )
            for ask, member, request in rows
        )  # fmt: skip


def _labels(names: list[str]) -> str:
    known = fields_of(Member)
    return ", ".join(known[name].label.lower() if name in known else name for name in names)
