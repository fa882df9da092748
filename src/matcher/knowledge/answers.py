"""What an answer to a yes/no question or a question of permission means: yes, no, or ask me first."""

import re

from matcher.knowledge.purposes import without_purposes
from matcher.knowledge.remarks import adds_nothing
from matcher.knowledge.tables import any_of, in_words, phrases_by

_PHRASES = phrases_by("says", "vocabulary/permission_phrases.tsv")


ASK = any_of(_PHRASES["ask"])
_TURNED_YES = re.compile(
    r"^\W*(?:absolutely|definitely|certainly|of course|i (?:do|agree|consent)|sure|ok(?:ay)?|fine|"
    r"consent(?:ed)?|agreed?|"
    r"happy(?: to)?)\b[\s.,!…-]*(?:not|never|no)\b|^\W*(?:yes|y|yep|ok)\b.*\bno\W*$",
    re.IGNORECASE,
)
_NOT_APPLICABLE = re.compile(r"\W*(?:n\W{0,2}a|not applicable)\W*", re.IGNORECASE)
_BOTH = re.compile(r"^\W*y(?:es)?\W{1,3}n(?:o)?\W*$", re.IGNORECASE)
"""A yes that the next word takes back: "absolutely not", "yes - actually no"; and one that chose neither."""
CONDITION = any_of(_PHRASES["condition"], r"\b", r"\b")
"""Words that make a yes depend on something: it then means that she is to be asked first."""
_HALF_YES = re.compile(r"\?|\b(?:but|only|no|not|never|except|apart from)\b|n['’]t\b", re.IGNORECASE)
_CONDITION_ALONE = re.compile(r"^\W*(?:only|if|provided|as long as|so long as)\b|\bonly\W*$", re.IGNORECASE)
REFUSED = any_of(_PHRASES["refused"])
NO_TROUBLE = re.compile(r"\b(?:no (?:problem|worries|bother)s?|not a problem)\b", re.IGNORECASE)
_YES = any_of(_PHRASES["yes"], r"^\s*")
_NO = any_of(_PHRASES["no"], r"^\s*")
_NO_ELSEWHERE = any_of(_PHRASES["no_elsewhere"], r"^\W*", r"\b")
_YES_ELSEWHERE = any_of(_PHRASES["yes_elsewhere"], r"^\W*", r"\b")
"""A yes in another language is asked about; a no is one."""


def yes_no(text: object) -> str | None:
    """ "yes", "no" or "ask" (ask me first, maybe); None when the cell says neither."""
    if isinstance(text, bool):
        return "yes" if text else "no"
    if isinstance(text, int | float):
        text = f"{text:g}"
    if not isinstance(text, str) or not text.strip() or _NOT_APPLICABLE.fullmatch(text):
        return None
    text = NO_TROUBLE.sub("yes", in_words(text))
    if ASK.search(text):
        return "ask"
    if _NO.search(text) or REFUSED.search(text) or _NO_ELSEWHERE.match(text):
        return "no"
    if _TURNED_YES.search(text):
        return None if _BOTH.match(text) else "no"
    if said := _YES.match(text):
        return "ask" if CONDITION.search(text) or _HALF_YES.search(text[said.end() :]) else "yes"
    return "ask" if _CONDITION_ALONE.search(text) or _YES_ELSEWHERE.match(text) else None


def plain_yes(text: str) -> bool:
    """Whether a yes says nothing that could limit it: “yes please”, but not “yes (anon)” or “yes, I suppose”."""
    return not _SOME_TIME.search(text) and adds_nothing(without_purposes(NO_TROUBLE.sub("yes", text)))


_SOME_TIME = re.compile(
    r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-])|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|"
    r"(?:in|from|after|since|by) may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?)\b",
    re.IGNORECASE,
)
"""A year or a month beside a yes may say since when, or from when."""


def permission_said(text: object) -> str | None:
    """As `yes_no`, but a yes with any remark beside it is "ask": when in doubt, there is no yes."""
    said = yes_no(text)
    return "ask" if said == "yes" and isinstance(text, str) and not plain_yes(in_words(text)) else said
