"""Roles, settings, shifts, contracts and employers that a requirement names, each by its name in the schema."""

import re
from collections.abc import Callable, Iterator

from matcher.knowledge.tables import any_of, kinds_in
from matcher.model import CriterionField, Op
from matcher.triage.reading.criteria.clause import Clause

_TABLES = kinds_in("vocabulary/request_kinds.tsv")
_SOMEBODY_ELSE = re.compile(
    r"\b(?:supervision of|supervised by|signed off by|by|under|from|your|their|with) (?:a |an |the |your |their )?"
    r"(?:(?:registered|district|line|care) )?$",
    re.I,
)
"""A role that follows is not hers: “under the supervision of a registered nurse”."""


def _listed(field: CriterionField, *only: str, least: int = 1) -> Callable[[str], Iterator[Clause]]:
    """A reader of the kinds of a field (``only`` these); it finds nothing where fewer than ``least`` are named."""
    compiled = {
        kind: any_of(phrases, r"(?<!\w)") for kind, phrases in _TABLES[field].items() if not only or kind in only
    }

    def read(phrase: str) -> Iterator[Clause]:
        hits = [(kind, match) for kind, pattern in compiled.items() if (match := pattern.search(phrase))]
        hits = [hit for hit in hits if not _SOMEBODY_ELSE.search(phrase[: hit[1].start()])]
        if len(hits) >= least:
            hits.sort(key=lambda hit: hit[1].start())
            yield Clause(field, Op.ANY_OF, [kind for kind, _ in hits], hits[0][1].start(), hits[-1][1].end())

    return read


roles_in = _listed(CriterionField.ROLE)
settings_in = _listed(CriterionField.SETTING)
contracts_in = _listed(CriterionField.CONTRACT)
shifts_in = _listed(CriterionField.SHIFT)
employers_in = _listed(CriterionField.EMPLOYER_TYPE)
_several_roles_in = _listed(CriterionField.ROLE, least=2)
_special_roles_in = _listed(CriterionField.ROLE, "personal assistant", "senior care worker", "team leader")


def roles_asked_in(phrase: str) -> Iterator[Clause]:
    """Roles where several are named, or one that not every care worker has."""
    several = list(_several_roles_in(phrase))
    yield from several or _special_roles_in(phrase)
