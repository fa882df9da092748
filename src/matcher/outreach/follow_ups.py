"""Who is due a word: asked again, reminded of tomorrow, thanked, told what came of it; each ready to send."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session as DbSession

from matcher import clock
from matcher.consent import Verdict, everybody, states
from matcher.model import (
    MAY_BE_ASKED,
    Brief,
    FactKind,
    Invitation,
    InvitationState,
    Member,
    Outcome,
    Request,
    RequesterFact,
    Session,
    Stage,
    State,
    purpose_of,
)
from matcher.outreach.brief_words import spoken_day, spoken_session
from matcher.outreach.messages import writer_in
from matcher.outreach.ready_messages import may_still
from matcher.outreach.texts import MessageKind
from matcher.storage import reading, settings_in
from matcher.storage.store import Store

_OPEN = (Stage.ASKING, Stage.INTRODUCED)

_Found = tuple[str, date | None, dict[str, str]]


@dataclass(frozen=True, slots=True)
class ReadyWord:
    """One message that is due: to whom, about what, why now, and ready to send.

    ``message`` is what to send first, ``full`` all of it (see `messages.Ask`); ``day``: since when, or for when.
    """

    kind: MessageKind
    request_id: int
    title: str
    member_id: int
    name: str
    channel: str
    message: str
    full: str
    link: str
    why: str
    day: date | None


def to_nudge(store: Store, request_id: int | None = None, after_days: int | None = None) -> tuple[ReadyWord, ...]:
    """Who was asked some days ago (by default as many as set), has not answered and was not asked again."""
    with reading(store) as session:
        days = after_days if after_days is not None else settings_in(session).nudge_after_days
        today = clock.today()
        waiting = (Invitation.state == InvitationState.ASKED) & Invitation.nudged_on.is_(None)
        asked_now = everybody(session, set(session.scalars(select(Invitation.member_id).where(waiting))))
        allowed: dict[int, Mapping[int, Verdict]] = {}

        def barred(ask: Invitation, request: Request) -> bool:
            """Something they said since, such as “no recording”, keeps them from this request."""
            if request.id not in allowed:
                allowed[request.id] = asked_now.verdicts(request, today)
            verdict = allowed[request.id].get(ask.member_id)
            return verdict is not None and not may_still(verdict)

        def due(ask: Invitation, request: Request) -> _Found | None:
            asked = ask.asked_at.astimezone(clock.LONDON).date() if ask.asked_at else today
            late = request.deadline is not None and request.deadline < today
            if late or request.stage not in _OPEN or asked > today - timedelta(days=days) or barred(ask, request):
                return None
            return f"Asked on {spoken_day(asked)}, no answer yet", asked, {}

        return tuple(_words(session, MessageKind.NUDGE, waiting, request_id, due))


def to_remind(store: Store, request_id: int | None = None, on: date | None = None) -> tuple[ReadyWord, ...]:
    """Who said yes to an occasion of that day, tomorrow by default, and was not reminded."""
    day = on or clock.today() + timedelta(days=1)

    def due(ask: Invitation, request: Request) -> _Found | None:
        picked = _picked(ask, request.brief)
        if picked is None or picked.on != day:
            return None
        spoken = spoken_session(picked)
        return f"Takes part on {spoken}", day, {"session": spoken}

    said_yes = (Invitation.state == InvitationState.YES) & Invitation.reminded_on.is_(None)
    with reading(store) as session:
        return tuple(_words(session, MessageKind.REMINDER, said_yes, request_id, due))


def to_thank(store: Store, request_id: int | None = None) -> tuple[ReadyWord, ...]:
    """Who took part and was not thanked."""

    def due(ask: Invitation, request: Request) -> _Found | None:
        return "Took part", ask.outcome_on, {}

    took_part = (Invitation.outcome == Outcome.TOOK_PART) & Invitation.thanked_on.is_(None)
    with reading(store) as session:
        return tuple(_words(session, MessageKind.THANKS, took_part, request_id, due))


def to_tell(store: Store, request_id: int | None = None) -> tuple[ReadyWord, ...]:
    """Who took part and has not heard what came of it, though it is known: findings are noted for the request."""
    with reading(store) as session:
        facts = session.scalars(select(RequesterFact).where(RequesterFact.kind == FactKind.FINDINGS))
        findings = {fact.request_id: fact for fact in facts if fact.request_id is not None}

        def due(ask: Invitation, request: Request) -> _Found | None:
            fact = findings.get(request.id)
            return ("Has not heard what came of it", fact.on_day, {"came_of_it": fact.words}) if fact else None

        took_part = (Invitation.outcome == Outcome.TOOK_PART) & Invitation.heard_back_on.is_(None)
        return tuple(_words(session, MessageKind.OUTCOME, took_part, request_id, due))


def _picked(ask: Invitation, brief: Brief) -> Session | None:
    """The occasion they picked, or the only one there is."""
    if not ask.session:
        return brief.sessions[0] if len(brief.sessions) == 1 else None
    return next((one for one in brief.sessions if one.key == ask.session), None)


def _words(
    session: DbSession, kind: MessageKind, which: ColumnElement[bool], request_id: int | None,
    due: Callable[[Invitation, Request], _Found | None],
) -> Iterator[ReadyWord]:  # fmt: skip
    """The due messages among these asks; to nobody who may not be written to any more."""
    query = (
        select(Invitation, Request, Member)
        .join(Request, Request.id == Invitation.request_id)
        .join(Member, Member.id == Invitation.member_id)
        .where(which, Member.erased_at.is_(None))
        .order_by(Request.deadline, Request.id, Invitation.id)
    )
    if request_id is not None:
        query = query.where(Request.id == request_id)
    rows = [(ask, request, member) for ask, request, member in session.execute(query)]
    standing = states(session, {member.merged_into or member.id for _, _, member in rows}) if rows else {}
    writer = writer_in(session)
    for ask, request, member in rows:
        may = standing.get(member.merged_into or member.id, {}).get(purpose_of(request.audience), State.NOT_GIVEN)
        found = due(ask, request) if may in MAY_BE_ASKED else None
        if found:
            why, day, more = found
            ready = writer.write(kind, member, request.brief, **more)
            yield ReadyWord(
                kind, request.id, request.title, member.id, member.name, ready.channel, ready.message, ready.full,
                ready.link, why, day,
            )  # fmt: skip
