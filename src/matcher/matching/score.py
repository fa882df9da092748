"""The score of a member for a request: three parts that add up to the total out of 100, each with its reasons.

Pure: profiles and a brief in, fits out. The same inputs give the same order, in whatever order they come.
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from matcher.matching import places
from matcher.matching.facts import Facts
from matcher.matching.judgement import PARTS, Evidence, Judgement, Part, Status
from matcher.matching.needs import Need, Needs, needs_of, topic_degree
from matcher.matching.people import People, people
from matcher.matching.profile import Profile
from matcher.matching.work import years_of
from matcher.model import Audience, Brief

DECIMALS = 1
_WORTH_SAYING = 0.5
_PREFERRED_WHERE, _PREFERRED_EXPERIENCE = 0.5, 0.45
"""The share of a part that its nice-to-haves decide."""
_FIRST_OF_SEVERAL = 0.75
_DEEP_EXPERIENCE = 10
"""Years in home care from which more of them add nothing."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts. Any positive numbers: they are brought to 100 points."""

    region: float
    experience: float
    interests: float

    def points(self) -> dict[Part, float]:
        """The most points each part can give; they add up to 100."""
        total = self.region + self.experience + self.interests
        return {part: 100 * getattr(self, part) / total for part in PARTS} if total > 0 else DEFAULT.points()


DEFAULT = Weights(20, 55, 25)
BY_AUDIENCE = {
    Audience.POLICY: Weights(20, 55, 25),
    Audience.ACADEMIC: Weights(20, 60, 20),
    Audience.MEDIA: Weights(25, 45, 30),
    Audience.SECTOR: Weights(20, 50, 30),
    Audience.OWN: Weights(50, 20, 30),
}


@dataclass(frozen=True, slots=True)
class Fit:
    """How one member fits a request.

    ``failed`` names the must she fails, when she does: she is then no candidate. ``to_ask`` lists the musts that
    are not known of her. ``parts`` in points add up to ``score``; ``reasons`` is one plain sentence a part.
    """

    profile: Profile
    score: float
    parts: dict[Part, float]
    status: Literal["met", "ask"]
    to_ask: tuple[str, ...] = ()
    to_check: tuple[str, ...] = ()
    miles: float | None = None
    years: int | None = None
    evidence: tuple[Evidence, ...] = ()
    reasons: dict[Part, str] = field(default_factory=dict)
    judged: tuple[tuple[Need, Judgement], ...] = ()
    failed: tuple[Need, Judgement] | None = None


def ticket(request_id: int, member_id: int, seed: str = "") -> str:
    """The lot of a member for a request: a keyed digest that nobody chooses; the lowest goes first."""
    return hmac.digest(seed.encode(), f"{request_id}|{member_id}".encode(), "sha256").hex()


def fits(
    brief: Brief, profiles: Sequence[Profile], today: date, weights: Weights | None = None, request_id: int = 0
) -> list[Fit]:
    """Judge every profile against a brief: first who meets all musts, then who must be asked, then who fails one.

    Within each the higher score goes first, equal scores by lot.
    """
    scale = Scale(brief, people(profiles), today, weights)
    return in_order([scale.fit(row) for row in range(len(profiles))], request_id)


def in_order(found: Iterable[Fit], request_id: int) -> list[Fit]:
    """Fits in the order in which people are put forward."""
    return sorted(found, key=lambda fit: (*_group(fit), -fit.score, ticket(request_id, fit.profile.id)))


def _group(fit: Fit) -> tuple[bool, bool]:
    return fit.failed is not None, fit.status != "met"


@dataclass(frozen=True, slots=True)
class _Alike:
    """How like a member's words are to the whole request and to each topic, 0 to 1 within this ranking."""

    request: float
    topics: tuple[float, ...]


class Scale:
    """A brief made ready to judge people by. Word likeness is brought to 0..1 by the best of all of them."""

    def __init__(self, brief: Brief, among: People, today: date, weights: Weights | None = None) -> None:
        self.among = among
        self._today = today
        self._needs = needs_of(brief)
        self._points = (weights or BY_AUDIENCE.get(brief.audience, DEFAULT)).points()
        self._request = _scaled(among.index.likeness(self._needs.query).tolist())
        self._topics = [_scaled(among.index.likeness(topic.text).tolist()) for topic in self._needs.topics]

    def fit(self, row: int) -> Fit:
        """Judge the person in this row."""
        alike = _Alike(self._request[row], tuple(topic[row] for topic in self._topics))
        return _fit(self._needs, self.among.facts[row], self._today, self._points, alike)

    def distance(self, row: int) -> float | None:
        """Miles from the nearest place of the request, when known."""
        return _miles(places.reach(self._needs.setting, self.among.facts[row].profile))

    def years(self, row: int) -> int | None:
        """The fewest years in home care, when known."""
        known = years_of(self.among.facts[row], self._today)
        return known[0] if known else None


