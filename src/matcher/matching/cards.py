"""What a ranking shows of each member: one who could fit with the reasons, or one not now with the rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from matcher.consent import Verdict
from matcher.matching.judgement import Evidence, Part
from matcher.matching.profile import Profile
from matcher.matching.quotes import quote_of
from matcher.matching.score import Fit

FAILS_MUST = "fails_must"
NOT_A_REQUEST = "not_a_request"


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A member in one line. ``miles`` to the nearest place of the request, ``years`` in home care, when known."""

    id: int
    name: str
    town: str | None
    region: str | None
    country: str | None
    role: str | None
    miles: float | None = None
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who may be asked. ``parts`` in points add up to ``score`` (out of 100).

    ``status`` is met, or ask when a must is not known of her (``to_ask`` lists them); ``to_check`` are musts that
    only her words say she meets. ``ask_first``: to be asked personally, never in bulk. ``quote`` is the sentence
    of her own that says most of what was asked, empty when none does.
    """

    member: MemberCard
    score: float
    parts: dict[Part, float]
    status: str
    ask_first: bool
    to_ask: tuple[str, ...]
    to_check: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    reasons: dict[Part, str]
    quote: str = ""


class Fitting(NamedTuple):
    """Somebody who could fit, as a list is drawn from them: points, and whether every must is known to be met."""

    member_id: int
    score: float
    meets: bool


@dataclass(frozen=True, slots=True)
class NotNow:
    """A member who is no candidate, the rule that says so and the reason in a plain sentence."""

    member: MemberCard
    rule: str
    reason: str
    until: date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every live member, in exactly one of the two."""

    request_id: int
    candidates: tuple[Candidate, ...]
    others: tuple[NotNow, ...]

    def everyone(self) -> Iterator[MemberCard]:
        """All members, whether they could fit or not."""
        yield from (candidate.member for candidate in self.candidates)
        yield from (other.member for other in self.others)


def candidate_of(fit: Fit, verdict: Verdict) -> Candidate:
    """A fit of somebody who may be asked."""
    return Candidate(
        member=card_of(fit.profile, fit.miles, fit.years),
        score=fit.score,
        parts=fit.parts,
        status=fit.status,
        ask_first=verdict.ask_first,
        to_ask=fit.to_ask,
        to_check=fit.to_check,
        evidence=fit.evidence,
        reasons=fit.reasons,
        quote=quote_of(fit.evidence, fit.profile),
    )


def failing(fit: Fit) -> NotNow | None:
    """Somebody who fails a must, with the first that she fails; None when she fails none."""
    if fit.failed is None:
        return None
    need, judgement = fit.failed
    rule = f"not wanted: “{need.said}”" if need.excludes else f"must have: “{need.said}”"
    reason = f"{judgement.note} ({rule})" if judgement.note else f"Does not fit ({rule})"
    return NotNow(card_of(fit.profile, fit.miles, fit.years), FAILS_MUST, reason, evidence=judgement.evidence)


def card_of(profile: Profile, miles: float | None = None, years: int | None = None) -> MemberCard:
    """A member in one line."""
    return MemberCard(
        id=profile.id,
        name=profile.name,
        town=profile.town,
        region=profile.region,
        country=profile.country,
        role=profile.role,
        miles=miles,
        years=years,
    )
