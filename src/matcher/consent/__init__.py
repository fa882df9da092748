"""The ledger and the gate: who may be asked for what, and what may be released to whom."""

from matcher.consent.gate import Rest, Verdict, check_may_ask, rest_rules, verdicts
from matcher.consent.ledger import chain_problems
from matcher.consent.permissions import (
    AnswersRecorded,
    DatedDecision,
    FormAnswer,
    Permission,
    decide,
    history,
    record,
    record_answers,
    states,
    withdraw,
)
from matcher.consent.undo import undo

__all__ = [
    "AnswersRecorded",
    "DatedDecision",
    "FormAnswer",
    "Permission",
    "Rest",
    "Verdict",
    "chain_problems",
    "check_may_ask",
    "decide",
    "history",
    "record",
    "record_answers",
    "rest_rules",
    "states",
    "undo",
    "verdicts",
    "withdraw",
]
