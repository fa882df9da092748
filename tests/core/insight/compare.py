"""Figures against the plain recount of the same store and period."""

import math
import statistics
from collections import Counter
from datetime import date
from typing import Any

from tests.core.insight import recount
from tests.core.insight.recount import Everything

from matcher.insight import Insight, Replies
from matcher.model import CLOSED, Answer

Span = tuple[date | None, date]


def voices(figures: Insight, every: Everything, period: Span) -> None:
    """Voices, as recounted."""
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


def spread(figures: Insight, every: Everything, period: Span) -> None:
    """Spread, as recounted."""
    spread, counts = figures.spread, recount.times_asked(every, *period, volunteered=False)
    assert (spread.people, spread.asks) == (len(counts), sum(counts))
    assert (spread.never_asked, spread.most) == (counts.count(0), max(counts, default=0))
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


def volunteers(figures: Insight, every: Everything, period: Span) -> None:
    """Volunteers, as recounted."""
    counts = recount.times_asked(every, *period, volunteered=True)
    told = figures.volunteers
    assert (told.people, told.times, told.most) == (len(counts), sum(counts), max(counts, default=0))


def replies(figures: Insight, every: Everything, period: Span) -> None:
    """Replies, as recounted."""
    asks = [ask for ask in every.asks if recount.asked(ask, *period) and not ask["volunteered"]]
    tables = figures.replies
    groups: list[tuple[Replies, dict[str, Any]]] = [(tables.total, {})]
    groups += [(one, {"audience": one.audience}) for one in tables.by_audience]
    groups += [(one, {"channel": one.channel}) for one in tables.by_channel]
    groups += [(one, {"audience": one.audience, "channel": one.channel}) for one in tables.by_both]
    for ask in asks:
        ask["audience"] = every.requests[ask["request_id"]]["audience"]
        ask["channel"] = ask["channel"] or None
    for group, told in groups:
        mine = [ask for ask in asks if all(ask[name] == value for name, value in told.items())]
        assert group.asked == len(mine) == group.yes + group.no + group.cannot + group.stop + group.waiting
        assert group.yes == sum(ask["state"] in ("yes", "done") for ask in mine)
        assert group.waiting == sum(ask["state"] == "asked" for ask in mine)
        said_no = [ask["answer"] for ask in mine if ask["state"] == "no"]
        assert group.stop == sum(answer in (Answer.STOP_KIND, Answer.STOP_ALL) for answer in said_no)
        assert group.cannot == said_no.count(Answer.CANNOT_MAKE_DATE)
        answered = [
            (ask["answered_at"] - ask["asked_at"]).total_seconds() / 86_400 for ask in mine if ask["answered_at"]
        ]
        assert group.median_days == (statistics.median(answered) if answered else None)
    for table in (tables.by_audience, tables.by_channel, tables.by_both):
        assert sum(group.asked for group in table) == tables.total.asked == len(asks)


def waits(figures: Insight, every: Everything, period: Span) -> None:
    """Waits, as recounted."""
    days, told = recount.waits(every, *period), figures.waits
    assert told.total.requests == len(days) == sum(one.requests for one in told.by_audience)
    assert told.total.median == (statistics.median(days) if days else None)
    assert (told.total.shortest, told.total.longest) == (min(days, default=None), max(days, default=None))
    if len(days) >= 4:
        assert told.total.lower_quartile == quartile(days, 1)
        assert told.total.upper_quartile == quartile(days, 3)
    arrived = recount.arrived(every, *period)
    without = [one["stage"] in CLOSED for one in arrived if recount.introduced(every, one) is None]
    assert (told.received, told.still_open, told.closed_without) == (
        len(arrived), without.count(False), without.count(True)
    )  # fmt: skip


def quartile(days: list[int], place: int) -> float:
    """The value a quarter, or three, of the way along the sorted days, in a straight line between two of them."""
    at = (len(days) - 1) * place / 4
    low, high = days[math.floor(at)], days[math.ceil(at)]
    return low + (high - low) * (at - math.floor(at))


def requesters(figures: Insight, every: Everything, period: Span) -> None:
    """Requesters, as recounted."""
    parts = [ask for ask in every.asks if recount.took_part(ask, *period)]
    asks = [ask for ask in every.asks if recount.asked(ask, *period)]
    arrived = recount.arrived(every, *period)
    facts = [fact for fact in every.facts if recount.within(fact["on_day"], *period)]
    for row in figures.requesters:
        made = [ask for ask in asks if every.requests[ask["request_id"]]["requester_id"] == row.requester_id]
        assert (row.asked, row.agreed) == (len(made), sum(ask["state"] in ("yes", "done") for ask in made))
        assert row.requests == sum(one["requester_id"] == row.requester_id for one in arrived)
        noted = [fact["kind"] for fact in facts if fact["requester_id"] == row.requester_id]
        assert (row.findings, row.feedback) == (noted.count("findings"), noted.count("feedback"))
        mine = [ask for ask in parts if every.requests[ask["request_id"]]["requester_id"] == row.requester_id]
        assert row.declined_payment == sum(ask["payment_declined_on"] is not None for ask in mine)
        assert row.said == sum(bool(ask["feedback"]) for ask in mine)
        assert row.took_part == len(mine)
        assert row.paid == sum(ask["paid_on"] is not None for ask in mine)
        assert row.heard_back == sum(ask["heard_back_on"] is not None for ask in mine)
        pays = [
            ask for ask in mine
            if (every.requests[ask["request_id"]]["brief_json"].get("payment") or {}).get("amount")
        ]  # fmt: skip
        assert row.to_pay == sum(ask["paid_on"] is None and ask["payment_declined_on"] is None for ask in pays)
    assert sum(row.took_part for row in figures.requesters) == len(parts)
    assert sum(row.asked for row in figures.requesters) == len(asks)
    assert sum(row.requests for row in figures.requesters) == len(arrived)


def growth(figures: Insight, every: Everything, period: Span) -> None:
    """Growth, as recounted."""
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
    assert growth.members[-1] == len(every.live(period[1]))
