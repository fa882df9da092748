"""How the network grew: who joined in which month, where, and how they came to it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from matcher.insight.period import Period, london_day
from matcher.insight.voice import NOT_KNOWN
from matcher.knowledge.regions import REGIONS
from matcher.knowledge.tables import fold
from matcher.model import Member, MemberSource, Partner

MOST_SOURCES = 8
FROM_A_FILE, BY_HAND, OTHERS = "From a spreadsheet, not said how", "Added by hand, not said how", "Other ways"
NOT_SAID = "Not said"


@dataclass(frozen=True, slots=True)
class Series:
    """One area or one source: how many joined in each month of `Growth.months`."""

    label: str
    joined: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """Members who joined, month by month. ``months``: the first day of each, without gaps.

    ``joined``: all who joined in each month and are still here; those of ``by_area`` add up to it, and so do those
    of ``by_source``. ``members``: how many there were at the end of each month, counted in the same way, so that
    those erased since are in neither. ``erased``: people erased in each month, a count of people nothing is known
    of. ``by_source``: the partner they came through, else the way they named, else whether they came in a
    spreadsheet or were added by hand; the eight largest, all others together.
    """

    months: tuple[date, ...]
    joined: tuple[int, ...]
    members: tuple[int, ...]
    erased: tuple[int, ...]
    by_area: tuple[Series, ...]
    by_source: tuple[Series, ...]


def growth(session: Session, within: Period) -> Growth:
    """How the network grew in a period; without a beginning, from the month the first member joined."""
    found = list(_joined(session))
    gone = select(Member.erased_at).where(Member.erased_at.is_not(None), Member.merged_into.is_(None))
    erased = [london_day(at) for at in session.scalars(gone) if at]
    days = [one.day for one in found if one.day <= within.until]
    first = within.since or min([*days, *(day for day in erased if day <= within.until)], default=within.until)
    months = tuple(_months(first, within.until))
    total, before = Counter[date](), 0
    areas: defaultdict[str, Counter[date]] = defaultdict(Counter)
    sources: defaultdict[str, Counter[date]] = defaultdict(Counter)
    for one in found:
        before += one.people if within.since and one.day < within.since else 0
        if within.has(one.day):
            month = one.day.replace(day=1)
            total[month] += one.people
            areas[one.area][month] += one.people
            sources[one.source][month] += one.people
    members, so_far = [], before
    for month in months:
        so_far += total[month]
        members.append(so_far)
    left = Counter(day.replace(day=1) for day in erased if within.has(day))
    return Growth(
        months, tuple(total[month] for month in months), tuple(members), tuple(left[month] for month in months),
        _series(months, _by_place(areas)), _series(months, _largest(sources)),
    )  # fmt: skip


def joined_through(session: Session, within: Period) -> dict[str, int]:
    """Partner -> how many joined through it in a period, then those who came in another way or did not say.

    What members wrote of how they came is not in it: it may name somebody.
    """
    partners, others = Counter[str](), {OTHERS: 0, NOT_SAID: 0}
    for one in _joined(session):
        if not within.has(one.day):
            continue
        if one.is_partner:
            partners[one.source] += one.people
        else:
            others[NOT_SAID if one.source in (FROM_A_FILE, BY_HAND) else OTHERS] += one.people
    return {**dict(sorted(partners.items(), key=lambda item: (-item[1], item[0]))), **others}


class _Joined(NamedTuple):
    """Live members who are alike in when, where and through whom they joined, and how many they are."""

    day: date
    area: str
    source: str
    is_partner: bool
    people: int


def _joined(session: Session) -> Iterator[_Joined]:
    partner = aliased(Partner)
    through = func.coalesce(Partner.merged_into, Partner.id)
    in_a_file = select(MemberSource.id).where(MemberSource.member_id == Member.id).exists()
    came = case((in_a_file, FROM_A_FILE), else_=BY_HAND)
    columns = (
        Member.joined_on, case((Member.joined_on.is_(None), Member.created_at)).label("made"),
        func.nullif(Member.region, ""), partner.name, func.nullif(func.trim(Member.heard_via), ""),
        case((Member.heard_via.is_(None), came), (func.trim(Member.heard_via) == "", came)),
    )  # fmt: skip
    query = (
        select(*columns, func.count())
        .select_from(Member)
        .outerjoin(Partner, Partner.id == Member.partner_id)
        .outerjoin(partner, partner.id == through)
        .where(Member.is_live())
        .group_by(*columns)
    )
    spoken: dict[str, str] = {}
    for joined_on, made, region, partner_name, heard, otherwise, count in session.execute(query):
        said = spoken.setdefault(fold(heard), heard) if heard else otherwise
        day = joined_on or london_day(made)
        yield _Joined(day, region or NOT_KNOWN, partner_name or said, partner_name is not None, count)


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def _by_place(areas: Mapping[str, Counter[date]]) -> dict[str, Counter[date]]:
    order = {name: place for place, name in enumerate(REGIONS)}
    return {name: areas[name] for name in sorted(areas, key=lambda name: (order.get(name, len(order)), name))}


def _largest(sources: Mapping[str, Counter[date]]) -> dict[str, Counter[date]]:
    ranked = sorted(sources, key=lambda name: (-sources[name].total(), name))
    kept = {name: sources[name] for name in ranked[:MOST_SOURCES]}
    if rest := ranked[MOST_SOURCES:]:
        kept[OTHERS] = sum((sources[name] for name in rest), Counter[date]())
    return kept


def _series(months: tuple[date, ...], counts: Mapping[str, Counter[date]]) -> tuple[Series, ...]:
    return tuple(Series(label, tuple(count[month] for month in months)) for label, count in counts.items())
