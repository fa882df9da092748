"""What a cell says about being asked: only a clear yes is one."""

import re
from collections.abc import Mapping
from functools import lru_cache

from matcher.knowledge.answers import permission_answers, purposes_named, yes_no
from matcher.model import Decision, Purpose

_EXCEPT = re.compile(
    r"\b(except|excluding|excl|but not|not for|apart from|other than|bar|anything but|all but)\b", re.I
)
_ANSWERS = {"yes": Decision.GIVEN, "ask": Decision.ASK_FIRST, "no": Decision.REFUSED}


@lru_cache(maxsize=16_384)
def permissions_said(question: str, cell: str) -> Mapping[Purpose, Decision]:
    """What a ticked list, or a plain answer to a question about several purposes, decides.

    A bare "yes" gives only purposes that the question itself names: "OK to contact?" says nothing of what
    about. A purpose named as an exception is refused.
    """
    found = {
        Purpose(said.purpose): (Decision(said.decision), said.text) for said in permission_answers(question, cell)
    }
    bare = not purposes_named(cell) and not purposes_named(question)
    decided: dict[Purpose, Decision] = {}
    for purpose, (decision, label) in found.items():
        if _EXCEPT.search(label):
            decided[purpose] = Decision.REFUSED
        elif not bare or decision is Decision.REFUSED:
            decided[purpose] = decision
    return decided


def permission_answered(cell: str) -> Decision | None:
    """The answer to a question about one purpose; None when it says neither yes nor no."""
    return _ANSWERS.get(yes_no(cell) or "")
