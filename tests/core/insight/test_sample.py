"""Every figure of the sample network against a plain recount, over all time and over a year."""

from collections.abc import Iterator
from datetime import date

import pytest
from tests.core.insight import compare, recount
from tests.core.insight.compare import Span

from matcher import insight
from matcher.errors import UserError
from matcher.insight import Dimension, Insight
from matcher.sample import make_sample
from matcher.storage import Store

PERIODS = (
    (None, date(2026, 11, 23)),
    (date(2025, 11, 1), date(2026, 10, 31)),
    (date(2020, 1, 1), date(2020, 2, 1)),
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHER_NOW", "2026-11-23T09:00:00+00:00")
        store = make_sample(tmp_path_factory.mktemp("sample") / "lantern.matcher")
    yield store
    store.close()


@pytest.fixture(params=PERIODS, ids=("ever", "a year", "before it all"))
def period(request: pytest.FixtureRequest) -> Span:
    found: Span = request.param
    return found


@pytest.fixture
def figures(sample: Store, period: Span, frozen: object) -> Insight:
    return insight.look(sample, *period)


@pytest.fixture
def every(sample: Store, frozen: object) -> recount.Everything:
    return recount.read(sample)


def test_voices(figures: Insight, every: recount.Everything, period: Span) -> None:
    compare.voices(figures, every, period)


def test_shares_are_of_those_whose_value_is_known(figures: Insight) -> None:
    for voice in figures.voices:
        known = [row.everywhere for row in voice.rows if row.value is not None]
        total = sum(one.members for one in known)
        assert [one.members_share for one in known] == [one.members / total if total else None for one in known]
        asked = sum(one.asked for one in known)
        assert [one.asked_share for one in known] == [one.asked / asked if asked >= 20 else None for one in known]
        assert all(row.everywhere.asked_share is None for row in voice.rows if row.value is None)


def test_regions_are_all_there_even_where_nobody_is(figures: Insight) -> None:
    (regions,) = (voice for voice in figures.voices if voice.dimension is Dimension.REGION)
    assert [row.label for row in regions.rows[:12]][-3:] == ["Wales", "Scotland", "Northern Ireland"]
    assert [row.label for row in regions.rows if row.in_england is None] == [
        "Wales",
        "Scotland",
        "Northern Ireland",
    ]


def test_spread(figures: Insight, every: recount.Everything, period: Span) -> None:
    compare.spread(figures, every, period)


def test_volunteers_are_counted_apart(figures: Insight, every: recount.Everything, period: Span) -> None:
    compare.volunteers(figures, every, period)


def test_replies(figures: Insight, every: recount.Everything, period: Span) -> None:
    compare.replies(figures, every, period)


def test_waits(figures: Insight, every: recount.Everything, period: Span) -> None:
    compare.waits(figures, every, period)


def test_requesters(figures: Insight, every: recount.Everything, period: Span) -> None:
    compare.requesters(figures, every, period)


def test_growth(figures: Insight, every: recount.Everything, period: Span) -> None:
    compare.growth(figures, every, period)


def test_a_period_that_ends_before_it_begins_is_refused(sample: Store) -> None:
    with pytest.raises(UserError, match="before it begins"):
        insight.look(sample, date(2026, 5, 2), date(2026, 5, 1))
