"""What one cell of a sign-up form permits, purpose by purpose."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.knowledge.answers import ASK, CONDITION, NO_TROUBLE, REFUSED, permission_said
from matcher.knowledge.purposes import ASKED, PURPOSES, purposes_named, purposes_of, where_named
from matcher.knowledge.ticks import ticked


@dataclass(frozen=True, slots=True)
class PermissionAnswer:
    """One purpose answered. ``decision`` is "given", "ask_first" or "refused"; ``text`` the label as ticked."""

    purpose: str
    decision: str
    text: str


_NO_CONTACT = re.compile(
    r"\b(?:contact|remove|take me off|unsubscribe|stop|opt(?:ed)? out|withdr\w+|at all|none|nothing|no longer)\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"\b(?:any(?:thing|one|body)?|all|every(?:thing|one|body)|whatever|yes to (?:all|everything))\b[^,.;]*?,?\s*"
    r"\b(?:except|apart from|other than|bar|excluding|but not|but|not)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"^\W*(?:yes,?\s+)?(?:to\s+|ask me (?:about )?|contact me about )?"
    r"(?:all|any(?:thing)?|every(?:thing|one))\b[^,;]{0,25}$",
    re.IGNORECASE,
)
_STRICTNESS = {"given": 0, "ask_first": 1, "refused": 2}


def permission_answers(
    header: str, cell: object, labels: Sequence[str] | None = None
) -> tuple[PermissionAnswer, ...]:
    """What one cell of a permission column says, purpose by purpose; a purpose not ticked is left out.

    ``header`` decides for yes/no columns ("OK to contact for media?"); a header that names no purpose and is
    answered yes or no speaks of being asked by policy, academic, media and sector requesters.
    "None of these" or "do not contact me" refuses every kind of being asked, whatever the column.
    """
    text = str(cell).strip() if cell is not None and not isinstance(cell, bool) else ("yes" if cell else "")
    if not text:
        return ()
    asked = purposes_of(header) or ASKED
    if _all_refused(text):
        return _refusals(text, ASKED if _NO_CONTACT.search(text) else asked)
    named = _ticked_purposes(text, labels)
    if named:
        return named
    answer = "yes" if names_all(text) else permission_said(text)
    decision = {"yes": "given", "no": "refused", "ask": "ask_first"}.get(answer or "")
    if decision is None:
        return ()
    return tuple(PermissionAnswer(purpose, decision, text) for purpose in asked)


def names_all(text: str) -> bool:
    """Whether a cell says yes to whatever was asked: “everything”, “all of them”."""
    return bool(_ALL.match(text)) and not ASK.search(text)


def _all_refused(text: str) -> bool:
    """ "None of these", "please do not contact me": a refusal that names no one kind of requester."""
    return bool(REFUSED.match(text.strip())) and not any(p in ASKED for p in purposes_named(text))


def _refusals(text: str, purposes: Sequence[str]) -> tuple[PermissionAnswer, ...]:
    """A no to each; "none of these, just the newsletter" still asks for the newsletter."""
    news = re.search(r"\b(?:just|only) (?:the )?(?:newsletter|news|updates)|newsletter only", text, re.IGNORECASE)
    said = [PermissionAnswer(purpose, "refused", text) for purpose in purposes]
    return (*said, PermissionAnswer("news", "given", text)) if news else tuple(said)


def _ticked_purposes(text: str, labels: Sequence[str] | None) -> tuple[PermissionAnswer, ...]:
    if exception := _EXCEPT.search(text):
        return _all_but(text, exception)
    found: dict[str, PermissionAnswer] = {}
    last: tuple[str, ...] = ()
    ask_always = ""
    listing_noes = False
    for label in ticked(text, labels):
        decisions = _label_says(label)
        if not decisions:
            remark = _decision(label)
            if remark == "ask_first" and not label.lower().startswith("but"):
                ask_always = label  # "Please ask me each time", ticked as an answer of its own
            # the rest of a label that a comma cut in two carries the remark of its beginning
            decisions = dict.fromkeys(last if remark != "given" else (), remark)
        else:
            last = tuple(decisions)
            if listing_noes and not _DECISION_WORDS.search(label):
                decisions = dict.fromkeys(decisions, "ask_first")  # "I won't do TV, radio or research": a no?
            listing_noes = _opens_with_a_no(label) or (listing_noes and not _DECISION_WORDS.search(label))
        _stricter(found, decisions, label)
    if ask_always:
        _stricter(found, dict.fromkeys(found, "ask_first"), ask_always)
    return tuple(found[p] for p in PURPOSES if p in found)


def _all_but(text: str, exception: re.Match[str]) -> tuple[PermissionAnswer, ...]:
    """ "Anything except journalists": a no to what is excepted, a yes to the rest."""
    refused = purposes_named(text[exception.end() :])
    said = "given" if refused and not ASK.search(text) and not CONDITION.search(text) else "ask_first"
    return tuple(PermissionAnswer(p, "refused" if p in refused else said, text) for p in ASKED)


def _stricter(found: dict[str, PermissionAnswer], decisions: Mapping[str, str], label: str) -> None:
    """Note decisions; where one is known already, the stricter stays."""
    for purpose, decision in decisions.items():
        known = found.get(purpose)
        if known is None or _STRICTNESS[decision] > _STRICTNESS[known.decision]:
            found[purpose] = PermissionAnswer(purpose, decision, label)


_NO = (
    r"\b(?:no|not|never|none|nothing|neither|nor|without|nope|can(?:['’]?t|not)|(?:do|wo|would|did|is|are|could)n['’]?t|"
    r"except|excluding|apart from|other than|refuse[ds]?|decline[ds]?|avoid|stop|unwilling|n)\b|[✗✘☐👎]"
)
_YES = r"\b(?:yes|yep|yeah|y|ok(?:ay)?|fine|happy|glad|sure|good|love|agreed?|given)\b|[✓✔☑✅👍]"
_DECISION_WORDS = re.compile(rf"(?P<no>{_NO})|(?P<yes>{_YES})|(?P<ask>\?)", re.IGNORECASE)
_NO_AT_ALL = re.compile(
    r"\bnot[- ]for[- ]profits?\b|\b(?:do|would)n['’]?t mind\b|\bwhy not\b|\bnot only\b", re.IGNORECASE
)
"""What holds a no and says none."""
_CLAUSES = re.compile(r"(?<=[.!;])\s+|\s/\s|\s*\bbut\b\s*|\s*\(\s*(?=no\b|not\b|never\b)", re.IGNORECASE)


def _label_says(label: str) -> dict[str, str]:
    """What one label decides. A no, wherever it stands, leaves nothing plainly given that it may speak of."""
    label = NO_TROUBLE.sub("yes", label)
    plain = _aside_taken_out(_NO_AT_ALL.sub(" ", label))
    if not any(found.lastgroup != "yes" for found in _DECISION_WORDS.finditer(plain)):
        return dict.fromkeys(purposes_of(label), _decision(label))
    decisions: dict[str, str] = {}
    for clause in _CLAUSES.split(plain):
        said = _clause_says(clause)
        if not said and _decided(clause) != "given":
            said = dict.fromkeys((p for p, decision in decisions.items() if decision == "given"), "ask_first")
        for purpose, decision in said.items():
            if _STRICTNESS[decision] >= _STRICTNESS[decisions.get(purpose, "given")]:
                decisions[purpose] = decision
    if ASK.search(label) or CONDITION.search(label):
        return {p: decision if decision == "refused" else "ask_first" for p, decision in decisions.items()}
    return decisions


def _aside_taken_out(label: str) -> str:
    """The label without its brackets, but for those that say no: “(MPs, councils)”, not “(no press)”."""
    return re.sub(r"\((?!\s*(?:no|not|never|yes|n|y|\?)\b)[^)]*\)", " ", label, flags=re.IGNORECASE)


def _clause_says(clause: str) -> dict[str, str]:
    """Whom each yes and no of a clause speaks of: what follows it ("no press"), or what it follows ("press no")."""
    named = [(start, purpose) for start, _, purpose in where_named(clause)]
    words = [(found.start(), _KINDS[found.lastgroup or "ask"]) for found in _DECISION_WORDS.finditer(clause)]
    if not named or not words:
        return dict.fromkeys((purpose for _, purpose in named), _decision(clause))
    after, before = named[0][0] < words[0][0], words[-1][0] < named[-1][0]
    if after == before:  # "research not press", "yes to research, no": only what follows a last no is plain
        strictest = max((decision for _, decision in words), key=_STRICTNESS.__getitem__)
        only = {decision for _, decision in words} == {strictest} and not before
        return {p: strictest if only or at > words[-1][0] else "ask_first" for at, p in named}
    decisions: dict[str, str] = {}
    for at, purpose in named:
        near = [decision for place, decision in (words if after else reversed(words)) if (place > at) == after]
        decisions[purpose] = max(near[0], decisions.get(purpose, "given"), key=_STRICTNESS.__getitem__)
    return decisions


_KINDS = {"no": "refused", "yes": "given", "ask": "ask_first"}


def _opens_with_a_no(label: str) -> bool:
    """Whether a no comes before the first purpose: what the list names next may be meant, too."""
    named, said = where_named(label), _DECISION_WORDS.search(_NO_AT_ALL.sub(" ", NO_TROUBLE.sub("yes", label)))
    return bool(named and said and said.lastgroup == "no" and said.start() < named[0][0])


def _decided(clause: str) -> str:
    return "refused" if re.search(_NO, clause, re.IGNORECASE) else _decision(clause)


_ONLY = re.compile(r"\bonly\b", re.IGNORECASE)


def _decision(label: str) -> str:
    if ASK.search(label) or CONDITION.search(label) or _ONLY.search(label):
        return "ask_first"
    if re.search(r"(?:^|[-–:(]\s*)(?:no|not|never|don['’]?t|n)\b", label, re.IGNORECASE):
        return "refused"
    return "given"
