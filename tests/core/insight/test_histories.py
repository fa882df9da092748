"""Any history there can be, with merged and erased people in it: every figure is what a plain recount says."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.conftest import Network, NewNetwork, examples
from tests.core.insight import compare, recount
from tests.core.insight.histories import FIRST, Asks, People, Posts, asks, days, members, posts, write

from matcher import insight
from matcher.consent import erase
from matcher.directory import merge_members
from matcher.model import (
    Invitation,
    InvitationState,
)
from matcher.storage import work


@settings(examples(10), phases=(Phase.generate,))
@given(
    people=st.lists(members, min_size=1, max_size=8),
    posted=st.lists(posts, min_size=1, max_size=5),
    asked=st.lists(asks, max_size=25),
    merged=st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=2),
    erased=st.lists(st.integers(1, 8), max_size=2),
    since=st.one_of(st.none(), days),
    length=days,
)
def test_any_history(
    new_network: NewNetwork, people: People, posted: Posts, asked: Asks, merged: list[tuple[int, int]],
    erased: list[int], since: int | None, length: int,
) -> None:  # fmt: skip
    with new_network() as network:
        write(network.store, people, posted, asked)
        aliases: set[int] = set()
        for keep, away in merged:
            if keep != away and max(keep, away) <= len(people) and not {keep, away} & aliases:
                merge_members(network.store, keep, away)
                aliases.add(away)
        gone: set[int] = set()
        for one in erased:
            if one <= len(people) and one not in gone | aliases:
                erase(network.store, one)
                gone.add(one)
        first = None if since is None else (FIRST + timedelta(days=since)).date()
        span = (first, (first or FIRST.date()) + timedelta(days=length))
        figures, every = insight.look(network.store, *span), recount.read(network.store)
        for figure in (
            compare.voices, compare.spread, compare.volunteers, compare.replies, compare.waits, compare.requesters,
            compare.growth,
        ):  # fmt: skip
            figure(figures, every, span)


def test_an_ask_late_in_the_evening_counts_for_its_london_day(network: Network) -> None:
    member, request = network.willing(), network.request()
    with work(network.store, "an ask") as unit:
        unit.session.add(
            Invitation(
                member_id=member,
                request_id=request,
                state=InvitationState.ASKED,
                asked_at=datetime(2026, 6, 30, 23, 15, tzinfo=UTC),
            )
        )
    assert insight.look(network.store, until=date(2026, 6, 30)).replies.total.asked == 0
    assert insight.look(network.store, date(2026, 7, 1), date(2026, 7, 1)).replies.total.asked == 1


def test_merged_records_are_one_person_and_erased_people_only_a_count(network: Network) -> None:
    kept, away, gone = (network.willing(name, region="Wales") for name in ("Ada", "Ada", "Bela"))
    request, other = network.request(), network.request()
    with work(network.store, "asks") as unit:
        for member, about in ((kept, request), (away, other), (gone, request)):
            unit.session.add(
                Invitation(member_id=member, request_id=about, state=InvitationState.ASKED, asked_at=unit.now)
            )
    merge_members(network.store, kept, away)
    erase(network.store, gone)
    figures = insight.look(network.store)
    (wales,) = (row for row in figures.voices[0].rows if row.value == "Wales")
    (unknown,) = (row for row in figures.voices[0].rows if row.value is None)
    assert (wales.everywhere.members, wales.everywhere.asked, wales.asks) == (1, 1, 2)
    assert (unknown.everywhere.members, unknown.everywhere.asked, unknown.asks) == (0, 1, 1)
    assert [(one.member_id, one.asks) for one in figures.spread.most_asked] == [(kept, 2)]
    assert (figures.spread.people, figures.growth.erased[-1]) == (1, 1)
