"""Closing a request: what came of it for each, what is still owed, and what the requester's record keeps of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher import clock, triage
from matcher.errors import UserError
from matcher.model import (
    CLOSED,
    Brief,
    FactKind,
    Invitation,
    InvitationState,
    Member,
    OpenCall,
    Outcome,
    Release,
    Request,
    Requester,
    RequesterFact,
    Stage,
    StageMove,
)
from matcher.outreach.asks import AskRow, row_of
from matcher.outreach.brief_words import requester_of, spoken_day
from matcher.storage import reading, request_of, work
from matcher.storage.store import Store

ANSWER_AFTER_DAYS, PAY_AFTER_DAYS, FINDINGS_AFTER_DAYS = 14, 14, 90
_SAID_YES = (InvitationState.YES, InvitationState.DONE)


class Debt(StrEnum):
    """What a requester owes."""

    ANSWER = "answer"
    PAYMENT = "payment"
    FINDINGS = "findings"


@dataclass(frozen=True, slots=True)
class Owed:
    """Something a requester owes to members: since when it could have come, and to whom it is due."""

    debt: Debt
    request_id: int
    title: str
    requester_id: int | None
    requester: str
    since: date
    member_ids: tuple[int, ...]

    @property
    def words(self) -> str:
        """The debt as she would say it, where its day stands beside it."""
        who, people = self.requester or "They", self._people
        return {
            Debt.ANSWER: f"{who} has not said who of {people} took part",
            Debt.PAYMENT: f"{who} has not paid {people}",
            Debt.FINDINGS: f"{who} has not said what came of it",
        }[self.debt]

    @property
    def sentence(self) -> str:
        """The debt with its day."""
        people = f"{self._people}, " if self.debt is Debt.FINDINGS else ""
        return f"{self.words} ({people}since {spoken_day(self.since)})"

    @property
    def _people(self) -> str:
        return "1 person" if len(self.member_ids) == 1 else f"{len(self.member_ids)} people"


@dataclass(frozen=True, slots=True)
class Closing:
    """What the Close step of a request shows. ``left``: in sentences, what is open; none of it forbids closing.

    ``people`` said yes. ``findings`` and ``feedback``: what the requester's record holds of this request.
    """

    request_id: int
    title: str
    stage: Stage
    promised: str
    people: tuple[AskRow, ...]
    posted_in: tuple[str, ...]
    findings: tuple[str, ...]
    feedback: tuple[str, ...]
    owed: tuple[Owed, ...]
    left: tuple[str, ...]


def closing(store: Store, request_id: int) -> Closing:
    """Where a request stands on its way to being closed. Raises UserError for an unknown one."""
    with reading(store) as session:
        request = request_of(session, request_id)
        rows = session.execute(
            select(Invitation, Member)
            .join(Member, Member.id == Invitation.member_id)
            .where(Invitation.request_id == request_id)
            .order_by(Invitation.id)
        )
        asks = [row_of(ask, member) for ask, member in rows]
        people = tuple(row for row in asks if row.state in _SAID_YES)
        facts = session.scalars(
            select(RequesterFact).where(RequesterFact.request_id == request_id).order_by(RequesterFact.on_day)
        ).all()
        noted = {kind: tuple(f.words for f in facts if f.kind == kind) for kind in FactKind}
        brief = request.brief
        return Closing(
            request_id, request.title, Stage(request.stage), _promised(brief), people,
            _posted(session, request_id), noted[FactKind.FINDINGS], noted[FactKind.FEEDBACK],
            tuple(_owed_by(session, request, clock.today(), at_once=True)), _left(asks, brief, noted),
        )  # fmt: skip


def note_findings(store: Store, request_id: int, words: str, on: date | None = None) -> int:
    """Note what came of a request, for the requester's record and for those who took part; return the step."""
    return _note(store, request_id, FactKind.FINDINGS, words, on)


def note_requester_feedback(store: Store, request_id: int, words: str, on: date | None = None) -> int:
    """Note, as a fact, what members or she herself say of working with the requester; return the step."""
    return _note(store, request_id, FactKind.FEEDBACK, words, on)


def close(store: Store, request_id: int, note: str = "") -> int:
    """Close a request as done; return the step.

    The note says where it was posted, when it was. Raises UserError when it was not yet asked about.
    """
    with work(store, f"close R{request_id}") as unit:
        request = request_of(unit.session, request_id)
        if request.stage in CLOSED:
            raise UserError(f"R{request_id} is closed already.")
        request.check_move(Stage.DONE)
        posted = "".join(f"Posted in {where}. " for where in _posted(unit.session, request_id))
        request.stage = Stage.DONE
        unit.session.add(
            StageMove(request_id=request_id, stage=Stage.DONE, at=unit.now, note=f"{posted}{note}".strip())
        )
        return unit.batch_id


