"""What is held back cannot be worked out: the largest and smallest it could be, by linear programming."""

from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.conftest import examples

from matcher.insight.suppression import Column, Count, Shown, columns_shown, of_people

rows = st.integers(1, 9)


def bounds_of(tables: list[tuple[Shown, ...]]) -> list[tuple[float, float]]:
    """The least and the most that each count held back can be, from all the tables together.

    The first columns of all tables have the same total, so have the second, and so on. Each column is within
    the one before it. Whoever reads knows that a count held back is no nought where its column shows noughts.
    """
    places: dict[tuple[int, int, int], int] = {}
    totals = [column.total for column in tables[0]]
    for number in range(len(totals)):
        places[-1, number, -1] = len(places)
    for t, table in enumerate(tables):
        for c, column in enumerate(table):
            for r in range(len(column.parts)):
                places[t, c, r] = len(places)
    size = len(places)
    least, most = [0.0] * size, [None] * size
    equal, within = [], []

    def line() -> list[float]:
        return [0.0] * size

    def fix(place: int, value: int | None) -> None:
        if value is not None:
            least[place] = most[place] = float(value)  # type: ignore[call-overload]

    for c, total in enumerate(totals):
        fix(places[-1, c, -1], total)
    for t, table in enumerate(tables):
        for c, column in enumerate(table):
            sums = line()
            sums[places[-1, c, -1]] = -1
            for r, value in enumerate(column.parts):
                here = places[t, c, r]
                sums[here] = 1
                fix(here, value)
                forced = c > 0 and table[c - 1].parts[r] is None
                if value is None and not forced and shows_something(table, c):
                    least[here] = 1.0
                if c:
                    smaller = line()
                    smaller[here], smaller[places[t, c - 1, r]] = 1, -1
                    within.append(smaller)
            equal.append(sums)
    found = []
    for (t, c, r), place in places.items():
        held_back = totals[c] is None if t == -1 else tables[t][c].parts[r] is None
        if not held_back:
            continue
        ends = []
        for sign in (1, -1):
            aim = line()
            aim[place] = sign
            result = linprog(
                aim, A_ub=within or None, b_ub=[0] * len(within) or None, A_eq=equal, b_eq=[0] * len(equal),
                bounds=list(zip(least, most, strict=True)), method="highs",
            )  # fmt: skip
            if result.status == 3:
                ends.append(float("inf"))
            else:
                assert result.status == 0, result.message
                ends.append(sign * result.fun)
        found.append((ends[0], ends[1]))
    return found


def shows_something(table: tuple[Shown, ...], c: int) -> bool:
    """Whether a column shows more than the noughts of rows that are empty in the column around it."""
    around = table[c - 1].parts if c else (None,) * len(table[c].parts)
    return any(part is not None and outer != 0 for part, outer in zip(table[c].parts, around, strict=True))


@st.composite
def published(draw: st.DrawFn) -> tuple[list[list[Column]], int]:
    """Some tables of the same people in three columns, each within the one before: members, asked, took part."""
    k = draw(st.sampled_from([3, 5, 10]))
    people = draw(st.lists(st.sampled_from([1, 1, 1, 2, 2, 3]), max_size=60))
    tables = []
    for _ in range(draw(st.integers(1, 3))):
        many = draw(rows)
        lives = [draw(st.integers(0, many - 1)) for _ in people]
        columns = []
        for depth in (1, 2, 3):
            sizes = [
                sum(where == r and deep >= depth for where, deep in zip(lives, people, strict=True))
                for r in range(many)
            ]
            columns.append(Column(of_people(sum(sizes)), tuple(map(of_people, sizes))))
        tables.append(columns)
    return tables, k


@examples(40)
@given(published())
def test_what_is_held_back_cannot_be_worked_out(made: tuple[list[list[Column]], int]) -> None:
    tables, k = made
    shown = [columns_shown(columns, k) for columns in tables]
    for least, most in bounds_of(shown):
        assert most >= k - 1e-6, "known to be small"
        assert most - least > 1e-6, "known exactly"


@examples(40)
@given(published())
def test_what_is_shown_is_true_and_never_small(made: tuple[list[list[Column]], int]) -> None:
    tables, k = made
    for columns in tables:
        for column, told in zip(columns, columns_shown(columns, k), strict=True):
            for part, value in zip((column.total, *column.parts), (told.total, *told.parts), strict=True):
                assert value is None or (value == part.number and not 0 < part.people < k)


def test_nothing_is_held_back_without_need() -> None:
    column = Column(of_people(30), (of_people(10), of_people(20), of_people(0)))
    assert columns_shown([column], 5) == (Shown(30, (10, 20, 0)),)


def test_a_second_count_goes_with_a_small_one() -> None:
    column = Column(of_people(33), (of_people(3), of_people(10), of_people(20)))
    assert columns_shown([column], 5) == (Shown(33, (None, None, 20)),)


def test_many_times_by_few_people_are_small() -> None:
    column = Column(Count(30, 20), (Count(9, 2), Count(21, 18)))
    assert columns_shown([column], 5) == (Shown(30, (None, None)),)


def test_a_small_total_takes_its_parts_along() -> None:
    column = Column(of_people(4), (of_people(4), of_people(0)))
    assert columns_shown([column], 5) == (Shown(None, (None, None)),)


def test_parts_too_small_together_hide_the_noughts_too() -> None:
    column = Column(of_people(6), (of_people(2), of_people(2), of_people(2), of_people(0)))
    assert columns_shown([column], 5) == (Shown(6, (None,) * 4),)


def test_who_is_not_counted_as_a_member_is_not_counted_as_asked() -> None:
    members = Column(of_people(35), (of_people(3), of_people(12), of_people(20)))
    asked = Column(of_people(25), (of_people(0), of_people(11), of_people(14)))
    assert columns_shown([members, asked], 5) == (Shown(35, (None, None, 20)), Shown(25, (None, None, 14)))


def test_who_took_part_though_nobody_was_asked_this_year_tells_no_small_group_of_members() -> None:
    members, asked, took_part = ((4, 2, 1, 1), (0, 0, 0, 0), (0, 2, 0, 1))
    shown = columns_shown(
        [Column(of_people(sum(parts)), tuple(map(of_people, parts))) for parts in (members, asked, took_part)], 2
    )
    assert [column.parts for column in shown] == [(4, None, None, None), (0, 0, 0, 0), (0, None, None, None)]
