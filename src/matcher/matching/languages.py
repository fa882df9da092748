"""Languages that a phrase of a request names: "Welsh speakers" speak Welsh, and may live anywhere."""

import re
from functools import cache

from matcher.knowledge.canonical import languages_known

_SPEAKING = re.compile(
    r"\b(?:speak\w*|spoken|talk(?:s|ing)? in|fluen\w+|languages?|bilingual|learn(?:s|ing|ers?)|mother tongue)\b",
    re.IGNORECASE,
)
_NOT_SPEAKING_IT = re.compile(r"\b(?:learn(?:s|ing|ers?)|only|not|no|never)\b|n['’]t\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


@cache
def languages_in(text: str) -> tuple[str, ...]:
    """The languages a phrase names where it is about speaking; () elsewhere, as in "Polish carers"."""
    if not _SPEAKING.search(text):
        return ()
    return tuple(word for word in _WORD.findall(text) if word[0].isupper() and languages_known(word))


def speaks(text: str) -> bool:
    """Whether it asks for people who speak them, and not who learn them or speak nothing else."""
    return _NOT_SPEAKING_IT.search(text) is None


def without_languages(text: str) -> str:
    """What is left of a phrase about speaking when its languages are taken out."""
    for tongue in languages_in(text):
        text = re.sub(rf"\b{tongue}\b", " ", text)
    return text


def without_speaking(text: str) -> str:
    """The same without the words for speaking; any other phrase as it is."""
    return _SPEAKING.sub(" ", without_languages(text)) if languages_in(text) else text
