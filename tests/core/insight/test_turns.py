"""Turns in figures that may leave: groups of enough people, and the share of those asked most often."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from matcher.insight.spread import Spread, gini, lorenz
from matcher.insight.turns import turns_of


def spread_of(counts: list[int]) -> Spread:
    by_asks = tuple(sorted(Counter(counts).items()))
    return Spread(
        len(counts),
        sum(counts),
        counts.count(0),
        max(counts, default=0),
        gini(by_asks),
        lorenz(by_asks),
        by_asks,
        (),
    )


counts = st.lists(st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 7, 12]), max_size=120)


@given(counts, st.integers(0, 20), st.sampled_from([2, 5, 10]))
def test_no_group_is_small_and_nobody_is_lost(asked: list[int], others: int, k: int) -> None:
    spread = spread_of(asked)
    turns = turns_of(spread, len(asked) + others, k)
    if turns is None:
        groups = (asked.count(0), len(asked) - asked.count(0), others)
        assert not sum(asked) or any(0 < group < k for group in groups)
        return
    assert sum(people for _, people in turns.groups) == turns.members == len(asked)
    assert all(people >= k for _, people in turns.groups)
    assert dict(turns.groups).get("Not asked", 0) == turns.never == asked.count(0)


@given(counts)
def test_the_tenth_asked_most_often(asked: list[int]) -> None:
    turns = turns_of(spread_of(asked), len(asked), 1)
    tenth = len(asked) // 10
    if turns is not None and tenth:
        assert turns.top_tenth == sum(sorted(asked)[-tenth:]) / sum(asked)


def test_words_for_how_often() -> None:
    asked = [0] * 9 + [1] * 8 + [2] * 2 + [3] * 4 + [9] * 6
    turns = turns_of(spread_of(asked), len(asked), 5)
    assert turns is not None
    assert turns.groups == (("Not asked", 9), ("Asked once", 8), ("Asked 2 to 3 times", 6),
                            ("Asked 5 times or more", 6))  # fmt: skip
    often = turns_of(spread_of([0] * 9 + [1] * 8 + [2] * 6), 23, 5)
    assert often is not None
    assert often.groups[-1] == ("Asked 2 times", 6)


def test_without_asks_there_are_no_turns() -> None:
    assert turns_of(spread_of([0] * 30), 30, 5) is None
    assert turns_of(replace(spread_of([0] * 30 + [1] * 9), people=37, never_asked=28), 39, 5) is None
