"""What a remark beside a yes does to it: nobody can list all the ways to say no, so it has to be understood whole.

A remark that speaks of asking, of us who ask, of an end or of trouble, or that denies anything, leaves a yes whole
only when each of its words is known to leave it whole. What speaks of none of these is about something else.
"""

import re
from enum import Enum, IntFlag, auto
from functools import cache

from matcher.knowledge.purposes import without_purposes
from matcher.knowledge.tables import rows


class Remark(Enum):
    """``GOOD``: understood whole, and a yes stands beside it; ``SPEAKS``: it may take a yes back; ``ELSE``: it is
    about something else."""

    GOOD = auto()
    SPEAKS = auto()
    ELSE = auto()


class _Kind(IntFlag):
    """Of a word: it says yes, adds nothing to one, is we or us, says how or when to reach somebody, speaks of
    asking, of an end, of doubt or trouble, or denies. ``NONE``: nothing is known of it."""

    NONE = 0
    YES = auto()
    FILLER = auto()
    US = auto()
    HOW = auto()
    ASKING = auto()
    ENDING = auto()
    DOUBT = auto()
    NO = auto()


_WORD = re.compile(r"[^\W_]+(?:['’./-][^\W_]+)*|[✓✔☑✅👍✗✘☐❌👎?]")
_DAY = re.compile(
    r"\d{1,2}(?:st|nd|rd|th|am|pm)?|\d{1,4}(?:[./:-]\d{1,4})+(?:am|pm)?|(?:jan|feb|apr|aug|sept?|oct|nov|dec)\w*|"
    r"mar(?:ch)?|may|june?|july?"
)
_BARE = re.compile(r"[\W_]*\?[\W_]*")
_AGAINST = _Kind.NO | _Kind.ENDING | _Kind.DOUBT
_SPOKEN_OF = _Kind.YES | _Kind.ASKING | _Kind.US


class _Words(dict[str, _Kind]):
    """Word -> its kinds. A word of the table is what the table says; else what begins with a stem ("refus*") is of
    its kind."""

    def __init__(self) -> None:
        self._stems: dict[_Kind, list[str]] = {}
        for row in rows("vocabulary/remark_words.tsv"):
            kind = _Kind[row["kind"].upper()]
            for word in row["words"].split():
                if word.endswith("*"):
                    self._stems.setdefault(kind, []).append(word[:-1])
                else:
                    self[word] = self.get(word, _Kind.NONE) | kind

    def __missing__(self, word: str) -> _Kind:
        plain = word.replace("’", "'")
        bare = plain.replace("'", "")
        if bare != word:
            kind = (
                _Kind.NO
                if plain.endswith("n't")
                else self[bare.removesuffix("s") if plain.endswith("'s") else bare]
            )
        elif _DAY.fullmatch(word):
            kind = _Kind.FILLER
        else:
            kind = _Kind.NONE
            for of, stems in self._stems.items():
                if word.startswith(tuple(stems)):
                    kind |= of
        self[word] = kind
        return kind


@cache
def _words() -> _Words:
    return _Words()


def _kinds(text: str) -> list[_Kind]:
    known = _words()
    return [known[word] for word in _WORD.findall(text.casefold())]


def weighed(text: str) -> Remark:
    """What a remark on somebody does to a yes of hers."""
    kinds = _kinds(text)
    together = _Kind.NONE
    for kind in kinds:
        together |= kind
    if together & _AGAINST:
        return Remark.SPEAKS
    if not together & _SPOKEN_OF:
        return Remark.SPEAKS if _BARE.fullmatch(text) else Remark.ELSE
    if together & _Kind.YES:
        return Remark.GOOD if adds_nothing(without_purposes(text)) else Remark.SPEAKS
    return Remark.GOOD if all(kind & (_Kind.FILLER | _Kind.HOW | _Kind.US) for kind in kinds) else Remark.SPEAKS


def adds_nothing(text: str) -> bool:
    """Whether words beside a yes leave it whole: each of them is known to."""
    harmless = _SPOKEN_OF | _Kind.FILLER | _Kind.HOW
    return all(kind & harmless and not kind & _AGAINST for kind in _kinds(text))


def denies(text: str) -> bool:
    """Whether anything in a text denies or ends."""
    return any(kind & (_Kind.NO | _Kind.ENDING) for kind in _kinds(text))


def names_an_end(header: str) -> bool:
    """Whether a header asks since when, or whether, something ended: “Left on”, “Paused?”."""
    return any(kind & _Kind.ENDING for kind in _kinds(header))


def turns_away(text: str) -> bool:
    """Whether her own words, or a cell about something else, deny or end being asked: “no more calls please”."""
    folded = text.casefold()
    if not any(word in folded for word in _WORDS_OF_IT) or not _OF_BEING_ASKED.search(folded):
        return False
    return denies(folded)


_WORDS_OF_IT = ("contact", "consent", "permission", "unsub", "withdr", "opt", "remov")
"""A part of these stands in nearly all texts that say it: most texts hold none, which is told faster."""
_OF_BEING_ASKED = re.compile(
    r"\b(?:contact(?:ed|ing)?(?! (?:lists?|details|sheets?|numbers?|names?|time|hours|my|our|their|the)\b)|consent|"
    r"permission|unsub|withdr|opt(?:s|ed|ing)?\b|remov)",
)
