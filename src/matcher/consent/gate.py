"""The gate: may she be asked about this? The one place that answers, for every room."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.clock import LONDON
from matcher.consent.conditions import asks_first, forbidden, needs_of
from matcher.consent.conflicts import Workplace, conflict_at, workplace
from matcher.consent.states import of_members, states
from matcher.errors import UserError
from matcher.model import (
    AUDIENCE_PURPOSES,
    MAY_BE_ASKED,
    Answer,
    Audience,
    Invitation,
    InvitationState,
    Meetup,
    MeetupInvitation,
    MeetupPartner,
    Member,
    Outcome,
    Partner,
    Purpose,
    Request,
    State,
    purpose_of,
)
from matcher.storage import settings_in

_NO_PERMISSION = {
    State.NOT_GIVEN: ("no_permission", "Has not said that they may be asked about {kind} requests"),
    State.REFUSED: ("refused", "Said no to {kind} requests"),
    State.WITHDRAWN: ("withdrawn", "Withdrew from {kind} requests"),
}
_NO_EVENTS = {
    State.NOT_GIVEN: "Has not said that they may be told of your own events",
    State.REFUSED: "Said no to your own events",
    State.WITHDRAWN: "Withdrew from your own events",
}
_ASKED = (*AUDIENCE_PURPOSES, Purpose.OWN_EVENTS)
"""The purposes that a request may be for."""
_YEAR = timedelta(days=365)
_SPOKEN = {Purpose.OWN_EVENTS: "the network's own"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a member may be asked about a request; when not, the ``rule`` and the ``reason`` in plain words.

    ``until`` is the day a rest ends. ``overridable`` rules (rest, cap) may be set aside for one member with
    a reason; consent never.
    """

    may: bool
    ask_first: bool = False
    rule: str = ""
    reason: str = ""
    until: date | None = None
    overridable: bool = False


@dataclass(frozen=True, slots=True)
class Rest:
    """The network's own rules of rest, in days, and the most asks in a year."""

    after_ask_days: int
    after_part_days: int
    most_a_year: int


def rest_rules(session: Session) -> Rest:
    """The rest rules set in this store."""
    found = settings_in(session)
    return Rest(found.rest_after_ask_days, found.rest_after_part_days, found.most_asks_a_year)


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask as far as it counts for whether its member may be asked again."""

    request_id: int
    state: InvitationState
    asked_at: datetime | None
    answer: Answer | None
    outcome: Outcome | None
    outcome_on: date | None
    volunteered: bool
    anyway: bool = False
    """Whether she is to be asked though she is resting, or was asked often: for a reason that was given."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one member stands, but for who employs her: whoever is alike in it gets the same verdicts.

    ``states`` on the four audiences and the network's own events, in that order.
    """

    states: tuple[State, ...]
    conditions: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()


class Gate:
    """The gate of one request on one day, under the network's rules."""

    def __init__(self, rules: Rest, request: Request, on: date) -> None:
        self.rules = rules
        self.on = on
        self.request_id = request.id
        self._purpose = purpose_of(request.audience)
        self._place = _ASKED.index(self._purpose)
        self._audience = request.audience
        self._needs = needs_of(request.brief)

    def state(self, states: Sequence[State]) -> State:
        """Which of somebody's states (of a `Standing`) this request goes by."""
        return states[self._place]

    def forbids(self, conditions: Sequence[str]) -> str:
        """The first of these conditions that this request cannot respect, as a sentence; else empty."""
        return forbidden(conditions, self._needs)

    def verdict(self, standing: Standing, conflict: str = "") -> Verdict:
        """Whether somebody who stands so may be asked; ``conflict`` is why her employer stands in the way."""
        bar = _bar(conflict, standing.conditions, self._needs)
        state = self.state(standing.states)
        if state is State.GIVEN and asks_first(standing.conditions, self._audience, self._needs):
            state = State.ASK_FIRST
        return _verdict(state, self._purpose, standing.asks, self.request_id, self.rules, self.on, bar)


@dataclass(frozen=True, slots=True)
class Everybody:
    """Where members stand, as read at one moment: good for any request until the store changes.

    ``permissions``: member id -> purpose -> state, as of the day it was read. ``standings`` and ``workplaces`` hold
    every live member that was asked for.
    """

    permissions: Mapping[int, Mapping[Purpose, State]]
    standings: Mapping[int, Standing]
    workplaces: Mapping[int, Workplace]
    rules: Rest

    def verdicts(self, request: Request, on: date) -> dict[int, Verdict]:
        """Live member id -> verdict for this request, as of the day ``on``."""
        gate, brief = Gate(self.rules, request, on), request.brief
        return {
            member_id: gate.verdict(
                standing, conflict_at(self.workplaces[member_id], brief.organisation, brief.contact)
            )
            for member_id, standing in self.standings.items()
        }


