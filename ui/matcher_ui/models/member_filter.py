"""The one field over the members: “leeds dementia media:given”, “north west”, “since:<2015”, a word misspelt."""

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from matcher.knowledge.tables import fold
from matcher.model import State
from matcher_ui.purposes import REQUESTS

if TYPE_CHECKING:
    from matcher_ui.models.members_table import MemberLines

Test = Callable[[int], bool]
"""Whether the member in a place of the lines is meant."""

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
_TEXTS = {
    "place": ("place", "region"), "town": ("place",), "region": ("region",), "role": ("role",), "care": ("care",),
    "language": ("languages",), "employer": ("employer_type",), "name": ("name",), "heard": ("heard_via",),
}  # fmt: skip
_CLOSE, _AS_CLOSE, _MOST_NEAR = 72.0, 6.0, 4


@dataclass(frozen=True, slots=True)
class Matches:
    """The rows that match; ``read_as`` are the words that nobody has, each with the near spellings shown for it."""

    rows: Sequence[int]
    read_as: tuple[tuple[str, tuple[str, ...]], ...] = ()


def folded(*parts: str | None) -> str:
    """Texts as they are searched: folded, each word after a space."""
    return f" {fold(' '.join(filter(None, parts)))}"


class MemberFinder:
    """Finds among the same lines again and again; their words are gathered when a spelling is first unsure."""

    def __init__(self, lines: "MemberLines") -> None:
        self.lines = lines
        self._sought: list[str] = lines.column("sought")
        self._words: tuple[str, ...] | None = None

    def find(self, query: str) -> Matches:
        """The rows whose member meets every word of ``query``; a word meets the beginning of any of theirs.

        ``policy:``, ``academic:``, ``media:`` and ``sector:`` take given, ask, refused, withdrawn, no or none;
        ``since:`` takes a year, ``since:<2015`` or ``since:2010-2015``; ``asked:never``; ``place:``, ``region:``,
        ``role:``, ``care:``, ``language:``, ``employer:`` and ``heard:`` take words. A word that nobody has, in
        name, place or own words, is read as those spelt most like it.
        """
        plain, tests = self._read(query)
        rows: Sequence[int] = range(len(self.lines))
        read_as = []
        for word in plain:
            hits = self._with(f" {word}", rows)
            if not hits and not self._with(f" {word}", range(len(self.lines))) and (near := self._near(word)):
                read_as.append((word, near))
                hits = sorted({row for one in near for row in self._with(f" {one} ", rows, whole=True)})
            rows = hits
        for test in tests:
            rows = [row for row in rows if test(row)]
        return Matches(rows, tuple(read_as))

    def _with(self, piece: str, rows: Sequence[int], *, whole: bool = False) -> list[int]:
        sought = self._sought
        if whole:
            return [row for row in rows if piece in f"{sought[row]} "]
        if isinstance(rows, range):
            return [row for row, words in enumerate(sought) if piece in words]
        return [row for row in rows if piece in sought[row]]

    def _near(self, word: str) -> tuple[str, ...]:
        """The words of these members that are spelt most like this one, the likest first; none for short words."""
        if len(word) < 4 or any(map(str.isdigit, word)):
            return ()
        if self._words is None:
            words: set[str] = set()
            for sought in self._sought:
                words.update(sought.split())
            self._words = tuple(sorted(one for one in words if one.isalpha() and len(one) > 2))
        found = process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=_MOST_NEAR)
        return tuple(near for near, score, _ in found if score >= found[0][1] - _AS_CLOSE)

    def _read(self, query: str) -> tuple[list[str], list[Test]]:
        """The words and phrases to look for, and the tests that stand for the rest."""
        phrases: list[str] = []
        words: list[str] = []
        tests: list[Test] = []
        for key, quoted, bare in _PIECE.findall(query):
            test = self._typed(key.casefold(), quoted or bare) if key else None
            if test is not None:
                tests.append(test)
            elif quoted:
                phrases.append(fold(quoted))
            else:
                words += fold(f"{key} {bare}").split()
        text, lives_in = self._without_regions(f" {' '.join(words)} ")
        return [*filter(None, phrases), *text.split()], [*lives_in, *tests]

    def _without_regions(self, text: str) -> tuple[str, list[Test]]:
        """A region typed whole is where they live: “north west” is not everybody with a “north” and a “west”."""
        column: list[str] = self.lines.column("region")
        tests: list[Test] = []
        for region in sorted(set(column) - {""}):
            if f" {fold(region)} " in text:
                text = text.replace(f" {fold(region)} ", " ")
                tests.append(partial(_is, column, region))
        return text, tests

    def _typed(self, key: str, value: str) -> Test | None:
        """The test that ``key:value`` stands for; None when it is no such thing."""
        kinds = {purpose.value: place for place, purpose in enumerate(REQUESTS)}
        if key in kinds:
            wanted = _ANSWERS.get(re.sub(r"\W|_", "", value.casefold()))
            place, states = kinds[key], self.lines.column("states")
            return (lambda row: states[row][place] in wanted) if wanted else None
        if key in ("since", "year"):
            return _since(self.lines.column("since"), value)
        if key == "asked" and value.casefold() == "never":
            asked = self.lines.column("asked")
            return lambda row: asked[row] is None
        if key in _TEXTS and (sought := fold(value)):
            columns = [self.lines.column(name) for name in _TEXTS[key]]
            return lambda row: any(f" {sought}" in _words_of(column[row]) for column in columns)
        return None


def _is(column: Sequence[str], wanted: str, row: int) -> bool:
    return column[row] == wanted


def _words_of(value: str | Iterable[str]) -> str:
    return folded(value) if isinstance(value, str) else folded(*value)


def _since(column: Sequence[int | None], value: str) -> Test | None:
    found = _YEAR.match(value)
    if found is None:
        return None
    sign, low, high = found.groups()
    first, last = int(low), int(high or low)
    if sign:
        compare = _COMPARE[sign]
        return lambda row: (year := column[row]) is not None and compare(year, first)
    return lambda row: (year := column[row]) is not None and first <= year <= last
