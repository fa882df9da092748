"""Ranking a request: every live member is either a candidate with reasons, or not now with the rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent import Verdict
from matcher.matching.judgement import PARTS, Evidence, Part
from matcher.matching.people import snapshot_of
from matcher.matching.profile import Profile
from matcher.matching.quotes import quote_of
from matcher.matching.score import BY_AUDIENCE, DECIMALS, DEFAULT, Fit, Weights, fits_among, ticket
from matcher.model import Audience, RequestKind
from matcher.storage import Store, reading, request_of, setting

FAILS_MUST = "fails_must"
NOT_A_REQUEST = "not_a_request"

_NOBODY_WANTED = {
    RequestKind.NEWSLETTER: "This is a newsletter: nobody is being asked for",
    RequestKind.MARKETING: "This is marketing: nobody is put forward for it",
    RequestKind.ENQUIRY: "This is a question of a member's own: it is never matched",
}


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


def rank(
    store: Store, request_id: int, *, weights: Weights | None = None, on: date | None = None
) -> Ranking:
    """Rank all live members for a request, as of the day ``on`` (today). Raises UserError when it is unknown."""
    return ranked(store, request_id, weights=weights, on=on)[1]


def ranked(
    store: Store, request_id: int, *, weights: Weights | None = None, on: date | None = None
) -> tuple[list[Fit], Ranking]:
    """The fits in order, with everything that was judged, and the ranking made of them."""
    on = on or clock.today()
    with reading(store) as session:
        request = request_of(session, request_id)
        now = snapshot_of(store, session)
        kind = RequestKind(request.kind)
        if kind in _NOBODY_WANTED:
            cards = (_card(facts.profile) for facts in now.people.facts)
            nobody = tuple(NotNow(card, NOT_A_REQUEST, _NOBODY_WANTED[kind]) for card in cards)
            return [], Ranking(request.id, (), nobody)
        chosen = weights or weights_of(session, Audience(request.audience))
        ordered = fits_among(request.brief, now.people, on, chosen, request.id)
        return ordered, ranking_of(request.id, ordered, now.gate.verdicts(request, on))


def reweigh(ranking: Ranking, before: Weights, after: Weights) -> Ranking:
    """The same ranking as other weights would order it: each part grows or shrinks with its weight.

    For moving a weight while she looks: as ``rank`` does, but for the rounding of a decimal and for what stood at
    no weight before.
    """
    old, new = before.points(), after.points()
    candidates = []
    for candidate in ranking.candidates:
        parts = {
            part: round(points * new[part] / old[part], DECIMALS) if old[part] else 0.0
            for part, points in candidate.parts.items()
        }
        candidates.append(replace(candidate, parts=parts, score=round(sum(parts.values()), DECIMALS)))
    candidates.sort(key=lambda c: (c.status != "met", -c.score, ticket(ranking.request_id, c.member.id)))
    return replace(ranking, candidates=tuple(candidates))


def ranking_of(request_id: int, ordered: Sequence[Fit], allowed: Mapping[int, Verdict]) -> Ranking:
    """Split fits into candidates and others. Whether she may be asked comes first, then whether she fits.

    A member without a verdict may not be asked.
    """
    candidates, others = [], []
    for fit in ordered:
        verdict = allowed.get(fit.profile.id, Verdict(False, rule="no_permission", reason="Not a live member"))
        card = _card(fit.profile, fit)
        if not verdict.may:
            others.append(NotNow(card, verdict.rule, verdict.reason, verdict.until))
        elif fit.failed is not None:
            need, judgement = fit.failed
            reason = f"{judgement.note} (must: {need.label})" if judgement.note else f"Fails a must: {need.label}"
            others.append(NotNow(card, FAILS_MUST, reason, evidence=judgement.evidence))
        else:
            candidates.append(_candidate(card, fit, verdict))
    return Ranking(request_id, tuple(candidates), tuple(others))


def _candidate(card: MemberCard, fit: Fit, verdict: Verdict) -> Candidate:
    return Candidate(
        member=card,
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


def _card(profile: Profile, fit: Fit | None = None) -> MemberCard:
    return MemberCard(
        id=profile.id,
        name=profile.name,
        town=profile.town,
        region=profile.region,
        country=profile.country,
        role=profile.role,
        miles=fit.miles if fit else None,
        years=fit.years if fit else None,
    )


def weights_of(session: Session, audience: Audience) -> Weights:
    """The weights set in this store for an audience, else the defaults."""
    default = BY_AUDIENCE.get(audience, DEFAULT)
    stored = setting(session, f"weights.{audience.value}")
    if not isinstance(stored, Mapping):
        return default
    return Weights(**{part: float(stored.get(part, getattr(default, part))) for part in PARTS})