def everybody(session: Session, member_ids: Collection[int] | None = None) -> Everybody:
    """Read where every live member stands, or these."""
    permissions, asks = states(session, member_ids), _asks(session, member_ids)
    live = select(Member.id, Member.employer, Member.email, Member.conditions).where(Member.is_live())
    standings, workplaces = {}, {}
    for member_id, employer, email, conditions in of_members(session, live, Member.id, member_ids):
        mine = permissions.get(member_id, {})
        stands = tuple(mine.get(purpose, State.NOT_GIVEN) for purpose in _ASKED)
        standings[member_id] = Standing(stands, tuple(conditions or ()), tuple(asks.get(member_id, ())))
        workplaces[member_id] = workplace(employer, email)
    return Everybody(permissions, standings, workplaces, rest_rules(session))


def verdicts(session: Session, request: Request, on: date) -> dict[int, Verdict]:
    """Live member id -> verdict for this request, as of the day ``on``."""
    return everybody(session).verdicts(request, on)


def _bar(conflict: str, conditions: Sequence[str], needs: frozenset[str]) -> Verdict | None:
    """What keeps her out whatever she said about this kind of request."""
    if conflict:
        return Verdict(False, rule="conflict", reason=conflict)
    condition = forbidden(conditions, needs)
    return Verdict(False, rule="condition", reason=condition) if condition else None


def _verdict(
    state: State, purpose: Purpose, asks: Sequence[Ask], request_id: int, rules: Rest, on: date,
    bar: Verdict | None,
) -> Verdict:  # fmt: skip
    if state not in MAY_BE_ASKED:
        rule, reason = _NO_PERMISSION[state]
        return Verdict(False, rule=rule, reason=reason.format(kind=_SPOKEN.get(purpose, purpose.value)))
    if bar:
        return bar
    ask_first = state is State.ASK_FIRST
    if request_id in asked_about(asks):
        return Verdict(False, ask_first, rule="already_asked", reason="Was asked about this request already")
    if request_id in asked_anyway(asks):
        return Verdict(True, ask_first)
    until = rests_until(asks, request_id, rules)
    if until and until > on:
        return Verdict(False, ask_first, "resting", f"Resting until {_day(until)}", until, overridable=True)
    year = sum(day > on - _YEAR for day in asked_on(asks))
    if year >= rules.most_a_year:
        return Verdict(False, ask_first, "cap", f"Asked {year} times in the last year", overridable=True)
    return Verdict(True, ask_first)


def event_verdicts(
    session: Session, meetup: Meetup, member_ids: Collection[int] | None = None
) -> dict[int, Verdict]:
    """Live member id -> whether she may be invited to one of the network's own events, of everybody or of these.

    Only her permission for own events counts, and a partner who is her employer. Neither rest nor the most asks a
    year do: coming to a meet-up is no work.
    """
    hosts = session.execute(
        select(Partner.name, Partner.contact)
        .join(MeetupPartner, MeetupPartner.partner_id == Partner.id)
        .where(MeetupPartner.meetup_id == meetup.id)
    ).all()
    known = select(Member.person()).join(MeetupInvitation, MeetupInvitation.member_id == Member.id)
    invited = set(session.scalars(known.where(MeetupInvitation.meetup_id == meetup.id)))
    stand = everybody(session, member_ids)
    return {
        member_id: _event_verdict(
            standing, any(conflict_at(stand.workplaces[member_id], *host) for host in hosts), member_id in invited
        )
        for member_id, standing in stand.standings.items()
    }


def _event_verdict(standing: Standing, at_her_employers: bool, invited: bool) -> Verdict:
    state = standing.states[_ASKED.index(Purpose.OWN_EVENTS)]
    if state not in MAY_BE_ASKED:
        rule, _ = _NO_PERMISSION[state]
        return Verdict(False, rule=rule, reason=_NO_EVENTS[state])
    if at_her_employers:
        return Verdict(False, rule="conflict", reason="A partner of this meet-up is their employer")
    ask_first = state is State.ASK_FIRST or asks_first(standing.conditions, Audience.OWN, frozenset())
    if invited:
        return Verdict(False, ask_first, rule="already_asked", reason="Was invited already")
    return Verdict(True, ask_first)


