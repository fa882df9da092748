"""A brief put to everybody: who meets what, who must be asked, and how many points each gets by any weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.knowledge.words import terms
from matcher.matching import formula
from matcher.matching.index.answers import Answers, Questions
from matcher.matching.index.arrays import looked_up
from matcher.matching.index.build import Index
from matcher.matching.judgement import PARTS, Judgement, Part, Status
from matcher.matching.needs import Need, Needs
from matcher.matching.score import Alike

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]


class Board:
    """Everybody's answers to a brief. ``failed``: who fails a must; ``asks``: of whom one is not known."""

    def __init__(self, needs: Needs, index: Index, today: date) -> None:
        self._needs = needs
        self._index = index
        self._questions = Questions(index, today)
        self._musts = [self._questions.put(need.test) for need in needs.musts]
        self.failed = self._any_is(Status.FAILED, [True] * len(self._musts))
        self.asks = self._any_is(Status.UNKNOWN, [need.asks for need in needs.musts])

    def _any_is(self, status: Status, counts: Sequence[bool]) -> Flags:
        """Who has this status in one of the musts that count."""
        found = np.zeros(len(self._index), dtype=bool)
        for answers, does in zip(self._musts, counts, strict=True):
            table = answers.table(lambda judgement: judgement.status is status, bool)
            if does and table.any():
                found |= looked_up(table, answers.codes)
        return found

    @cached_property
    def _request_likeness(self) -> "_Likeness":
        return _Likeness(self._index.bm25.scores(terms(self._needs.query)))

    @cached_property
    def _topic_likeness(self) -> tuple["_Likeness", ...]:
        return tuple(_Likeness(self._index.bm25.scores(terms(topic.text))) for topic in self._needs.topics)

    def alike(self, row: int) -> Alike:
        """How like the words of one row are."""
        request, *topics = (
            float(likeness.of(np.array([row]))[0]) for likeness in (self._request_likeness, *self._topic_likeness)
        )
        return Alike(request, tuple(topics))

    def shares(self, rows: Rows) -> "Shares":
        """How much of each part's points these rows get, before anything held back."""
        prefers = [self._questions.put(need.test) for need in self._needs.prefers]
        judged = [
            *zip(self._needs.musts, self._musts, strict=True), *zip(self._needs.prefers, prefers, strict=True)
        ]  # fmt: skip
        topics = []
        for topic, speaks, likeness in zip(
            self._needs.topics, self._needs.speaks, self._topic_likeness, strict=True
        ):
            degree = self._degrees(self._questions.put(speaks), rows) if topic.topics else None
            topics.append(formula.topic(degree, likeness.of(rows)))
        interests = formula.interests(topics, [*_flat(self._of_part(judged, "interests", rows))])
        return Shares(
            rows,
            {
                "region": formula.region(
                    self._degrees(self._questions.put(self._needs.near), rows),
                    *self._of_part(judged, "region", rows),
                ),
                "experience": formula.experience(
                    *self._of_part(judged, "experience", rows),
                    self._request_likeness.of(rows),
                    self._degrees(self._questions.put(self._needs.depth), rows),
                ),
                "interests": interests,
            },
            self._sure(rows),
        )

    def _of_part(
        self, judged: Sequence[tuple[Need, Answers]], part: Part, rows: Rows
    ) -> tuple[list[Floats], list[Floats]]:
        """The degrees of the musts and of the nice-to-haves of a part."""
        mine = [(need, answers) for need, answers in judged if need.part == part]
        musts = [self._degrees(answers, rows) for need, answers in mine if need.must and need.asks]
        return musts, [self._degrees(answers, rows) for need, answers in mine if not need.must]

    def _sure(self, rows: Rows) -> Floats:
        sure = np.ones(len(rows))
        for need, answers in zip(self._needs.musts, self._musts, strict=True):
            table = answers.table(need.certainty)
            if (table != 1.0).any():
                sure *= table[answers.codes[rows]]
        return sure

    @staticmethod
    def _degrees(answers: Answers, rows: Rows) -> Floats:
        degrees: Floats = answers.table(_degree)[answers.codes[rows]]
        return degrees


class _Likeness:
    """How like everybody's words are to some query, the likest 1."""

    def __init__(self, scores: NDArray[np.float32]) -> None:
        self._scores = scores
        self._best = float(scores.max(initial=0.0)) or 1.0

    def of(self, rows: Rows) -> Floats:
        """The likeness of these rows."""
        return self._scores[rows].astype(np.float64) / self._best


@dataclass(frozen=True, eq=False)
class Shares:
    """Of some rows, the share of each part's points they get (0 to 1), and what is left of them."""

    rows: Rows
    parts: Mapping[Part, Floats]
    sure: Floats

    def tenths(self, points: Mapping[Part, float]) -> dict[Part, NDArray[np.int16]]:
        """The tenths of a point that each row gets for each part, by these most points of each."""
        return {
            part: np.asarray(formula.tenths(points[part], self.parts[part], self.sure)).astype(np.int16)
            for part in PARTS
        }

    def total(self, points: Mapping[Part, float]) -> NDArray[np.int16]:
        """The tenths of a point of each row in all."""
        region, experience, interests = self.tenths(points).values()
        return region + experience + interests


def _degree(judgement: Judgement) -> float:
    return judgement.degree


def _flat(lists: tuple[list[Floats], list[Floats]]) -> list[Floats]:
    return [degrees for found in lists for degrees in found]
