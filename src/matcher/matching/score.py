"""The score of a member for a request: three parts that add up to the total out of 100, each with its reasons.

Pure: profiles and a brief in, fits out. The same inputs give the same order, in whatever order they come.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session

from matcher.matching import formula, places
from matcher.matching.facts import Facts
from matcher.matching.judgement import PARTS, SPEAKS_OF_IT, Evidence, Judgement, Part, Status
from matcher.matching.lots import ticket
from matcher.matching.needs import Need, Needs, needs_of, topic_degree
from matcher.matching.profile import OWN_WORDS, Profile
from matcher.matching.work import years_of
from matcher.model import Audience, Brief
from matcher.storage import setting

_WORTH_SAYING = 0.5


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
    ``shares`` of each part's points (0 to 1) and ``sure``, what is left of them, hold whatever the weights.
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
    shares: Mapping[Part, float] = field(default_factory=dict)
    sure: float = 1.0


def fits(
    brief: Brief, profiles: Sequence[Profile], today: date, weights: Weights | None = None, request_id: int = 0
) -> list[Fit]:
    """Judge every profile against a brief: first who meets all musts, then who must be asked, then who fails one.

    Within each the higher score goes first, equal scores by lot.
    """
    from matcher.matching.index import Board, index_of

    index, scale = index_of(profiles), Scale(brief, today, weights)
    board = Board(scale.needs, index, today)
    by_id = {profile.id: Facts(profile) for profile in profiles}
    known = [by_id[member_id] for member_id in index.ids.tolist()]
    return in_order([scale.fit(facts, board.alike(row)) for row, facts in enumerate(known)], request_id)


def in_order(found: Iterable[Fit], request_id: int) -> list[Fit]:
    """Fits in the order in which people are put forward."""
    return sorted(found, key=lambda fit: (*_group(fit), -fit.score, ticket(request_id, fit.profile.id)))


def _group(fit: Fit) -> tuple[bool, bool]:
    return fit.failed is not None, fit.status != "met"


@dataclass(frozen=True, slots=True)
class Alike:
    """How like a member's words are to the whole request and to each topic, 0 to 1: the likest of all has 1."""

    request: float
    topics: tuple[float, ...]


class Scale:
    """A brief made ready to judge people by, one by one."""

    def __init__(self, brief: Brief, today: date, weights: Weights | None = None) -> None:
        self.needs = needs_of(brief)
        self.today = today
        self.points = (weights or BY_AUDIENCE.get(brief.audience, DEFAULT)).points()

    def weighed(self, weights: Weights) -> "Scale":
        """The same with other weights."""
        other = object.__new__(Scale)
        other.needs, other.today, other.points = self.needs, self.today, weights.points()
        return other

    def weigh(self, fit: Fit) -> Fit:
        """A fit by other weights as it is by these."""
        tenths = _tenths(self.points, fit.shares, fit.sure)
        parts = {part: value / formula.TENTHS for part, value in tenths.items()}
        return replace(fit, parts=parts, score=sum(tenths.values()) / formula.TENTHS)

    def fit(self, facts: Facts, alike: Alike) -> Fit:
        """Judge one person."""
        return _fit(self.needs, facts, self.today, self.points, alike)

    def distance(self, profile: Profile) -> float | None:
        """Miles from the nearest place of the request, when known."""
        return _miles(places.reach(self.needs.setting, profile))

    def years(self, facts: Facts) -> int | None:
        """The fewest years in home care, when known."""
        known = years_of(facts, self.today)
        return known[0] if known else None


def _miles(near: places.Closeness) -> float | None:
    return round(near.miles, 1) if near.miles is not None else None


def _fit(needs: Needs, facts: Facts, today: date, points: dict[Part, float], alike: Alike) -> Fit:
    judged = tuple((need, need.judge(facts, today)) for need in (*needs.musts, *needs.prefers))
    musts = judged[: len(needs.musts)]
    near = places.reach(needs.setting, facts.profile)
    years = years_of(facts, today)
    interests, spoken = _interests(needs, judged, facts, alike)
    depth = needs.depth(facts, today).degree
    share: dict[Part, float] = {
        "region": formula.region(near.degree, *_degrees(judged, "region")),
        "experience": formula.experience(*_degrees(judged, "experience"), alike.request, depth),
        "interests": interests,
    }
    sure = 1.0
    for need, judgement in musts:
        sure = sure * need.certainty(judgement)
    tenths = _tenths(points, share, sure)
    to_ask = tuple(need.said for need, j in musts if j.status is Status.UNKNOWN and need.asks)
    return Fit(
        profile=facts.profile,
        score=sum(tenths.values()) / formula.TENTHS,
        parts={part: value / formula.TENTHS for part, value in tenths.items()},
        status="ask" if to_ask else "met",
        to_ask=to_ask,
        to_check=tuple(need.said for need, j in musts if j.check),
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
        shares=share,
        sure=sure,
    )


def _tenths(points: Mapping[Part, float], shares: Mapping[Part, float], sure: float) -> dict[Part, int]:
    return {part: formula.tenths(points[part], shares[part], sure) for part in PARTS}


def _interests(
    needs: Needs, judged: Sequence[tuple[Need, Judgement]], facts: Facts, alike: Alike
) -> tuple[float, tuple[Evidence, ...]]:
    topics = []
    spoken: list[Evidence] = []
    for topic, likeness in zip(needs.topics, alike.topics, strict=True):
        degree, evidence = topic_degree(topic, facts)
        topics.append(formula.topic(degree if topic.topics else None, likeness))
        spoken += evidence
    musts, prefers = _degrees(judged, "interests")
    return formula.interests(topics, [*musts, *prefers]), tuple(spoken)


def _degrees(judged: Sequence[tuple[Need, Judgement]], part: Part) -> tuple[list[float], list[float]]:
    """The degrees of the musts and of the nice-to-haves of one part; what is not asked about does not count."""
    musts = [j.degree for need, j in judged if need.part == part and need.must and need.asks]
    prefers = [j.degree for need, j in judged if need.part == part and not need.must]
    return musts, prefers


def _sentence(judged: Sequence[tuple[Need, Judgement]], part: Part) -> str:
    said = (
        _with_words(j)
        for need, j in judged
        if need.part == part and j.status is Status.MET and j.degree >= _WORTH_SAYING and not need.excludes
    )
    return "; ".join(dict.fromkeys(note for notes in said for note in notes.split("; ") if note))


def _with_words(judgement: Judgement) -> str:
    """Its note; where that only says that she speaks of it, what she says."""
    if judgement.note != SPEAKS_OF_IT:
        return judgement.note
    return _speaks([piece for piece in judgement.evidence if piece.source in OWN_WORDS])


def _speaks(spoken: Sequence[Evidence]) -> str:
    if not spoken:
        return "Says nothing of these topics"
    return "Speaks of " + ", ".join(dict.fromkeys(f"“{piece.text}”" for piece in spoken[:4]))


def weights_of(session: Session, audience: Audience) -> Weights:
    """The weights set in this store for an audience, else the defaults."""
    default = BY_AUDIENCE.get(audience, DEFAULT)
    stored = setting(session, f"weights.{audience.value}")
    if not isinstance(stored, Mapping):
        return default
    return Weights(**{part: float(stored.get(part, getattr(default, part))) for part in PARTS})