def check_may_invite(session: Session, meetup: Meetup, member_ids: Collection[int]) -> Mapping[int, Verdict]:
    """These, by id -> verdict. Raises UserError naming the first of them who may not be invited."""
    found = event_verdicts(session, meetup, member_ids)
    for member_id in member_ids:
        verdict = found.get(member_id, Verdict(False, reason="Is not a member"))
        if not verdict.may and verdict.rule != "already_asked":
            raise UserError(
                f"M{member_id} may not be invited: {verdict.reason}.",
                todo="Record their permission first, if they gave it.",
            )
    return found


def resting_until(session: Session, member_id: int, on: date) -> date | None:
    """The day a member's rest ends; None when she is not resting on the day ``on``."""
    until = rests_until(_asks(session, {member_id}).get(member_id, ()), None, rest_rules(session))
    return until if until and until > on else None


def resting(session: Session, on: date) -> dict[int, date]:
    """Member -> the day her rest ends, of everybody who is resting on the day ``on``."""
    rules = rest_rules(session)
    ends = ((member_id, rests_until(asks, None, rules)) for member_id, asks in _asks(session).items())
    return {member_id: until for member_id, until in ends if until and until > on}


def _asks(session: Session, member_ids: Collection[int] | None = None) -> Mapping[int, list[Ask]]:
    found: defaultdict[int, list[Ask]] = defaultdict(list)
    person = Member.person()
    columns = (*(getattr(Invitation, field.name) for field in fields(Ask)[:-1]), Invitation.override_reason != "")
    for member_id, *values in of_members(session, select(person, *columns).join(Member), person, member_ids):
        found[member_id].append(Ask(*values))
    return found


def _on(ask: Ask) -> date:
    assert ask.asked_at is not None
    return ask.asked_at.astimezone(LONDON).date()


def asked_about(asks: Sequence[Ask]) -> frozenset[int]:
    """The requests somebody was asked about already."""
    return frozenset(ask.request_id for ask in asks if ask.state is not InvitationState.TO_ASK)


def asked_anyway(asks: Sequence[Ask]) -> frozenset[int]:
    """The requests somebody may be asked about whatever her rest and how often she was asked."""
    return frozenset(ask.request_id for ask in asks if ask.anyway and ask.state is InvitationState.TO_ASK)


def asked_on(asks: Sequence[Ask]) -> tuple[date, ...]:
    """The days on which somebody was asked, as far as they count to the most asks a year."""
    return tuple(_on(ask) for ask in asks if _counts(ask) and not ask.volunteered)


def rests_until(asks: Sequence[Ask], request_id: int | None, rules: Rest) -> date | None:
    """The day a rest ends that other requests than this one gave reason for; None when none did.

    Whoever came by themselves on an open call was not asked: only taking part lets them rest.
    """
    ends = []
    for ask in asks:
        if ask.asked_at is None or ask.request_id == request_id:
            continue
        if ask.outcome == Outcome.TOOK_PART and ask.outcome_on:
            ends.append(ask.outcome_on + timedelta(days=rules.after_part_days))
        if _counts(ask) and not ask.volunteered:
            ends.append(_on(ask) + timedelta(days=rules.after_ask_days))
    return max(ends, default=None)


def _counts(ask: Ask) -> bool:
    """Whether she was asked; a slot the requester cancelled or a shift that moved is not held against her."""
    moved = ask.outcome in (Outcome.CANCELLED_BY_REQUESTER, Outcome.COULD_NOT_ATTEND)
    return ask.asked_at is not None and ask.answer is not Answer.CANNOT_MAKE_DATE and not moved


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def check_may_ask(
    session: Session, request: Request, member_ids: list[int], on: date
) -> Mapping[int, Verdict]:  # fmt: skip
    """These, by id -> verdict. Raises UserError naming the first of them who may not be asked."""
    found = everybody(session, member_ids).verdicts(request, on)
    for member_id in member_ids:
        verdict = found.get(member_id, Verdict(False, reason="Is not a member"))
        if not verdict.may and not (verdict.overridable or verdict.rule == "already_asked"):
            raise UserError(
                f"M{member_id} may not be asked about R{request.id}: {verdict.reason}.",
                todo="Make the list again.",
            )
    return found
