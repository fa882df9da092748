"""Counts before anybody agreed: small groups cannot be read off, nor worked out from the others."""

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.model import Decision
from matcher.outreach import ask, willing_counts
from matcher.outreach.counts import merge_small
from matcher.storage import put_setting, work

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")
GROUPS = st.dictionaries(
    st.sampled_from(["Wales", "London", "Scotland", "South West", "elsewhere"]), st.integers(0, 12)
)


@given(GROUPS, st.integers(1, 8))
def test_no_group_can_be_worked_out(groups: dict[str, int], k: int) -> None:
    shown = merge_small(groups, k)
    total = sum(groups.values())
    assert sum(shown.values()) == (total if total >= k else 0)
    assert all(count >= k for count in shown.values())
    for name, count in shown.items():
        assert name == "elsewhere" or count == groups[name]
    hidden = [name for name in groups if name not in shown and groups[name]]
    if len(hidden) == 1 and "elsewhere" not in groups and shown:  # one alone would be what is left of the total
        assert shown["elsewhere"] != groups[hidden[0]] or groups[hidden[0]] >= k


@given(GROUPS, st.integers(1, 8), st.sampled_from(["Wales", "London"]))
def test_one_person_more_shows_only_in_a_group_large_enough(groups: dict[str, int], k: int, where: str) -> None:
    before, after = merge_small(groups, k), merge_small(Counter(groups) + Counter({where: 1}), k)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert all(after.get(name, k) >= k for name in changed)


def people(network: "Network", number: int, region: str | None, since: int, decision: Decision) -> None:
    for _ in range(number):
        member = network.member(region=region, start_year=since)
        network.say(member, decision)


def test_those_who_may_be_asked_by_region_and_years(network: "Network") -> None:
    people(network, 6, "Wales", 2010, Decision.GIVEN)
    people(network, 7, "London", 2022, Decision.GIVEN)
    people(network, 2, "Scotland", 2022, Decision.GIVEN)
    people(network, 3, "Wales", 2010, Decision.REFUSED)
    network.member(region="Wales")
    found = willing_counts(network.store, network.request())
    assert (found.willing, found.experienced) == (15, 6)
    assert found.by_region == {"London": 7, "elsewhere": 8}
    assert "15 members" in found.sentence()


def test_ask_me_first_is_never_counted(network: "Network") -> None:
    people(network, 9, "Wales", 2010, Decision.ASK_FIRST)
    assert willing_counts(network.store, network.request()).willing is None
    people(network, 5, "Wales", 2010, Decision.GIVEN)
    assert willing_counts(network.store, network.request()).by_region == {"Wales": 5}


def test_fewer_than_k_are_not_told(network: "Network") -> None:
    people(network, 4, "Wales", 2010, Decision.GIVEN)
    request = network.request()
    found = willing_counts(network.store, request)
    assert (found.willing, found.by_region, found.experienced) == (None, {}, None)
    assert found.sentence() == "Fewer than 5 members may be asked about this."
    with work(network.store, "rules") as unit:
        put_setting(unit, "privacy.smallest_group", 3)
    assert willing_counts(network.store, request).willing == 4


def test_the_few_without_long_experience_are_hidden_too(network: "Network") -> None:
    people(network, 8, "Wales", 2010, Decision.GIVEN)
    people(network, 1, "Wales", 2024, Decision.GIVEN)
    assert willing_counts(network.store, network.request()).experienced is None


def test_who_was_asked_already_or_rests_is_not_counted(network: "Network") -> None:
    ids = [network.willing(region="Wales") for _ in range(7)]
    one, other = network.request(), network.request()
    ask(network.store, one, ids[:2])
    assert willing_counts(network.store, one).willing == 5
    assert willing_counts(network.store, other).willing == 5
