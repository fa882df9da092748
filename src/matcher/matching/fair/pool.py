"""Who a list can be drawn from: everybody who could fit, with facts for the rules and whose turn it is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent import states
from matcher.matching.cards import Fitting
from matcher.matching.fair.rules import NEVER, Contender
from matcher.matching.fair.turns import Turn, deficits
from matcher.model import BACKGROUND_USE, Invitation, ListDraw, Member, ShortlistEntry, State

WINDOW_DAYS = 365
"""Turns are counted over the last year."""
MOST_YEARS = 60
_LEVELS = ((2, "under 2 years"), (5, "2 to 4 years"), (10, "5 to 9 years"), (MOST_YEARS + 1, "10 years or more"))
_PLAIN = ("region", "country", "authority", "town", "employer", "employer_type", "role", "contract_type")
_LISTS = ("care_types", "languages")
_FEW = 500


def contenders(
    session: Session, request_id: int, fitting: Sequence[Fitting], *, with_facts: bool = True
) -> list[Contender]:
    """Everybody who could fit as people a list is drawn from.

    Background is a fact only of those who let it be used. ``with_facts``: rules look at more than who was asked.
    """
    ids = [one.member_id for one in fitting]
    asked = _asks(session)
    owed = deficits(ids, turns(session, request_id), (member for member, recent in asked if recent))
    facts = _known(session, ids, {member for member, _ in asked}, with_facts=with_facts)
    return [
        Contender(one.member_id, one.score, owed[one.member_id], one.meets, facts[one.member_id]) for one in fitting
    ]


def facts_of(session: Session, member_ids: Sequence[int]) -> list[Contender]:
    """Members with what rules may look at, and nothing else."""
    facts = _known(session, member_ids, {member for member, _ in _asks(session)}, with_facts=True)
    return [Contender(number, 0.0, facts=facts[number]) for number in member_ids]


def _known(
    session: Session, ids: Sequence[int], ever: Collection[int], *, with_facts: bool
) -> dict[int, dict[str, frozenset[str]]]:
    """Member -> what rules may look at; ``ever`` are those who were asked before."""
    found = _looked_up(session, ids) if with_facts else {}
    new = {"asked": frozenset({NEVER})}
    return {number: found.get(number, {}) | ({} if number in ever else new) for number in ids}


def _looked_up(session: Session, ids: Sequence[int]) -> dict[int, dict[str, frozenset[str]]]:
    rows, standing = _members(session, ids), states(session, set(ids))
    found = {}
    for number in ids:
        used = {name for name, use in BACKGROUND_USE.items() if standing.get(number, {}).get(use) is State.GIVEN}
        found[number] = _facts(rows[number], used)
    return found


def turns(session: Session, but_for: int) -> list[Turn]:
    """The last list drawn of every request but one, within the window; a list that was taken back owes nobody."""
    since = clock.now() - timedelta(days=WINDOW_DAYS)
    query = (
        select(ListDraw.request_id, ListDraw.people, ListDraw.could)
        .where(ListDraw.drawn_at >= since, ListDraw.request_id != but_for, ListDraw.result.is_not(None))
        .where(exists().where(ShortlistEntry.request_id == ListDraw.request_id))
        .order_by(ListDraw.id)
    )
    latest = {row.request_id: Turn(row.people, frozenset(row.could)) for row in session.execute(query)}
    return list(latest.values())


def _members(session: Session, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    names = ("id", "start_year", *_PLAIN, *_LISTS, *BACKGROUND_USE)
    columns = [getattr(Member, name) for name in names]
    found: dict[int, Mapping[str, Any]] = {}
    for start in range(0, len(ids), _FEW):
        query = select(*columns).where(Member.id.in_(ids[start : start + _FEW]))
        found |= {row["id"]: dict(row) for row in session.execute(query).mappings()}
    return found


def _asks(session: Session) -> list[tuple[int, bool]]:
    """(person, whether it was within the window) for every ask; volunteers of open calls were not asked."""
    since = clock.now() - timedelta(days=WINDOW_DAYS)
    person = Member.person()
    query = (
        select(person, Invitation.asked_at)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.asked_at.is_not(None), Invitation.volunteered.is_(False))
    )
    return [(member, at is not None and at >= since) for member, at in session.execute(query)]


def _facts(row: Mapping[str, Any], used: Iterable[str]) -> dict[str, frozenset[str]]:
    said = {name: [row[name]] for name in (*_PLAIN, *used) if row[name]}
    said |= {name: row[name] for name in _LISTS if row[name]}
    facts = {name: frozenset(str(value).replace("_", " ") for value in values) for name, values in said.items()}
    if row["start_year"]:
        years = max(clock.today().year - row["start_year"], 0)
        facts["years"] = frozenset(f"{n}+" if n <= years else f"<{n}" for n in range(1, MOST_YEARS))
        facts["experience"] = frozenset({next(words for end, words in _LEVELS if years < end or end > MOST_YEARS)})
    return facts
