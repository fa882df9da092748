"""What the Match tab reads in one go, and the cheap new order while a weight is moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.directory import MemberRow, list_members
from matcher.matching import Candidate, Ranking, Shortlist, Weights, rank, shortlist
from matcher.matching.profile import OWN_WORDS
from matcher.matching.rank import weights_of
from matcher.model import Brief
from matcher.storage import reading
from matcher.storage.store import Store
from matcher.triage import show_request

USUAL_PEOPLE = 8
"""How many people a list is for when the request does not say."""
_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class MatchFacts:
    """A request with everybody judged for it, its list as it stands, and the people themselves by id."""

    request_id: int
    brief: Brief
    ranking: Ranking
    listed: Shortlist
    people: Mapping[int, MemberRow]
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
    return MatchFacts(
        request_id=request_id,
        brief=page.brief,
        ranking=rank(store, request_id, weights=weights),
        listed=shortlist(store, request_id),
        people={row.id: row for row in list_members(store)},
        usual=usual,
        weights=weights or usual,
    )


def own_words(row: MemberRow) -> dict[str, str]:
    """A member's own words by field, those that are not empty."""
    return {name: text for name in OWN_WORDS if (text := getattr(row, name))}


def reweigh(candidates: Sequence[Candidate], before: Weights, after: Weights) -> tuple[Candidate, ...]:
    """The same people as other weights would order them: each part grows or shrinks with its weight.

    As the core ranks, but for the rounding of a decimal and for what stood at no weight before.
    """
    old, new = before.points(), after.points()
    scaled = []
    for candidate in candidates:
        parts = {
            part: round(points * new[part] / old[part], _DECIMALS) if old[part] else 0.0
            for part, points in candidate.parts.items()
        }
        scaled.append(replace(candidate, parts=parts, score=round(sum(parts.values()), _DECIMALS)))
    return tuple(sorted(scaled, key=lambda candidate: (candidate.status != "met", -candidate.score)))
