"""Who could be invited to a meet-up: the nearest willing members first, and why not the others."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.consent import Verdict, event_verdicts
from matcher.knowledge.numbers import spoken_minutes
from matcher.knowledge.postcodes import outward, postcode
from matcher.matching.named_places import NamedPlace, named_places
from matcher.matching.places import MILES_A_MINUTE, Closeness, nearest
from matcher.matching.profile import Profile
from matcher.model import Meetup, MeetupInvitation, MeetupState, Member
from matcher.outreach.meetups.plan import meetup_of
from matcher.storage import reading
from matcher.storage.store import Store

AN_HOUR = 60
_COLUMNS = (
    "id", "first_name", "last_name", "town", "authority", "county", "region", "country", "latitude", "longitude",
    "travel_miles", "online_ok", "in_person_ok",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invitee:
    """One member and one meet-up. ``minutes`` and ``miles`` from home, None when not known or it is online.

    ``may``: whether she may be invited at all; ``ask_first``: only personally, alone. ``why_not``: why she is not
    suggested, in words, which keeps nobody from inviting her who ``may`` be. ``state`` None: not invited yet.
    """

    member_id: int
    name: str
    where: str
    miles: float | None
    minutes: int | None
    may: bool
    ask_first: bool
    why_not: str
    state: MeetupState | None


@dataclass(frozen=True, slots=True)
class Invitees:
    """Everybody in one of the two: who is suggested, the nearest first, and all others.

    ``place`` is what was understood of where it is, "" when nothing was, or it is online.
    """

    place: str
    online: bool
    suggested: tuple[Invitee, ...]
    others: tuple[Invitee, ...]


def invitees(store: Store, meetup_id: int, within_minutes: int = AN_HOUR) -> Invitees:
    """Who could come within so many minutes; the distance is taken as matching takes it.

    Raises UserError when there is no such meet-up.
    """
    with reading(store) as session:
        meetup = meetup_of(session, meetup_id)
        wanted = _places_named(meetup.place, meetup.postcode)
        allowed, states = event_verdicts(session, meetup), _states(session, meetup_id)
        columns = (getattr(Member, name) for name in _COLUMNS)
        found = []
        for row in session.execute(select(*columns).where(Member.is_live())).mappings():
            profile = Profile(**row)
            verdict = allowed[profile.id]
            found.append(_invitee(profile, verdict, states.get(profile.id), meetup, wanted, within_minutes))
    found.sort(key=_order)
    return Invitees(
        ", ".join(where.name for where in wanted),
        is_online(meetup),
        tuple(one for one in found if not one.why_not),
        tuple(one for one in found if one.why_not),
    )


def understood(place: str, code: str) -> str:
    """The town that a place and a postcode were understood as, with its region; "" when they name none."""
    found = _places_named(place, code)
    return ", ".join((found[0].name, *found[0].regions)) if found else ""


def _places_named(place: str, code: str) -> tuple[NamedPlace, ...]:
    """Where it is, as matching knows places: by its postcode, else by the town that its place names."""
    district = postcode(outward(code) or "") or postcode(_outward_in(place))
    if district is not None:
        named = named_places(place)
        name = named[0].name if named else district.authority
        return (NamedPlace(name, "town", (district.region,), district.lat, district.lon),)
    return tuple(where for where in named_places(place) if where.kind == "town")[:1]


def is_online(meetup: Meetup) -> bool:
    """Whether there is no place to go to."""
    return not meetup.place and not meetup.postcode


def _outward_in(place: str) -> str:
    return (outward(place) or "") if any(letter.isdigit() for letter in place) else ""


def _states(session: Session, meetup_id: int) -> dict[int, MeetupState]:
    query = select(Member.person(), MeetupInvitation.state).join(
        MeetupInvitation, MeetupInvitation.member_id == Member.id
    )
    of_it = query.where(MeetupInvitation.meetup_id == meetup_id)
    return dict(session.execute(of_it).all())


def _invitee(
    profile: Profile, verdict: Verdict, state: MeetupState | None, meetup: Meetup, wanted: tuple[NamedPlace, ...],
    within: int,
) -> Invitee:  # fmt: skip
    near = nearest(profile, wanted) if wanted else None
    miles = near.miles if near else None
    minutes = None if miles is None else max(1, round(miles / MILES_A_MINUTE))
    may = verdict.may or verdict.rule == "already_asked"
    why_not = "" if state is not None else verdict.reason or _unfit(profile, meetup, near, minutes, within)
    where = ", ".join(filter(None, dict.fromkeys((profile.town, profile.region or profile.country))))
    return Invitee(profile.id, profile.name, where, miles, minutes, may, verdict.ask_first, why_not, state)


def _unfit(profile: Profile, meetup: Meetup, near: Closeness | None, minutes: int | None, within: int) -> str:
    """Why she is not suggested though she may be invited."""
    if is_online(meetup):
        return "Would rather meet in person" if profile.online_ok is False else ""
    if profile.in_person_ok is False:
        return "Takes part online only"
    if near is None or near.miles is None or minutes is None:
        return "Where they live is not known"
    if minutes > within:
        return f"{near.miles:.0f} miles away, more than {spoken_minutes(within)}"
    if profile.travel_miles is not None and near.miles > profile.travel_miles:
        return f"{near.miles:.0f} miles away, travels up to {profile.travel_miles}"
    return ""


def _order(one: Invitee) -> tuple[bool, bool, float, str, int]:
    """Who may first; then the nearest; unknown distances last."""
    return (not one.may, one.miles is None, one.miles or 0.0, one.name.casefold(), one.member_id)
