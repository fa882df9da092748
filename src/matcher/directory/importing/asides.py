"""What stands outside the table: titles, keys, and notes below it that speak of people in it."""

import re
from collections.abc import Iterable, Sequence

from matcher.directory.importing.rows import Kind, RowAnswer
from matcher.knowledge.remarks import Remark, denies, turns_away, weighed
from matcher.knowledge.tables import fold

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+|\s*\*{2,}\s*")
_ROWS = re.compile(r"\b(?:rows?|lines?|nos?\.?|numbers?)\s+((?:\d+(?:\s*(?:,|&|and|to|-|–)\s*)?)+)", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)\s*(?:to|-|–)\s*(\d+)|(\d+)")
_SIGN = re.compile(r"^\s*(?P<sign>[*†‡§^#~+•]{1,3})\s*(?:=|:|[-–—]|means\b)?\s*\w")
_ASKED_AT_ALL = re.compile(
    r"\b(?:ask|ring|call|phone|text|approach|invite|use|trouble|bother)\w* "
    r"(?:these|those|them|any\w*|her|him|people|members|carers|(?:from )?this (?:list|sheet))\b",
    re.IGNORECASE,
)
_OF_THE_FILE = re.compile(r"\b(?:share|circulat|distribut|print|copy|copie|forward|edit|publi)", re.IGNORECASE)
_SHORTEST_NAME, _LONGEST_HEADING = 3, 7


def sentences(texts: Iterable[str]) -> list[str]:
    """What may speak against a yes: sentence by sentence, but what explains a sign whole."""
    said = (part for text in texts for part in ([text] if sign_of(text) else _SENTENCE.split(text)))
    return [part for part in said if part and (weighed(part) is Remark.SPEAKS or sign_of(part))]


def against_all(sentence: str) -> bool:
    """Whether a sentence, of nobody in particular, says that people are not to be asked or did not agree."""
    return turns_away(sentence) or (denies(sentence) and bool(_ASKED_AT_ALL.search(sentence)))


def about_the_file(sentence: str) -> bool:
    """Whether a sentence says what not to do with the file itself: “do not circulate”."""
    return bool(_OF_THE_FILE.search(sentence))


def heads_an_end(text: str) -> bool:
    """Whether a heading among the rows says that those under it are not to be asked: “LEFT”, “On hold for now”."""
    return len(text.split()) <= _LONGEST_HEADING and denies(text)


def sign_of(sentence: str) -> str:
    """The sign that a note explains: “* asked us to stop”; "" when it explains none."""
    found = _SIGN.match(sentence)
    return found["sign"] if found else ""


def rows_meant(sentence: str, people: Sequence[RowAnswer]) -> set[int]:
    """The rows that a sentence names by their number, or by the name of who stands in them."""
    numbers = {number for found in _ROWS.finditer(sentence) for number in _numbers(found[1])}
    words = set(fold(sentence).split())
    named, by_both = set[int](), set[int]()
    for answer in people:
        first = fold(answer.values.get("first_name") or "").split()[:1]
        last = fold(answer.values.get("last_name") or "").split()
        if answer.kind is Kind.PERSON and first and len(first[0]) >= _SHORTEST_NAME and first[0] in words:
            named.add(answer.row)
            if last and words.issuperset(last):
                by_both.add(answer.row)
    return {answer.row for answer in people if answer.row in numbers} | (by_both or named)


def _numbers(listed: str) -> Iterable[int]:
    for start, end, alone in _RANGE.findall(listed):
        yield from range(int(start), min(int(end), int(start) + 1000) + 1) if start else [int(alone)]
