"""Which phrases of the original say which facts of a brief: numbered marks for the text and for the form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from matcher.model import Brief
from matcher.triage import Draft, Evidence
from matcher_ui.widgets.marked_text import Mark

_ALONGSIDE = frozenset({"deadline_text"})
"""Facts that are only the words of another."""


@dataclass(frozen=True, slots=True)
class Found:
    """A fact that was read: the number of its phrase, the phrase, and whether it was said outright."""

    number: int
    phrase: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The marks of a text and, by the name of the fact (“deadline”, “criteria.0”), where it was found."""

    marks: tuple[Mark, ...]
    facts: dict[str, Found]


def reading_of(text: str, evidence: Mapping[str, Evidence]) -> Reading:
    """Number the phrases in the order of the text. Phrases that overlap share a number; none lies outside it."""
    spans = sorted(
        (found.start, found.end, name)
        for name, found in evidence.items()
        if name not in _ALONGSIDE
        and 0 <= found.start < found.end <= len(text)
        and text[found.start : found.end] == found.text
    )
    groups: list[tuple[int, int, list[str]]] = []
    for start, end, name in spans:
        if groups and start < groups[-1][1]:
            first, last, names = groups[-1]
            groups[-1] = (first, max(last, end), [*names, name])
        else:
            groups.append((start, end, [name]))
    marks: list[Mark] = []
    facts: dict[str, Found] = {}
    for number, (start, end, names) in enumerate(groups, start=1):
        sure = all(evidence[name].sure for name in names)
        marks.append(Mark(start, end, "found" if sure else "check", number))
        facts |= {name: Found(number, evidence[name].text, evidence[name].sure) for name in names}
    return Reading(tuple(marks), facts)


def corrected(draft: Draft, brief: Brief, *, mention: bool = False) -> Draft:
    """The draft with the brief as she left it; evidence stays for what she did not change.

    With ``mention`` what she changed counts as said all the same, though no phrase says it: an update carries
    on only what was said.
    """
    evidence: dict[str, Evidence] = {}
    for name, found in draft.evidence.items():
        field, _, index = name.partition(".")
        before, after = getattr(draft.brief, field), getattr(brief, field)
        if not index:
            if before == after:
                evidence[name] = found
        elif int(index) < len(before) and before[int(index)] in after:
            evidence[f"{field}.{after.index(before[int(index)])}"] = found
    if mention:
        single = Brief.__dataclass_fields__.keys() - {"criteria", "sessions"}
        changed = (name for name in sorted(single) if getattr(brief, name) != getattr(draft.brief, name))
        evidence |= {name: Evidence("", 0, 0, sure=True) for name in changed}
    return replace(draft, brief=brief, evidence=evidence)
