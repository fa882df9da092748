"""Roles, settings, shifts, contracts and employers that a requirement names, each by its name in the schema."""

import re
from collections.abc import Callable, Iterator

from matcher.model import CriterionField, Op
from matcher.triage.reading.criteria.clause import Clause

_ROLES: tuple[tuple[str, str], ...] = (
    ("senior care worker", r"senior (?:home )?(?:care workers?|carers?)|seniors\b|(?:or|and|/) senior\b"),
    ("support worker", r"support workers?"),
    ("care assistant", r"care assistants?"),
    ("personal assistant", r"personal assistants?|\bPAs?\b"),
    ("care coordinator", r"(?:care )?co-?ordinators?"),
    ("registered manager", r"registered managers?"),
    ("manager", r"management|managerial|(?<!registered )(?<!line )(?<!their )(?<!your )managers?\b"),
    ("owner", r"owners?\b"),
    ("director", r"(?:company )?directors?\b"),
    ("office staff", r"office[- ](?:based )?(?:staff|workers?)|in (?:the|an) office"),
    ("supervisor", r"supervisors?\b"),
    ("team leader", r"team leaders?\b"),
    ("nurse", r"(?<!district )nurses\b|registered nurses?"),
    ("unpaid carer", r"(?:unpaid|family) carers?"),
    ("volunteer", r"volunteers?\b"),
    ("inspector", r"inspectors?\b"),
    ("trainer", r"trainers?\b"),
    ("care worker", r"(?<!senior )(?<!unpaid )(?<!family )(?:domiciliary )?(?:care ?workers?|carers?)\b"),
)  # fmt: skip
_SETTINGS: tuple[tuple[str, str], ...] = (
    ("home care",
        r"home[- ]?care(?! homes?)(?:rs?)?\b|home carers?|domiciliary|(?:clients?['’]s?|people['’]s|"
        r"their)(?: own)? homes?\b|in a client['’]s home|care at home|homecare|"
        r"visit(?:s|ing)? (?:people|clients|customers) (?:at|in) (?:their (?:own )?)?homes?"),
    ("care home", r"care homes?\b|residential care|nursing homes?"),
    ("supported living", r"supported living|extra care"),
    ("hospital", r"(?:in|at|for|or|and) (?:an? |the |your )?(?:\w+ )?hospitals?\b|hospital (?:staff|wards?|"
        r"work\w*)"),
)  # fmt: skip
_SOMEBODY_ELSE = re.compile(
    r"\b(?:supervision of|supervised by|signed off by|by|under|from|your|their|with) (?:a |an |the |your |their )?"
    r"(?:(?:registered|district|line|care) )?$",
    re.I,
)
"""A role that follows is not hers: “under the supervision of a registered nurse”."""
_WORKS = r"(?:do|does|doing|work|works|working|cover|covers|covering) (?:[\w-]+,? (?:and |or )?){0,3}?"
_SHIFTS: tuple[tuple[str, str], ...] = (
    ("sleep-in", r"sleep-?ins?\b|sleeping nights?"),
    ("nights", r"waking nights?|night[- ](?:shifts?|workers?|work|carers?)|"
        r"work(?:s|ing)? (?:\w+ )?at night|\bnights\b|overnight"),
    ("live-in", r"live-?in\b|living[- ]in\b(?! (?:(?-i:[A-Z])|the\b|an?\b|our\b|your\b|one\b))"),
    ("evenings", rf"{_WORKS}(?:evenings?|late (?:calls?|shifts?))\b"),
    ("weekends", rf"{_WORKS}weekends?\b"),
    ("days", r"day shifts?|daytime shifts?"),
)  # fmt: skip
_CONTRACTS: tuple[tuple[str, str], ...] = (
    ("zero hours", r"zero[- ]hours?(?: contracts?)?|\bZHC\b"),
    ("guaranteed hours", r"guaranteed[- ]hours?"),
    ("self-employed", r"self[- ]employed"),
    ("agency worker", r"agency (?:workers?|temps?|staff)"),
    ("employed", r"\bemployees?\b|(?<!self-)(?<!self )\bemployed (?:as|directly|by (?:an? |their |your |any )?"
        r"(?:[\w-]+ ){0,2}(?:agenc|provider|compan|employer|council|authorit|charit))"),
    ("permanent", r"permanent (?:contracts?|staff)"),
    ("bank", r"bank staff"),
)  # fmt: skip
_OR_ANOTHER = r"(?:(?:sector )?(?:or|and) (?:an? )?[\w-]+ (?:sector )?)?"
"""“a private or voluntary provider”: the noun follows the second."""
_EMPLOYERS: tuple[tuple[str, str], ...] = (
    ("private agency", rf"private {_OR_ANOTHER}(?:agenc\w+|provider\w*|compan\w+|firms?)"),
    ("council", r"(?:employed by|work\w* for) (?:a |the |your )?(?:local )?(?:council|authority)"),
    ("charity", rf"(?:employed by|work\w* for) (?:a |the )?(?:charity|not-for-profit)|"
        rf"voluntary(?: sector)? {_OR_ANOTHER}(?:provider\w*|organisations?|agenc\w+)"),
)  # fmt: skip


def listed(
    field: CriterionField, table: tuple[tuple[str, str], ...], least: int = 1
) -> Callable[[str], Iterator[Clause]]:
    compiled = tuple((name, re.compile(rf"(?<!\w)(?:{words})", re.I)) for name, words in table)

    def read(phrase: str) -> Iterator[Clause]:
        hits = [(name, match) for name, pattern in compiled if (match := pattern.search(phrase))]
        hits = [hit for hit in hits if not _SOMEBODY_ELSE.search(phrase[: hit[1].start()])]
        if len(hits) >= least:
            hits.sort(key=lambda hit: hit[1].start())
            yield Clause(field, Op.ANY_OF, [name for name, _ in hits], hits[0][1].start(), hits[-1][1].end())

    return read


roles_in = listed(CriterionField.ROLE, _ROLES)
settings_in = listed(CriterionField.SETTING, _SETTINGS)
contracts_in = listed(CriterionField.CONTRACT, _CONTRACTS)
shifts_in = listed(CriterionField.SHIFT, _SHIFTS)
employers_in = listed(CriterionField.EMPLOYER_TYPE, _EMPLOYERS)
_several_roles_in = listed(CriterionField.ROLE, _ROLES, least=2)
_ONE_OF_A_KIND = listed(
    CriterionField.ROLE,
    tuple(role for role in _ROLES if role[0] in ("personal assistant", "senior care worker", "team leader")),
)


def roles_asked_in(phrase: str) -> Iterator[Clause]:
    """Roles where several are named, or one that not every care worker has."""
    several = list(_several_roles_in(phrase))
    yield from several or _ONE_OF_A_KIND(phrase)
