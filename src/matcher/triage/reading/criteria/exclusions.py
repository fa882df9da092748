"""Who is ruled out, as musts that none of those holds."""

import re
from dataclasses import replace

from matcher.model import Criterion, CriterionField, Op, Strength
from matcher.model.brief import Scalar
from matcher.triage.reading.criteria.clause import Clause
from matcher.triage.reading.criteria.kinds import contracts_in, roles_in, settings_in

_OTHERS = (
    r"(?:\w+,? (?:or |and )?){0,2}?(?:employers|(?:registered )?managers?|owners|directors|trainers|supervisors|"
    r"coordinators|(?:office|agency|bank) staff|agencies|(?:agency )?temps|agency workers|providers|nurses|"
    r"students|"
    r"volunteers|trustees|(?:unpaid|family) carers|care homes?)\b"
)
EXCLUDES = re.compile(
    rf"(?:^(?:so )?not {_OTHERS}|[,;(] (?:so |but |and )?not {_OTHERS}|"
    r"are(?: not|n['’]t) (?:who|what) we(?:['’]re| are) (?:after|looking for)|"
    r"^(?:must |you must |should )?not (?:be|have|in|for(?! (?:publication|circulation|sharing|broadcast|"
    r"print))|currently|an?|any|work\w*|suitable for)\b|"
    r"^do(?:n['’]t| not) (?:currently )?(?:work|manage|own|run)\b|"
    r"^(?:sorry,? |please )*no (?:[\w-]+ ){0,3}(?:management|managers?|staff|supervisors?|owners?|directors?|"
    r"nurses?|"
    r"students?|"
    r"agencies|"
    r"carers?|workers?)\b|^no (?:one|respondents|participants|people) who\b|(?:cannot|can['’]t) (?:speak|"
    r"talk) to\b|(?:cannot|can['’]t) (?:interview|feature)\b|"
    r"\b(?:(?:we(?:['’]re| are) )?not (?:looking (?:for|at)|able to (?:include|take)|open to)|(?:is|"
    r"are)n['’]t for you|isn['’]t (?:one )?for you|(?:cannot|can['’]t|can not|are unable to) (?:take part|"
    r"take|join|include|accept|apply)|not this time|must not be|should not be|cannot be|can['’]t be"
    r"|\bask(?:ing)? (?:them|you|(?!us )\w+s) not to\b|\bha(?:s|ve) (?:their own|your own|a separate|"
    r"another) (?:session|group|event|"
    r"survey|meeting|place|seat|day|date)s?"
    r"|as long as they are not|no one who|nobody who|(?:not|unless you are|"
    r"other than) an? (?:\w+ )?(?:manager|inspector|director|owner)|exclud\w+|we meet [^.]{3,60} separately|"
    r"not eligible|except\b|should not (?:hold|take part|have|apply)|do(?:n['’]t| not) (?:apply|take part)))",
    re.I,
)
_IS_NOT = re.compile(
    r"(?:you |they )?(?:(?:are|is|were|have|has|had|do|does|did)(?: not|n['’]t)|not \w+ing)\b", re.I
)
_EXCLUDE_LEAD = re.compile(
    r"^.*?\b(?:(?:no one|nobody|anyone|people|those) who (?:is |are |has |have )?|"
    r"(?:must|should|do|are|is|can)?\s*(?:not|n['’]t) (?:be|hold|have|looking for|able to (?:include|take)|"
    r"(?:take part|apply) if(?: you)?(?: are| have)?)\s+|(?:cannot|can['’]t) (?:take|include|accept|"
    r"join if you are)\s+)"
    r"(?:an? |people who |anyone who )?",
    re.I,
)
_ASIDE = re.compile(
    r"^(?:sorry|please),? |, who (?:have|had|were|are|get|got) .*$|\s*\((?:sorry|not this time|next time)[^)]*\)?|"
    r"[,;] (?:there|this|we)(?: is| are|['’]\w+) .*$",
    re.I,
)
_LIST_JOINT = re.compile(r",\s+(?:and |or )?|\s+(?:and|or) ")
_LONGEST_ITEM = 7
_PEOPLE = re.compile(r"(?:people|anyone|anybody|those|staff|workers|carers|managers|owners) ", re.I)
_NEGATED = re.compile(
    r"^(?:(?:you|they) )?(?:(?:must|should|are|is|were|have|has|had|do|does|did)(?: not|n['’]t)(?: been)?|not|"
    r"never) (?:an? )?",
    re.I,
)
"""The “not” of an exclusion, which its value leaves out."""


def ruled_out(words: str) -> re.Match[str] | None:
    """Where a requirement begins to say whom it does not want: in so many words, or as “are not supervisors”."""
    return EXCLUDES.search(words) or (_IS_NOT.match(words) if _kinds_in(words) else None)


def _kinds_in(phrase: str) -> list[Clause]:
    """The roles, contracts and settings it names; that she is a care worker never rules anybody out."""
    named = [clause for reader in (roles_in, contracts_in, settings_in) for clause in reader(phrase)]
    return [clause for clause in named if clause.names != ["care worker"]]


def exclusions(phrase: str) -> tuple[Criterion, ...]:
    """“not managers, owners or care home staff” as musts that none of them holds; a list, item by item."""
    phrase = _ASIDE.sub("", phrase.strip(" .;,"))
    pieces = [piece for piece in _LIST_JOINT.split(phrase) if piece.strip()]
    several = len(pieces) > 2 or all(_NEGATED.match(piece) or _PEOPLE.match(piece) for piece in pieces[1:])
    listed = several and all(len(piece.split()) <= _LONGEST_ITEM for piece in pieces)
    if not all(_NEGATED.match(piece) for piece in pieces):
        pieces = [piece for piece in pieces if not EXCLUDES.search(piece)] or pieces
    made = [_exclusion(piece.strip()) for piece in pieces] if listed else [_exclusion(phrase.strip(" ;,"))]
    joined: dict[CriterionField, Criterion] = {}
    for one in made:
        before = joined.get(one.field)
        value = list(dict.fromkeys([*_listed(before), *_listed(one)])) if before else one.value
        text = ", ".join(filter(None, (before.text if before else "", one.text.strip(" .;,"))))
        joined[one.field] = replace(one, value=value, text=text)
    return tuple(joined.values())


def _listed(criterion: Criterion) -> list[Scalar]:
    return criterion.value if isinstance(criterion.value, list) else []


def _exclusion(phrase: str) -> Criterion:
    """On role, contract or setting, else as words."""
    for clause in _kinds_in(phrase):
        named = [name for name in clause.names if name != "care worker"]
        return Criterion(Strength.MUST, clause.field, Op.NONE_OF, named, phrase)
    plain = _NEGATED.sub("", _EXCLUDE_LEAD.sub("", phrase)).strip(" .") or phrase
    return Criterion(Strength.MUST, CriterionField.WORDS, Op.NONE_OF, [plain], phrase)
