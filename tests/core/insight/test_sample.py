"""Every figure of the sample network against a plain recount, over all time and over a year."""

import math
import statistics
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from tests.core.insight import recount

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
def period(request: pytest.FixtureRequest) -> tuple[date | None, date]:
    found: tuple[date | None, date] = request.param
    return found


@pytest.fixture
def figures(sample: Store, period: tuple[date | None, date], frozen: object) -> Insight:
    return insight.look(sample, *period)


@pytest.fixture
def every(sample: Store, frozen: object) -> recount.Everything:
    return recount.read(sample)


Span = tuple[date | None, date]


def test_voices(figures: Insight, every: recount.Everything, period: Span) -> None:
    for voice in figures.voices:
        told = recount.heard(every, voice.dimension, *period, english=False)
        here = recount.heard(every, voice.dimension, *period, english=True)
        assert set(told) <= {row.value for row in voice.rows}
        for row in voice.rows:
            one = row.everywhere
            counts = [one.members, one.asked, one.volunteered, one.took_part, row.asks, row.parts]
            assert counts == told.get(row.value, [0] * 6)
            if row.in_england:
                one = row.in_england
                assert [one.members, one.asked, one.volunteered, one.took_part] == here.get(row.value, [0] * 6)[:4]
            else:
                assert row.value not in here


def test_shares_are_of_those_whose_value_is_known(figures: Insight) -> None:
    for voice in figures.voices:
        known = [row.everywhere for row in voice.rows if row.value is not None]
        total = sum(one.members for one in known)
        assert [one.members_share for one in known] == [one.members / total for one in known]
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
    spread, counts = figures.spread, recount.times_asked(every, *period, volunteered=False)
    assert (spread.people, spread.asks) == (len(counts), sum(counts))
    assert (spread.never_asked, spread.most) == (counts.count(0), max(counts))
    assert dict(spread.by_asks) == Counter(counts)
    assert [one.asks for one in spread.most_asked] == sorted((c for c in counts if c), reverse=True)[:10]
    if sum(counts):
        assert spread.gini is not None
        assert math.isclose(spread.gini, recount.gini(counts))
        assert (spread.lorenz[0], spread.lorenz[-1]) == ((0.0, 0.0), (1.0, 1.0))
        for people, share in spread.lorenz:
            least = counts[: round(people * len(counts))]
            assert math.isclose(share, sum(least) / sum(counts))
    else:
        assert (spread.gini, spread.lorenz) == (None, ())


def test_volunteers_are_counted_apart(figures: Insight, every: recount.Everything, period: Span) -> None:
    counts = recount.times_asked(every, *period, volunteered=True)
    told = figures.volunteers
    assert (told.people, told.times, told.most) == (len(counts), sum(counts), max(counts, default=0))


def test_replies(figures: Insight, every: recount.Everything, period: Span) -> None:
    asks = [ask for ask in every.asks if recount.asked(ask, *period) and not ask["volunteered"]]
    tables = figures.replies
    groups = (*tables.by_audience, *tables.by_channel, *tables.by_both, tables.total)
    for group in groups:
        mine = [
            ask for ask in asks
            if group.audience in (None, every.requests[ask["request_id"]]["audience"])
            and (group.channel in (None, ask["channel"]))
        ]  # fmt: skip
        assert group.asked == len(mine) == group.yes + group.no + group.cannot + group.stop + group.waiting
        assert group.yes == sum(ask["state"] in ("yes", "done") for ask in mine)
        assert group.waiting == sum(ask["state"] == "asked" for ask in mine)
        answered = [
            (ask["answered_at"] - ask["asked_at"]).total_seconds() / 86_400 for ask in mine if ask["answered_at"]
        ]
        assert group.median_days == (statistics.median(answered) if answered else None)
    for table in (tables.by_audience, tables.by_channel, tables.by_both):
        assert sum(group.asked for group in table) == tables.total.asked == len(asks)


def test_waits(figures: Insight, every: recount.Everything, period: Span) -> None:
    days, told = recount.waits(every, *period), figures.waits
    assert told.total.requests == len(days) == sum(one.requests for one in told.by_audience)
    assert told.total.median == (statistics.median(days) if days else None)
    assert (told.total.shortest, told.total.longest) == (min(days, default=None), max(days, default=None))
    if len(days) == 5:
        assert (told.total.lower_quartile, told.total.upper_quartile) == (days[1], days[3])


def test_requesters(figures: Insight, every: recount.Everything, period: Span) -> None:
    parts = [ask for ask in every.asks if recount.took_part(ask, *period)]
    for row in figures.requesters:
        mine = [ask for ask in parts if every.requests[ask["request_id"]]["requester_id"] == row.requester_id]
        assert row.took_part == len(mine)
        assert row.paid == sum(ask["paid_on"] is not None for ask in mine)
        assert row.heard_back == sum(ask["heard_back_on"] is not None for ask in mine)
        pays = [
            ask for ask in mine
            if (every.requests[ask["request_id"]]["brief_json"].get("payment") or {}).get("amount")
        ]  # fmt: skip
        assert row.to_pay == sum(ask["paid_on"] is None and ask["payment_declined_on"] is None for ask in pays)
    assert sum(row.took_part for row in figures.requesters) == len(parts)


def test_growth(figures: Insight, every: recount.Everything, period: Span) -> None:
    told, growth = recount.joined(every, *period), figures.growth
    for (month, area), count in told["areas"].items():
        (series,) = (one for one in growth.by_area if one.label == area)
        assert series.joined[growth.months.index(month)] == count
    months = list(growth.months)
    for place, month in enumerate(months):
        expected = sum(count for (when, _), count in told["areas"].items() if when == month)
        assert growth.joined[place] == expected
        for table in (growth.by_area, growth.by_source):
            assert sum(one.joined[place] for one in table) == expected
    kept = {one.label.casefold(): sum(one.joined) for one in growth.by_source if one.label != "Other ways"}
    sources = Counter[str]()
    for (_, source), count in told["sources"].items():
        sources[source.casefold()] += count
    assert kept == {name: sources[name] for name in kept}
    assert len(kept) == min(8, len(sources))
    here = [one for one in every.live() if recount.within(one["joined_on"], None, period[1])]
    assert growth.members[-1] == len(here)


def test_a_period_that_ends_before_it_begins_is_refused(sample: Store) -> None:
    with pytest.raises(UserError, match="before it begins"):
        insight.look(sample, date(2026, 5, 2), date(2026, 5, 1))
