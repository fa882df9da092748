"""Where she lives counts as distance, not as a label."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.matching import Profile, Status, judge
from matcher.matching.named_places import names_area, read_places
from matcher.matching.places import can_attend, reach, setting_of
from matcher.model import Brief, Criterion, CriterionField, Op, Session, Strength

TODAY = date(2026, 11, 23)
LEEDS = Profile(
    1, town="Leeds", authority="Leeds", county="West Yorkshire", region="Yorkshire and The Humber",
    country="England", latitude=53.80, longitude=-1.55, travel_miles=15, online_ok=True, in_person_ok=True,
)  # fmt: skip
BRADFORD = replace(LEEDS, id=2, town="Bradford", authority="Bradford", latitude=53.80, longitude=-1.75)
SHEFFIELD = replace(LEEDS, id=3, town="Sheffield", authority="Sheffield", latitude=53.38, longitude=-1.47)
MANCHESTER = replace(
    LEEDS, id=4, town="Manchester", authority="Manchester", region="North West", latitude=53.48, longitude=-2.24
)
EXETER = replace(
    LEEDS, id=5, town="Exeter", authority="Exeter", county="Devon", region="South West",
    latitude=50.72, longitude=-3.53,
)  # fmt: skip
WREXHAM = replace(
    LEEDS, id=6, town="Wrexham", authority="Wrexham", county="Wrexham", region="Wales", country="Wales",
    latitude=53.05, longitude=-2.99,
)  # fmt: skip


def test_nearer_is_better_down_to_nothing() -> None:
    setting = setting_of(Brief("A meeting", places=("Leeds",), remote=False))
    near = [reach(setting, who).degree for who in (LEEDS, BRADFORD, SHEFFIELD, MANCHESTER, EXETER)]
    assert near == sorted(near, reverse=True)
    assert len(set(near)) == len(near)
    assert near[-1] == 0


def test_of_several_places_the_nearest_counts() -> None:
    setting = setting_of(Brief("Meetings", places=("Exeter, Leeds",), remote=False))
    assert reach(setting, EXETER).degree == reach(setting, LEEDS).degree == 1


def test_a_remote_request_ignores_distance() -> None:
    setting = setting_of(Brief("A call", regions=("UK",), remote=True))
    assert {reach(setting, who).degree for who in (LEEDS, EXETER, WREXHAM)} == {1.0}


def test_remote_within_england_is_still_within_england() -> None:
    setting = setting_of(Brief("A call", regions=("England",), remote=True))
    assert reach(setting, EXETER).degree > reach(setting, WREXHAM).degree


def test_her_own_travel_limit_is_asked_about_and_online_only_fails_in_person() -> None:
    setting = setting_of(Brief("A day", places=("Leeds",), remote=False, sessions=(Session(TODAY, place="Leeds"),)))
    assert can_attend(setting, SHEFFIELD).status is Status.UNKNOWN
    assert can_attend(setting, replace(SHEFFIELD, travel_miles=60)).status is Status.MET
    assert can_attend(setting, replace(SHEFFIELD, travel_miles=5)).status is Status.FAILED
    assert can_attend(setting, replace(EXETER, travel_miles=None)).status is Status.UNKNOWN
    assert can_attend(setting, replace(LEEDS, in_person_ok=False)).status is Status.FAILED


@pytest.mark.parametrize(
    ("named", "authority", "town", "status"),
    [
        ("the Black Country", "Sandwell", "Smethwick", Status.MET),
        ("the Black Country", "Coventry", "Coventry", Status.FAILED),
        ("Birmingham or the Black Country", "Birmingham", "Sparkbrook", Status.MET),
        ("Birmingham or the Black Country", "Solihull", "Solihull", Status.FAILED),
    ],
)
def test_an_area_is_its_authorities(named: str, authority: str, town: str, status: Status) -> None:
    wanted = Criterion(Strength.MUST, CriterionField.PLACE, Op.ANY_OF, [named], named)
    member = Profile(
        9, town=town, authority=authority, county="West Midlands", region="West Midlands", country="England",
        latitude=52.5, longitude=-1.9,
    )  # fmt: skip
    assert judge(wanted, member, TODAY).status is status


def test_york_is_not_all_of_north_yorkshire() -> None:
    assert names_area("North Yorkshire", "North Yorkshire")
    assert names_area("Bristol, City of", "Bristol")
    assert not names_area("North Yorkshire", "York")


def test_a_corner_of_a_nation_is_a_place() -> None:
    named: list[Any] = ["Merseyside", "Cheshire", "north-east Wales"]
    wanted = Criterion(Strength.MUST, CriterionField.PLACE, Op.ANY_OF, named)
    cardiff = replace(
        WREXHAM, id=7, town="Cardiff", county="Cardiff", authority="Cardiff", latitude=51.48, longitude=-3.18
    )
    assert judge(wanted, WREXHAM, TODAY).status is Status.MET
    assert judge(wanted, cardiff, TODAY).status is Status.FAILED
    assert judge(wanted, LEEDS, TODAY).status is Status.FAILED


def test_outside_london_is_not_london() -> None:
    assert [away for _, away in read_places("outside London and the South East")] == [True, True]
    assert [where.name for where, _ in read_places("Northern Irish, Scottish or Welsh")] == [
        "Northern Ireland", "Scotland", "Wales",
    ]  # fmt: skip
