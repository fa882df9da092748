"""Cutting to the few that the solver has to think of loses nothing: the best list is as good, and as possible."""

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import examples

from matcher.matching.fair import Contender, Rule
from matcher.matching.fair import pruning as pruning_module
from matcher.matching.fair.pruning import relevant
from matcher.matching.fair.rules import NEVER, RuleKind

FIELDS = ("employer", "town")


@st.composite
def worlds(draws: st.DrawFn) -> tuple[list[Contender], list[float], list[float]]:
    size = draws(st.integers(1, 12))
    people = [
        Contender(
            number, 50.0,
            facts={
                field: frozenset(draws(st.lists(st.sampled_from(values), max_size=1)))
                for field, values in (
                    ("employer", "ABCDEF"), ("town", "UVWXYZ"), ("region", "NS"), ("asked", (NEVER,)),
                )
            },
        )
        for number in range(size)
    ]  # fmt: skip
    points = st.lists(st.integers(0, 9).map(float), min_size=size, max_size=size)
    return people, draws(points), draws(points)


RULES = st.lists(
    st.one_of(
        st.builds(Rule, st.just(RuleKind.KINDS), st.sampled_from([*FIELDS, "region"]), st.integers(0, 4)),
        st.builds(Rule, st.just(RuleKind.EACH), st.sampled_from([*FIELDS, "region"]), st.integers(0, 3)),
        st.builds(
            Rule, st.sampled_from([RuleKind.LEAST, RuleKind.MOST]), st.just("region"), st.integers(0, 3),
            st.sampled_from("NS"),
        ),
        st.builds(
            Rule, st.sampled_from([RuleKind.LEAST, RuleKind.MOST]), st.just("employer"), st.integers(0, 2),
            st.just("A"),
        ),
        st.builds(Rule, st.just(RuleKind.LEAST), st.just("asked"), st.integers(0, 2), st.just(NEVER)),
    ),
    max_size=3,
)  # fmt: skip


def most(
    places: list[int], people: list[Contender], seats: int, rules: list[Rule], worth: list[float],
    least: list[float] | None, floor: float, sure: list[int],
) -> float | None:  # fmt: skip
    """The most that a list of these places can be worth, by trying every one; None when none keeps the rules."""
    found = [
        sum(worth[place] for place in chosen)
        for chosen in combinations(places, seats)
        if set(sure) <= set(chosen)
        and all(rule.holds([people[place] for place in chosen]) for rule in rules)
        and (least is None or sum(least[place] for place in chosen) >= floor)
    ]
    return max(found, default=None)


@pytest.mark.parametrize("few", [1, 24])
@given(world=worlds(), rules=RULES, seats=st.integers(1, 4), floored=st.booleans(), floor=st.integers(0, 20),
       chance=st.randoms())  # fmt: skip
@examples(80)
def test_nobody_who_is_needed_is_cut_off(
    few: int, world: tuple[list[Contender], list[float], list[float]], rules: list[Rule], seats: int,
    floored: bool, floor: int, chance: random.Random,
) -> None:  # fmt: skip
    people, worth, values = world
    seats = min(seats, len(people))
    sure = chance.sample(range(len(people)), chance.randint(0, seats - 1))
    least = values if floored else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pruning_module, "_FEW_VALUES", few)  # with few values a field counts as one of many, too
        kept = relevant(
            people, seats, rules, np.array(worth), np.array(values) if floored else None, sure
        )  # fmt: skip
    assert set(sure) <= set(kept)
    everybody = list(range(len(people)))
    assert most(kept, people, seats, rules, worth, least, floor, sure) == most(
        everybody, people, seats, rules, worth, least, floor, sure
    )


def test_few_are_left_of_very_many() -> None:
    chance = random.Random(1)
    people = [
        Contender(
            number, 0.0,
            facts={
                "region": frozenset({f"region {chance.randrange(12)}"}),
                "employer": frozenset({f"employer {chance.randrange(900)}"}),
            },
        )
        for number in range(20_000)
    ]  # fmt: skip
    worth = np.array([chance.random() for _ in people])
    rules = [Rule(RuleKind.KINDS, "region", 3), Rule(RuleKind.EACH, "employer", 2)]
    assert len(relevant(people, 12, rules, worth, None, ())) < 400
    assert len(relevant(people, 12, rules, worth, np.array([chance.random() for _ in people]), ())) < 2_000
