"""A balanced, fair list: who fits, whose turn it is, one seat by lot, under rules in plain sentences."""

from matcher.matching.fair.clash import ClashError, Conflict, Loosened
from matcher.matching.fair.draw import Drawn, Options, Seat, Share, draw
from matcher.matching.fair.rules import Contender, Rule
from matcher.matching.fair.sentences import read_rule, read_rules
from matcher.matching.fair.turns import Turn, deficits

__all__ = [
    "ClashError",
    "Conflict",
    "Contender",
    "Drawn",
    "Loosened",
    "Options",
    "Rule",
    "Seat",
    "Share",
    "Turn",
    "deficits",
    "draw",
    "read_rule",
    "read_rules",
]
