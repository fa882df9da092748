"""What members say of work they do not do, did once, or are; and that none of it is taken the wrong way round."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.knowledge.topics import topics, topics_in
from matcher.matching import Profile, Status, fits, judge
from matcher.matching.facts import Facts
from matcher.model import Audience, Brief, Criterion, CriterionField, Op, Strength

TODAY = date(2026, 11, 23)
NOBODY = Profile(id=2)


def must(field: str, op: str, value: Any, text: str = "") -> Criterion:
    return Criterion(Strength.MUST, CriterionField(field), Op(op), value, text)


REFUSALS = (
    "I won't do {}.", "I don't do {}", "i dont do {}", "Never done {} and I'm not about to start.",
    "I've never done {}",
    "I haven't done {}.", "I ain't done {}", "no {} for me", "No {} please", "I can't do {} any more.",
    "{} is not for me", "{}? No thanks", "{}: never done it", "{} I don't do.", "I'm not doing {}",
    "I've never been asked to do {}", "We don't get asked to do {}", "I have no experience of {}",
    "I wouldn't touch {}", "I'm not allowed to do {}", "never been shown {}", "none of mine have {}",
    "I've no interest in {}", "nowt to do with {}",
)  # fmt: skip
BEFORE = ("", "I like my job. ", "Ten years in and still laughing, but ")
BEHIND = ("", ". Mornings suit me.", "! My ladies are lovely.")
SHIFTS = ("sleep-ins", "waking nights", "nights", "live-in")
WORK = tuple(
    (topic.key, phrase)
    for topic in topics() if topic.is_work
    for phrase in topic.phrases if phrase.isalpha() and phrase.islower()
)  # fmt: skip
texts = st.builds(lambda a, said, z: a + said + z, *map(st.sampled_from, (BEFORE, REFUSALS, BEHIND)))


@settings(deadline=None)
@given(texts, st.sampled_from(SHIFTS))
def test_a_shift_they_say_is_not_theirs_never_counts_as_worked(says: str, shift: str) -> None:
    member = replace(NOBODY, experience_text=says.format(shift))
    for criterion in (must("shift", "any_of", [shift]), must("words", "has", f"does {shift}")):
        assert judge(criterion, member, TODAY).status is not Status.MET


@settings(deadline=None)
@given(texts, st.sampled_from(WORK))
def test_work_they_say_is_not_theirs_never_counts_as_experience(says: str, work: tuple[str, str]) -> None:
    key, phrase = work
    found = [hit for hit in topics_in(says.format(phrase)) if hit.key == key and not hit.hinted]
    assert all(hit.negated for hit in found)


@pytest.mark.parametrize(
    ("says", "worked"),
    [
        ("They never paid me for the nights.", {"nights"}),
        ("I can't sleep after nights", {"nights"}),
        ("No nights or weekends please", set()),
        ("I do nights, never weekends", {"nights"}),
        ("I did living-in up to 2019, eight years of it", set()),
        ("I used to do sleep-ins", set()),
        ("Gave up waking nights in 2020", set()),
        ("I live in the same street as my clients", set()),
        ("I live in with a lady of 90", {"live_in"}),
        ("Twilight round, half six till late", {"evenings"}),
    ],
)
def test_shifts_are_those_they_work_now(says: str, worked: set[str]) -> None:
    shifts = Facts(replace(NOBODY, experience_text=says)).shifts
    assert {mention.kind for mention in shifts if not mention.denied} == worked


@pytest.mark.parametrize(
    "says", ["I've never had any training", "Not happy with the pay", "I didn't get sick pay, never have"]
)
def test_a_lack_they_speak_of_is_a_subject_they_speak_on(says: str) -> None:
    assert any(not hit.negated for hit in topics_in(says))


def test_who_lived_in_once_is_ruled_out_by_no_record_of_living_in_now() -> None:
    member = replace(NOBODY, role="live-in care worker", care_types=("live-in",))
    out = must("words", "none_of", ["used to live in but no longer"], "used to live in but no longer")
    assert judge(out, member, TODAY).status is not Status.FAILED
    assert judge(must("setting", "any_of", ["live-in care"]), member, TODAY).status is Status.MET
    assert judge(must("setting", "any_of", ["live-in care"]), NOBODY, TODAY).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("record", "says", "asked", "status"),
    [
        ("indefinite leave to remain", "", "is or has been on a sponsored visa", Status.UNKNOWN),
        ("indefinite leave to remain", "Five years on sponsorship.", "used to be sponsored", Status.MET),
        ("indefinite leave to remain", "Five years on sponsorship.", "on a sponsored visa", Status.FAILED),
        ("British", "", "is or has been on a sponsored visa", Status.FAILED),
    ],
)
def test_who_is_settled_may_have_come_on_a_visa(record: str, says: str, asked: str, status: Status) -> None:
    member = replace(NOBODY, migration_status=record, experience_text=says)
    assert judge(must("migration_status", "any_of", ["sponsored visa"], asked), member, TODAY).status is status


@pytest.mark.parametrize(
    ("says", "status"),
    [
        ("I walk all my calls", Status.MET),
        ("I get the bus everywhere", Status.MET),
        ("I don't drive", Status.MET),
        ("I use my own car", Status.UNKNOWN),
        ("", Status.UNKNOWN),
    ],
)
def test_getting_about_without_driving(says: str, status: Status) -> None:
    criterion = must("words", "has", "gets between visits without driving")
    assert judge(criterion, replace(NOBODY, experience_text=says), TODAY).status is status


def brief(text: str, place: str) -> Brief:
    return Brief(
        title="Sick pay", audience=Audience.POLICY, places=(place,), remote=True,
        criteria=(must("place", "any_of", [place], text),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place", "kept_out"),
    [("in Devon", "Devon", True), ("works in Leeds", "Leeds", True), ("can come to Leeds", "Leeds", False)],
)
def test_a_place_to_live_is_no_place_to_come_to(text: str, place: str, kept_out: bool) -> None:
    there = Profile(id=1, town="Oldham", region="North West", country="England", latitude=53.54, longitude=-2.1)
    (fit,) = fits(brief(text, place), [there], TODAY)
    assert (fit.failed is not None) is kept_out


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("employed by the person they support", Status.MET),
        ("employed by a provider", Status.UNKNOWN),
        ("self-employed", Status.UNKNOWN),
    ],
)
def test_a_personal_assistant_is_employed_by_a_person(asked: str, status: Status) -> None:
    member = replace(NOBODY, role="personal assistant", employer_type="direct employer (PA)")
    assert judge(must("contract", "any_of", [asked], asked), member, TODAY).status is status


def test_the_highlands_and_islands_are_more_than_the_highlands() -> None:
    lerwick = replace(NOBODY, town="Lerwick", county="Shetland Islands", region="Scotland", country="Scotland")
    assert judge(must("words", "has", "Highlands and Islands"), lerwick, TODAY).status is Status.MET


def test_an_age_without_an_end_is_said_without_one() -> None:
    assert judge(must("age", "at_least", 55), replace(NOBODY, age_band="65+"), TODAY).note == "Aged 65 or over"
