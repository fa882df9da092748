"""What rows get of the points of each part: exactly for those looked at, and the most it can be for all of them.

Exactly it takes numbers with many digits for every row and question. The most it can be is looked up by a code made
of a row's answers, as if her words were the likest of all; who cannot come first by that is not worked out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from matcher.matching import formula
from matcher.matching.formula import Number
from matcher.matching.index.answers import Answers, joint
from matcher.matching.index.arrays import Codes
from matcher.matching.judgement import PARTS, Part

Floats = NDArray[np.float64]
Which = NDArray[np.int64] | slice
"""Which of several rows, or of their places."""
EVERY = slice(None)
_COMBINATIONS = 1 << 14
"""So many combinations of answers are worked out beforehand; what would be more is taken for the best there is."""


class Likeness:
    """How like everybody's words are to some query, the likest 1."""

    def __init__(self, scores: NDArray[np.float32]) -> None:
        self._scores = scores
        self._best = float(scores.max(initial=0.0)) or 1.0

    def of(self, rows: NDArray[np.int64]) -> Floats:
        """The likeness of these rows."""
        return self._scores[rows].astype(np.float64) / self._best


@dataclass(frozen=True, eq=False)
class Judged:
    """Answers to a question as numbers: of each judgement the degree, and what a must leaves of the points."""

    answers: Answers
    degrees: Floats
    certainty: Floats

    def codes(self, rows: Which) -> Codes:
        """The numbers of the judgements of some rows."""
        classes = self.answers.classes
        if classes is None:
            return self.answers.by_class[rows]
        return self.answers.by_class.take(classes.codes[rows])

    @property
    def is_sure(self) -> bool:
        """Whether it never leaves less than all points."""
        return bool((self.certainty == 1.0).all())


@dataclass(frozen=True, eq=False)
class Share:
    """The share of one part's points: ``how`` makes it of the degrees and the likenesses, in their order."""

    asked: tuple[Judged, ...]
    alike: tuple[Likeness, ...]
    how: Callable[[Sequence[Number], Sequence[Number]], Number]

    def of(self, which: Which, rows: NDArray[np.int64]) -> Number:
        """The share of these rows; ``which`` they are among those that were asked."""
        degrees = [one.degrees[one.codes(which)] for one in self.asked]
        return self.how(degrees, [one.of(rows) for one in self.alike])

    def most(self, points: float, which: Which) -> NDArray[np.int16]:
        """The most tenths of a point that rows can get; one number when it is the same for all."""
        coded, code = self._coded
        degrees: dict[int, Number] = {}
        sure: Number = 1.0
        for axis, one in enumerate(coded):
            shape = [1] * len(coded)
            shape[axis] = -1
            degrees[id(one)] = one.degrees.reshape(shape)
            sure = sure * one.certainty.reshape(shape)
        best = self.how(
            [degrees.get(id(one), float(one.degrees.max())) for one in self.asked], [1.0] * len(self.alike)
        )
        tenths = np.asarray(formula.tenths(points, best, sure), dtype=np.int16)
        if code is None:
            return tenths
        return np.broadcast_to(tenths, [len(one.degrees) for one in coded]).ravel().take(code[which])

    @cached_property
    def _coded(self) -> tuple[tuple[Judged, ...], Codes | None]:
        """The answers that are told apart beforehand, and one code of them for everybody asked."""
        together: dict[int, list[Judged]] = {}
        combinations = 1
        for one in sorted(self.asked, key=lambda one: len(one.degrees)):
            combinations *= len(one.degrees)
            if combinations > _COMBINATIONS:
                break
            if len(one.degrees) > 1:
                together.setdefault(id(one.answers.classes or one), []).append(one)
        if not together:
            return (), None
        code = joint([_code(some) for some in together.values()])
        return tuple(one for some in together.values() for one in some), code


def _code(some: Sequence[Judged]) -> tuple[Codes, int]:
    """One code of answers by the same classes, for everybody asked, and how many there may be."""
    code = joint([(one.answers.by_class, len(one.degrees)) for one in some])
    classes = some[0].answers.classes
    return classes.spread(code) if classes else code, prod(len(one.degrees) for one in some)


@dataclass(frozen=True, eq=False)
class Shares:
    """Of some rows, the share of each part's points they get (0 to 1), and what the musts leave of them.

    ``of_all``: everybody was asked, and not just these rows.
    """

    rows: NDArray[np.int64]
    by_part: Mapping[Part, Share]
    musts: tuple[Judged, ...]
    of_all: bool

    def tenths(self, points: Mapping[Part, float], places: Which = EVERY) -> dict[Part, NDArray[np.int16]]:
        """The tenths of a point that each row gets for each part, by these most points of each."""
        parts, sure = self._every if isinstance(places, slice) else self._at(places)
        return {
            part: np.asarray(formula.tenths(points[part], parts[part], sure)).astype(np.int16) for part in PARTS
        }

    def total(self, points: Mapping[Part, float], places: Which = EVERY) -> NDArray[np.int16]:
        """The tenths of a point of each row in all, or of those at some places."""
        region, experience, interests = self.tenths(points, places).values()
        return region + experience + interests

    def most(self, points: Mapping[Part, float]) -> NDArray[np.int16]:
        """The most that `total` can be for each row."""
        which = self.rows if self.of_all else EVERY
        region, experience, interests = (self.by_part[part].most(points[part], which) for part in PARTS)
        found: NDArray[np.int16] = region + experience + interests
        return found if found.ndim else np.full(len(self.rows), found)

    @cached_property
    def _every(self) -> tuple[dict[Part, Number], Floats]:
        return self._at(EVERY)

    def _at(self, places: Which) -> tuple[dict[Part, Number], Floats]:
        rows = self.rows[places]
        which = rows if self.of_all else places
        sure = np.ones(len(rows))
        for must in self.musts:
            sure *= must.certainty[must.codes(which)]
        return {part: share.of(which, rows) for part, share in self.by_part.items()}, sure
