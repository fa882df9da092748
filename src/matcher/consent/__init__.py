"""The ledger and the gate: who may be asked for what, and what may be released to whom."""

from matcher.consent.aftermath import ToDo, WouldFollow, follow_standing_noes, tick_off, to_do, would_follow
from matcher.consent.check_ins import CheckedIn, DueCheckIn, due_check_ins, record_check_in, record_check_ins
from matcher.consent.conflicts import Workplace, Workplaces
from matcher.consent.erasure import Erased, erase
from matcher.consent.gate import (
    Ask,
    Everybody,
    Gate,
    Rest,
    Standing,
    Verdict,
    check_may_ask,
    everybody,
    rest_rules,
    resting,
    resting_until,
    verdicts,
)
from matcher.consent.ledger import REFUSALS, chain_problems
from matcher.consent.permissions import (
    AnswersRecorded,
    DatedDecision,
    FormAnswer,
    Permission,
    decide,
    decided_since,
    expiring_between,
    history,
    is_plausible,
    record,
    record_answers,
    states,
    states_on,
    withdraw,
)
from matcher.consent.proposals import Proposal, settle, waiting
from matcher.consent.release import RELEASABLE, Shared, releases
from matcher.consent.restoring import Restored, restore
from matcher.consent.subject_report import Section, SubjectReport, requester_report, save_report, subject_report
from matcher.consent.suppression import Suppressed
from matcher.consent.undo import undo
from matcher.consent.wordings import WordingVersion, add_wording, limit_wording, wordings

__all__ = [
    "REFUSALS",
    "RELEASABLE",
    "AnswersRecorded",
    "Ask",
    "CheckedIn",
    "DatedDecision",
    "DueCheckIn",
    "Erased",
    "Everybody",
    "FormAnswer",
    "Gate",
    "Permission",
    "Proposal",
    "Rest",
    "Restored",
    "Section",
    "Shared",
    "Standing",
    "SubjectReport",
    "Suppressed",
    "ToDo",
    "Verdict",
    "WordingVersion",
    "Workplace",
    "Workplaces",
    "WouldFollow",
    "add_wording",
    "chain_problems",
    "check_may_ask",
    "decide",
    "decided_since",
    "due_check_ins",
    "erase",
    "everybody",
    "expiring_between",
    "follow_standing_noes",
    "history",
    "is_plausible",
    "limit_wording",
    "record",
    "record_answers",
    "record_check_in",
    "record_check_ins",
    "releases",
    "requester_report",
    "rest_rules",
    "resting",
    "resting_until",
    "restore",
    "save_report",
    "settle",
    "states",
    "states_on",
    "subject_report",
    "tick_off",
    "to_do",
    "undo",
    "verdicts",
    "waiting",
    "withdraw",
    "wordings",
    "would_follow",
]