def _scaled(values: list[float]) -> list[float]:
    best = max(values, default=0.0)
    return [value / best for value in values] if best > 0 else values


def _miles(near: places.Closeness) -> float | None:
    return round(near.miles, 1) if near.miles is not None else None


def _fit(needs: Needs, facts: Facts, today: date, points: dict[Part, float], alike: _Alike) -> Fit:
    judged = tuple((need, need.judge(facts, today)) for need in (*needs.musts, *needs.prefers))
    musts = judged[: len(needs.musts)]
    near = places.reach(needs.setting, facts.profile)
    years = years_of(facts, today)
    interests, spoken = _interests(needs, judged, facts, alike)
    share = {
        "region": _region(judged, near),
        "experience": _experience(judged, alike, years),
        "interests": interests,
    }
    sure = _certainty(musts)
    parts = {part: round(points[part] * min(1.0, share[part]) * sure, DECIMALS) for part in PARTS}
    to_ask = tuple(need.label for need, j in musts if j.status is Status.UNKNOWN and need.asks)
    return Fit(
        profile=facts.profile,
        score=round(sum(parts.values()), DECIMALS),
        parts=parts,
        status="ask" if to_ask else "met",
        to_ask=to_ask,
        to_check=tuple(need.label for need, j in musts if j.check),
        miles=_miles(near),
        years=years[0] if years else None,
        evidence=(*(piece for _, j in judged for piece in j.evidence), *spoken),
        reasons={
            "region": near.note,
            "experience": _sentence(judged, "experience"),
            "interests": _speaks(spoken),
        },
        judged=judged,
        failed=next((pair for pair in musts if pair[1].status is Status.FAILED), None),
    )


def _certainty(musts: Sequence[tuple[Need, Judgement]]) -> float:
    """What is left of her points when each must that is not known of her holds back its share."""
    left = 1.0
    for need, judgement in musts:
        if judgement.status is Status.UNKNOWN:
            left *= 1 - need.weight * (1 - judgement.degree)
    return left


def _region(judged: Sequence[tuple[Need, Judgement]], near: places.Closeness) -> float:
    musts, prefers = _degrees(judged, "region")
    base = (near.degree + _mean(musts)) / 2 if musts else near.degree
    return _with_prefers(base, prefers, _PREFERRED_WHERE)


def _experience(judged: Sequence[tuple[Need, Judgement]], alike: _Alike, years: tuple[int, int] | None) -> float:
    musts, prefers = _degrees(judged, "experience")
    depth = min(1.0, years[0] / _DEEP_EXPERIENCE) if years else 0.0
    base = 0.8 * _mean(musts) + 0.1 * alike.request + 0.1 * depth
    return _with_prefers(base, prefers, _PREFERRED_EXPERIENCE)


def _interests(
    needs: Needs, judged: Sequence[tuple[Need, Judgement]], facts: Facts, alike: _Alike
) -> tuple[float, tuple[Evidence, ...]]:
    degrees = []
    spoken: list[Evidence] = []
    for topic, likeness in zip(needs.topics, alike.topics, strict=True):
        degree, evidence = topic_degree(topic, facts)
        degrees.append(0.75 * degree + 0.25 * likeness if topic.topics else 0.6 * likeness)
        spoken += evidence
    musts, prefers = _degrees(judged, "interests")
    degrees += [*musts, *prefers]
    if not degrees:
        return 0.0, ()
    return 0.6 * max(degrees) + 0.4 * _mean(degrees), tuple(spoken)


def _degrees(judged: Sequence[tuple[Need, Judgement]], part: Part) -> tuple[list[float], list[float]]:
    """The degrees of the musts and of the nice-to-haves of one part; what is not asked about does not count."""
    musts = [j.degree for need, j in judged if need.part == part and need.must and need.asks]
    prefers = [j.degree for need, j in judged if need.part == part and not need.must]
    return musts, prefers


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def _with_prefers(base: float, prefers: Sequence[float], share: float) -> float:
    """Add nice-to-haves to a part: the first that holds counts most, each further one less."""
    if not prefers:
        return base
    missing = 1.0
    for value in prefers:
        missing *= 1 - _FIRST_OF_SEVERAL * value
    return (1 - share) * base + share * (1 - missing)


def _sentence(judged: Sequence[tuple[Need, Judgement]], part: Part) -> str:
    notes = (j.note for need, j in judged if need.part == part and j.degree >= _WORTH_SAYING)
    return "; ".join(dict.fromkeys(note for note in notes if note))


def _speaks(spoken: Sequence[Evidence]) -> str:
    if not spoken:
        return "Says nothing of these topics"
    return "Speaks of " + ", ".join(dict.fromkeys(f"“{piece.text}”" for piece in spoken[:4]))
