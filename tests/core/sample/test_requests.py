"""The sample's requests: every stage and audience, and never stale."""

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from matcher.model import CLOSED, Audience, RequestKind, Stage
from matcher.model.words import NEXT_STAGES
from matcher.sample.requests import sample_requests

TODAY = date(2026, 11, 23)
days = st.dates(date(2026, 1, 1), date(2036, 12, 31))


def test_every_stage_and_audience_is_there() -> None:
    requests = sample_requests(TODAY)
    assert {r.stage for r in requests} == set(Stage)
    assert {r.brief.audience for r in requests} == set(Audience)
    assert {RequestKind.REQUEST, RequestKind.UPDATE, RequestKind.MARKETING} == {r.kind for r in requests}
    assert len({r.key for r in requests}) == len(requests)


@given(days)
def test_dates_follow_the_day_it_is_made(today: date) -> None:
    for request in sample_requests(today):
        assert request.received <= today
        if request.stage not in CLOSED:
            assert request.brief.deadline is not None
            assert 2 <= (request.brief.deadline - today).days <= 30
            assert all(session.on > request.brief.deadline for session in request.brief.sessions)
        assert "{" not in request.brief.text


@given(days)
def test_moves_are_steps_that_a_request_can_take(today: date) -> None:
    for request in sample_requests(today):
        stages, on = zip(*request.moves, strict=True)
        assert stages[0] is Stage.NEW
        assert all(later in NEXT_STAGES[stage] for stage, later in itertools.pairwise(stages))
        assert list(on) == sorted(on)
        assert request.received <= on[0]
        assert on[-1] <= today


def test_who_writes_is_fictional() -> None:
    assert all(r.requester.contact.endswith(".example") for r in sample_requests(TODAY))


def test_a_text_names_its_own_dates() -> None:
    roundtable = next(r for r in sample_requests(TODAY) if r.key == "travel-time-roundtable")
    session = roundtable.brief.sessions[0].on
    assert f"{session:%A} {session.day} {session:%B}" in roundtable.brief.text
