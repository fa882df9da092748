"""How many asks would have had to go to somebody else: recounted one person after the other."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.insight.spread import to_others


def groups(asks: list[int]) -> list[tuple[int, int]]:
    return sorted(Counter(asks).items())


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_it_is_the_fewest_moves_to_the_evenest_spread(asks: list[int]) -> None:
    moved, now = 0, sorted(asks)
    while now[-1] - now[0] > 1:  # from whoever was asked most to whoever was asked least, one ask at a time
        now[-1] -= 1
        now[0] += 1
        now.sort()
        moved += 1
    assert to_others(groups(asks)) == moved


@pytest.mark.parametrize(
    ("asks", "moved"),
    [([1, 1, 1, 0, 0], 0), ([3, 0, 0, 0, 0], 2), ([2, 2, 1], 0), ([5, 1, 0], 3), ([0, 0], 0), ([], 0)],
)
def test_cases_that_can_be_counted_by_hand(asks: list[int], moved: int) -> None:
    assert to_others(groups(asks)) == moved


def test_few_asks_for_many_people_are_told_apart() -> None:
    """Where the Gini coefficient is nearly 1 whatever is done."""
    assert to_others([(0, 9_265), (1, 105)]) == 0
    assert to_others([(0, 9_355), (7, 15)]) == 90
