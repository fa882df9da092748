"""Why one member is where she is for a request, in plain sentences."""

from dataclasses import dataclass, replace
from datetime import date

from matcher.errors import UserError
from matcher.matching.cards import Candidate, MemberCard, NotNow
from matcher.matching.case import Case, open_case
from matcher.matching.judgement import Evidence, Judgement, Part, Status
from matcher.matching.needs import Need
from matcher.matching.score import Fit
from matcher.matching.shortlist import shortlist
from matcher.storage import Store

_OWN_WORDS = frozenset({"experience_text", "interests_text", "availability_text", "conditions_text", "avoid_text"})


@dataclass(frozen=True, slots=True)
class Why:
    """The place of one member for a request, explained.

    ``position`` counts candidates from 1; None when she is no candidate. ``sentences`` say it in order: what
    decides first, then must by must, nice-to-have by nice-to-have, then where her points come from.
    """

    member: MemberCard
    candidate: bool
    position: int | None
    score: float | None
    parts: dict[Part, float]
    sentences: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def why(store: Store, request_id: int, member_id: int, *, on: date | None = None) -> Why:
    """Explain one member for a request. Raises UserError when either is unknown, or she was merged into another."""
    found = explain(open_case(store, request_id, on=on), member_id)
    listed = shortlist(store, request_id)
    place = next((one for one in (*listed.chosen, *listed.reserves) if one.member_id == found.member.id), None)
    if place is None:
        return found
    where = "In reserve" if place in listed.reserves else "On the list"
    first, *more = place.told or ("put there by hand.",)
    told = (f"{where}: {first[:1].lower()}{first[1:]}", *more)
    return replace(found, sentences=(found.sentences[0], *told, *found.sentences[1:]))


def explain(case: Case, member_id: int) -> Why:
    """Explain one member of a request that is open. Raises UserError when she is unknown."""
    row = case.row_of(member_id)
    seen = case.look_at(row) if row is not None else None
    if row is None or seen is None:
        raise UserError(f"There is no member M{member_id}.", todo="Look for them among the members.")
    found, fit = seen
    place = case.place_of(row)
    if isinstance(found, NotNow):
        return _other(found, None if case.nobody else fit)
    assert place is not None
    return _candidate(found, fit, place + 1, case.could_fit)


def _candidate(candidate: Candidate, fit: Fit, position: int, of: int) -> Why:
    first = f"{candidate.member.name} is number {position} of {of} with {candidate.score:g} of 100 points."
    if candidate.ask_first:
        first += " They want to be asked personally first."
    points = ", ".join(f"{part} {points:g}" for part, points in candidate.parts.items())
    sentences = [first, *_judged(fit), f"Points: {points}."]
    sentences += [f"{part.capitalize()}: {reason}." for part, reason in candidate.reasons.items() if reason]
    return Why(
        candidate.member, True, position, candidate.score, candidate.parts, tuple(sentences), candidate.evidence
    )


def _other(other: NotNow, fit: Fit | None) -> Why:
    first = f"{other.member.name} is not put forward: {other.reason}."
    sentences = (first, *(_judged(fit) if fit else ()))
    evidence = other.evidence or (fit.evidence if fit else ())
    return Why(other.member, False, None, None, fit.parts if fit else {}, sentences, evidence)


def _judged(fit: Fit) -> list[str]:
    return [_sentence(need, judgement) for need, judgement in fit.judged if need.asks]


_SAYS = {
    (True, Status.MET): "Must have “{label}”: yes",
    (True, Status.FAILED): "Must have “{label}”: no",
    (True, Status.UNKNOWN): "Must have “{label}”: not known, so ask",
    (False, Status.MET): "Nice to have “{label}”: yes",
    (False, Status.FAILED): "Nice to have “{label}”: no",
    (False, Status.UNKNOWN): "Nice to have “{label}”: not known",
}
_RULES_OUT = {
    Status.MET: "Not wanted “{label}”: they are not",
    Status.FAILED: "Not wanted “{label}”: they are",
    Status.UNKNOWN: "Not wanted “{label}”: not known, so ask",
}


def _sentence(need: Need, judgement: Judgement) -> str:
    ways = _RULES_OUT[judgement.status] if need.excludes else _SAYS[need.must, judgement.status]
    says = ways.format(label=need.said)
    if judgement.check:
        says += ", by their own words: check with them"
    quoted = [f"“{piece.text}”" for piece in judgement.evidence if piece.source in _OWN_WORDS]
    because = ": ".join(filter(None, (judgement.note, ", ".join(dict.fromkeys(quoted[:3])))))
    return f"{says}. {because}." if because and because != need.said else f"{says}."
