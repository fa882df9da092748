"""What the Match tab reads in one go: the first people of each list; the rest is read when she comes to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from matcher.matching import (
    Candidate,
    Case,
    Listed,
    NotNow,
    Shortlist,
    Weights,
    open_case,
    shortlist,
    weights_of,
    wishes,
)
from matcher.matching.fair.history import Counted, PastDraw, past_draws, rules_on
from matcher.matching.shortlist import RESERVES
from matcher.model import Brief
from matcher.outreach import asked_anyway_because
from matcher.storage import reading, settings_in
from matcher.storage.store import Store
from matcher.triage import show_request

USUAL_PEOPLE = 8
"""How many people a list is for when the request does not say."""
PAGE = 200
"""So many who could fit are read at once."""
OF_EACH_REASON = 300
"""So many are shown of those whom one rule keeps out; the others are found by name."""
_FARTHEST = 5_000
"""Up to this place the list is read on to somebody who is looked for."""


@dataclass(frozen=True, slots=True)
class MatchFacts:
    """A request with everybody placed for it, the first of each list, and its list as it stands.

    ``not_now``: how many each rule keeps out. ``on_list``: how those stand who are on the list. ``wishes``: whom
    she keeps on it or off it; ``anyway``: why somebody may be asked though resting; ``draws``: how its lists were
    made, ``counted`` how their rules stand now, ``lots`` how many places go by lot as a rule.
    """

    request_id: int
    brief: Brief
    case: Case
    candidates: tuple[Candidate, ...]
    others: tuple[NotNow, ...]
    not_now: Mapping[str, int]
    on_list: Mapping[int, Candidate | NotNow]
    listed: Shortlist
    usual: Weights
    weights: Weights
    wishes: Mapping[int, bool]
    anyway: Mapping[int, str]
    draws: tuple[PastDraw, ...]
    counted: tuple[Counted, ...]
    lots: int

    @property
    def wanted(self) -> int:
        return wanted_by(self.brief)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of the last list that was drawn."""
        return self.draws[0].rules if self.draws else ()

    def place_of(self, member_id: int) -> Listed | None:
        """Somebody's place on the list; None when they have none."""
        places = (*self.listed.chosen, *self.listed.reserves)
        return next((place for place in places if place.member_id == member_id), None)

    @property
    def could_fit(self) -> int:
        """How many could fit, those not read yet among them."""
        return self.case.could_fit

    def is_of_reading(self, other: "MatchFacts") -> bool:
        """Whether both come from the same reading of the store, whatever the weights."""
        return self.not_now is other.not_now

    def name_of(self, member_id: int) -> str | None:
        """The name of somebody who was read; None of anybody else."""
        known = (*self.candidates, *self.others, *self.on_list.values())
        return next((one.member.name for one in known if one.member.id == member_id), None)


def wanted_by(brief: Brief) -> int:
    """How many people a request wants: the most it asks for, for every place when it says so."""
    wanted = brief.people_wanted
    number = wanted.max or wanted.min or USUAL_PEOPLE
    return number * max(1, len(brief.places)) if wanted.per_place else number


def read_facts(store: Store, request_id: int, weights: Weights | None) -> MatchFacts:
    """Read a request and place everybody for it, by ``weights`` or the usual ones."""
    page = show_request(store, request_id)
    with reading(store) as session:
        usual, lots = weights_of(session, page.brief.audience), settings_in(session).places_by_lot
    case = open_case(store, request_id, weights=weights or usual)
    listed, not_now = shortlist(store, request_id), case.not_now()
    places, draws = (*listed.chosen, *listed.reserves), past_draws(store, request_id)
    first = max(PAGE, wanted_by(page.brief) + RESERVES + len(places))
    rows = {place.member_id: case.row_of(place.member_id) for place in places}
    looks = {member_id: case.look_at(row) for member_id, row in rows.items() if row is not None}
    return MatchFacts(
        request_id=request_id,
        brief=page.brief,
        case=case,
        candidates=case.candidates(0, first),
        others=tuple(other for rule in not_now for other in case.others(rule, 0, OF_EACH_REASON)),
        not_now=not_now,
        on_list={member_id: look[0] for member_id, look in looks.items() if look},
        listed=listed,
        usual=usual,
        weights=weights or usual,
        wishes=wishes(store, request_id),
        anyway=asked_anyway_because(store, request_id),
        draws=draws,
        counted=counted_on(store, listed, draws),
        lots=lots,
    )


def counted_on(store: Store, listed: Shortlist, draws: tuple[PastDraw, ...]) -> tuple[Counted, ...]:
    """How the rules of the last draw stand on a list as it is now."""
    return rules_on(store, [place.member_id for place in listed.chosen], draws[0].read) if draws else ()


def weighed(facts: MatchFacts, weights: Weights, shown: int) -> MatchFacts:
    """The same by other weights, the first ``shown`` of those who could fit in their new order."""
    case = facts.case.weighed(weights)
    return replace(facts, case=case, candidates=case.candidates(0, max(PAGE, shown)), weights=weights)


def read_on_to(facts: MatchFacts, member_id: int) -> tuple[Candidate | NotNow, tuple[Candidate, ...]] | None:
    """Somebody who is looked for, and those who could fit as far as their place; None when they are gone."""
    row = facts.case.row_of(member_id)
    look = facts.case.look_at(row) if row is not None else None
    if row is None or look is None:
        return None
    place = facts.case.place_of(row)
    far = place is None or place < len(facts.candidates) or place > _FARTHEST
    return look[0], facts.candidates if far else facts.case.candidates(0, (place or 0) + 1)
