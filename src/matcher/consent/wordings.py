"""The versions of the words under which members were asked for permission."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.consent.ledger import wording_of
from matcher.errors import UserError
from matcher.model import ConsentEvent, ConsentWording, Decision
from matcher.storage import put_setting, reading, setting, work
from matcher.storage.store import Store

_CURRENT = "consent.wording"


@dataclass(frozen=True, slots=True)
class WordingVersion:
    """One version: its number, the words, when they were first seen, and how many decisions stand under them.

    ``current`` is the version that the sign-up form shows now. ``lasts_days``: for how long a yes under it
    counts, None without end.
    """

    id: int
    text: str
    first_seen_at: datetime
    decisions: int
    current: bool
    lasts_days: int | None = None


def wordings(store: Store) -> tuple[WordingVersion, ...]:
    """Every version that was seen, newest first. The newest is the current one until she says otherwise."""
    with reading(store) as session:
        taken_back = select(ConsentEvent.voids).where(ConsentEvent.voids.is_not(None))
        decided = (
            select(ConsentEvent.wording_id, func.count().label("decisions"))
            .where(ConsentEvent.decision != Decision.VOID, ConsentEvent.id.not_in(taken_back))
            .group_by(ConsentEvent.wording_id)
            .subquery()
        )
        found = session.execute(
            select(ConsentWording, func.coalesce(decided.c.decisions, 0))
            .outerjoin(decided, decided.c.wording_id == ConsentWording.id)
            .order_by(ConsentWording.first_seen_at.desc(), ConsentWording.id.desc())
        ).all()
        current = _current(session, [wording.id for wording, _count in found])
        return tuple(
            WordingVersion(w.id, w.text, w.first_seen_at, count, w.id == current, w.expires_after_days)
            for w, count in found
        )


def add_wording(store: Store, text: str) -> int | None:
    """Make ``text`` the wording that the sign-up form shows now; return the step, None when it is already.

    Earlier versions stay, with the decisions made under them. Raises UserError when there are no words.
    """
    words = text.strip()
    if not words:
        raise UserError("The wording is empty.", todo="Write what your sign-up form says.")
    if any(wording.current and wording.text == words for wording in wordings(store)):
        return None
    with work(store, "change the sign-up wording") as unit:
        put_setting(unit, _CURRENT, wording_of(unit, words).id)
        return unit.batch_id


def limit_wording(store: Store, wording_id: int, days: int | None) -> int:
    """Say for how many days a yes under this wording counts; None lifts the limit. Returns the step.

    It is for what is recorded from now on. Raises UserError when there is no such wording or less than a day.
    """
    if days is not None and days < 1:
        raise UserError("A permission lasts at least one day.")
    with work(store, "limit a wording") as unit:
        found = unit.session.get(ConsentWording, wording_id)
        if found is None:
            raise UserError("There is no such wording.")
        found.expires_after_days = days
        return unit.batch_id


def _current(session: Session, newest_first: list[int]) -> int | None:
    chosen: int | None = setting(session, _CURRENT)
    return chosen if chosen in newest_first else next(iter(newest_first), None)
