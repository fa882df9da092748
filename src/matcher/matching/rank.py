"""Ranking a request: every live member is either a candidate with reasons, or not now with the rule."""

from datetime import date

from matcher.matching.cards import Ranking
from matcher.matching.case import open_case
from matcher.matching.score import Weights
from matcher.storage import Store


def rank(store: Store, request_id: int, *, weights: Weights | None = None, on: date | None = None) -> Ranking:
    """Rank all live members for a request, as of the day ``on`` (today). Raises UserError when it is unknown."""
    return open_case(store, request_id, weights=weights, on=on).ranking()
