"""What is drawn stands in proportion to the numbers, fits its place, and is drawn in every look."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from tests.ui.test_theme import contrast

from matcher_ui.charts.day_ranges import DayRanges, DaysRow
from matcher_ui.charts.fills import Fill, ink_on, paint_fill
from matcher_ui.charts.lorenz import LorenzCurve
from matcher_ui.charts.month_columns import Month, MonthColumns
from matcher_ui.charts.parted_bars import PartedBars, PartedRow
from matcher_ui.charts.plot import Plot, of_a_hundred, percent, scale_to
from matcher_ui.charts.share_bars import NO_FIGURE, Share, ShareBars, ShareRow, Whole
from matcher_ui.theme import Paper, Theme

EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WIDTHS = st.integers(360, 1400)
COUNTS = st.integers(0, 500)
KINDS = (("Yes", Fill("experience")), ("No", Fill("ink3")), ("No answer", Fill("edge", "outline")))
WHOLES = [Whole("Members", "300 people"), Whole("Asked", "80 people"), Whole("Workforce", "580,000 jobs")]
SHARES = ShareBars(
    WHOLES,
    [
        ShareRow("London", (Share(0.09, 27), Share(0.21, 17), Share(0.14, None))),
        ShareRow("Yorkshire and The Humber", (Share(0.12, 35), Share(0.0, 0), Share(0.1, None))),
        ShareRow("Wales", (Share(None, 16), Share(None, 3), Share(None, None))),
    ],
    "share of members",
)
PLOTS: dict[str, Plot] = {
    "shares": SHARES,
    "turns": LorenzCurve([(0, 0), (0.4, 0), (0.8, 0.5), (1, 1)], ["Evenly", "Nobody was left out."]),
    "months": MonthColumns(
        ["A colleague", "The library", "Other ways"],
        [Month(date(2025 + n // 12, n % 12 + 1, 1), (n, 3, n % 4)) for n in range(30)], "joined",
    ),
    "days": DayRanges(
        [DaysRow("Research", 9, 3, 12, 41, (7, 20.5)), DaysRow("Media", 1, 0, 0, 0)], "request", "requests"
    ),
    "parts": PartedBars(KINDS, [PartedRow("Media", (7, 9, 2)), PartedRow("Policy", (0, 1, 0))], "asked"),
}  # fmt: skip


def room(plot: Plot, width: int, look: Paper) -> QRectF:
    return QRectF(10, 20, width, plot.height(width, look))


def inside(outer: QRectF, inner: QRectF, reach: float = 0.001) -> bool:
    """Whether a box, however thin, lies in another but for ``reach`` pixels at its sides."""
    sides = (inner.left() - outer.left(), outer.right() - inner.right())
    ends = (inner.top() - outer.top(), outer.bottom() - inner.bottom())
    return all(gap >= -reach for gap in sides) and all(gap >= -0.001 for gap in ends)


def touching(boxes: Sequence[QRectF]) -> bool:
    return all(one.right() == pytest.approx(other.left()) for one, other in pairwise(boxes))


@EXAMPLES
@given(shares=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=12), width=WIDTHS)
def test_bars_are_as_long_as_their_shares(theme: Theme, shares: list[tuple[float, float]], width: int) -> None:
    plot = ShareBars(WHOLES[:2], [ShareRow("A", (Share(a, 1), Share(b, 1))) for a, b in shares], "share")
    marks = plot.marks(room(plot, width, Paper()), Paper())
    drawn = [(mark.drawn.width(), shares[mark.row][mark.column]) for mark in marks]
    longest, most = max(drawn)
    for length, share in drawn:
        assert length * most == pytest.approx(longest * share, abs=1e-6)
    for column in (0, 1):
        assert len({mark.drawn.left() for mark in marks if mark.column == column}) == 1


@EXAMPLES
@given(rows=st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=1, max_size=8), width=WIDTHS)
def test_parts_fill_their_bar_in_proportion(theme: Theme, rows: list[tuple[int, int, int]], width: int) -> None:
    plot = PartedBars(KINDS, [PartedRow(f"Row {place}", counts) for place, counts in enumerate(rows)], "asked")
    paper = Paper()
    marks = plot.marks(room(plot, width, paper), paper)
    assert len(plot.rows) == sum(1 for counts in rows if sum(counts))
    for place, row in enumerate(plot.rows):
        boxes = [mark.drawn for mark in marks if mark.row == place]
        whole = sum(box.width() for box in boxes)
        assert touching(boxes)
        for box, count in zip(boxes, row.counts, strict=True):
            assert box.width() == pytest.approx(whole * count / sum(row.counts), abs=1e-6)


@EXAMPLES
@given(months=st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=60), width=WIDTHS)
def test_columns_are_as_high_as_their_months(theme: Theme, months: list[tuple[int, int]], width: int) -> None:
    first = date(2022, 1, 1)
    plot = MonthColumns(["One", "Other"], [Month(first, counts) for counts in months], "joined")
    paper = Paper()
    rect = room(plot, width, paper)
    marks = {(mark.row, mark.column): mark.drawn for mark in plot.marks(rect, paper)}
    unit = plot._area(rect, paper).height() / plot.scale.top
    for column, (low, high) in enumerate(months):
        below, above = marks[1, column], marks[0, column]  # stacked from the bottom up, read from the top down
        assert below.height() == pytest.approx(low * unit, abs=1e-6)
        assert above.height() == pytest.approx(high * unit, abs=1e-6)
        assert above.bottom() == pytest.approx(below.top())
        assert inside(rect, above)
        assert inside(rect, below)


@EXAMPLES
@given(rows=st.lists(st.lists(st.integers(0, 300), min_size=1, max_size=9), min_size=1, max_size=6), width=WIDTHS)
def test_lines_go_from_the_shortest_to_the_longest(theme: Theme, rows: list[list[int]], width: int) -> None:
    shown = [DaysRow("Row", len(days), min(days), sorted(days)[len(days) // 2], max(days)) for days in rows]
    plot = DayRanges(shown, "request", "requests")
    paper = Paper()
    rect = room(plot, width, paper)
    left, right = plot._x(rect, paper, 0), plot._x(rect, paper, plot.scale.top)
    for mark, row in zip(plot.marks(rect, paper), shown, strict=True):
        for x, days in ((mark.drawn.left(), row.shortest), (mark.drawn.right(), row.longest)):
            assert (x - left) * plot.scale.top == pytest.approx(days * (right - left), abs=1e-6)


@EXAMPLES
@given(counts=st.lists(st.integers(0, 9), min_size=1, max_size=80).filter(any), width=WIDTHS)
def test_the_curve_says_what_the_least_asked_got(theme: Theme, counts: list[int], width: int) -> None:
    asks = sorted(counts)
    points = [(0.0, 0.0)]
    for place in range(1, len(asks) + 1):
        points.append((place / len(asks), sum(asks[:place]) / sum(asks)))
    plot = LorenzCurve(points, ["Shared"])
    for members, share in points:
        assert plot.share_at(members) == pytest.approx(share)
    paper = Paper()
    rect = room(plot, width, paper)
    square = plot._square(rect, paper)
    for mark in plot.marks(rect, paper):
        members = (mark.drawn.center().x() - square.left()) / square.width()
        share = (square.bottom() - mark.drawn.center().y()) / square.height()
        assert members == pytest.approx((mark.column + 1) / 10)
        assert share == pytest.approx(plot.share_at(members))
        assert share <= members + 1e-9


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.parametrize("width", [380, 700, 1100])
def test_every_plot_is_drawn_in_every_look(theme: Theme, mode: str, scale: float, name: str, width: int) -> None:
    theme.set("dark" if mode == "dark" else "light", scale)
    plot = PLOTS[name]
    height = plot.height(width, theme)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(theme.color("card"))
    blank = image.copy()
    painter = QPainter(image)
    plot.paint(painter, QRectF(0, 0, width, height), theme)
    painter.end()
    assert image != blank
    for mark in plot.marks(QRectF(0, 0, width, height), theme):
        assert inside(QRectF(0, 0, width, height), mark.touch, reach=theme.px(14))
        assert mark.words


def test_no_figure_is_never_nothing() -> None:
    words = [mark.words for mark in SHARES.marks(room(SHARES, 900, Paper()), Paper())]
    assert f"Wales, workforce: {NO_FIGURE}" in words
    assert "Wales, members: 16" in words
    assert "London, asked: 21 of 100 (17 of 80 people)" in words


@pytest.mark.parametrize(
    ("share", "shown", "said"),
    [
        (0.09, "9%", "9 of 100"),
        (0.0, "0%", "0 of 100"),
        (0.001, "<1%", "under 1 of 100"),
        (1.0, "100%", "100 of 100"),
    ],
)
def test_shares_in_words(share: float, shown: str, said: str) -> None:
    assert (percent(share), of_a_hundred(share)) == (shown, said)


@given(st.floats(0, 1e7))
def test_a_scale_ends_at_a_round_number_over_the_most(most: float) -> None:
    scale = scale_to(most)
    assert scale.top >= most
    assert scale.top <= max(most, 1) * 2.6 + 4
    assert scale.ticks[0] == 0
    assert scale.ticks[-1] == scale.top
    assert 2 <= len(scale.ticks) <= 6


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("token", ["place", "experience", "interests", "ink3"])
def test_numbers_on_a_fill_can_be_read(theme: Theme, mode: str, token: str) -> None:
    theme.set("dark" if mode == "dark" else "light", 1.0)
    ink = theme.color(ink_on(Fill(token), theme))
    assert contrast(ink.name(), theme.color(token).name()) >= 4.5
    theme.set("light", 1.0)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_fills_differ_without_colour(theme: Theme, mode: str) -> None:
    """Of one colour, each kind of fill still covers another part of its area."""
    theme.set("dark" if mode == "dark" else "light", 1.0)
    seen = set()
    for kind in ("solid", "rising", "falling", "outline"):
        image = QImage(40, 20, QImage.Format.Format_RGB32)
        image.fill(theme.color("card"))
        painter = QPainter(image)
        paint_fill(painter, QRectF(0, 0, 40, 20), Fill("place", kind), theme)
        painter.end()
        seen.add(bytes(image.constBits()))
    assert len(seen) == 4
    theme.set("light", 1.0)
