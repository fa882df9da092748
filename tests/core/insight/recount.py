"""A plain recount of the figures, one person after the other, written without the queries it is compared with."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from matcher import clock
from matcher.consent import states
from matcher.insight import Dimension
from matcher.model import (
    Attendance,
    Base,
    Enquiry,
    Invitation,
    Meetup,
    Member,
    MemberSource,
    Partner,
    Release,
    Request,
    RequesterFact,
    StageMove,
)
from matcher.storage import Store, reading

ENGLAND = (
    "North East", "North West", "Yorkshire and The Humber", "East Midlands", "West Midlands", "East of England",
    "London", "South East", "South West",
)  # fmt: skip
ASKABLE = ("policy", "academic", "media", "sector", "own_events")


@dataclass
class Everything:
    """Every row there is, as plain dicts, and the purposes under which each may be asked now."""

    members: dict[int, dict[str, Any]]
    asks: list[dict[str, Any]]
    requests: dict[int, dict[str, Any]]
    partners: dict[int, dict[str, Any]]
    from_file: set[int]
    moves: list[dict[str, Any]]
    releases: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    meetups: dict[int, dict[str, Any]]
    came: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    may: set[int]

    def person(self, member_id: int) -> dict[str, Any]:
        """The record that stands for the person of a record."""
        member = self.members[member_id]
        return self.members[member["merged_into"]] if member["merged_into"] else member

    def live(self, until: date = date.max) -> list[dict[str, Any]]:
        """Everybody who is a member now and had joined by a day."""
        return [
            one for one in self.members.values()
            if not one["merged_into"] and not one["erased_at"] and joined_on(one) <= until
        ]  # fmt: skip


def read(store: Store) -> Everything:
    """Read everything."""

    def rows(mapped: type[Base]) -> list[dict[str, Any]]:
        columns = [attribute.key for attribute in mapped.__mapper__.column_attrs]
        return [{key: getattr(row, key) for key in columns} for row in session.scalars(select(mapped))]

    def by_id(mapped: type[Base]) -> dict[int, dict[str, Any]]:
        return {row["id"]: row for row in rows(mapped)}

    with reading(store) as session:
        standing = states(session)
        return Everything(
            by_id(Member), rows(Invitation), by_id(Request), by_id(Partner),
            {row["member_id"] for row in rows(MemberSource)}, rows(StageMove), rows(Release),
            rows(RequesterFact), by_id(Meetup), rows(Attendance), rows(Enquiry),
            {
                one for one, said in standing.items()
                if any(said.get(purpose) in ("given", "ask_first") for purpose in ASKABLE)  # type: ignore[call-overload]
            },
        )  # fmt: skip


def day(at: Any) -> date:
    """The London day of an instant."""
    found: date = at.astimezone(clock.LONDON).date()
    return found


def joined_on(member: dict[str, Any]) -> date:
    """The day a member joined: as told, else as they were written down."""
    said: date | None = member["joined_on"]
    return said or day(member["created_at"])


def within(found: date | None, since: date | None, until: date) -> bool:
    """Whether there is such a day, from the first to the last."""
    return found is not None and (since is None or since <= found) and found <= until


def asked(ask: dict[str, Any], since: date | None, until: date) -> bool:
    """Whether an ask was made in the period."""
    return ask["state"] != "to_ask" and ask["asked_at"] is not None and within(day(ask["asked_at"]), since, until)


def took_part(ask: dict[str, Any], since: date | None, until: date) -> bool:
    """Whether it ended, in the period, with taking part."""
    return ask["outcome"] == "took_part" and within(ask["outcome_on"], since, until)


def value(member: dict[str, Any], dimension: Dimension, until: date) -> str | None:
    """What a member is in a dimension."""
    if dimension is not Dimension.EXPERIENCE:
        return member[dimension.value] or None
    if member["start_year"] is None:
        return None
    years = until.year - member["start_year"]
    if years < 3:
        return "under 3"
    if years < 10:
        return "3 to 9"
    return "10 to 19" if years < 20 else "20 or more"


def heard(every: Everything, dimension: Dimension, since: date | None, until: date, *, english: bool) -> Any:
    """Value -> [members, asked, volunteered, took part, asks, parts]."""
    groups: dict[str, dict[str | None, set[int]]] = {
        name: defaultdict(set) for name in ("members", "asked", "volunteered", "took_part")
    }
    times: dict[str, Counter[str | None]] = {"asks": Counter(), "parts": Counter()}

    def counts(person: dict[str, Any]) -> bool:
        if not english or person["region"] in ENGLAND:
            return True
        return person["country"] == "England" and person["region"] not in ("Wales", "Scotland", "Northern Ireland")

    for one in every.live(until):
        if counts(one):
            groups["members"][value(one, dimension, until)].add(one["id"])
    for ask in every.asks:
        person = every.person(ask["member_id"])
        if not counts(person):
            continue
        what = value(person, dimension, until)
        if asked(ask, since, until):
            groups["volunteered" if ask["volunteered"] else "asked"][what].add(person["id"])
            times["asks"][what] += not ask["volunteered"]
        if took_part(ask, since, until):
            groups["took_part"][what].add(person["id"])
            times["parts"][what] += 1
    values = {what for group in groups.values() for what in group}
    return {
        what: [*(len(group[what]) for group in groups.values()), times["asks"][what], times["parts"][what]]
        for what in values
    }


def times_asked(every: Everything, since: date | None, until: date, *, volunteered: bool) -> list[int]:
    """How often each was asked, or volunteered: one number for each person who could be, the least first."""
    often = {one["id"]: 0 for one in every.live(until)}
    for ask in every.asks:
        person = every.person(ask["member_id"])
        if ask["volunteered"] is volunteered and asked(ask, since, until) and person["id"] in often:
            often[person["id"]] += 1
    return sorted(count for one, count in often.items() if count or (one in every.may and not volunteered))


def gini(counts: list[int]) -> float:
    """Half the mean difference between any two people, over the mean: the definition, pair by pair."""
    size, total = len(counts), sum(counts)
    return sum(abs(one - other) for one in counts for other in counts) / (2 * size * total)


def real_requests(every: Everything) -> list[dict[str, Any]]:
    """Those that ask for people: neither other post nor a follow-up to another."""
    return [
        one for one in every.requests.values()
        if one["kind"] == "request" and not one["updates"] and one["stage"] not in ("not_a_request", "merged")
    ]  # fmt: skip


def arrived(every: Everything, since: date | None, until: date) -> list[dict[str, Any]]:
    """The requests that came in the period."""
    return [one for one in real_requests(every) if within(day(one["received_at"]), since, until)]


def introduced(every: Everything, request: dict[str, Any]) -> date | None:
    """The day of a request's first introduction."""
    days = [ask["introduced_on"] for ask in every.asks if ask["request_id"] == request["id"]]
    days += [day(one["at"]) for one in every.releases if one["request_id"] == request["id"]]
    days += [
        day(one["at"]) for one in every.moves
        if one["request_id"] == request["id"] and one["stage"] == "introduced"
    ]  # fmt: skip
    return min((one for one in days if one), default=None)