def owed(store: Store, request_id: int | None = None) -> tuple[Owed, ...]:
    """What requesters owe to members, the longest first: an answer who took part, payment, what came of it."""
    with reading(store) as session:
        query = select(Request).where(Request.id.in_(select(Invitation.request_id)))
        if request_id is not None:
            query = query.where(Request.id == request_id)
        found = [debt for one in session.scalars(query) for debt in _owed_by(session, one, clock.today())]
    return tuple(sorted(found, key=lambda one: (one.since, one.request_id)))


def _owed_by(session: Session, request: Request, today: date, *, at_once: bool = False) -> list[Owed]:
    """``at_once``: without the days that a requester is given before it counts as late."""
    asks = session.scalars(
        select(Invitation).where(Invitation.request_id == request.id, Invitation.state.in_(_SAID_YES))
    ).all()
    brief, found = request.brief, []

    def add(debt: Debt, days: int, due: dict[int, date]) -> None:
        late = {one: day for one, day in due.items() if at_once or day <= today - timedelta(days=days)}
        if late:
            requester = session.get(Requester, request.requester_id) if request.requester_id else None
            who = requester.name if requester and requester.name else requester_of(brief)
            found.append(
                Owed(
                    debt,
                    request.id,
                    request.title,
                    request.requester_id,
                    who,
                    min(late.values()),
                    tuple(late),
                )
            )

    add(Debt.ANSWER, ANSWER_AFTER_DAYS, _unanswered(session, request, brief, asks, today))
    took_part = [ask for ask in asks if ask.outcome is Outcome.TOOK_PART and ask.outcome_on]
    if brief.payment.amount:
        unpaid = (ask for ask in took_part if ask.paid_on is None and ask.payment_declined_on is None)
        add(Debt.PAYMENT, PAY_AFTER_DAYS, {ask.member_id: ask.outcome_on or today for ask in unpaid})
    told = select(func.count()).where(
        RequesterFact.request_id == request.id, RequesterFact.kind == FactKind.FINDINGS
    )
    if not session.scalar(told):
        add(Debt.FINDINGS, FINDINGS_AFTER_DAYS, {ask.member_id: ask.outcome_on or today for ask in took_part})
    return found


def _unanswered(
    session: Session, request: Request, brief: Brief, asks: Sequence[Invitation], today: date
) -> dict[int, date]:
    """Who was introduced, whose day is over, and of whom nobody said whether they took part -> since when."""
    shared = dict(
        session.execute(
            select(Release.member_id, func.min(Release.at)).where(Release.request_id == request.id)
            .group_by(Release.member_id)
        ).all()
    )  # fmt: skip
    days = {one.key: one.on for one in brief.sessions}
    waiting = {}
    for ask in asks:
        introduced = ask.introduced_on or (_day(shared[ask.member_id]) if ask.member_id in shared else None)
        over = days.get(ask.session, introduced)
        if ask.outcome is None and introduced and over and max(over, introduced) <= today:
            waiting[ask.member_id] = max(over, introduced)
    return waiting


def _day(at: object) -> date:
    return date.fromisoformat(str(at)[:10])


def _left(asks: list[AskRow], brief: Brief, noted: dict[FactKind, tuple[str, ...]]) -> tuple[str, ...]:
    took_part = [row for row in asks if row.outcome is Outcome.TOOK_PART]
    open_ones = {
        "not answered": sum(row.state is InvitationState.ASKED for row in asks),
        "said yes, and what came of it is not known": sum(row.state is InvitationState.YES for row in asks),
        "not paid": sum(not (row.paid_on or row.payment_declined_on) for row in took_part)
        if brief.payment.amount else 0,
        "not thanked": sum(row.thanked_on is None for row in took_part),
        "not told what came of it": sum(row.heard_back_on is None for row in took_part),
    }  # fmt: skip
    sentences = [f"{count} {what}" for what, count in open_ones.items() if count]
    if took_part and not noted[FactKind.FINDINGS]:
        sentences.append("The requester has not said what came of it")
    return tuple(sentences)


def _promised(brief: Brief) -> str:
    payment = brief.payment
    if payment.amount == 0:
        return "nothing"
    if payment.text or payment.amount is None:
        return payment.text
    return f"{payment.currency} {payment.amount:g} {payment.kind}".strip()


def _posted(session: Session, request_id: int) -> tuple[str, ...]:
    calls = session.scalars(select(OpenCall).where(OpenCall.request_id == request_id).order_by(OpenCall.id))
    return tuple(f"{one.posted_in} on {spoken_day(one.posted_at.astimezone(clock.LONDON).date())}" for one in calls)


def _note(store: Store, request_id: int, kind: FactKind, words: str, on: date | None) -> int:
    with reading(store) as session:
        requester_id = request_of(session, request_id).requester_id
    if requester_id is None:
        raise UserError(
            f"It is not known who asks in R{request_id}.", todo="Fill in who is asking on the brief first."
        )
    return triage.add_fact(store, requester_id, kind, on or clock.today(), words, request_id)
