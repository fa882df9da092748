"""A brief put to everybody: who meets what, who must be asked, and how many points each gets by any weights."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.knowledge.words import terms
from matcher.matching import formula
from matcher.matching.formula import Number
from matcher.matching.index.answers import Questions
from matcher.matching.index.arrays import Coded, looked_up
from matcher.matching.index.build import Index
from matcher.matching.index.points import Judged, Likeness, Share, Shares
from matcher.matching.judgement import PARTS, Judgement, Part, Status
from matcher.matching.needs import Need, Needs
from matcher.matching.question import Test
from matcher.matching.score import Alike

Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
_FAILED, _ASKS = 1, 2
_MANY = 4
"""Of more than one in so many it is quicker to look at everybody."""


class Board:
    """Everybody's answers to a brief."""

    def __init__(self, needs: Needs, index: Index, today: date) -> None:
        self._needs = needs
        self._index = index
        self._today = today
        questions = Questions(index, today)
        self._musts = [(need, questions.put(need.test)) for need in needs.musts]
        self._said = self._flags()

    @cached_property
    def failed(self) -> Flags:
        """Who fails a must."""
        failed: Flags = (self._said & _FAILED) != 0
        return failed

    @cached_property
    def asks(self) -> Flags:
        """Of whom a must is not known."""
        asks: Flags = (self._said & _ASKS) != 0
        return asks

    def _flags(self) -> NDArray[np.uint8]:
        """What the musts say of each row. Those that tell the same rows apart are looked up together."""
        told: dict[int, tuple[Coded | None, NDArray[np.uint8]]] = {}
        for need, answers in self._musts:
            table = np.array([_flag(need, judgement) for judgement in answers.judgements], dtype=np.uint8)
            if table.any():
                classes, before = told.get(id(answers.classes), (answers.classes, np.uint8(0)))
                told[id(classes)] = classes, before | looked_up(table, answers.by_class)
        flags = np.zeros(len(self._index), dtype=np.uint8)
        for classes, found in told.values():
            flags |= classes.spread(found) if classes else found
        return flags

    def groups(self, rows: Flags) -> tuple[Rows, Rows]:
        """Some rows: first those of whom every must is known, then those who must be asked."""
        return np.flatnonzero(rows & ~self.asks), np.flatnonzero(rows & self.asks)

    @cached_property
    def _request_likeness(self) -> Likeness:
        return Likeness(self._index.bm25.scores(terms(self._needs.query)))

    @cached_property
    def _topic_likeness(self) -> tuple[Likeness, ...]:
        return tuple(Likeness(self._index.bm25.scores(terms(topic.text))) for topic in self._needs.topics)

    def alike(self, row: int) -> Alike:
        """How like the words of one row are."""
        request, *topics = (
            float(likeness.of(np.array([row]))[0]) for likeness in (self._request_likeness, *self._topic_likeness)
        )
        return Alike(request, tuple(topics))

    def shares(self, rows: Rows) -> Shares:
        """How much of each part's points these rows get."""
        of_all = len(rows) * _MANY > len(self._index)
        needs, questions = self._needs, Questions(self._index, self._today, None if of_all else rows)

        def put(test: Test) -> Judged:
            answers = questions.put(test)
            degrees = answers.table(_degree)
            return Judged(answers, degrees, np.ones(len(degrees)))

        musts = [
            (need, Judged(some, some.table(_degree), some.table(need.certainty)))
            for need, answers in self._musts
            for some in [answers if of_all else answers.taking(rows)]
        ]
        prefers = [(need, put(need.test)) for need in needs.prefers]
        region, experience, interests = (_of_part(part, musts, prefers) for part in PARTS)
        near, depth = put(needs.near), put(needs.depth)
        named = [bool(topic.topics) for topic in needs.topics]
        speaks = [put(test) for test, is_named in zip(needs.speaks, named, strict=True) if is_named]
        by_part: dict[Part, Share] = {
            "region": Share((near, *_flat(region)), (), _region_share(len(region[0]))),
            "experience": Share(
                (depth, *_flat(experience)), (self._request_likeness,), _experience_share(len(experience[0]))
            ),
            "interests": Share((*speaks, *_flat(interests)), self._topic_likeness, _interests_share(named)),
        }
        return Shares(rows, by_part, tuple(judged for _, judged in musts if not judged.is_sure), of_all)


_Several = Sequence[Number]
_How = Callable[[_Several, _Several], Number]


def _region_share(musts: int) -> _How:
    """What `formula.region` makes of being near, so many musts, and nice-to-haves."""
    return lambda degrees, _: formula.region(degrees[0], degrees[1 : 1 + musts], degrees[1 + musts :])


def _experience_share(musts: int) -> _How:
    """What `formula.experience` makes of the depth, so many musts, nice-to-haves and the likeness."""
    return lambda degrees, alike: formula.experience(
        degrees[1 : 1 + musts], degrees[1 + musts :], alike[0], degrees[0]
    )


def _interests_share(named: Sequence[bool]) -> _How:
    """What `formula.interests` makes of the topics that have a name, then of what is asked, and the likenesses."""

    def how(degrees: _Several, alike: _Several) -> Number:
        left = iter(degrees)
        topics = [
            formula.topic(next(left) if is_named else None, likeness)
            for is_named, likeness in zip(named, alike, strict=True)
        ]
        return formula.interests(topics, [*left])

    return how


def _of_part(
    part: Part, musts: Sequence[tuple[Need, Judged]], prefers: Sequence[tuple[Need, Judged]]
) -> tuple[list[Judged], list[Judged]]:
    """The musts and the nice-to-haves of a part; what is not asked about does not count."""
    return (
        [judged for need, judged in musts if need.part == part and need.asks],
        [judged for need, judged in prefers if need.part == part],
    )


def _flat(lists: tuple[list[Judged], list[Judged]]) -> list[Judged]:
    return [*lists[0], *lists[1]]


def _flag(need: Need, judgement: Judgement) -> int:
    if judgement.status is Status.FAILED:
        return _FAILED
    return _ASKS if need.asks and judgement.status is Status.UNKNOWN else 0


def _degree(judgement: Judgement) -> float:
    return judgement.degree
