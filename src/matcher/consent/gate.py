"""The gate: may she be asked about this? The one place that answers, for every room."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.clock import LONDON
from matcher.consent.conditions import forbidden, needs_of
from matcher.consent.conflicts import employer_conflict
from matcher.consent.permissions import states
from matcher.errors import UserError
from matcher.model import (
    MAY_BE_ASKED,
    Answer,
    Invitation,
    InvitationState,
    Member,
    Outcome,
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
class _Ask:
    """One ask as far as it counts for whether its member may be asked again."""

    request_id: int
    state: InvitationState
    asked_at: datetime | None
    answer: Answer | None
    outcome: Outcome | None
    outcome_on: date | None
    volunteered: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What decides whether one member may be asked."""

    employer: str | None
    email: str | None
    conditions: Sequence[str]
    permissions: Mapping[Purpose, State]
    asks: Sequence[_Ask]


@dataclass(frozen=True, slots=True)
class Everybody:
    """Where every live member stands, as read at one moment: good for any request until the store changes.

    ``permissions``: member id -> purpose -> state, as of the day it was read.
    """

    permissions: Mapping[int, Mapping[Purpose, State]]
    _members: Mapping[int, _Known]
    _rules: Rest

    def verdicts(self, request: Request, on: date) -> dict[int, Verdict]:
        """Live member id -> verdict for this request, as of the day ``on``."""
        purpose = purpose_of(request.audience)
        brief = request.brief
        needs = needs_of(brief)
        result = {}
        for member_id, known in self._members.items():
            state = known.permissions.get(purpose, State.NOT_GIVEN)
            conflict = employer_conflict(known.employer, known.email, brief.organisation, brief.contact)
            bar = _bar(conflict, known.conditions, needs)
            result[member_id] = _verdict(state, purpose, known.asks, request.id, self._rules, on, bar)
        return result


def everybody(session: Session) -> Everybody:
    """Read where every live member stands."""
    permissions, asks = states(session), _asks(session)
    live = session.execute(
        select(Member.id, Member.employer, Member.email, Member.conditions).where(Member.merged_into.is_(None))
    )
    members = {
        member_id: _Known(
            employer, email, conditions or (), permissions.get(member_id, {}), asks.get(member_id, ())
        )
        for member_id, employer, email, conditions in live
    }
    return Everybody(permissions, members, rest_rules(session))


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
    state: State, purpose: Purpose, asks: Sequence[_Ask], request_id: int, rules: Rest, on: date,
    bar: Verdict | None,
) -> Verdict:  # fmt: skip
    if state not in MAY_BE_ASKED:
        rule, reason = _NO_PERMISSION[state]
        return Verdict(False, rule=rule, reason=reason.format(kind=_SPOKEN.get(purpose, purpose.value)))
    if bar:
        return bar
    if any(ask.request_id == request_id and ask.state is not InvitationState.TO_ASK for ask in asks):
        return Verdict(False, rule="already_asked", reason="Was asked about this request already")
    ask_first = state is State.ASK_FIRST
    until = _resting_until(asks, request_id, rules)
    if until and until > on:
        return Verdict(False, ask_first, "resting", f"Resting until {_day(until)}", until, overridable=True)
    year = [a for a in asks if _counts(a) and not a.volunteered and _on(a) > on - timedelta(days=365)]
    if len(year) >= rules.most_a_year:
        return Verdict(False, ask_first, "cap", f"Asked {len(year)} times in the last year", overridable=True)
    return Verdict(True, ask_first)


def resting_until(session: Session, member_id: int, on: date) -> date | None:
    """The day a member's rest ends; None when she is not resting on the day ``on``."""
    until = _resting_until(_asks(session, member_id).get(member_id, ()), None, rest_rules(session))
    return until if until and until > on else None


def _asks(session: Session, of_member: int | None = None) -> Mapping[int, list[_Ask]]:
    found: defaultdict[int, list[_Ask]] = defaultdict(list)
    person = func.coalesce(Member.merged_into, Member.id)
    columns = (getattr(Invitation, field.name) for field in fields(_Ask))
    query = select(person, *columns).join(Member)
    if of_member is not None:
        query = query.where(person == of_member)
    for member_id, *values in session.execute(query):
        found[member_id].append(_Ask(*values))
    return found


def _on(ask: _Ask) -> date:
    assert ask.asked_at is not None
    return ask.asked_at.astimezone(LONDON).date()


def _resting_until(asks: Sequence[_Ask], request_id: int | None, rules: Rest) -> date | None:
    """The day her rest ends, or None."""
    ends = []
    for ask in asks:
        if ask.asked_at is None or ask.request_id == request_id:
            continue
        if ask.outcome == Outcome.TOOK_PART and ask.outcome_on:
            ends.append(ask.outcome_on + timedelta(days=rules.after_part_days))
        if _counts(ask):
            ends.append(_on(ask) + timedelta(days=rules.after_ask_days))
    return max(ends, default=None)


def _counts(ask: _Ask) -> bool:
    """Whether she was asked; a slot the requester cancelled or a shift that moved is not held against her."""
    moved = ask.outcome in (Outcome.CANCELLED_BY_REQUESTER, Outcome.COULD_NOT_ATTEND)
    return ask.asked_at is not None and ask.answer is not Answer.CANNOT_MAKE_DATE and not moved


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def check_may_ask(session: Session, request: Request, member_ids: list[int], on: date) -> None:
    """Raise UserError naming the first member, by id, who may not be asked about this request."""
    found = verdicts(session, request, on)
    for member_id in member_ids:
        verdict = found.get(member_id, Verdict(False, reason="Is not a member"))
        if not verdict.may and not (verdict.overridable or verdict.rule == "already_asked"):
            raise UserError(
                f"M{member_id} may not be asked about R{request.id}: {verdict.reason}.",
                todo="Make the list again.",
            )
