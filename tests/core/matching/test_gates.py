"""The gate for everybody at once says of each member just what the gate says of her alone."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.consent import Ask, Gate, Rest, Standing, Workplace, Workplaces
from matcher.consent.conflicts import conflict_at
from matcher.matching.facts import Facts
from matcher.matching.index import Builder, Busy, Gates
from matcher.matching.profile import Profile
from matcher.model import Anonymity, Answer, Audience, Brief, Format, InvitationState, Outcome, State

TODAY = date(2026, 11, 23)
REQUEST = 7

asks = st.builds(
    Ask,
    st.sampled_from([REQUEST, 8, 9]),
    st.sampled_from(list(InvitationState)),
    st.sampled_from([None, *(datetime(2026, m, 20, 12, tzinfo=UTC) for m in (1, 10, 11))]),
    st.sampled_from([None, *Answer]),
    st.sampled_from([None, *Outcome]),
    st.sampled_from([None, date(2026, 11, 1)]),
    st.booleans(),
    st.booleans(),
)
standings = st.builds(
    Standing,
    st.tuples(*[st.sampled_from(list(State))] * 5),
    st.lists(st.sampled_from(["no_photo", "no_broadcast", "first_name_only"]), max_size=2, unique=True).map(tuple),
    st.lists(asks, max_size=4).map(tuple),
)
EMPLOYERS = ("Sunny Care Ltd", "Sunny Care Leeds", "Suny Care Ltd", "Other Homecare", None)
workplaces = st.builds(Workplace, st.sampled_from(EMPLOYERS), st.sampled_from(["", "sunnycare.example.org"]))
briefs = st.builds(
    Brief,
    st.just("A film"),
    audience=st.sampled_from(list(Audience)),
    organisation=st.sampled_from(["", "Sunny Care", "A University"]),
    contact=st.sampled_from(["", "press@sunnycare.example.org", "x@sunnycare.co.uk"]),
    format=st.sampled_from([Format.LIVE_BROADCAST, Format.SURVEY]),
    anonymity=st.sampled_from(list(Anonymity)),
)


@given(
    st.lists(st.tuples(standings, workplaces), min_size=1, max_size=12), briefs, st.integers(1, 3), st.booleans()
)
@settings(max_examples=150, deadline=None)
def test_everybody_at_once_gets_the_verdict_she_gets_alone(
    people: list[tuple[Standing, Workplace]], brief: Brief, most: int, shut: bool
) -> None:
    builder = Builder()
    for number, (standing, place) in enumerate(people):
        builder.add(Facts(Profile(id=number)), standing, place)
    index, rules = builder.index(), Rest(21, 42, most)
    request: Any = SimpleNamespace(id=REQUEST, audience=brief.audience, brief=brief)
    gate = Gate(rules, request, TODAY)
    conflicts = Workplaces(index.columns["workplace"].values).conflicts(brief.organisation, brief.contact)
    gates = Gates(gate, index, Busy(index.columns["asks"].values, rules), conflicts, shut=shut)
    kept_out = {int(index.ids[row]): rule for rule, rows in gates.by_rule().items() for row in rows}
    for row, number in enumerate(index.ids.tolist()):
        standing, place = people[number]
        alone = gate.verdict(standing, conflict_at(place, brief.organisation, brief.contact))
        assert gates.verdict(row) == alone
        assert gates.may[row] == (alone.may and not shut)
        assert kept_out.get(number, "") == alone.rule
