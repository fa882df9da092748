"""Ranking a request: every live member is either a candidate with reasons, or not now with the rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent import Verdict
from matcher.matching.judgement import PARTS, Evidence, Judgement, Part
from matcher.matching.needs import Need
from matcher.matching.people import snapshot_of
from matcher.matching.profile import Profile
from matcher.matching.quotes import quote_of
from matcher.matching.score import BY_AUDIENCE, DECIMALS, DEFAULT, Fit, Scale, Weights, in_order, ticket
from matcher.model import Audience, RequestKind
from matcher.storage import Store, reading, request_of, setting

FAILS_MUST = "fails_must"
NOT_A_REQUEST = "not_a_request"

_NO_VERDICT = Verdict(False, rule="no_permission", reason="Not a live member")
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

    def everyone(self) -> Iterator[MemberCard]:
        """All members, whether they could fit or not."""
        yield from (candidate.member for candidate in self.candidates)
        yield from (other.member for other in self.others)


def rank(store: Store, request_id: int, *, weights: Weights | None = None, on: date | None = None) -> Ranking:
    """Rank all live members for a request, as of the day ``on`` (today). Raises UserError when it is unknown."""
    return open_case(store, request_id, weights=weights, on=on).ranking()


@dataclass(frozen=True, slots=True)
class Case:
    """A request with everybody it could be put to. ``nobody``: why nobody is asked for, empty when they are."""

    request_id: int
    scale: Scale
    allowed: Mapping[int, Verdict]
    nobody: str = ""

    def ranking(self) -> Ranking:
        """Judge everybody who may be asked."""
        others = {row: self.not_asked(row) for row in range(len(self.scale.among.facts))}
        ordered = in_order((self.scale.fit(row) for row, other in others.items() if other is None), self.request_id)
        return Ranking(
            self.request_id,
            tuple(_candidate(fit, self.allowed[fit.profile.id]) for fit in ordered if fit.failed is None),
            (
                *(_failing(fit, *fit.failed) for fit in ordered if fit.failed is not None),
                *(other for other in others.values() if other is not None),
            ),
        )

    def not_asked(self, row: int) -> NotNow | None:
        """Why the member in this row may not be asked, before anything is judged; None when they may.

        Without a verdict nobody may be asked.
        """
        profile = self.scale.among.facts[row].profile
        verdict = self.allowed.get(profile.id, _NO_VERDICT)
        if verdict.may and not self.nobody:
            return None
        card = _card(profile, self.scale.distance(row), self.scale.years(row))
        if self.nobody:
            return NotNow(card, NOT_A_REQUEST, self.nobody)
        return NotNow(card, verdict.rule, verdict.reason, verdict.until)

    def not_now(self, row: int) -> NotNow | None:
        """Why the member in this row is no candidate; None when they are one."""
        fit = self.scale.fit(row)
        return self.not_asked(row) or (_failing(fit, *fit.failed) if fit.failed is not None else None)


def open_case(store: Store, request_id: int, *, weights: Weights | None = None, on: date | None = None) -> Case:
    """Make a request ready to judge members by. Raises UserError when it is unknown."""
    on = on or clock.today()
    with reading(store) as session:
        request = request_of(session, request_id)
        now = snapshot_of(store, session)
        chosen = weights or weights_of(session, Audience(request.audience))
        return Case(
            request_id,
            Scale(request.brief, now.people, on, chosen),
            now.gate.verdicts(request, on),
            _NOBODY_WANTED.get(RequestKind(request.kind), ""),
        )


def _failing(fit: Fit, need: Need, judgement: Judgement) -> NotNow:
    reason = f"{judgement.note} (must: {need.label})" if judgement.note else f"Fails a must: {need.label}"
    return NotNow(_card_of(fit), FAILS_MUST, reason, evidence=judgement.evidence)


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


def _candidate(fit: Fit, verdict: Verdict) -> Candidate:
    return Candidate(
        member=_card_of(fit),
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


def _card_of(fit: Fit) -> MemberCard:
    return _card(fit.profile, fit.miles, fit.years)


def _card(profile: Profile, miles: float | None = None, years: int | None = None) -> MemberCard:
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


def weights_of(session: Session, audience: Audience) -> Weights:
    """The weights set in this store for an audience, else the defaults."""
    default = BY_AUDIENCE.get(audience, DEFAULT)
    stored = setting(session, f"weights.{audience.value}")
    if not isinstance(stored, Mapping):
        return default
    return Weights(**{part: float(stored.get(part, getattr(default, part))) for part in PARTS})
