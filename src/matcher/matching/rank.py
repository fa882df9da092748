"""Ranking a request: every live member is either a candidate with reasons, or not now with the rule."""

from dataclasses import replace
from datetime import date

from matcher.matching.cards import Ranking
from matcher.matching.case import open_case
from matcher.matching.lots import ticket
from matcher.matching.score import DECIMALS, Weights
from matcher.storage import Store


def rank(store: Store, request_id: int, *, weights: Weights | None = None, on: date | None = None) -> Ranking:
    """Rank all live members for a request, as of the day ``on`` (today). Raises UserError when it is unknown."""
    return open_case(store, request_id, weights=weights, on=on).ranking()


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
