"""Closed kinds of role, employer, contract, shift, setting and background, and the phrases that name them.

The phrases stand in ``vocabulary/kinds.tsv``. Each is a regular expression over lower-case text; a longer phrase
wins over a shorter one inside it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from matcher.knowledge.tables import kinds_in


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that names a kind, at ``text[start:end]``; ``denied`` when a "not" or "never" governs it."""

    kind: str
    start: int
    end: int
    denied: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """Kind -> the phrases that name it. Identity is equality, so that readings can be cached."""

    phrases: Mapping[str, tuple[str, ...]]

    def pattern(self) -> re.Pattern[str]:
        """All phrases as one expression with a group a kind, the longest phrase first."""
        return _compiled(self)


@cache
def _compiled(table: Table) -> re.Pattern[str]:
    pairs = _longest_first(table)
    names = {kind: f"k{number}" for number, kind in enumerate(table.phrases)}
    alternatives = [f"(?P<{names[kind]}_{i}>{phrase})" for i, (phrase, kind) in enumerate(pairs)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w])", re.IGNORECASE)


def _longest_first(table: Table) -> list[tuple[str, str]]:
    pairs = [(phrase, kind) for kind, phrases in table.phrases.items() for phrase in phrases]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@cache
def _scan(table: Table) -> re.Pattern[str]:
    """Where a phrase may begin in a text of small letters.

    An expression that tells neither kinds nor capitals apart goes by first letters, and is five times as fast.
    """
    phrases = (_CAPITAL.sub(lambda found: found[0].lower(), phrase) for phrase, _ in _longest_first(table))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w])")


_CAPITAL = re.compile(r"(?<!\\)[A-Z]")
_ODD = re.compile("[ſı]")
"""Letters that are equal to others as capitals, but not as small letters."""


def _matches(text: str, table: Table) -> Iterator[re.Match[str]]:
    """The same as ``table.pattern().finditer(text)``."""
    small, scan, pattern, at = text.lower(), _scan(table), table.pattern(), 0
    if len(small) != len(text) or _ODD.search(small):
        yield from pattern.finditer(text)
        return
    while begins := scan.search(small, at):
        match = pattern.match(text, begins.start())
        if match:
            yield match
        at = match.end() if match else begins.start() + 1


@cache
def _kinds(table: Table) -> tuple[str, ...]:
    return tuple(table.phrases)


def hits(text: str, table: Table) -> tuple[Hit, ...]:
    """Every phrase of ``table`` in ``text``, in order, denied ones marked."""
    if not text:
        return ()
    kinds = _kinds(table)
    found = []
    for match in _matches(text, table):
        group = match.lastgroup or ""
        kind = kinds[int(group[1 : group.index("_")])]
        found.append(Hit(kind, match.start(), match.end(), denied(text, match.start())))
    return tuple(found)


@cache
def named(text: str, table: Table) -> frozenset[str]:
    """The kinds that a short phrase names and does not deny."""
    return frozenset(hit.kind for hit in hits(text, table) if not hit.denied)


def any_named(texts: Collection[str], table: Table) -> frozenset[str]:
    """The kinds that any of several phrases names."""
    return frozenset().union(*(named(text, table) for text in texts))


_DENIAL = re.compile(
    r"\b(?:not|no|never|none|nor|without|don'?t|do not|doesn'?t|didn'?t|won'?t|wouldn'?t|can'?t|cannot"
    r"|couldn'?t|haven'?t|isn'?t|aren'?t|ain'?t|refuse[ds]?|avoid|gave up|given up|stopped|rather not"
    r"|apart from|except|anything but|outside|excluding|other than)\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"[.;!?\n]|\b(?:but|though|however|only|just|so|because|cos|when|if|and i)\b", re.IGNORECASE)
_REACH = 45


def denied(text: str, start: int) -> bool:
    """Whether a denial governs what stands at ``start``: in the same clause, a few words before."""
    before = text[max(0, start - _REACH) : start].replace("’", "'")
    turns = list(_TURN.finditer(before))
    clause = before[turns[-1].end() :] if turns else before
    return _DENIAL.search(clause) is not None


_TABLES = {
    of: Table({kind: tuple(phrases) for kind, phrases in kinds.items()})
    for of, kinds in kinds_in("vocabulary/kinds.tsv").items()
}
ROLES = _TABLES["role"]
EMPLOYERS = _TABLES["employer"]
CONTRACTS = _TABLES["contract"]
SHIFTS = _TABLES["shift"]
SETTINGS = _TABLES["setting"]
GENDERS = _TABLES["gender"]
ETHNICITIES = _TABLES["ethnicity"]
STATUSES = _TABLES["migration_status"]
TRANSPORT = _TABLES["transport"]

HANDS_ON = frozenset(
    {"care_worker", "support_worker", "senior", "personal_assistant", "live_in", "night", "reablement",
     "complex", "self_employed_carer", "apprentice"}
)  # fmt: skip
AWAY_FROM_CARE = frozenset({"coordinator", "office", "manager", "owner", "trainer"})
"""Roles whose main work is not hands-on care."""
PROVIDERS = frozenset(
    {"agency", "small_provider", "large_provider", "franchise", "council", "charity", "coop",
     "live_in_agency", "specialist", "nhs", "care_home"}
)  # fmt: skip
"""Employers that are an organisation: whoever works for one is employed by a provider."""
AGENCIES = frozenset({"agency", "small_provider", "large_provider", "franchise", "specialist", "live_in_agency"})
