"""What a criterion asks, so that it can be put to one member or to everybody at once.

A `Question` judges one member, and says which *facets* of her it looks at. Members who are alike in these get the
same status and degree, whatever else they are: so everybody is judged by judging each likeness that occurs, once
(`matcher.matching.index`). What makes this true, and what tests hold every question to: status and degree depend
on which kinds are spoken of, in which field and whether denied, never on their order or wording.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from matcher.matching.facts import Facts
from matcher.matching.judgement import Judgement

Judge = Callable[[Facts, date], Judgement]

Column = Literal[
    "ages",
    "availability",
    "contracts",
    "employers",
    "ethnicity",
    "gender",
    "has_languages",
    "migration",
    "online",
    "refusals",
    "roles",
    "settings",
    "town_size",
    "transport",
    "years",
]
"""A facet of which every member has one value."""

Subject = Literal["topics", "shifts", "care_types", "languages"]
"""A facet of which a member has any number of kinds."""

View = Literal["spoken", "depth", "avoided", "care", "shifts", "listed"]
"""How closely a question looks at the mentions of a kind: only so much of them reaches it."""


@dataclass(frozen=True)
class Kinds:
    """Looking at the mentions of some kinds of a subject: those listed, or all that ``kinds`` accepts."""

    subject: Subject
    kinds: frozenset[str] | Callable[[str], bool]
    view: View


@dataclass(frozen=True)
class Question:
    """Something asked of a member, judged from these facets of her and nothing else.

    ``words``: of these stems only how many she uses may count.
    """

    judge: Judge
    columns: tuple[Column, ...] = ()
    kinds: tuple[Kinds, ...] = ()
    words: frozenset[str] = frozenset()

    def __call__(self, facts: Facts, today: date) -> Judgement:
        """Judge one member."""
        return self.judge(facts, today)


@dataclass(frozen=True)
class Whereabouts:
    """Something asked of where she lives, how far she travels and whether she joins online.

    ``plan`` is what the index needs to answer it for all homes at once (`matcher.matching.places`).
    """

    judge: Judge
    plan: object

    def __call__(self, facts: Facts, today: date) -> Judgement:
        """Judge one member."""
        return self.judge(facts, today)


@dataclass(frozen=True)
class Together:
    """Several questions and how their answers come to one."""

    parts: "tuple[Test, ...]"
    how: Callable[[Sequence[Judgement]], Judgement]

    def __call__(self, facts: Facts, today: date) -> Judgement:
        """Judge one member."""
        return self.how([part(facts, today) for part in self.parts])


Test = Question | Whereabouts | Together


def asks(*columns: Column) -> Callable[[Callable[..., Judge]], Callable[..., Question]]:
    """Make what builds a judge build a question on these columns."""

    def decorate(build: Callable[..., Judge]) -> Callable[..., Question]:
        def built(*args: object, **kwargs: object) -> Question:
            return Question(build(*args, **kwargs), columns)

        built.__doc__, built.__name__ = build.__doc__, build.__name__
        return built

    return decorate
