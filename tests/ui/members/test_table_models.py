"""The shared model and proxy, and the filter over the members."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from matcher.model import State
from matcher_ui.models.member_filter import Matches, MemberFinder, folded
from matcher_ui.models.members_table import COLUMNS, MemberLine, MemberLines
from matcher_ui.models.table import LONG, ROW_ROLE, SORT_ROLE, Column, SortFilter, TableModel
from matcher_ui.widgets.permission_matrix import MatrixModel, MatrixRow

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
NUMBERS: tuple[Column[int | None], ...] = (Column("n", "N", lambda n: str(n or ""), lambda n: n),)


def line(number: int, name: str, place: str = "", region: str = "", **other: object) -> MemberLine:
    blank = MemberLine(
        number, name, f"{name.split()[-1]}\t{name}".casefold(), place, region, None, "", (),
        (State.NOT_GIVEN,) * 4, None, None, "", "", (), "", "", "", "", None, "",
    )  # fmt: skip
    full = blank._replace(**other)  # type: ignore[arg-type]
    return full._replace(sought=folded(name, f"m{number}", place, region, *full.care, full.sought))


def lines_of(*people: MemberLine) -> MemberLines:
    lines = MemberLines()
    lines.extend(people)
    return lines


def find(query: str) -> Matches:
    return MemberFinder(lines_of(*PEOPLE)).find(query)


PEOPLE = (
    line(1, "Amina Yusuf", "Leeds, LS1", "Yorkshire and The Humber", care=("dementia",), since=2020,
         states=(State.GIVEN, State.GIVEN, State.ASK_FIRST, State.NOT_GIVEN)),
    line(2, "Bev Hartley", "Preston, PR1", "North West", care=("dementia", "end of life"), since=2001,
         states=(State.GIVEN, State.REFUSED, State.GIVEN, State.GIVEN), asked=date(2026, 5, 1)),
    line(3, "Tomasz Wilk", "Leeds, LS9", "Yorkshire and The Humber", care=("learning disability",),
         states=(State.NOT_GIVEN, State.NOT_GIVEN, State.WITHDRAWN, State.NOT_GIVEN)),
    line(4, "Westley North", "Truro, TR1", "South West", since=2014, sought="Parkinson’s"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {1, 2, 3, 4}),
        ("leeds dementia", {1}),
        ("Leeds", {1, 3}),
        ("north west", {2}),
        ("media:given", {2}),
        ("media:ask", {1}),
        ("media:no", {3}),
        ("academic:refused dementia", {2}),
        ("leeds media:none", set()),
        ("since:<2015", {2, 4}),
        ("since:2010-2020", {1, 4}),
        ("m3", {3}),
        ('"end of life"', {2}),
        ("region:yorkshire care:learning", {3}),
        ('dementia "', {1, 2}),
        ("nobody-like-this", set()),
        ("asked:never", {1, 3, 4}),
        ("parkinsns", {4}),
    ],
)
def test_the_filter_reads_words_phrases_and_kinds(query: str, expected: set[int]) -> None:
    assert {PEOPLE[row].id for row in find(query).rows} == expected


def test_a_name_misspelt_finds_the_nearest_and_says_so() -> None:
    found = find("ameena")
    assert [PEOPLE[row].id for row in found.rows] == [1]
    assert found.read_as == (("ameena", ("amina",)),)


@given(st.text(max_size=40))
def test_no_query_breaks_the_filter(query: str) -> None:
    assert set(find(query).rows) <= {0, 1, 2, 3}


def test_members_table_passes_the_model_tester(qtbot: QtBot) -> None:
    model = TableModel(COLUMNS)
    proxy = SortFilter(model)
    testers = [QAbstractItemModelTester(model, FATAL), QAbstractItemModelTester(proxy, FATAL)]
    model.set_rows(lines_of(*PEOPLE))
    for column in range(len(COLUMNS)):
        proxy.sort(column, DOWN)
    proxy.show_only([2, 0])
    proxy.sort(0, UP)
    model.set_rows(())
    assert [tester.failureReportingMode() for tester in testers] == [FATAL, FATAL]


def test_the_matrix_passes_the_model_tester(qtbot: QtBot) -> None:
    model = MatrixModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.set_rows([MatrixRow(None, "Heading"), MatrixRow(None, "Other")])
    assert tester.model() is model


@given(st.lists(st.none() | st.integers(0, 99)), st.booleans())
def test_sorting_is_by_raw_value_and_unknown_stands_last(values: list[int | None], down: bool) -> None:
    model = TableModel(NUMBERS)
    proxy = SortFilter(model)
    model.set_rows(values)
    proxy.sort(0, DOWN if down else UP)
    shown = [proxy.index(row, 0).data(SORT_ROLE) for row in range(proxy.rowCount())]
    known = sorted((v for v in values if v is not None), reverse=down)
    assert shown == known + [None] * (len(values) - len(known))


@given(st.lists(st.integers(0, 99), min_size=1), st.data())
def test_a_row_held_stays_the_same_row_through_sorting(values: list[int], data: st.DataObject) -> None:
    model = TableModel(NUMBERS)
    proxy = SortFilter(model)
    model.set_rows(values)
    held = QPersistentModelIndex(proxy.index(data.draw(st.integers(0, len(values) - 1)), 0))
    before = held.data(ROW_ROLE)
    proxy.sort(0, DOWN)
    proxy.sort(0, UP)
    assert held.data(ROW_ROLE) == before


@given(st.lists(st.integers(0, 99)))
def test_rows_arranged_for_another_order_are_put_in_the_order_asked_for_meanwhile(values: list[int]) -> None:
    proxy = SortFilter(TableModel(NUMBERS))
    proxy.sort(0, DOWN)
    proxy.set_rows(values, list(range(len(values))), None)
    assert [proxy.row_at(place) for place in range(proxy.rowCount())] == sorted(values, reverse=True)


def test_a_long_list_is_put_in_order_in_the_background() -> None:
    proxy, waiting = SortFilter(TableModel(NUMBERS)), []
    proxy.later = lambda arrange, show: waiting.append((arrange, show))
    proxy.sort(0, DOWN)
    proxy.set_rows(range(LONG + 1), list(range(LONG + 1)), (0, UP))
    assert proxy.row_at(0) == 0
    arrange, show = waiting.pop()
    show(arrange())
    assert proxy.row_at(0) == LONG


def test_the_permissions_cell_is_spoken_in_words(qtbot: QtBot) -> None:
    model = TableModel(COLUMNS)
    model.set_rows(PEOPLE)
    spoken = model.index(0, model.column_of("permissions")).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Policy: given. Academic: given. Media: ask first. Sector: not given."
