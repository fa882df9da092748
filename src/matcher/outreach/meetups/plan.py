"""Planning the network's own events: a meet-up, a drop-in that repeats, changes, calling off, who promotes it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dateutil.rrule import WEEKLY, rrule
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.clock import LONDON, as_utc
from matcher.errors import UserError
from matcher.files.writers.letters import one_line
from matcher.knowledge.postcodes import outward
from matcher.model import Meetup, MeetupKind, MeetupPartner, Partner
from matcher.storage import Unit, work
from matcher.storage.store import Store

MOST_DATES, MOST_WEEKS = 52, 26
MOST_HOURS = 12
_USUAL_HOURS = 1
_YEAR, _YEARS_AHEAD = timedelta(days=366), 5
"""A meet-up may be noted within a year after it took place, and planned a few ahead; else the year is a slip."""


@dataclass(frozen=True, slots=True)
class MeetupPlan:
    """What she plans. ``starts_at`` without a time zone is London time; ``ends_at`` None is an hour later.

    ``place`` in her words, such as “Nottingham Central Library”; ``postcode`` where that does not say which town.
    Empty: it is online. ``link``: where to join. ``co_organisers``: who helps, by name. ``partners``: who tells
    people of it, by number.
    """

    title: str
    starts_at: datetime
    ends_at: datetime | None = None
    kind: MeetupKind = MeetupKind.MEET_UP
    place: str = ""
    postcode: str = ""
    link: str = ""
    about: str = ""
    capacity: int | None = None
    co_organisers: Sequence[str] = ()
    partners: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """The dates that were made, the first first, and the step."""

    ids: tuple[int, ...]
    batch: int


def plan_meetup(store: Store, plan: MeetupPlan, *, every_weeks: int = 0, dates: int = 1) -> Planned:
    """Plan a meet-up, or with ``every_weeks`` a drop-in on that many ``dates``, each at the same time of the clock.

    Raises UserError when something of the plan cannot be.
    """
    if every_weeks and not (1 <= every_weeks <= MOST_WEEKS and 1 <= dates <= MOST_DATES):
        raise UserError(f"It can repeat every 1 to {MOST_WEEKS} weeks, on up to {MOST_DATES} dates.")
    with work(store, "plan a meet-up") as unit:
        return Planned(tuple(_add_dates(unit, plan, every_weeks, dates if every_weeks else 1)), unit.batch_id)


def plan_more_dates(store: Store, meetup_id: int, dates: int) -> Planned:
    """Go on with a drop-in that repeats: so many more dates after its last one.

    Raises UserError when it does not repeat.
    """
    if not 1 <= dates <= MOST_DATES:
        raise UserError(f"It can go on for 1 to {MOST_DATES} dates.")
    with work(store, "plan more dates") as unit:
        meetup = meetup_of(unit.session, meetup_id)
        if not meetup.every_weeks:
            raise UserError("This one does not repeat.", todo="Plan a new one.")
        first = meetup.first_id or meetup.id
        last = unit.session.scalars(
            select(Meetup)
            .where((Meetup.id == first) | (Meetup.first_id == first))
            .order_by(Meetup.starts_at.desc())
            .limit(1)
        ).one()
        plan = plan_of(unit.session, last)
        starts = _every(plan.starts_at, meetup.every_weeks, dates + 1)[1:]
        ids = [_add(unit, _moved(plan, start), meetup.every_weeks, first).id for start in starts]
        return Planned(tuple(ids), unit.batch_id)


def change_meetup(store: Store, meetup_id: int, plan: MeetupPlan) -> int | None:
    """Change one date of it; return the step, None when nothing differs. Raises as `plan_meetup`."""
    with work(store, "change a meet-up") as unit:
        meetup = meetup_of(unit.session, meetup_id)
        _set(unit.session, meetup, plan)
        _set_partners(unit, meetup, plan.partners)
        unit.session.flush()
        return unit.batch_id if unit.has_written() else None


def cancel_meetup(store: Store, meetup_id: int) -> int:
    """Call one date off; return the step. Whoever was to come is told one by one (`to_send`).

    Raises UserError when it is off already, or over.
    """
    with work(store, "call off a meet-up") as unit:
        meetup = meetup_of(unit.session, meetup_id)
        if meetup.cancelled_at:
            raise UserError("It is called off already.")
        if meetup.starts_at < unit.now:
            raise UserError("It is over already.")
        meetup.cancelled_at = unit.now
        return unit.batch_id


def meetup_of(session: Session, meetup_id: int) -> Meetup:
    """The meet-up with this number. Raises UserError when there is none."""
    found = session.get(Meetup, meetup_id)
    if found is None:
        raise UserError(f"There is no meet-up E{meetup_id}.", todo="Look for it among the meet-ups.")
    return found


def plan_of(session: Session, meetup: Meetup) -> MeetupPlan:
    """A meet-up as it was planned."""
    return MeetupPlan(
        meetup.title, meetup.starts_at, meetup.ends_at, meetup.kind, meetup.place, meetup.postcode, meetup.link,
        meetup.about, meetup.capacity, tuple(filter(None, meetup.co_organisers.split(", "))),
        tuple(partner_ids(session, meetup.id)),
    )  # fmt: skip


def partner_ids(session: Session, meetup_id: int) -> list[int]:
    """The partners who tell people of it; one that was merged counts as the other."""
    query = (
        select(Partner.merged_into, Partner.id)
        .join(MeetupPartner, MeetupPartner.partner_id == Partner.id)
        .where(MeetupPartner.meetup_id == meetup_id)
        .order_by(MeetupPartner.id)
    )
    return list(dict.fromkeys(heir or own for heir, own in session.execute(query)))


def _add_dates(unit: Unit, plan: MeetupPlan, every_weeks: int, dates: int) -> list[int]:
    ids: list[int] = []
    for start in _every(as_utc(plan.starts_at), every_weeks, dates):
        ids.append(_add(unit, _moved(plan, start), every_weeks, ids[0] if ids else None).id)
    return ids


def _every(start: datetime, weeks: int, dates: int) -> list[datetime]:
    """The same time of the clock in London every so many weeks, whatever summer time does."""
    local = start.astimezone(LONDON).replace(tzinfo=None)
    return [as_utc(one) for one in rrule(WEEKLY, dtstart=local, interval=max(weeks, 1), count=dates)]


def _moved(plan: MeetupPlan, start: datetime) -> MeetupPlan:
    lasts = _end(plan) - as_utc(plan.starts_at)
    return replace(plan, starts_at=start, ends_at=start + lasts)


def _end(plan: MeetupPlan) -> datetime:
    return as_utc(plan.ends_at) if plan.ends_at else as_utc(plan.starts_at) + timedelta(hours=_USUAL_HOURS)


def _add(unit: Unit, plan: MeetupPlan, every_weeks: int, first_id: int | None) -> Meetup:
    meetup = Meetup(first_id=first_id, every_weeks=every_weeks or None)
    _set(unit.session, meetup, plan)
    unit.session.add(meetup)
    unit.session.flush()
    _set_partners(unit, meetup, plan.partners)
    return meetup


def _set(session: Session, meetup: Meetup, plan: MeetupPlan) -> None:
    title, start, end = one_line(plan.title), as_utc(plan.starts_at), _end(plan)
    if not title:
        raise UserError("What is it called?", todo="Give it a name, such as “Tea in Nottingham”.")
    if not timedelta() < end - start <= timedelta(hours=MOST_HOURS):
        raise UserError(f"It ends before it starts, or lasts more than {MOST_HOURS} hours.", todo="Set both times.")
    if start != meetup.starts_at and not -_YEAR < start - clock.now() < _YEARS_AHEAD * _YEAR:
        far = "more than a year ago" if start < clock.now() else f"more than {_YEARS_AHEAD} years away"
        raise UserError(f"{start:%d %B %Y} is {far}.", todo="Check the year.")
    if plan.capacity is not None and plan.capacity < 1:
        raise UserError("A room holds at least one.", todo="Leave it empty when there is room for everybody.")
    code = plan.postcode.strip()
    if code and not outward(code):
        raise UserError(f"“{code}” is not a postcode.", todo="Write it like NG1 7FF, or leave it empty.")
    meetup.title, meetup.starts_at, meetup.ends_at, meetup.kind = title, start, end, plan.kind
    meetup.place, meetup.postcode, meetup.link = one_line(plan.place), one_line(code.upper()), one_line(plan.link)
    meetup.about, meetup.capacity = plan.about.strip(), plan.capacity
    names = (one_line(name.replace(",", " ")) for name in plan.co_organisers)
    meetup.co_organisers = ", ".join(dict.fromkeys(filter(None, names)))


def _set_partners(unit: Unit, meetup: Meetup, wanted: Collection[int]) -> None:
    for one in unit.session.scalars(select(MeetupPartner).where(MeetupPartner.meetup_id == meetup.id)):
        if one.partner_id not in wanted:
            unit.session.delete(one)
    unit.session.flush()
    kept = partner_ids(unit.session, meetup.id)
    for partner_id in dict.fromkeys(wanted):
        if partner_id in kept:
            continue
        if unit.session.get(Partner, partner_id) is None:
            raise UserError(f"There is no partner P{partner_id}.", todo="Look for it among the partners.")
        unit.session.add(MeetupPartner(meetup_id=meetup.id, partner_id=partner_id))
