"""What a member's reply in her own words means. When in doubt it means nothing: never a wrong yes, no missed stop.

Rules of thumb read off everyday messages: a word that could be a stop, but stands as something else (“bus stop”,
“can't stop to chat”), is set aside first; what is left and still says “stop” is at least doubtful. A yes with a
condition, a question about the terms, or a no beside it, is doubtful.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from matcher.knowledge.tables import phrases_by
from matcher.model import Answer, Audience


@dataclass(frozen=True, slots=True)
class Meaning:
    """What was understood: ``answer`` None when it is not clear; ``may_stop``: it could ask to be left alone."""

    answer: Answer | None
    may_stop: bool = False


_UNCLEAR = Meaning(None)
_MAYBE_STOP = Meaning(None, may_stop=True)
_QUOTES = str.maketrans("’‘`´“”", "''''\"\"")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\u200d]")
_PICTURES = {
    "👍": " yes ", "✅": " yes ", "👌": " yes ", "🙋": " yes ", "👎": " no ", "🚫": " stop ", "🛑": " stop ",
}  # fmt: skip
_IN_ENGLISH = {
    "nae": "no", "mair": "more", "dinnae": "don't", "dinna": "don't", "cannae": "can't", "canna": "can't",
    "didnae": "didn't", "isnae": "isn't", "wouldnae": "wouldn't", "willnae": "won't", "no'": "not",
}  # fmt: skip
_SCOTS = re.compile(rf"(?<![\w'])(?:{'|'.join(_IN_ENGLISH)})(?![\w'])")
_EVERYTHING = re.compile(r"\b(?:everything|anything|all|any of it)\b")


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """What a phrase means -> all phrases of that meaning (vocabulary/README.md names them)."""
    found = phrases_by("meaning", "vocabulary/reply_phrases.tsv")
    return {meaning: re.compile("|".join(f"(?:{said})" for said in phrases)) for meaning, phrases in found.items()}


def _says(meaning: str, words: str) -> bool:
    return _phrases()[meaning].search(words) is not None


def _without(meaning: str, words: str) -> str:
    return _phrases()[meaning].sub(" ~ ", words)


def meaning_of(text: str, audience: Audience) -> Meaning:
    """What a reply to an ask of a request of this audience means."""
    words = _plain(text)
    if not words:
        return _UNCLEAR
    stop = _stop_in(words, audience)
    if stop is not None:
        return stop
    rest = _without("no_stop", words)
    answer = _yes_or_no(rest)
    about_the_kind = answer is Answer.NO_THIS_TIME and _names_a_kind(rest)
    hinted = about_the_kind or (answer is not Answer.YES and _says("may_stop", rest))
    return _MAYBE_STOP if hinted else Meaning(answer)


def _plain(text: str) -> str:
    """The text in small letters, without accents and pictures that say nothing."""
    text = _SKIN.sub("", text.translate(_QUOTES))
    for picture, word in _PICTURES.items():
        text = text.replace(picture, word)
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in folded if not unicodedata.combining(c))
    words = re.sub(r"[^\w'?,.!;:\n -]", " ", kept)
    return " ".join(_SCOTS.sub(lambda found: _IN_ENGLISH[found[0]], words).split())


def _stop_in(words: str, audience: Audience) -> Meaning | None:
    """The stop in a reply; None when there is none."""
    rest = _without("no_stop", words)
    if not _says("stop", rest):
        return None
    if _says("sometimes", rest) or _says("plain_yes", _without("free_no", rest)):
        return _MAYBE_STOP
    return _kind_or_all(rest, audience)


def _kind_or_all(words: str, audience: Audience) -> Meaning:
    if _EVERYTHING.search(words):
        return Meaning(Answer.STOP_ALL)
    named = _kinds_named(words)
    if audience in named:
        return Meaning(Answer.STOP_KIND)
    if named:  # of another kind than this request: whose stop that is, only she can say
        return _MAYBE_STOP
    return Meaning(Answer.STOP_KIND if _says("this_kind", words) else Answer.STOP_ALL)


def _kinds_named(words: str) -> list[Audience]:
    return [kind for kind in Audience if _says(kind.value, words)]


def _names_a_kind(words: str) -> bool:
    """Whether a no speaks of a kind as such (“no telly stuff for me”), which may be meant for good."""
    return bool(_kinds_named(words)) and _says("as_such", words)


def _yes_or_no(words: str) -> Answer | None:
    freely = _without("free_no", words)
    if _says("no_later", words) and not _says("plain_yes", freely):
        return Answer.NO_THIS_TIME
    if _says("busy", freely) and not _says("plain_yes", freely):
        return Answer.CANNOT_MAKE_DATE
    if _says("doubt", freely):
        return None
    plainly = _says("plain_yes", freely)
    if _says("busy", freely):
        return None if plainly else Answer.CANNOT_MAKE_DATE
    if _says("no", freely) and not _says("not_about_it", words):
        return None if plainly else Answer.NO_THIS_TIME
    yes = _says("yes", freely) or _says("free_yes", words)
    return Answer.YES if yes and not _asks_about_terms(words) else None


def _asks_about_terms(words: str) -> bool:
    questions = re.findall(r"[^.!?\n]*\?", words)
    return any(not _says("harmless", one) for one in questions)
