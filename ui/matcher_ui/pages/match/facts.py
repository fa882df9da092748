"""What the Match tab reads in one go."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.matching import Ranking, Shortlist, Weights, rank, shortlist, weights_of
from matcher.model import Brief
from matcher.storage import reading
from matcher.storage.store import Store
from matcher.triage import show_request

USUAL_PEOPLE = 8
"""How many people a list is for when the request does not say."""


@dataclass(frozen=True, slots=True)
class MatchFacts:
    """A request with everybody judged for it, their names by id, and its list as it stands."""

    request_id: int
    brief: Brief
    ranking: Ranking
    names: Mapping[int, str]
    listed: Shortlist
    usual: Weights
    weights: Weights

    @property
    def wanted(self) -> int:
        return wanted_by(self.brief)


def wanted_by(brief: Brief) -> int:
    """How many people a request wants: the most it asks for, for every place when it says so."""
    wanted = brief.people_wanted
    number = wanted.max or wanted.min or USUAL_PEOPLE
    return number * max(1, len(brief.places)) if wanted.per_place else number


def read_facts(store: Store, request_id: int, weights: Weights | None) -> MatchFacts:
    """Read a request and rank everybody for it, by ``weights`` or the usual ones."""
    page = show_request(store, request_id)
    with reading(store) as session:
        usual = weights_of(session, page.brief.audience)
    ranking = rank(store, request_id, weights=weights)
    return MatchFacts(
        request_id=request_id,
        brief=page.brief,
        ranking=ranking,
        names={card.id: card.name for card in ranking.everyone()},
        listed=shortlist(store, request_id),
        usual=usual,
        weights=weights or usual,
    )
