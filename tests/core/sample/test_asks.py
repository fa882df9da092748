"""Two years of asks: permission first, rest between, some asked often and some never."""

import itertools
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from matcher.model import MAY_BE_ASKED, Answer, Decision, Outcome, Stage, purpose_of
from matcher.sample.asks import History, SampleAsk, play, state_on
from matcher.sample.people import SamplePerson, sample_people
from matcher.sample.requests import SampleRequest, sample_requests

TODAY = date(2026, 11, 23)
PEOPLE = sample_people(300, 20261123, TODAY)
REQUESTS = sample_requests(TODAY)
BY_KEY = {request.key: request for request in REQUESTS}


@pytest.fixture(scope="module")
def history() -> History:
    return play(PEOPLE, REQUESTS, 20261123, TODAY)


def _all(history: History) -> list[tuple[SampleRequest, SamplePerson, SampleAsk]]:
    return [(BY_KEY[key], PEOPLE[ask.person], ask) for key, asks in history.asks.items() for ask in asks]


def test_nobody_is_asked_without_permission(history: History) -> None:
    for request, person, ask in _all(history):
        asked_on = ask.asked_at.date() if ask.asked_at else TODAY
        assert person.joined_on < asked_on
        assert state_on(person, purpose_of(request.brief.audience), asked_on) in MAY_BE_ASKED


def test_nobody_is_asked_again_while_resting(history: History) -> None:
    asked: dict[int, list[date]] = defaultdict(list)
    for _, _, ask in _all(history):
        if ask.asked_at:
            asked[ask.person].append(ask.asked_at.date())
    for days in asked.values():
        days.sort()
        assert all(later - day > timedelta(days=18) for day, later in itertools.pairwise(days))


def test_nobody_is_asked_after_saying_stop(history: History) -> None:
    for person, told in history.stops:
        assert told.decision is Decision.WITHDRAWN
        later = [
            ask
            for key, asks in history.asks.items()
            for ask in asks
            if ask.person == person and purpose_of(BY_KEY[key].brief.audience) is told.purpose
            and ask.asked_at and ask.asked_at > told.at
        ]  # fmt: skip
        assert later == []


def test_some_are_asked_often_and_some_never(history: History) -> None:
    asked = Counter(ask.person for _, _, ask in _all(history))
    assert max(asked.values()) >= 4
    assert 0.3 < 1 - len(asked) / len(PEOPLE) < 0.8


def test_answers_and_outcomes_are_of_every_kind(history: History) -> None:
    asks = [ask for _, _, ask in _all(history)]
    assert {ask.answer for ask in asks} == {*Answer, None}
    assert {ask.outcome for ask in asks} == {*Outcome, None}
    assert any(ask.volunteered for ask in asks)


def test_an_outcome_follows_a_yes_and_payment_follows_taking_part(history: History) -> None:
    for request, _, ask in _all(history):
        if ask.outcome:
            assert ask.answer is Answer.YES
            assert request.stage is Stage.DONE
        if ask.paid_on or ask.heard_back_on:
            assert ask.outcome is Outcome.TOOK_PART
        if ask.answered_at and ask.asked_at:
            assert ask.asked_at < ask.answered_at


def test_some_requesters_keep_their_promises_and_some_do_not(history: History) -> None:
    took_part = {
        key: [ask for ask in asks if ask.outcome is Outcome.TOOK_PART] for key, asks in history.asks.items()
    }
    assert all(ask.paid_on for ask in took_part["racism-groups"])
    assert not any(ask.paid_on for ask in took_part["skills-survey"])
    assert took_part["skills-survey"]
