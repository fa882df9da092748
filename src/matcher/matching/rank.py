"""Ranking a request: every live member is either a candidate with reasons, or not now with the rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent.gate import Verdict, verdicts
from matcher.consent.permissions import states
from matcher.matching.judgement import PARTS, Evidence, Part
from matcher.matching.profile import COLUMNS, Profile, profile_of
from matcher.matching.score import BY_AUDIENCE, DEFAULT, Fit, Weights, fits
from matcher.model import BACKGROUND_USE, Audience, Member, Request, RequestKind, State
from matcher.storage import Store, reading, request_of, setting

FAILS_MUST = "fails_must"
NOT_A_REQUEST = "not_a_request"

_NOBODY_WANTED = {
    RequestKind.NEWSLETTER: "This is a newsletter: nobody is being asked for",
    RequestKind.MARKETING: "This is marketing: nobody is put forward for it",
    RequestKind.ENQUIRY: "This is a question of a member's own: it is never matched",
}
_NO = frozenset({State.REFUSED, State.WITHDRAWN})


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
    only her words say she meets. ``ask_first``: to be asked personally, never in bulk.
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
    with reading(store) as session:
        return rank_in(session, request_of(session, request_id), weights=weights, on=on)


def rank_in(
    session: Session, request: Request, *, weights: Weights | None = None, on: date | None = None
) -> Ranking:
    """The same inside an open session."""
    return ranked(session, request, weights=weights, on=on or clock.today())[1]


def ranked(
    session: Session, request: Request, *, weights: Weights | None = None, on: date
) -> tuple[list[Fit], Ranking]:
    """The fits in order, with everything that was judged, and the ranking made of them."""
    profiles = profiles_of(session)
    kind = RequestKind(request.kind)
    if kind in _NOBODY_WANTED:
        nobody = tuple(NotNow(_card(p), NOT_A_REQUEST, _NOBODY_WANTED[kind]) for p in profiles)
        return [], Ranking(request.id, (), nobody)
    chosen = weights or weights_of(session, Audience(request.audience))
    ordered = fits(request.brief, profiles, on, chosen, request.id)
    return ordered, ranking_of(request.id, ordered, verdicts(session, request, on))


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


def profiles_of(session: Session, member_id: int | None = None) -> list[Profile]:
    """The profiles of all live members (or of one), by id, each with only the background she lets be used."""
    columns = (getattr(Member, name) for name in COLUMNS)
    query = select(*columns).where(Member.merged_into.is_(None)).order_by(Member.id)
    permissions = states(session) if member_id is None else states(session, [member_id])
    if member_id is not None:
        query = query.where(Member.id == member_id)
    found = []
    for row in session.execute(query).mappings():
        mine = permissions.get(row["id"], {})
        used = {field for field, purpose in BACKGROUND_USE.items() if mine.get(purpose) is State.GIVEN}
        refused = {field for field, purpose in BACKGROUND_USE.items() if mine.get(purpose) in _NO}
        found.append(profile_of(dict(row), used, refused))
    return found


def weights_of(session: Session, audience: Audience) -> Weights:
    """The weights set in this store for an audience, else the defaults."""
    default = BY_AUDIENCE.get(audience, DEFAULT)
    stored = setting(session, f"weights.{audience.value}")
    if not isinstance(stored, Mapping):
        return default
    return Weights(**{part: float(stored.get(part, getattr(default, part))) for part in PARTS})


