"""The one field over the members: “leeds dementia media:given”, “north west”, “since:<2015”, a name misspelt."""

import operator
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from matcher.knowledge.tables import fold
from matcher.model import State
from matcher_ui.purposes import REQUESTS

if TYPE_CHECKING:
    from matcher_ui.models.members_table import MemberLine

Test = Callable[["MemberLine"], bool]

_PIECE = re.compile(r'(?:(\w+):)?(?:"([^"]*)"?|([^\s"]+))')
_YEAR = re.compile(r"^(<=|>=|<|>|=)?(\d{1,4})(?:-(\d{1,4}))?$")
_COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}
_ANSWERS: dict[str, tuple[State, ...]] = {
    "given": (State.GIVEN,),
    "yes": (State.GIVEN,),
    "ask": (State.ASK_FIRST,),
    "askfirst": (State.ASK_FIRST,),
    "refused": (State.REFUSED,),
    "withdrawn": (State.WITHDRAWN,),
    "no": (State.REFUSED, State.WITHDRAWN),
    "none": (State.NOT_GIVEN,),
    "notgiven": (State.NOT_GIVEN,),
}
_CLOSE = 70.0


@dataclass(frozen=True, slots=True)
class Matches:
    """The rows that match, and the words that were read as something near because nobody matched them."""

    rows: tuple[int, ...]
    read_as: tuple[tuple[str, str], ...] = ()


def folded(*parts: str | None) -> str:
    """Texts as they are searched: folded, each word after a space."""
    return f" {fold(' '.join(filter(None, parts)))}"


def find(lines: Sequence["MemberLine"], query: str) -> Matches:
    """The rows whose member meets every word of ``query``; a word meets the beginning of any of theirs.

    ``policy:``, ``academic:``, ``media:`` and ``sector:`` take given, ask, refused, withdrawn, no or none;
    ``since:`` takes a year, ``since:<2015`` or ``since:2010-2015``; ``place:``, ``region:``, ``role:``,
    ``care:`` and ``language:`` take words. A word that nobody has is tried as a name spelt nearly so.
    """
    rows: Sequence[int] = range(len(lines))
    plain, tests = _read(query, {line.region for line in lines if line.region})
    for test in tests:
        rows = [row for row in rows if test(lines[row])]
    read_as = []
    for word in plain:
        hits = [row for row in rows if f" {word}" in lines[row].sought]
        if not hits and rows and (near := _nearest(word, [lines[row] for row in rows])):
            read_as.append((word, near))
            hits = [row for row in rows if f" {near}" in lines[row].sought]
        rows = hits
    return Matches(tuple(rows), tuple(read_as))


def _read(query: str, regions: Collection[str]) -> tuple[list[str], list[Test]]:
    """The words and phrases to look for, and the tests that stand for the rest."""
    phrases: list[str] = []
    words: list[str] = []
    tests: list[Test] = []
    for key, quoted, bare in _PIECE.findall(query):
        test = _typed(key.casefold(), quoted or bare) if key else None
        if test is not None:
            tests.append(test)
        elif quoted:
            phrases.append(fold(quoted))
        else:
            words += fold(f"{key} {bare}").split()
    text = f" {' '.join(words)} "
    for region in regions:
        if f" {fold(region)} " in text:
            text = text.replace(f" {fold(region)} ", " ")
            tests.append(partial(_lives_in, region))
    return [*phrases, *text.split()], tests


def _lives_in(region: str, line: "MemberLine") -> bool:
    return line.region == region


def _typed(key: str, value: str) -> Test | None:
    """The test that ``key:value`` stands for; None when it is no such thing."""
    kinds = {purpose.value: place for place, purpose in enumerate(REQUESTS)}
    if key in kinds:
        wanted = _ANSWERS.get(re.sub(r"\W|_", "", value.casefold()))
        place = kinds[key]
        return (lambda line: line.states[place] in wanted) if wanted else None
    if key in ("since", "year"):
        return _since(value)
    texts: dict[str, Callable[[MemberLine], str]] = {
        "place": lambda line: f"{line.place} {line.region}", "town": lambda line: line.place,
        "region": lambda line: line.region, "role": lambda line: line.role, "care": lambda line: line.care,
        "language": lambda line: line.languages, "employer": lambda line: line.employer_type,
        "name": lambda line: line.name,
    }  # fmt: skip
    if key in texts:
        sought, text = fold(value), texts[key]
        return lambda line: f" {sought}" in folded(text(line))
    return None


def _since(value: str) -> Test | None:
    found = _YEAR.match(value)
    if found is None:
        return None
    sign, low, high = found.groups()
    first, last = int(low), int(high or low)
    if sign:
        compare = _COMPARE[sign]
        return lambda line: line.since is not None and compare(line.since, first)
    return lambda line: line.since is not None and first <= line.since <= last


def _nearest(word: str, lines: Sequence["MemberLine"]) -> str:
    """The word of a name that is spelt most like this one, or ""."""
    if len(word) < 4:
        return ""
    names = {part for line in lines for part in fold(line.name).split()}
    found = process.extractOne(word, sorted(names), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return found[0] if found else ""
