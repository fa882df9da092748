"""Who fits a request and why: criteria, places, words, score, explanation, shortlist."""

from matcher.matching.cards import Candidate, MemberCard, NotNow, Ranking
from matcher.matching.case import Case, open_case
from matcher.matching.criteria import judge
from matcher.matching.judgement import Evidence, Judgement, Part, Status
from matcher.matching.profile import Profile, profile_of
from matcher.matching.rank import rank
from matcher.matching.score import BY_AUDIENCE, Fit, Weights, fits, weights_of
from matcher.matching.shortlist import (
    Listed,
    Shortlist,
    Suggestion,
    make_shortlist,
    save_shortlist,
    shortlist,
    suggest,
)
from matcher.matching.why import Why, explain, why
from matcher.matching.wishes import wish, wishes

__all__ = [
    "BY_AUDIENCE",
    "Candidate",
    "Case",
    "Evidence",
    "Fit",
    "Judgement",
    "Listed",
    "MemberCard",
    "NotNow",
    "Part",
    "Profile",
    "Ranking",
    "Shortlist",
    "Status",
    "Suggestion",
    "Weights",
    "Why",
    "explain",
    "fits",
    "judge",
    "make_shortlist",
    "open_case",
    "profile_of",
    "rank",
    "save_shortlist",
    "shortlist",
    "suggest",
    "weights_of",
    "why",
    "wish",
    "wishes",
]
