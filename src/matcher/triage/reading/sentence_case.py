"""Titles in capitals, written as a sentence."""

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_INITIALS = frozenset({"AI", "BBC", "CQC", "DBS", "GP", "HMRC", "ITV", "MP", "NHS", "NIHR", "PPE", "TV", "UK"})
_MOSTLY = 0.8


def in_sentence_case(title: str, text: str) -> str:
    """A title in capitals as a sentence; names and initials as ``text`` writes them elsewhere. Others unchanged."""
    letters = [letter for letter in title if letter.isalpha()]
    if len(_WORD.findall(title)) < 2 or sum(map(str.isupper, letters)) < _MOSTLY * len(letters):
        return title
    elsewhere = _spellings(text)
    pieces, opens, last = [], True, 0
    for match in _WORD.finditer(title):
        between = title[last : match.start()]
        opens = opens or re.search(r"[.?!]\s", between) is not None
        word = _as_written(match.group(), elsewhere)
        pieces += [between, word[0].upper() + word[1:] if opens else word]
        opens, last = False, match.end()
    return "".join([*pieces, title[last:]])


def _spellings(text: str) -> dict[str, Counter[str]]:
    """How sentences spell each word; lines in capitals and words that open a sentence do not count."""
    found: dict[str, Counter[str]] = {}
    for line in text.split("\n"):
        if line.isupper():
            continue
        for match in _WORD.finditer(line):
            if re.search(r"[^\s.?!:•]\s+$", line[: match.start()]):
                found.setdefault(match.group().lower(), Counter())[match.group()] += 1
    return found


def _as_written(word: str, elsewhere: dict[str, Counter[str]]) -> str:
    if word in _INITIALS or word == "I":
        return word
    spelt = elsewhere.get(word.lower())
    return spelt.most_common(1)[0][0] if spelt else word.lower()
