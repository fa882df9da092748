"""How a request's list stands: how many are wanted, asked, willing, and who of the reserve comes next."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from matcher import clock
from matcher.consent import everybody
from matcher.model import Brief, Invitation, InvitationState, Outcome, Request, ShortlistEntry, Stage
from matcher.outreach.ready_messages import may_still
from matcher.storage import member_of, reading, request_of
from matcher.storage.store import Store

_ASKING = (Stage.ASKING, Stage.INTRODUCED)
_on_its_list = ShortlistEntry.request_id == Request.id
_LOST = (Outcome.COULD_NOT_ATTEND, Outcome.DID_NOT_ATTEND)


@dataclass(frozen=True, slots=True)
class Places:
    """The seats of a request's list. ``wanted``: as many as the brief says, else as many as the list holds.

    ``lost``: said no, or yes and then could not come, or may not be asked any more. ``short_by``: how many more
    have to be asked so that enough could still say yes. ``next_reserve``: the member of the reserve to ask next,
    None when nobody is left who may.
    """

    wanted: int
    listed: int
    to_ask: int
    waiting: int
    agreed: int
    lost: int
    short_by: int
    next_reserve: int | None
    reserves_left: int


@dataclass(frozen=True, slots=True)
class ShortOf:
    """A request that is short of people, how its list stands, and the name of who comes next of the reserve."""

    request_id: int
    title: str
    places: Places
    next_name: str


def places(store: Store, request_id: int) -> Places:
    """Where the list of a request stands. Raises UserError for an unknown request."""
    with reading(store) as session:
        request = request_of(session, request_id)
        entries = session.scalars(
            select(ShortlistEntry)
            .where(ShortlistEntry.request_id == request_id)
            .order_by(ShortlistEntry.reserve, ShortlistEntry.position)
        ).all()
        asks = session.scalars(select(Invitation).where(Invitation.request_id == request_id)).all()
        found = everybody(session, [one.member_id for one in entries]).verdicts(request, clock.today())
    may = {one.member_id for one in entries if (verdict := found.get(one.member_id)) and may_still(verdict)}
    asked = {ask.member_id for ask in asks if ask.state is not InvitationState.TO_ASK}
    listed = [entry.member_id for entry in entries if not entry.reserve]
    next_ones = [one.member_id for one in entries if one.reserve and one.member_id in may - asked]
    states = Counter(ask.state for ask in asks)
    to_ask = sum(one in may for one in listed if one not in asked)
    gone = sum(one not in may for one in listed if one not in asked)
    lost = gone + states[InvitationState.NO] + sum(ask.outcome in _LOST for ask in asks)
    agreed = states[InvitationState.YES] + sum(
        ask.state is InvitationState.DONE and ask.outcome not in _LOST for ask in asks
    )
    wanted = _wanted(request.brief) or len(listed)
    short_by = max(0, wanted - agreed - states[InvitationState.ASKED] - to_ask)
    return Places(
        wanted, len(listed), to_ask, states[InvitationState.ASKED], agreed, lost, short_by,
        next_ones[0] if next_ones else None, len(next_ones),
    )  # fmt: skip


def short_of_people(store: Store) -> tuple[ShortOf, ...]:
    """The requests of whose list some cannot take part, and too few still may; the most urgent first."""
    with reading(store) as session:
        open_ones = session.execute(
            select(Request.id, Request.title)
            .where(Request.stage.in_(_ASKING), select(ShortlistEntry.id).where(_on_its_list).exists())
            .order_by(Request.deadline.is_(None), Request.deadline, Request.id)
        ).all()
    found = [(id, title, places(store, id)) for id, title in open_ones]
    short = [(id, title, stands) for id, title, stands in found if stands.lost and stands.short_by]
    with reading(store) as session:
        return tuple(
            ShortOf(id, title, stands, member_of(session, stands.next_reserve).name if stands.next_reserve else "")
            for id, title, stands in short
        )


def _wanted(brief: Brief) -> int:
    """How many people the brief wants in all; 0 when it does not say."""
    wanted = brief.people_wanted
    number = wanted.max or wanted.min or 0
    return number * max(1, len(brief.places)) if wanted.per_place else number
