"""What a single cell says of being asked: only a clear yes is one."""

import re
from collections.abc import Mapping
from functools import lru_cache

from matcher.knowledge.answers import permission_said
from matcher.knowledge.permissions import names_all, permission_answers
from matcher.knowledge.purposes import purposes_named
from matcher.model import Decision, Purpose

_OF_WHAT = re.compile(r"\b(?:what|which|who)\b.*\b(?:about|contact|ask|hear|talk|speak|help)", re.IGNORECASE)
_ANSWERS = {"yes": Decision.GIVEN, "ask": Decision.ASK_FIRST, "no": Decision.REFUSED}


@lru_cache(maxsize=16_384)
def permissions_said(question: str, cell: str) -> Mapping[Purpose, Decision]:
    """What a ticked list, or a plain answer to a question about several purposes, decides.

    A bare "yes" gives only purposes that the question itself names: "OK to contact?" says nothing of what
    about. "Everything" does, to a question of what.
    """
    found = {Purpose(said.purpose): Decision(said.decision) for said in permission_answers(question, cell)}
    bare = not purposes_named(cell) and not purposes_named(question)
    if bare and _OF_WHAT.search(question) and names_all(cell):
        return found
    return {p: decision for p, decision in found.items() if not bare or decision is Decision.REFUSED}


@lru_cache(maxsize=16_384)
def permission_answered(cell: str) -> Decision | None:
    """The answer to a question about one purpose; None when it says neither yes nor no."""
    return _ANSWERS.get(permission_said(cell) or "")