def waits(every: Everything, since: date | None, until: date) -> list[int]:
    """Days from arrival to the first introduction, of requests first introduced in the period."""
    found = []
    for request in real_requests(every):
        first = introduced(every, request)
        if first is not None and within(first, since, until):
            found.append(max(0, (first - day(request["received_at"])).days))
    return sorted(found)


def joined(every: Everything, since: date | None, until: date) -> dict[str, Counter[Any]]:
    """(month, area) and (month, source) -> how many of those who are members now joined then."""
    areas, sources = Counter[Any](), Counter[Any]()
    for one in every.live():
        on = joined_on(one)
        if not within(on, since, until):
            continue
        month = on.replace(day=1)
        areas[month, one["region"] or "Not known"] += 1
        partner = every.partners.get(one["partner_id"])
        while partner and partner["merged_into"]:
            partner = every.partners[partner["merged_into"]]
        if partner:
            source = partner["name"]
        elif (one["heard_via"] or "").strip():
            source = one["heard_via"].strip().casefold()
        elif one["id"] in every.from_file:
            source = "From a spreadsheet, not said how"
        else:
            source = "Added by hand, not said how"
        sources[month, source] += 1
    return {"areas": areas, "sources": sources}


def held(every: Everything, since: date | None, until: date) -> Counter[str]:
    """Kind -> how many dates were held in the period: not called off, and begun."""
    return Counter(one["kind"].value for one in every.meetups.values() if _was_held(one, since, until))


def visits(every: Everything, since: date | None, until: date) -> dict[str, tuple[int, int]]:
    """Who came -> how often, and by how many people as far as is known."""
    often: dict[str, list[int]] = defaultdict(list)
    walk_ins: Counter[int] = Counter()
    for one in every.came:
        meetup = every.meetups[one["meetup_id"]]
        if not _was_held(meetup, since, until):
            continue
        if one["member_id"] is None:
            walk_ins[meetup["id"]] += 1
        else:
            often[meetup["kind"].value].append(every.person(one["member_id"])["id"])
    found = {kind: (len(people), len(set(people))) for kind, people in often.items()}
    return found | {"walk-ins": (sum(walk_ins.values()), max(walk_ins.values(), default=0))}


def _was_held(meetup: dict[str, Any], since: date | None, until: date) -> bool:
    begun = meetup["starts_at"] <= clock.now()
    return meetup["cancelled_at"] is None and begun and within(day(meetup["starts_at"]), since, until)


def questions(every: Everything, since: date | None, until: date) -> dict[str, tuple[int, int]]:
    """About -> how many questions, and by how many people as far as is known."""
    asked: dict[str, list[int | None]] = defaultdict(list)
    for one in every.questions:
        if within(day(one["received_at"]), since, until):
            asked[one["about"]].append(one["member_id"] and every.person(one["member_id"])["id"])
    return {about: (len(people), len(set(people))) for about, people in asked.items()}
