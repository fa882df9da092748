"""The score: parts that add up, an order that does not depend on the input, unknown below met."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.matching import Profile, Weights, fits
from matcher.matching.score import Fit
from matcher.model import Anonymity, Audience, Brief, Criterion, CriterionField, Op, Strength

TODAY = date(2026, 11, 23)
BRIEF = Brief(
    "Nights in home care",
    audience=Audience.ACADEMIC,
    topics=("night work", "pay"),
    regions=("England",),
    remote=True,
    criteria=(
        Criterion(Strength.MUST, CriterionField.COUNTRY, Op.ANY_OF, ["England"], "in England"),
        Criterion(Strength.MUST, CriterionField.YEARS_IN_CARE, Op.AT_LEAST, 2, "two years or more"),
        Criterion(Strength.PREFER, CriterionField.WORDS, Op.HAS, "North East", "North East"),
        Criterion(Strength.PREFER, CriterionField.WORDS, Op.HAS, "men who have quit", "men who have quit"),
    ),
)
WORDS = ("nights", "sleep-ins", "my pay", "not paid", "dementia", "I don't do nights", "mileage", "a cat")

profiles = st.builds(
    Profile,
    id=st.integers(1, 10_000),
    first_name=st.sampled_from(["Amal", "Bea", "Cerys"]),
    region=st.sampled_from([None, "North East", "London", "Wales"]),
    country=st.none(),
    role=st.sampled_from([None, "care worker", "care coordinator", "registered manager"]),
    start_year=st.sampled_from([None, 1999, 2020, 2026]),
    gender=st.sampled_from([None, "M", "F"]),
    care_types=st.sampled_from([(), ("nights",), ("older people",)]),
    experience_text=st.lists(st.sampled_from(WORDS), max_size=4).map(". ".join),
    interests_text=st.lists(st.sampled_from(WORDS), max_size=3).map(", ".join),
    avoid_text=st.sampled_from(["", "nights, pay"]),
    online_ok=st.sampled_from([None, True, False]),
)
networks = st.lists(profiles, max_size=8, unique_by=lambda profile: profile.id)
weights = st.builds(Weights, *[st.integers(0, 100).map(float)] * 3)


def seen(found: list[Fit]) -> list[tuple[int, float, str]]:
    return [(fit.profile.id, fit.score, fit.status) for fit in found]


@given(networks, weights)
@settings(max_examples=60, deadline=None)
def test_parts_add_up_to_the_score_within_a_hundred(network: list[Profile], chosen: Weights) -> None:
    for fit in fits(BRIEF, network, TODAY, chosen):
        assert round(sum(fit.parts.values()), 1) == fit.score
        assert all(points >= 0 for points in fit.parts.values())
        assert 0 <= fit.score <= 100.1


@given(networks, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_does_not_depend_on_the_order_of_the_input(network: list[Profile], chance: random.Random) -> None:
    shuffled = list(network)
    chance.shuffle(shuffled)
    assert seen(fits(BRIEF, network, TODAY)) == seen(fits(BRIEF, shuffled, TODAY))


@given(networks)
@settings(max_examples=60, deadline=None)
def test_everyone_stands_once_and_unknown_stands_below_met_and_above_failed(network: list[Profile]) -> None:
    found = fits(BRIEF, network, TODAY)
    assert sorted(fit.profile.id for fit in found) == sorted(profile.id for profile in network)
    groups = [(fit.failed is not None, fit.status == "ask") for fit in found]
    assert groups == sorted(groups)
    for fit in found:
        if fit.failed is None:
            assert (fit.status == "ask") == bool(fit.to_ask)


@given(profiles)
@settings(max_examples=60, deadline=None)
def test_what_is_unknown_never_fails_anyone(profile: Profile) -> None:
    blank = replace(profile, region=None, start_year=None, avoid_text="", role=None)
    assert fits(BRIEF, [blank], TODAY)[0].failed is None


def test_equal_members_are_ordered_by_lot_and_not_by_number() -> None:
    same = Profile(1, region="London", start_year=2010)
    network = [replace(same, id=number) for number in range(1, 40)]
    by_request = [[fit.profile.id for fit in fits(BRIEF, network, TODAY, request_id=r)] for r in (1, 2)]
    assert by_request[0] != by_request[1]
    assert by_request[0] != sorted(by_request[0])


def test_a_nice_to_have_lifts_and_its_reason_is_told() -> None:
    here = Profile(1, region="North East", start_year=2010)
    there = Profile(2, region="South West", start_year=2010)
    first, second = fits(BRIEF, [there, here], TODAY)
    assert first.profile is here
    assert first.parts["region"] > second.parts["region"]
    assert any(piece.criterion == "North East" for piece in first.evidence)


def test_wanting_to_speak_of_it_beats_only_having_done_it_beats_silence() -> None:
    wants = Profile(1, region="London", start_year=2010, interests_text="nights and what they do to you")
    does = Profile(2, region="London", start_year=2010, experience_text="nights and what they do to you")
    silent = Profile(3, region="London", start_year=2010, interests_text="gardening with my clients")
    found = {fit.profile.id: fit.parts["interests"] for fit in fits(BRIEF, [wants, does, silent], TODAY)}
    assert found[1] > found[2] > found[3]


def test_who_will_not_discuss_it_is_not_put_forward() -> None:
    brief = replace(BRIEF, topics=("dementia",))
    shy = Profile(1, region="London", start_year=2010, avoid_text="dementia, my mum had it")
    fit = fits(brief, [shy], TODAY)[0]
    assert fit.failed is not None
    assert fit.failed[1].evidence[0].source == "avoid_text"


@pytest.mark.parametrize("condition", ["not on camera", "No photographs or video", "No filming", "no name no town"])
def test_who_will_not_be_filmed_is_not_put_forward_for_film(condition: str) -> None:
    brief = replace(BRIEF, audience=Audience.MEDIA, anonymity=Anonymity.ON_CAMERA)
    member = Profile(1, region="London", start_year=2010, conditions_text=condition)
    assert fits(brief, [member], TODAY)[0].failed is not None
    assert fits(replace(brief, anonymity=Anonymity.ANONYMOUS), [member], TODAY)[0].failed is None


def test_who_can_join_online_need_not_come_to_the_place() -> None:
    place = Criterion(Strength.MUST, CriterionField.PLACE, Op.ANY_OF, ["Leeds"], "in Leeds")
    brief = Brief("A visit", places=("Leeds",), remote=True, criteria=(place,))
    far = Profile(1, town="Exeter", region="South West", latitude=50.72, longitude=-3.53)
    assert fits(brief, [far], TODAY)[0].failed is None
    assert fits(brief, [replace(far, online_ok=False)], TODAY)[0].failed is not None
    assert fits(replace(brief, remote=False), [far], TODAY)[0].failed is not None
